//! Rules for cost games, in exact fractions: separable costs – remaining benefits, the Shapley value, the nucleolus.
//!
//! Costs of coalitions come as a list in which bit i of a place stands for member i.

use coopgame::game::exact::{ExactGame, Rational};
use coopgame::nucleolus::{self, exact};
use coopgame::{Domain, verify};

use crate::validate::whole;

/// Separable costs – remaining benefits (Green Book, 1950). None when nobody has a remaining benefit and not everything is separable.
pub(crate) fn scrb(alone: &[i128], without: &[i128], all: i128) -> Option<Vec<Rational>> {
    let separable: Vec<i128> = without.iter().map(|others| all - others).collect();
    let joint = all - separable.iter().sum::<i128>();
    let benefits: Vec<i128> = alone.iter().zip(&separable).map(|(alone, separable)| (alone - separable).max(0)).collect();
    let total: i128 = benefits.iter().sum();
    if total == 0 {
        return (joint == 0).then(|| separable.iter().map(|cost| whole(*cost)).collect());
    }
    let part = |benefit: &i128| whole(joint) * whole(*benefit) / whole(total);
    Some(separable.iter().zip(&benefits).map(|(cost, benefit)| whole(*cost) + part(benefit)).collect())
}

/// The Shapley value (Shapley 1953): what a member adds to the cost of those before it, on average over all orders. The crate's own is computed in
/// floating point; this one is exact.
pub(crate) fn shapley(costs: &[i128]) -> Vec<Rational> {
    let members = members_of(costs);
    let orders: Vec<i128> = (0..members).map(|before| factorial(before) * factorial(members - 1 - before)).collect();
    let added = |member: usize| -> i128 {
        let sets = costs.iter().enumerate().filter(|(set, _)| set >> member & 1 == 0);
        sets.filter_map(|(set, cost)| {
            let weight = orders.get(set.count_ones() as usize)?;
            Some(weight * (costs.get(set | 1 << member)? - cost))
        })
        .sum()
    };
    (0..members).map(|member| Rational::new(added(member).into(), factorial(members).into())).collect()
}

/// The nucleolus (Schmeidler 1969) of the cost game: of the game of savings against going alone, taken back to costs. None when the members would
/// pay less each alone than together, or when the solution cannot be proven.
pub(crate) fn nucleolus(costs: &[i128]) -> Result<Vec<Rational>, &'static str> {
    let alone: Vec<i128> = (0..members_of(costs)).filter_map(|member| costs.get(1 << member).copied()).collect();
    let savings: Vec<i128> = costs.iter().enumerate().map(|(set, cost)| sum_of(&alone, set) - cost).collect();
    if savings.last().is_some_and(|all| *all < 0) {
        return Err("each going alone would cost less than all together");
    }
    let game = ExactGame::from_binary(savings.iter().skip(1).map(|saved| whole(*saved)).collect()).map_err(|_| "the game is too large")?;
    let saved = proven(&game).or_else(|| solved(&game)).ok_or("no solution could be proven: the costs are too nearly alike")?;
    Ok(alone.into_iter().zip(saved).map(|(alone, saved)| whole(alone) - saved).collect())
}

/// A floating-point solution only tells which coalitions are equally well off; the fractions that follow from that are then checked by the criterion
/// of Kohlberg (1971), exactly. The nucleolus is unique, so what passes is the nucleolus, on whatever machine the guess was made.
fn proven(game: &ExactGame) -> Option<Vec<Rational>> {
    let floating = game.to_explicit().ok()?;
    let guess = nucleolus::nucleolus(&floating).ok()?;
    let scale = floating.max_abs_value().max(1.0);
    [1e-6, 1e-9, 1e-12].into_iter().find_map(|fine| {
        let shares = verify::recover_allocation(&floating, game, guess.allocation(), Domain::Imputation, fine * scale).ok()??;
        verify::kohlberg_exact(game, &shares, Domain::Imputation).satisfied.then_some(shares)
    })
}

/// Beyond this many members the solver that works in fractions alone takes minutes.
const FRACTIONS_ALONE: usize = 6;

fn solved(game: &ExactGame) -> Option<Vec<Rational>> {
    if game.players() > FRACTIONS_ALONE {
        None
    } else {
        exact::nucleolus(game, Domain::Imputation).ok().map(|solution| solution.allocation)
    }
}

fn members_of(costs: &[i128]) -> usize {
    costs.len().trailing_zeros() as usize
}

fn sum_of(alone: &[i128], set: usize) -> i128 {
    alone.iter().enumerate().filter(|(member, _)| set >> member & 1 == 1).map(|(_, cost)| cost).sum()
}

fn factorial(number: usize) -> i128 {
    (1..=number).map(|factor| factor as i128).product()
}
