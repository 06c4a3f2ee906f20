//! Tables of coalition costs: read by name, complete, and without strangers.

use std::collections::{BTreeMap, BTreeSet};

use proto::allocation::Refusal;
use proto::id::{ComponentId, GovernmentId};
use proto::money::Money;

/// Up to here every set of members can be listed (1,023 of them) and a nucleolus is found and proven in well under a second.
pub(crate) const LIMIT: usize = 10;

/// How many missing coalitions a refusal names.
const NAMED: usize = 10;

/// A table of costs in smallest units, by coalition.
pub(crate) struct Table<'a> {
    component: ComponentId,
    members: &'a [&'a GovernmentId],
    costs: BTreeMap<&'a str, i128>,
    all: Money,
}

impl<'a> Table<'a> {
    /// A table in which every coalition is one of these members. `all` is what they share.
    pub(crate) fn new(
        component: ComponentId,
        members: &'a [&'a GovernmentId],
        costs: BTreeMap<&'a str, i128>,
        all: Money,
    ) -> Result<Self, Refusal> {
        if let Some(stranger) = costs.keys().find(|name| !is_coalition(name, members)) {
            return Err(Refusal::BadCoalition { component, coalition: (*stranger).to_owned() });
        }
        Ok(Self { component, members, costs, all })
    }

    /// What each member would cost alone, and all others without it.
    pub(crate) fn separable(&self, shared: i128) -> Result<(Vec<i128>, Vec<i128>), Refusal> {
        let alone = || self.members.iter().map(ToString::to_string);
        let without = || self.members.iter().map(|out| name(self.members.iter().filter(move |member| *member != out)));
        self.complete(alone().chain(without()).chain([name(self.members.iter())]))?;
        self.covers(shared)?;
        Ok((alone().map(|name| self.cost(&name)).collect(), without().map(|name| self.cost(&name)).collect()))
    }

    /// The cost of every coalition: bit i of a place in the list stands for member i, so the first place is that of nobody and costs nothing.
    pub(crate) fn whole(&self, shared: i128) -> Result<Vec<i128>, Refusal> {
        let members = self.members.len();
        if members > LIMIT {
            return Err(Refusal::TooManyMembers { component: self.component.clone(), members, limit: LIMIT });
        }
        let among = |set: usize| self.members.iter().enumerate().filter(move |(place, _)| set >> place & 1 == 1).map(|(_, member)| member);
        let names = || (0..1 << members).map(|set| name(among(set)));
        self.complete(names())?;
        self.covers(shared)?;
        Ok(names().map(|name| self.cost(&name)).collect())
    }

    /// Nobody costs nothing.
    fn cost(&self, coalition: &str) -> i128 {
        self.costs.get(coalition).copied().unwrap_or(0)
    }

    fn complete(&self, names: impl Iterator<Item = String>) -> Result<(), Refusal> {
        let missing = names.filter(|name| !name.is_empty() && !self.costs.contains_key(name.as_str()));
        // A set, because with two members the others of one are the other.
        let missing: BTreeSet<String> = missing.take(NAMED).collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err(Refusal::CoalitionsMissing { component: self.component.clone(), missing: missing.into_iter().collect() })
    }

    fn covers(&self, shared: i128) -> Result<(), Refusal> {
        if self.costs.get(name(self.members.iter()).as_str()) == Some(&shared) {
            return Ok(());
        }
        Err(Refusal::GrandCoalitionDiffers { component: self.component.clone(), shared: self.all })
    }
}

fn name<'m>(members: impl Iterator<Item = &'m &'m GovernmentId>) -> String {
    members.map(|member| member.as_str()).collect::<Vec<_>>().join("+")
}

/// Whether the name is members joined with `+`, each after the one before it.
fn is_coalition(name: &str, members: &[&GovernmentId]) -> bool {
    let parts: Vec<&str> = name.split('+').collect();
    parts.is_sorted_by(|a, b| a < b) && parts.iter().all(|part| members.iter().any(|member| member.as_str() == *part))
}
