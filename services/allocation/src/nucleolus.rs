//! The nucleolus of a cost game, plain, per capita and proportional.
//!
//! What a set of members complains of is what it pays above its own cost; per capita that is divided by its members, proportionally by its cost. Of few
//! members it is found in whole numbers and proven, of more in floating point.

mod proof;
mod simplex;
#[cfg(test)]
mod tests;

use coopgame::game::exact::Rational;
use coopgame::nucleolus;
use coopgame::nucleolus::variants::{Complaint, Feasible, lexicographic_minimum};
use coopgame::num_bigint::BigInt;
use coopgame::num_traits::ToPrimitive as _;
use coopgame::{Domain, ExplicitGame};
use proto::allocation::Unsolvable;

use crate::game::{Solved, members_of, savings};
use crate::number::whole;
use proof::is_nucleolus;
use simplex::{Game, Program, Whole};

/// How complaints are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    Plain,
    PerCapita,
    Proportional,
}

/// Up to here it is exact, and proven by the criterion of Kohlberg (1971). Beyond, looking at all sets again and again takes longer than solving.
pub(crate) const EXACT: usize = 12;
/// Complaints that are added to the program at a time, and how often at most.
const ADDED: usize = 64;
const ROUNDS: usize = 1000;

/// The nucleolus.
pub(crate) fn plain(costs: &[i64]) -> Solved {
    nucleolus(costs, Measure::Plain)
}

/// The nucleolus per capita.
pub(crate) fn per_capita(costs: &[i64]) -> Solved {
    nucleolus(costs, Measure::PerCapita)
}

/// The proportional nucleolus.
pub(crate) fn proportional(costs: &[i64]) -> Solved {
    nucleolus(costs, Measure::Proportional)
}

/// The shares: exact up to [`EXACT`] members, beyond as the solver has them.
fn nucleolus(costs: &[i64], measure: Measure) -> Solved {
    let (alone, saved) = savings(costs);
    if saved.last().is_some_and(|all| *all < 0) {
        return Err(Unsolvable::AloneIsCheaper);
    }
    // That all members together pay nothing is divided by nowhere: they complain of nothing.
    if measure == Measure::Proportional && costs.iter().take(costs.len() - 1).skip(1).any(|cost| *cost == 0) {
        return Err(Unsolvable::NotPositive);
    }
    if let [_, one] = costs {
        return Ok(vec![whole((*one).into())]);
    }
    if alone.len() <= EXACT {
        let saved = match measure {
            Measure::Plain => proven::<i128>(costs, &saved, measure),
            Measure::PerCapita | Measure::Proportional => proven::<BigInt>(costs, &saved, measure),
        };
        let saved = saved.ok_or(Unsolvable::TooNearlyAlike)?;
        return Ok(alone.iter().zip(saved).map(|(alone, saved)| whole(*alone) - saved).collect());
    }
    let guess = if measure == Measure::Plain { floating(&alone, &saved)? } else { program(costs, measure)? };
    let shares = guess.into_iter().map(|share| Rational::from_float(share).ok_or(Unsolvable::TooLarge)).collect::<Solved>()?;
    Ok(adding_up(shares, costs.last().copied().unwrap_or_default().into()))
}

/// The game of savings in whole numbers that hold all that comes up.
fn in_whole<N: Whole>(costs: &[i64], saved: &[i128], measure: Measure) -> Game<N> {
    let times = (0..costs.len()).map(|set| N::from(divisor(costs, set, measure).into()));
    Game { saved: saved.iter().map(|saved| N::from(*saved)).collect(), times: times.collect() }
}

/// What each saves. What passes the criterion of Kohlberg is the nucleolus, however it was found: it is unique.
fn proven<N: Whole>(costs: &[i64], saved: &[i128], measure: Measure) -> Option<Vec<Rational>> {
    let game = in_whole::<N>(costs, saved, measure);
    let (shares, levels) = Program::new(&game, true).solved()?;
    is_nucleolus(&game, &shares, &levels).then(|| shares.fractions())
}

/// The least that the most charged set of two members or more pays above its cost, by any shares. Exact up to [`EXACT`] members.
pub(crate) fn least_core(costs: &[i64]) -> Option<Rational> {
    if members_of(costs) <= EXACT {
        let (_, saved) = savings(costs);
        return Program::new(&in_whole::<i128>(costs, &saved, Measure::Plain), false).first_level();
    }
    let worth: Vec<f64> = costs.iter().skip(1).filter_map(|cost| Some(-cost.to_f64()?)).collect();
    let game = ExplicitGame::from_binary(&worth).ok()?;
    Rational::from_float(nucleolus::least_core(&game, Domain::Preimputation).ok()?.epsilon())
}

/// Takes from everyone alike what a floating-point solution is off.
fn adding_up(mut shares: Vec<Rational>, all: i128) -> Vec<Rational> {
    let off: Rational = shares.iter().sum::<Rational>() - whole(all);
    if off != whole(0) {
        let each = off / Rational::from_integer(shares.len().into());
        for share in &mut shares {
            *share -= &each;
        }
    }
    shares
}

/// The plain nucleolus in floating point.
fn floating(alone: &[i128], saved: &[i128]) -> Result<Vec<f64>, Unsolvable> {
    let values: Vec<f64> = saved.iter().skip(1).filter_map(i128::to_f64).collect();
    let game = ExplicitGame::from_binary(&values).map_err(|_| Unsolvable::TooLarge)?;
    let saved = nucleolus::nucleolus(&game).map_err(|_| Unsolvable::TooNearlyAlike)?.into_allocation();
    Ok(alone.iter().filter_map(i128::to_f64).zip(saved).map(|(alone, saved)| alone - saved).collect())
}

/// Complaints with weights: a program over few of them, to which the loudest of the others are added until none is louder than what is settled.
fn program(costs: &[i64], measure: Measure) -> Result<Vec<f64>, Unsolvable> {
    let (members, all) = (members_of(costs), costs.len() - 1);
    let cost = |set: usize| costs.get(set).and_then(i64::to_f64).unwrap_or_default();
    let feasible = Feasible {
        total: cost(all),
        lower: None,
        // Nobody pays more than alone.
        constraints: (0..members).map(|member| (row(1 << member, members), -cost(1 << member))).collect(),
    };
    let largest = costs.iter().copied().max().and_then(|cost| cost.to_f64()).unwrap_or_default();
    let tolerance = largest.max(1.0) * 1e-10;
    let complaint =
        |set: &usize| Complaint { coefficients: row(*set, members), constant: -cost(*set), weight: weight(costs, *set, measure) };
    let mut sets: Vec<usize> = (0..members).flat_map(|member| [1 << member, all & !(1 << member)]).collect();
    sets.sort_unstable();
    sets.dedup();
    for _ in 0..ROUNDS {
        let complaints: Vec<Complaint> = sets.iter().map(complaint).collect();
        let found = lexicographic_minimum(members, &feasible, &complaints, tolerance).map_err(|_| Unsolvable::TooNearlyAlike)?;
        let settled = found.levels().last().copied().unwrap_or(f64::NEG_INFINITY);
        let shares = found.allocation();
        let above = |set: usize| paid(shares, set) - cost(set) - settled * weight(costs, set, measure);
        let mut louder: Vec<(f64, usize)> = (1..all).map(|set| (above(set), set)).filter(|(above, _)| *above > 10.0 * tolerance).collect();
        louder.retain(|(_, set)| sets.binary_search(set).is_err());
        if louder.is_empty() {
            return Ok(found.into_allocation());
        }
        louder.sort_by(|a, b| b.0.total_cmp(&a.0));
        sets.extend(louder.into_iter().take(ADDED).map(|(_, set)| set));
        sets.sort_unstable();
    }
    Err(Unsolvable::TooNearlyAlike)
}

fn row(set: usize, members: usize) -> Vec<f64> {
    (0..members).map(|member| if set >> member & 1 == 1 { -1.0 } else { 0.0 }).collect()
}

fn paid(shares: &[f64], set: usize) -> f64 {
    shares.iter().enumerate().filter(|(member, _)| set >> member & 1 == 1).map(|(_, share)| share).sum()
}

/// By what a set's complaint is divided.
pub(crate) fn divisor(costs: &[i64], set: usize, measure: Measure) -> i64 {
    match measure {
        Measure::Plain => 1,
        Measure::PerCapita => set.count_ones().into(),
        Measure::Proportional => costs.get(set).copied().unwrap_or(1),
    }
}

fn weight(costs: &[i64], set: usize, measure: Measure) -> f64 {
    divisor(costs, set, measure).to_f64().unwrap_or(1.0)
}
