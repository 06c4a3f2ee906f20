//! What sets of members would pay on their own, as it was typed.

use std::collections::BTreeMap;

use proto::allocation::{Costs, Link};
use proto::id::{ComponentId, DriverId, GovernmentId};
use proto::money::{Currency, Money};

use super::super::draft::{Part, Row};
use super::Reading;

/// Where in the form a component is, and what it is.
pub(super) struct At<'a> {
    /// What the names of its fields begin with.
    pub prefix: &'a str,
    pub called: &'a str,
    pub id: &'a ComponentId,
    pub currency: Currency,
}

impl Reading<'_> {
    /// What is chosen of them; of what the form does not show, as the model had it that this was begun from.
    pub(super) fn costs(&mut self, of: &At<'_>, part: &Part, members: &[(GovernmentId, &Row)], drivers: &[DriverId]) -> Option<Costs> {
        match part.costs.as_str() {
            "alone" => Some(self.alone(of, members)),
            "capacity" => self.capacity(of, part, drivers),
            "network" => Some(self.network(of, part)),
            "kept" => self.base.as_ref()?.components.get(of.id)?.costs.clone(),
            _ => None,
        }
    }

    fn alone(&mut self, of: &At<'_>, members: &[(GovernmentId, &Row)]) -> Costs {
        let mut costs = BTreeMap::new();
        for (body, row) in members {
            let label = format!("{} – {} – {}", of.called, self.visit.t("lab-alone-cost"), self.visit.body(body));
            let amount = self.number(format!("{}alone.{body}", of.prefix), &label, &row.alone);
            costs.insert(body.clone(), Money { amount, currency: of.currency });
        }
        Costs::Alone(costs)
    }

    fn capacity(&mut self, of: &At<'_>, part: &Part, drivers: &[DriverId]) -> Option<Costs> {
        let label = |key: &str| format!("{} – {}", of.called, self.visit.t(key));
        let (a, b) = (label("lab-curve-a"), label("lab-curve-b"));
        let amount = self.number(format!("{}a", of.prefix), &a, &part.curve.a);
        let b = self.number(format!("{}b", of.prefix), &b, &part.curve.b);
        let need = self.known(&format!("{}need", of.prefix), &part.curve.need, drivers)?;
        Some(Costs::Capacity { a: Money { amount, currency: of.currency }, b, need })
    }

    fn network(&mut self, of: &At<'_>, part: &Part) -> Costs {
        let mut links = Vec::new();
        for (place, line) in part.links.iter().enumerate() {
            let at = format!("{}l{place}.", of.prefix);
            let label = format!("{} – {} {}", of.called, self.visit.t("lab-link"), place + 1);
            let amount = self.number(format!("{at}cost"), &label, &line.cost);
            let from = self.perhaps(format!("{at}from"), "lab-link-from", &line.from);
            if let Some(to) = self.body(format!("{at}to"), "lab-link-to", &line.to) {
                links.push(Link { from, to, cost: Money { amount, currency: of.currency } });
            }
        }
        Costs::Network { links }
    }
}
