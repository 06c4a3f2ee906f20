//! What holds of every entry: who acted, on what, and what it tells.

use std::collections::BTreeMap;

use proto::access::Asker;
use proto::actor::{Actor, Capacity};
use proto::allocation::{Computation, Event as Computed, Model};
use proto::approvals;
use proto::finding::{Finding, MandateVerdict};
use proto::id::{GovernmentId, MandateId, TermId};
use proto::mediation::Command as Mediation;
use proto::message::{Command, Event};
use proto::money::Money;
use proto::negotiation::{Command as Negotiation, OfferState};
use proto::registry::{Mandate, Scope};
use proto::signing::Command as Signing;
use proto::term::Value;
use proto::words::day_of;

use super::{Seen, Told, ensure, same};
use crate::world::{Entry, ZONE};

/// A refused command leaves every stream as it was.
pub fn a_refusal_leaves_no_trace(seen: &Seen) -> Told {
    ensure(seen.refused.is_none() || !seen.grown, || format!("a stream grew after {:?}", seen.refused))
}

/// Deciding a recorded command again, on its text and findings alone, gives the same events.
pub fn the_record_alone_decides_the_same(seen: &Seen) -> Told {
    seen.new.iter().try_for_each(|entry| same(&entry.again.as_ref(), &Ok(&entry.decision)))
}

/// What was said in a sealed stream stands in no other.
pub fn sealed_content_stays_sealed(seen: &Seen) -> Told {
    for Entry { decision, command, .. } in seen.new {
        let text = serde_json::to_string(&(command, &decision.events, &decision.findings, &decision.actor)).unwrap();
        let told = seen.secrets.told(&text, &decision.stream);
        ensure(told.is_empty(), || format!("{} tells {told:?}: {text}", decision.stream))?;
    }
    Ok(())
}

/// A finding on record says of a mandate only that it covers the act, and reveals a proposal only where all have accepted it.
pub fn findings_tell_only_what_all_may_know(seen: &Seen) -> Told {
    for entry in seen.new {
        let settles = entry.decision.events.iter().any(|event| event.kind() == "mediation.settled");
        for finding in &entry.decision.findings {
            let may_be_known = match finding {
                Finding::Mandate(found) => found.verdict == MandateVerdict::Within,
                Finding::Answers { complete, settled } => settled.is_none() || (*complete && settles),
                Finding::Delivered { .. } | Finding::Computed(_) | Finding::Answered { .. } => true,
            };
            ensure(may_be_known, || format!("{finding:?}"))?;
        }
    }
    Ok(())
}

/// Whoever acts in person held an office that admits the command on that day.
pub fn everyone_acts_in_an_office_they_hold(seen: &Seen) -> Told {
    for entry in seen.new {
        let admission = entry.command.admission();
        let right = match (&entry.decision.actor, &entry.asker) {
            (Actor::Official(capacity), Asker::Person { official, government }) => {
                let known = seen.before.register.officials.get(official);
                let holds = known.is_some_and(|known| known.in_force(government, entry.at).any(|held| held.role == capacity.role));
                holds && admission.roles.contains(&capacity.role) && capacity.government == *government
            }
            (Actor::Service(service), Asker::Service(asker)) => service == asker && admission.services.contains(service),
            _ => false,
        };
        ensure(right, || format!("{:?} asked, {:?} acted", entry.asker, entry.decision.actor))?;
    }
    Ok(())
}

/// Where an event says by whom, it is the official who asked, or the body.
pub fn acts_stand_under_the_name_of_whoever_acted(seen: &Seen) -> Told {
    for entry in seen.new {
        let Actor::Official(capacity) = &entry.decision.actor else { continue };
        for event in &entry.decision.events {
            let said = serde_json::to_value(event).unwrap();
            let by = said.as_object().and_then(|families| families.values().next()?.as_object()?.values().next()?.get("by")?.as_str());
            let own = by.is_none_or(|by| by == capacity.government.as_str() || by == capacity.official.as_str());
            ensure(own, || format!("{} acted, the record says {said}", capacity.official))?;
        }
    }
    Ok(())
}

/// Nobody who is not a party, or not any more, has acted as one.
pub fn only_parties_act_as_parties(seen: &Seen) -> Told {
    let Some(entry) = seen.new.first() else { return Ok(()) };
    let Actor::Official(Capacity { government, .. }) = &entry.decision.actor else { return Ok(()) };
    let party = seen.before.standing().parties.contains(government);
    let about_a_case = entry.decision.stream.case().is_some();
    ensure(!about_a_case || party || may_be_no_party(seen, &entry.command, government), || format!("{government}: {:?}", entry.command))
}

/// Commands of whoever convenes, is invited, facilitates or decides from above.
fn may_be_no_party(seen: &Seen, command: &Command, government: &GovernmentId) -> bool {
    let standing = seen.before.standing();
    let coordinates = standing.coordinator.as_ref() == Some(government);
    let facilitates = |number| seen.before.mediation.disputes.get(number).is_some_and(|d| d.facilitator.as_ref() == Some(government));
    match command {
        Command::Negotiation(Negotiation::OpenCase { .. }) => standing.coordinator.is_none(),
        Command::Negotiation(Negotiation::Invite { .. } | Negotiation::SetAgenda { .. }) | Command::Signing(Signing::SetOrder { .. }) => {
            coordinates
        }
        Command::Negotiation(Negotiation::Join { .. } | Negotiation::Decline { .. }) => standing.invited.contains(government),
        Command::Approvals(approvals::Command::RecordStep { .. } | approvals::Command::StartClock { .. }) => {
            standing.parties.iter().any(|party| seen.before.approvals.parents.get(party) == Some(government))
        }
        Command::Mediation(
            Mediation::SendNote { dispute, .. } | Mediation::DeliverProposal { dispute, .. } | Mediation::PutProposal { dispute, .. },
        ) => facilitates(dispute),
        _ => false,
    }
}

/// Whatever is offered, accepted or answered with yes is within a standing mandate of the delegate who does it.
pub fn every_offer_and_answer_is_within_a_mandate(seen: &Seen) -> Told {
    let Some(entry) = seen.new.first() else { return Ok(()) };
    let (Some((id, terms)), Actor::Official(capacity)) = (acts_on(seen, &entry.command), &entry.decision.actor) else { return Ok(()) };
    let held = seen.before.register.mandates.get(&capacity.government).cloned().unwrap_or_default();
    let mut next = Some(id);
    while let Some(id) = next {
        let granted = held.granted.get(&id).filter(|granted| !granted.revoked).map(|granted| &granted.mandate);
        let mandate = granted.ok_or_else(|| format!("no mandate {id}"))?;
        let in_time = day_of(entry.at, ZONE).unwrap() <= mandate.until;
        ensure(in_time && covers(mandate, &terms), || format!("{terms:?} by {mandate:?}"))?;
        next = mandate.parent;
    }
    let own = held.granted.get(&id).is_some_and(|granted| granted.mandate.delegate == capacity.official);
    ensure(own, || format!("{} acts on a mandate of another", capacity.official))
}

/// The mandate a command names and the values it is about, as they stand afterwards.
fn acts_on(seen: &Seen, command: &Command) -> Option<(MandateId, BTreeMap<TermId, Value>)> {
    let offers = &seen.after.negotiation.offers;
    let newest = || offers.values().next_back().map(|offer| offer.package.terms.clone());
    match command {
        Command::Negotiation(Negotiation::Join { mandate }) => Some((*mandate, BTreeMap::new())),
        Command::Negotiation(
            Negotiation::TableOffer { mandate, .. } | Negotiation::CounterOffer { mandate, .. } | Negotiation::ImproveOffer { mandate, .. },
        ) => Some((*mandate, newest()?)),
        Command::Negotiation(Negotiation::AcceptOffer { mandate, offer }) => Some((*mandate, offers.get(offer)?.package.terms.clone())),
        _ => None,
    }
}

fn covers(mandate: &Mandate, terms: &BTreeMap<TermId, Value>) -> bool {
    let in_scope = |term: &TermId| match &mandate.scope {
        Scope::All => true,
        Scope::Terms(scope) => scope.contains(term),
    };
    terms.iter().all(|(term, value)| {
        let bounds = mandate.bounds.get(term).copied();
        let number = value.number();
        let above_floor = bounds.and_then(|b| b.floor).is_none_or(|floor| number.is_some_and(|number| number >= floor));
        let below_ceiling = bounds.and_then(|b| b.ceiling).is_none_or(|ceiling| number.is_some_and(|number| number <= ceiling));
        in_scope(term) && above_floor && below_ceiling
    })
}

/// An offer is answered, and a proposal too, only before its date has passed.
pub fn nothing_late_is_accepted(seen: &Seen) -> Told {
    let Some(entry) = seen.new.first() else { return Ok(()) };
    match &entry.command {
        Command::Negotiation(
            Negotiation::AcceptOffer { offer, .. }
            | Negotiation::CounterOffer { to: offer, .. }
            | Negotiation::SendBackOffer { offer, .. }
            | Negotiation::WithdrawOffer { offer },
        ) => same(&seen.before.negotiation.offers.get(offer).map(|offer| offer.state_at(entry.at)), &Some(OfferState::Open)),
        Command::Mediation(Mediation::AnswerProposal { dispute, number, .. }) => {
            let put = seen.before.mediation.disputes.get(dispute).and_then(|dispute| dispute.proposals.get(number));
            let late = put.is_none_or(|put| put.due.as_ref().is_some_and(|due| due.has_passed(entry.at)));
            ensure(!late, || format!("proposal {number} of dispute {dispute} was due"))
        }
        _ => Ok(()),
    }
}

/// The shares of each component add up to what is shared, that and the grants to its cost, and the totals to the components.
pub fn shares_add_up_exactly(seen: &Seen) -> Told {
    for event in seen.new.iter().flat_map(|entry| &entry.decision.events) {
        if let Event::Allocation(Computed::Computed { model, result, .. } | Computed::RunTabled { model, result, .. }) = event {
            ensure(adds_up(model, result), || format!("{result:?}"))?;
        }
    }
    Ok(())
}

fn adds_up(model: &Model, result: &Computation) -> bool {
    let units = |money: &Money| money.units().unwrap();
    let component = |(id, of): (_, &proto::allocation::Component)| {
        let shares = &result.components[id];
        let sum: i128 = shares.shares.values().map(units).sum();
        let moved: i128 = shares.transfers.values().map(units).sum();
        sum == units(&shares.shared) && moved == 0 && units(&shares.shared) + units(&shares.granted) == units(&of.cost)
    };
    let borne = |member: &GovernmentId| {
        let of = result.components.values().flat_map(|shares| shares.shares.get(member).into_iter().chain(shares.transfers.get(member)));
        of.map(units).sum::<i128>()
    };
    model.components.iter().all(component) && result.total.iter().all(|(member, total)| units(total) == borne(member))
}
