//! The nucleolus of a game of savings as a row of linear programs (Kopelowitz 1967), in whole numbers: the first makes the loudest complaint as small as
//! it can be, each next one the loudest of those that are still open. The sets that bear a level, those with a weight in the solution of the dual
//! program, are settled by it (Maschler, Peleg and Shapley 1979).
//!
//! Each program is solved by the dual simplex method: of the 2^n conditions only as many are held as there are unknowns, and the one that is hurt most
//! takes the place of another. Their matrix is of zeros and ones, so its determinant and all entries of its adjugate are small, and the inverse is kept
//! as these whole numbers (Bareiss 1968). All shares and levels so far follow from a matrix of zeros and ones too, which has at most 2n − 1 rows: by the
//! bound of Hadamard they are fractions over less than 2·10^7 for up to 10 members, and with savings below 10^20 no number here reaches 10^34.

use coopgame::game::exact::Rational;

use crate::costs::bits;
use crate::game::{members_of, together};
use crate::number::{common, fraction};

/// More exchanges than a level ever took by far. The method could go round in circles, and then there is no solution from here.
const EXCHANGES: usize = 1000;

/// What a condition says of the savings of a set and the level of complaint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// What the set saves is settled.
    Settled,
    /// The set saves at least nothing. Only of single members.
    NotBelowZero,
    /// With the level added the set saves at least what it would on its own.
    WithinLevel,
}

/// A condition on a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Condition {
    pub(super) set: usize,
    pub(super) says: Says,
}

impl Condition {
    /// What it comes to where the unknowns, the level last, are so.
    pub(super) fn of(self, unknowns: &[i64]) -> i64 {
        let level = unknowns.last().filter(|_| self.says == Says::WithinLevel);
        bits(self.set as u64).filter_map(|member| unknowns.get(member)).chain(level).sum()
    }
}

/// A condition among those that are held.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub(super) condition: Condition,
    /// What the unknowns are where this condition comes to [`Conditions::over`] and all others to zero.
    pub(super) column: Vec<i64>,
}

impl Held {
    /// Its weight in the balance: how much of it makes up the level.
    pub(super) fn weight(&self) -> i64 {
        self.column.last().copied().unwrap_or_default()
    }

    pub(super) fn is_settled(&self) -> bool {
        self.condition.says == Says::Settled
    }
}

/// As many conditions as unknowns, from which these follow.
#[derive(Debug, Clone)]
pub(super) struct Conditions {
    pub(super) held: Vec<Held>,
    /// The determinant of their matrix.
    pub(super) over: i64,
}

impl Conditions {
    /// All members together share what they save, and each alone complains of the level. Each of them has the same weight.
    fn first(members: usize) -> Self {
        let over = i64::try_from(members).unwrap_or_default();
        let column = |place: usize| (0..members).map(move |other| if other == place { over - 1 } else { -1 }).chain([1]).collect();
        let alone = |member: usize| Held { condition: Condition { set: 1 << member, says: Says::WithinLevel }, column: column(member) };
        let all = Condition { set: (1 << members) - 1, says: Says::Settled };
        let all = Held { condition: all, column: (0..members).map(|_| 1).chain([-1]).collect() };
        Self { held: [all].into_iter().chain((0..members).map(alone)).collect(), over }
    }

    /// Whether what a set saves follows from what is settled.
    pub(super) fn settle(&self, set: usize) -> bool {
        let sum = Condition { set, says: Says::Settled };
        self.held.iter().filter(|held| !held.is_settled()).all(|held| sum.of(&held.column) == 0)
    }

    /// Puts a condition in a place, whose one must not follow from the others and it.
    fn exchange(&mut self, place: usize, condition: Condition) -> Option<()> {
        let leaving = self.held.get(place)?.column.clone();
        let pivot = condition.of(&leaving);
        let (sign, over) = (pivot.signum(), self.over);
        for (_, held) in self.held.iter_mut().enumerate().filter(|(other, _)| *other != place) {
            let times = condition.of(&held.column);
            // Divides without a rest: what comes out is an entry of the adjugate.
            held.column.iter_mut().zip(&leaving).for_each(|(entry, left)| *entry = sign * (pivot * *entry - times * left) / over);
        }
        self.over = pivot.abs();
        let column = leaving.into_iter().map(|entry| sign * entry).collect();
        *self.held.get_mut(place)? = Held { condition, column };
        (pivot != 0).then_some(())
    }
}

/// Savings as whole numbers over one.
#[derive(Debug, Clone)]
pub(super) struct Shares {
    pub(super) each: Vec<i128>,
    pub(super) over: i128,
}

impl Shares {
    /// Each as a fraction.
    pub(super) fn fractions(&self) -> Vec<Rational> {
        self.each.iter().map(|share| fraction(*share, self.over)).collect()
    }

    /// Over the least number they can be over.
    fn reduce(&mut self) {
        let divisor = self.each.iter().fold(self.over, |divisor, share| common(divisor, *share));
        self.each.iter_mut().chain([&mut self.over]).for_each(|number| *number /= divisor);
    }
}

/// Where the programs are.
pub(super) struct Program<'a> {
    saved: &'a [i128],
    /// Sets whose savings are not settled.
    open: Vec<usize>,
    /// What gives each settled set what it saves.
    shares: Shares,
    conditions: Conditions,
}

impl<'a> Program<'a> {
    /// The first one, of two members or more.
    pub(super) fn new(saved: &'a [i128]) -> Self {
        let members = members_of(saved);
        let all = saved.last().copied().unwrap_or_default();
        // That all have their savings together is all that is settled.
        let shares = Shares { each: [all].into_iter().chain((1..members).map(|_| 0)).collect(), over: 1 };
        Self { saved, open: (1..saved.len() - 1).collect(), shares, conditions: Conditions::first(members) }
    }

    /// The nucleolus, and the conditions that each level was held by. None where the method goes round in circles.
    pub(super) fn solved(mut self) -> Option<(Shares, Vec<Conditions>)> {
        let mut levels = Vec::new();
        while !self.open.is_empty() {
            self.shares = self.level()?;
            levels.push(self.conditions.clone());
            self.go_on()?;
        }
        Some((self.shares, levels))
    }

    /// Solves the program.
    fn level(&mut self) -> Option<Shares> {
        for _ in 0..EXCHANGES {
            let (shares, level) = self.here();
            let Some(hurt) = self.hurt_most(&shares, level) else { return Some(shares) };
            // The weights stay above zero if the one leaves that would be the first to go below.
            let ratio = |held: &Held| (held.weight(), hurt.of(&held.column));
            let places = self.conditions.held.iter().enumerate().filter(|(_, held)| !held.is_settled());
            let may = places.map(|(place, held)| (place, ratio(held))).filter(|(_, (_, pivot))| *pivot > 0);
            let (place, _) = may.min_by(|(_, a), (_, b)| (a.0 * b.1).cmp(&(b.0 * a.1)))?;
            self.conditions.exchange(place, hurt)?;
        }
        None
    }

    /// The shares and the level at which all conditions that are held are met to the last.
    fn here(&self) -> (Shares, i128) {
        let mut unknowns = vec![0; self.shares.each.len() + 1];
        for Held { condition: Condition { set, says }, column } in &self.conditions.held {
            let value = match says {
                Says::Settled => bits(*set as u64).filter_map(|member| self.shares.each.get(member)).sum(),
                Says::NotBelowZero => 0,
                Says::WithinLevel => self.shares.over * self.saved.get(*set).copied().unwrap_or_default(),
            };
            unknowns.iter_mut().zip(column).for_each(|(unknown, entry)| *unknown += value * i128::from(*entry));
        }
        let level = unknowns.pop().unwrap_or_default();
        (Shares { each: unknowns, over: self.shares.over * i128::from(self.conditions.over) }, level)
    }

    /// Of all conditions the one that shares and a level are farthest from meeting.
    fn hurt_most(&self, shares: &Shares, level: i128) -> Option<Condition> {
        let sums = together(&shares.each);
        let value = |set: usize| self.saved.get(set).zip(sums.get(set)).map_or(0, |(saved, sum)| shares.over * saved - sum - level);
        let loud = self.open.iter().map(|set| (value(*set), *set)).max_by_key(|(hurt, _)| *hurt);
        let low = shares.each.iter().enumerate().map(|(member, share)| (-share, 1 << member)).max_by_key(|(hurt, _)| *hurt);
        let loud = loud.map(|(hurt, set)| (hurt, Condition { set, says: Says::WithinLevel }));
        let low = low.map(|(hurt, set)| (hurt, Condition { set, says: Says::NotBelowZero }));
        low.into_iter().chain(loud).max_by_key(|(hurt, _)| *hurt).filter(|(hurt, _)| *hurt > 0).map(|(_, condition)| condition)
    }

    /// Goes on to the next program: what bears the level is settled. The first weights of the next are a half each for a set that is still open and for
    /// all others.
    fn go_on(&mut self) -> Option<()> {
        self.shares.reduce();
        let places = self.conditions.held.iter().enumerate().filter(|(_, held)| !held.is_settled());
        let (bear, rest): (Vec<_>, Vec<_>) =
            places.map(|(place, held)| (place, held.condition, held.weight())).partition(|(_, _, weight)| *weight > 0);
        let Some((open, Condition { set, .. }, _)) = rest.first().copied() else {
            self.open.clear();
            return Some(());
        };
        let all = self.saved.len() - 1;
        // One of those that bear the level follows from the others.
        let mut follows = Some(Condition { set: all & !set, says: Says::WithinLevel });
        for (place, Condition { set, says }, _) in bear {
            let next = if says == Says::WithinLevel { follows.take() } else { None };
            self.conditions.exchange(place, next.unwrap_or(Condition { set, says: Says::Settled }))?;
        }
        self.conditions.exchange(open, Condition { set, says: Says::WithinLevel })?;
        let conditions = &self.conditions;
        self.open.retain(|set| !conditions.settle(*set));
        Some(())
    }
}
