//! What the negotiation does by itself: a settlement comes back as an accepted offer, a council's amendment opens the text.

use proto::message::{Command, Event, Target};
use proto::negotiation::Command as Own;
use proto::{approvals, mediation};
use runtime::decider::Meta;

/// The commands that follow from an event.
#[must_use]
pub fn react(event: &Event, of: &Meta) -> Vec<(Target, Command)> {
    let command = match event {
        Event::Mediation(event) => settled(event),
        Event::Approvals(event) => amended(event),
        Event::Calendar(_)
        | Event::Registry(_)
        | Event::Negotiation(_)
        | Event::Allocation(_)
        | Event::Authority(_)
        | Event::Signing(_) => None,
    };
    let both = of.stream.case().zip(command);
    both.map(|(case, command)| (Target::Case(case), command.into())).into_iter().collect()
}

fn settled(event: &mediation::Event) -> Option<Own> {
    use mediation::Event as E;
    match event {
        E::Settled { dispute, proposal, .. } => {
            Some(Own::EnterSettlement { dispute: *dispute, terms: proposal.terms.clone(), labels: proposal.labels.clone() })
        }
        E::DisputeOpened { .. }
        | E::FacilitatorProposed { .. }
        | E::FacilitatorAccepted { .. }
        | E::NoteSent { .. }
        | E::ProposalDelivered { .. }
        | E::ProposalPut { .. }
        | E::ProposalAnswered { .. }
        | E::ProposalFailed { .. }
        | E::DisputeClosed { .. } => None,
    }
}

fn amended(event: &approvals::Event) -> Option<Own> {
    use approvals::Event as E;
    match event {
        E::PassedAmended { government, .. } => Some(Own::ReopenText { government: government.clone() }),
        E::ConditionDecided { .. }
        | E::StepRecorded { .. }
        | E::SignOffRecorded { .. }
        | E::ClockStarted { .. }
        | E::StepLapsed { .. }
        | E::SigningOpened { .. }
        | E::SignaturesNoted { .. }
        | E::EnteredIntoForce { .. } => None,
    }
}
