//! The Shapley value where there are more members than all sets of them can be listed: what each adds to the cost of those before it, on average over
//! random orders instead of all (Castro, Gómez and Tejada 2009). An estimate, and it is called one.
//!
//! Who computes it again gets the same, on any machine and by any program that does this: the key of a `ChaCha20` stream (D. J. Bernstein; nonce and
//! counter zero) is the SHA-256 of [`SOLVER`]. Its 32-bit words are drawn one after the other. The first order is that of names. Each next order is the
//! one before it, shuffled: for every place from the last to the second, a place up to and with it is drawn, and the two change members; a number below
//! k is the remainder by k of the first word below the largest multiple of k that is less than 2^32. Each order counts, and so does its reverse: who
//! comes early in one comes late in the other, which makes the estimate better than two orders of their own.
//!
//! The orders are the same for all models of as many members, so that nobody can change a word of a model until its draw suits them, and so that what
//! a changed figure does to the shares is its own doing and not that of another draw. All sums are in whole numbers.

use chacha20::ChaCha20Rng;
use chacha20::rand_core::{Rng as _, SeedableRng as _};
use coopgame::game::exact::Rational;
use coopgame::num_bigint::BigInt;
use proto::allocation::Refusal;
use proto::digest::Digest;

use crate::costs::Table;

/// Of more members the value is estimated.
pub(crate) const EXACT_AT_MOST: usize = 24;
/// Pairs of an order and its reverse.
const PAIRS: u32 = 10_000;
/// From how many orders.
pub(crate) const ORDERS: u32 = 2 * PAIRS;
/// What solves models with an estimate. Whatever changes the estimate changes this name.
pub(crate) const SOLVER: &str = "sampled shapley 1: 10000 pairs of orders by ChaCha20";

/// The estimated shares, and for each half the width of its 95 % confidence interval, in units and rounded up.
pub(crate) fn shapley(table: &Table<'_>) -> Result<(Vec<Rational>, Vec<i128>), Refusal> {
    let mut random = ChaCha20Rng::from_seed(Digest::of(SOLVER.as_bytes()).0);
    let mut order: Vec<usize> = (0..table.members()).collect();
    let mut sums = vec![Sums::default(); order.len()];
    for _ in 0..PAIRS {
        shuffle(&mut order, &mut random);
        let there = table.added(&order)?;
        let turned: Vec<usize> = order.iter().rev().copied().collect();
        let back = table.added(&turned)?;
        for ((member, first), second) in order.iter().zip(there).zip(back.into_iter().rev()) {
            if let Some(sums) = sums.get_mut(*member) {
                sums.take(first + second);
            }
        }
    }
    Ok(sums.iter().map(|sums| (sums.mean(), sums.error())).unzip())
}

/// A random order, from any order (Fisher and Yates).
fn shuffle(order: &mut [usize], random: &mut ChaCha20Rng) {
    for last in (1..order.len()).rev() {
        order.swap(last, below(u32::try_from(last + 1).unwrap_or(1), random));
    }
}

/// A random number below a bound, each as likely.
fn below(bound: u32, random: &mut ChaCha20Rng) -> usize {
    let even = u32::MAX - u32::MAX % bound;
    loop {
        let word = random.next_u32();
        if word < even {
            return (word % bound) as usize;
        }
    }
}

/// What one member adds in both orders of a pair, over all pairs.
#[derive(Clone, Default)]
struct Sums {
    sum: BigInt,
    squares: BigInt,
}

impl Sums {
    fn take(&mut self, pair: i128) {
        let pair = BigInt::from(pair);
        self.squares += &pair * &pair;
        self.sum += pair;
    }

    fn mean(&self) -> Rational {
        Rational::new(self.sum.clone(), ORDERS.into())
    }

    /// 1.96 times the standard error of the mean, rounded up. The mean of a pair is half its sum, so the variance of the mean over P pairs is
    /// (P · squares − sum²) / (4 · P² · (P − 1)).
    fn error(&self) -> i128 {
        let spread = BigInt::from(PAIRS) * &self.squares - &self.sum * &self.sum;
        let by: BigInt = BigInt::from(4) * PAIRS * PAIRS * (PAIRS - 1);
        let square = Rational::new(spread * 196 * 196, by * 100 * 100).ceil().to_integer();
        let root = square.sqrt();
        let up = i128::from(&root * &root < square);
        i128::try_from(root).map_or(i128::MAX, |root| root + up)
    }
}

#[cfg(test)]
mod tests {
    use coopgame::generators::SplitMix64;
    use coopgame::num_traits::{Signed as _, ToPrimitive as _};
    use proto::allocation::{Component, Costs, Link, Model, Rule};
    use proto::id::GovernmentId;
    use proto::money::{Currency, Money};
    use proto::words::Names;

    use super::*;
    use crate::game;
    use crate::number::whole;
    use crate::ready::Check;

    fn members(count: usize) -> Vec<GovernmentId> {
        (0..count).map(|number| format!("city-{number:02}").parse().unwrap()).collect()
    }

    /// A network in which everyone has a link to the source and most have links to each other.
    fn network(members: &[GovernmentId], seed: u64) -> Costs {
        let mut random = SplitMix64::new(seed);
        let mut cost = |least: u64| Money::krw(i64::try_from(least + random.next_u64() % 1_000_000).unwrap());
        let mut links = Vec::new();
        for (place, to) in members.iter().enumerate() {
            links.push(Link { from: None, to: to.clone(), cost: cost(500_000) });
            links.extend(members[..place].iter().step_by(2).map(|from| Link { from: Some(from.clone()), to: to.clone(), cost: cost(1) }));
        }
        Costs::Network { links }
    }

    /// Does something with the costs of a component of so many won.
    fn with_table<T>(count: usize, won: i64, costs: impl Fn(&[GovernmentId]) -> Costs, look: impl Fn(&Table<'_>) -> T) -> T {
        let names = members(count);
        let mut component = Component::new(Names::new("Plant", "시설"), Money::krw(won), names.clone(), Rule::Shapley);
        component.costs = Some(costs(&names));
        let model = Model::new(Currency::KRW);
        let id = "plant".parse().unwrap();
        let check = Check { id: &id, component: &component, model: &model, limit: count };
        look(&Table::new(&check, &names.iter().collect::<Vec<_>>(), won.into()).unwrap())
    }

    /// The words are those of the cipher's published test vectors (RFC 8439, A.1, test vector 1): any other implementation draws the same.
    #[test]
    fn the_generator_is_chacha20() {
        let mut random = ChaCha20Rng::from_seed([0; 32]);
        assert_eq!([(); 4].map(|()| random.next_u32()), [0xade0_b876, 0x903d_f1a0, 0xe56a_5d40, 0x28bd_8653]);
    }

    #[test]
    fn every_order_is_as_likely() {
        let mut random = ChaCha20Rng::from_seed([7; 32]);
        let (mut order, mut seen) = (vec![0, 1, 2], std::collections::BTreeMap::new());
        for _ in 0..6000 {
            shuffle(&mut order, &mut random);
            *seen.entry(order.clone()).or_insert(0) += 1;
        }
        assert_eq!(seen.len(), 6);
        assert!(seen.values().all(|times| (900..1100).contains(times)), "{seen:?}");
    }

    #[test]
    fn a_tree_that_grows_is_the_cheapest_one_at_every_step() {
        for seed in 0..20 {
            with_table(
                12,
                1_000_000,
                |names| network(names, seed),
                |table| {
                    let mut random = ChaCha20Rng::from_seed([1; 32]);
                    let mut order: Vec<usize> = (0..12).collect();
                    shuffle(&mut order, &mut random);
                    let (mut set, mut sum) = (0, 0);
                    for (member, added) in order.iter().zip(table.added(&order).unwrap()) {
                        (set, sum) = (set | 1 << member, sum + added);
                        assert_eq!(Some(sum), table.cost(set), "{order:?}");
                    }
                },
            );
        }
    }

    /// Where the exact value can be computed it lies within the stated interval for 95 of 100 members, more or less. The games and the orders are fixed.
    #[test]
    fn the_exact_value_lies_within_the_stated_error() {
        let (mut inside, mut all) = (0, 0);
        for count in 8..=12 {
            for seed in 0..2 {
                let won = 400_000 * i64::try_from(count).unwrap();
                let tried = |table: &Table<'_>| {
                    let exact = game::shapley(&table.whole().unwrap());
                    let (shares, errors) = shapley(table).unwrap();
                    assert_eq!(shares.iter().sum::<Rational>(), whole(won.into()));
                    let within = |((exact, share), error): ((&Rational, Rational), i128)| {
                        let off = (share - exact).abs();
                        assert!(off <= whole(2 * error), "twice the error is never exceeded here");
                        assert!(whole(error).to_f64().unwrap() < 0.02 * won.to_f64().unwrap(), "{error} of {won}");
                        off <= whole(error)
                    };
                    exact.iter().zip(shares).zip(errors).map(within).collect::<Vec<bool>>()
                };
                for hit in with_table(count, won, |names| network(names, seed), tried) {
                    (inside, all) = (inside + usize::from(hit), all + 1);
                }
            }
        }
        assert!(inside * 100 >= all * 92, "{inside} of {all}");
    }

    #[test]
    fn what_does_not_depend_on_the_order_has_no_error() {
        let alone = |names: &[GovernmentId]| Costs::Alone(names.iter().cloned().zip((1..).map(|cost| Money::krw(100 * cost))).collect());
        with_table(30, 46_500, alone, |table| {
            let (shares, errors) = shapley(table).unwrap();
            assert_eq!(shares, (1..=30).map(|cost| whole(100 * cost)).collect::<Vec<_>>());
            assert_eq!(errors, [0; 30]);
        });
    }
}
