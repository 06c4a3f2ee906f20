//! Conditional steps: a named official decides, with a reason, whether one applies.

use proto::actor::Actor;
use proto::approvals::{Event, Refusal, StepOf};
use proto::message;
use proto::procedure::Stage;
use proto::remark::Remark;
use runtime::decider::Context;

use crate::decide::State;
use crate::lanes::Instance;

/// Decides whether a step applies. The decision can be changed until something rests on it.
pub(crate) fn decide(
    state: &State,
    of: &StepOf,
    applies: bool,
    why: &Remark,
    ctx: &Context<'_, State>,
) -> Result<Vec<Event>, message::Refusal> {
    state.standing.party(ctx.actor.government())?;
    let instance = state.instance(of)?;
    state.may_act(instance, ctx)?;
    let step = instance.id();
    let Actor::Official(capacity) = ctx.actor else { return Err(proto::access::Denial::NoSuchCase.into()) };
    if instance.step.condition.is_none() {
        return Err(Refusal::NotConditional { step }.into());
    }
    if instance.decided.is_some() && is_relied_on(state, instance) {
        return Err(Refusal::AlreadyDecided { step }.into());
    }
    if !why.is_said() {
        return Err(Refusal::Empty { field: "why".into() }.into());
    }
    Ok(vec![Event::ConditionDecided { step: of.clone(), applies, why: why.clone(), by: capacity.official.clone() }])
}

/// Whether something rests on the decision.
fn is_relied_on(state: &State, instance: &Instance) -> bool {
    let passed = match instance.step.stage {
        Stage::Preparation | Stage::Text => state.signing_open.is_some() || state.in_force.is_some(),
        Stage::Entry => state.in_force.is_some(),
        Stage::After => false,
    };
    passed || instance.valid().next().is_some()
}
