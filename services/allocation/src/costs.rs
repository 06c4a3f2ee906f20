//! Costs of coalitions: as entered, or derived from stand-alone costs, a network or a cost curve. A set of members is a number of which bit i stands
//! for member i.

use std::collections::{BTreeMap, BTreeSet};

use coopgame::num_traits::ToPrimitive as _;
use proto::allocation::{Costs, Refusal};
use proto::id::{ComponentId, GovernmentId};
use proto::money::Money;
use rust_decimal::Decimal;

use crate::drivers::Drivers;
use crate::game::together;
use crate::network::{Network, Tree};
use crate::progress::over;
use crate::ready::{Check, TOO_LARGE};

/// A set is a number of 64 bits.
pub(crate) const WIDEST: usize = 64;
/// How many missing coalitions a refusal names.
const NAMED: usize = 10;
/// An exponent above this makes sums that no arithmetic holds, and describes no plant.
const STEEPEST: Decimal = Decimal::TWO;

/// The costs of the coalitions of one component, in smallest units.
pub(crate) struct Table<'a> {
    component: &'a ComponentId,
    members: Vec<&'a GovernmentId>,
    shared: i128,
    limit: usize,
    source: Source,
}

enum Source {
    Listed(BTreeMap<u64, i128>),
    Alone(BTreeMap<u64, i128>),
    Network(Network),
    Capacity { a: f64, b: f64, needs: Vec<f64> },
}

impl<'a> Table<'a> {
    /// The costs of a component's coalitions; all members together cost what they share.
    pub(crate) fn new(check: &Check<'a>, members: &[&'a GovernmentId], shared: i128) -> Result<Self, Refusal> {
        if members.len() > WIDEST {
            return Err(Refusal::TooManyMembers { component: check.id.clone(), members: members.len(), limit: WIDEST });
        }
        let source = match &check.component.costs {
            None => Source::Listed(BTreeMap::new()),
            Some(Costs::Listed(list)) => Source::Listed(listed(check, members, shared, list)?),
            Some(Costs::Document(_)) => return Err(Refusal::TableElsewhere { component: check.id.clone() }),
            Some(Costs::Alone(alone)) => Source::Alone(singles(check, members, alone)?),
            Some(Costs::Network { links }) => Source::Network(Network::new(check, members, links)?),
            Some(Costs::Capacity { a, b, need }) => {
                if *b <= Decimal::ZERO || *b > STEEPEST {
                    return Err(Refusal::BadExponent { component: check.id.clone() });
                }
                let needs = Drivers { model: check.model, component: check.id, members }.figures(need)?;
                let needs: Vec<f64> = needs.iter().map(|need| need.to_f64().unwrap_or_default()).collect();
                let (a, b) = (check.amount(a, || "costs.a".into())?.to_f64().unwrap_or_default(), b.to_f64().unwrap_or_default());
                // All together need most, so no set costs more.
                if curve(a, b, &needs, u64::MAX).is_none_or(|most| most >= TOO_LARGE) {
                    return Err(check.bad("costs".into()));
                }
                Source::Capacity { a, b, needs }
            }
        };
        Ok(Self { component: check.id, members: members.to_vec(), shared, limit: check.limit, source })
    }

    fn all(&self) -> u64 {
        u64::MAX >> (WIDEST - self.members.len())
    }

    /// What a set costs; none where nothing says it.
    pub(crate) fn cost(&self, set: u64) -> Option<i128> {
        if set == 0 || set == self.all() {
            return Some(if set == 0 { 0 } else { self.shared });
        }
        match &self.source {
            Source::Listed(list) => list.get(&set).copied(),
            Source::Alone(alone) => bits(set).map(|member| alone.get(&(1 << member)).copied()).sum(),
            Source::Network(network) => network.tree(set),
            Source::Capacity { a, b, needs } => curve(*a, *b, needs, set),
        }
    }

    /// What each member would pay alone.
    pub(crate) fn alone(&self) -> Result<Vec<i128>, Refusal> {
        self.costs((0..self.members.len()).map(|member| 1 << member))
    }

    /// What each member would pay alone, and all others without it.
    pub(crate) fn separable(&self) -> Result<(Vec<i128>, Vec<i128>), Refusal> {
        let count = self.members.len();
        let both = self.costs((0..count).map(|member| 1 << member).chain((0..count).map(|member| self.all() & !(1 << member))))?;
        let (alone, without) = both.split_at(count);
        Ok((alone.to_vec(), without.to_vec()))
    }

    /// The table, where every member has a cost alone and so every derived set has one: what can be found out before orders are tried.
    pub(crate) fn sampled(self) -> Result<Self, Refusal> {
        self.alone().map(|_| self)
    }

    /// How many members it is of.
    pub(crate) fn members(&self) -> usize {
        self.members.len()
    }

    /// What the members of an order add to the cost of those before them, in that order.
    pub(crate) fn added(&self, order: &[usize]) -> Result<Vec<i128>, Refusal> {
        let (mut set, mut before, mut tree) = (0, 0, Tree::default());
        let each = order.iter().map(|member| {
            set |= 1 << member;
            let cost = match &self.source {
                Source::Network(network) if set != self.all() => {
                    tree = tree.with(network, *member);
                    tree.cost
                }
                Source::Network(_) | Source::Listed(_) | Source::Alone(_) | Source::Capacity { .. } => self.one(set)?,
            };
            let added = cost - before;
            before = cost;
            Ok(added)
        });
        each.collect()
    }

    fn one(&self, set: u64) -> Result<i128, Refusal> {
        self.costs(std::iter::once(set)).map(|costs| costs.into_iter().sum())
    }

    /// The cost of every set, at the place of its number.
    pub(crate) fn whole(&self) -> Result<Vec<i64>, Refusal> {
        let members = self.members.len();
        if members > self.limit {
            return Err(Refusal::TooManyMembers { component: self.component.clone(), members, limit: self.limit });
        }
        let bad = || Refusal::BadCost { component: self.component.clone(), at: "costs".into() };
        if let Source::Capacity { a, b, needs } = &self.source {
            let sums = together(needs);
            let last = sums.len() - 1;
            // As one by one, without adding up each set anew.
            let cost = |(set, need): (usize, f64)| if set == last { self.shared.to_i64() } else { point(*a, *b, need) };
            return over(sums.into_iter().enumerate()).map(cost).collect::<Option<_>>().ok_or_else(bad);
        }
        self.costs(0..=self.all())?.into_iter().map(|cost| i64::try_from(cost).map_err(|_| bad())).collect()
    }

    /// The cost of each of these sets.
    fn costs(&self, sets: impl Iterator<Item = u64> + Clone) -> Result<Vec<i128>, Refusal> {
        let costs: Option<Vec<i128>> = over(sets.clone()).map(|set| self.cost(set)).collect();
        costs.ok_or_else(|| {
            // A set, because with two members the others of one are the other.
            let missing: BTreeSet<String> = sets.filter(|set| self.cost(*set).is_none()).take(NAMED).map(|set| self.name(set)).collect();
            Refusal::CoalitionsMissing { component: self.component.clone(), missing: missing.into_iter().collect() }
        })
    }

    /// The members of a set, joined with `+`.
    fn name(&self, set: u64) -> String {
        let members: Vec<&str> = bits(set).filter_map(|member| self.members.get(member)).map(|member| member.as_str()).collect();
        members.join("+")
    }
}

/// The places of a set's members, the least first.
pub(crate) fn bits(set: u64) -> impl Iterator<Item = usize> + Clone {
    let some = |rest: u64| (rest != 0).then_some(rest);
    std::iter::successors(some(set), move |rest| some(rest & (rest - 1))).map(|rest| rest.trailing_zeros() as usize)
}

/// What a set pays by a cost curve.
fn curve(a: f64, b: f64, needs: &[f64], set: u64) -> Option<i128> {
    point(a, b, bits(set).filter_map(|member| needs.get(member)).sum()).map(i128::from)
}

/// A point of a cost curve. `libm` gives the same digits on every machine; the standard library's power does not promise that.
fn point(a: f64, b: f64, need: f64) -> Option<i64> {
    libm::round(a * libm::pow(need, b)).to_i64()
}

fn listed(
    check: &Check<'_>,
    members: &[&GovernmentId],
    shared: i128,
    list: &BTreeMap<String, Money>,
) -> Result<BTreeMap<u64, i128>, Refusal> {
    let mut costs = BTreeMap::new();
    for (name, money) in list {
        let bad = || Refusal::BadCoalition { component: check.id.clone(), coalition: name.clone() };
        costs.insert(set_of(name, members).ok_or_else(bad)?, check.amount(money, || format!("costs.{name}"))?);
    }
    let all = u64::MAX >> (WIDEST - members.len());
    if costs.get(&all).is_some_and(|cost| *cost != shared) {
        return Err(Refusal::GrandCoalitionDiffers { component: check.id.clone(), shared: check.money(shared)? });
    }
    Ok(costs)
}

/// The set whose members' names are joined with `+`, each after the one before it.
fn set_of(name: &str, members: &[&GovernmentId]) -> Option<u64> {
    let mut set = 0_u64;
    for part in name.split('+') {
        let member = members.binary_search_by(|member| member.as_str().cmp(part)).ok()?;
        if set >> member != 0 {
            return None;
        }
        set |= 1 << member;
    }
    Some(set)
}

fn singles(check: &Check<'_>, members: &[&GovernmentId], alone: &BTreeMap<GovernmentId, Money>) -> Result<BTreeMap<u64, i128>, Refusal> {
    alone.iter().map(|(who, money)| Ok((1 << check.place(members, who)?, check.amount(money, || format!("costs.{who}"))?))).collect()
}
