//! What takes longer than a command may: it is asked for, computed beside, and recorded when it is done.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, Computation, Model, Question, Refusal, Stand};
use crate::digest::Digest;

/// Up to so many members sets of them are all looked at, unless more are asked for: 1,048,575 sets.
pub const MEMBERS: u8 = 20;
/// Up to so many members it can be asked for: 16,777,215 sets. Beyond, the Shapley value is estimated and the other rules for coalitions are refused.
pub const MOST_MEMBERS: u8 = 24;

/// What is computed beside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Work {
    /// The shares of a model.
    Run {
        /// The model.
        model: Model,
    },
    /// A question about a run.
    Study(Study),
}

/// A question about a run, as it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Study {
    /// The run, by the digest of its result: one's own, or one on the table.
    pub of: Digest,
    /// The question.
    pub question: Question,
    /// What parties had said of its figures when it was asked: of two positions of a party on one figure, this one and not the model's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stands: Vec<Stand>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "WorkOutcome")]
pub enum Done {
    /// Shares.
    Computed(Computation),
    /// An answer.
    Answered(Box<Answer>),
    /// Nothing, and why.
    Failed(Refusal),
}
