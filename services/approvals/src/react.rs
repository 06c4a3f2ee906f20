//! What approvals do by themselves: open signing where nothing was missing when the text was frozen, and take note of the last signature.

use proto::approvals::Command;
use proto::message::{self, Event, Target};
use proto::{negotiation, signing};
use runtime::decider::Meta;

pub(crate) fn react(event: &Event, of: &Meta) -> Vec<(Target, message::Command)> {
    let command = match event {
        Event::Negotiation(negotiation::Event::TextFrozen { agreement, .. }) => Command::OpenSigning { agreement: *agreement },
        Event::Signing(signing::Event::Completed { agreement }) => Command::NoteSignatures { agreement: *agreement },
        Event::Negotiation(_)
        | Event::Signing(_)
        | Event::Approvals(_)
        | Event::Mediation(_)
        | Event::Calendar(_)
        | Event::Registry(_)
        | Event::Allocation(_)
        | Event::Authority(_) => return Vec::new(),
    };
    of.stream.case().map(|case| (Target::Case(case), command.into())).into_iter().collect()
}
