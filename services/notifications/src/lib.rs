//! Who is to do what in a case, and until when: the inbox. When a date has passed, it says so to the service whose rules the date binds.
//!
//! The record never says "it is your move"; it says what happened. This service folds the open stream of a case and draws from it, after every
//! event, what waits for whom ([`Move`]): an offer for an answer, a figure for a position, a clause for a wording, a step for a record, the
//! frozen text for a signature. A negotiation that is not finished always waits for somebody.
//!
//! ```
//! use notifications::{State, Task};
//! use proto::stream::Stream;
//! use runtime::decider::Meta;
//!
//! let case: proto::id::CaseId = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
//! let of = Meta { stream: Stream::Case(case), position: 7, at: "2000-02-08T01:00:00Z".parse().unwrap(), occurred_on: None };
//! let invited = serde_json::json!({ "negotiation": { "invited": { "government": "gwangmyeong" } } });
//! let mut state = State::default();
//! state.evolve(&serde_json::from_value(invited).unwrap(), &of);
//! assert_eq!(state.moves[0].government.as_str(), "gwangmyeong");
//! assert_eq!(state.moves[0].task, Task::JoinOrDecline);
//! assert_eq!(state.moves[0].since.position, 7);
//! ```
//!
//! It decides no commands, and whatever it shows binds nobody: the rules of the other services do. A deadline binds by its date; a lapse only
//! records that it passed. It reads no sealed stream, so a party that has answered a facilitator's proposal in secret is shown the question
//! until the proposal is closed.

mod decide;
mod disputes;
mod moves;
mod offers;
mod requests;
mod signatures;
mod steps;
mod text;
mod turns;
mod view;

use proto::access::Denial;
use proto::actor::{Actor, Service};
use proto::message::{Command, Event, Refusal};
use proto::stream::Stream;
use runtime::decider::{Context, Decider, Meta};

pub use decide::State;
pub use moves::{Move, Since, Task};

/// What waits for whom.
#[derive(Debug, Clone, Copy)]
pub struct Notifications;

impl Decider for Notifications {
    type State = State;

    const SERVICE: Service = Service::Notifications;
    const RULES: u32 = 1;

    fn reads(_: &Command, _: &Stream, _: &State, _: &Actor) -> Vec<Stream> {
        Vec::new()
    }

    fn decide(_: &State, _: &Command, _: &Context<'_, State>) -> Result<Vec<Event>, Refusal> {
        Err(Denial::WrongTarget.into())
    }

    fn evolve(state: &mut State, event: &Event, of: &Meta) {
        state.evolve(event, of);
    }
}
