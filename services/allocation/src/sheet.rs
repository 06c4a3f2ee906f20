//! The settlement sheet: nothing but what follows from a model and its shares.

use std::collections::BTreeMap;

use coopgame::game::exact::Rational;
use proto::allocation::{Component, Computation, Line, Lines, Model, Rule, Shares, Sheet};
use proto::id::{ComponentId, DriverId, GovernmentId};
use proto::money::Money;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::number::{in_units, rational, whole};
use crate::ready::Check;
use crate::solve::AT_LEISURE;

/// The sheet of a computed model. None where the result is not one of this model.
#[must_use]
pub fn sheet(model: &Model, result: &Computation) -> Option<Sheet> {
    let lines = |(id, component): (&ComponentId, &Component)| {
        let check = Check { id, component, model, limit: AT_LEISURE };
        Some((id.clone(), lines(&check, result.components.get(id)?)?))
    };
    Some(Sheet { components: model.components.iter().map(lines).collect::<Option<_>>()?, total: result.total.clone() })
}

fn lines(check: &Check<'_>, of: &Shares) -> Option<Lines> {
    let (model, component) = (check.model, check.component);
    let line = |(member, share): (&GovernmentId, &Money)| Some((member.clone(), line(model, component, of, member, share)?));
    let members = of.shares.iter().map(line).collect::<Option<_>>()?;
    let cost = component.cost.units()?;
    let grants = check.grants(cost).ok()?.into_iter().map(|grant| check.money(grant).ok()).collect::<Option<_>>()?;
    Some(Lines { cost: check.money(cost).ok()?, grants, granted: of.granted, shared: of.shared, members, estimate: of.estimate.clone() })
}

fn line(model: &Model, component: &Component, of: &Shares, member: &GovernmentId, share: &Money) -> Option<Line> {
    let currency = component.cost.currency;
    let money = |units: i128| Money::of_units(units, currency);
    let transfer = of.transfers.get(member).map_or(Some(0), |transfer| transfer.units())?;
    let brought = component.in_kind.iter().filter(|thing| thing.by == *member).map(|thing| thing.value.units());
    let in_kind = brought.sum::<Option<i128>>()?;
    let own = share.units()? + transfer - in_kind;
    let known = |id: DriverId| Some((id.clone(), *model.drivers.get(&id)?.values.get(member)?));
    Some(Line {
        figures: drivers(&component.rule).into_iter().filter_map(known).collect(),
        share: *share,
        percent: percent(share, of.shared.amount),
        transfer: money(transfer)?,
        in_kind: money(in_kind)?,
        own_money: money(own)?,
        instalments: by_year(&component.instalments, own)?
            .into_iter()
            .map(|(year, units)| Some((year, money(units)?)))
            .collect::<Option<_>>()?,
    })
}

/// The drivers that a rule goes by.
fn drivers(rule: &Rule) -> Vec<DriverId> {
    match rule {
        Rule::Driver(driver) => vec![driver.clone()],
        Rule::Mix(parts) => parts.iter().filter_map(|part| part.driver.clone()).collect(),
        _ => Vec::new(),
    }
}

/// A share in percent of all, rounded to two digits. None where all is nothing.
pub(crate) fn percent(share: &Money, all: Decimal) -> Option<Decimal> {
    let of_all = share.amount.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(all)?;
    Some(of_all.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
}

/// An amount by year, by percentages; it adds up exactly, and what cannot be divided goes to the years with the largest remainders, the earlier first.
pub(crate) fn by_year(years: &BTreeMap<i16, Decimal>, amount: i128) -> Option<BTreeMap<i16, i128>> {
    if years.is_empty() {
        return Some(BTreeMap::new());
    }
    let exact: Vec<Rational> = years.values().map(|percent| rational(*percent) * whole(amount) / whole(100)).collect();
    Some(years.keys().copied().zip(in_units(amount, &exact)?).collect())
}
