//! Names of what the laboratory speaks of: rules with their parts, sets of members, figures.

use gateway::problem::Language;
use gateway::register::Bodies;
use gateway::texts;
use proto::allocation::{Change, Figure, GrantAmount, Joining, Leaving, Model, Part, Question, Rule};
use proto::id::{ComponentId, GovernmentId};
use proto::money::Money;
use serde_json::json;

use super::Lab;
use crate::{Visit, locale};

/// A set of bodies by their names: `ansan+bucheon` is `Ansan + Bucheon`. What names none of the register stays as it is.
pub(super) fn coalition(bodies: &Bodies, language: Language, ids: &str) -> String {
    if ids.split('+').all(|id| bodies.0.contains_key(id)) {
        ids.split('+').map(|id| bodies.called(language, id)).collect::<Vec<_>>().join(" + ")
    } else {
        ids.to_owned()
    }
}

/// A rule; of a mix its parts.
pub(super) fn rule(visit: &Visit, model: &Model, rule: &Rule) -> String {
    let Rule::Mix(parts) = rule else { return texts::rule(visit.language, model, rule) };
    let part = |part: &Part| {
        let by = part.driver.clone().map_or(Rule::Equal, Rule::Driver);
        format!("{} {}", locale::percent(part.percent), texts::rule(visit.language, model, &by))
    };
    parts.iter().map(part).collect::<Vec<_>>().join(" + ")
}

/// A figure of a model.
pub(super) fn figure(lab: &Lab, model: &Model, figure: &Figure) -> String {
    let visit = lab.visit();
    let component = |id| component(visit, model, id);
    match figure {
        Figure::Driver { driver, of } => {
            let name = model.drivers.get(driver).map_or_else(|| driver.to_string(), |known| visit.name(&known.names).to_owned());
            visit.told("lab-figure-driver", &json!({ "driver": name, "of": lab.called(of) }))
        }
        Figure::Cost { component: id } => visit.with("lab-figure-cost", "component", &component(id)),
        Figure::Coalition { component: id, coalition } => {
            visit.told("lab-figure-coalition", &json!({ "component": component(id), "coalition": lab.coalition(coalition) }))
        }
    }
}

/// What was asked, a line for each thing.
pub(super) fn question(lab: &Lab, model: &Model, question: &Question) -> Vec<String> {
    let visit = lab.visit();
    match question {
        Question::WhatIf { changes } => changes.iter().map(|change| self::change(lab, model, change)).collect(),
        Question::Search { who, at_most, component } => {
            let only = component.as_ref().map(|id| visit.with("lab-only-in", "component", &self::component(visit, model, id)));
            let params = json!({ "who": lab.called(who), "amount": visit.money(at_most) });
            [visit.told("lab-asks-search", &params)].into_iter().chain(only).collect()
        }
        Question::Ranges => vec![visit.t("lab-asks-ranges")],
        Question::Comparison => vec![visit.t("lab-asks-comparison")],
        Question::Settlement(settlement) => {
            let paid = |(who, money): (&GovernmentId, &Money)| {
                visit.told("lab-asks-paid", &json!({ "who": lab.called(who), "amount": visit.money(money) }))
            };
            actual(lab, model, &settlement.actual).into_iter().chain(settlement.paid.iter().map(paid)).collect()
        }
        Question::Accession(accession) => {
            let mut said = vec![joins(lab, model, &accession.joins)];
            said.extend(actual(lab, model, &accession.actual));
            let (since, on) = (locale::day(visit.language, accession.since), locale::day(visit.language, accession.on));
            let params = json!({ "since": since, "on": on, "percent": locale::percent(accession.interest_percent) });
            said.push(visit.told("lab-asks-interest", &params));
            said.push(visit.with("lab-asks-overhead", "amount", &visit.money(&accession.overhead)));
            said
        }
        Question::Exit(exit) => {
            let mut said = vec![leaves(lab, model, &exit.leaves)];
            said.extend(actual(lab, model, &exit.actual));
            let params = json!({
                "paid": visit.money(&exit.paid), "percent": locale::percent(exit.residual_percent),
                "separation": visit.money(&exit.cost_of_separation),
            });
            said.push(visit.told("lab-asks-exit", &params));
            said
        }
    }
}

fn actual(lab: &Lab, model: &Model, changes: &[Change]) -> Vec<String> {
    changes.iter().map(|change| self::change(lab, model, change)).collect()
}

/// What a component is called.
pub(super) fn component(visit: &Visit, model: &Model, id: &ComponentId) -> String {
    model.components.get(id).map_or_else(|| id.to_string(), |of| visit.name(&of.names).to_owned())
}

fn components(visit: &Visit, model: &Model, ids: &[ComponentId]) -> String {
    if ids.is_empty() {
        return visit.t("lab-everything");
    }
    ids.iter().map(|id| component(visit, model, id)).collect::<Vec<_>>().join(", ")
}

fn joins(lab: &Lab, model: &Model, joins: &Joining) -> String {
    let visit = lab.visit();
    visit.told("lab-change-joins", &json!({ "who": lab.called(&joins.who), "components": components(visit, model, &joins.components) }))
}

fn leaves(lab: &Lab, model: &Model, leaves: &Leaving) -> String {
    let visit = lab.visit();
    visit.told("lab-change-leaves", &json!({ "who": lab.called(&leaves.who), "components": components(visit, model, &leaves.components) }))
}

/// A change of a model.
fn change(lab: &Lab, model: &Model, change: &Change) -> String {
    let visit = lab.visit();
    let name = |id| component(visit, model, id);
    let money = |money: &Money| visit.money(money);
    match change {
        Change::Cost { component, cost } => visit.told("lab-change-cost", &json!({ "component": name(component), "cost": money(cost) })),
        Change::Overrun { component, percent } => {
            let by = format!("{} %", locale::change(*percent));
            visit.told("lab-change-overrun", &json!({ "component": name(component), "percent": by }))
        }
        Change::Grant { component, from, amount: None } => {
            visit.told("lab-change-grant_lost", &json!({ "component": name(component), "from": from }))
        }
        Change::Grant { component, from, amount: Some(amount) } => {
            let amount = match amount {
                GrantAmount::Fixed(fixed) => money(fixed),
                GrantAmount::Rate { percent, .. } => locale::percent(*percent),
            };
            visit.told("lab-change-grant", &json!({ "component": name(component), "from": from, "amount": amount }))
        }
        Change::Leaves(of) => leaves(lab, model, of),
        Change::Joins(of) => joins(lab, model, of),
        Change::Figure { figure, value } => {
            let said = self::figure(lab, model, figure);
            visit.told("lab-change-figure", &json!({ "figure": said, "value": locale::number(*value) }))
        }
        Change::Rule { component, rule } => {
            visit.told("lab-change-rule", &json!({ "component": name(component), "rule": self::rule(visit, model, rule) }))
        }
        Change::Limits { component, who, limits } => {
            let limit = |limit: &Option<Money>| limit.as_ref().map_or_else(|| "–".to_owned(), money);
            let (least, most) = (limit(&limits.at_least), limit(&limits.at_most));
            let params = json!({ "component": name(component), "who": lab.called(who), "least": least, "most": most });
            visit.told("lab-change-limits", &params)
        }
    }
}
