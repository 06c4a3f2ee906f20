//! The authority matrix of a case: who decides, funds, operates and is consulted, function by function, and on what legal basis.
//!
//! The parties fill it in row by row. What is wrong with a row is computed, never entered: a power nobody holds, two bodies that decide, a power
//! without a law, someone affected whom nobody asks, a holder who has left. Each party may record why a finding may stay; when all have, it is no
//! longer open. Every event says what is open after it, so that freezing needs no other knowledge. When someone joins or leaves, the service looks
//! again by itself.
//!
//! ```
//! use authority::{State, evolve};
//! use proto::authority::{Issue, Power};
//! let set: proto::message::Event = serde_json::from_value(serde_json::json!({ "authority": { "function_set": {
//!     "function": "ash-disposal", "by": "gwangmyeong", "matrix": "00".repeat(32), "open": [],
//!     "row": { "names": { "en": "Ash disposal", "ko": "소각재 처리" },
//!         "holders": { "gwangmyeong": [{ "power": "decide", "legal_basis": "지방자치법 제13조" }, { "power": "operate", "legal_basis": "지방자치법 제13조" }] } },
//! } } })).unwrap();
//! let mut state = State::default();
//! evolve(&mut state, &set);
//! assert!(state.open().iter().any(|finding| finding.issue == Issue::Gap { power: Power::Fund }));
//! ```
//!
//! It does not judge whether a law gives a power: it asks that one is named. It does not hold a case up: the negotiation refuses to freeze a text
//! while a finding is open.

mod decide;
mod find;
mod react;
mod view;

use proto::actor::{Actor, Service};
use proto::message::{Command, Event, Refusal, Target};
use proto::stream::Stream;
use runtime::decider::{Context, Decider, Meta};

pub use decide::{Found, State, digest, evolve};

/// The rules of the authority matrix.
#[derive(Debug, Clone, Copy)]
pub struct Authority;

impl Decider for Authority {
    type State = State;
    const SERVICE: Service = Service::Authority;
    const RULES: u32 = 1;

    fn reads(_: &Command, _: &Stream, _: &State, _: &Actor) -> Vec<Stream> {
        Vec::new()
    }

    fn decide(state: &State, command: &Command, context: &Context<'_, State>) -> Result<Vec<Event>, Refusal> {
        let Command::Authority(command) = command else { return Err(proto::access::Denial::WrongTarget.into()) };
        let events = decide::decide(state, command, context.actor.government())?;
        Ok(events.into_iter().map(Event::from).collect())
    }

    fn evolve(state: &mut State, event: &Event, _: &Meta) {
        decide::evolve(state, event);
    }

    fn react(event: &Event, of: &Meta) -> Vec<(Target, Command)> {
        react::react(event, of)
    }
}
