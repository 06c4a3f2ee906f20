//! What comes before what: when a step is complete, what it waits for, how it stands.

use jiff::ToSpan;
use jiff::civil::Date;
use proto::approvals::{Refusal, StepOf};
use proto::procedure::{RunsFrom, Stage, StepActor};

use crate::decide::State;
use crate::lanes::{Instance, Status};

impl State {
    /// From which day a step is complete; none while it is not.
    pub(crate) fn effect_of(&self, instance: &Instance) -> Option<Date> {
        if instance.is_not_applicable() || instance.is_undecided() {
            None
        } else if instance.step.is_signing() {
            self.signatures.as_ref().map(|noted| noted.on)
        } else if instance.step.actor.is == StepActor::ByLaw {
            self.effect_by_law(instance)
        } else {
            instance.valid().rev().find_map(|attempt| attempt.effect)
        }
    }

    /// Where nobody acts, the law draws the result as soon as all that comes before is there.
    fn effect_by_law(&self, instance: &Instance) -> Option<Date> {
        if !self.missing(instance).is_empty() || (instance.step.is_about_text() && self.standing.agreement.is_none()) {
            return None;
        }
        let before = self.lanes.all().filter(|earlier| waits_for(instance, earlier));
        before.filter_map(|earlier| self.effect_of(earlier)).max().map(|day| later(day, instance.step.effect_after_days))
    }

    /// Whether the agreement still waits for a step.
    pub(crate) fn holds_up(&self, instance: &Instance) -> bool {
        instance.step.blocking && !instance.is_not_applicable() && self.effect_of(instance).is_none()
    }

    /// The steps that must be complete before this one and are not.
    pub(crate) fn missing(&self, instance: &Instance) -> Vec<StepOf> {
        let earlier = self.lanes.all().filter(|earlier| {
            let holds = waits_for(instance, earlier) && self.holds_up(earlier);
            holds || (sets_off(instance, earlier) && !earlier.is_not_applicable() && self.effect_of(earlier).is_none())
        });
        earlier.map(|earlier| earlier.of.clone()).collect()
    }

    /// How a step stands.
    pub(crate) fn status_of(&self, instance: &Instance) -> Status {
        if instance.is_not_applicable() {
            return Status::NotApplicable;
        }
        if instance.is_undecided() {
            return Status::ConditionOpen;
        }
        if let Some(effect) = self.effect_of(instance) {
            return Status::Done { effect };
        }
        if instance.step.is_about_text() && self.standing.agreement.is_none() {
            return Status::NotFrozen;
        }
        let missing = self.missing(instance);
        if !missing.is_empty() {
            return Status::Waiting { missing };
        }
        instance.valid().next_back().map_or(Status::Open, crate::lanes::Attempt::leaves)
    }

    /// Brings what people read up to date.
    pub(crate) fn refresh(&mut self) {
        let all: Vec<Status> = self.lanes.all().map(|instance| self.status_of(instance)).collect();
        self.lanes.all_mut().zip(all).for_each(|(instance, status)| instance.status = status);
    }
}

/// Whether it is a step's turn.
pub(crate) fn is_ready(instance: &Instance) -> Result<(), Refusal> {
    let step = instance.id();
    match &instance.status {
        Status::Open | Status::LetterOnItsWay | Status::Refused | Status::Overdue => Ok(()),
        Status::Done { .. } if instance.step.repeats => Ok(()),
        Status::Done { .. } => Err(Refusal::AlreadyDone { step }),
        Status::ConditionOpen => Err(Refusal::ConditionOpen { step }),
        Status::NotApplicable => Err(Refusal::NotApplicable { step }),
        Status::NotFrozen => Err(Refusal::NotFrozen { step }),
        Status::Waiting { missing } => Err(Refusal::TooEarly { step, missing: missing.clone() }),
    }
}

/// Whether a step comes before another. A duty that follows needs the text to be signed (or approved), and force only if its time runs from
/// there; other duties do not hold it up.
fn waits_for(instance: &Instance, earlier: &Instance) -> bool {
    let from_force = instance.step.time.as_ref().is_some_and(|time| time.from == RunsFrom::EntryIntoForce);
    let counts = match earlier.step.stage {
        Stage::Preparation | Stage::Text => true,
        Stage::Entry => instance.step.stage != Stage::After || from_force,
        Stage::After => false,
    };
    counts && earlier.place < instance.place && instance.shares_lane(earlier)
}

/// Whether a step's time runs from another.
pub(crate) fn sets_off(instance: &Instance, earlier: &Instance) -> bool {
    let from = instance.step.time.as_ref().map(|time| &time.from);
    matches!(from, Some(RunsFrom::Step(id)) if *id == earlier.step.id) && instance.shares_lane(earlier)
}

/// So many days later; the end of the calendar at most.
pub(crate) fn later(day: Date, days: u16) -> Date {
    day.saturating_add(i64::from(days).days())
}
