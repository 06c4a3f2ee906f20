//! Rules side by side, over the same facts.

use std::collections::BTreeMap;

use proto::allocation::{Against, Compared, Comparison, Component, Fairness, HeldAgainst, Model, Outcome, Refusal, Rule};
use proto::id::{ComponentId, GovernmentId};
use proto::money::Money;
use proto::negotiation::{Offered, OfferedShares};

use crate::fairness::fairness;
use rust_decimal::Decimal;

use crate::progress::over;
use crate::ready::ready;
use crate::sheet::percent;
use crate::solve::solve;

/// What every rule gives for every component, the model's own rule first. Rules by a driver come once for each driver of the model. `limit`: up to so
/// many members all sets of them are looked at.
///
/// # Errors
/// What is wrong with the model whatever the rule. What only one rule lacks stands with that rule.
pub fn compare(model: &Model, limit: usize) -> Result<Comparison, Refusal> {
    ready(&with_rules(model, |_| Rule::Equal), limit)?;
    let compared = |(id, component): (&ComponentId, &Component)| {
        let rules = rules(model, component);
        (id.clone(), over(rules.into_iter()).map(|rule| Compared { outcome: outcome(model, id, &rule, limit), rule }).collect())
    };
    Ok(Comparison { components: model.components.iter().map(compared).collect() })
}

/// Holds every share against all shares together, what its payer would pay alone, the payer's last offer, and the offer on the table.
pub fn hold_against(comparison: &mut Comparison, offered: &Offered) {
    for (component, rules) in &mut comparison.components {
        for Compared { outcome, .. } in rules {
            if let Outcome::Shares { shares, fairness, against, .. } = outcome {
                let held = |(who, share): (&GovernmentId, &Money)| {
                    let fairness = fairness.as_deref();
                    (who.clone(), Held { component, who, share }.against(shares, fairness, offered))
                };
                *against = shares.iter().map(held).collect();
            }
        }
    }
}

/// A share that is held against something.
struct Held<'a> {
    component: &'a ComponentId,
    who: &'a GovernmentId,
    share: &'a Money,
}

impl Held<'_> {
    fn against(&self, all: &BTreeMap<GovernmentId, Money>, fairness: Option<&Fairness>, offered: &Offered) -> Against {
        let sum = all.values().try_fold(Decimal::ZERO, |sum, share| sum.checked_add(share.amount));
        let gain = fairness.and_then(|fairness| fairness.gains.get(self.who));
        Against {
            percent: sum.and_then(|sum| percent(self.share, sum)),
            alone: gain.map(|gain| Money { amount: -gain.amount, ..*gain }),
            last_offer: offered.last.get(self.who).and_then(|offer| self.above(offer)),
            on_table: offered.on_table.as_ref().and_then(|offer| self.above(offer)),
        }
    }

    fn above(&self, offer: &OfferedShares) -> Option<HeldAgainst> {
        let said = offer.share(self.component, self.who).filter(|said| said.currency == self.share.currency)?;
        Some(HeldAgainst { offer: offer.offer, by: Money { amount: self.share.amount.checked_sub(said.amount)?, ..*said } })
    }
}

/// The model with other rules.
pub(crate) fn with_rules(model: &Model, rule: impl Fn(&Component) -> Rule) -> Model {
    let mut model = model.clone();
    model.components.values_mut().for_each(|component| component.rule = rule(component));
    model
}

/// The model with one component. Positions on figures of the others would have nothing to stand on.
pub(crate) fn only(model: &Model, id: &ComponentId) -> Model {
    let of = model.components.get(id).map(|component| (id.clone(), component.clone()));
    Model {
        components: of.into_iter().collect(),
        stands: Vec::new(),
        drivers: model.drivers.clone(),
        exchange: model.exchange.clone(),
        ..*model
    }
}

/// The rules that can be compared: the component's own, those by one figure, and those for coalitions where it is known what these would pay.
pub(crate) fn rules(model: &Model, component: &Component) -> Vec<Rule> {
    let by_driver = model.drivers.keys().cloned().map(Rule::Driver);
    let coalitions = [
        Rule::Scrb,
        Rule::AlternateCostAvoided,
        Rule::Shapley,
        Rule::Nucleolus,
        Rule::PerCapitaNucleolus,
        Rule::ProportionalNucleolus,
        Rule::Gately,
        Rule::Tau,
        Rule::Talmud,
    ];
    let coalitions = coalitions.into_iter().filter(|_| component.costs.is_some());
    let mut rules = vec![component.rule.clone()];
    rules.extend([Rule::Equal].into_iter().chain(by_driver).chain(coalitions).filter(|rule| *rule != component.rule));
    rules
}

fn outcome(model: &Model, id: &ComponentId, rule: &Rule, limit: usize) -> Outcome {
    let alone = with_rules(&only(model, id), |_| rule.clone());
    match solve(&alone, limit) {
        Err(refusal) => Outcome::Refused(Box::new(refusal)),
        Ok(mut result) => {
            let (shares, estimate) = result.components.remove(id).map(|of| (of.shares, of.estimate)).unwrap_or_default();
            let fairness = fairness(&alone, id, &shares, limit).ok().map(Box::new);
            Outcome::Shares { shares, fairness, estimate, against: BTreeMap::new() }
        }
    }
}
