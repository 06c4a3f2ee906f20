//! The shape of every service's rules: pure, synchronous, without clock and randomness, so that any ledger replays to the same result.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use proto::access::Official;
use proto::actor::{Actor, Service};
use proto::entry::Occurred;
use proto::finding::Finding;
use proto::message::{Command, Event, Refusal, Target};
use proto::stream::Stream;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The rules of one service. `state` is always the fold of one stream; one type serves all streams the service looks at.
pub trait Decider: Send + Sync + 'static {
    /// The fold of a stream, as far as this service's rules and readers need it.
    type State: Default + Clone + Serialize + DeserializeOwned + Send + Sync + 'static;

    /// Whose rules these are.
    const SERVICE: Service;
    /// Their version; old ones stay decidable.
    const RULES: u32;

    /// The other streams a decision on this command looks at. The actor's own `official/<id>` is always read and not named here.
    fn reads(command: &Command, stream: &Stream, state: &Self::State, actor: &Actor) -> Vec<Stream>;

    /// What sealed streams and computations say, as far as everyone may know it. The only place where [`Context::sealed`] answers.
    fn assess(_command: &Command, _state: &Self::State, _context: &Context<'_, Self::State>) -> Vec<Finding> {
        Vec::new()
    }

    /// The rules.
    ///
    /// # Errors
    /// The refusal.
    fn decide(state: &Self::State, command: &Command, context: &Context<'_, Self::State>) -> Result<Vec<Event>, Refusal>;

    /// Takes in one event. Events of families it does not need leave the state as it is.
    fn evolve(state: &mut Self::State, event: &Event, of: &Meta);

    /// What the service does by itself when this has happened.
    #[must_use]
    fn react(_event: &Event, _of: &Meta) -> Vec<(Target, Command)> {
        Vec::new()
    }
}

/// What is known about the entry an event stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// The stream.
    pub stream: Stream,
    /// Place in the ledger.
    pub position: u64,
    /// Civil time of the decision.
    pub at: Timestamp,
    /// The day it happened outside.
    pub occurred_on: Option<Date>,
}

/// What a decision sees besides its own stream and the command.
pub struct Context<'a, S> {
    /// Civil time: the only time there is.
    pub at: Timestamp,
    /// Who acts, in which capacity.
    pub actor: &'a Actor,
    /// The actor's appointments and keys; empty for a service.
    pub official: &'a Official,
    /// The target of the command.
    pub target: &'a Target,
    /// Where the act happened outside.
    pub occurred: Option<&'a Occurred>,
    /// What `assess` found.
    pub findings: &'a [Finding],
    /// Folds of the streams named by `reads`.
    pub others: &'a HashMap<Stream, Arc<S>>,
    /// Whether sealed streams may be looked at.
    pub assessing: bool,
}

impl<S> Context<'_, S> {
    /// The fold of another stream that is not sealed, if it was named by `reads` and exists.
    #[must_use]
    pub fn open(&self, stream: &Stream) -> Option<&S> {
        if stream.is_sealed() { None } else { self.others.get(stream).map(AsRef::as_ref) }
    }

    /// The fold of a sealed stream. Nothing outside `assess`, so that a decision can be replayed without it.
    #[must_use]
    pub fn sealed(&self, stream: &Stream) -> Option<&S> {
        if self.assessing { self.others.get(stream).map(AsRef::as_ref) } else { None }
    }
}
