//! The time a step has, and what it means when it passes in silence.

use jiff::civil::Date;
use proto::approvals::{Event, Refusal, StepOf};
use proto::message;
use proto::procedure::{RunsFrom, Silence, Step, StepActor, StepKind};
use proto::words::day_of;
use runtime::decider::Context;

use crate::decide::State;
use crate::lanes::{Clock, Instance, Status};
use crate::order::{is_ready, later};
use crate::record::not_after;

/// Starts the time of a step whose law lets it run from something that happens outside.
pub(crate) fn start(
    state: &State,
    of: &StepOf,
    from: Date,
    zone: &str,
    formal: Option<bool>,
    ctx: &Context<'_, State>,
) -> Result<Vec<Event>, message::Refusal> {
    state.insider(ctx)?;
    let instance = state.instance(of)?;
    state.may_act(instance, ctx)?;
    let step = instance.id();
    let Some(time) = instance.step.time.as_ref().filter(|time| time.from == RunsFrom::OutsideEvent) else {
        return Err(Refusal::NoClock { step }.into());
    };
    is_ready(instance)?;
    let today = day_of(ctx.at, zone).map_err(|_| Refusal::UnknownZone { zone: zone.to_owned() })?;
    not_after(from, today)?;
    if formal.is_none() && instance.step.on_silence() == Silence::YesUnlessFormal {
        return Err(Refusal::Empty { field: "formal".into() }.into());
    }
    let due = state.deadline(from, time.days, zone);
    Ok(vec![Event::ClockStarted { step: of.clone(), from, due, formal: formal.unwrap_or_default() }])
}

/// Records that a step's time has passed.
pub(crate) fn lapse(state: &State, of: &StepOf, ctx: &Context<'_, State>) -> Result<Vec<Event>, Refusal> {
    let instance = state.instance(of)?;
    let step = instance.id();
    match instance.status {
        Status::Done { .. } if !instance.step.repeats => return Err(Refusal::AlreadyDone { step }),
        Status::NotApplicable => return Err(Refusal::NotApplicable { step }),
        _ => {}
    }
    let clock = instance.clock.as_ref().filter(|clock| !clock.over).ok_or_else(|| Refusal::NoClock { step: instance.id() })?;
    if !clock.due.has_passed(ctx.at) {
        return Err(Refusal::NotYetLapsed { step });
    }
    let (complete, refused) = meaning(state, instance, clock);
    let effect = complete.then(|| later(later(clock.due.on, 1), instance.step.effect_after_days));
    Ok(vec![Event::StepLapsed { step: of.clone(), complete, refused, effect }])
}

/// Whether the step is complete, and whether the answer is no. Silence says something only when it is the step's turn and nothing was said in it;
/// an opinion that is taken to be negative has been given.
fn meaning(state: &State, instance: &Instance, clock: &Clock) -> (bool, bool) {
    let step = &instance.step;
    let silent = instance.status == Status::Open && instance.valid().next().is_none();
    match step.on_silence() {
        Silence::Yes if silent => (!accepts_money(state, step), false),
        Silence::YesUnlessFormal if silent && !clock.formal => (!accepts_money(state, step), false),
        Silence::No if silent => (step.kind == StepKind::Consult && !step.assent, true),
        Silence::Yes | Silence::YesUnlessFormal | Silence::No | Silence::Nothing => (false, false),
    }
}

/// Whether a yes would bind money of whoever was silent: only parties pay.
fn accepts_money(state: &State, step: &Step) -> bool {
    let party = match step.actor.is {
        StepActor::EachParty | StepActor::OneParty | StepActor::PartiesTogether | StepActor::JointBody | StepActor::ByLaw => true,
        StepActor::HigherBody | StepActor::HigherBodyOfEach | StepActor::ThirdBody => false,
    };
    party && state.binds_money
}
