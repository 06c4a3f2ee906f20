//! The life of an agreement: settling accounts after completion, and late accession.

use std::collections::BTreeMap;

use coopgame::game::exact::Rational;
use proto::allocation::{Accession, Balance, Balances, Change, Model, Price, Refund, Refusal, Settlement};
use proto::id::GovernmentId;
use proto::money::Money;
use rust_decimal::Decimal;

use crate::complete::{brought, parts_of_one};
use crate::drivers::hundred;
use crate::number::{half_up, in_units, rational, whole};
use crate::ready::ready;
use crate::sheet::by_year;

use super::Purse;
use super::change::{actual, changed as change};
use super::what_if::{by, changed};

/// Days of the year by which interest is counted.
const YEAR: i128 = 365;

/// What each owes when the cost is known: its share by the same rule on actual figures, less what it brought in kind, less what it has paid.
pub(super) fn settle(model: &Model, asked: &Settlement, limit: usize) -> Result<Balances, Refusal> {
    whole_years(&asked.instalments)?;
    let purse = Purse(model.currency);
    let after = actual(model, &asked.actual)?;
    let actual = changed(model, &after, limit)?;
    if let Some(who) = asked.paid.keys().find(|who| !actual.totals.contains_key(who)) {
        return Err(Refusal::MemberOfNone { who: who.clone() });
    }
    let mut in_kind: BTreeMap<&GovernmentId, i128> = BTreeMap::new();
    for part in ready(&after, limit)? {
        for (who, units) in part.members.iter().zip(purse.fits(brought(&part))?) {
            *in_kind.entry(who).or_default() += units;
        }
    }
    let mut sums = [0; 3];
    let mut years: BTreeMap<i16, i128> = BTreeMap::new();
    let mut governments = BTreeMap::new();
    for (who, total) in &actual.totals {
        let paid = asked.paid.get(who).map_or(Ok(0), |money| purse.units("paid", money))?;
        let of = [purse.fits(total.after.units())?, in_kind.get(who).copied().unwrap_or_default(), paid];
        let own = purse.fits(by_year(&asked.instalments, owed(of)))?;
        sums.iter_mut().zip(of).for_each(|(sum, units)| *sum += units);
        for (year, units) in &own {
            *years.entry(*year).or_default() += units;
        }
        governments.insert(who.clone(), balance(purse, of, &own)?);
    }
    Ok(Balances { actual, governments, in_all: balance(purse, sums, &years)? })
}

fn owed([due, in_kind, paid]: [i128; 3]) -> i128 {
    due - in_kind - paid
}

fn balance(purse: Purse, of: [i128; 3], years: &BTreeMap<i16, i128>) -> Result<Balance, Refusal> {
    let [due, in_kind, paid] = of.map(|units| purse.money(units));
    Ok(Balance { due: due?, in_kind: in_kind?, paid: paid?, owes: purse.money(owed(of))?, instalments: in_years(purse, years)? })
}

fn in_years(purse: Purse, years: &BTreeMap<i16, i128>) -> Result<BTreeMap<i16, Money>, Refusal> {
    years.iter().map(|(year, units)| Ok((*year, purse.money(*units)?))).collect()
}

fn whole_years(years: &BTreeMap<i16, Decimal>) -> Result<(), Refusal> {
    if years.is_empty() { Ok(()) } else { hundred(years.values()).map_err(|percent| Refusal::YearsNotWhole { percent }) }
}

/// The price of joining late, and who gets it.
pub(super) fn accede(model: &Model, asked: &Accession, limit: usize) -> Result<Price, Refusal> {
    whole_years(&asked.instalments)?;
    let purse = Purse(model.currency);
    let overhead = purse.units("overhead", &asked.overhead)?;
    if !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&asked.interest_percent) {
        return Err(Refusal::BadPercentage { field: "interest_percent".to_owned() });
    }
    let days = asked.since.duration_until(asked.on).as_hours() / 24;
    let days = u32::try_from(days).map_err(|_| Refusal::BadPeriod { since: asked.since, on: asked.on })?;
    let before = actual(model, &asked.actual)?;
    let joined = changed(&before, &change(&before, &[Change::Joins(asked.joins.clone())])?, limit)?;
    let mut falls = by(purse, &joined.totals)?;
    // What all others bear less is what the newcomer bears, to the unit: the sum is the same with and without it.
    let share = falls.remove(&asked.joins.who).unwrap_or_default();
    for rise in falls.values_mut() {
        *rise = -*rise;
    }
    let yearly: Rational = whole(share) * rational(asked.interest_percent) / whole(100);
    let interest = purse.fits(half_up(&(yearly * whole(days.into()) / whole(YEAR))))?;
    let price = share + interest + overhead;
    let years = purse.fits(by_year(&asked.instalments, price))?;
    Ok(Price {
        joined,
        share: purse.money(share)?,
        days,
        interest: purse.money(interest)?,
        overhead: purse.money(overhead)?,
        price: purse.money(price)?,
        instalments: in_years(purse, &years)?,
        gets: refunds(purse, &falls, interest + overhead)?,
    })
}

/// What falls for each, and its part of what is paid on top.
fn refunds(purse: Purse, falls: &BTreeMap<GovernmentId, i128>, on_top: i128) -> Result<BTreeMap<GovernmentId, Refund>, Refusal> {
    let units: Vec<i128> = falls.values().copied().collect();
    let exact: Vec<Rational> = parts_of_one(&units).into_iter().map(|part| part * whole(on_top)).collect();
    let parts = purse.fits(in_units(on_top, &exact))?;
    let refund = |((who, falls), part): ((&GovernmentId, &i128), i128)| {
        let refund = Refund { falls: purse.money(*falls)?, part: purse.money(part)?, gets: purse.money(falls + part)? };
        Ok((who.clone(), refund))
    };
    falls.iter().zip(parts).map(refund).collect()
}
