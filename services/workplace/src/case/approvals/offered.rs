//! What whoever looks can do in a step now: by their role, by whose step it is, and by how it stands. The rules decide again.

use approvals::{Instance, Status};
use proto::actor::Role;
use proto::procedure::{RunsFrom, Stage, StepActor};

use super::Reader;

/// Acts in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Offer {
    /// To decide whether it applies.
    pub decide: bool,
    /// To record what was done.
    pub record: bool,
    /// To say when its time began to run.
    pub clock: bool,
    /// To keep a reference to the internal sign-off.
    pub sign_off: bool,
}

/// A step in which whoever looks can act now.
pub(super) struct Turn {
    pub href: String,
    pub step: String,
    pub owner: String,
    pub decide: bool,
}

/// Who records what was done outside.
const RECORDERS: [Role; 3] = [Role::Approver, Role::Clerk, Role::Signatory];
/// Who decides whether a step applies.
const DECIDERS: [Role; 2] = [Role::Approver, Role::Signatory];

/// What can be done in a step.
pub(super) fn offer(reader: &Reader<'_>, instance: &Instance) -> Offer {
    let visit = &reader.case.visit;
    let may = may_act(reader, instance);
    let records = may && visit.holds(&RECORDERS);
    let from_outside = instance.step.time.as_ref().is_some_and(|time| time.from == RunsFrom::OutsideEvent);
    Offer {
        decide: may && visit.holds(&DECIDERS) && is_to_decide(reader, instance),
        record: records && is_ready(instance) && !instance.step.is_signing(),
        clock: records && is_ready(instance) && from_outside,
        sign_off: reader.case.is_party() && owns(reader, instance) && visit.holds(&RECORDERS) && instance.step.actor.is != StepActor::ByLaw,
    }
}

/// The steps that can be worked at now, in order.
pub(super) fn turns(reader: &Reader<'_>) -> Vec<Turn> {
    let mut all: Vec<(usize, Turn)> =
        reader.state.lanes.all().filter_map(|instance| Some((instance.place, turn(reader, instance)?))).collect();
    all.sort_by_key(|(place, _)| *place);
    all.into_iter().map(|(_, turn)| turn).collect()
}

/// Whether the step waits for whoever looks. What repeats can be recorded at any time, and waits for nobody.
pub(super) fn is_turn(reader: &Reader<'_>, instance: &Instance) -> bool {
    let offer = offer(reader, instance);
    let decide = offer.decide && instance.status == Status::ConditionOpen;
    decide || (offer.record && !matches!(instance.status, Status::Done { .. }))
}

fn turn(reader: &Reader<'_>, instance: &Instance) -> Option<Turn> {
    let decide = instance.status == Status::ConditionOpen;
    is_turn(reader, instance).then(|| Turn {
        href: reader.href(instance),
        step: reader.step(instance),
        owner: reader.owner(instance),
        decide,
    })
}

fn owns(reader: &Reader<'_>, instance: &Instance) -> bool {
    instance.of.government.as_ref().is_none_or(|owner| *owner == reader.case.government)
}

/// A party acts in its own steps and in those for all; a body above a party in those of superior and third bodies.
fn may_act(reader: &Reader<'_>, instance: &Instance) -> bool {
    let (state, own) = (reader.state, &reader.case.government);
    if state.standing.parties.contains(own) {
        return owns(reader, instance) && instance.step.actor.is != StepActor::ByLaw;
    }
    let above = |party| state.parents.get(party) == Some(own);
    let of_superior = matches!(instance.step.actor.is, StepActor::HigherBody | StepActor::HigherBodyOfEach | StepActor::ThirdBody);
    of_superior && instance.of.government.as_ref().map_or_else(|| state.standing.parties.iter().any(above), above)
}

fn is_ready(instance: &Instance) -> bool {
    match &instance.status {
        Status::Open | Status::LetterOnItsWay | Status::Refused | Status::Overdue => true,
        Status::Done { .. } => instance.step.repeats,
        Status::ConditionOpen | Status::NotApplicable | Status::NotFrozen | Status::Waiting { .. } => false,
    }
}

/// A decision can be changed until something rests on it.
fn is_to_decide(reader: &Reader<'_>, instance: &Instance) -> bool {
    let state = reader.state;
    let passed = match instance.step.stage {
        Stage::Preparation | Stage::Text => state.signing_open.is_some() || state.in_force.is_some(),
        Stage::Entry => state.in_force.is_some(),
        Stage::After => false,
    };
    let relied_on = passed || instance.attempts.iter().any(|attempt| !attempt.void);
    instance.step.condition.is_some() && (instance.decided.is_none() || !relied_on)
}
