//! What came out of a verification.

use proto::digest::Digest;
use proto::id::CaseId;
use serde::Serialize;

use crate::fault::Problem;

/// The answer to whoever doubts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// How it stands.
    pub verdict: Verdict,
    /// The first thing wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
    /// The case; none for a whole ledger.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    /// The ledger's name, as its key has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// SHA-256 of the key: to be compared with what is known from elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<Digest>,
    /// Entries under the checkpoint.
    pub size: u64,
    /// What was done, up to the first thing wrong.
    pub counts: Counts,
}

impl Report {
    /// Whether all is right and the ledger that is trusted has signed it.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.verdict == Verdict::Verified
    }
}

/// How a bundle or a ledger stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Everything holds, and the ledger that is trusted has signed it.
    Verified,
    /// Everything fits together. Whoever made it may have made it up.
    ConsistentOriginUnproven,
    /// Something is wrong.
    #[default]
    Wrong,
}

impl Verdict {
    /// The status with which `interlocal verify` ends; 2 is for a command line or a file that cannot be read.
    #[must_use]
    pub fn exit_status(self) -> u8 {
        match self {
            Self::Verified => 0,
            Self::Wrong => 1,
            Self::ConsistentOriginUnproven => 3,
        }
    }
}

/// What was counted. Every entry is either replayed, attested or sealed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Entries that the rules, run again, make exactly as they stand.
    pub replayed: u64,
    /// Entries that the rules make so if a recorded finding about a sealed stream is right, or a cause that cannot be seen here is there.
    pub attested: u64,
    /// Entries of which only the commitment can be seen.
    pub sealed: u64,
    /// Entries that nobody asked for: the register's first data, and where a demonstration's calendar begins.
    pub unasked: u64,
    /// Entries by services, each the reaction to its cause or after a date.
    pub reactions: u64,
    /// Reactions that were to follow and did not: the rules may have refused them.
    pub unanswered: u64,
    /// Signatures by key, each verified with the key in the register.
    pub signatures: u64,
    /// Signatures on paper, attested by two clerks.
    pub on_paper: u64,
    /// Signatures marked as in doubt, because their key was compromised.
    pub in_doubt: u64,
    /// Officials' own signatures over commands. They are carried; no rule looks at them yet.
    pub proofs: u64,
    /// Results and answers of the allocation laboratory; the rules check their sums.
    pub computations: u64,
    /// Those that were solved again and came out the same.
    pub recomputed: u64,
    /// Remarks whose text is given and fits its commitment.
    pub remarks: u64,
    /// Remarks of which only the commitment is here.
    pub withheld: u64,
    /// How often the ledger's own clock went back from one entry to the next. Positions give the order.
    pub clock_back: u64,
    /// How often the calendar was set: a ledger on which that happened is a demonstration.
    pub calendar: u64,
}
