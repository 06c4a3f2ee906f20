//! What readers see, which events the service asks for, and what it does when a date has passed.

use jiff::Timestamp;
use proto::access::Readers;
use proto::message::{Command, Target};
use proto::stream::Stream;
use proto::{approvals, mediation, negotiation};
use runtime::view::View;
use serde_json::{Value, json};

use crate::{Notifications, State};

/// Every event of a case's open stream. Kinds of sealed streams are not among them, so nothing confidential ever comes here.
const KINDS: [&str; 49] = [
    "negotiation.case_opened",
    "negotiation.invited",
    "negotiation.joined",
    "negotiation.declined",
    "negotiation.left",
    "negotiation.agenda_set",
    "negotiation.fact_stated",
    "negotiation.position_taken",
    "negotiation.information_requested",
    "negotiation.information_answered",
    "negotiation.information_lacking",
    "negotiation.term_defined",
    "negotiation.clause_added",
    "negotiation.wording_proposed",
    "negotiation.wording_supported",
    "negotiation.clause_reserved",
    "negotiation.clause_commented",
    "negotiation.offer_tabled",
    "negotiation.offer_accepted",
    "negotiation.offer_agreed",
    "negotiation.offer_sent_back",
    "negotiation.offer_withdrawn",
    "negotiation.offer_lapsed",
    "negotiation.settlement_entered",
    "negotiation.initialled",
    "negotiation.text_frozen",
    "negotiation.text_reopened",
    "negotiation.publication_agreed",
    "negotiation.agreement_published",
    "allocation.run_tabled",
    "allocation.stand_taken",
    "allocation.study_tabled",
    "authority",
    "approvals.condition_decided",
    "approvals.step_recorded",
    "approvals.clock_started",
    "approvals.step_lapsed",
    "approvals.passed_amended",
    "approvals.signing_opened",
    "approvals.signatures_noted",
    "approvals.entered_into_force",
    "signing",
    "mediation.dispute_opened",
    "mediation.facilitator_proposed",
    "mediation.facilitator_accepted",
    "mediation.proposal_put",
    "mediation.proposal_failed",
    "mediation.settled",
    "mediation.dispute_closed",
];

impl View for Notifications {
    fn kinds() -> Vec<&'static str> {
        KINDS.to_vec()
    }

    fn readers(state: &State) -> Readers {
        state.standing.readers.clone()
    }

    fn summary(state: &State) -> Value {
        let State { title, standing, meeting, latest, moves, .. } = state;
        json!({
            "title": title, "phase": standing.phase, "coordinator": standing.coordinator, "parties": standing.parties,
            "meeting": meeting, "latest": latest, "moves": moves,
        })
    }

    /// Without what the moves are drawn from: that stands in the rooms of the other services.
    fn render(state: &State) -> Value {
        let State { title, standing, meeting, latest, moves, .. } = state;
        json!({ "title": title, "standing": standing, "meeting": meeting, "latest": latest, "moves": moves })
    }

    fn next_due(state: &State) -> Option<Timestamp> {
        deadlines(state).into_iter().map(|(_, end, _)| end).min()
    }

    fn overdue(stream: &Stream, state: &State, at: Timestamp) -> Vec<(u64, Target, Command)> {
        let Stream::Case(case) = stream else { return Vec::new() };
        let passed = deadlines(state).into_iter().filter(|(_, end, _)| *end <= at);
        passed.map(|(set, _, lapse)| (set, Target::Case(*case), lapse)).collect()
    }
}

/// Dates that bind: the entry that set each, when it passes, and the command that records that. A dispute's own date binds nobody.
fn deadlines(state: &State) -> Vec<(u64, Timestamp, Command)> {
    let offers = state.table.offers.iter().filter_map(|(number, offer)| {
        let lapse = negotiation::Command::LapseOffer { offer: *number };
        Some((offer.position, offer.expires.as_ref()?.passes_at().ok()?, lapse.into()))
    });
    let steps = state.steps.running.iter().filter_map(|(step, clock)| {
        let lapse = approvals::Command::LapseStep { step: step.clone() };
        Some((clock.position, clock.due.passes_at().ok()?, lapse.into()))
    });
    let proposals = state.disputes.iter().filter_map(|(dispute, open)| Some((dispute, open.put.as_ref()?))).flat_map(|(dispute, put)| {
        let close = mediation::Command::CloseProposal { dispute: *dispute, number: put.number };
        put.ends().map(move |(set, end)| (set, end, close.clone().into()))
    });
    offers.chain(steps).chain(proposals).collect()
}
