//! What is said to and by the allocation laboratory: components, drivers, rules, shares.

mod answer;
mod axioms;
mod costs;
mod explain;
mod fairness;
mod literature;
mod model;
mod normal;
mod refusal;
mod result;
mod rule;
mod sheet;
mod study;
mod triangle;
mod work;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use answer::{
    Answer, Balance, Balances, Changed, ChangedShares, Difference, Found, Payout, Price, Refund, Takeover, Way, Ways, Weights,
};
pub use axioms::{Axiom, Condition, Verdict, verdict};
pub use costs::{Costs, Link};
pub use explain::{Derivation, Exact, Explanation, Order, Place, Reason, Rounding, Step, Tight, Weight};
pub use fairness::{Against, Charged, Compared, Comparison, Fairness, HeldAgainst, Interval, Outcome, Range, Ranges, Swing, Tried};
pub use literature::{Publication, source, sources};
pub use model::{Component, Driver, Exchange, Figure, Grant, GrantAmount, InKind, Limits, Model, Position, Stand, Transfer};
pub use refusal::{Refusal, Unsolvable};
pub use result::{Computation, Estimate, Shares};
pub use rule::{Part, Rule, RuleKind};
pub use sheet::{Line, Lines, Sheet};
pub use study::{Accession, Change, Exit, Joining, Leaving, Question, Settlement};
pub use triangle::{Point, RulePoint, Triangle, Triangles};
pub use work::{Done, MEMBERS, MOST_MEMBERS, Study, Work};

use crate::digest::Digest;
use crate::id::{GovernmentId, RunId};

/// Commands of the laboratory. All go to one case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "AllocationCommand")]
pub enum Command {
    /// Computes a model in private: at once, or beside when it takes longer. (Own sealed stream.)
    Compute {
        /// A name for the run.
        run: RunId,
        /// The model.
        model: Model,
        /// Up to so many members all sets of them are looked at: [`MEMBERS`] unless said, [`MOST_MEMBERS`] at most.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(min = 1, max = 24))]
        members: Option<u8>,
    },
    /// Puts a question about a run, in private. It is answered beside. (Own sealed stream.)
    Study {
        /// A name for the study.
        run: RunId,
        /// The run, by the digest of its result: one's own, or one on the table.
        of: Digest,
        /// The question.
        question: Question,
        /// As for a run.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(min = 1, max = 24))]
        members: Option<u8>,
    },
    /// Stops what is computed beside. (Own sealed stream.)
    Cancel {
        /// The run or study.
        run: RunId,
    },
    /// Puts a model and its shares on the table. What takes longer than a command may has to be computed in private before.
    TableRun {
        /// A name for the run, unique in the case.
        run: RunId,
        /// The model.
        model: Model,
    },
    /// Puts a question about a run on the table, and its answer. It has to be answered in private before.
    TableStudy {
        /// A name for the study, unique in the case.
        run: RunId,
        /// The run, by the digest of its result: one on the table.
        of: Digest,
        /// The question.
        question: Question,
    },
    /// A party says what it thinks of a figure of a run on the table.
    TakeStand {
        /// Which figure.
        figure: Figure,
        /// What.
        position: Position,
    },
    /// What was computed beside is done. (Sealed stream of who asked; only the laboratory itself.)
    Finish {
        /// Who asked.
        of: GovernmentId,
        /// The run or study.
        run: RunId,
        /// What came of it.
        done: Done,
    },
}

/// Events of the laboratory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "AllocationEvent")]
pub enum Event {
    /// A private run is kept. (Sealed stream.)
    Computed {
        /// Its name.
        run: RunId,
        /// Digest of the result's canonical JSON.
        digest: Digest,
        /// The model, as asked.
        model: Model,
        /// What came out.
        result: Computation,
    },
    /// Something is computed beside. (Sealed stream.)
    WorkAsked {
        /// Name of the run or study.
        run: RunId,
        /// What.
        work: Work,
        /// Up to so many members all sets of them are looked at.
        members: u8,
    },
    /// A private study is kept. (Sealed stream.)
    Studied {
        /// Its name.
        run: RunId,
        /// What was asked.
        study: Study,
        /// The answer.
        answer: Box<Answer>,
    },
    /// What was computed beside has no result. (Sealed stream.)
    WorkFailed {
        /// Name of the run or study.
        run: RunId,
        /// Why.
        why: Refusal,
    },
    /// What was computed beside is no longer wanted. (Sealed stream.)
    WorkCancelled {
        /// Name of the run or study.
        run: RunId,
    },
    /// A run is on the table.
    RunTabled {
        /// Its name.
        run: RunId,
        /// By whom.
        by: GovernmentId,
        /// Digest of the result's canonical JSON: what an offer and the agreement refer to.
        digest: Digest,
        /// The model, as asked.
        model: Model,
        /// What came out.
        result: Computation,
    },
    /// A study is on the table.
    StudyTabled {
        /// Its name.
        run: RunId,
        /// By whom.
        by: GovernmentId,
        /// What was asked.
        study: Study,
        /// The answer.
        answer: Box<Answer>,
    },
    /// A party has said what it thinks of a figure.
    StandTaken {
        /// Who.
        by: GovernmentId,
        /// Of which figure.
        figure: Figure,
        /// What.
        position: Position,
    },
}

/// A run that is put on the table: from now on an offer or an agreement may refer to it by its digest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TabledRun<'a> {
    /// Its name.
    pub run: &'a RunId,
    /// By whom.
    pub by: &'a GovernmentId,
    /// Digest of the result's canonical JSON.
    pub digest: Digest,
    /// The model.
    pub model: &'a Model,
    /// What came out.
    pub result: &'a Computation,
}

impl Event {
    /// The run that this puts on the table: all that services other than the laboratory need of its events.
    #[must_use]
    pub fn tabled_run(&self) -> Option<TabledRun<'_>> {
        match self {
            Self::RunTabled { run, by, digest, model, result } => Some(TabledRun { run, by, digest: *digest, model, result }),
            Self::Computed { .. }
            | Self::WorkAsked { .. }
            | Self::Studied { .. }
            | Self::WorkFailed { .. }
            | Self::WorkCancelled { .. }
            | Self::StudyTabled { .. }
            | Self::StandTaken { .. } => None,
        }
    }
}
