//! What mediation does by itself.

use proto::mediation::{self, Event as E};
use proto::message::{Command, Event, Target};
use proto::stream::Stream;
use runtime::decider::Meta;

/// After each answer it tries to close the proposal. While answers are missing the rules refuse that, so nothing shows that one has come in,
/// and nothing is closed early by the first no, which would tell whose it was.
pub(crate) fn react(event: &Event, of: &Meta) -> Vec<(Target, Command)> {
    let (Event::Mediation(E::ProposalAnswered { dispute, number, .. }), Stream::Caucus(case, _)) = (event, &of.stream) else {
        return Vec::new();
    };
    let close = mediation::Command::CloseProposal { dispute: *dispute, number: *number };
    vec![(Target::Case(*case), close.into())]
}
