//! What follows by itself from an act, in the same entry: signing opens, the agreement enters into force, the time of other steps begins to run.

use jiff::civil::{Date, Weekday};
use proto::approvals::Event;
use proto::digest::Digest;
use proto::procedure::{RunsFrom, Stage, StepTime};
use proto::words::{Counting, Deadline};

use crate::decide::State;
use crate::lanes::{Instance, Status};
use crate::order::{later, sets_off};

/// The events with all that follows from them. `zone` is where the days of clocks count that begin to run.
pub(crate) fn with_consequences(state: &State, mut events: Vec<Event>, zone: &str) -> Vec<Event> {
    let mut next = state.clone();
    for event in &events {
        next.take_in(event);
    }
    while let Some(event) = consequence(&next, zone) {
        next.take_in(&event);
        events.push(event);
    }
    events
}

/// The next thing that follows. Taking it in makes it follow no more, so this comes to an end.
fn consequence(state: &State, zone: &str) -> Option<Event> {
    signing_opened(state).or_else(|| entered_into_force(state)).or_else(|| clock_started(state, zone))
}

fn signing_opened(state: &State) -> Option<Event> {
    let agreement = state.standing.agreement.filter(|agreement| state.signing_open != Some(*agreement))?;
    let signing = state.signing()?;
    (signing.status == Status::Open).then_some(Event::SigningOpened { agreement })
}

fn entered_into_force(state: &State) -> Option<Event> {
    let agreement: Digest = state.standing.agreement.filter(|_| state.in_force.is_none())?;
    let conditions = || state.lanes.all().filter(|instance| instance.step.stage != Stage::After);
    if conditions().any(|instance| state.holds_up(instance)) {
        return None;
    }
    let on = conditions().filter(|instance| instance.step.blocking).filter_map(|instance| state.effect_of(instance)).max()?;
    Some(Event::EnteredIntoForce { agreement, on })
}

fn clock_started(state: &State, zone: &str) -> Option<Event> {
    state.lanes.all().find_map(|instance| {
        let time = instance.step.time.as_ref()?;
        let from = sets_off_on(state, instance, time)?;
        let waits = !matches!(instance.status, Status::NotApplicable | Status::ConditionOpen);
        let waits = waits && (instance.step.repeats || state.effect_of(instance).is_none());
        let runs = instance.clock.as_ref().is_some_and(|clock| clock.from == from);
        let due = state.deadline(from, time.days, zone);
        (waits && !runs).then(|| Event::ClockStarted { step: instance.of.clone(), from, due, formal: false })
    })
}

/// The day from which a step's time runs by itself, once it has come. Where several parties' steps set it off, the last one does.
fn sets_off_on(state: &State, instance: &Instance, time: &StepTime) -> Option<Date> {
    match &time.from {
        RunsFrom::OutsideEvent => None,
        RunsFrom::Signature => state.signatures.as_ref().map(|noted| noted.on),
        RunsFrom::EntryIntoForce => state.in_force,
        RunsFrom::Step(_) => {
            let triggers = state.lanes.all().filter(|earlier| sets_off(instance, earlier) && !earlier.is_not_applicable());
            let days: Option<Vec<Date>> = triggers.map(|earlier| state.effect_of(earlier)).collect();
            days?.into_iter().max()
        }
    }
}

impl State {
    /// The last day of a time that runs from a day, counted as the procedure's law counts.
    pub(crate) fn deadline(&self, from: Date, days: u16, zone: &str) -> Deadline {
        let counting = self.procedure.as_ref().map_or(Counting::CalendarDaysAfter, |procedure| procedure.counting);
        let last = later(from, days);
        let on = match (counting, last.weekday()) {
            (Counting::CalendarDaysAfterToWorkday, Weekday::Saturday) => later(last, 2),
            (Counting::CalendarDaysAfterToWorkday, Weekday::Sunday) => later(last, 1),
            _ => last,
        };
        Deadline { on, zone: zone.to_owned(), counting }
    }
}
