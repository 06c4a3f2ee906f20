//! Limits on top of a rule: nobody pays less or more than agreed, and the others take over in proportion to their shares.

use coopgame::game::exact::Rational;
use coopgame::num_traits::{Signed as _, Zero as _};

use crate::number::whole;

/// The least and the most that someone pays, in smallest units.
pub(crate) type Limit = (Option<i128>, Option<i128>);

/// Shares within the limits, with the same sum. All shares above zero are raised or lowered in one proportion until the sum is right, each as far as
/// its limits let it; where that is not enough, the others take the rest equally. None where no shares meet all limits.
pub(crate) fn within(shares: Vec<Rational>, sum: i128, limits: &[Limit]) -> Option<Vec<Rational>> {
    if limits.iter().all(|limit| *limit == (None, None)) {
        return Some(shares);
    }
    if limits.iter().any(|(least, most)| least.zip(*most).is_some_and(|(least, most)| least > most)) {
        return None;
    }
    let line = |share: &Rational, limit: &Limit| {
        let (slope, start) = if share.is_positive() { (share.clone(), whole(0)) } else { (whole(0), share.clone()) };
        Line { slope, start, least: limit.0.map(whole), most: limit.1.map(whole) }
    };
    let lines: Vec<Line> = shares.iter().zip(limits).map(|(share, limit)| line(share, limit)).collect();
    level(&lines, &whole(sum)).or_else(|| {
        // Who pays by the rule pays all it may; now those who did not take the rest.
        let rest = |line: &Line| match (line.slope.is_zero(), &line.most) {
            (true, _) => Some(Line { slope: whole(1), ..line.clone() }),
            (false, most) => Some(Line { slope: whole(0), start: most.clone()?, ..line.clone() }),
        };
        level(&lines.iter().map(rest).collect::<Option<Vec<_>>>()?, &whole(sum))
    })
}

/// A share that grows with a level, between its limits.
#[derive(Clone)]
struct Line {
    slope: Rational,
    start: Rational,
    least: Option<Rational>,
    most: Option<Rational>,
}

impl Line {
    fn at(&self, level: &Rational) -> Rational {
        let free = &self.slope * level + &self.start;
        let free = self.least.iter().cloned().fold(free, Ord::max);
        self.most.iter().cloned().fold(free, Ord::min)
    }

    /// The levels above zero at which it meets a limit.
    fn bends(&self) -> impl Iterator<Item = Rational> {
        let limits = if self.slope.is_zero() { [None, None] } else { [self.least.as_ref(), self.most.as_ref()] };
        let bends = limits.map(|limit| limit.map(|limit| (limit - &self.start) / &self.slope));
        bends.into_iter().flatten().filter(Rational::is_positive)
    }
}

/// What all lines give at the lowest level at which they add up to the sum.
fn level(lines: &[Line], sum: &Rational) -> Option<Vec<Rational>> {
    let total = |level: &Rational| -> Rational { lines.iter().map(|line| line.at(level)).sum() };
    let give = |level: Rational| Some(lines.iter().map(|line| line.at(&level)).collect());
    let mut bends: Vec<Rational> = lines.iter().flat_map(Line::bends).collect();
    bends.sort();
    bends.dedup();
    let (mut below, mut so_far) = (whole(0), total(&whole(0)));
    if so_far >= *sum {
        return if so_far == *sum { give(below) } else { None };
    }
    for bend in bends {
        let here = total(&bend);
        if here >= *sum {
            let way = (sum - &so_far) / (&here - &so_far);
            return give(&below + way * (&bend - &below));
        }
        (below, so_far) = (bend, here);
    }
    // Beyond the last bend nothing meets a limit any more.
    let rise = total(&(&below + whole(1))) - &so_far;
    if rise.is_positive() { give(below + (sum - so_far) / rise) } else { None }
}
