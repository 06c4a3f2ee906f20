//! From the agreed text to the frozen one: what stands in the way, what is initialled, what is frozen, and how it opens again.

use proto::digest::Digest;
use proto::id::{ClauseId, GovernmentId, TermId};
use proto::negotiation::{AgreedClause, AgreedTerm, Event, Frozen, Refusal, Text};
use proto::standing::Phase;
use proto::term::Value;
use runtime::decider::Context;

use crate::decide::{Outcome, State};
use crate::form::Form;

/// What the agreement says as things stand: agreed terms and clauses, the rest left out. None before the case is open.
///
/// While the text is frozen this is the frozen text.
#[must_use]
pub fn text(state: &State) -> Option<Text> {
    let terms = state.terms.iter().filter_map(|(id, term)| {
        let agreed = term.agreed.as_ref()?;
        let option = match &agreed.value {
            Value::Choice(option) => term.kind.option(option).cloned(),
            Value::Money(_) | Value::Share(_) | Value::Quantity { .. } | Value::Date(_) | Value::Duty { .. } | Value::Text(_) => None,
        };
        let agreed = AgreedTerm { names: term.names.clone(), value: agreed.value.clone(), option, label: agreed.label.clone() };
        Some((id.clone(), agreed))
    });
    let clauses = state.clauses.iter().filter_map(|(id, clause)| {
        let wording = clause.agreed()?.clone();
        Some((id.clone(), AgreedClause { heading: clause.heading.clone(), content: clause.content.clone(), wording }))
    });
    Some(Text {
        title: state.title.clone()?,
        procedure: state.procedure.as_ref()?.id.clone(),
        parties: state.standing.parties.iter().cloned().collect(),
        terms: terms.collect(),
        clauses: clauses.collect(),
    })
}

/// The three digests that are initialled and frozen as things stand: of the [`text`], of the accepted allocation, of the authority matrix.
#[must_use]
pub fn frozen(state: &State) -> Option<Frozen> {
    let text = Digest::of_json(&text(state)?).ok()?;
    Some(Frozen { text, allocation: state.allocation, matrix: state.matrix })
}

/// What stands in the way of initialling, in the order in which the parties would clear it.
#[must_use]
pub fn obstacles(state: &State) -> Vec<Refusal> {
    let Some(procedure) = &state.procedure else { return Vec::new() };
    [
        too_few_parties(state, procedure),
        nothing_said(state),
        terms_open(state),
        clauses_open(state),
        contents_missing(state, procedure),
        allocation_outdated(state),
        authority_open(state),
    ]
    .into_iter()
    .flatten()
    .chain(state.disputes.iter().filter(|(_, dispute)| dispute.holds()).map(|(&dispute, _)| Refusal::DisputeOpen { dispute }))
    .collect()
}

fn too_few_parties(state: &State, procedure: &Form) -> Option<Refusal> {
    let present = u16::try_from(state.standing.parties.len()).unwrap_or(u16::MAX);
    (present < procedure.parties_min).then_some(Refusal::TooFewParties { needed: procedure.parties_min, present })
}

fn nothing_said(state: &State) -> Option<Refusal> {
    (state.terms.is_empty() && state.clauses.is_empty()).then(|| Refusal::Empty { field: "text".into() })
}

fn terms_open(state: &State) -> Option<Refusal> {
    let open = state.terms.iter().filter(|(_, term)| term.agreed.is_none());
    let terms: Vec<TermId> = open.map(|(id, _)| id.clone()).collect();
    (!terms.is_empty()).then_some(Refusal::TermsOpen { terms })
}

fn clauses_open(state: &State) -> Option<Refusal> {
    let open = state.clauses.iter().filter(|(_, clause)| clause.agreed().is_none());
    let clauses: Vec<ClauseId> = open.map(|(id, _)| id.clone()).collect();
    (!clauses.is_empty()).then_some(Refusal::ClausesOpen { clauses })
}

fn contents_missing(state: &State, procedure: &Form) -> Option<Refusal> {
    let carried = |content: &str| state.clauses.values().any(|clause| clause.content.as_deref() == Some(content));
    let missing = procedure.contents.iter().filter(|content| content.is_mandatory() && !carried(&content.id));
    let contents: Vec<String> = missing.map(|content| content.id.clone()).collect();
    (!contents.is_empty()).then_some(Refusal::ContentsMissing { contents })
}

fn allocation_outdated(state: &State) -> Option<Refusal> {
    let accepted = state.allocations.get(&state.allocation?)?;
    let members: Vec<GovernmentId> = accepted.total.keys().filter(|member| !state.standing.parties.contains(*member)).cloned().collect();
    (!members.is_empty()).then_some(Refusal::AllocationOutdated { members })
}

fn authority_open(state: &State) -> Option<Refusal> {
    (!state.findings.is_empty()).then(|| Refusal::AuthorityOpen { findings: state.findings.clone() })
}

/// Brings what readers are shown about initialling up to date. The digests are computed only when there is something to initial.
pub(crate) fn look_again(state: &mut State) {
    let open = state.standing.phase == Phase::Open;
    state.obstacles = if open { obstacles(state) } else { Vec::new() };
    state.to_initial = if open && state.obstacles.is_empty() { frozen(state) } else { None };
}

pub(crate) fn initial(state: &State, context: &Context<'_, State>, offered: &Frozen, no_side_agreement: bool) -> Outcome {
    let by = state.negotiator(context)?;
    if !no_side_agreement {
        return Err(Refusal::NoDeclaration.into());
    }
    if let Some(obstacle) = obstacles(state).into_iter().next() {
        return Err(obstacle.into());
    }
    if state.initialled.contains(by) {
        return Err(Refusal::AlreadyInitialled.into());
    }
    let (Some(standing), Some(text)) = (frozen(state).filter(|standing| standing == offered), text(state)) else {
        return Err(Refusal::NotTheText.into());
    };
    let initialled = Event::Initialled { by: by.clone(), frozen: standing.clone() };
    let last = state.standing.parties.iter().all(|party| party == by || state.initialled.contains(party));
    let agreement = Digest::of_json(&standing).map_err(|_| Refusal::NotTheText)?;
    let freezes = last.then(|| Event::TextFrozen { frozen: standing, agreement, text: Box::new(text) });
    Ok([initialled].into_iter().chain(freezes).collect())
}

/// Only a council that has passed this very text amended opens it; the events of approvals tell.
pub(crate) fn reopen(state: &State, government: &GovernmentId) -> Outcome {
    if state.standing.phase != Phase::Frozen {
        return Err(Refusal::NotFrozen.into());
    }
    if !state.amended.contains(government) {
        return Err(Refusal::NotAmended { government: government.clone() }.into());
    }
    Ok(vec![Event::TextReopened { government: government.clone() }])
}

/// What is frozen from now on, or that nothing is.
pub(crate) fn froze(state: &mut State, frozen: Option<&Frozen>) {
    state.frozen = frozen.cloned();
    state.amended.clear();
}
