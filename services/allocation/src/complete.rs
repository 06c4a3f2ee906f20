//! What follows from shares: money between members, and totals in the model's currency. Cheap and exact, so that the rules can follow it again.

use std::collections::BTreeMap;

use coopgame::game::exact::Rational;
use proto::allocation::{Computation, Estimate, Model, Shares};
use proto::id::GovernmentId;
use proto::money::Money;

use crate::number::{in_units, whole};
use crate::ready::Ready;
use crate::sampled;

/// The shares of a component in smallest units, in the order of its members.
pub(crate) struct Found {
    /// What each pays.
    pub(crate) units: Vec<i128>,
    /// Of an estimate: how far off each may be.
    pub(crate) error: Option<Vec<i128>>,
}

/// The whole result, from the shares of each component. None where an amount does not fit its currency.
pub(crate) fn complete(model: &Model, parts: &[Ready<'_>], found: &[Found], solver: String) -> Option<Computation> {
    let mut components = BTreeMap::new();
    let mut totals: BTreeMap<GovernmentId, i128> = BTreeMap::new();
    for (part, Found { units, error }) in parts.iter().zip(found) {
        let transfers = transfers(part, units)?;
        let borne: Vec<i128> = units.iter().zip(&transfers).map(|(share, transfer)| share + transfer).collect();
        for (member, amount) in part.members.iter().zip(in_currency(part, &borne)?) {
            *totals.entry((*member).clone()).or_default() += amount;
        }
        let currency = part.component.cost.currency;
        let money = |units: i128| Money::of_units(units, currency);
        let table = |units: &[i128]| -> Option<BTreeMap<GovernmentId, Money>> {
            part.members.iter().zip(units).map(|(member, units)| Some(((*member).clone(), money(*units)?))).collect()
        };
        let transfers = if part.component.transfers.is_empty() { BTreeMap::new() } else { table(&transfers)? };
        let estimate = match error {
            Some(error) => Some(Estimate { orders: sampled::ORDERS, error: table(error)? }),
            None => None,
        };
        let of = Shares { granted: money(part.granted)?, shared: money(part.shared)?, shares: table(units)?, transfers, estimate };
        components.insert(part.id.clone(), of);
    }
    let total = totals.into_iter().map(|(member, sum)| Some((member, Money::of_units(sum, model.currency)?)));
    Some(Computation { model: model.digest().ok()?, solver, components, total: total.collect::<Option<_>>()? })
}

/// What each pays on top of its share; adds up to zero. What all others pay together goes by their shares, or equally where nobody else pays any.
fn transfers(part: &Ready<'_>, shares: &[i128]) -> Option<Vec<i128>> {
    let mut sums = vec![0; shares.len()];
    for transfer in &part.component.transfers {
        let (units, place) = (transfer.amount.units()?, |who: &GovernmentId| part.members.iter().position(|member| *member == who));
        let to = place(&transfer.to)?;
        let weights = match &transfer.from {
            Some(from) => weights(shares, |member| Some(member) == place(from), |_| 1),
            None if shares.iter().enumerate().any(|(member, share)| member != to && *share > 0) => {
                weights(shares, |member| member != to, |share| share.max(0))
            }
            None => weights(shares, |member| member != to, |_| 1),
        };
        let paid: Vec<Rational> = weights.iter().map(|weight| weight * whole(units)).collect();
        sums.iter_mut().zip(in_units(units, &paid)?).for_each(|(sum, part)| *sum += part);
        sums.iter_mut().skip(to).take(1).for_each(|sum| *sum -= units);
    }
    Some(sums)
}

/// Parts of one, for those who pay.
fn weights(shares: &[i128], pays: impl Fn(usize) -> bool, weight: impl Fn(i128) -> i128) -> Vec<Rational> {
    let each: Vec<i128> = shares.iter().enumerate().map(|(member, share)| if pays(member) { weight(*share) } else { 0 }).collect();
    let all = each.iter().sum::<i128>().max(1);
    each.into_iter().map(|weight| whole(weight) / whole(all)).collect()
}

/// Amounts of a component in the model's currency. Their sum is rounded once, half up.
fn in_currency(part: &Ready<'_>, amounts: &[i128]) -> Option<Vec<i128>> {
    if part.rate == whole(1) {
        return Some(amounts.to_vec());
    }
    let exact: Vec<Rational> = amounts.iter().map(|amount| whole(*amount) * &part.rate).collect();
    let half = Rational::new(1.into(), 2.into());
    let sum = (exact.iter().sum::<Rational>() + half).floor().to_integer();
    in_units(i128::try_from(sum).ok()?, &exact)
}
