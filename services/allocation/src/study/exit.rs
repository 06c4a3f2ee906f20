//! What leaving comes to, as [`Payout`] says.

use std::collections::BTreeMap;

use coopgame::game::exact::Rational;
use proto::allocation::{Change, Exit, Model, Payout, Refusal, Takeover};
use proto::id::{ComponentId, GovernmentId};
use rust_decimal::Decimal;

use crate::complete::brought;
use crate::number::{half_up, in_units, rational, whole};
use crate::ready::ready;

use super::Purse;
use super::change::{actual, changed as change};
use super::members::left;
use super::what_if::{by, changed};

/// What a leaver gets, and what those who stay pay.
pub(super) fn exit(model: &Model, asked: &Exit, limit: usize) -> Result<Payout, Refusal> {
    let purse = Purse(model.currency);
    if !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&asked.residual_percent) {
        return Err(Refusal::BadPercentage { field: "residual_percent".to_owned() });
    }
    let (paid, separation) = (purse.units("paid", &asked.paid)?, purse.units("cost_of_separation", &asked.cost_of_separation)?);
    let who = &asked.leaves.who;
    let before = actual(model, &asked.actual)?;
    let gone = change(&before, &[Change::Leaves(asked.leaves.clone())])?;
    let changed = changed(&before, &gone, limit)?;
    let mut rises = by(purse, &changed.totals)?;
    let share = -rises.remove(who).unwrap_or_default();
    let contributed = paid + in_kind(purse, &before, who, &left(&before, &asked.leaves)?, limit)?;
    let of = |units: i128| whole(units) * rational(asked.residual_percent) / whole(100);
    let (share_left, value_left) = (purse.fits(half_up(&of(share)))?, purse.fits(half_up(&of(contributed)))?);
    let gets = contributed - (share - share_left) - separation;
    let exact: Vec<Rational> = rises.values().map(|rise| of(*rise)).collect();
    let pays = purse.fits(in_units(share_left, &exact))?;
    let takeover = |((who, rises), pays): ((&GovernmentId, &i128), i128)| {
        Ok((who.clone(), Takeover { rises: purse.money(*rises)?, pays: purse.money(pays)? }))
    };
    Ok(Payout {
        left: changed,
        share: purse.money(share)?,
        contributed: purse.money(contributed)?,
        unpaid: purse.money(share - contributed)?,
        value_left: purse.money(value_left)?,
        owes: purse.money(value_left - separation - gets)?,
        cost_of_separation: purse.money(separation)?,
        gets: purse.money(gets)?,
        stay: rises.iter().zip(pays).map(takeover).collect::<Result<BTreeMap<_, _>, Refusal>>()?,
    })
}

/// What someone brought in kind to these components.
fn in_kind(purse: Purse, model: &Model, who: &GovernmentId, to: &[ComponentId], limit: usize) -> Result<i128, Refusal> {
    let mut sum = 0;
    for part in ready(model, limit)?.iter().filter(|part| to.contains(part.id)) {
        let own = part.members.iter().zip(purse.fits(brought(part))?).find(|(member, _)| **member == who);
        sum += own.map_or(0, |(_, units)| units);
    }
    Ok(sum)
}
