//! Offers, what is agreed, and disputes about it.

use std::collections::BTreeMap;

use negotiation::disputes::DisputeState;
use negotiation::offers::Answer;
use proto::message::Event;
use proto::negotiation::{Event as Said, OfferState};

use super::{Seen, Told, ensure, same};
use crate::folds::Folds;

/// What an offer says stays as it was tabled, and one that is closed is never open again: what is agreed stays so.
pub fn offers_never_change_and_closed_ones_stay_closed(seen: &Seen) -> Told {
    for (number, before) in &seen.before.negotiation.offers {
        let after = seen.after.negotiation.offers.get(number).ok_or_else(|| format!("offer {number} is gone"))?;
        same(&(&after.package, &after.by, &after.expires), &(&before.package, &before.by, &before.expires))?;
        let allowed = match before.state {
            OfferState::Open => true,
            OfferState::SentBack | OfferState::Countered => after.state == before.state || after.state == OfferState::Improved,
            OfferState::Agreed | OfferState::Withdrawn | OfferState::Improved | OfferState::Lapsed => after.state == before.state,
        };
        ensure(allowed, || format!("offer {number} was {} and is {}", before.state, after.state))?;
    }
    Ok(())
}

/// An offer is agreed when everyone who was asked has accepted it, and not before.
pub fn agreed_offers_were_accepted_by_all_who_were_asked(seen: &Seen) -> Told {
    for (number, offer) in &seen.after.negotiation.offers {
        let all = offer.to.values().all(|answer| *answer == Answer::Accepted) && (offer.settles.is_some() || !offer.to.is_empty());
        ensure((offer.state == OfferState::Agreed) == all, || format!("offer {number}: {offer:?}"))?;
    }
    Ok(())
}

/// A term has at most one agreed value: what the offer or settlement says that was agreed last.
pub fn each_term_has_the_one_value_agreed_last(seen: &Seen) -> Told {
    let terms = seen.after.negotiation.terms.iter();
    let agreed = terms.filter_map(|(id, term)| term.agreed.as_ref().map(|agreed| (id.clone(), (agreed.offer, agreed.value.clone()))));
    same(&agreed.collect::<BTreeMap<_, _>>(), &seen.after.book.agreed)
}

/// While a dispute holds a term, its agreed value stays, unless this very dispute is settled. An offer may repeat the value.
pub fn disputed_terms_move_only_by_settlement(seen: &Seen) -> Told {
    let events = seen.new.iter().flat_map(|entry| &entry.decision.events);
    let settled: Vec<u32> = events
        .filter_map(|event| match event {
            Event::Negotiation(Said::SettlementEntered { dispute, .. }) => Some(*dispute),
            _ => None,
        })
        .collect();
    for (number, dispute) in seen.before.negotiation.disputes.iter().filter(|(number, d)| d.holds() && !settled.contains(number)) {
        for term in &dispute.terms {
            let value = |folds: &Folds| Some(folds.negotiation.terms.get(term)?.agreed.as_ref()?.value.clone());
            ensure(value(seen.before) == value(seen.after), || format!("{term} moved in dispute {number}"))?;
        }
    }
    Ok(())
}

/// What mediation has settled has come back as an agreed offer by the time anyone else can act; no term is in two disputes.
pub fn settlements_are_entered_at_once(seen: &Seen) -> Told {
    let disputes = &seen.after.negotiation.disputes;
    ensure(disputes.values().all(|dispute| dispute.state != DisputeState::Settled), || format!("{disputes:?}"))?;
    let held: Vec<_> = disputes.values().filter(|dispute| dispute.holds()).flat_map(|dispute| &dispute.terms).collect();
    let twice = held.iter().enumerate().find(|(nth, term)| held[..*nth].contains(term));
    same(&twice, &None)
}

/// A facilitator is no party to the dispute, and nobody reads the caucus of whom they face in a dispute.
pub fn facilitators_hear_no_opponent(seen: &Seen) -> Told {
    let state = &seen.after.mediation;
    for (number, dispute) in &state.disputes {
        let own = dispute.facilitator.as_ref().is_some_and(|facilitator| dispute.parties.contains(facilitator));
        ensure(!own, || format!("{:?} facilitates its own dispute {number}", dispute.facilitator))?;
        let lives = dispute.closed.is_none() || dispute.facilitator.is_some();
        for party in dispute.parties.iter().filter(|_| lives) {
            let readers = state.standing.readers.caucuses.get(party).cloned().unwrap_or_default();
            ensure(readers.is_disjoint(&dispute.parties), || format!("in dispute {number} {readers:?} read {party}"))?;
        }
    }
    Ok(())
}
