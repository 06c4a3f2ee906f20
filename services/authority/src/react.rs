//! What the authority service does by itself.

use proto::authority;
use proto::message::{Command, Event, Target};
use proto::negotiation::Event as E;
use proto::stream::Stream;
use runtime::decider::Meta;

/// Looks again at the findings when someone joins or leaves: a holder may have become an outsider, an outsider a party. Where nothing has changed
/// the rules refuse it, and nothing is recorded.
pub(crate) fn react(event: &Event, of: &Meta) -> Vec<(Target, Command)> {
    match (event, &of.stream) {
        (Event::Negotiation(E::Joined { .. } | E::Left { .. }), Stream::Case(case)) => {
            vec![(Target::Case(*case), authority::Command::Recheck.into())]
        }
        _ => Vec::new(),
    }
}
