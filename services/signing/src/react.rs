//! What signing does by itself: it notes in the register where a key has signed, and marks what a compromised key has signed.

use proto::message::{Command, Event, Target};
use proto::stream::Stream;
use proto::{registry, signing};
use runtime::decider::Meta;

pub(crate) fn react(event: &Event, of: &Meta) -> Vec<(Target, Command)> {
    match event {
        Event::Signing(event) => signed(event, of).into_iter().collect(),
        Event::Registry(event) => revoked(event, of),
        Event::Calendar(_)
        | Event::Negotiation(_)
        | Event::Allocation(_)
        | Event::Authority(_)
        | Event::Approvals(_)
        | Event::Mediation(_) => Vec::new(),
    }
}

fn signed(event: &signing::Event, of: &Meta) -> Option<(Target, Command)> {
    match event {
        signing::Event::Signed { official, key, .. } => {
            let case = of.stream.case()?;
            let note = registry::Command::NoteKeyUse { official: official.clone(), key: key.clone(), case, signed_at: of.at };
            Some((Target::Official(official.clone()), note.into()))
        }
        signing::Event::OrderSet { .. }
        | signing::Event::PaperAttested { .. }
        | signing::Event::Completed { .. }
        | signing::Event::MarkedInDoubt { .. } => None,
    }
}

fn revoked(event: &registry::Event, of: &Meta) -> Vec<(Target, Command)> {
    use registry::Event as E;
    match (event, &of.stream) {
        (E::KeyRevoked { key, compromised_since: Some(since), in_doubt }, Stream::Official(official)) => {
            let mark = signing::Command::MarkInDoubt { official: official.clone(), key: key.clone(), since: *since };
            in_doubt.iter().map(|case| (Target::Case(*case), mark.clone().into())).collect()
        }
        (
            E::KeyRevoked { .. }
            | E::GovernmentRegistered { .. }
            | E::PopulationRecorded(_)
            | E::Appointed { .. }
            | E::AppointmentEnded { .. }
            | E::KeyRegistered { .. }
            | E::KeyUsed { .. }
            | E::MandateGranted(_)
            | E::MandateRevoked { .. },
            _,
        ) => Vec::new(),
    }
}
