//! Limits on top of a rule: nobody pays less or more than agreed, and the others take over in proportion to their shares.

use coopgame::game::exact::Rational;
use coopgame::num_traits::{Signed as _, Zero as _};

use crate::number::whole;

/// The least and the most that someone pays, in smallest units.
pub(crate) type Limit = (Option<i128>, Option<i128>);

/// Shares within their limits.
pub(crate) struct Within {
    pub(crate) shares: Vec<Rational>,
    /// What those did who reached no limit.
    pub(crate) others: Others,
}

/// How those without a reached limit took over what limits took from or gave to others.
pub(crate) enum Others {
    /// There was nothing to take over.
    Keep,
    /// All shares above zero in one proportion.
    Times(Rational),
    /// Each the same.
    Equally(Rational),
}

/// Shares within the limits, with the same sum. All shares above zero are raised or lowered in one proportion until the sum is right, each as far as
/// its limits let it; where that is not enough, the others take the rest equally. None where no shares meet all limits.
pub(crate) fn within(shares: Vec<Rational>, sum: i128, limits: &[Limit]) -> Option<Within> {
    if limits.iter().all(|limit| *limit == (None, None)) {
        return Some(Within { shares, others: Others::Keep });
    }
    if limits.iter().any(|(least, most)| least.zip(*most).is_some_and(|(least, most)| least > most)) {
        return None;
    }
    let line = |share: &Rational, limit: &Limit| {
        let (slope, start) = if share.is_positive() { (share.clone(), whole(0)) } else { (whole(0), share.clone()) };
        Line { slope, start, least: limit.0.map(whole), most: limit.1.map(whole) }
    };
    let lines: Vec<Line> = shares.iter().zip(limits).map(|(share, limit)| line(share, limit)).collect();
    let at = |lines: &[Line], level: &Rational| lines.iter().map(|line| line.at(level)).collect();
    if let Some(level) = level(&lines, &whole(sum)) {
        return Some(Within { shares: at(&lines, &level), others: Others::Times(level) });
    }
    // Who pays by the rule pays all it may; now those who did not take the rest.
    let rest = |line: &Line| match (line.slope.is_zero(), &line.most) {
        (true, _) => Some(Line { slope: whole(1), ..line.clone() }),
        (false, most) => Some(Line { slope: whole(0), start: most.clone()?, ..line.clone() }),
    };
    let lines = lines.iter().map(rest).collect::<Option<Vec<_>>>()?;
    let level = level(&lines, &whole(sum))?;
    Some(Within { shares: at(&lines, &level), others: Others::Equally(level) })
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

/// The lowest level at which the lines add up to the sum.
fn level(lines: &[Line], sum: &Rational) -> Option<Rational> {
    let total = |level: &Rational| -> Rational { lines.iter().map(|line| line.at(level)).sum() };
    let mut bends: Vec<Rational> = lines.iter().flat_map(Line::bends).collect();
    bends.sort();
    bends.dedup();
    let (mut below, mut so_far) = (whole(0), total(&whole(0)));
    if so_far >= *sum {
        return (so_far == *sum).then_some(below);
    }
    for bend in bends {
        let here = total(&bend);
        if here >= *sum {
            let way = (sum - &so_far) / (&here - &so_far);
            return Some(&below + way * (&bend - &below));
        }
        (below, so_far) = (bend, here);
    }
    // Beyond the last bend nothing meets a limit any more.
    let rise = total(&(&below + whole(1))) - &so_far;
    rise.is_positive().then(|| below + (sum - so_far) / rise)
}
