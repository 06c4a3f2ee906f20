//! The entry: one accepted command and its events, as the ledger keeps it. Its canonical JSON (RFC 8785) is what is hashed and kept.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::actor::{Actor, Service};
use crate::digest::{self, Digest};
use crate::finding::Finding;
use crate::message::{Command, Event};
use crate::stream::Stream;

/// A document kept beside the ledger (evidence, long wording, coalition tables), addressed by its SHA-256 digest.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// SHA-256 of the bytes.
    pub digest: Digest,
    /// Its media type, such as `application/pdf`.
    pub media_type: String,
    /// Its length in bytes.
    #[serde(deserialize_with = "digest::whole")]
    #[schemars(range(max = digest::LARGEST))]
    pub size: u64,
}

/// An act that happened outside the platform (a council vote, a letter, a signing on paper) and what shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Occurred {
    /// The day on which it happened, in the time zone of the body that acted.
    pub on: Date,
    /// What shows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Document>,
}

/// What led to an entry that no person asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A reaction to the entry at this position.
    Entry(u64),
    /// A date in the entry at this position has passed.
    Due(u64),
    /// What the entry at this position asked for is computed.
    Asked(u64),
}

/// An official's own signature over the command: a detached JWS (RFC 7515, appendix F) over its canonical JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// The compact JWS without its payload: `header..signature`.
    pub jws: String,
}

/// One accepted command: who asked what on which ground, what the decision looked at, and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// Who acted.
    pub actor: Actor,
    /// What led here, when no person asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    /// The command as asked; free text in it is replaced by its commitment.
    pub command: Command,
    /// hash(official, path, idempotency key), or derived from the cause. Unique in the stream, for ever.
    pub command_id: Digest,
    /// What happened. Never empty.
    pub events: Vec<Event>,
    /// What the rule learned from sealed streams.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// Where the act happened outside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred: Option<Occurred>,
    /// The official's own signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
    /// The other streams the decision used, at the versions it saw. A stream that does not exist yet has version 0.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reads: BTreeMap<Stream, u64>,
    /// The version of the rules of the service that decided.
    pub rules: u32,
}

/// What an entry says: openly, or as a commitment whose contents are in the vault.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "EntryBody")]
pub enum Body {
    /// Everyone who may read the stream reads it here.
    Open(Box<Act>),
    /// SHA-256(salt ‖ canonical JSON of the act).
    Sealed(Digest),
}

/// One entry of the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Civil time, the only time rules see. Stamped by the service that decided.
    pub at: Timestamp,
    /// The act.
    pub body: Body,
    /// Place in the ledger, from 0, without gaps: also the index of the leaf in the tree.
    pub position: u64,
    /// Digest of the bytes of the stream's previous entry; none for its first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prev: Option<Digest>,
    /// Wall clock of the ledger when it took the entry.
    pub recorded_at: Timestamp,
    /// The service that decided.
    pub service: Service,
    /// The stream.
    pub stream: Stream,
    /// Place in the stream, from 1, without gaps.
    pub version: u64,
}

/// The longest entry, in bytes of its canonical JSON. What is longer belongs in a [`Document`].
pub const MAX_ENTRY_BYTES: usize = 65_535;
