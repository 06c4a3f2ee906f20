//! What can be asked of the negotiation.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AgendaItem, Frozen, Meeting, OfferNo, Package, Position, PublicPart, RequestNo, Rounds, SoundingNo};
use crate::digest::Digest;
use crate::entry::Document;
use crate::id::{ClauseId, FactId, GovernmentId, MandateId, ProcedureId, TermId};
use crate::remark::Remark;
use crate::term::{Kind, Value};
use crate::words::{Deadline, Names, Wording};

/// Commands of the negotiation. All go to one case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "NegotiationCommand")]
pub enum Command {
    /// Opens the case: its first entry.
    OpenCase {
        /// Title of the project.
        title: Names,
        /// The legal form; its procedure is pinned as it stands now.
        procedure: ProcedureId,
        /// How rounds go.
        rounds: Rounds,
        /// Whether the body that opens is itself a party. It then joins at once.
        #[serde(default)]
        as_party: bool,
    },
    /// Invites a body to be a party.
    Invite {
        /// Whom.
        government: GovernmentId,
    },
    /// Accepts an invitation, with a mandate.
    Join {
        /// The mandate of the official who accepts.
        mandate: MandateId,
    },
    /// Declines an invitation. A reason is welcome, not forced.
    Decline {
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<Remark>,
    },
    /// Leaves before the agreement is signed by all. A reason is welcome, not forced. A frozen text opens again, because its parties change.
    Leave {
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<Remark>,
    },
    /// Sets the agenda of a round, in place of the one before. Only the coordinating body does.
    SetAgenda {
        /// Which round, from 1; not one before that of the agenda that stands.
        round: u32,
        /// When and where it is held.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        meeting: Option<Meeting>,
        /// What it is about, in the order in which it is taken.
        items: Vec<AgendaItem>,
    },
    /// Puts a figure on record, with who estimated it and when.
    StateFact {
        /// Its name, unique in the case. A second estimate of the same thing is a fact of its own.
        fact: FactId,
        /// What it is a figure of.
        names: Names,
        /// The figure.
        value: Value,
        /// Who estimated it: a body, a newspaper, an expert.
        estimated_by: String,
        /// When it was estimated.
        estimated_on: Date,
        /// Where it can be read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<String>,
    },
    /// Takes a position on a figure.
    TakePosition {
        /// Which.
        fact: FactId,
        /// The position.
        position: Position,
    },
    /// Asks another party for something that the own side needs to know.
    RequestInformation {
        /// Whom.
        to: GovernmentId,
        /// What is to be known.
        question: Remark,
        /// By when it is to be answered. What is late can still be answered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Deadline>,
    },
    /// Answers a request for information that was put to the own party: once.
    AnswerInformation {
        /// Which.
        request: RequestNo,
        /// The answer.
        answer: Remark,
        /// What shows it, kept for the readers of the case.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        documents: Vec<Document>,
    },
    /// Says that the own party does not have what it was asked for. That answers the request too.
    LackInformation {
        /// Which.
        request: RequestNo,
        /// Why not, and perhaps who has it.
        why: Remark,
    },
    /// Defines a term to negotiate over.
    DefineTerm {
        /// Its name.
        term: TermId,
        /// What it is.
        names: Names,
        /// What values it takes.
        kind: Kind,
    },
    /// Adds a clause to the text.
    AddClause {
        /// Its name, such as `article-7`.
        clause: ClauseId,
        /// Its heading.
        heading: Names,
        /// Which mandatory content of the procedure it carries.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        content: Option<String>,
        /// Terms it carries.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        terms: Vec<TermId>,
        /// First wording, proposed by whoever adds it.
        wording: Wording,
    },
    /// Puts another wording beside those that stand.
    ProposeWording {
        /// Of which clause.
        clause: ClauseId,
        /// The wording.
        wording: Wording,
    },
    /// Stands behind one wording of a clause.
    SupportWording {
        /// Of which clause.
        clause: ClauseId,
        /// Digest of the wording's canonical JSON.
        wording: Digest,
    },
    /// Reserves the own position on a clause; taken back by supporting a wording.
    ReserveClause {
        /// Which.
        clause: ClauseId,
    },
    /// Says something about a clause. It moves nobody's position, and is no part of the text.
    CommentClause {
        /// Of which clause.
        clause: ClauseId,
        /// What is said.
        comment: Remark,
    },
    /// Keeps an offer in writing that nobody else sees. (Own sealed stream.)
    DraftOffer {
        /// A name for the draft.
        draft: String,
        /// What it says.
        package: Package,
    },
    /// Asks one other party in confidence what it would think of an offer. It binds nobody and needs no mandate. (Sealed stream of these two.)
    SoundOut {
        /// Whom.
        to: GovernmentId,
        /// What is asked about.
        package: Package,
        /// In words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// Says what the own party thinks of a sounding that was put to it: once, and as bindingly as it was asked. (The same sealed stream.)
    AnswerSounding {
        /// Whose.
        from: GovernmentId,
        /// Which.
        sounding: SoundingNo,
        /// The answer.
        text: String,
    },
    /// Takes back a sounding of one's own. What was said stays with the two. (The same sealed stream.)
    WithdrawSounding {
        /// To whom it went.
        to: GovernmentId,
        /// Which.
        sounding: SoundingNo,
    },
    /// Tables an offer.
    TableOffer {
        /// Who is to answer; empty: all other parties.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        to: Vec<GovernmentId>,
        /// What it says.
        package: Package,
        /// On which mandate.
        mandate: MandateId,
        /// Until when it can be accepted (circulated rounds: by when to answer).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires: Option<Deadline>,
    },
    /// Answers an offer by another.
    CounterOffer {
        /// The offer answered.
        to: OfferNo,
        /// What it says. Terms it leaves out stand as in the offer answered.
        package: Package,
        /// On which mandate.
        mandate: MandateId,
        /// Until when it can be accepted. In circulated rounds, none: until the date of the draft it answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires: Option<Deadline>,
    },
    /// Improves one's own offer, also out of turn.
    ImproveOffer {
        /// Which.
        offer: OfferNo,
        /// What it says now. Terms it leaves out stand as before.
        package: Package,
        /// On which mandate.
        mandate: MandateId,
        /// Until when it can be accepted; none: as before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires: Option<Deadline>,
    },
    /// Accepts an offer, within the own mandate.
    AcceptOffer {
        /// Which.
        offer: OfferNo,
        /// On which mandate.
        mandate: MandateId,
    },
    /// Sends an offer back. A reason is welcome, not forced.
    SendBackOffer {
        /// Which.
        offer: OfferNo,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<Remark>,
    },
    /// Takes one's own offer off the table.
    WithdrawOffer {
        /// Which.
        offer: OfferNo,
    },
    /// Records that an offer's time has passed. Issued by the notifications service.
    LapseOffer {
        /// Which.
        offer: OfferNo,
    },
    /// Brings a settlement back as an accepted offer. Issued by the negotiation service when mediation has settled.
    EnterSettlement {
        /// Number of the dispute.
        dispute: u32,
        /// What was settled.
        terms: BTreeMap<TermId, Value>,
        /// What the parties call the values in talk.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        labels: BTreeMap<TermId, String>,
    },
    /// Authenticates the text for one's party. When all have, it is frozen.
    Initial {
        /// What is initialled; must be what stands.
        frozen: Frozen,
        /// "No side agreement exists": the declaration every party makes.
        no_side_agreement: bool,
    },
    /// Says what one's own party would have public of the agreement in force. Public is what all parties have named; it cannot be taken back.
    PublishAgreement {
        /// The agreement; must be the one in force.
        agreement: Digest,
        /// What besides title, parties, day and digests.
        parts: BTreeSet<PublicPart>,
    },
    /// Opens the text again because a council passed it amended. Issued by the negotiation service.
    ReopenText {
        /// Whose council.
        government: GovernmentId,
    },
}
