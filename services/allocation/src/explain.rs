//! Why a number is what it is: the way from the cost to what each pays, as the solver went it.

mod balance;
mod levels;
mod money;
mod rules;

use std::collections::BTreeMap;

use coopgame::game::exact::Rational;
use proto::allocation::{Computation, Derivation, Exact, Explanation, Lines, Model, Reason, Refusal, Rounding, Step, Unsolvable};
use proto::id::{ComponentId, GovernmentId};

use crate::complete::{Divided, complete};
use crate::limits::{Limit, Others, Within};
use crate::number::{down, exact, in_units, whole};
use crate::ready::{Basis, Ready, ready};
use crate::sheet::sheet;
use crate::solve::{by_rule, limited, unsolvable};

/// Digits behind the point of numbers that are no money.
const DIGITS: u32 = 6;

/// The derivation of every number of a computation, which is computed again on the way. `limit`: up to so many members all sets of them are looked at.
///
/// # Errors
/// What is wrong with the model; `computation_mismatch` where the model gives other numbers than these.
pub fn explain(model: &Model, result: &Computation, limit: usize) -> Result<Explanation, Refusal> {
    let parts = ready(model, limit)?;
    let solved = parts.iter().map(Solved::new).collect::<Result<Vec<_>, Refusal>>()?;
    let divided: Vec<Divided> = solved.iter().map(|solved| Divided { units: solved.units.clone(), error: solved.error.clone() }).collect();
    if complete(model, &parts, &divided, result.solver.clone()).as_ref() != Some(result) {
        return Err(Refusal::ComputationMismatch);
    }
    let sheet = sheet(model, result).ok_or(Refusal::ComputationMismatch)?;
    let mut components = BTreeMap::new();
    let mut borne: Borne = BTreeMap::new();
    for (part, solved) in parts.iter().zip(&solved) {
        let lines = sheet.components.get(part.id).ok_or(Refusal::ComputationMismatch)?;
        let too_large = || unsolvable(part, Unsolvable::TooLarge);
        let derivation = Deriving::new(part, &solved.basis, model).derivation(solved, lines, &mut borne).ok_or_else(too_large)?;
        components.insert(part.id.clone(), derivation);
    }
    Ok(Explanation { components, currency: model.currency, totals: totals(borne, result).ok_or(Refusal::ComputationMismatch)? })
}

/// What each bears of each component, in the model's currency.
type Borne = BTreeMap<GovernmentId, BTreeMap<ComponentId, Exact>>;

fn totals(borne: Borne, result: &Computation) -> Option<BTreeMap<GovernmentId, Step>> {
    let total = |(who, parts): (GovernmentId, BTreeMap<ComponentId, Exact>)| {
        let gives = Exact { decimal: result.total.get(&who)?.amount.normalize(), fraction: None };
        Some((who, step(Reason::Total { parts }, gives)))
    };
    borne.into_iter().map(total).collect()
}

/// The shares of a component on their way from the rule to money.
struct Solved<'a> {
    basis: Basis<'a>,
    given: Vec<Rational>,
    within: Within,
    units: Vec<i128>,
    error: Option<Vec<i128>>,
}

impl<'a> Solved<'a> {
    fn new(part: &Ready<'a>) -> Result<Self, Refusal> {
        let basis = part.basis()?;
        let (given, error) = by_rule(part, &basis)?;
        let within = limited(part, given.clone())?;
        let units = in_units(part.shared, &within.shares).ok_or_else(|| unsolvable(part, Unsolvable::TooLarge))?;
        Ok(Self { basis, given, within, units, error })
    }
}

/// A step with what it gives.
fn step(what: Reason, gives: Exact) -> Step {
    Step { what, gives: Some(gives), text: None }
}

/// A step that only says something.
fn remark(what: Reason) -> Step {
    Step { what, gives: None, text: None }
}

/// A component whose numbers are derived. Nothing is given where a number is larger than any decimal.
struct Deriving<'a> {
    part: &'a Ready<'a>,
    basis: &'a Basis<'a>,
    model: &'a Model,
    /// Digits of the smallest unit of its currency.
    minor: u32,
    common: Vec<Step>,
    members: Vec<Vec<Step>>,
}

impl<'a> Deriving<'a> {
    fn new(part: &'a Ready<'a>, basis: &'a Basis<'a>, model: &'a Model) -> Self {
        let members = part.members.iter().map(|_| Vec::new()).collect();
        Self { part, basis, model, minor: part.component.cost.currency.minor_digits(), common: Vec::new(), members }
    }

    fn derivation(mut self, solved: &Solved<'_>, lines: &Lines, borne: &mut Borne) -> Option<Derivation> {
        self.cost()?;
        self.by_rule(&solved.given)?;
        self.limits(solved)?;
        self.rounding(&solved.within.shares, &solved.units)?;
        self.payments(&solved.units)?;
        self.own_money(lines)?;
        self.in_currency(lines, borne)?;
        let members = self.part.members.iter().map(|member| (*member).clone()).zip(self.members).collect();
        let component = self.part.component;
        Some(Derivation { currency: component.cost.currency, rule: component.rule.clone(), common: self.common, members })
    }

    /// An amount in smallest units.
    fn units(&self, units: i128) -> Option<Exact> {
        self.money(&whole(units))
    }

    /// An amount in smallest units and parts of them.
    fn money(&self, units: &Rational) -> Option<Exact> {
        exact(&(units / whole(10_i128.pow(self.minor))), self.minor + 2)
    }

    fn all_units(&self, units: &[i128]) -> Option<Vec<Exact>> {
        units.iter().map(|units| self.units(*units)).collect()
    }

    /// The next step of each member.
    fn each(&mut self, steps: Vec<Step>) {
        self.members.iter_mut().zip(steps).for_each(|(so_far, step)| so_far.push(step));
    }

    fn names(&self, is: impl Fn(usize) -> bool) -> Vec<GovernmentId> {
        let members = self.part.members.iter().enumerate();
        members.filter(|(place, _)| is(*place)).map(|(_, member)| (*member).clone()).collect()
    }

    /// The name of a set of members.
    fn coalition(&self, set: usize) -> String {
        let members: Vec<String> = self.names(|place| set >> place & 1 == 1).iter().map(ToString::to_string).collect();
        members.join("+")
    }

    /// What limits take, and who takes it over.
    fn limits(&mut self, solved: &Solved<'_>) -> Option<()> {
        if solved.given == solved.within.shares {
            return Some(());
        }
        let changes = solved.given.iter().zip(&solved.within.shares).zip(&self.part.limits).enumerate();
        let moved: Vec<Move<'_>> = changes.filter_map(|(place, ((before, after), limit))| Move::new(place, before, after, limit)).collect();
        let who = |at_limit: bool| self.names(|place| moved.iter().any(|one| one.place == place && one.reached.is_some() == at_limit));
        let taken: Rational = moved.iter().filter(|one| one.reached.is_some()).map(|one| one.after - one.before).sum();
        let (limited, by, taken) = (who(true), who(false), self.money(&taken)?);
        for Move { place, before, after, reached } in moved {
            let (before, gives) = (self.money(before)?, self.money(after)?);
            let what = match (reached, &solved.within.others) {
                (Some(Reached::Least), _) => Reason::AtLeast { before },
                (Some(Reached::Most), _) => Reason::AtMost { before },
                (None, Others::Times(factor)) => Reason::TakesOver { before, factor: exact(factor, DIGITS)? },
                (None, Others::Equally(each)) => Reason::TakesEqually { before, each: self.money(each)? },
                (None, Others::Keep) => continue,
            };
            self.members.get_mut(place)?.push(step(what, gives));
        }
        self.common.push(step(Reason::Limited { limited, by }, taken));
        Some(())
    }

    /// From fractions to smallest units.
    fn rounding(&mut self, shares: &[Rational], units: &[i128]) -> Option<()> {
        let parts = down(shares)?;
        let left = u32::try_from(self.part.shared - parts.iter().map(|(down, _)| down).sum::<i128>()).ok()?;
        let steps = shares.iter().zip(&parts).zip(units).enumerate().map(|(place, ((share, (down, rest)), units))| {
            let gives = self.units(*units)?;
            if *rest == whole(0) {
                return Some(step(Reason::Whole, gives));
            }
            let sooner = |(other, (_, others)): &(usize, &(i128, Rational))| others > rest || (others == rest && *other < place);
            let before = parts.iter().enumerate().filter(sooner).count();
            let rounding = Rounding {
                exact: self.money(share)?,
                down: self.units(*down)?,
                rest: exact(&(rest / whole(10_i128.pow(self.minor))), self.minor + DIGITS)?,
                place: u32::try_from(before + 1).ok()?,
                left,
            };
            Some(step(if units == down { Reason::RoundedDown(rounding) } else { Reason::RoundedUp(rounding) }, gives))
        });
        let steps = steps.collect::<Option<_>>()?;
        self.each(steps);
        Some(())
    }
}

/// A share that is not what the rule gives.
struct Move<'s> {
    place: usize,
    before: &'s Rational,
    after: &'s Rational,
    reached: Option<Reached>,
}

enum Reached {
    Least,
    Most,
}

impl<'s> Move<'s> {
    fn new(place: usize, before: &'s Rational, after: &'s Rational, (least, most): &Limit) -> Option<Self> {
        let is = |limit: &Option<i128>| limit.is_some_and(|limit| whole(limit) == *after);
        let reached = match (is(least), is(most)) {
            (true, true) => Some(if before < after { Reached::Least } else { Reached::Most }),
            (true, false) => Some(Reached::Least),
            (false, true) => Some(Reached::Most),
            (false, false) => None,
        };
        (before != after).then_some(Self { place, before, after, reached })
    }
}
