//! How shares treat those who pay them: what each gains, who gains least, whether a set of members would pay less on its own.

use askama::Template;
use axum::extract::Path;
use gateway::problem::Problem;
use proto::allocation::{Charged, Compared, Comparison, Fairness, Model, Outcome, Triangles};
use proto::id::{ComponentId, GovernmentId};
use proto::money::Money;
use serde_json::json;

use super::frame::{Chosen, Frame};
use super::grid::{Cell, Grid, Row};
use super::triangle::Picture;
use super::{Case, Head, Lab, Named, compare, head, words};
use crate::{Page, Visit, locale, render};

#[derive(Template)]
#[template(path = "case/allocation-fairness.html")]
struct FairnessPage {
    visit: Visit,
    head: Head,
    frame: Frame,
    chosen: Chosen,
    /// Why nothing can be said.
    refused: Option<Problem>,
    components: Vec<Part>,
}

/// What can be said of one component.
struct Part {
    name: String,
    /// Nothing: it is not known what members would pay on their own.
    known: Option<Known>,
    picture: Option<Picture>,
}

struct Known {
    gains: Grid,
    /// What holds of the shares, in sentences, each good or worth a look.
    said: Vec<(bool, String)>,
    /// The same by other rules.
    rules: Grid,
}

pub(super) async fn of(case: Case, named: Path<Named>) -> Page {
    let (lab, place, name) = Lab::at(case, named).await?;
    let run = lab.run(place, &name)?;
    let comparison = compare::comparison(&lab, place, &name).await;
    // Of more than three members there is no picture; where the costs do not allow one, everything else still stands.
    let three = run.model.components.values().any(|component| component.members.len() == 3 && component.costs.is_some());
    let triangles = if three { lab.ask::<Triangles>(place, "triangle", json!({ "run": name })).await.ok() } else { None };
    let (refused, components) = match comparison {
        Ok(comparison) => (None, parts(&lab, &run.model, &comparison, triangles.as_ref())),
        Err(problem) => (Some(problem), Vec::new()),
    };
    let (head, frame) = (head(&lab), Frame::of(&lab, Some((place, &name))));
    let chosen = Chosen::of(&lab, place, &name, run, "/fairness");
    let visit = lab.case.visit;
    let language = visit.language;
    render(&FairnessPage { visit, head, frame, chosen, refused, components }, language)
}

fn parts(lab: &Lab, model: &Model, comparison: &Comparison, triangles: Option<&Triangles>) -> Vec<Part> {
    let part = |(id, rules): (&ComponentId, &Vec<Compared>)| {
        let component = model.components.get(id)?;
        // The first is the rule of the run.
        let own = rules.first().and_then(shares);
        Some(Part {
            name: lab.visit().name(&component.names).to_owned(),
            known: own.map(|(shares, fairness)| known(lab, model, rules, shares, fairness)),
            picture: triangles.and_then(|all| all.components.get(id)).and_then(|of| Picture::of(lab, model, of)),
        })
    };
    comparison.components.iter().filter_map(part).collect()
}

type Shares = std::collections::BTreeMap<GovernmentId, Money>;

fn shares(compared: &Compared) -> Option<(&Shares, &Fairness)> {
    match &compared.outcome {
        Outcome::Shares { shares, fairness: Some(fairness), .. } => Some((shares, fairness)),
        Outcome::Shares { fairness: None, .. } | Outcome::Refused(_) => None,
    }
}

fn known(lab: &Lab, model: &Model, rules: &[Compared], shares: &Shares, fairness: &Fairness) -> Known {
    Known { gains: gains(lab, shares, fairness), said: sentences(lab, fairness), rules: by_rule(lab, model, rules) }
}

/// What each pays, what it would pay alone, and what it gains.
fn gains(lab: &Lab, shares: &Shares, fairness: &Fairness) -> Grid {
    let visit = lab.visit();
    let currency = shares.values().next().map(|money| locale::currency(visit.language, money.currency)).unwrap_or_default();
    let heads = ["sheet-government", "lab-pays", "lab-alone", "lab-gains"].map(|key| visit.t(key));
    let mut grid = Grid { chart: "bars", ..Grid::new(visit.with("lab-gains-of", "currency", &currency), heads) };
    // The gain is what is drawn.
    if let Some(gain) = grid.head.last_mut() {
        gain.value = Some(String::new());
    }
    for body in lab.in_order(shares.keys()) {
        let (Some(share), Some(gain)) = (shares.get(body), fairness.gains.get(body)) else { continue };
        let alone = share.amount.checked_add(gain.amount).map(|amount| Money { amount, ..*share });
        let class = if gain.amount.is_sign_negative() && !gain.amount.is_zero() { "n rise" } else { "n" };
        let mut gained = Cell { class, ..Cell::money(gain) };
        if fairness.least == *body {
            gained = gained.under(visit.t("lab-least"), "quiet");
        }
        let alone = alone.as_ref().map(|money| Cell { value: None, ..Cell::money(money) }).unwrap_or_default();
        grid.rows.push(Row::of(lab, body, [Cell { value: None, ..Cell::money(share) }, alone, gained]));
    }
    grid
}

/// What holds of the shares, calmly.
fn sentences(lab: &Lab, fairness: &Fairness) -> Vec<(bool, String)> {
    let visit = lab.visit();
    let mut said = Vec::new();
    let gain = fairness.gains.get(&fairness.least).map(|gain| visit.money(gain)).unwrap_or_default();
    let least = visit.told("lab-says-least", &json!({ "body": lab.called(&fairness.least), "gain": gain }));
    said.push((fairness.gains.values().all(|gain| !gain.amount.is_sign_negative() || gain.amount.is_zero()), least));
    if fairness.in_core {
        said.push((true, visit.t("lab-says-core")));
    }
    if let Some(charged) = &fairness.most_charged {
        said.push((fairness.in_core, charged_in_words(lab, charged, fairness.in_core)));
    }
    if let Some(least_core) = &fairness.least_core {
        let above = least_core.amount.is_sign_positive() && !least_core.amount.is_zero();
        let key = if above { "lab-says-no-core" } else { "lab-says-least-core" };
        let amount = Money { amount: least_core.amount.abs(), ..*least_core };
        said.push((!above, visit.with(key, "amount", &visit.money(&amount))));
    }
    said
}

fn charged_in_words(lab: &Lab, charged: &Charged, in_core: bool) -> String {
    let visit = lab.visit();
    let above = Money { amount: charged.above.amount.abs(), ..charged.above };
    let params = json!({
        "coalition": lab.coalition(&charged.coalition), "pays": visit.money(&charged.pays), "cost": visit.money(&charged.cost),
        "above": visit.money(&above),
    });
    visit.told(if in_core { "lab-says-nearest" } else { "lab-says-leaves" }, &params)
}

/// How other rules would treat the members.
fn by_rule(lab: &Lab, model: &Model, rules: &[Compared]) -> Grid {
    let visit = lab.visit();
    let heads = ["sheet-rule", "sheet-least", "lab-gain", "lab-core", "lab-largest"].map(|key| visit.t(key));
    let mut grid = Grid::new(visit.t("lab-fair-by-rule"), heads);
    for cell in &mut grid.head {
        cell.class = "";
    }
    for compared in rules {
        let Some((_, fairness)) = shares(compared) else { continue };
        let name = Cell::text(words::rule(visit, model, &compared.rule)).to(format!("/rules/{}", compared.rule.kind().name()));
        let gain = fairness.gains.get(&fairness.least).map(Cell::money).unwrap_or_default();
        let core = visit.t(if fairness.in_core { "lab-yes" } else { "lab-no" });
        let charged = fairness.most_charged.as_ref().filter(|_| !fairness.in_core);
        let charged = charged.map(|of| Cell::text(lab.coalition(&of.coalition)).under(super::grid::signed(&of.above), "quiet"));
        grid.rows.push(Row::new(vec![name, Cell::text(lab.called(&fairness.least)), gain, Cell::text(core), charged.unwrap_or_default()]));
    }
    grid
}
