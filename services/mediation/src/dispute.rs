//! Opening a dispute, agreeing on a facilitator, taking the dispute back.

use std::collections::BTreeSet;

use proto::id::{GovernmentId, TermId};
use proto::mediation::{Closing, DisputeNo, Event as E, FacilitatorTie, Refusal as R};
use proto::message::Refusal;
use proto::standing::Phase;
use proto::stream::Stream;
use proto::words::{Deadline, Names, is_blank};
use runtime::decider::Context;

use crate::decide::{Body, Dispute, State, check_due};

pub(crate) fn open(
    state: &State,
    ctx: &Context<'_, State>,
    names: &Names,
    terms: &BTreeSet<TermId>,
    with: &BTreeSet<GovernmentId>,
    due: Option<&Deadline>,
) -> Result<Vec<E>, Refusal> {
    let by = state.standing.party(ctx.actor.government())?;
    if state.standing.phase > Phase::Open {
        return Err(R::TextIsFrozen.into());
    }
    if is_blank(&names.en) || is_blank(&names.ko) {
        return Err(R::Empty { field: "names".to_owned() }.into());
    }
    check_terms(state, terms)?;
    let parties = sides(state, by, with)?;
    check_due(due, ctx.at)?;
    let dispute = state.disputes.last_key_value().map_or(1, |(last, _)| last + 1);
    Ok(vec![E::DisputeOpened { dispute, by: by.clone(), names: names.clone(), terms: terms.clone(), parties, due: due.cloned() }])
}

fn check_terms(state: &State, terms: &BTreeSet<TermId>) -> Result<(), R> {
    if terms.is_empty() {
        return Err(R::NoTerms);
    }
    for term in terms {
        if !state.terms.contains_key(term) {
            return Err(R::UnknownTerm { term: term.clone() });
        }
        if let Some(dispute) = state.holder(term) {
            return Err(R::TermInDispute { term: term.clone(), dispute });
        }
    }
    Ok(())
}

/// The parties to a new dispute. None of them may read the caucus of another: whoever facilitated for one of them earlier still does.
fn sides(state: &State, by: &GovernmentId, with: &BTreeSet<GovernmentId>) -> Result<BTreeSet<GovernmentId>, R> {
    if let Some(stranger) = with.difference(&state.standing.parties).next() {
        return Err(R::NotAParty { government: stranger.clone() });
    }
    let parties: BTreeSet<_> = with.iter().chain([by]).cloned().collect();
    if parties.len() < 2 {
        return Err(R::NoOtherParty);
    }
    for of in &parties {
        let readers = state.standing.readers.caucuses.get(of);
        if let Some(reader) = readers.and_then(|readers| readers.intersection(&parties).next()) {
            return Err(R::ReadsCaucus { reader: reader.clone(), of: of.clone() });
        }
    }
    Ok(parties)
}

pub(crate) fn propose(state: &State, ctx: &Context<'_, State>, number: DisputeNo, facilitator: &GovernmentId) -> Result<Vec<E>, Refusal> {
    let (by, dispute) = state.in_dispute(number, ctx.actor)?;
    let body = ctx
        .open(&Stream::Government(facilitator.clone()))
        .and_then(|government| government.body.as_ref())
        .ok_or_else(|| R::UnknownGovernment { government: facilitator.clone() })?;
    check_neutral(state, dispute, facilitator)?;
    if dispute.candidates.contains_key(facilitator) {
        return Err(R::AlreadyProposed { facilitator: facilitator.clone() }.into());
    }
    let ties = ties(state, facilitator, body);
    Ok(vec![E::FacilitatorProposed { dispute: number, by: by.clone(), facilitator: facilitator.clone(), ties }])
}

/// A facilitator learns what every party to the dispute tells in confidence: it must be neither a party to it nor, in another dispute of the
/// case, the opponent of one of them. A dispute that was taken back before it had a facilitator left nothing to learn.
fn check_neutral(state: &State, dispute: &Dispute, facilitator: &GovernmentId) -> Result<(), R> {
    if let Some(chosen) = &dispute.facilitator {
        return Err(R::FacilitatorChosen { facilitator: chosen.clone() });
    }
    if dispute.parties.contains(facilitator) {
        return Err(R::FacilitatorIsParty { facilitator: facilitator.clone() });
    }
    let against = state.disputes.iter().find(|(_, other)| {
        let lives = other.closed.is_none() || other.facilitator.is_some();
        lives && other.parties.contains(facilitator) && !other.parties.is_disjoint(&dispute.parties)
    });
    match against {
        Some((other, _)) => Err(R::FacilitatorIsOpponent { facilitator: facilitator.clone(), dispute: *other }),
        None => Ok(()),
    }
}

fn ties(state: &State, facilitator: &GovernmentId, body: &Body) -> Vec<FacilitatorTie> {
    let mut ties = Vec::new();
    if state.standing.parties.contains(facilitator) {
        ties.push(FacilitatorTie::Party);
    }
    if state.standing.coordinator.as_ref() == Some(facilitator) {
        ties.push(FacilitatorTie::Coordinator);
    }
    for party in &state.standing.parties {
        if state.above.get(party) == Some(facilitator) {
            ties.push(FacilitatorTie::Above { party: party.clone() });
        }
        if body.parent.as_ref() == Some(party) {
            ties.push(FacilitatorTie::Below { party: party.clone() });
        }
    }
    ties
}

pub(crate) fn accept(state: &State, ctx: &Context<'_, State>, number: DisputeNo, facilitator: &GovernmentId) -> Result<Vec<E>, Refusal> {
    let (by, dispute) = state.in_dispute(number, ctx.actor)?;
    check_neutral(state, dispute, facilitator)?;
    let candidate = dispute.candidates.get(facilitator).ok_or_else(|| R::NotProposed { facilitator: facilitator.clone() })?;
    let mut waiting = state.present(dispute);
    waiting.retain(|party| party != by && !candidate.accepted.contains(party));
    let agreed = waiting.is_empty();
    // Saying it again is of use only where the last party that had not accepted has left since.
    if candidate.accepted.contains(by) && !agreed {
        return Err(R::AlreadyAccepted.into());
    }
    let reads = if agreed { dispute.parties.clone() } else { BTreeSet::new() };
    Ok(vec![E::FacilitatorAccepted { dispute: number, by: by.clone(), facilitator: facilitator.clone(), agreed, reads }])
}

pub(crate) fn take_back(state: &State, ctx: &Context<'_, State>, number: DisputeNo) -> Result<Vec<E>, Refusal> {
    let by = state.standing.party(ctx.actor.government())?;
    let dispute = state.open(number)?;
    let may = if state.standing.parties.contains(&dispute.by) {
        *by == dispute.by
    } else {
        // Without its opener a dispute would hold its terms for ever.
        let present = state.present(dispute);
        present.is_empty() || present.contains(by)
    };
    if !may {
        return Err(R::NotYourDispute { by: dispute.by.clone() }.into());
    }
    Ok(vec![E::DisputeClosed { dispute: number, how: Closing::TakenBack }])
}
