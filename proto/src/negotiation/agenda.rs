//! What a round is about: the coordinating body sets it, so that everyone comes prepared to the same things.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{ClauseId, TermId};
use crate::mediation::DisputeNo;

/// Something that is to be talked about. How it stands is read where it stands: the agenda only names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum AgendaItem {
    /// A term.
    Term(TermId),
    /// A clause.
    Clause(ClauseId),
    /// A dispute.
    Dispute(DisputeNo),
    /// Anything else, in the words of the coordinating body.
    Topic(String),
}

/// When and where a round is held.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// The day, where the place is.
    pub on: Date,
    /// The place, with the hour, such as "14:00, city hall, room 3".
    pub place: String,
}

/// The agenda of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Agenda {
    /// Which round, from 1.
    pub round: u32,
    /// When and where; none where it is held in writing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<Meeting>,
    /// What it is about, in the order in which it is taken.
    pub items: Vec<AgendaItem>,
}
