//! Rules for cost games, in exact fractions. Costs of coalitions come as a list in which bit i of a place stands for member i.

use std::ops::AddAssign;

use coopgame::game::exact::Rational;
use coopgame::games::bankruptcy;
use coopgame::num_traits::Zero;
use proto::allocation::Unsolvable;

use crate::costs::bits;
use crate::number::{common, fraction, whole};

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
    let (each, over) = weights(members_of(costs));
    let mean = |added: Vec<i128>| fraction(each.iter().zip(&added).map(|(each, added)| each * added).sum(), over);
    sums_added(costs).into_iter().map(mean).collect()
}

/// What counts as how much of the whole: what a member adds where nobody is before it, one, and so on to all others, and the whole.
///
/// Of n members that is one part in n · C(n − 1, before) = (before + 1) · C(n, before + 1). All of these divide the least common multiple of 1 to n
/// (Farhi 2009), for 24 members below 2^33; with sums over sets below 2^84 no more than whole numbers are needed, and fractions are dear to add.
fn weights(members: usize) -> (Vec<i128>, i128) {
    let over = (1..).take(members).fold(1, |over, number| over / common(over, number) * number);
    ((1..).zip(1..=members).map(|(number, size)| over / (number * sets(size, members))).collect(), over)
}

/// What each member adds to the cost of those before it, on average over all who that can be: where nobody is before it, one, and so on to all others.
pub(crate) fn added(costs: &[i64]) -> Vec<Vec<Rational>> {
    let members = members_of(costs);
    let mean = |(before, sum): (usize, i128)| fraction(sum, sets(before, members - 1));
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
        for member in bits(set as u64) {
            if let Some(sum) = row.get_mut(member) {
                *sum += cost;
            }
        }
    }
    let with = |size: usize, member: usize| with.get(size * members + member).copied().unwrap_or_default();
    let added = |member: usize, (before, all): (usize, &i128)| with(before + 1, member) - (all - with(before, member));
    (0..members).map(|member| of_size.iter().enumerate().take(members).map(|of| added(member, of)).collect()).collect()
}

/// How many sets of so many there are among some.
fn sets(of: usize, among: usize) -> i128 {
    // Each product so far is a number of sets itself, so nothing is lost.
    (1..).zip((among + 1 - of)..=among).fold(1, |sets, (number, next)| sets * i128::try_from(next).unwrap_or_default() / number)
}

/// What each would pay alone, and what every set saves against that.
pub(crate) fn savings(costs: &[i64]) -> (Vec<i128>, Vec<i128>) {
    let alone: Vec<i128> = (0..members_of(costs)).filter_map(|member| costs.get(1 << member).copied()).map(i128::from).collect();
    let savings = costs.iter().zip(together(&alone)).map(|(cost, together)| together - i128::from(*cost)).collect();
    (alone, savings)
}

pub(crate) fn members_of<T>(costs: &[T]) -> usize {
    costs.len().trailing_zeros() as usize
}

/// For every set, the sum of what belongs to its members, added in their order.
pub(crate) fn together<T: Clone + Zero + for<'a> AddAssign<&'a T>>(each: &[T]) -> Vec<T> {
    let mut sums = Vec::with_capacity(1 << each.len());
    sums.push(T::zero());
    for last in each {
        // Sets with this member as their last: those before it, and it.
        sums.extend_from_within(..);
        let half = sums.len() / 2;
        sums.iter_mut().skip(half).for_each(|sum| *sum += last);
    }
    sums
}

/// The sum of what belongs to the members of a set.
pub(crate) fn sum_of(each: &[i128], set: usize) -> i128 {
    each.iter().enumerate().filter(|(member, _)| set >> member & 1 == 1).map(|(_, figure)| figure).sum()
}

#[cfg(test)]
mod tests {
    use coopgame::generators::SplitMix64;

    use super::*;

    /// By what it is called: what each adds, over all orders.
    fn over_all_orders(costs: &[i64]) -> Vec<Rational> {
        fn go(costs: &[i64], before: usize, sums: &mut [Rational]) -> i128 {
            let next: Vec<usize> = (0..sums.len()).filter(|member| before >> member & 1 == 0).collect();
            let mut orders = i128::from(next.is_empty());
            for member in next {
                let with = before | 1 << member;
                let so_many = go(costs, with, sums);
                sums[member] += whole(so_many) * whole(i128::from(costs[with]) - i128::from(costs[before]));
                orders += so_many;
            }
            orders
        }
        let mut sums = vec![whole(0); members_of(costs)];
        let orders = go(costs, 0, &mut sums);
        sums.into_iter().map(|sum| sum / whole(orders)).collect()
    }

    /// Costs of all kinds: large, few different ones, and below zero.
    fn costs(members: usize, kind: u64, random: &mut SplitMix64) -> Vec<i64> {
        let mut cost = || match kind {
            0 => i64::try_from(random.next_u64() % 1_000_000_000_000_000_000).unwrap(),
            1 => i64::try_from(random.next_u64() % 3).unwrap(),
            2 => i64::try_from(random.next_u64() % 2_000_001).unwrap() - 1_000_000,
            _ => 999_999_999_999_999_999 * if random.next_u64().is_multiple_of(2) { 1 } else { -1 },
        };
        [0].into_iter().chain((1..1 << members).map(|_| cost())).collect()
    }

    #[test]
    fn the_shapley_value_is_the_mean_over_all_orders() {
        let mut random = SplitMix64::new(1953);
        for members in 1..=7 {
            for kind in 0..4 {
                let costs = costs(members, kind, &mut random);
                assert_eq!(shapley(&costs), over_all_orders(&costs), "{members} members, kind {kind}");
            }
        }
    }

    #[test]
    fn the_mean_of_ones_is_one_up_to_as_many_members_as_are_not_estimated() {
        for members in 1..=crate::sampled::EXACT_AT_MOST {
            let (each, over) = weights(members);
            let all: i128 = each.iter().enumerate().map(|(before, each)| each * sets(before, members - 1)).sum();
            assert_eq!((all, each.len()), (over, members));
            assert!(over < 1 << 33);
        }
    }

    #[test]
    fn sums_stay_within_what_is_said_of_them() {
        // Whoever comes first costs the most there is, all others give it back.
        let most = 999_999_999_999_999_999;
        let costs: Vec<i64> = (0..1_u32 << 15).map(|set| if set.count_ones().is_multiple_of(2) { -most } else { most }).collect();
        let all = whole(i128::from(costs[(1 << 15) - 1]) - i128::from(costs[0]));
        assert_eq!(shapley(&costs), vec![all / whole(15); 15]);
    }
}
