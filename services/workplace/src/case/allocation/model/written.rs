//! A model as it would be typed: what a form shows that begins from one.

use gateway::problem::Problem;
use proto::allocation::{Component, Costs, Driver, Exchange, GrantAmount, Model, Rule};
use proto::id::{DriverId, GovernmentId};
use proto::money::{Currency, Money, grouped};
use rust_decimal::Decimal;
use serde_json::json;

use super::draft::{Curve, Draft, GrantRow, Line, MOST, Measure, Paid, Part, Rate, Row, Thing, Weight, Year};
use crate::Visit;

impl Draft {
    /// What a form shows that begins from this model. `bodies`: who else can take part.
    ///
    /// # Errors
    /// Where it has more rows than a form.
    pub fn of_model(visit: &Visit, model: &Model, name: String, bodies: impl IntoIterator<Item = GovernmentId>) -> Result<Self, Problem> {
        let members = model.components.values().flat_map(|component| component.members.iter().cloned());
        let figured = model.drivers.values().flat_map(|driver| driver.values.keys().cloned());
        let mut all: Vec<GovernmentId> = Vec::new();
        for body in members.chain(figured).chain(bodies) {
            if !all.contains(&body) {
                all.push(body);
            }
        }
        let draft = Self {
            name,
            currency: model.currency.to_string(),
            rates: model.exchange.iter().map(|(currency, exchange)| rate(*currency, exchange)).collect(),
            parts: model.components.iter().map(|(id, component)| part(model, id.as_str(), component, &all)).collect(),
            measures: model.drivers.iter().map(|(id, driver)| measure(id, driver, &all)).collect(),
            base: serde_json::to_string(model).unwrap_or_default(),
            bodies: all.iter().map(ToString::to_string).collect(),
        };
        if draft.fits() { Ok(draft) } else { Err(visit.wrong("lab-wrong-form", json!({ "most": MOST }))) }
    }
}

fn digits(money: &Money) -> String {
    grouped(money.amount, 0)
}

fn number(number: Decimal) -> String {
    grouped(number, 0)
}

/// The place of a driver in the form.
fn place(model: &Model, driver: &DriverId) -> String {
    model.drivers.keys().position(|id| id == driver).map(|place| format!("d{place}")).unwrap_or_default()
}

fn part(model: &Model, id: &str, component: &Component, bodies: &[GovernmentId]) -> Part {
    let alone = match &component.costs {
        Some(Costs::Alone(costs)) => Some(costs),
        _ => None,
    };
    let fixed = match &component.rule {
        Rule::Fixed(amounts) => Some(amounts),
        _ => None,
    };
    let row = |body: &GovernmentId| {
        let limits = component.limits.get(body);
        Row {
            member: component.members.contains(body),
            alone: alone.and_then(|costs| costs.get(body)).map(digits).unwrap_or_default(),
            fixed: fixed.and_then(|amounts| amounts.get(body)).map(digits).unwrap_or_default(),
            least: limits.and_then(|limits| limits.at_least.as_ref()).map(digits).unwrap_or_default(),
            most: limits.and_then(|limits| limits.at_most.as_ref()).map(digits).unwrap_or_default(),
        }
    };
    let costs = match &component.costs {
        None => "none",
        Some(Costs::Alone(_)) => "alone",
        Some(Costs::Capacity { .. }) => "capacity",
        Some(Costs::Network { links }) if links.len() <= MOST => "network",
        Some(Costs::Network { .. } | Costs::Listed(_) | Costs::Document(_)) => "kept",
    };
    Part {
        id: id.to_owned(),
        ko: component.names.ko.clone(),
        en: component.names.en.clone(),
        cost: digits(&component.cost),
        currency: component.cost.currency.to_string(),
        year: component.price_year.map(|year| year.to_string()).unwrap_or_default(),
        rule: component.rule.kind().name().to_owned(),
        driver: if let Rule::Driver(driver) = &component.rule { place(model, driver) } else { String::new() },
        weights: weights(model, &component.rule),
        grants: grants(component),
        transfers: transfers(component),
        things: things(component),
        years: component.instalments.iter().map(|(year, percent)| Year { year: year.to_string(), percent: number(*percent) }).collect(),
        costs: costs.to_owned(),
        curve: curve(model, component),
        links: if costs == "network" { links(component) } else { Vec::new() },
        rows: bodies.iter().map(row).collect(),
    }
}

fn weights(model: &Model, rule: &Rule) -> Vec<Weight> {
    let Rule::Mix(parts) = rule else { return Vec::new() };
    let weight = |part: &proto::allocation::Part| Weight {
        percent: number(part.percent),
        driver: part.driver.as_ref().map(|driver| place(model, driver)).unwrap_or_default(),
    };
    parts.iter().map(weight).collect()
}

fn grants(component: &Component) -> Vec<GrantRow> {
    let row = |grant: &proto::allocation::Grant| {
        let from = grant.from.clone();
        match &grant.amount {
            GrantAmount::Fixed(money) => GrantRow { from, amount: digits(money), ..GrantRow::default() },
            GrantAmount::Rate { percent, cap } => {
                GrantRow { from, percent: number(*percent), cap: cap.as_ref().map(digits).unwrap_or_default(), ..GrantRow::default() }
            }
        }
    };
    component.grants.iter().map(row).collect()
}

fn transfers(component: &Component) -> Vec<Paid> {
    let paid = |transfer: &proto::allocation::Transfer| Paid {
        ko: transfer.names.ko.clone(),
        en: transfer.names.en.clone(),
        from: transfer.from.as_ref().map(ToString::to_string).unwrap_or_default(),
        to: transfer.to.to_string(),
        amount: digits(&transfer.amount),
    };
    component.transfers.iter().map(paid).collect()
}

fn curve(model: &Model, component: &Component) -> Curve {
    let Some(Costs::Capacity { a, b, need }) = &component.costs else { return Curve::default() };
    Curve { a: digits(a), b: number(*b), need: place(model, need) }
}

fn links(component: &Component) -> Vec<Line> {
    let Some(Costs::Network { links }) = &component.costs else { return Vec::new() };
    let line = |link: &proto::allocation::Link| Line {
        from: link.from.as_ref().map(ToString::to_string).unwrap_or_default(),
        to: link.to.to_string(),
        cost: digits(&link.cost),
    };
    links.iter().map(line).collect()
}

fn rate(currency: Currency, exchange: &Exchange) -> Rate {
    Rate { currency: currency.to_string(), worth: number(exchange.rate), on: exchange.on.to_string(), source: exchange.source.clone() }
}

fn things(component: &Component) -> Vec<Thing> {
    let thing = |thing: &proto::allocation::InKind| Thing {
        ko: thing.names.ko.clone(),
        en: thing.names.en.clone(),
        by: thing.by.to_string(),
        value: digits(&thing.value),
    };
    component.in_kind.iter().map(thing).collect()
}

fn measure(id: &DriverId, driver: &Driver, bodies: &[GovernmentId]) -> Measure {
    Measure {
        id: id.to_string(),
        ko: driver.names.ko.clone(),
        en: driver.names.en.clone(),
        unit: driver.unit.clone(),
        year: driver.year.to_string(),
        source: driver.source.clone(),
        values: bodies.iter().map(|body| driver.values.get(body).map(|value| number(*value)).unwrap_or_default()).collect(),
    }
}
