//! References to internal sign-offs, 전자결재, in a party's own sealed stream.

use proto::approvals::{Event, Refusal, SignOff, StepOf};
use proto::message;
use proto::stream::Stream;
use runtime::decider::Context;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decide::{State, today};
use crate::record::{filled, not_after};

/// A sign-off that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct KeptSignOff {
    /// Of which step.
    pub step: StepOf,
    /// The reference.
    pub sign_off: SignOff,
}

/// Keeps a sign-off. What the case holds is reached through `reads`, since the own stream knows nothing of it.
pub(crate) fn keep(of: &StepOf, sign_off: &SignOff, ctx: &Context<'_, State>) -> Result<Vec<Event>, message::Refusal> {
    let proto::message::Target::Case(case) = ctx.target else { return Err(proto::access::Denial::WrongTarget.into()) };
    let state = ctx.open(&Stream::Case(*case)).ok_or(proto::access::Denial::NoSuchCase)?;
    let government = state.standing.party(ctx.actor.government())?;
    let instance = state.instance(of)?;
    if instance.of.government.as_ref().is_some_and(|owner| owner != government) {
        return Err(Refusal::NotYourStep { step: instance.id() }.into());
    }
    filled(&[
        ("sign_off.number", &sign_off.number),
        ("sign_off.drafter", &sign_off.drafter),
        ("sign_off.decided_by", &sign_off.decided_by),
    ])?;
    sign_off.reviewers.iter().try_for_each(|reviewer| filled(&[("sign_off.reviewers", reviewer)]))?;
    not_after(sign_off.decided_on, today(ctx))?;
    Ok(vec![Event::SignOffRecorded { step: of.clone(), sign_off: sign_off.clone() }])
}
