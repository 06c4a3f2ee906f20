//! Packages: what an offer says, checked against what the case knows, and what it carries over from the offer it answers.

use std::collections::BTreeMap;

use proto::id::TermId;
use proto::negotiation::{Package, Refusal};
use proto::term::Value;

use crate::decide::State;

/// What a counter-offer or an improvement says in full: what it leaves out stands as before. A label names one value, so it is carried over
/// only with that value.
#[must_use]
pub fn carried_over(from: &Package, package: &Package) -> Package {
    let mut whole = package.clone();
    for (term, value) in &from.terms {
        let stands = whole.terms.entry(term.clone()).or_insert_with(|| value.clone());
        if let Some(label) = from.labels.get(term).filter(|_| stands == value) {
            whole.labels.entry(term.clone()).or_insert_with(|| label.clone());
        }
    }
    for (clause, wording) in &from.wording {
        whole.wording.entry(clause.clone()).or_insert_with(|| wording.clone());
    }
    whole.allocation = whole.allocation.or(from.allocation);
    whole
}

/// Whether a package can be tabled as far as its contents go.
pub(crate) fn check(state: &State, package: &Package) -> Result<(), Refusal> {
    if package.terms.is_empty() && package.wording.is_empty() && package.allocation.is_none() {
        return Err(Refusal::Empty { field: "package".into() });
    }
    check_contents(state, package)?;
    match package.allocation.filter(|allocation| !state.allocations.contains_key(allocation)) {
        Some(allocation) => Err(Refusal::UnknownAllocation { allocation }),
        None => Ok(()),
    }
}

/// As [`check`], but for what may still be empty or rest on an allocation that is not tabled: a draft.
pub(crate) fn check_contents(state: &State, package: &Package) -> Result<(), Refusal> {
    check_values(state, &package.terms, &package.labels)?;
    for (clause, wording) in &package.wording {
        if !state.clauses.contains_key(clause) {
            return Err(Refusal::UnknownClause { clause: clause.clone() });
        }
        if wording.is_empty() {
            return Err(Refusal::Empty { field: "wording".into() });
        }
    }
    Ok(())
}

pub(crate) fn check_values(state: &State, terms: &BTreeMap<TermId, Value>, labels: &BTreeMap<TermId, String>) -> Result<(), Refusal> {
    for (term, value) in terms {
        if !state.term(term)?.kind.admits(value) {
            return Err(Refusal::WrongKind { term: term.clone() });
        }
    }
    match labels.keys().find(|term| !terms.contains_key(*term)) {
        Some(term) => Err(Refusal::LabelWithoutValue { term: term.clone() }),
        None => Ok(()),
    }
}

/// Whether a package leaves the terms in dispute where they stand: in the offer it answers or improves, else as agreed.
pub(crate) fn check_disputed(state: &State, package: &Package, answered: Option<&Package>) -> Result<(), Refusal> {
    for (term, value) in &package.terms {
        let before = answered.and_then(|answered| Some((answered.terms.get(term)?, answered.labels.get(term))));
        let agreed = || state.terms.get(term)?.agreed.as_ref().map(|agreed| (&agreed.value, agreed.label.as_ref()));
        if let Some(dispute) = state.disputed(term)
            && before.or_else(agreed) != Some((value, package.labels.get(term)))
        {
            return Err(Refusal::TermInDispute { term: term.clone(), dispute });
        }
    }
    Ok(())
}
