//! The steps of the pinned procedure, each its own act with its own record, and entry into force.
//!
//! A procedure is data: who takes a step, when it is needed, what silence means, whether a letter must carry it, what waits for it. For the
//! parties of a case it unfolds into lanes ([`unfold::unfold`]), one per party and one for what is done once for all.
//!
//! ```
//! use std::{collections::BTreeSet, sync::Arc};
//! use approvals::{Lanes, unfold::unfold};
//! use proto::procedure::{StepKind, register};
//!
//! let form = register().values().find(|p| p.steps.iter().any(|s| s.kind == StepKind::CouncilResolution && s.actor.is.per_party())).unwrap();
//! let steps: Vec<_> = form.steps.iter().cloned().map(Arc::new).collect();
//! let parties = BTreeSet::from(["bucheon".parse().unwrap(), "hwaseong".parse().unwrap()]);
//! let lanes = unfold(&steps, &parties, Lanes::default());
//! let lengths: Vec<usize> = lanes.parties.values().map(Vec::len).collect();
//! assert_eq!(lengths, [lengths[0], lengths[0]]);
//! ```
//!
//! # Order
//!
//! A step waits for the blocking steps before it that apply: its own party's and those for all (a step for all waits for every party's). Steps
//! about the text name the digest of the frozen text, and are void when it opens again. When the last step before the signing is complete,
//! signing opens in the same entry; when the last condition holds, the agreement is in force in the same entry. Duties that follow hold
//! nothing up.
//!
//! # Silence
//!
//! Silence means what the step says, counted only for a step whose turn it is and in which nobody has said anything. It never accepts money:
//! a party's own silence (a council that does not vote in time) is a yes only if the frozen text carries no sum, share or allocation. A
//! superior body that stays silent accepts no money of its own, so its silence counts.
//!
//! # What it does not do
//!
//! It signs nothing (signing does), opens no text again (negotiation does, when a council has passed it amended), sends no reminder
//! (notifications do). It weighs no qualified majority of parties: where the law lets some councils overrule others, it waits for all. It
//! knows no public holidays. It cannot tell whether what is recorded of an act outside is true, only who said so, when, and with what evidence.

mod condition;
mod council;
mod decide;
mod force;
mod lanes;
mod order;
mod react;
mod record;
mod sign_off;
mod silence;
pub mod unfold;
mod view;

use proto::access::Denial;
use proto::actor::{Actor, Service};
use proto::message::{Command, Event, Refusal, Target};
use proto::stream::Stream;
use runtime::decider::{Context, Decider, Meta};

pub use decide::{LastSignature, Noted, Pinned, State};
pub use lanes::{Attempt, Clock, Decided, Instance, Lanes, Status, What};
pub use sign_off::KeptSignOff;

/// The rules of approvals.
pub struct Approvals;

impl Decider for Approvals {
    type State = State;

    const SERVICE: Service = Service::Approvals;
    const RULES: u32 = 1;

    fn reads(command: &Command, stream: &Stream, state: &State, _actor: &Actor) -> Vec<Stream> {
        if let Command::Approvals(command) = command { decide::reads(command, stream, state) } else { Vec::new() }
    }

    fn decide(state: &State, command: &Command, context: &Context<'_, State>) -> Result<Vec<Event>, Refusal> {
        let Command::Approvals(command) = command else { return Err(Denial::WrongTarget.into()) };
        decide::decide(state, command, context).map(|events| events.into_iter().map(Event::from).collect())
    }

    fn evolve(state: &mut State, event: &Event, of: &Meta) {
        state.evolve(event, of);
    }

    fn react(event: &Event, of: &Meta) -> Vec<(Target, Command)> {
        react::react(event, of)
    }
}
