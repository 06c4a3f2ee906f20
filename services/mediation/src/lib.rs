//! Mediation: disputes on linked terms, a facilitator whom all sides accept, what each side tells in confidence, and proposals that come to
//! light only if everyone has accepted them.
//!
//! A dispute freezes its terms and no others (the negotiation holds them until the dispute is closed). Its parties agree on a body as
//! facilitator. From then on each has a *caucus*, a sealed stream `case/<id>/caucus/<government>` that it and the facilitator read. The
//! facilitator hands the same proposal to each caucus, then puts it by its salted digest; each party answers in its own caucus; and a reaction
//! closes the proposal. What leaves the caucuses is one finding, "complete" and, if all accepted, the proposal: so an outsider replays the
//! decision, and who said no stands in no public entry.
//!
//! ```
//! use mediation::{State, evolve};
//! use proto::mediation::Event;
//! let opened: Event = serde_json::from_value(serde_json::json!({ "dispute_opened": {
//!     "dispute": 1, "by": "gwangmyeong", "names": { "en": "Resident support", "ko": "주민지원금" },
//!     "terms": ["resident-support"], "parties": ["gwangmyeong", "seoul"],
//! } })).unwrap();
//! let mut state = State::default();
//! evolve(&mut state, &opened.into(), "2000-02-08T00:00:00Z".parse().unwrap());
//! assert_eq!(state.holder(&"resident-support".parse().unwrap()), Some(1));
//! assert_eq!(state.holder(&"construction-share".parse().unwrap()), None);
//! ```
//!
//! It does not change terms: a settlement is brought back as an accepted offer by the negotiation. It does not know the statutory mediation of a
//! commission, which is a procedure of its own. And it hides answers from other parties, not from the operator of the platform.

mod caucus;
mod decide;
mod dispute;
mod react;
mod view;

use proto::actor::{Actor, Service};
use proto::finding::Finding;
use proto::message::{Command, Event, Refusal, Target};
use proto::stream::Stream;
use runtime::decider::{Context, Decider, Meta};

pub use caucus::{Caucus, Delivered, Note};
pub use decide::{Body, Candidate, Dispute, Outcome, Put, State, evolve};

/// The rules of mediation.
#[derive(Debug, Clone, Copy)]
pub struct Mediation;

impl Decider for Mediation {
    type State = State;
    const SERVICE: Service = Service::Mediation;
    const RULES: u32 = 1;

    fn reads(command: &Command, stream: &Stream, state: &State, actor: &Actor) -> Vec<Stream> {
        match command {
            Command::Mediation(command) => decide::reads(command, stream, state, actor),
            _ => Vec::new(),
        }
    }

    fn assess(command: &Command, state: &State, context: &Context<'_, State>) -> Vec<Finding> {
        match command {
            Command::Mediation(command) => caucus::assess(command, state, context).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    fn decide(state: &State, command: &Command, context: &Context<'_, State>) -> Result<Vec<Event>, Refusal> {
        let Command::Mediation(command) = command else { return Err(proto::access::Denial::WrongTarget.into()) };
        let events = decide::decide(state, command, context)?;
        Ok(events.into_iter().map(Event::from).collect())
    }

    fn evolve(state: &mut State, event: &Event, of: &Meta) {
        decide::evolve(state, event, of.at);
    }

    fn react(event: &Event, of: &Meta) -> Vec<(Target, Command)> {
        react::react(event, of)
    }
}
