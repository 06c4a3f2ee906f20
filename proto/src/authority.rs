//! What is said to and by the authority matrix: who decides, funds, operates, is consulted, and on what legal basis.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::id::{FunctionId, GovernmentId};
use crate::remark::Remark;
use crate::words::Names;

/// What a government may or must do in a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Power {
    /// Decides.
    Decide,
    /// Pays.
    Fund,
    /// Operates.
    Operate,
    /// Is consulted (협의: neither agreement nor consent).
    BeConsulted,
}

/// One cell of the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Holding {
    /// The power.
    pub power: Power,
    /// The law it rests on; none is a finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<String>,
}

/// A row of the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Function {
    /// What it is.
    pub names: Names,
    /// Who holds which power.
    pub holders: BTreeMap<GovernmentId, Vec<Holding>>,
    /// Who is affected, party or not.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub affected: BTreeSet<GovernmentId>,
}

/// What is wrong with the matrix.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Issue {
    /// Nobody holds a power that must be held: decide, fund and operate.
    Gap {
        /// The power.
        power: Power,
    },
    /// More than one body decides or operates. (Several may fund.)
    Overlap {
        /// The power.
        power: Power,
        /// Who.
        holders: BTreeSet<GovernmentId>,
    },
    /// A power without a legal basis.
    NoBasis {
        /// Whose.
        holder: GovernmentId,
        /// The power.
        power: Power,
    },
    /// Someone affected is no party and is not consulted.
    Unheard {
        /// Who.
        government: GovernmentId,
    },
    /// Someone decides, funds or operates and is no party (any more). To be consulted, one need not be a party.
    HolderIsNoParty {
        /// Who.
        holder: GovernmentId,
    },
}

/// A finding: an issue in a function.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MatrixFinding {
    /// The function.
    pub function: FunctionId,
    /// What is wrong.
    pub issue: Issue,
}

/// Commands on the matrix. All go to one case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "AuthorityCommand")]
pub enum Command {
    /// Sets a row.
    SetFunction {
        /// Which.
        function: FunctionId,
        /// The row.
        row: Function,
    },
    /// Takes a row out.
    RemoveFunction {
        /// Which.
        function: FunctionId,
    },
    /// Records that a finding may stay, for one's own party, and why. When all parties have, it is settled.
    AllowFinding {
        /// Which.
        finding: MatrixFinding,
        /// Why it may stay.
        why: Remark,
    },
    /// Looks again at what is open after someone has joined or left. Issued by the service.
    Recheck,
}

/// Events of the matrix. Each carries what is open after it, so that other services need not know how findings are made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "AuthorityEvent")]
pub enum Event {
    /// A row stands.
    FunctionSet {
        /// Which.
        function: FunctionId,
        /// By whom.
        by: GovernmentId,
        /// The row.
        row: Function,
        /// Digest of the whole matrix (function → row), canonical JSON.
        matrix: Digest,
        /// Findings open now.
        open: Vec<MatrixFinding>,
    },
    /// A row is out.
    FunctionRemoved {
        /// Which.
        function: FunctionId,
        /// By whom.
        by: GovernmentId,
        /// Digest of the whole matrix; none when no row is left.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        matrix: Option<Digest>,
        /// Findings open now.
        open: Vec<MatrixFinding>,
    },
    /// A party has recorded why a finding may stay.
    FindingAllowed {
        /// Which.
        finding: MatrixFinding,
        /// By whom.
        by: GovernmentId,
        /// Why.
        why: Remark,
        /// Findings open now.
        open: Vec<MatrixFinding>,
    },
    /// Someone has joined or left, and other findings are open since.
    Rechecked {
        /// Findings open now.
        open: Vec<MatrixFinding>,
    },
}

/// Refusals of the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// A text that must say something does not.
    #[error("`{field}` is empty")]
    Empty {
        /// The field.
        field: String,
    },
    /// Nothing changes.
    #[error("`{function}` stands like this already")]
    NothingChanged {
        /// Which.
        function: FunctionId,
    },
    /// No such row.
    #[error("there is no function `{function}` in the matrix")]
    UnknownFunction {
        /// Which.
        function: FunctionId,
    },
    /// The matrix does not have this finding, or not any more.
    #[error("the matrix does not have this finding, or not any more")]
    NoSuchFinding,
    /// The party has allowed it.
    #[error("your party has recorded already why this finding may stay")]
    AlreadyAllowed,
    /// A power stands twice for one holder.
    #[error("`{holder}` holds a power twice in `{function}`")]
    PowerTwice {
        /// Where.
        function: FunctionId,
        /// Who.
        holder: GovernmentId,
    },
    /// The text is frozen, and the matrix with it.
    #[error("the text is frozen, and the authority matrix with it")]
    TextIsFrozen,
    /// The open findings are those on record.
    #[error("the open findings are those on record")]
    NothingToRecheck,
}
