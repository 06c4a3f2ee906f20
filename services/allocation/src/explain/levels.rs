//! How a nucleolus is checked by hand: the levels at which sets of members are equally well off, and for each level weights which show that none of
//! its sets can be made better off without making another worse (Kohlberg 1971).

use coopgame::game::exact::Rational;
use proto::allocation::{Exact, Reason, Step, Tight, Weight};

use super::balance::balanced;
use super::{DIGITS, Deriving, step};
use crate::nucleolus::{EXACT, Measure, divisor};
use crate::number::{exact, whole};
use crate::span::Span;

/// The levels, and what they prove.
pub(super) struct Levels {
    pub(super) steps: Vec<Step>,
    pub(super) verdict: Reason,
}

/// A set with what it pays above its cost, by its own measure.
struct Complaint {
    set: usize,
    pays: Rational,
    by: i64,
    loud: Rational,
}

/// The sets of one level with their weights, and those of others that they need.
struct Level<'c> {
    sets: Vec<(&'c Complaint, Rational)>,
    with: Vec<(usize, Rational)>,
}

impl Deriving<'_> {
    /// The check of shares before limits and rounding.
    pub(super) fn levels(&self, costs: &[i64], shares: &[Rational], measure: Measure) -> Option<Levels> {
        let members = u32::try_from(shares.len()).ok()?;
        if shares.len() > EXACT {
            return Some(Levels { steps: Vec::new(), verdict: Reason::TooLarge { members, limit: u32::try_from(EXACT).ok()? } });
        }
        let complaints = complaints(costs, shares, measure);
        let Some(levels) = found(&complaints, costs, shares) else {
            return Some(Levels { steps: Vec::new(), verdict: Reason::Unproven });
        };
        let steps = levels.iter().map(|level| self.level(level, costs, measure)).collect::<Option<_>>()?;
        Some(Levels { steps, verdict: Reason::Proven { members } })
    }

    fn level(&self, level: &Level<'_>, costs: &[i64], measure: Measure) -> Option<Step> {
        let tight = |(complaint, weight): &(&Complaint, Rational)| {
            let cost = i128::from(*costs.get(complaint.set)?);
            let by = match measure {
                Measure::Plain | Measure::PerCapita => exact(&whole(complaint.by.into()), DIGITS)?,
                Measure::Proportional => self.units(complaint.by.into())?,
            };
            let (pays, cost, weight) = (self.money(&complaint.pays)?, self.units(cost)?, exact(weight, DIGITS)?);
            Some(Tight { coalition: self.coalition(complaint.set), pays, cost, by, weight })
        };
        let with = |(set, weight): &(usize, Rational)| Some(Weight { coalition: self.coalition(*set), weight: exact(weight, DIGITS)? });
        let (loudest, _) = level.sets.first()?;
        let gives: Exact = match measure {
            Measure::Plain | Measure::PerCapita => self.money(&loudest.loud)?,
            Measure::Proportional => exact(&loudest.loud, DIGITS)?,
        };
        let sets = level.sets.iter().map(tight).collect::<Option<_>>()?;
        Some(step(Reason::Level { sets, with: level.with.iter().map(with).collect::<Option<_>>()? }, gives))
    }
}

/// All sets but that of all, the loudest first.
fn complaints(costs: &[i64], shares: &[Rational], measure: Measure) -> Vec<Complaint> {
    let complaint = |(set, cost): (usize, &i64)| {
        let pays: Rational = shares.iter().enumerate().filter(|(member, _)| set >> member & 1 == 1).map(|(_, share)| share).sum();
        let by = divisor(costs, set, measure);
        let loud = (&pays - whole((*cost).into())) / whole(by.into());
        Complaint { set, pays, by, loud }
    };
    let mut all: Vec<Complaint> = costs.iter().enumerate().take(costs.len() - 1).skip(1).map(complaint).collect();
    all.sort_by(|a, b| b.loud.cmp(&a.loud).then(a.set.cmp(&b.set)));
    all
}

/// The levels down to where all shares follow. None where the sets of one are not balanced: the shares are not those that the rule looks for.
fn found<'c>(complaints: &'c [Complaint], costs: &[i64], shares: &[Rational]) -> Option<Vec<Level<'c>>> {
    let members = shares.len();
    let inside = |set: usize| (0..members).map(move |member| i64::from(set >> member & 1 == 1));
    let mut span = Span::new();
    span.take(inside(costs.len() - 1));
    // Nobody may pay more than alone, so who pays as much cannot be made to pay more.
    let at_most = |(member, share): &(usize, &Rational)| costs.get(1 << member).is_some_and(|cost| whole((*cost).into()) <= **share);
    let mut named: Vec<usize> = shares.iter().enumerate().filter(at_most).map(|(member, _)| 1 << member).collect();
    let (mut levels, mut rest) = (Vec::new(), complaints);
    while span.rank() < members {
        let head = &rest.first()?.loud;
        let equal = rest.iter().take_while(|complaint| complaint.loud == *head).count();
        let (level, quieter) = rest.split_at(equal);
        rest = quieter;
        let new: Vec<&Complaint> = level.iter().filter(|complaint| span.is_new(inside(complaint.set))).collect();
        if new.is_empty() {
            continue;
        }
        let sets: Vec<usize> = new.iter().map(|complaint| complaint.set).collect();
        named.retain(|set| !sets.contains(set));
        let (weights, others) = balanced(&sets, &named, members)?;
        let with = named.iter().copied().zip(others).filter(|(_, weight)| *weight != whole(0)).collect();
        for set in &sets {
            span.take(inside(*set));
        }
        named.extend(sets);
        levels.push(Level { sets: new.into_iter().zip(weights).collect(), with });
    }
    Some(levels)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three equals pay 30 each. A hair beside that nothing is balanced.
    #[test]
    fn what_is_off_by_a_hair_is_not_proven() {
        let costs = [0, 60, 60, 80, 60, 80, 80, 90];
        let hair = Rational::new(1.into(), 1_000_000_000_000_i64.into());
        let levels = |shares: &[Rational]| {
            let complaints = complaints(&costs, shares, Measure::Plain);
            found(&complaints, &costs, shares).map(|levels| levels.len())
        };
        assert_eq!(levels(&[whole(30), whole(30), whole(30)]), Some(1));
        assert_eq!(levels(&[whole(30) + &hair, whole(30), whole(30) - &hair]), None);
    }
}
