//! What is said to and by the allocation laboratory: components, drivers, rules, shares.

mod axioms;
mod costs;
mod fairness;
mod literature;
mod model;
mod normal;
mod refusal;
mod result;
mod rule;
mod sheet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use axioms::{Axiom, Condition, Verdict, verdict};
pub use costs::{Costs, Link};
pub use fairness::{Charged, Compared, Comparison, Fairness, Interval, Outcome, Range, Ranges, Swing, Tried};
pub use literature::{Work, source, sources};
pub use model::{Component, Driver, Exchange, Figure, Grant, GrantAmount, InKind, Limits, Model, Position, Stand, Transfer};
pub use refusal::{Refusal, Unsolvable};
pub use result::{Computation, Estimate, Shares};
pub use rule::{Part, Rule, RuleKind};
pub use sheet::{Line, Lines, Sheet};

use crate::digest::Digest;
use crate::id::{GovernmentId, RunId};

/// Commands of the laboratory. All go to one case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "AllocationCommand")]
pub enum Command {
    /// Computes a model in private. (Own sealed stream.)
    Compute {
        /// A name for the run.
        run: RunId,
        /// The model.
        model: Model,
    },
    /// Puts a model and its shares on the table.
    TableRun {
        /// A name for the run, unique in the case.
        run: RunId,
        /// The model.
        model: Model,
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
}
