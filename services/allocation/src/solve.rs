//! From a model to shares: exact to the last fraction, then rounded once.

use std::collections::BTreeMap;

use coopgame::game::exact::Rational;
use proto::allocation::{Computation, Model, Refusal, Shares};
use proto::digest::Digest;
use proto::id::GovernmentId;
use proto::money::{Currency, Money, round};

use crate::game;
use crate::validate::{Basis, Ready, ready, whole};

/// What solves models without a nucleolus.
const EXACT: &str = "exact arithmetic";
/// What solves models with one.
const COOPGAME: &str = "coopgame 0.3.1";

/// Computes a model. The same model gives the same result everywhere: nothing in it depends on a machine's floating-point arithmetic, so whoever
/// computes a recorded model again compares for equality, with no tolerance.
///
/// # Errors
/// What is wrong with the model, or that it has no solution under its rule.
pub fn solve(model: &Model) -> Result<Computation, Refusal> {
    let parts = ready(model)?;
    let mut components = BTreeMap::new();
    let mut totals: BTreeMap<GovernmentId, i128> = BTreeMap::new();
    for part in &parts {
        let shares = shares(part)?;
        for (member, share) in part.members.iter().zip(&shares) {
            *totals.entry((*member).clone()).or_default() += share;
        }
        components.insert(part.id.clone(), in_money(part, &shares, model.currency)?);
    }
    let total = totals.into_iter().map(|(member, sum)| Some((member, Money::of_units(sum, model.currency)?)));
    let total = total.collect::<Option<_>>().ok_or(Refusal::ComputationMismatch)?;
    let needs_solver = parts.iter().any(|part| matches!(part.basis, Basis::Nucleolus(_)));
    let solver = if needs_solver { COOPGAME } else { EXACT }.to_owned();
    Ok(Computation { model: Digest::of_json(model).map_err(|_| Refusal::ComputationMismatch)?, solver, components, total })
}

/// The shares of a component in smallest units, in the order of its members.
fn shares(part: &Ready<'_>) -> Result<Vec<i128>, Refusal> {
    let none = |why: &str| Refusal::NoSolution { component: part.id.clone(), why: why.to_owned() };
    let exact = match &part.basis {
        Basis::Fixed(shares) => return Ok(shares.clone()),
        Basis::Parts(parts) => parts.iter().map(|of_all| of_all * whole(part.shared)).collect(),
        Basis::Separable { alone, without } => {
            let why = "no member has a remaining benefit, and not all of the cost is separable";
            game::scrb(alone, without, part.shared).ok_or_else(|| none(why))?
        }
        Basis::Shapley(costs) => game::shapley(costs),
        Basis::Nucleolus(costs) => game::nucleolus(costs).map_err(none)?,
    };
    let exact = exact.iter().map(floor_and_rest).collect::<Option<Vec<_>>>().ok_or_else(|| none("the shares are too large"))?;
    Ok(round(part.shared, exact))
}

fn floor_and_rest(share: &Rational) -> Option<(i128, Rational)> {
    let floor = share.floor();
    let rest = share - &floor;
    Some((i128::try_from(floor.to_integer()).ok()?, rest))
}

fn in_money(part: &Ready<'_>, units: &[i128], currency: Currency) -> Result<Shares, Refusal> {
    let money = |units: i128| Money::of_units(units, currency).ok_or_else(|| Refusal::BadCost { component: part.id.clone() });
    let shares = part.members.iter().zip(units).map(|(member, share)| Ok(((*member).clone(), money(*share)?)));
    Ok(Shares { granted: money(part.granted)?, shared: money(part.shared)?, shares: shares.collect::<Result<_, Refusal>>()? })
}
