//! The civil calendar: the one thing the ledger decides itself. Two sets of rules over the same events, chosen by what the ledger is for: a
//! [`Demo`] ledger runs through a case's own years, a [`Production`] ledger lives on the real calendar. Which of the two a ledger is stands in its
//! database from its first start on, so it cannot change.

use jiff::Timestamp;
use proto::access::Denial;
use proto::actor::{Actor, Service};
use proto::calendar::{self, LATEST};
use proto::message::{Command, Event, Refusal};
use proto::stream::Stream;
use runtime::decider::{Context, Decider, Meta};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the calendar stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "CalendarState")]
pub struct State {
    /// The civil time it was set to last; it runs with the wall clock from there.
    pub set_to: Option<Timestamp>,
    /// How often it was set.
    pub times: u64,
}

impl State {
    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Calendar(calendar::Event::CalendarSet { to }) => {
                self.set_to = Some(*to);
                self.times += 1;
            }
            Event::Registry(_)
            | Event::Negotiation(_)
            | Event::Allocation(_)
            | Event::Authority(_)
            | Event::Approvals(_)
            | Event::Signing(_)
            | Event::Mediation(_) => {}
        }
    }
}

/// The rules of a demo ledger: where it begins is free, from there the calendar moves forward only.
pub struct Demo;

/// The rules of a production ledger: the calendar is not to be set.
pub struct Production;

impl Decider for Demo {
    type State = State;
    const SERVICE: Service = Service::Ledger;
    const RULES: u32 = 1;

    fn reads(_: &Command, _: &Stream, _: &State, _: &Actor) -> Vec<Stream> {
        Vec::new()
    }

    fn decide(state: &State, command: &Command, context: &Context<'_, State>) -> Result<Vec<Event>, Refusal> {
        let to = asked(command)?;
        if to > LATEST {
            return Err(calendar::Refusal::TooFar { latest: LATEST }.into());
        }
        if let (Actor::Service(service), true) = (context.actor, state.times > 0) {
            return Err(Denial::NotThisService { service: *service }.into());
        }
        // A demo begins in its case's own years, which are past; from there it goes forward.
        if state.times > 0 && to <= context.at {
            return Err(calendar::Refusal::Backward { now: context.at }.into());
        }
        Ok(vec![calendar::Event::CalendarSet { to }.into()])
    }

    fn evolve(state: &mut State, event: &Event, _: &Meta) {
        state.evolve(event);
    }
}

impl Decider for Production {
    type State = State;
    const SERVICE: Service = Service::Ledger;
    const RULES: u32 = 1;

    fn reads(_: &Command, _: &Stream, _: &State, _: &Actor) -> Vec<Stream> {
        Vec::new()
    }

    fn decide(_: &State, command: &Command, _: &Context<'_, State>) -> Result<Vec<Event>, Refusal> {
        asked(command)?;
        Err(calendar::Refusal::ProductionLedger.into())
    }

    fn evolve(state: &mut State, event: &Event, _: &Meta) {
        state.evolve(event);
    }
}

fn asked(command: &Command) -> Result<Timestamp, Refusal> {
    match command {
        Command::Calendar(calendar::Command::SetCalendar { to }) => Ok(*to),
        _ => Err(proto::access::Denial::WrongTarget.into()),
    }
}
