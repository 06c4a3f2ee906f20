//! Answers: accepting, sending back, withdrawing, lapsing.

use jiff::Timestamp;
use proto::id::{GovernmentId, MandateId};
use proto::message;
use proto::negotiation::{Event, OfferNo, OfferState, Refusal};
use proto::remark::Remark;
use runtime::decider::Context;

use crate::decide::{Outcome, State};
use crate::offers::{Answer, Offer};
use crate::{mandate, package};

/// An offer is agreed when the last who was asked accepts. What it says of terms in dispute must be what stands, for they move by
/// settlement only.
pub(crate) fn accept(state: &State, context: &Context<'_, State>, number: OfferNo, mandate: MandateId) -> Outcome {
    let by = state.negotiator(context)?;
    let offer = asked(state, number, by, context.at)?;
    package::check_disputed(state, &offer.package, None)?;
    mandate::require(context, mandate)?;
    let all = offer.to.iter().all(|(party, answer)| party == by || *answer == Answer::Accepted);
    let accepted = Event::OfferAccepted { offer: number, by: by.clone() };
    Ok([accepted].into_iter().chain(all.then_some(Event::OfferAgreed { offer: number })).collect())
}

pub(crate) fn asked<'a>(state: &'a State, number: OfferNo, by: &GovernmentId, at: Timestamp) -> Result<&'a Offer, Refusal> {
    let offer = state.open_offer(number, at)?;
    match offer.to.get(by) {
        Some(Answer::Awaited) => Ok(offer),
        _ if offer.by.as_ref() == Some(by) => Err(Refusal::OwnOffer { offer: number }),
        _ => Err(Refusal::NotAsked { offer: number }),
    }
}

/// Sending back and withdrawing change no text, so they are possible also while it is frozen.
pub(crate) fn send_back(state: &State, context: &Context<'_, State>, number: OfferNo, why: Option<&Remark>) -> Outcome {
    let by = state.standing.party(context.actor.government())?;
    asked(state, number, by, context.at)?;
    Ok(vec![Event::OfferSentBack { offer: number, by: by.clone(), why: why.cloned() }])
}

pub(crate) fn withdraw(state: &State, context: &Context<'_, State>, number: OfferNo) -> Outcome {
    let by = state.standing.party(context.actor.government())?;
    withdrawable(state, number, by, context.at)?;
    Ok(vec![Event::OfferWithdrawn { offer: number }])
}

pub(crate) fn withdrawable(state: &State, number: OfferNo, by: &GovernmentId, at: Timestamp) -> Result<(), Refusal> {
    if state.offer(number)?.by.as_ref() != Some(by) {
        return Err(Refusal::NotYourOffer { offer: number });
    }
    state.open_offer(number, at).map(|_| ())
}

/// Records what `at` has brought about already.
pub(crate) fn lapse(state: &State, context: &Context<'_, State>, number: OfferNo) -> Result<Vec<Event>, message::Refusal> {
    let offer = state.offer(number)?;
    match (offer.state, offer.state_at(context.at)) {
        (OfferState::Open, OfferState::Lapsed) => Ok(vec![Event::OfferLapsed { offer: number }]),
        (OfferState::Open, _) => Err(Refusal::NotYetLapsed { offer: number }.into()),
        (state, _) => Err(Refusal::OfferClosed { offer: number, state }.into()),
    }
}
