//! What was typed, as a model: or what of it cannot be read, field by field.

mod costs;

use std::collections::BTreeMap;

use gateway::problem::Problem;
use proto::allocation::{
    self as lab, Component, Costs, Driver, Exchange, Grant, GrantAmount, InKind, Limits, Model, Rule, RuleKind, Transfer,
};
use proto::id::{ComponentId, DriverId, GovernmentId};
use proto::money::{Currency, Money};
use proto::words::Names;
use rust_decimal::Decimal;
use serde_json::json;

use costs::At;

use super::draft::{Draft, GrantRow, Measure, Part, Rate, Row};
use crate::{Visit, days, typed};

/// What cannot be read: the fields, and what is wrong with the first of them.
pub(super) struct Wrong {
    pub fields: Vec<String>,
    pub problem: Problem,
}

/// Reads a draft.
pub(super) struct Reading<'a> {
    visit: &'a Visit,
    draft: &'a Draft,
    /// The model that it was begun from.
    base: Option<Model>,
    wrong: Vec<(String, Problem)>,
}

impl<'a> Reading<'a> {
    /// The model that was typed.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn model(visit: &'a Visit, draft: &'a Draft) -> Result<Model, Box<Wrong>> {
        let mut reading = Self { visit, draft, base: serde_json::from_str(&draft.base).ok(), wrong: Vec::new() };
        let model = reading.read();
        match reading.wrong.first() {
            None => Ok(model),
            Some((_, first)) => {
                let problem = first.clone();
                Err(Box::new(Wrong { fields: reading.wrong.into_iter().map(|(field, _)| field).collect(), problem }))
            }
        }
    }

    fn read(&mut self) -> Model {
        let currency = self.currency("currency", &self.draft.currency);
        let mut model = Model::new(currency);
        if let Some(base) = &self.base {
            model.stands.clone_from(&base.stands);
        }
        for rate in &self.draft.rates {
            model.exchange.extend(self.exchange(rate, currency));
        }
        let drivers = ids::<DriverId>(self.draft.measures.iter().map(|measure| (measure.id.as_str(), measure.en.as_str())), "figures");
        for (place, (measure, id)) in self.draft.measures.iter().zip(&drivers).enumerate() {
            let driver = self.driver(&format!("d{place}."), measure);
            model.drivers.insert(id.clone(), driver);
        }
        for (place, (part, id)) in self.draft.parts.iter().zip(part_ids(self.draft)).enumerate() {
            let component = self.component(&format!("c{place}."), &id, part, &drivers);
            model.components.insert(id, component);
        }
        // What nobody can take a position on any more is not said to be a position.
        model.stands.retain(|stand| has(&model.components, &model.drivers, &stand.figure));
        model
    }

    fn blame(&mut self, field: String, problem: Problem) {
        self.wrong.push((field, problem));
    }

    fn currency(&mut self, field: &str, text: &str) -> Currency {
        Currency::try_from(text.trim().to_uppercase()).unwrap_or_else(|_| {
            let problem = self.visit.wrong("lab-wrong-currency", json!({ "typed": text }));
            self.blame(field.to_owned(), problem);
            Currency::KRW
        })
    }

    /// A number that must be there.
    fn number(&mut self, field: String, label: &str, text: &str) -> Decimal {
        typed::read(text).unwrap_or_else(|| {
            let problem = typed::no_number(self.visit, label, text);
            self.blame(field, problem);
            Decimal::ZERO
        })
    }

    fn optional(&mut self, field: String, label: &str, text: &str) -> Option<Decimal> {
        if text.trim().is_empty() { None } else { Some(self.number(field, label, text)) }
    }

    fn year(&mut self, field: String, text: &str) -> i16 {
        text.trim().parse().unwrap_or_else(|_| {
            let problem = self.visit.wrong("lab-wrong-year", json!({ "typed": text }));
            self.blame(field, problem);
            0
        })
    }

    /// A name; where only one language has one, that in both.
    fn names(&mut self, at: &str, ko: &str, en: &str, label: &str) -> Names {
        let (ko, en) = (ko.trim(), en.trim());
        if ko.is_empty() && en.is_empty() {
            let problem = self.visit.wrong("lab-wrong-unnamed", json!({ "what": self.visit.t(label) }));
            self.blame(format!("{at}ko"), problem);
        }
        Names::new(if en.is_empty() { ko } else { en }, if ko.is_empty() { en } else { ko })
    }

    fn driver(&mut self, at: &str, measure: &Measure) -> Driver {
        let names = self.names(at, &measure.ko, &measure.en, "lab-measure");
        let called = self.visit.name(&names).to_owned();
        let mut values = BTreeMap::new();
        for (body, text) in self.draft.bodies.iter().zip(&measure.values) {
            let Ok(id) = body.parse::<GovernmentId>() else { continue };
            let label = format!("{called} – {}", self.visit.body(&id));
            values.extend(self.optional(format!("{at}of.{body}"), &label, text).map(|value| (id, value)));
        }
        let year = self.year(format!("{at}year"), &measure.year);
        Driver { names, unit: measure.unit.trim().to_owned(), year, source: measure.source.trim().to_owned(), values }
    }

    fn component(&mut self, at: &str, id: &ComponentId, part: &Part, drivers: &[DriverId]) -> Component {
        let names = self.names(at, &part.ko, &part.en, "lab-part");
        let called = self.visit.name(&names).to_owned();
        let currency = self.currency(&format!("{at}currency"), &part.currency);
        let cost = self.number(format!("{at}cost"), &format!("{called} – {}", self.visit.t("lab-cost")), &part.cost);
        let members: Vec<(GovernmentId, &Row)> = self
            .draft
            .bodies
            .iter()
            .zip(&part.rows)
            .filter(|(_, row)| row.member)
            .filter_map(|(body, row)| Some((body.parse().ok()?, row)))
            .collect();
        let money = |amount| Money { amount, currency };
        let rule = self.rule(at, &called, part, &members, drivers, currency);
        let costs = self.costs(&At { prefix: at, called: &called, id, currency }, part, &members, drivers);
        let limits = self.limits(at, &called, &members, currency);
        let mut component = Component::new(names, money(cost), members.iter().map(|(body, _)| body.clone()).collect(), rule);
        component.price_year = if part.year.trim().is_empty() { None } else { Some(self.year(format!("{at}year"), &part.year)) };
        component.grants =
            part.grants.iter().enumerate().map(|(place, row)| self.grant(&format!("{at}g{place}."), row, currency)).collect();
        (component.costs, component.limits) = (costs, limits);
        component.transfers = self.transfers(at, part, currency);
        component.in_kind = self.in_kind(at, part, currency);
        for (place, due) in part.years.iter().enumerate() {
            let year = self.year(format!("{at}y{place}.year"), &due.year);
            let percent = self.number(format!("{at}y{place}.percent"), &self.visit.t("lab-part-due"), &due.percent);
            component.instalments.insert(year, percent);
        }
        component
    }

    fn rule(
        &mut self,
        at: &str,
        called: &str,
        part: &Part,
        members: &[(GovernmentId, &Row)],
        drivers: &[DriverId],
        currency: Currency,
    ) -> Rule {
        match RuleKind::named(&part.rule).unwrap_or(RuleKind::Equal) {
            RuleKind::Equal => Rule::Equal,
            RuleKind::Driver => match self.known(&format!("{at}driver"), &part.driver, drivers) {
                Some(driver) => Rule::Driver(driver),
                None => Rule::Equal,
            },
            RuleKind::Mix => Rule::Mix(
                part.weights
                    .iter()
                    .enumerate()
                    .map(|(place, weight)| lab::Part {
                        percent: self.number(
                            format!("{at}w{place}.percent"),
                            &format!("{called} – {}", self.visit.t("lab-weight")),
                            &weight.percent,
                        ),
                        driver: if weight.driver.is_empty() {
                            None
                        } else {
                            self.known(&format!("{at}w{place}.driver"), &weight.driver, drivers)
                        },
                    })
                    .collect(),
            ),
            RuleKind::Fixed => {
                let mut amounts = BTreeMap::new();
                for (body, row) in members {
                    let label = format!("{called} – {} – {}", self.visit.t("lab-fixed"), self.visit.body(body));
                    let amount = self.optional(format!("{at}fixed.{body}"), &label, &row.fixed);
                    amounts.extend(amount.map(|amount| (body.clone(), Money { amount, currency })));
                }
                Rule::Fixed(amounts)
            }
            RuleKind::Scrb => Rule::Scrb,
            RuleKind::AlternateCostAvoided => Rule::AlternateCostAvoided,
            RuleKind::Shapley => Rule::Shapley,
            RuleKind::Nucleolus => Rule::Nucleolus,
            RuleKind::PerCapitaNucleolus => Rule::PerCapitaNucleolus,
            RuleKind::ProportionalNucleolus => Rule::ProportionalNucleolus,
            RuleKind::Gately => Rule::Gately,
            RuleKind::Tau => Rule::Tau,
            RuleKind::Talmud => Rule::Talmud,
        }
    }

    /// The driver at a place of the form.
    fn known(&mut self, field: &str, at: &str, drivers: &[DriverId]) -> Option<DriverId> {
        let place = at.strip_prefix('d').and_then(|place| place.parse::<usize>().ok());
        let known = place.and_then(|place| drivers.get(place)).cloned();
        if known.is_none() {
            let problem = self.visit.wrong("lab-wrong-driver", json!({}));
            self.blame(field.to_owned(), problem);
        }
        known
    }

    fn limits(&mut self, at: &str, called: &str, members: &[(GovernmentId, &Row)], currency: Currency) -> BTreeMap<GovernmentId, Limits> {
        let mut limits = BTreeMap::new();
        for (body, row) in members {
            let label = |key: &str| format!("{called} – {} – {}", self.visit.t(key), self.visit.body(body));
            let (least, most) = (label("lab-at-least-limit"), label("lab-at-most-limit"));
            let money = |amount: Decimal| Money { amount, currency };
            let at_least = self.optional(format!("{at}least.{body}"), &least, &row.least).map(money);
            let at_most = self.optional(format!("{at}most.{body}"), &most, &row.most).map(money);
            if at_least.is_some() || at_most.is_some() {
                limits.insert(body.clone(), Limits { at_least, at_most });
            }
        }
        limits
    }

    /// An amount, or else a rate with a cap.
    fn grant(&mut self, at: &str, row: &GrantRow, currency: Currency) -> Grant {
        let from = row.from.trim().to_owned();
        if from.is_empty() {
            let problem = self.visit.wrong("lab-wrong-unnamed", json!({ "what": self.visit.t("lab-grant-from") }));
            self.blame(format!("{at}from"), problem);
        }
        let label = |visit: &Visit, key: &str| format!("{} – {}", visit.with("lab-grant", "from", &from), visit.t(key));
        let amount = if row.percent.trim().is_empty() {
            let amount = self.number(format!("{at}amount"), &label(self.visit, "lab-amount"), &row.amount);
            GrantAmount::Fixed(Money { amount, currency })
        } else {
            let percent = self.number(format!("{at}percent"), &label(self.visit, "lab-rate"), &row.percent);
            let cap = self.optional(format!("{at}cap"), &label(self.visit, "lab-cap"), &row.cap);
            GrantAmount::Rate { percent, cap: cap.map(|amount| Money { amount, currency }) }
        };
        Grant { from, amount }
    }

    fn in_kind(&mut self, at: &str, part: &Part, currency: Currency) -> Vec<InKind> {
        let mut brought = Vec::new();
        for (place, thing) in part.things.iter().enumerate() {
            let at = format!("{at}t{place}.");
            let names = self.names(&at, &thing.ko, &thing.en, "lab-thing");
            let amount =
                self.number(format!("{at}value"), &format!("{} – {}", self.visit.name(&names), self.visit.t("lab-worth")), &thing.value);
            if let Some(by) = self.body(format!("{at}by"), "lab-brought-by", &thing.by) {
                brought.push(InKind { names, by, value: Money { amount, currency } });
            }
        }
        brought
    }

    fn transfers(&mut self, at: &str, part: &Part, currency: Currency) -> Vec<Transfer> {
        let mut transfers = Vec::new();
        for (place, paid) in part.transfers.iter().enumerate() {
            let at = format!("{at}x{place}.");
            let names = self.names(&at, &paid.ko, &paid.en, "lab-transfer");
            let label = format!("{} – {}", self.visit.name(&names), self.visit.t("lab-amount"));
            let amount = self.number(format!("{at}amount"), &label, &paid.amount);
            let from = self.perhaps(format!("{at}from"), "lab-paid-by", &paid.from);
            if let Some(to) = self.body(format!("{at}to"), "lab-paid-to", &paid.to) {
                transfers.push(Transfer { names, from, to, amount: Money { amount, currency } });
            }
        }
        transfers
    }

    /// A body of the form.
    fn body(&mut self, field: String, label: &str, typed: &str) -> Option<GovernmentId> {
        let body = typed.parse().ok();
        if body.is_none() {
            let problem = self.visit.wrong("lab-wrong-choice", json!({ "field": self.visit.t(label), "typed": typed }));
            self.blame(field, problem);
        }
        body
    }

    /// A body of the form, or nobody.
    fn perhaps(&mut self, field: String, label: &str, typed: &str) -> Option<GovernmentId> {
        if typed.is_empty() { None } else { self.body(field, label, typed) }
    }

    /// What another currency is worth in that of the model.
    fn exchange(&mut self, rate: &Rate, of: Currency) -> Option<(Currency, Exchange)> {
        let missing = || self.visit.wrong("lab-wrong-rate", json!({ "currency": rate.currency, "of": of.to_string() }));
        let typed = if rate.worth.trim().is_empty() { Err(missing()) } else { typed::number(self.visit, "lab-exchange", &rate.worth) };
        let worth = self.or_blame(rate, "worth", typed);
        let typed = days::day(self.visit, "lab-exchange-on", &rate.on).and_then(|on| on.ok_or_else(missing));
        let on = self.or_blame(rate, "on", typed);
        let currency = Currency::try_from(rate.currency.clone()).ok()?;
        Some((currency, Exchange { rate: worth?, on: on?, source: rate.source.trim().to_owned() }))
    }

    fn or_blame<T>(&mut self, of: &Rate, field: &str, read: Result<T, Problem>) -> Option<T> {
        read.map_err(|problem| self.blame(format!("rate.{}.{field}", of.currency), problem)).ok()
    }
}

/// The ids of the components of a draft, in the order of the form.
pub(super) fn part_ids(draft: &Draft) -> Vec<ComponentId> {
    ids(draft.parts.iter().map(|part| (part.id.as_str(), part.en.as_str())), "part")
}

/// The ids that things have, or get from their English names; none twice.
fn ids<'a, Id: std::str::FromStr>(things: impl Iterator<Item = (&'a str, &'a str)>, stem: &str) -> Vec<Id> {
    let mut taken: Vec<String> = Vec::new();
    for (place, (id, en)) in things.enumerate() {
        let numbered = format!("{stem}-{}", place + 1);
        let first = [id.to_owned(), slug(en)].into_iter().find(|name| name.parse::<Id>().is_ok()).unwrap_or(numbered);
        let others = (2..).map(|number| format!("{first}-{number}"));
        let free = std::iter::once(first.clone()).chain(others).find(|name| !taken.contains(name));
        taken.extend(free);
    }
    taken.iter().filter_map(|name| name.parse().ok()).collect()
}

/// The first words of a name, as an id has them.
fn slug(name: &str) -> String {
    let kept: String = name.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    kept.split_whitespace().take(4).collect::<Vec<_>>().join("-").chars().take(60).collect()
}

/// Whether a model has a figure.
fn has(components: &BTreeMap<ComponentId, Component>, drivers: &BTreeMap<DriverId, Driver>, figure: &lab::Figure) -> bool {
    match figure {
        lab::Figure::Driver { driver, of } => drivers.get(driver).is_some_and(|driver| driver.values.contains_key(of)),
        lab::Figure::Cost { component } => components.contains_key(component),
        lab::Figure::Coalition { component, coalition } => match components.get(component).and_then(|of| of.costs.as_ref()) {
            Some(Costs::Alone(costs)) => costs.keys().any(|who| who.as_str() == coalition),
            Some(Costs::Listed(costs)) => costs.contains_key(coalition),
            Some(Costs::Document(_) | Costs::Network { .. } | Costs::Capacity { .. }) | None => false,
        },
    }
}
