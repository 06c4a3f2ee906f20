//! From a model to shares: exact to the last fraction, then rounded once.

use coopgame::game::exact::Rational;
use proto::allocation::{Computation, Model, Refusal, Rule, Unsolvable};
use proto::money::Money;

use crate::complete::{Divided, complete};
use crate::game;
use crate::limits::{Within, within};
use crate::nucleolus;
use crate::number::{in_units, whole};
use crate::progress::over;
use crate::ready::{Basis, Ready, ready};
use crate::sampled;

/// What solves models without a nucleolus of many members.
const EXACT: &str = "exact arithmetic";
/// What solves models with one.
const COOPGAME: &str = "coopgame 0.3.1";

/// Up to so many members a rule for coalitions is solved while a command waits.
pub const AT_ONCE: usize = 10;
/// Up to so many members it is solved by whoever has time: 1,048,575 sets of them.
pub const AT_LEISURE: usize = 20;

/// Computes a model, with rules for coalitions of up to so many members. The same model gives the same result everywhere, so
/// whoever computes a recorded model again compares for equality, with no tolerance: up to twelve members all is exact, and the floating-point
/// arithmetic beyond is done by the same operations in the same order on every machine. Of more than 24 members the Shapley value is estimated, in
/// whole numbers and from the same orders on every machine.
///
/// # Errors
/// What is wrong with the model, or that it has no solution under its rule.
pub fn solve(model: &Model, limit: usize) -> Result<Computation, Refusal> {
    let parts = ready(model, limit)?;
    let shares = over(parts.iter()).map(shares).collect::<Result<Vec<_>, Refusal>>()?;
    complete(model, &parts, &shares, solver(&parts)).ok_or_else(|| too_large(model, &parts))
}

/// What solved these: all that had a part in it.
fn solver(parts: &[Ready<'_>]) -> String {
    let by_program = |part: &Ready<'_>| {
        let is_nucleolus = matches!(part.component.rule, Rule::Nucleolus | Rule::PerCapitaNucleolus | Rule::ProportionalNucleolus);
        is_nucleolus && part.members.len() > nucleolus::EXACT
    };
    let first = if parts.iter().any(by_program) { COOPGAME } else { EXACT };
    if parts.iter().any(Ready::is_sampled) { format!("{first}; {}", sampled::SOLVER) } else { first.to_owned() }
}

/// The shares of a component in smallest units.
pub(crate) fn shares(part: &Ready<'_>) -> Result<Divided, Refusal> {
    let (exact, error) = by_rule(part, &part.basis()?)?;
    let Within { shares, .. } = limited(part, exact)?;
    let units = in_units(part.shared, &shares).ok_or_else(|| unsolvable(part, Unsolvable::TooLarge))?;
    Ok(Divided { units, error })
}

/// Shares within the limits of a component, in fractions of a unit.
pub(crate) fn limited(part: &Ready<'_>, by_rule: Vec<Rational>) -> Result<Within, Refusal> {
    within(by_rule, part.shared, &part.limits).ok_or_else(|| cannot_be_met(part))
}

pub(crate) fn unsolvable(part: &Ready<'_>, why: Unsolvable) -> Refusal {
    Refusal::NoSolution { component: part.id.clone(), why }
}

/// Sums that do not fit can only come from another currency; all else is bounded.
fn too_large(model: &Model, parts: &[Ready<'_>]) -> Refusal {
    let foreign = parts.iter().find(|part| part.component.cost.currency != model.currency).or(parts.first());
    foreign.map_or(Refusal::NoComponents, |part| Refusal::NoSolution { component: part.id.clone(), why: Unsolvable::TooLarge })
}

fn cannot_be_met(part: &Ready<'_>) -> Refusal {
    let component = part.id.clone();
    match Money::of_units(part.shared, part.component.cost.currency) {
        Some(shared) => Refusal::LimitsCannotBeMet { component, shared },
        None => Refusal::BadCost { component, at: "cost".into() },
    }
}

/// Shares in fractions of a unit; of an estimate, how far off each may be in units.
type Given = (Vec<Rational>, Option<Vec<i128>>);

/// The shares as the rule gives them.
pub(crate) fn by_rule(part: &Ready<'_>, basis: &Basis<'_>) -> Result<Given, Refusal> {
    let all = part.shared;
    let solved = match basis {
        Basis::Fixed(shares) => Ok(shares.iter().map(|share| whole(*share)).collect()),
        Basis::Parts(parts) => Ok(parts.iter().map(|of_all| of_all * whole(all)).collect()),
        Basis::Claims(claims) => game::talmud(claims, all),
        Basis::Separable(alone, without, rule) => rule(alone, without, all),
        Basis::Game(costs, rule) => rule(costs),
        Basis::Sampled(table) => return sampled::shapley(table).map(|(shares, error)| (shares, Some(error))),
    };
    solved.map(|shares| (shares, None)).map_err(|why| unsolvable(part, why))
}
