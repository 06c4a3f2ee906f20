//! Rules for cost games, in exact fractions. Costs of coalitions come as a list in which bit i of a place stands for member i.

use std::ops::Add;

use coopgame::game::exact::Rational;
use coopgame::games::bankruptcy;
use coopgame::num_bigint::BigInt;
use proto::allocation::Unsolvable;

use crate::costs::bits;
use crate::number::whole;

/// Shares, or why there are none.
pub(crate) type Solved = Result<Vec<Rational>, Unsolvable>;

/// What each adds to the cost of the others, and what it would still save against going alone.
pub(crate) struct Separated {
    pub(crate) separable: Vec<i128>,
    pub(crate) benefits: Vec<i128>,
    pub(crate) joint: i128,
}

impl Separated {
    /// The same, where a benefit below zero counts as none.
    pub(crate) fn none_below_zero(mut self) -> Self {
        self.benefits.iter_mut().for_each(|benefit| *benefit = (*benefit).max(0));
        self
    }
}

pub(crate) fn separated(alone: &[i128], without: &[i128], all: i128) -> Separated {
    let separable: Vec<i128> = without.iter().map(|others| all - others).collect();
    let benefits = alone.iter().zip(&separable).map(|(alone, separable)| alone - separable).collect();
    let joint = all - separable.iter().sum::<i128>();
    Separated { separable, benefits, joint }
}

/// Separable costs – remaining benefits (Green Book, 1950): a benefit below zero counts as none.
pub(crate) fn scrb(alone: &[i128], without: &[i128], all: i128) -> Solved {
    by_benefits(&separated(alone, without, all).none_below_zero())
}

/// Alternate cost avoided (Ransmeier 1942): a benefit below zero counts as it is.
pub(crate) fn alternate_cost_avoided(alone: &[i128], without: &[i128], all: i128) -> Solved {
    by_benefits(&separated(alone, without, all))
}

/// The Gately point (Gately 1974). Where it exists it is the share by alternate cost avoided (Straffin and Heaney 1981): all are then equally inclined
/// to disrupt. It exists where there are savings, and what members add to those of the others is not below zero for some and above for others.
pub(crate) fn gately(alone: &[i128], without: &[i128], all: i128) -> Solved {
    let parts = separated(alone, without, all);
    if alone.iter().sum::<i128>() < all {
        return Err(Unsolvable::AloneIsCheaper);
    }
    if parts.benefits.iter().any(|benefit| *benefit < 0) && parts.benefits.iter().any(|benefit| *benefit > 0) {
        return Err(Unsolvable::GainsOfBothSigns);
    }
    by_benefits(&parts)
}

fn by_benefits(parts: &Separated) -> Solved {
    let total: i128 = parts.benefits.iter().sum();
    if total == 0 {
        let separable = parts.separable.iter().map(|cost| whole(*cost)).collect();
        return if parts.joint == 0 { Ok(separable) } else { Err(Unsolvable::NothingToShareBy) };
    }
    let of_joint = |benefit: &i128| whole(parts.joint) * whole(*benefit) / whole(total);
    Ok(parts.separable.iter().zip(&parts.benefits).map(|(cost, benefit)| whole(*cost) + of_joint(benefit)).collect())
}

/// The rule of the Talmud (Aumann and Maschler 1985), among claims.
pub(crate) fn talmud(claims: &[i128], all: i128) -> Solved {
    let claims: Vec<Rational> = claims.iter().map(|claim| whole(*claim)).collect();
    bankruptcy::talmud_rule(whole(all), &claims).map_err(|_| Unsolvable::ClaimsTooSmall)
}

/// The tau value (Tijs 1981) of the game of savings, taken back to costs.
pub(crate) fn tau(costs: &[i64]) -> Solved {
    let Hopes { alone, hoped, claimed, way, .. } = hopes(costs)?;
    let saved = claimed.iter().zip(&hoped).map(|((least, _), most)| whole(*least) + &way * whole(most - least));
    Ok(alone.iter().zip(saved).map(|(alone, saved)| whole(*alone) - saved).collect())
}

/// Between what the tau value lies.
pub(crate) struct Hopes {
    pub(crate) alone: Vec<i128>,
    /// What every set saves.
    pub(crate) savings: Vec<i128>,
    /// The most that each can hope to save.
    pub(crate) hoped: Vec<i128>,
    /// The least that each can claim, and the set that leaves it so much.
    pub(crate) claimed: Vec<(i128, usize)>,
    /// How far all go from the one to the other.
    pub(crate) way: Rational,
}

/// What each hopes for and can claim.
pub(crate) fn hopes(costs: &[i64]) -> Result<Hopes, Unsolvable> {
    let (alone, savings) = savings(costs);
    let all = savings.last().copied().unwrap_or_default();
    let last = savings.len() - 1;
    let without = |member: usize| savings.get(last & !(1 << member)).copied().unwrap_or_default();
    let hoped: Vec<i128> = (0..alone.len()).map(|member| all - without(member)).collect();
    let mut claimed = vec![(i128::MIN, 0); alone.len()];
    for (set, saved) in savings.iter().enumerate().skip(1) {
        // What is left of the set's savings for one when all others in it get what they hope for.
        let rest = saved - sum_of(&hoped, set);
        let inside = claimed.iter_mut().zip(&hoped).enumerate().filter(|(member, _)| set >> member & 1 == 1);
        for (_, (least, hope)) in inside.filter(|(_, (least, hope))| rest + *hope > least.0) {
            *least = (rest + hope, set);
        }
    }
    let (low, high): (i128, i128) = (claimed.iter().map(|(least, _)| least).sum(), hoped.iter().sum());
    if claimed.iter().zip(&hoped).any(|((least, _), most)| least > most) || !(low..=high).contains(&all) {
        return Err(Unsolvable::NotQuasiBalanced);
    }
    let way = if high == low { whole(0) } else { whole(all - low) / whole(high - low) };
    Ok(Hopes { alone, savings, hoped, claimed, way })
}

/// The Shapley value (Shapley 1953): what a member adds to the cost of those before it, on average over all orders. The crate's own is computed in
/// floating point; this one is exact, and one pass over the sets.
pub(crate) fn shapley(costs: &[i64]) -> Vec<Rational> {
    let members = members_of(costs);
    let orders = factorial(members);
    // In how many orders so many are before a member: one sum over one denominator, because fractions are dear to add.
    let orders_with: Vec<BigInt> = (0..members).map(|before| factorial(before) * factorial(members - 1 - before)).collect();
    let sum = |added: Vec<i128>| orders_with.iter().zip(added).map(|(orders, added)| orders * added).sum::<BigInt>();
    sums_added(costs).into_iter().map(|added| Rational::new(sum(added), orders.clone())).collect()
}

/// What each member adds to the cost of those before it, on average over all who that can be: where nobody is before it, one, and so on to all others.
pub(crate) fn added(costs: &[i64]) -> Vec<Vec<Rational>> {
    let members = members_of(costs);
    let mean = |(before, sum): (usize, i128)| Rational::new(sum.into(), sets(before, members - 1));
    sums_added(costs).into_iter().map(|sums| sums.into_iter().enumerate().map(mean).collect()).collect()
}

/// What each member adds to the cost of those before it, summed over all who that can be, by how many they are.
fn sums_added(costs: &[i64]) -> Vec<Vec<i128>> {
    let members = members_of(costs);
    // Of the sets of each size: the sum of their costs, and of those with the member in them.
    let mut of_size = vec![0_i128; members + 1];
    let mut with = vec![0_i128; members * (members + 1)];
    for (set, cost) in costs.iter().enumerate() {
        let (size, cost) = (set.count_ones() as usize, i128::from(*cost));
        of_size.iter_mut().skip(size).take(1).for_each(|sum| *sum += cost);
        let row = with.chunks_exact_mut(members.max(1)).nth(size).unwrap_or_default();
        bits(set as u64).for_each(|member| row.iter_mut().skip(member).take(1).for_each(|sum| *sum += cost));
    }
    let with = |size: usize, member: usize| with.get(size * members + member).copied().unwrap_or_default();
    let added = |member: usize, (before, all): (usize, &i128)| with(before + 1, member) - (all - with(before, member));
    (0..members).map(|member| of_size.iter().enumerate().take(members).map(|of| added(member, of)).collect()).collect()
}

/// How many sets of so many there are among some.
fn sets(of: usize, among: usize) -> BigInt {
    factorial(among) / (factorial(of) * factorial(among - of))
}

fn factorial(number: usize) -> BigInt {
    (1..=number).map(BigInt::from).product()
}

/// What each would pay alone, and what every set saves against that.
pub(crate) fn savings(costs: &[i64]) -> (Vec<i128>, Vec<i128>) {
    let alone: Vec<i128> = (0..members_of(costs)).filter_map(|member| costs.get(1 << member).copied()).map(i128::from).collect();
    let savings = costs.iter().zip(together(&alone)).map(|(cost, together)| together - i128::from(*cost)).collect();
    (alone, savings)
}

pub(crate) fn members_of(costs: &[i64]) -> usize {
    costs.len().trailing_zeros() as usize
}

/// For every set, the sum of what belongs to its members, added in their order.
pub(crate) fn together<T: Copy + Default + Add<Output = T>>(each: &[T]) -> Vec<T> {
    let mut sums = Vec::with_capacity(1 << each.len());
    sums.push(T::default());
    for last in each {
        // Sets with this member as their last: those before it, and it.
        sums.extend_from_within(..);
        let half = sums.len() / 2;
        sums.iter_mut().skip(half).for_each(|sum| *sum = *sum + *last);
    }
    sums
}

/// The sum of what belongs to the members of a set.
pub(crate) fn sum_of(each: &[i128], set: usize) -> i128 {
    each.iter().enumerate().filter(|(member, _)| set >> member & 1 == 1).map(|(_, figure)| figure).sum()
}
