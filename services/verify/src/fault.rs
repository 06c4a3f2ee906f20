//! What can be wrong, and where.

use std::fmt;

use jiff::Timestamp;
use proto::digest::Digest;
use proto::id::CaseId;
use proto::stream::Stream;
use serde::Serialize;

/// The first thing wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// What.
    pub fault: Fault,
}

/// A place in a bundle or a ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The file as a whole.
    File,
    /// A field of the bundle, or of the first line of a ledger.
    Field(&'static str),
    /// A line of a ledger, from 1.
    Line(u64),
    /// An entry.
    Entry {
        /// Its place in the ledger.
        position: u64,
        /// Its stream.
        stream: Stream,
        /// Its place in the stream.
        version: u64,
    },
    /// An entry of a bundle that cannot be read; its place among the entries, from 0.
    Unread(usize),
    /// Something given for a commitment.
    Commitment(Digest),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => f.write_str("file"),
            Self::Field(name) => write!(f, "`{name}`"),
            Self::Line(line) => write!(f, "line {line}"),
            Self::Entry { position, stream, version } => write!(f, "position {position} ({stream} #{version})"),
            Self::Unread(nth) => write!(f, "`entries[{nth}]`"),
            Self::Commitment(commitment) => write!(f, "commitment {commitment}"),
        }
    }
}

impl Place {
    /// Says that something is wrong here.
    pub(crate) fn says(self, fault: Fault) -> Box<Problem> {
        Box::new(Problem { place: self, fault })
    }
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// It is not what this reads, or has a field that nobody knows.
    Unreadable {
        /// Where and why.
        detail: String,
    },
    /// The bytes are not the canonical JSON of what they say.
    NotCanonical {
        /// The first byte that differs.
        at: usize,
    },
    /// Another format, or a later one.
    OtherFormat {
        /// What it says.
        found: String,
    },
    /// An entry is longer than a ledger takes.
    TooLong,
    /// The key is no Ed25519 verifier key of C2SP signed-note.
    BadKey,
    /// The key is not the one that is trusted.
    OtherKey {
        /// Its fingerprint.
        fingerprint: Digest,
    },
    /// A note is not signed with the key, and with nothing else, or not well-formed.
    BadNote,
    /// The checkpoint is of another ledger than the key.
    OtherOrigin {
        /// Which it names.
        found: String,
    },
    /// The checkpoint is over another number of entries.
    OtherSize {
        /// How many.
        checkpoint: u64,
    },
    /// The proof does not lead to the checkpoint's root.
    NotInTree,
    /// The tree of all entries has another root than the checkpoint.
    OtherRoot,
    /// The streams do not end where the ledger has signed that they end.
    OtherTips {
        /// The first line of what is signed that differs.
        signed: String,
    },
    /// There is another entry, or none, where one of this position must stand.
    OutOfPlace {
        /// The position.
        expected: u64,
    },
    /// A version is missing or stands twice.
    OtherVersion {
        /// The version that must stand here.
        expected: u64,
    },
    /// `prev` is not the digest of the stream's entry before.
    BrokenChain,
    /// Civil time runs backward in a stream.
    TimeBackward {
        /// When the entry before was.
        last: Timestamp,
    },
    /// Civil time is off the wall clock by more than the calendar allows.
    OffClock {
        /// What the civil time was.
        civil: Timestamp,
    },
    /// The same command twice in a stream.
    CommandTwice,
    /// An open stream is sealed, or the other way round.
    WrongBody,
    /// What is given does not fit the commitment.
    OtherCommitment,
    /// Nothing refers to what is given.
    NotReferred,
    /// Another service than the one that decides such commands.
    OtherService,
    /// Rules that this program does not know.
    UnknownRules {
        /// Their version.
        version: u32,
    },
    /// Nothing happened.
    NoEvents,
    /// The rules refuse it.
    Refused {
        /// The refusal's code.
        code: String,
        /// Its text.
        why: String,
    },
    /// The rules would have recorded it otherwise.
    Differs {
        /// In which part.
        part: Part,
    },
    /// It has read a stream at another version than the stream had.
    OtherReads {
        /// Which.
        stream: Stream,
        /// What is recorded.
        recorded: u64,
        /// What it was.
        was: u64,
    },
    /// The rules cannot cope with it.
    RulesFailed,
    /// A service acted without a cause.
    NoCause,
    /// A person names a cause, as only services do.
    PersonWithCause,
    /// The cause is not there, or is not before its effect.
    CauseMissing {
        /// Its position.
        cause: u64,
    },
    /// No service does this by itself after that.
    NoReaction {
        /// Position of the cause.
        cause: u64,
    },
    /// Solved again, the allocation comes out otherwise.
    OtherComputation,
    /// The case has no entry here.
    NoSuchCase {
        /// Which.
        case: CaseId,
    },
    /// It was not finished: whoever asked did not wait any longer. Nothing is said of what was not reached.
    Stopped,
    /// What was frozen does not make the agreement that its digest names.
    BadAgreement {
        /// Why not.
        why: String,
    },
}

/// A part of an entry that the rules make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Where it is recorded.
    Stream,
    /// Who acted, in which capacity.
    Actor,
    /// Which streams were looked at.
    Reads,
    /// What was learned from sealed streams.
    Findings,
    /// What happened.
    Events,
    /// The agreement document.
    Document,
    /// Its readable text.
    Text,
}
