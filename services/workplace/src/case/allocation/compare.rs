//! Rules side by side: what each gives, in money and in percent, and how far that is from going alone and from what is offered.

use askama::Template;
use axum::extract::Path;
use gateway::edge::about;
use gateway::problem::Problem;
use proto::actor::Service;
use proto::allocation::{Against, Compared, Comparison, Model, Outcome};
use proto::id::{ComponentId, GovernmentId, RunId};
use proto::money::Money;
use proto::negotiation::Offered;
use proto::stream::Stream;
use runtime::serve::Get;
use serde_json::json;

use super::frame::{Chosen, Frame, reason};
use super::grid::{Cell, Grid, Row, by, signed, sum};
use super::{Case, Head, Lab, Named, Place, head, words};
use crate::{Page, Visit, locale, render};

/// So many rules are drawn: more bars beside each other are no picture. The table has all.
const DRAWN: usize = 6;

#[derive(Template)]
#[template(path = "case/allocation-compare.html")]
struct ComparePage {
    visit: Visit,
    head: Head,
    frame: Frame,
    chosen: Chosen,
    /// Why there is nothing to compare.
    refused: Option<Problem>,
    components: Vec<Part>,
    /// Where the rules that take longer are asked for.
    ask: String,
}

/// The rules of one component.
pub(super) struct Part {
    pub name: String,
    pub table: Grid,
    /// Rules that have no solution here, and why.
    pub without: Vec<(String, String, String)>,
    /// What a share is held against, of what is known: words and class names explained.
    pub legend: Vec<String>,
}

pub(super) async fn of(case: Case, named: Path<Named>) -> Page {
    let (lab, place, name) = Lab::at(case, named).await?;
    let run = lab.run(place, &name)?;
    let (refused, components) = match comparison(&lab, place, &name).await {
        Ok(comparison) => (None, parts(&lab, &run.model, &comparison)),
        Err(problem) => (Some(problem), Vec::new()),
    };
    let (head, frame) = (head(&lab), Frame::of(&lab, Some((place, &name))));
    let chosen = Chosen::of(&lab, place, &name, run, "/compare");
    let ask = if lab.may_act() { lab.path(place, &name, "/ask/comparison") } else { String::new() };
    let visit = lab.case.visit;
    let language = visit.language;
    render(&ComparePage { visit, head, frame, chosen, refused, components, ask }, language)
}

/// The rules side by side, held against the offers as well.
pub(super) async fn comparison(lab: &Lab, place: Place, run: &RunId) -> Result<Comparison, Problem> {
    let offered = offered(lab).await?;
    lab.ask(place, "comparison", json!({ "run": run, "offered": offered })).await
}

/// What offers would have each bear.
pub(super) async fn offered(lab: &Lab) -> Result<Offered, Problem> {
    let question = Get { question: Some("offered".into()), ..about(Stream::Case(lab.case.id), lab.visit().at_least) };
    lab.case.ask(Service::Negotiation, question).await
}

pub(super) fn parts(lab: &Lab, model: &Model, comparison: &Comparison) -> Vec<Part> {
    comparison.components.iter().filter_map(|(id, rules)| part(lab, model, id, rules)).collect()
}

/// A rule that has a solution, with what it gives.
struct Solved<'a> {
    compared: &'a Compared,
    shares: &'a std::collections::BTreeMap<GovernmentId, Money>,
    against: &'a std::collections::BTreeMap<GovernmentId, Against>,
}

fn part(lab: &Lab, model: &Model, id: &ComponentId, rules: &[Compared]) -> Option<Part> {
    let visit = lab.visit();
    let component = model.components.get(id)?;
    let mut solved = Vec::new();
    let mut without = Vec::new();
    for compared in rules {
        match &compared.outcome {
            Outcome::Shares { shares, against, .. } => solved.push(Solved { compared, shares, against }),
            Outcome::Refused(why) => without.push((
                words::rule(visit, model, &compared.rule),
                format!("/rules/{}", compared.rule.kind().name()),
                reason(visit, why),
            )),
        }
    }
    let caption = visit.told(
        "lab-compare-of",
        &json!({ "component": visit.name(&component.names), "currency": locale::currency(visit.language, component.cost.currency) }),
    );
    // One bar per rule of one member says nothing.
    let chart = if component.members.len() > 1 { "bars" } else { "" };
    let mut table = Grid { chart, ..Grid::new(caption, [visit.t("sheet-government")]) };
    table.head.extend(solved.iter().enumerate().map(|(place, of)| rule_head(lab, model, place, of)));
    for body in lab.in_order(&component.members) {
        table.rows.push(Row::of(lab, body, solved.iter().map(|of| cell(visit, of, body))));
    }
    let total = solved.iter().map(|of| Cell::money(&sum(component.cost.currency, of.shares.values())));
    table.foot = Some(Row::new([Cell::text(visit.t("sheet-total"))].into_iter().chain(total).collect()));
    Some(Part { name: visit.name(&component.names).to_owned(), table, without, legend: legend(visit, &solved) })
}

/// The head of a rule's column: the rule of the run first, and marked as such.
fn rule_head(lab: &Lab, model: &Model, place: usize, of: &Solved<'_>) -> Cell {
    let visit = lab.visit();
    let rule = &of.compared.rule;
    let head = Cell::number(words::rule(visit, model, rule)).to(format!("/rules/{}", rule.kind().name()));
    let head = if place == 0 { head.under(visit.t("lab-rule-of-run"), "quiet") } else { head };
    Cell { value: (place < DRAWN).then(String::new), ..head }
}

fn cell(visit: &Visit, of: &Solved<'_>, body: &GovernmentId) -> Cell {
    let Some(share) = of.shares.get(body) else { return Cell::default() };
    let mut cell = Cell::money(share);
    let Some(against) = of.against.get(body) else { return cell };
    if let Some(percent) = against.percent {
        cell = cell.under(super::grid::percent(percent), "quiet");
    }
    let held = [
        ("lab-than-alone", against.alone.as_ref()),
        ("lab-than-last", against.last_offer.as_ref().map(|held| &held.by)),
        ("lab-than-table", against.on_table.as_ref().map(|held| &held.by)),
    ];
    for (key, more) in held {
        if let Some(more) = more {
            cell = cell.under(format!("{} {}", visit.t(key), signed(more)), by(more.amount));
        }
    }
    cell
}

/// What the small numbers under a share are, of those that are known.
fn legend(visit: &Visit, solved: &[Solved<'_>]) -> Vec<String> {
    let all = || solved.iter().flat_map(|of| of.against.values());
    let offer = |of: fn(&Against) -> Option<proto::negotiation::OfferNo>| all().find_map(of);
    let mut legend = vec![visit.t("lab-legend-percent")];
    legend.extend(all().any(|of| of.alone.is_some()).then(|| visit.t("lab-legend-alone")));
    legend.extend(all().any(|of| of.last_offer.is_some()).then(|| visit.t("lab-legend-last")));
    let on_table = offer(|of| of.on_table.as_ref().map(|held| held.offer));
    legend.extend(on_table.map(|number| visit.with("lab-legend-table", "offer", &number.to_string())));
    legend
}
