//! Two models side by side.

use std::collections::{BTreeMap, BTreeSet};

use proto::allocation::{Changed, ChangedShares, Difference, Model, Refusal, Shares};
use proto::id::{ComponentId, GovernmentId};
use proto::money::{Currency, Money};

use crate::fairness::fairness;
use crate::solve::solve;

use super::Purse;

type Amounts = BTreeMap<GovernmentId, Money>;

/// What a change does to shares and totals. Both models have the same components.
pub(super) fn changed(before: &Model, after: &Model, limit: usize) -> Result<Changed, Refusal> {
    let (was, is) = (solve(before, limit)?, solve(after, limit)?);
    let nothing = BTreeMap::new();
    let component = |(id, of): (&ComponentId, &Shares)| {
        let fairness = after.components.get(id).filter(|component| component.costs.is_some());
        let fairness = fairness.and_then(|_| fairness_of(after, id, of, limit));
        let was = was.components.get(id).map_or(&nothing, |of| &of.shares);
        Ok((id.clone(), ChangedShares { shares: differences(was, &of.shares, of.shared.currency)?, fairness }))
    };
    let components = is.components.iter().map(component).collect::<Result<_, Refusal>>()?;
    Ok(Changed { model: is.model, components, totals: differences(&was.total, &is.total, after.currency)? })
}

fn fairness_of(model: &Model, id: &ComponentId, of: &Shares, limit: usize) -> Option<Box<proto::allocation::Fairness>> {
    fairness(model, id, &of.shares, limit).ok().map(Box::new)
}

/// Amounts before and after, of everyone who has one on either side.
fn differences(before: &Amounts, after: &Amounts, currency: Currency) -> Result<BTreeMap<GovernmentId, Difference>, Refusal> {
    let of = |amounts: &Amounts, who: &GovernmentId| amounts.get(who).map_or(Some(0), |money| money.units());
    let all: BTreeSet<&GovernmentId> = before.keys().chain(after.keys()).collect();
    let purse = Purse(currency);
    let each = |who: &GovernmentId| Ok((who.clone(), difference(purse, purse.fits(of(before, who))?, purse.fits(of(after, who))?)?));
    all.into_iter().map(each).collect()
}

/// An amount before and after, in smallest units.
pub(super) fn difference(purse: Purse, before: i128, after: i128) -> Result<Difference, Refusal> {
    Ok(Difference { before: purse.money(before)?, after: purse.money(after)?, by: purse.money(after - before)? })
}

/// The units by which amounts differ.
pub(super) fn by(purse: Purse, differences: &BTreeMap<GovernmentId, Difference>) -> Result<BTreeMap<GovernmentId, i128>, Refusal> {
    differences.iter().map(|(who, difference)| Ok((who.clone(), purse.fits(difference.by.units())?))).collect()
}
