//! The settlement sheet, as a treasurer knows it: the first look at a run.

use askama::Template;
use axum::extract::Path;
use proto::allocation::{Component, Grant, GrantAmount, Line, Lines, Model, Sheet};
use proto::id::{ComponentId, DriverId, RunId};
use proto::money::Money;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::json;

use super::frame::{Chosen, Frame};
use super::grid::{Cell, Grid, Row, digits, sum};
use super::{Case, Head, Lab, Named, Place, head, words};
use crate::{Page, Visit, locale, render};

#[derive(Template)]
#[template(path = "case/allocation.html")]
struct SheetPage {
    visit: Visit,
    head: Head,
    frame: Frame,
    chosen: Chosen,
    components: Vec<Part>,
    /// What it comes to over several components.
    total: Option<Grid>,
}

#[derive(Template)]
#[template(path = "case/allocation-none.html")]
struct NonePage {
    visit: Visit,
    head: Head,
    frame: Frame,
    /// A run that was asked for and is still computed.
    awaited: String,
}

/// A component of the sheet.
struct Part {
    name: String,
    rule: String,
    rule_href: String,
    /// From the cost to what is shared.
    facts: Vec<(String, String)>,
    estimate: Option<String>,
    table: Grid,
}

pub(super) async fn of(case: Case, named: Path<Named>) -> Page {
    let (lab, place, run) = Lab::at(case, named).await?;
    if place == Place::Own && lab.own.pending.contains_key(&run) {
        return without(lab, run.to_string());
    }
    show(lab, place, run).await
}

/// There is no run yet.
pub(super) fn none(lab: Lab) -> Page {
    without(lab, String::new())
}

fn without(lab: Lab, awaited: String) -> Page {
    let (head, frame) = (head(&lab), Frame::of(&lab, None));
    let visit = lab.case.visit;
    let language = visit.language;
    render(&NonePage { visit, head, frame, awaited }, language)
}

pub(super) async fn show(lab: Lab, place: Place, name: RunId) -> Page {
    let run = lab.run(place, &name)?;
    let sheet: Sheet = lab.ask(place, "sheet", json!({ "run": name })).await?;
    let why = lab.path(place, &name, "/why");
    let components: Vec<Part> = sheet.components.iter().filter_map(|(id, lines)| part(&lab, &run.model, id, lines, &why)).collect();
    let abroad = sheet.components.values().any(|lines| lines.cost.currency != run.model.currency);
    let total = (components.len() > 1 || abroad).then(|| total(&lab, &run.model, &sheet));
    let (head, frame) = (head(&lab), Frame::of(&lab, Some((place, &name))));
    let chosen = Chosen::of(&lab, place, &name, run, "");
    let visit = lab.case.visit;
    let language = visit.language;
    render(&SheetPage { visit, head, frame, chosen, components, total }, language)
}

fn part(lab: &Lab, model: &Model, id: &ComponentId, lines: &Lines, why: &str) -> Option<Part> {
    let visit = lab.visit();
    let component = model.components.get(id)?;
    let estimate = lines.estimate.as_ref().map(|estimate| {
        let worst = estimate.error.values().max_by_key(|error| error.amount).map(|error| visit.money(error)).unwrap_or_default();
        visit.told("lab-estimate", &json!({ "orders": locale::number(Decimal::from(estimate.orders)), "error": worst }))
    });
    Some(Part {
        name: visit.name(&component.names).to_owned(),
        rule: words::rule(visit, model, &component.rule),
        rule_href: format!("/rules/{}", component.rule.kind().name()),
        facts: facts(visit, component, lines),
        estimate,
        table: Sheeted { lab, model, id, component, lines }.table(why),
    })
}

/// From the cost to what is shared.
fn facts(visit: &Visit, component: &Component, lines: &Lines) -> Vec<(String, String)> {
    let cost = match component.price_year {
        Some(year) => visit.told("lab-cost-prices", &json!({ "cost": visit.money(&lines.cost), "year": year.to_string() })),
        None => visit.money(&lines.cost),
    };
    let mut facts = vec![(visit.t("lab-cost"), cost)];
    let granted = component.grants.iter().zip(&lines.grants);
    facts.extend(granted.map(|(grant, comes_to)| (visit.with("lab-grant", "from", &grant.from), grant_in_words(visit, grant, comes_to))));
    facts.push((visit.t("lab-shared"), visit.money(&lines.shared)));
    facts
}

fn grant_in_words(visit: &Visit, grant: &Grant, comes_to: &Money) -> String {
    let amount = visit.money(comes_to);
    match &grant.amount {
        GrantAmount::Fixed(_) => format!("− {amount}"),
        GrantAmount::Rate { percent, cap: None } => format!("− {amount} ({})", locale::percent(*percent)),
        GrantAmount::Rate { percent, cap: Some(cap) } => {
            let most = visit.with("lab-at-most", "amount", &visit.money(cap));
            format!("− {amount} ({}, {most})", locale::percent(*percent))
        }
    }
}

/// The table of one component.
struct Sheeted<'a> {
    lab: &'a Lab,
    model: &'a Model,
    id: &'a ComponentId,
    component: &'a Component,
    lines: &'a Lines,
}

impl Sheeted<'_> {
    fn table(&self, why: &str) -> Grid {
        let visit = self.lab.visit();
        let lines = &self.lines.members;
        let drivers: Vec<&DriverId> = self.drivers();
        let some = |of: fn(&Line) -> &Money| lines.values().any(|line| !of(line).amount.is_zero());
        let (on_top, in_kind) = (some(|line| &line.transfer), some(|line| &line.in_kind));
        let years: Vec<i16> = self.component.instalments.keys().copied().collect();
        let mut head = vec![visit.t("sheet-government")];
        head.extend(drivers.iter().map(|id| self.driver(id)));
        head.extend([visit.t("sheet-share"), visit.t("sheet-percent")]);
        head.extend(on_top.then(|| visit.t("sheet-transfer")));
        head.extend(in_kind.then(|| visit.t("sheet-in_kind")));
        head.extend((on_top || in_kind).then(|| visit.t("sheet-own_money")));
        head.extend(years.iter().map(|year| visit.with("lab-year", "year", &year.to_string())));
        let caption = visit.told(
            "lab-sheet-of",
            &json!({ "component": visit.name(&self.component.names), "currency": locale::currency(visit.language, self.lines.cost.currency) }),
        );
        let mut grid = Grid::new(caption, head);
        let cells = |line: &Line, name: Cell, share: Cell| {
            let mut cells = vec![name];
            cells.extend(drivers.iter().map(|id| Cell::number(line.figures.get(*id).map(|of| locale::number(*of)).unwrap_or_default())));
            cells.extend([share, Cell::percent(line.percent)]);
            cells.extend(on_top.then(|| Cell::change(&line.transfer)));
            cells.extend(in_kind.then(|| Cell::money(&line.in_kind)));
            cells.extend((on_top || in_kind).then(|| Cell::money(&line.own_money)));
            cells.extend(years.iter().map(|year| line.instalments.get(year).map(Cell::money).unwrap_or_default()));
            cells
        };
        for body in self.lab.in_order(lines.keys()) {
            let Some(line) = lines.get(body) else { continue };
            let share = Cell::money(&line.share).to(format!("{why}#why-{}-{body}", self.id));
            grid.rows.push(Row { cells: cells(line, Cell::text(self.lab.called(body)), share), own: self.lab.is_own(body) });
        }
        let all = self.all(&years);
        grid.foot = Some(Row::new(cells(&all, Cell::text(visit.t("sheet-total")), Cell::money(&all.share))));
        grid
    }

    /// The drivers that anyone's share goes by.
    fn drivers(&self) -> Vec<&DriverId> {
        let mut drivers: Vec<&DriverId> = self.lines.members.values().flat_map(|line| line.figures.keys()).collect();
        drivers.sort();
        drivers.dedup();
        drivers
    }

    fn driver(&self, id: &DriverId) -> String {
        let visit = self.lab.visit();
        let Some(driver) = self.model.drivers.get(id) else { return id.to_string() };
        let unit = locale::unit(visit.language, &driver.unit);
        visit.told("lab-driver-head", &json!({ "name": visit.name(&driver.names), "unit": unit, "year": driver.year.to_string() }))
    }

    /// The sums of all lines.
    fn all(&self, years: &[i16]) -> Line {
        let lines = || self.lines.members.values();
        let currency = self.lines.cost.currency;
        let figure = |id: &DriverId| (id.clone(), lines().filter_map(|line| line.figures.get(id)).sum::<Decimal>());
        let share = sum(currency, lines().map(|line| &line.share));
        Line {
            figures: self.drivers().into_iter().map(figure).collect(),
            percent: percent(&share, &self.lines.shared),
            share,
            transfer: sum(currency, lines().map(|line| &line.transfer)),
            in_kind: sum(currency, lines().map(|line| &line.in_kind)),
            own_money: sum(currency, lines().map(|line| &line.own_money)),
            instalments: years.iter().map(|year| (*year, sum(currency, lines().filter_map(|line| line.instalments.get(year))))).collect(),
        }
    }
}

fn percent(of: &Money, all: &Money) -> Option<Decimal> {
    let percent = of.amount.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(all.amount)?;
    Some(percent.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
}

/// What each bears over all components, in the model's currency.
fn total(lab: &Lab, model: &Model, sheet: &Sheet) -> Grid {
    let visit = lab.visit();
    let own_currency = |lines: &Lines| lines.cost.currency == model.currency;
    let parts: Vec<(&ComponentId, &Lines)> = sheet.components.iter().filter(|(_, lines)| own_currency(lines)).collect();
    let name = |id: &ComponentId| model.components.get(id).map(|of| visit.name(&of.names).to_owned()).unwrap_or_default();
    let mut head = vec![visit.t("sheet-government")];
    head.extend(parts.iter().map(|(id, _)| name(id)));
    head.extend([visit.t("sheet-in_all"), visit.t("sheet-percent")]);
    let mut grid = Grid::new(visit.with("lab-sheet-in-all", "currency", &locale::currency(visit.language, model.currency)), head);
    let all = sum(model.currency, sheet.total.values());
    let borne = |line: &Line| sum(model.currency, [&line.share, &line.transfer]);
    for body in lab.in_order(sheet.total.keys()) {
        let Some(total) = sheet.total.get(body) else { continue };
        let each = parts.iter().map(|(_, lines)| lines.members.get(body).map(|line| Cell::money(&borne(line))).unwrap_or_default());
        let cells = each.chain([Cell::money(total), Cell::percent(percent(total, &all))]);
        grid.rows.push(Row::of(lab, body, cells));
    }
    let sums = parts.iter().map(|(_, lines)| {
        let each: Vec<Money> = lines.members.values().map(borne).collect();
        Cell::number(digits(&sum(model.currency, &each)))
    });
    let mut foot = vec![Cell::text(visit.t("sheet-total"))];
    foot.extend(sums);
    foot.extend([Cell::money(&all), Cell::percent(percent(&all, &all))]);
    grid.foot = Some(Row::new(foot));
    grid
}
