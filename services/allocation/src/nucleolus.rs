//! The nucleolus of a cost game, plain, per capita and proportional.
//!
//! What a set of members complains of is what it pays above its own cost; per capita that is divided by its members, proportionally by its cost. The
//! plain one of few members is found in whole numbers and proven. All else is found in floating point; that only tells which sets are equally well off,
//! and the fractions that follow from it are exact.

mod proof;
mod simplex;
#[cfg(test)]
mod tests;

use coopgame::game::exact::{ExactGame, Rational};
use coopgame::nucleolus::variants::{Complaint, Feasible, lexicographic_minimum};
use coopgame::nucleolus::{self, exact};
use coopgame::num_traits::ToPrimitive as _;
use coopgame::{Domain, ExplicitGame, verify};
use proto::allocation::Unsolvable;

use crate::equations::{Equations, Taken};
use crate::game::{Solved, members_of, savings};
use crate::number::whole;
use proof::is_nucleolus;
use simplex::Program;

/// How complaints are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    Plain,
    PerCapita,
    Proportional,
}

/// Up to here fractions follow every floating-point solution. Beyond, looking at all sets again takes longer than solving.
pub(crate) const FRACTIONS: usize = 12;
/// Up to here the plain nucleolus is proven in fractions by the criterion of Kohlberg (1971).
pub(crate) const PROVEN: usize = 10;
/// Savings up to here are solved in whole numbers alone. Larger ones go by floating point first, and those that it cannot tell apart have no solution:
/// so it was before, and a model has one result.
const WHOLE: i128 = 1_000_000_000_000;
/// Beyond this many members the solver that works in fractions alone takes minutes.
const FRACTIONS_ALONE: usize = 6;
/// The solver is right to about 10^-9 of the whole cost.
const NEAR: f64 = 1e-7;
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

/// The shares: exact up to [`FRACTIONS`] members, beyond as the solver has them.
fn nucleolus(costs: &[i64], measure: Measure) -> Solved {
    let (alone, saved) = savings(costs);
    if saved.last().is_some_and(|all| *all < 0) {
        return Err(Unsolvable::AloneIsCheaper);
    }
    if measure == Measure::Proportional && costs.iter().skip(1).any(|cost| *cost == 0) {
        return Err(Unsolvable::NotPositive);
    }
    if let [_, one] = costs {
        return Ok(vec![whole((*one).into())]);
    }
    if measure == Measure::Plain && alone.len() <= PROVEN {
        let saved = proven(&saved)?;
        return Ok(alone.iter().zip(saved).map(|(alone, saved)| whole(*alone) - saved).collect());
    }
    let guess = if measure == Measure::Plain { floating(&alone, &saved)? } else { program(costs, measure)? };
    if alone.len() <= FRACTIONS {
        return [1e-6, 1e-9, 1e-12].into_iter().find_map(|fine| fractions(costs, measure, &guess, fine)).ok_or(Unsolvable::TooNearlyAlike);
    }
    let shares = guess.into_iter().map(|share| Rational::from_float(share).ok_or(Unsolvable::TooLarge)).collect::<Solved>()?;
    Ok(adding_up(shares, costs.last().copied().unwrap_or_default().into()))
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

/// The game of savings, in fractions. What passes the criterion of Kohlberg is the nucleolus, however it was found: it is unique.
fn proven(saved: &[i128]) -> Solved {
    let found = saved.iter().all(|saved| saved.abs() <= WHOLE).then(|| Program::new(saved).solved()).flatten();
    let found = found.filter(|(shares, levels)| is_nucleolus(saved, shares, levels));
    found.map_or_else(|| guessed(saved), |(shares, _)| Ok(shares.fractions()))
}

/// The same by way of floating point: of large savings, and where the program in whole numbers would not end.
fn guessed(saved: &[i128]) -> Solved {
    let game = ExactGame::from_binary(saved.iter().skip(1).map(|saved| whole(*saved)).collect()).map_err(|_| Unsolvable::TooLarge)?;
    let floating = game.to_explicit().map_err(|_| Unsolvable::TooLarge)?;
    let scale = floating.max_abs_value().max(1.0);
    let guess = nucleolus::nucleolus(&floating).ok();
    let found = guess.and_then(|guess| {
        [1e-6, 1e-9, 1e-12].into_iter().find_map(|fine| {
            let shares = verify::recover_allocation(&floating, &game, guess.allocation(), Domain::Imputation, fine * scale).ok()??;
            verify::kohlberg_exact(&game, &shares, Domain::Imputation).satisfied.then_some(shares)
        })
    });
    let alone = || (game.players() <= FRACTIONS_ALONE).then(|| exact::nucleolus(&game, Domain::Imputation).ok()).flatten();
    found.or_else(|| alone().map(|solution| solution.allocation)).ok_or(Unsolvable::TooNearlyAlike)
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
    let tolerance = cost(all).max(1.0) * 1e-10;
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

/// The fractions that follow from which sets are equally well off at a floating-point solution. None where the solution was too coarse to tell.
fn fractions(costs: &[i64], measure: Measure, guess: &[f64], fine: f64) -> Option<Vec<Rational>> {
    let all = costs.len() - 1;
    let floating = |set: usize| costs.get(set).and_then(i64::to_f64).unwrap_or_default();
    let scale = fine * floating(all).max(1.0);
    let mut loud: Vec<(f64, usize)> = (1..all).map(|set| ((paid(guess, set) - floating(set)) / weight(costs, set, measure), set)).collect();
    loud.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut found = Found::new(costs, measure);
    found.take(all, None)?;
    for alone in (0..guess.len()).map(|member| 1 << member) {
        if (paid(guess, alone) - floating(alone)).abs() <= scale {
            found.take(alone, None)?;
        }
    }
    // One group of equally loud complaints after the other, until all shares follow. A group of sets whose sums follow already says nothing new.
    let (mut rest, mut group) = (loud.as_slice(), 0);
    while let [(head, _), ..] = rest
        && found.span.rank() < guess.len()
    {
        let equal = rest.iter().take_while(|(complaint, set)| *complaint >= head - scale / weight(costs, *set, measure)).count();
        let (equal, others) = rest.split_at(equal);
        if equal.iter().any(|(_, set)| found.is_new(*set)) {
            equal.iter().try_for_each(|(_, set)| found.take(*set, Some(group)))?;
            group += 1;
        }
        rest = others;
    }
    let solved = found.equations.solved(guess.len())?;
    is_near(&solved, guess, floating(all).max(1.0)).then_some(solved)
}

/// What is known of the shares and of the levels of complaint: the unknowns, in this order.
struct Found<'a> {
    costs: &'a [i64],
    measure: Measure,
    members: usize,
    equations: Equations,
    /// The sets alone: when they span all members, the shares follow.
    span: Equations,
}

impl<'a> Found<'a> {
    fn new(costs: &'a [i64], measure: Measure) -> Self {
        let members = members_of(costs);
        Self { costs, measure, members, equations: Equations::new(2 * members), span: Equations::new(members) }
    }

    /// Whether what a set pays does not follow from what others pay.
    fn is_new(&self, set: usize) -> bool {
        self.span.is_new(self.inside(set))
    }

    fn inside(&self, set: usize) -> impl Iterator<Item = i64> + Clone + use<> {
        (0..self.members).map(move |member| i64::from(set >> member & 1 == 1))
    }

    /// A set pays its cost, or above that the level of its group times its weight. None where that contradicts what is known.
    fn take(&mut self, set: usize, group: Option<usize>) -> Option<()> {
        let members = self.members;
        let cost = whole(self.costs.get(set).copied().unwrap_or_default().into());
        let times = divisor(self.costs, set, self.measure);
        let inside = self.inside(set);
        let levels = (0..members).map(|level| if group == Some(level) { -times } else { 0 });
        self.span.take(inside.clone(), whole(0));
        (self.equations.take(inside.chain(levels), cost) != Taken::Contradiction).then_some(())
    }
}

/// Whether fractions are what the solver has found, as far as its arithmetic can tell.
fn is_near(shares: &[Rational], guess: &[f64], scale: f64) -> bool {
    let near = |(share, guess): (&Rational, &f64)| share.to_f64().is_some_and(|share| (share - guess).abs() <= NEAR * scale);
    shares.iter().zip(guess).all(near)
}
