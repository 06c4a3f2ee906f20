//! What is said to and by the negotiation: cases, facts, terms, clauses, offers, rounds, initialling.

mod agenda;
mod command;
mod event;
mod offered;
mod refusal;

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::id::{ClauseId, GovernmentId, ProcedureId, TermId};
use crate::term::Value;
use crate::words::{Names, Wording};

pub use agenda::{Agenda, AgendaItem, Meeting};
pub use command::Command;
pub use event::Event;
pub use offered::{Offered, OfferedShares};
pub use refusal::Refusal;

/// The number of an offer in its case, from 1.
pub type OfferNo = u32;

/// The number of a request for information in its case, from 1.
pub type RequestNo = u32;

/// The number of a sounding among those of the same author to the same addressee, from 1.
pub type SoundingNo = u32;

/// How rounds go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rounds {
    /// Whoever was addressed moves next.
    Alternating,
    /// A draft goes to all, who answer by a date.
    Circulated,
    /// Anyone may move at any time.
    Free,
}

/// Values for some terms and wording for some clauses, offered as one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// Values of terms.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub terms: BTreeMap<TermId, Value>,
    /// Names that the parties use for values in talk, such as "40 %". The value governs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<TermId, String>,
    /// Wording of clauses.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub wording: BTreeMap<ClauseId, Wording>,
    /// A result of the allocation laboratory, by its digest. It must be on the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation: Option<Digest>,
}

/// A party's position on a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Position {
    /// Takes it as right.
    Accepts,
    /// Takes it as wrong, with its own figure if it has one.
    Disputes {
        /// Its own figure.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        own: Option<Value>,
    },
    /// Has nothing to say it by.
    NoData,
}

/// The state of a clause in the single negotiating text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClauseState {
    /// All parties stand behind one wording.
    Agreed,
    /// Alternatives stand side by side.
    Bracketed,
    /// One wording, and not every party stands behind it.
    Contested,
    /// Someone has reserved its position.
    Reserved,
}

/// What has become of an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OfferState {
    /// It can be answered.
    Open,
    /// All who were asked have accepted it.
    Agreed,
    /// A counter-offer has taken its place.
    Countered,
    /// It was sent back. Its author may improve it.
    SentBack,
    /// Its author has taken it off the table.
    Withdrawn,
    /// An improved offer of the same author has taken its place.
    Improved,
    /// Its time has passed.
    Lapsed,
}

impl fmt::Display for OfferState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Open => "open",
            Self::Agreed => "agreed",
            Self::Countered => "countered",
            Self::SentBack => "sent back",
            Self::Withdrawn => "withdrawn",
            Self::Improved => "improved",
            Self::Lapsed => "lapsed",
        })
    }
}

/// How a body is tied to another in the case, shown wherever its neutrality matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Tie {
    /// The body that opened or coordinates the case is itself a party.
    CoordinatorIsParty {
        /// It.
        coordinator: GovernmentId,
    },
    /// It is the body above a party.
    CoordinatorIsParent {
        /// It.
        coordinator: GovernmentId,
        /// The party.
        of: GovernmentId,
    },
}

/// A part of an agreement that its parties can make public, besides title, parties, day of entry into force and digests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PublicPart {
    /// The agreed values of terms.
    Terms,
    /// The wording of clauses.
    Wording,
}

/// What the parties freeze: the digest of the text, of the allocation, of the authority matrix.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Frozen {
    /// Digest of the text: agreed terms and clauses, canonical JSON.
    pub text: Digest,
    /// Digest of the accepted allocation, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation: Option<Digest>,
    /// Digest of the authority matrix, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matrix: Option<Digest>,
}

/// The single negotiating text as it is frozen: everything the agreement says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Title of the project.
    pub title: Names,
    /// The legal form.
    pub procedure: ProcedureId,
    /// The parties, in the order of their names.
    pub parties: Vec<GovernmentId>,
    /// Agreed values.
    pub terms: BTreeMap<TermId, AgreedTerm>,
    /// Agreed clauses.
    pub clauses: BTreeMap<ClauseId, AgreedClause>,
}

/// A term as agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreedTerm {
    /// What it is.
    pub names: Names,
    /// What was agreed. It governs.
    pub value: Value,
    /// What the option that was agreed is called, where it has a name of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option: Option<Names>,
    /// What the parties call it in talk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// A clause as agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreedClause {
    /// Its heading.
    pub heading: Names,
    /// Which mandatory content of the procedure it carries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// Its wording.
    pub wording: Wording,
}
