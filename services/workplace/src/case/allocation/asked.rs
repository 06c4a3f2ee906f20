//! What was typed into the form of a question, as a question.

use std::collections::BTreeMap;

use gateway::problem::Problem;
use jiff::civil::Date;
use proto::allocation::{Accession, Change, Component, Costs, Exit, Figure, GrantAmount, Joining, Leaving, Model, Question, Settlement};
use proto::id::{ComponentId, GovernmentId};
use proto::money::{Currency, Money};
use rust_decimal::Decimal;
use serde_json::json;

use super::words;
use crate::{Visit, days, typed};

/// What was typed.
pub(super) struct Asked<'a> {
    pub visit: &'a Visit,
    pub model: &'a Model,
    pub fields: &'a [(String, String)],
}

impl Asked<'_> {
    /// The question of a kind.
    ///
    /// # Errors
    /// What cannot be read, in the person's words.
    pub fn question(&self, kind: &str) -> Result<Question, Problem> {
        match kind {
            "what_if" => self.what_if(),
            "search" => self.search(),
            "ranges" => Ok(Question::Ranges),
            "comparison" => Ok(Question::Comparison),
            "accession" => self.accession(),
            "exit" => self.exit(),
            "settlement" => self.settlement(),
            _ => Err(self.visit.failed(proto::wire::Failure::NotFound)),
        }
    }

    /// What was typed into a field.
    pub fn one(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.trim())
    }

    fn number(&self, name: &str, label: &str) -> Result<Decimal, Problem> {
        let text = self.one(name);
        typed::read(text).ok_or_else(|| typed::no_number(self.visit, label, text))
    }

    /// None where nothing was typed.
    fn optional(&self, name: &str, label: &str) -> Result<Option<Decimal>, Problem> {
        if self.one(name).is_empty() { Ok(None) } else { self.number(name, label).map(Some) }
    }

    /// An amount; nothing where none was typed.
    fn money(&self, name: &str, label: &str, currency: Currency) -> Result<Money, Problem> {
        Ok(Money { amount: self.optional(name, label)?.unwrap_or_default(), currency })
    }

    fn component(&self, id: &ComponentId) -> String {
        words::component(self.visit, self.model, id)
    }

    fn body(&self, name: &str, label: &str) -> Result<GovernmentId, Problem> {
        let text = self.one(name);
        text.parse().map_err(|_| self.visit.wrong("lab-wrong-choice", json!({ "field": self.visit.t(label), "typed": text })))
    }

    fn those(&self, name: &str) -> Vec<ComponentId> {
        self.all(name).filter_map(|id| id.parse().ok()).collect()
    }

    fn what_if(&self) -> Result<Question, Problem> {
        let mut changes = Vec::new();
        for id in self.model.components.keys() {
            let label = format!("{} – {}", self.visit.t("lab-if-overrun"), self.component(id));
            let percent = self.optional(&format!("overrun.{id}"), &label)?.filter(|percent| !percent.is_zero());
            changes.extend(percent.map(|percent| Change::Overrun { component: id.clone(), percent }));
        }
        changes.extend(self.grants()?);
        for (id, driver) in &self.model.drivers {
            for of in driver.values.keys() {
                let label = format!("{} – {}", self.visit.name(&driver.names), self.visit.body(of));
                let figure = Figure::Driver { driver: id.clone(), of: of.clone() };
                let value = self.optional(&format!("figure.{id}.{of}"), &label)?;
                changes.extend(value.map(|value| Change::Figure { figure, value }));
            }
        }
        for who in self.all("leaves").filter(|who| !who.is_empty()) {
            let who = who
                .parse()
                .map_err(|_| self.visit.wrong("lab-wrong-choice", json!({ "field": self.visit.t("lab-who-leaves"), "typed": who })))?;
            changes.push(Change::Leaves(Leaving { who, components: Vec::new() }));
        }
        if !self.one("joins").is_empty() {
            changes.push(Change::Joins(self.joining()?));
        }
        if changes.is_empty() {
            return Err(self.visit.wrong("lab-wrong-nothing", json!({})));
        }
        Ok(Question::WhatIf { changes })
    }

    /// The grants that are other than the model has them: nothing means lost.
    fn grants(&self) -> Result<Vec<Change>, Problem> {
        let mut changes = Vec::new();
        for (id, component) in &self.model.components {
            for (place, grant) in component.grants.iter().enumerate() {
                let label = format!("{} · {}", self.component(id), grant.from);
                let Some(amount) = self.optional(&format!("grant.{id}.{place}"), &label)? else { continue };
                let amount = match &grant.amount {
                    _ if amount.is_zero() => None,
                    GrantAmount::Fixed(_) => Some(GrantAmount::Fixed(Money { amount, currency: component.cost.currency })),
                    GrantAmount::Rate { cap, .. } => Some(GrantAmount::Rate { percent: amount, cap: *cap }),
                };
                changes.push(Change::Grant { component: id.clone(), from: grant.from.clone(), amount });
            }
        }
        Ok(changes)
    }

    /// Costs and grants as they came.
    fn actual(&self) -> Result<Vec<Change>, Problem> {
        let mut changes = Vec::new();
        for (id, component) in &self.model.components {
            let label = format!("{} – {}", self.visit.t("lab-actual"), self.component(id));
            if let Some(amount) = self.optional(&format!("cost.{id}"), &label)? {
                changes.push(Change::Cost { component: id.clone(), cost: Money { amount, currency: component.cost.currency } });
            }
        }
        changes.extend(self.grants()?);
        Ok(changes)
    }

    fn joining(&self) -> Result<Joining, Problem> {
        let who = self.body("joins", "lab-who-joins")?;
        let components = self.those("joins-in");
        if components.is_empty() {
            return Err(self.visit.wrong("lab-wrong-joins-nothing", json!({})));
        }
        let mut figures = BTreeMap::new();
        for (id, driver) in &self.model.drivers {
            let label = self.visit.with("lab-its-figure", "driver", self.visit.name(&driver.names));
            if let Some(value) = self.optional(&format!("joins-figure.{id}"), &label)? {
                figures.insert(id.clone(), value);
            }
        }
        let mut costs = BTreeMap::new();
        let alone = |component: &Component| matches!(component.costs, Some(Costs::Alone(_)));
        for (id, component) in self.model.components.iter().filter(|(id, component)| components.contains(id) && alone(component)) {
            let label = self.visit.with("lab-its-alone", "component", &self.component(id));
            let amount = self.number(&format!("joins-alone.{id}"), &label)?;
            let cost = Money { amount, currency: component.cost.currency };
            costs.insert(id.clone(), Costs::Alone(BTreeMap::from([(who.clone(), cost)])));
        }
        Ok(Joining { who, components, figures, costs })
    }

    fn search(&self) -> Result<Question, Problem> {
        let label = self.visit.t("lab-bears-at-most");
        Ok(Question::Search {
            who: self.body("who", "lab-who")?,
            at_most: Money { amount: self.number("at-most", &label)?, currency: self.model.currency },
            component: self.one("component").parse().ok(),
        })
    }

    fn day(&self, name: &str, key: &str) -> Result<Date, Problem> {
        let day = days::day(self.visit, key, self.one(name))?;
        day.ok_or_else(|| self.visit.wrong("typed-empty", json!({ "field": self.visit.t(key) })))
    }

    fn accession(&self) -> Result<Question, Problem> {
        Ok(Question::Accession(Accession {
            joins: self.joining()?,
            actual: self.actual()?,
            since: self.day("since", "lab-since")?,
            on: self.day("on", "lab-on")?,
            interest_percent: self.optional("interest", &self.visit.t("lab-interest"))?.unwrap_or_default(),
            overhead: self.money("overhead", &self.visit.t("lab-overhead"), self.model.currency)?,
            instalments: BTreeMap::new(),
        }))
    }

    fn exit(&self) -> Result<Question, Problem> {
        let components = self.those("leaves-in");
        let who = self.body("who", "lab-who-leaves")?;
        let of = |id: &ComponentId| self.model.components.get(id).is_some_and(|component| component.members.contains(&who));
        // All that it is a member of is leaving altogether: then its figures go too.
        let everything = self.model.components.keys().filter(|id| of(id)).all(|id| components.contains(id));
        let components = if everything { Vec::new() } else { components };
        Ok(Question::Exit(Exit {
            leaves: Leaving { who, components },
            actual: self.actual()?,
            paid: self.money("paid", &self.visit.t("lab-has-paid"), self.model.currency)?,
            residual_percent: self.number("residual", &self.visit.t("lab-residual"))?,
            cost_of_separation: self.money("separation", &self.visit.t("lab-separation"), self.model.currency)?,
        }))
    }

    fn settlement(&self) -> Result<Question, Problem> {
        let mut paid = BTreeMap::new();
        for who in self.model.components.values().flat_map(|component| &component.members) {
            let label = format!("{} – {}", self.visit.t("lab-paid"), self.visit.body(who));
            if let Some(amount) = self.optional(&format!("paid.{who}"), &label)? {
                paid.insert(who.clone(), Money { amount, currency: self.model.currency });
            }
        }
        Ok(Question::Settlement(Settlement { actual: self.actual()?, paid, instalments: BTreeMap::new() }))
    }
}
