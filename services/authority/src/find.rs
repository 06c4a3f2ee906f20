//! How findings are made: what a row of the matrix lacks, given who is in.

use std::collections::BTreeSet;

use proto::authority::{Function, Issue, Power};
use proto::id::GovernmentId;

/// Powers that somebody must hold.
const NEEDED: [Power; 3] = [Power::Decide, Power::Fund, Power::Operate];
/// Powers that only one may hold. Several may fund, and several may be consulted.
const SOLE: [Power; 2] = [Power::Decide, Power::Operate];

/// What is wrong with a row, in the order of [`Issue`].
pub(crate) fn issues(row: &Function, parties: &BTreeSet<GovernmentId>) -> BTreeSet<Issue> {
    let gaps = NEEDED.into_iter().filter(|power| holders(row, *power).is_empty()).map(|power| Issue::Gap { power });
    let overlaps = SOLE
        .into_iter()
        .map(|power| (power, holders(row, power)))
        .filter(|(_, holders)| holders.len() > 1)
        .map(|(power, holders)| Issue::Overlap { power, holders });
    gaps.chain(overlaps).chain(baseless(row)).chain(unheard(row, parties)).chain(outside(row, parties)).collect()
}

fn holders(row: &Function, power: Power) -> BTreeSet<GovernmentId> {
    row.holders.iter().filter(|(_, holdings)| holdings.iter().any(|h| h.power == power)).map(|(holder, _)| holder.clone()).collect()
}

fn baseless(row: &Function) -> impl Iterator<Item = Issue> {
    row.holders.iter().flat_map(|(holder, holdings)| {
        let without = holdings.iter().filter(|h| h.legal_basis.as_ref().is_none_or(|law| law.trim().is_empty()));
        without.map(|h| Issue::NoBasis { holder: holder.clone(), power: h.power })
    })
}

fn unheard(row: &Function, parties: &BTreeSet<GovernmentId>) -> impl Iterator<Item = Issue> {
    let consulted = holders(row, Power::BeConsulted);
    row.affected
        .iter()
        .filter(move |government| !parties.contains(*government) && !consulted.contains(*government))
        .map(|government| Issue::Unheard { government: government.clone() })
}

/// Whoever is only consulted need not be a party: consulting an outsider is how `Unheard` is settled.
fn outside(row: &Function, parties: &BTreeSet<GovernmentId>) -> impl Iterator<Item = Issue> {
    row.holders
        .iter()
        .filter(|(holder, holdings)| !parties.contains(*holder) && holdings.iter().any(|h| h.power != Power::BeConsulted))
        .map(|(holder, _)| Issue::HolderIsNoParty { holder: holder.clone() })
}
