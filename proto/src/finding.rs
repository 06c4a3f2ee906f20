//! Findings: what a rule learned from a sealed stream or a computation, as far as everyone may know it. They are inputs of a decision and
//! recorded with it, so that a verifier who cannot open the sealed streams replays the decision on them.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::allocation;
use crate::digest::Digest;
use crate::id::{GovernmentId, MandateId, TermId};
use crate::mediation::Proposal;

/// One finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Finding {
    /// What the own government's mandates say about an act.
    Mandate(MandateFinding),
    /// How a facilitator's proposal was answered. The proposal stands here only if all accepted.
    Answers {
        /// Whether every party to the dispute has answered.
        complete: bool,
        /// The proposal, if every one of them accepted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        settled: Option<Proposal>,
    },
    /// Every party's caucus holds the proposal with this digest.
    Delivered {
        /// Digest of the proposal's canonical JSON.
        digest: Digest,
        /// To whom.
        to: Vec<GovernmentId>,
    },
    /// A solver's result.
    Computed(allocation::Computation),
    /// A question that its author has had answered in private.
    Answered {
        /// What was asked.
        study: allocation::Study,
        /// The answer.
        answer: Box<allocation::Answer>,
    },
}

/// What a government's mandates say about an act of its delegate. Only `within` is ever recorded: a refusal is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MandateFinding {
    /// The mandate.
    pub mandate: MandateId,
    /// How the act stands to it.
    pub verdict: MandateVerdict,
}

/// How an act stands to a mandate. Everything but `within` is seen by the author alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum MandateVerdict {
    /// Covered.
    Within,
    /// There is no such mandate for this delegate and case, or it was revoked.
    Unknown,
    /// It has expired.
    Expired {
        /// Its last day.
        until: Date,
    },
    /// It does not cover these terms.
    OutOfScope {
        /// Them.
        terms: Vec<TermId>,
    },
    /// These terms go above its ceiling (or below its floor): back to the head first.
    Above {
        /// Them.
        terms: Vec<TermId>,
    },
    /// A link of its delegation chain does not hold.
    BrokenChain {
        /// The link.
        link: MandateId,
    },
}
