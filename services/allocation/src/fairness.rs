//! How shares treat those who pay them.

use std::collections::BTreeMap;

use proto::allocation::{Charged, Fairness, Model, Refusal, Rule};
use proto::id::{ComponentId, GovernmentId};
use proto::money::{Currency, Money};

use crate::game::sum_of;
use crate::nucleolus;
use crate::number::half_up;
use crate::ready::Check;

/// How shares of a component treat its members. `limit`: up to so many members all sets of them are looked at.
///
/// # Errors
/// `unknown_component` and what is wrong with the component; `coalitions_missing` where it is not known what members would pay on their own;
/// `computation_mismatch` where the shares are not those of its members.
pub fn fairness(model: &Model, id: &ComponentId, shares: &BTreeMap<GovernmentId, Money>, limit: usize) -> Result<Fairness, Refusal> {
    let (id, component) = model.components.get_key_value(id).ok_or_else(|| Refusal::UnknownComponent { component: id.clone() })?;
    let (members, costs) = Check { id, component, model, limit }.game()?;
    let units: Option<Vec<i128>> = members.iter().map(|member| shares.get(*member)?.units()).collect();
    let units = units.filter(|units| units.len() == shares.len()).ok_or(Refusal::ComputationMismatch)?;
    let is_fixed = matches!(component.rule, Rule::Fixed(_));
    let game = Game { members: &members, costs: &costs, currency: component.cost.currency, is_fixed };
    game.fairness(&units).ok_or_else(|| Refusal::BadCost { component: id.clone(), at: "costs".into() })
}

/// A cost game with the names of its members.
struct Game<'a> {
    members: &'a [&'a GovernmentId],
    costs: &'a [i64],
    currency: Currency,
    is_fixed: bool,
}

impl Game<'_> {
    fn money(&self, units: i128) -> Option<Money> {
        Money::of_units(units, self.currency)
    }

    fn cost(&self, set: usize) -> i128 {
        self.costs.get(set).copied().unwrap_or_default().into()
    }

    fn fairness(&self, shares: &[i128]) -> Option<Fairness> {
        let saved: Vec<i128> = shares.iter().enumerate().map(|(member, share)| self.cost(1 << member) - share).collect();
        let gains = self.members.iter().zip(&saved).map(|(member, saved)| Some(((*member).clone(), self.money(*saved)?)));
        let gains = gains.collect::<Option<_>>()?;
        let (_, least) = saved.iter().zip(self.members).min_by_key(|(saved, _)| **saved)?;
        let sets = || 1..self.costs.len() - 1;
        let above = |set: usize| sum_of(shares, set) - self.cost(set);
        // Rounding moves each share by less than a unit; fixed amounts are not rounded.
        let rounded = |set: usize| if self.is_fixed { 0 } else { i128::from(set.count_ones()) - 1 };
        let in_core = sets().all(|set| above(set) <= rounded(set));
        let most = sets().max_by_key(|set| (above(*set), std::cmp::Reverse(*set)));
        let most_charged = most.map(|set| {
            let names = self.members.iter().enumerate().filter(|(member, _)| set >> member & 1 == 1).map(|(_, name)| name.as_str());
            Some(Charged {
                coalition: names.collect::<Vec<_>>().join("+"),
                cost: self.money(self.cost(set))?,
                pays: self.money(sum_of(shares, set))?,
                above: self.money(above(set))?,
            })
        });
        let most_charged = match most_charged {
            Some(charged) => Some(charged?),
            None => None,
        };
        Some(Fairness { gains, least: (*least).clone(), in_core, most_charged, least_core: self.least_core() })
    }

    /// The least that the most charged set pays above its cost by any shares.
    fn least_core(&self) -> Option<Money> {
        let least = if self.members.len() > 1 { nucleolus::least_core(self.costs) } else { None };
        self.money(half_up(&least?)?)
    }
}
