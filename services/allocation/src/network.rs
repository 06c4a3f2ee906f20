//! Networks: every set of members builds the cheapest tree that links all of them to the source.

use proto::allocation::{Link, Refusal};
use proto::id::GovernmentId;

use crate::costs::bits;
use crate::ready::Check;

/// Links between members and the source; the source stands behind the last member.
pub(crate) struct Network {
    size: usize,
    links: Vec<Option<i128>>,
}

impl Network {
    pub(crate) fn new(check: &Check<'_>, members: &[&GovernmentId], links: &[Link]) -> Result<Self, Refusal> {
        let size = members.len() + 1;
        let mut table: Vec<Option<i128>> = vec![None; size * size];
        for (number, link) in links.iter().enumerate() {
            let from = link.from.as_ref().map_or(Ok(members.len()), |from| check.place(members, from))?;
            let (to, cost) = (check.place(members, &link.to)?, check.amount(&link.cost, || format!("costs.links.{number}"))?);
            if from == to {
                return Err(Refusal::PaysItself { component: check.id.clone(), who: link.to.clone() });
            }
            for place in [from * size + to, to * size + from] {
                // Of two links between the same ends the cheaper one is built.
                table.iter_mut().skip(place).take(1).for_each(|known| *known = Some(known.map_or(cost, |other| other.min(cost))));
            }
        }
        Ok(Self { size, links: table })
    }

    fn link(&self, from: usize, to: usize) -> Option<i128> {
        self.links.get(from * self.size + to).copied().flatten()
    }

    /// The cheapest tree that links a set to the source (Prim 1957); none where there is no way.
    pub(crate) fn tree(&self, set: u64) -> Option<i128> {
        let source = self.size - 1;
        let mut open: Vec<(usize, Option<i128>)> = bits(set).map(|member| (member, self.link(source, member))).collect();
        let mut sum = 0;
        while !open.is_empty() {
            let (at, (joined, cost)) =
                open.iter().copied().enumerate().filter(|(_, (_, cost))| cost.is_some()).min_by_key(|(_, (_, cost))| *cost)?;
            open.swap_remove(at);
            sum += cost?;
            for (member, best) in &mut open {
                let link = self.link(joined, *member);
                *best = [*best, link].into_iter().flatten().min();
            }
        }
        Some(sum)
    }
}

/// A link that is built: what it costs and where it ends.
type Built = (i128, usize, usize);

/// The cheapest tree of a set that grows by one member at a time.
#[derive(Default)]
pub(crate) struct Tree {
    /// What it costs.
    pub(crate) cost: i128,
    /// For each end, by bits, the ends that it is linked to.
    beside: Vec<u128>,
}

impl Tree {
    /// The cheapest tree with one more member, in one pass over the old one (Chin and Houck 1978): no link is in it that is neither in the old one nor
    /// ends at the new member.
    pub(crate) fn with(&self, network: &Network, member: usize) -> Self {
        let mut grown = Self { cost: 0, beside: vec![0; network.size] };
        let source = network.size - 1;
        if let Some(last) = self.reach(network, (source, source), member, &mut grown) {
            grown.build(last);
        }
        grown
    }

    /// Builds what links the part of the old tree behind an end; gives back the one link that is left over to link all of it to the new member.
    fn reach(&self, network: &Network, (at, from): (usize, usize), new: usize, grown: &mut Self) -> Option<Built> {
        let mut left = network.link(at, new).map(|cost| (cost, at, new));
        let beside = self.beside.get(at).copied().unwrap_or_default();
        let mut rest = beside & !(1 << from);
        while rest != 0 {
            let next = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            let own = (network.link(at, next)?, at, next);
            // Of the three links of a circle the dearest is not built, and the dearer of these two may be that one.
            let dearer = match self.reach(network, (next, at), new, grown) {
                Some(behind) if behind < own => grown.built(behind, own),
                Some(behind) => grown.built(own, behind),
                None => {
                    grown.build(own);
                    continue;
                }
            };
            left = Some(left.map_or(dearer, |left| left.min(dearer)));
        }
        left
    }

    /// Builds the first of two links and gives back the other.
    fn built(&mut self, first: Built, other: Built) -> Built {
        self.build(first);
        other
    }

    fn build(&mut self, (cost, from, to): Built) {
        self.cost += cost;
        for (end, other) in [(from, to), (to, from)] {
            if let Some(beside) = self.beside.get_mut(end) {
                *beside |= 1 << other;
            }
        }
    }
}
