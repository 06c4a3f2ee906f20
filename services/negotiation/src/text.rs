//! The single negotiating text: terms and clauses, alternatives side by side, and who stands behind which.

use std::collections::BTreeSet;

use proto::digest::Digest;
use proto::id::{ClauseId, GovernmentId, TermId};
use proto::message;
use proto::negotiation::{ClauseState, Event, OfferNo, Refusal};
use proto::term::{Kind, Value};
use proto::words::{Names, Wording, is_blank};
use runtime::decider::Context;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decide::{Outcome, State};
use crate::requests::Comment;

/// A term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Term {
    /// What it is.
    pub names: Names,
    /// What values it takes.
    pub kind: Kind,
    /// What is agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Agreed>,
}

/// An agreed value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Agreed {
    /// It governs.
    pub value: Value,
    /// What the parties call it in talk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// By which offer or settlement.
    pub offer: OfferNo,
}

/// A clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Clause {
    /// Its heading.
    pub heading: Names,
    /// Which mandatory content of the procedure it carries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// Terms it carries.
    pub terms: Vec<TermId>,
    /// Its wordings, in the order in which they came. One that nobody stands behind any more goes, unless it is the last.
    pub alternatives: Vec<Alternative>,
    /// Who has reserved its position.
    pub reserved: BTreeSet<GovernmentId>,
    /// What parties have said about it, in the order in which they did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<Comment>,
    /// Its state. Where wordings stand side by side it is bracketed, also if someone has reserved its position as well.
    pub state: ClauseState,
}

/// One wording of a clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Alternative {
    /// Digest of the wording: how it is supported.
    pub digest: Digest,
    /// The wording.
    pub wording: Wording,
    /// Who stands behind it.
    pub supporters: BTreeSet<GovernmentId>,
}

/// The digest by which a wording is supported: of its canonical JSON.
///
/// # Errors
/// Never for a wording, which has a JSON form always; the encoder's own word otherwise.
pub fn wording_digest(wording: &Wording) -> serde_json::Result<Digest> {
    Digest::of_json(wording)
}

impl Clause {
    /// The wording all parties stand behind.
    #[must_use]
    pub fn agreed(&self) -> Option<&Wording> {
        self.alternatives.first().filter(|_| self.state == ClauseState::Agreed).map(|alternative| &alternative.wording)
    }

    pub(crate) fn forget(&mut self, government: &GovernmentId) {
        self.reserved.remove(government);
        self.alternatives.iter_mut().for_each(|alternative| {
            alternative.supporters.remove(government);
        });
        self.clear_abandoned();
    }

    /// Puts governments behind a wording, which stands beside the others from now on, and takes them from where they stood.
    pub(crate) fn support(&mut self, wording: &Wording, by: impl IntoIterator<Item = GovernmentId>) {
        let Ok(digest) = wording_digest(wording) else { return };
        if self.alternatives.iter().all(|alternative| alternative.digest != digest) {
            self.alternatives.push(Alternative { digest, wording: wording.clone(), supporters: BTreeSet::new() });
        }
        self.stand_behind(digest, by);
    }

    pub(crate) fn reserve(&mut self, by: &GovernmentId) {
        self.forget(by);
        self.reserved.insert(by.clone());
    }

    pub(crate) fn stand_behind(&mut self, digest: Digest, by: impl IntoIterator<Item = GovernmentId>) {
        for government in by {
            self.reserved.remove(&government);
            for alternative in &mut self.alternatives {
                alternative.supporters.remove(&government);
                if alternative.digest == digest {
                    alternative.supporters.insert(government.clone());
                }
            }
        }
        self.clear_abandoned();
    }

    fn clear_abandoned(&mut self) {
        let last = self.alternatives.last().cloned();
        self.alternatives.retain(|alternative| !alternative.supporters.is_empty());
        if self.alternatives.is_empty() {
            self.alternatives.extend(last);
        }
    }

    fn weigh(&mut self, parties: &BTreeSet<GovernmentId>) {
        self.state = match self.alternatives.as_slice() {
            [_, _, ..] => ClauseState::Bracketed,
            _ if !self.reserved.is_empty() => ClauseState::Reserved,
            [only] if only.supporters.is_superset(parties) => ClauseState::Agreed,
            _ => ClauseState::Contested,
        };
    }
}

impl State {
    /// Computes the state of every clause again.
    pub(crate) fn weigh_clauses(&mut self) {
        let parties = &self.standing.parties;
        self.clauses.values_mut().for_each(|clause| clause.weigh(parties));
    }

    pub(crate) fn clause(&self, clause: &ClauseId) -> Result<&Clause, Refusal> {
        self.clauses.get(clause).ok_or_else(|| Refusal::UnknownClause { clause: clause.clone() })
    }

    pub(crate) fn term(&self, term: &TermId) -> Result<&Term, Refusal> {
        self.terms.get(term).ok_or_else(|| Refusal::UnknownTerm { term: term.clone() })
    }
}

pub(crate) fn define_term(state: &State, context: &Context<'_, State>, term: &TermId, names: &Names, kind: &Kind) -> Outcome {
    state.negotiator(context)?;
    if state.terms.contains_key(term) {
        return Err(Refusal::NameTaken { name: term.to_string() }.into());
    }
    let no_options = matches!(kind, Kind::Choice { options } if options.is_empty());
    let no_unit = matches!(kind, Kind::Quantity { unit } if is_blank(unit));
    for (field, empty) in [("names", names.is_blank()), ("options", no_options), ("unit", no_unit)] {
        if empty {
            return Err(Refusal::Empty { field: field.into() }.into());
        }
    }
    Ok(vec![Event::TermDefined { term: term.clone(), names: names.clone(), kind: kind.clone() }])
}

/// Who may add this clause.
pub(crate) fn may_add<'a>(
    state: &State,
    context: &Context<'a, State>,
    clause: &ClauseId,
    heading: &Names,
    carries: Option<&String>,
    terms: &[TermId],
    wording: &Wording,
) -> Result<&'a GovernmentId, message::Refusal> {
    let by = state.negotiator(context)?;
    if state.clauses.contains_key(clause) {
        return Err(Refusal::NameTaken { name: clause.to_string() }.into());
    }
    for (field, empty) in [("heading", heading.is_blank()), ("wording", wording.is_empty())] {
        if empty {
            return Err(Refusal::Empty { field: field.into() }.into());
        }
    }
    if let Some(unknown) = carries.filter(|content| !asks_for(state, content)) {
        return Err(Refusal::UnknownContent { content: unknown.clone() }.into());
    }
    terms.iter().try_for_each(|term| state.term(term).map(|_| ()))?;
    Ok(by)
}

fn asks_for(state: &State, content: &str) -> bool {
    state.procedure.as_ref().is_some_and(|procedure| procedure.contents.iter().any(|asked| asked.id == content))
}

pub(crate) fn propose(state: &State, context: &Context<'_, State>, clause: &ClauseId, wording: &Wording) -> Outcome {
    let by = state.negotiator(context)?;
    let standing = state.clause(clause)?;
    if wording.is_empty() {
        return Err(Refusal::Empty { field: "wording".into() }.into());
    }
    if standing.alternatives.iter().any(|alternative| alternative.wording == *wording) {
        return Err(Refusal::Unchanged { name: clause.to_string() }.into());
    }
    Ok(vec![Event::WordingProposed { clause: clause.clone(), by: by.clone(), wording: wording.clone() }])
}

pub(crate) fn support(state: &State, context: &Context<'_, State>, clause: &ClauseId, wording: Digest) -> Outcome {
    let by = state.negotiator(context)?;
    let alternative = state.clause(clause)?.alternatives.iter().find(|alternative| alternative.digest == wording);
    let alternative = alternative.ok_or_else(|| Refusal::UnknownWording { clause: clause.clone() })?;
    if alternative.supporters.contains(by) {
        return Err(Refusal::Unchanged { name: clause.to_string() }.into());
    }
    Ok(vec![Event::WordingSupported { clause: clause.clone(), by: by.clone(), wording }])
}

pub(crate) fn reserve(state: &State, context: &Context<'_, State>, clause: &ClauseId) -> Outcome {
    let by = state.negotiator(context)?;
    if state.clause(clause)?.reserved.contains(by) {
        return Err(Refusal::Unchanged { name: clause.to_string() }.into());
    }
    Ok(vec![Event::ClauseReserved { clause: clause.clone(), by: by.clone() }])
}

pub(crate) fn clause_added(
    state: &mut State,
    clause: &ClauseId,
    by: &GovernmentId,
    heading: &Names,
    content: Option<&String>,
    terms: &[TermId],
    wording: &Wording,
) {
    let mut added = Clause {
        heading: heading.clone(),
        content: content.cloned(),
        terms: terms.to_vec(),
        alternatives: Vec::new(),
        reserved: BTreeSet::new(),
        comments: Vec::new(),
        state: ClauseState::Contested,
    };
    added.support(wording, [by.clone()]);
    added.weigh(&state.standing.parties);
    state.clauses.insert(clause.clone(), added);
}

/// Takes a change of positions on a clause in, and computes its state again.
pub(crate) fn moved(state: &mut State, clause: &ClauseId, change: impl FnOnce(&mut Clause)) {
    if let Some(standing) = state.clauses.get_mut(clause) {
        change(standing);
        standing.weigh(&state.standing.parties);
    }
}
