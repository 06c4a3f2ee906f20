//! What someone looks for in the record. The ledger answers with what matches of the entries that whoever asks may read.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{CaseId, GovernmentId, OfficialId};

/// What an entry must be to be found: all that is said here. Nothing said: every entry.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Sought {
    /// Of this case: its own stream and the sealed ones that the reader may open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    /// With an event of one of these families (`negotiation`) or kinds (`signing.completed`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// Acted for this body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub government: Option<GovernmentId>,
    /// Acted by this official.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub official: Option<OfficialId>,
    /// Decided at this civil time or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// Decided before this civil time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Timestamp>,
    /// Holds one of these texts, in what was asked, what happened, or a remark that the reader may see. Capitals of Latin letters do not count.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<String>,
    /// Or names one of these, word for word: the ids of what a text is the name of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
}

/// How many entries match, as far as the search came.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Tally {
    /// How many.
    pub count: u64,
    /// How many hold an event of a family.
    pub families: BTreeMap<String, u64>,
    /// The search ended before the end of the record: there may be more.
    pub more: bool,
}

impl Sought {
    /// Whether nothing is said, so that every entry is found.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }
}
