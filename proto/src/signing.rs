//! What is said to and by signing: signatures by key or on paper, over the digest of the frozen agreement.

use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::entry::Document;
use crate::id::{CaseId, GovernmentId, KeyId, OfficialId};

/// What a signatory signs: the payload of the detached JWS, as canonical JSON (RFC 8785).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Intent {
    /// Always [`Intent::PURPOSE`], so that the signature cannot be taken for one under anything else.
    pub purpose: String,
    /// The case.
    pub case: CaseId,
    /// Digest of the frozen agreement.
    pub agreement: Digest,
    /// For which party.
    pub government: GovernmentId,
    /// Who signs.
    pub official: OfficialId,
}

impl Intent {
    /// The one purpose.
    pub const PURPOSE: &str = "interlocal agreement signature v1";
}

/// Commands of signing. All go to one case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "SigningCommand")]
pub enum Command {
    /// Sets the order in which parties sign by key, until the parties change. Without it they may sign in any order. A paper ceremony has no
    /// order.
    SetOrder {
        /// The parties, first to last.
        order: Vec<GovernmentId>,
    },
    /// Signs by key. The CLI makes the signature; the private key never reaches a server. A party whose signature is in doubt signs again with
    /// another key.
    Sign {
        /// What is signed.
        agreement: Digest,
        /// With which registered key.
        key: KeyId,
        /// Detached JWS (RFC 7515, appendix F), ES256, over the canonical JSON of the [`Intent`].
        jws: String,
    },
    /// Attests a signing on paper. The day is in `occurred`; two clerks of different parties must attest the same scan, signatures and day.
    /// Until the second has, the first party may attest anew to put an error right.
    AttestPaper {
        /// The digest that stands on the paper.
        agreement: Digest,
        /// The scan.
        scan: Document,
        /// Who signed for which party.
        signatures: Vec<PaperSignature>,
    },
    /// Marks signatures made with a key from the day it was compromised. Issued by the signing service when a key is revoked so.
    MarkInDoubt {
        /// Whose key.
        official: OfficialId,
        /// Which.
        key: KeyId,
        /// Signatures from this instant on are in doubt.
        since: Timestamp,
    },
}

/// A signature on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PaperSignature {
    /// The party.
    pub government: GovernmentId,
    /// Who signed for it.
    pub signatory: OfficialId,
}

/// Events of signing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "SigningEvent")]
pub enum Event {
    /// The order is set.
    OrderSet {
        /// First to last.
        order: Vec<GovernmentId>,
    },
    /// A party has signed.
    Signed {
        /// Which.
        government: GovernmentId,
        /// Who signed for it.
        official: OfficialId,
        /// What.
        agreement: Digest,
        /// With which key.
        key: KeyId,
        /// The signature.
        jws: String,
    },
    /// A clerk has attested a paper.
    PaperAttested {
        /// Of which party the clerk is.
        government: GovernmentId,
        /// The clerk.
        clerk: OfficialId,
        /// The digest on the paper.
        agreement: Digest,
        /// The scan.
        scan: Document,
        /// Who signed for which party.
        signatures: Vec<PaperSignature>,
        /// The day of the ceremony.
        on: Date,
        /// Whether two clerks have attested it now, so that the signatures on it count.
        counts: bool,
    },
    /// Every party has signed. A signature in doubt does not count; a mark that comes later does not take this back.
    Completed {
        /// What.
        agreement: Digest,
    },
    /// A signature is in doubt: its key was compromised when it was made.
    MarkedInDoubt {
        /// Whose signature.
        government: GovernmentId,
        /// Who signed.
        official: OfficialId,
        /// With which key.
        key: KeyId,
        /// Compromised since.
        since: Timestamp,
    },
}

/// Refusals of signing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Approvals are missing: signing is not open.
    #[error("signing is not open: approvals are missing")]
    NotOpen,
    /// Another digest than the one that may be signed.
    #[error("this is not the digest that may be signed")]
    OtherText,
    /// It is another party's turn.
    #[error("`{next}` signs next")]
    OutOfOrder {
        /// Who signs next.
        next: GovernmentId,
    },
    /// The party has signed.
    #[error("your party has signed")]
    AlreadySigned,
    /// Someone has signed: the order stands.
    #[error("the order cannot change after the first signature")]
    OrderStands,
    /// Not every party once.
    #[error("the order must name every party once")]
    BadOrder,
    /// No key of this name, or it is not in force.
    #[error("you have no key `{key}` in force")]
    NoSuchKey {
        /// Which.
        key: KeyId,
    },
    /// The signature does not verify.
    #[error("the signature does not verify over this agreement with this key")]
    BadSignature,
    /// Only a clerk attests, and not the same one twice.
    #[error("a second clerk, of another party, must attest")]
    SameClerk,
    /// The paper does not name each party once.
    #[error("the paper must bear the signature of every party once")]
    PaperIncomplete,
    /// The second attestation differs from the first.
    #[error("this differs from what the first clerk attested")]
    OtherPaper,
    /// Someone who is said to have signed is not the signatory of the party.
    #[error("`{official}` is no signatory of `{government}`")]
    NotASignatory {
        /// Who.
        official: OfficialId,
        /// For whom.
        government: GovernmentId,
    },
    /// The day of the ceremony is missing or in the future.
    #[error("say on which day it was signed (`occurred.on`), not after today")]
    NoDay,
    /// The day of the ceremony is before the approvals were there, so this digest could not be signed yet.
    #[error("signing opened on {opened}: the paper cannot have been signed before")]
    BeforeOpening {
        /// The day, where the clerk's body is.
        opened: Date,
    },
    /// The key was not compromised, or no signature by it since then is still unmarked.
    #[error("no signature by this key since then is to be marked")]
    NothingInDoubt,
}
