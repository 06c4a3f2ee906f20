//! Drafts: offers in writing that only their author's government sees, in its own sealed stream. They bind nobody and need no mandate.

use proto::access::Denial;
use proto::message::Target;
use proto::negotiation::{Event, Package, Refusal};
use proto::stream::Stream;
use proto::words::is_blank;
use runtime::decider::Context;

use crate::decide::{Outcome, State};
use crate::package;

/// A draft under a name that is there takes its place. It may rest on an allocation that is still private.
pub(crate) fn keep(context: &Context<'_, State>, draft: &str, package: &Package) -> Outcome {
    let Target::Case(case) = context.target else { return Err(Denial::WrongTarget.into()) };
    let case = context.open(&Stream::Case(*case)).ok_or(Denial::NoSuchCase)?;
    case.standing.party(context.actor.government())?;
    if is_blank(draft) {
        return Err(Refusal::Empty { field: "draft".into() }.into());
    }
    package::check_contents(case, package)?;
    Ok(vec![Event::OfferDrafted { draft: draft.to_owned(), package: package.clone() }])
}
