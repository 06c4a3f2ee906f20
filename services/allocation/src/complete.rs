//! What follows from shares: money between members, and totals in the model's currency. Cheap and exact, so that the rules can follow it again.

use std::collections::BTreeMap;

use coopgame::game::exact::Rational;
use proto::allocation::{Computation, Estimate, Model, Shares};
use proto::id::GovernmentId;
use proto::money::Money;

use crate::number::{half_up, in_units, whole};
use crate::ready::Ready;
use crate::sampled;

/// No decimal holds so many units. What is below can be added up without a thought, at whatever rate of exchange.
const BEYOND: i128 = 100_000_000_000_000_000_000_000_000_000;

/// The shares of a component in smallest units, in the order of its members.
pub(crate) struct Divided {
    /// What each pays.
    pub(crate) units: Vec<i128>,
    /// Of an estimate: how far off each may be.
    pub(crate) error: Option<Vec<i128>>,
}

/// The whole result, from the shares of each component. None where an amount does not fit its currency.
pub(crate) fn complete(model: &Model, parts: &[Ready<'_>], divided: &[Divided], solver: String) -> Option<Computation> {
    let mut components = BTreeMap::new();
    let mut totals: BTreeMap<GovernmentId, i128> = BTreeMap::new();
    for (part, Divided { units, error }) in parts.iter().zip(divided) {
        for (member, amount) in part.members.iter().zip(borne(part, units)?) {
            *totals.entry((*member).clone()).or_default() += amount;
        }
        let currency = part.component.cost.currency;
        let money = |units: i128| Money::of_units(units, currency);
        let table = |units: &[i128]| -> Option<BTreeMap<GovernmentId, Money>> {
            part.members.iter().zip(units).map(|(member, units)| Some(((*member).clone(), money(*units)?))).collect()
        };
        let transfers = if part.component.transfers.is_empty() { BTreeMap::new() } else { table(&transfers(part, units)?)? };
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

/// What each bears of a component in the model's currency, from the shares in smallest units: its share, and what it pays or gets on top.
pub(crate) fn borne(part: &Ready<'_>, shares: &[i128]) -> Option<Vec<i128>> {
    let borne: Vec<i128> = shares.iter().zip(transfers(part, shares)?).map(|(share, transfer)| share + transfer).collect();
    in_currency(part, &borne)
}

/// What each brings to a component in kind, in the model's currency.
pub(crate) fn brought(part: &Ready<'_>) -> Option<Vec<i128>> {
    let by =
        |member: &GovernmentId| part.component.in_kind.iter().filter(|thing| thing.by == *member).map(|thing| thing.value.units()).sum();
    in_currency(part, &part.members.iter().map(|member| by(member)).collect::<Option<Vec<i128>>>()?)
}

/// What each pays on top of its share; adds up to zero.
fn transfers(part: &Ready<'_>, shares: &[i128]) -> Option<Vec<i128>> {
    let mut sums = vec![0; shares.len()];
    for Paid { to, amount, by, .. } in paid(part, shares)? {
        sums.iter_mut().zip(by).for_each(|(sum, part)| *sum += part);
        sums.iter_mut().skip(to).take(1).for_each(|sum| *sum -= amount);
    }
    Some(sums)
}

/// A payment between members.
pub(crate) struct Paid {
    /// The place of who gets it.
    pub(crate) to: usize,
    pub(crate) amount: i128,
    /// What part of it each pays.
    pub(crate) parts: Vec<Rational>,
    /// What that is in units.
    pub(crate) by: Vec<i128>,
}

/// The payments of a component. What all others pay together goes by their shares, or equally where nobody else pays any.
pub(crate) fn paid(part: &Ready<'_>, shares: &[i128]) -> Option<Vec<Paid>> {
    let paid = part.component.transfers.iter().map(|transfer| {
        let (amount, place) = (transfer.amount.units()?, |who: &GovernmentId| part.members.iter().position(|member| *member == who));
        let to = place(&transfer.to)?;
        let parts = match &transfer.from {
            Some(from) => weights(shares, |member| Some(member) == place(from), |_| 1),
            None if shares.iter().enumerate().any(|(member, share)| member != to && *share > 0) => {
                weights(shares, |member| member != to, |share| share.max(0))
            }
            None => weights(shares, |member| member != to, |_| 1),
        };
        let exact: Vec<Rational> = parts.iter().map(|part| part * whole(amount)).collect();
        Some(Paid { to, amount, by: in_units(amount, &exact)?, parts })
    });
    paid.collect()
}

/// Parts of one, for those who pay.
fn weights(shares: &[i128], pays: impl Fn(usize) -> bool, weight: impl Fn(i128) -> i128) -> Vec<Rational> {
    let each: Vec<i128> = shares.iter().enumerate().map(|(member, share)| if pays(member) { weight(*share) } else { 0 }).collect();
    let all = each.iter().sum::<i128>().max(1);
    each.into_iter().map(|weight| whole(weight) / whole(all)).collect()
}

/// Parts of one in proportion to amounts above zero; equal parts where there are none.
pub(crate) fn parts_of_one(amounts: &[i128]) -> Vec<Rational> {
    let any = amounts.iter().any(|amount| *amount > 0);
    weights(amounts, |_| true, |amount| if any { amount.max(0) } else { 1 })
}

/// Amounts of a component in the model's currency. Their sum is rounded once, half up.
pub(crate) fn in_currency(part: &Ready<'_>, amounts: &[i128]) -> Option<Vec<i128>> {
    if part.rate == whole(1) {
        return Some(amounts.to_vec());
    }
    let exact: Vec<Rational> = amounts.iter().map(|amount| whole(*amount) * &part.rate).collect();
    in_units(half_up(&exact.iter().sum())?, &exact).filter(|units| units.iter().all(|units| units.abs() < BEYOND))
}
