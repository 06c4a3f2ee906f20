//! The nucleolus of a game of savings as a row of linear programs (Kopelowitz 1967), in whole numbers: the first makes the loudest complaint as small as
//! it can be, each next one the loudest of those that are still open. The sets that bear a level, those with a weight in the solution of the dual
//! program, are settled by it (Maschler, Peleg and Shapley 1979). A complaint is measured by what the level counts for its set: once for each set, or
//! once for each of its members, or for what it costs.
//!
//! Each program is solved by the dual simplex method: of the 2^n conditions only as many are held as there are unknowns, and the one that is hurt most
//! takes the place of another. The inverse of their matrix is kept as its adjugate, in whole numbers (Bareiss 1968). Where the level counts once the
//! matrix is of zeros and ones, and these are small. All shares and levels so far then follow from a matrix of zeros and ones too, which has at most
//! 2n − 1 rows: by the bound of Hadamard they are fractions over less than 5·10^9 for up to 12 members, and with savings below 2·10^19 no number here
//! reaches 10^35. Where it counts otherwise, numbers are of any size.

use coopgame::game::exact::Rational;
use coopgame::num_bigint::BigInt;
use coopgame::num_traits::{NumAssignRef, NumRef, Signed};

use crate::costs::bits;
use crate::game::{members_of, together};
use crate::number::common;

/// More exchanges than a level takes. From here on the first of the conditions that are hurt is taken, not that which is hurt most: by the rule of Bland
/// (1977) that ends always, where the other could go round in circles.
const STEEPEST: usize = 500;
/// As many exchanges as anyone waits for.
const EXCHANGES: usize = 100_000;

/// Whole numbers: quick ones where all are small enough, else of any size.
pub(super) trait Whole: Clone + Ord + Signed + NumRef + NumAssignRef + From<i128> + Into<BigInt> {}
impl<N: Clone + Ord + Signed + NumRef + NumAssignRef + From<i128> + Into<BigInt>> Whole for N {}

/// A game of savings: what each set saves on its own, and how often the level counts for it, above zero.
#[derive(Debug, Clone)]
pub(super) struct Game<N> {
    pub(super) saved: Vec<N>,
    pub(super) times: Vec<N>,
}

impl<N: Whole> Game<N> {
    /// What a condition comes to where the unknowns, the level last, are so.
    pub(super) fn comes(&self, condition: Condition, unknowns: &[N]) -> N {
        let mut sum = N::zero();
        bits(condition.set as u64).filter_map(|member| unknowns.get(member)).for_each(|unknown| sum += unknown);
        if condition.says == Says::WithinLevel
            && let Some((level, times)) = unknowns.last().zip(self.times.get(condition.set))
        {
            sum += level.clone() * times;
        }
        sum
    }
}

/// What a condition says of the savings of a set and the level of complaint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Says {
    /// What the set saves is settled.
    Settled,
    /// The set saves at least nothing. Only of single members.
    NotBelowZero,
    /// With the level added the set saves at least what it would on its own.
    WithinLevel,
}

/// A condition on a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Condition {
    pub(super) set: usize,
    pub(super) says: Says,
}

/// A condition among those that are held.
#[derive(Debug, Clone)]
pub(super) struct Held<N> {
    pub(super) condition: Condition,
    /// What the unknowns are where this condition comes to [`Conditions::over`] and all others to zero.
    pub(super) column: Vec<N>,
}

impl<N: Whole> Held<N> {
    /// Its weight in the balance: how much of it makes up the level.
    pub(super) fn weight(&self) -> N {
        self.column.last().cloned().unwrap_or_else(N::zero)
    }

    pub(super) fn is_settled(&self) -> bool {
        self.condition.says == Says::Settled
    }
}

/// As many conditions as unknowns, from which these follow.
#[derive(Debug, Clone)]
pub(super) struct Conditions<N> {
    pub(super) held: Vec<Held<N>>,
    /// The determinant of their matrix.
    pub(super) over: N,
}

impl<N: Whole> Conditions<N> {
    /// All members together share what they save, and each alone complains of the level. Each has a weight.
    fn first(game: &Game<N>) -> Self {
        let all = game.saved.len() - 1;
        let alone: Vec<usize> = (0..members_of(&game.saved)).map(|member| 1 << member).collect();
        let times: Vec<N> = alone.iter().filter_map(|set| game.times.get(*set)).cloned().collect();
        let over = times.iter().fold(N::zero(), |sum, times| sum + times);
        let column = |place: usize| {
            let entry = |(other, times): (usize, &N)| if other == place { over.clone() - times } else { -times.clone() };
            times.iter().enumerate().map(entry).chain([N::one()]).collect()
        };
        let alone = alone.iter().enumerate().map(|(place, set)| {
            let condition = Condition { set: *set, says: Says::WithinLevel };
            Held { condition, column: column(place) }
        });
        let together = Condition { set: all, says: Says::Settled };
        let together = Held { condition: together, column: times.iter().cloned().chain([-N::one()]).collect() };
        Self { held: [together].into_iter().chain(alone).collect(), over: over.clone() }
    }

    /// Whether what a set saves follows from what is settled.
    pub(super) fn settle(&self, game: &Game<N>, set: usize) -> bool {
        let sum = Condition { set, says: Says::Settled };
        self.held.iter().filter(|held| !held.is_settled()).all(|held| game.comes(sum, &held.column).is_zero())
    }

    /// Puts a condition in a place, whose one must not follow from the others and it.
    fn exchange(&mut self, game: &Game<N>, place: usize, condition: Condition) -> Option<()> {
        let leaving = self.held.get(place)?.column.clone();
        let pivot = game.comes(condition, &leaving);
        let (sign, over) = (pivot.signum(), self.over.clone());
        for (_, held) in self.held.iter_mut().enumerate().filter(|(other, _)| *other != place) {
            let times = game.comes(condition, &held.column);
            // Divides without a rest: what comes out is an entry of the adjugate.
            for (entry, left) in held.column.iter_mut().zip(&leaving) {
                *entry *= &pivot;
                *entry -= times.clone() * left;
                *entry /= &over;
                *entry *= &sign;
            }
        }
        self.over = pivot.abs();
        let column = leaving.into_iter().map(|entry| entry * &sign).collect();
        *self.held.get_mut(place)? = Held { condition, column };
        (!pivot.is_zero()).then_some(())
    }
}

/// Savings as whole numbers over one.
#[derive(Debug, Clone)]
pub(super) struct Shares<N> {
    pub(super) each: Vec<N>,
    pub(super) over: N,
}

impl<N: Whole> Shares<N> {
    /// Each as a fraction.
    pub(super) fn fractions(&self) -> Vec<Rational> {
        self.each.iter().map(|share| ratio(share, &self.over)).collect()
    }

    /// Over the least number they can be over.
    fn reduce(&mut self) {
        let divisor = self.each.iter().fold(self.over.clone(), |divisor, share| common(divisor, share.clone()));
        self.each.iter_mut().chain([&mut self.over]).for_each(|number| *number /= &divisor);
    }
}

/// A fraction of whole numbers, the one below above zero.
fn ratio<N: Whole>(above: &N, below: &N) -> Rational {
    let by = common(below.clone(), above.clone());
    Rational::new_raw((above.clone() / &by).into(), (below.clone() / &by).into())
}

/// Where the programs are.
pub(super) struct Program<'a, N> {
    game: &'a Game<N>,
    /// Whether nobody may save less than nothing.
    each_gains: bool,
    /// So many exchanges of a level take the condition that is hurt most.
    pub(super) steepest: usize,
    /// Sets whose savings are not settled.
    open: Vec<usize>,
    /// What gives each settled set what it saves.
    shares: Shares<N>,
    conditions: Conditions<N>,
}

impl<'a, N: Whole> Program<'a, N> {
    /// The first one, of two members or more.
    pub(super) fn new(game: &'a Game<N>, each_gains: bool) -> Self {
        let members = members_of(&game.saved);
        // That all have their savings together is all that is settled.
        let all = game.saved.last().cloned().unwrap_or_else(N::zero);
        let shares = Shares { each: [all].into_iter().chain((1..members).map(|_| N::zero())).collect(), over: N::one() };
        let open = (1..game.saved.len() - 1).collect();
        Self { game, each_gains, steepest: STEEPEST, open, shares, conditions: Conditions::first(game) }
    }

    /// The nucleolus, and the conditions that each level was held by.
    pub(super) fn solved(mut self) -> Option<(Shares<N>, Vec<Conditions<N>>)> {
        let mut levels = Vec::new();
        while !self.open.is_empty() {
            (self.shares, _) = self.level()?;
            levels.push(self.conditions.clone());
            self.go_on()?;
        }
        Some((self.shares, levels))
    }

    /// The least that the loudest complaint comes to.
    pub(super) fn first_level(mut self) -> Option<Rational> {
        let (shares, level) = self.level()?;
        Some(ratio(&level, &shares.over))
    }

    /// Solves the program: shares, and the level over what they are over.
    fn level(&mut self) -> Option<(Shares<N>, N)> {
        for exchanges in 0..EXCHANGES {
            let (shares, level) = self.here();
            let hurt = if exchanges < self.steepest { self.hurt_most(&shares, &level) } else { self.first_hurt(&shares, &level) };
            let Some(hurt) = hurt else { return Some((shares, level)) };
            // The weights stay above zero if the one leaves that would be the first to go below.
            let ratio = |held: &Held<N>| (held.weight(), self.game.comes(hurt, &held.column), held.condition);
            let places = self.conditions.held.iter().enumerate().filter(|(_, held)| !held.is_settled());
            let may = places.map(|(place, held)| (place, ratio(held))).filter(|(_, (_, pivot, _))| pivot.is_positive());
            let sooner = |(_, a): &(usize, (N, N, Condition)), (_, b): &(usize, (N, N, Condition))| {
                (a.0.clone() * &b.1).cmp(&(b.0.clone() * &a.1)).then(a.2.cmp(&b.2))
            };
            let (place, _) = may.min_by(sooner)?;
            self.conditions.exchange(self.game, place, hurt)?;
        }
        None
    }

    /// The shares and the level at which all conditions that are held are met to the last.
    fn here(&self) -> (Shares<N>, N) {
        let mut unknowns = vec![N::zero(); self.shares.each.len() + 1];
        for Held { condition, column } in &self.conditions.held {
            let value = match condition.says {
                Says::Settled => self.game.comes(*condition, &self.shares.each),
                Says::NotBelowZero => continue,
                Says::WithinLevel => self.game.saved.get(condition.set).map_or_else(N::zero, |saved| self.shares.over.clone() * saved),
            };
            unknowns.iter_mut().zip(column).for_each(|(unknown, entry)| *unknown += value.clone() * entry);
        }
        let level = unknowns.pop().unwrap_or_else(N::zero);
        (Shares { each: unknowns, over: self.shares.over.clone() * &self.conditions.over }, level)
    }

    /// The conditions with how far shares and a level are from meeting them.
    fn hurt(&self, shares: &Shares<N>, level: &N) -> impl Iterator<Item = (N, Condition)> {
        let sums = together(&shares.each);
        let hurt = move |set: &usize| {
            let Some(((saved, times), sum)) = self.game.saved.get(*set).zip(self.game.times.get(*set)).zip(sums.get(*set)) else {
                return N::zero();
            };
            shares.over.clone() * saved - sum - level.clone() * times
        };
        let loud = self.open.iter().map(move |set| (hurt(set), Condition { set: *set, says: Says::WithinLevel }));
        let low = shares.each.iter().enumerate().filter(|_| self.each_gains);
        loud.chain(low.map(|(member, share)| (-share.clone(), Condition { set: 1 << member, says: Says::NotBelowZero })))
    }

    fn hurt_most(&self, shares: &Shares<N>, level: &N) -> Option<Condition> {
        let most = self.hurt(shares, level).max();
        most.filter(|(hurt, _)| hurt.is_positive()).map(|(_, condition)| condition)
    }

    fn first_hurt(&self, shares: &Shares<N>, level: &N) -> Option<Condition> {
        self.hurt(shares, level).filter(|(hurt, _)| hurt.is_positive()).map(|(_, condition)| condition).min()
    }

    /// Goes on to the next program: what bears the level is settled. The first weights of the next are for a set that is still open and for all others.
    fn go_on(&mut self) -> Option<()> {
        self.shares.reduce();
        let places = self.conditions.held.iter().enumerate().filter(|(_, held)| !held.is_settled());
        let (bear, rest): (Vec<_>, Vec<_>) =
            places.map(|(place, held)| (place, held.condition, held.weight())).partition(|(_, _, weight)| weight.is_positive());
        let Some((open, Condition { set, .. }, _)) = rest.first().cloned() else {
            self.open.clear();
            return Some(());
        };
        let all = self.game.saved.len() - 1;
        // One of those that bear the level follows from the others.
        let mut follows = Some(Condition { set: all & !set, says: Says::WithinLevel });
        for (place, Condition { set, says }, _) in bear {
            let next = if says == Says::WithinLevel { follows.take() } else { None };
            self.conditions.exchange(self.game, place, next.unwrap_or(Condition { set, says: Says::Settled }))?;
        }
        self.conditions.exchange(self.game, open, Condition { set, says: Says::WithinLevel })?;
        let conditions = &self.conditions;
        self.open.retain(|set| !conditions.settle(self.game, *set));
        Some(())
    }
}
