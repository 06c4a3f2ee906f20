//! What travels between client, gateway, services and ledger.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::actor::Service;
use crate::digest::Digest;
use crate::entry::{Act, Cause, Occurred, Proof};
use crate::id::RunId;
use crate::message::{Command, Event, Refusal};
use crate::remark::Disclosure;
use crate::stream::Stream;

/// Header with the token: `Bearer <jwt>`.
pub const AUTHORIZATION: &str = "Authorization";
/// Header with the client's key for one act; the same key with the same body is answered as before, with another body it is refused.
pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";
/// Characters of such a key at most.
pub const LONGEST_KEY: usize = 255;
/// Header with the path of the target, `cases/<id>`.
pub const TARGET: &str = "Interlocal-Target";
/// Header with the W3C trace context.
pub const TRACEPARENT: &str = "traceparent";

/// A command as a client posts it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// What is asked.
    pub command: Command,
    /// Where the act happened outside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred: Option<Occurred>,
    /// The official's own signature over the command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
    /// What led here. Only services may say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
}

/// How far something that is computed beside has come. Announced, never recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Progress {
    /// The own stream of whoever asked for it: who reads that hears this.
    pub stream: Stream,
    /// The run or study.
    pub run: RunId,
    /// Steps done.
    pub done: u64,
    /// Of how many.
    pub of: u64,
}

impl From<Command> for Submission {
    fn from(command: Command) -> Self {
        Self { command, occurred: None, proof: None, cause: None }
    }
}

/// That a command was accepted: a function of its entry, so the same answer comes again for the same key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Receipt {
    /// Place in the ledger.
    pub position: u64,
    /// The stream.
    pub stream: Stream,
    /// Place in the stream.
    pub version: u64,
    /// Civil time of the decision.
    pub at: Timestamp,
    /// The leaf of the tree, to be looked for under a checkpoint.
    pub leaf: Digest,
    /// What happened.
    pub events: Vec<Event>,
}

/// The answer of a service to a command or a query. Externally tagged, so it is read without guessing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reply<T> {
    /// It was done.
    Ok(T),
    /// A rule said no.
    Refused(Refusal),
    /// It could not be tried.
    Failed(Failure),
}

impl<T> Reply<T> {
    /// What was done or found.
    ///
    /// # Errors
    /// Why it was not.
    pub fn into_result(self) -> Result<T, Unanswered> {
        match self {
            Self::Ok(found) => Ok(found),
            Self::Refused(refusal) => Err(refusal.into()),
            Self::Failed(failure) => Err(failure.into()),
        }
    }
}

impl<T> From<Result<T, Unanswered>> for Reply<T> {
    fn from(result: Result<T, Unanswered>) -> Self {
        match result {
            Ok(found) => Self::Ok(found),
            Err(Unanswered::Refused(refusal)) => Self::Refused(refusal),
            Err(Unanswered::Failed(failure)) => Self::Failed(failure),
        }
    }
}

/// Why a question has no answer: the rules have none, or it could not be tried.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Unanswered {
    /// A rule said no.
    #[error(transparent)]
    Refused(Refusal),
    /// It could not be tried.
    #[error(transparent)]
    Failed(Failure),
}

impl Unanswered {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::Failed(failure) => failure.code().to_owned(),
        }
    }
}

impl<R: Into<Refusal>> From<R> for Unanswered {
    fn from(refusal: R) -> Self {
        Self::Refused(refusal.into())
    }
}

impl From<Failure> for Unanswered {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Why something could not be tried. Typed, so the edge answers 4xx or 503 and never guesses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// No token, or one that is expired, altered, for another audience, or signed by another key or algorithm.
    #[error("sign in: {why}")]
    Unauthenticated {
        /// Why the token does not hold.
        why: String,
    },
    /// The input cannot be read.
    #[error("this cannot be read: {detail}")]
    Malformed {
        /// Where and what.
        detail: String,
    },
    /// The same idempotency key came with another body.
    #[error("this idempotency key was used for another command")]
    KeyReused,
    /// A command needs an idempotency key.
    #[error("send an `Idempotency-Key` of 1 to 255 characters, a new one for each act")]
    KeyMissing,
    /// The entry would be longer than the ledger takes.
    #[error("this is {bytes} bytes long as an entry, the limit is {limit}: put long texts in a document")]
    TooLarge {
        /// How long.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// A form that was not made here for this sign-in.
    #[error("this form was not made for your sign-in: open the page again")]
    ForeignForm,
    /// There is nothing here, or nothing for this asker.
    #[error("there is nothing here for you")]
    NotFound,
    /// The address is there, and takes no such request.
    #[error("this address does not take such requests")]
    MethodNotAllowed,
    /// The body's type is none that is read here.
    #[error("the body is of a type that this address does not read")]
    UnsupportedMediaType,
    /// Too many requests.
    #[error("too many requests: try again in {seconds} s")]
    RateLimited {
        /// When to try again.
        seconds: u64,
    },
    /// A part of the platform does not answer, or its disk is full.
    #[error("`{part}` cannot be reached or cannot write now; nothing was recorded: try again with the same key")]
    Unavailable {
        /// Which.
        part: String,
    },
    /// The case waits for an operator: an entry could not be applied.
    #[error("`{stream}` is parked at position {position} until an operator has looked at it")]
    Parked {
        /// Which.
        stream: String,
        /// Where.
        position: u64,
    },
}

impl Failure {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated { .. } => "unauthenticated",
            Self::Malformed { .. } => "malformed",
            Self::KeyReused => "key_reused",
            Self::KeyMissing => "key_missing",
            Self::TooLarge { .. } => "too_large",
            Self::ForeignForm => "foreign_form",
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::RateLimited { .. } => "rate_limited",
            Self::Unavailable { .. } => "unavailable",
            Self::Parked { .. } => "parked",
        }
    }
}

/// Text kept in the vault beside its commitment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// SHA-256(salt ‖ text).
    pub commitment: Digest,
    /// 32 random bytes, hexadecimal.
    pub salt: Digest,
    /// The text.
    pub text: String,
    /// Who may be shown it.
    pub disclosure: Disclosure,
}

/// A request to append one entry.
#[derive(Debug, Serialize, Deserialize)]
pub struct Append {
    /// To which stream.
    pub stream: Stream,
    /// Its version before; 0 for a new stream.
    pub expected: u64,
    /// Civil time of the decision.
    pub at: Timestamp,
    /// Canonical JSON of the [`Act`]. Kept as these very bytes.
    pub act: Box<RawValue>,
    /// The act's `command_id`, which the ledger indexes.
    pub command_id: Digest,
    /// The act's `reads`, which the ledger checks in the same transaction.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reads: BTreeMap<Stream, u64>,
    /// The act's event kinds, by which consumers ask.
    pub kinds: Vec<String>,
    /// Digest of the submission as asked, to tell the same command from another under the same key.
    pub asked: Digest,
    /// Remarks for the vault.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<Held>,
}

/// The ledger's answer to one [`Append`], in the order asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Appended {
    /// It is in the ledger, durably.
    Done {
        /// Place in the ledger.
        position: u64,
        /// The leaf.
        leaf: Digest,
    },
    /// This command id is in the stream already.
    Duplicate,
    /// A stream has moved on: fold what is new and decide again.
    Conflict {
        /// Which.
        stream: Stream,
        /// Its version now.
        version: u64,
    },
    /// `at` is before the stream's last, or more than five seconds off the civil clock.
    ClockOff {
        /// Civil time minus wall time, in milliseconds, as the ledger knows it.
        offset_ms: i64,
    },
    /// The entry is too long.
    TooLarge {
        /// How long.
        bytes: usize,
    },
    /// The ledger does not take this: it is read-only, or the calendar of a production ledger.
    Refused {
        /// Why.
        why: String,
    },
}

/// An entry as the ledger hands it to services: the exact bytes, and the act of a sealed entry opened.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Recorded {
    /// The exact bytes that were hashed.
    pub entry: String,
    /// The act, where the entry is sealed and the vault still has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<Box<Act>>,
    /// Digest of the submission as asked.
    pub asked: Digest,
}

/// A page of the ledger.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Page {
    /// Entries, in order.
    pub entries: Vec<Recorded>,
    /// Everything of the kinds asked for up to here (not including) is in this page or an earlier one.
    pub complete_to: u64,
    /// The ledger's next position.
    pub head: u64,
    /// Civil time minus wall time, in milliseconds.
    pub offset_ms: i64,
}

/// Asks the ledger for entries of these kinds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Read {
    /// From this position on.
    pub from: u64,
    /// Only these kinds; empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// At most so many.
    pub limit: u32,
}

/// Asks the ledger for a stream.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReadStream {
    /// Which.
    pub stream: Stream,
    /// After this version.
    pub after: u64,
}

/// Asks for the current versions of streams.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Versions {
    /// Which.
    pub streams: Vec<Stream>,
}

/// How the ledger stands now, as far as was asked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Current {
    /// The versions; a stream that does not exist has 0.
    pub versions: BTreeMap<Stream, u64>,
    /// Civil time minus wall time, in milliseconds.
    pub offset_ms: i64,
}

/// The announcement after a commit: a hint that there is something to read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Head {
    /// The ledger's next position.
    pub head: u64,
    /// Civil time minus wall time, in milliseconds.
    pub offset_ms: i64,
}

/// Something whose time runs, as views see it: a move that waits for someone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Due {
    /// The last day.
    pub on: Date,
    /// When it has passed.
    pub passes_at: Timestamp,
}

/// The health of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Health {
    /// Which.
    pub service: Service,
    /// Whether it can do its work.
    pub ready: bool,
    /// The position up to which its views are complete.
    pub position: u64,
    /// Streams parked by an entry that could not be applied.
    pub parked: Vec<String>,
}
