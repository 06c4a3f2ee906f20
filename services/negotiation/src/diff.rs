//! The difference between any two offers of a case, term by term and clause by clause: what changed, by how much, and whose move it was.

use std::collections::{BTreeMap, BTreeSet};

use proto::allocation::Rule;
use proto::digest::Digest;
use proto::id::{ClauseId, ComponentId, GovernmentId, TermId};
use proto::money::Money;
use proto::negotiation::{OfferNo, Package, Refusal};
use proto::term::Value;
use proto::words::Wording;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decide::State;
use crate::facts::are_comparable;

/// What changed from one offer to another. What is the same in both is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Diff {
    /// From this offer.
    pub from: OfferNo,
    /// To this.
    pub to: OfferNo,
    /// Terms with another value or another label.
    pub terms: BTreeMap<TermId, TermChange>,
    /// Clauses with another wording.
    pub wording: BTreeMap<ClauseId, Change<Wording>>,
    /// Another allocation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation: Option<AllocationChange>,
}

/// Another allocation, and what that moves for whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AllocationChange {
    /// The results, by their digests.
    #[serde(flatten)]
    pub result: Change<Digest>,
    /// Components that are shared by another rule. Empty where one of the offers has no allocation.
    pub rules: BTreeMap<ComponentId, RuleChange>,
    /// What each bears more (above zero) or less in all, in the currency of the second. Whoever bears the same is left out, and so is everyone where one
    /// of the offers has no allocation or another currency.
    pub differences: BTreeMap<GovernmentId, Money>,
}

/// Another rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RuleChange {
    /// Before; none where the component is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<Rule>,
    /// After; none where the component is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<Rule>,
}

/// Something that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ChangeOf{T}")]
pub struct Change<T> {
    /// Before; none where the first offer says nothing of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<T>,
    /// After; none where the second offer says nothing of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<T>,
    /// Who first said, on the way to the second offer, what it says. None where nobody did: it was settled, or left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<GovernmentId>,
}

/// A term that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TermChange {
    /// The value. It governs.
    pub value: Change<Value>,
    /// By how much, in the term's own unit, where both values are numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub delta: Option<Decimal>,
    /// What it was called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_label: Option<String>,
    /// What it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_label: Option<String>,
}

/// The difference between any two offers of the case, in either direction, related or not.
///
/// # Errors
/// `unknown_offer` when there is no such offer.
pub fn diff(state: &State, from: OfferNo, to: OfferNo) -> Result<Diff, Refusal> {
    let (old, new) = (&state.offer(from)?.package, &state.offer(to)?.package);
    let terms = keys(&old.terms, &new.terms).filter_map(|term| Some((term.clone(), term_change(state, old, to, new, term)?)));
    let wording = keys(&old.wording, &new.wording).filter_map(|clause| {
        let said = |package: &Package| package.wording.get(clause).cloned();
        Some((clause.clone(), change(state, said(old), to, said)?))
    });
    let allocation = change(state, old.allocation, to, |package| package.allocation).map(|result| allocation_change(state, result));
    Ok(Diff { from, to, terms: terms.collect(), wording: wording.collect(), allocation })
}

fn allocation_change(state: &State, result: Change<Digest>) -> AllocationChange {
    let tabled = |digest: Option<Digest>| digest.and_then(|digest| state.allocations.get(&digest));
    let Some((old, new)) = tabled(result.old).zip(tabled(result.new)) else {
        return AllocationChange { result, rules: BTreeMap::new(), differences: BTreeMap::new() };
    };
    let rules = keys(&old.rules, &new.rules).filter_map(|component| {
        let (old, new) = (old.rules.get(component), new.rules.get(component));
        (old != new).then(|| (component.clone(), RuleChange { old: old.cloned(), new: new.cloned() }))
    });
    let differences = keys(&old.total, &new.total).filter_map(|who| {
        let by = difference(old.total.get(who), new.total.get(who))?;
        (!by.amount.is_zero()).then(|| (who.clone(), by))
    });
    AllocationChange { rules: rules.collect(), differences: differences.collect(), result }
}

/// Whoever is in one of the two only bears nothing in the other.
fn difference(old: Option<&Money>, new: Option<&Money>) -> Option<Money> {
    let currency = new.or(old)?.currency;
    let amount = |money: Option<&Money>| money.map_or(Some(Decimal::ZERO), |money| (money.currency == currency).then_some(money.amount));
    Some(Money { amount: amount(new)?.checked_sub(amount(old)?)?, currency })
}

fn keys<'a, K: Ord, V>(old: &'a BTreeMap<K, V>, new: &'a BTreeMap<K, V>) -> impl Iterator<Item = &'a K> {
    old.keys().chain(new.keys()).collect::<BTreeSet<_>>().into_iter()
}

fn term_change(state: &State, old: &Package, to: OfferNo, new: &Package, term: &TermId) -> Option<TermChange> {
    let (before, after) = (old.terms.get(term), new.terms.get(term));
    let (old_label, new_label) = (old.labels.get(term).cloned(), new.labels.get(term).cloned());
    if before == after && old_label == new_label {
        return None;
    }
    let delta = before.zip(after).filter(|(before, after)| are_comparable(before, after));
    let delta = delta.and_then(|(before, after)| after.number()?.checked_sub(before.number()?));
    let moved = first_said(state, to, |package| package.terms.get(term).zip(Some(package.labels.get(term))));
    Some(TermChange { value: Change { old: before.cloned(), new: after.cloned(), moved }, delta, old_label, new_label })
}

fn change<T: PartialEq>(state: &State, old: Option<T>, to: OfferNo, said: impl Fn(&Package) -> Option<T>) -> Option<Change<T>> {
    let new = state.offers.get(&to).and_then(|offer| said(&offer.package));
    if old == new {
        return None;
    }
    let moved = first_said(state, to, &said);
    Some(Change { old, new, moved })
}

/// Goes up from an offer as long as its parent says the same, and answers whose offer that is.
fn first_said<'a, T: PartialEq>(state: &'a State, to: OfferNo, said: impl Fn(&'a Package) -> Option<T>) -> Option<GovernmentId> {
    let mut offer = state.offers.get(&to)?;
    let what = said(&offer.package)?;
    while let Some(parent) = offer.parent().and_then(|parent| state.offers.get(&parent)) {
        if said(&parent.package).as_ref() != Some(&what) {
            break;
        }
        offer = parent;
    }
    offer.by.clone()
}
