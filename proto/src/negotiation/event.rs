//! What has happened in the negotiation.

use std::collections::BTreeSet;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Agenda, Frozen, OfferNo, Package, Position, PublicPart, RequestNo, Rounds, SoundingNo, Text, Tie};
use crate::digest::Digest;
use crate::entry::Document;
use crate::id::{ClauseId, FactId, GovernmentId, TermId};
use crate::procedure::Procedure;
use crate::remark::Remark;
use crate::term::{Kind, Value};
use crate::words::{Deadline, Names, Wording};

/// Events of the negotiation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "NegotiationEvent")]
pub enum Event {
    /// A case is open.
    CaseOpened {
        /// Who opened it and coordinates it.
        by: GovernmentId,
        /// Title of the project.
        title: Names,
        /// The procedure, pinned as it stood.
        procedure: Box<Procedure>,
        /// How rounds go.
        rounds: Rounds,
        /// The body above the one that opened.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parent: Option<GovernmentId>,
    },
    /// A body is invited.
    Invited {
        /// Whom.
        government: GovernmentId,
        /// The body above it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parent: Option<GovernmentId>,
    },
    /// A body is a party.
    Joined {
        /// Which.
        government: GovernmentId,
        /// What ties it to the coordinating body.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        ties: Vec<Tie>,
    },
    /// A body has declined.
    Declined {
        /// Which.
        government: GovernmentId,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<Remark>,
    },
    /// A party has left.
    Left {
        /// Which.
        government: GovernmentId,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<Remark>,
    },
    /// A round has an agenda.
    AgendaSet(Agenda),
    /// A figure is on record.
    FactStated {
        /// Its name.
        fact: FactId,
        /// Who put it on record.
        by: GovernmentId,
        /// What it is a figure of.
        names: Names,
        /// The figure.
        value: Value,
        /// Who estimated it.
        estimated_by: String,
        /// When.
        estimated_on: Date,
        /// Where it can be read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<String>,
    },
    /// A party has a position on a figure.
    PositionTaken {
        /// Which figure.
        fact: FactId,
        /// Who.
        by: GovernmentId,
        /// The position.
        position: Position,
    },
    /// A party has asked another for information.
    InformationRequested {
        /// Number of the request.
        request: RequestNo,
        /// Who asks.
        by: GovernmentId,
        /// Whom.
        to: GovernmentId,
        /// What is to be known.
        question: Remark,
        /// By when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Deadline>,
    },
    /// A request for information is answered.
    InformationAnswered {
        /// Which.
        request: RequestNo,
        /// By whom.
        by: GovernmentId,
        /// The answer.
        answer: Remark,
        /// What shows it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        documents: Vec<Document>,
    },
    /// A request for information is answered: whoever was asked does not have it.
    InformationLacking {
        /// Which.
        request: RequestNo,
        /// Who does not have it.
        by: GovernmentId,
        /// Why not.
        why: Remark,
    },
    /// A term can be negotiated.
    TermDefined {
        /// Its name.
        term: TermId,
        /// What it is.
        names: Names,
        /// What values it takes.
        kind: Kind,
    },
    /// A clause stands in the text.
    ClauseAdded {
        /// Its name.
        clause: ClauseId,
        /// Who added it and stands behind the wording.
        by: GovernmentId,
        /// Its heading.
        heading: Names,
        /// Which mandatory content it carries.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        content: Option<String>,
        /// Terms it carries.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        terms: Vec<TermId>,
        /// First wording.
        wording: Wording,
    },
    /// Another wording stands beside the others.
    WordingProposed {
        /// Of which clause.
        clause: ClauseId,
        /// By whom.
        by: GovernmentId,
        /// The wording.
        wording: Wording,
    },
    /// A party stands behind a wording.
    WordingSupported {
        /// Of which clause.
        clause: ClauseId,
        /// Who.
        by: GovernmentId,
        /// Digest of the wording.
        wording: Digest,
    },
    /// A party has reserved its position.
    ClauseReserved {
        /// On which clause.
        clause: ClauseId,
        /// Who.
        by: GovernmentId,
    },
    /// A party has said something about a clause.
    ClauseCommented {
        /// Of which clause.
        clause: ClauseId,
        /// Who.
        by: GovernmentId,
        /// What.
        comment: Remark,
    },
    /// A draft is kept. (Sealed stream.)
    OfferDrafted {
        /// Its name.
        draft: String,
        /// What it says.
        package: Package,
    },
    /// A party has sounded another out. (Sealed stream of these two.)
    SoundingMade {
        /// Its number among those of the same two.
        sounding: SoundingNo,
        /// Whose.
        by: GovernmentId,
        /// Who was asked.
        to: GovernmentId,
        /// What about.
        package: Package,
        /// In words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// Who was sounded out has answered. (The same sealed stream.)
    SoundingAnswered {
        /// Which.
        sounding: SoundingNo,
        /// By whom.
        by: GovernmentId,
        /// The answer.
        text: String,
    },
    /// A sounding is taken back. (The same sealed stream.)
    SoundingWithdrawn {
        /// Which.
        sounding: SoundingNo,
        /// By whom.
        by: GovernmentId,
    },
    /// An offer is on the table.
    OfferTabled {
        /// Its number.
        offer: OfferNo,
        /// Whose.
        by: GovernmentId,
        /// Who is to answer.
        to: Vec<GovernmentId>,
        /// The offer it answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        counters: Option<OfferNo>,
        /// The own offer it takes the place of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        improves: Option<OfferNo>,
        /// All it says, with what it carries over from the offer it answers or improves.
        package: Package,
        /// Until when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires: Option<Deadline>,
    },
    /// A party has accepted an offer.
    OfferAccepted {
        /// Which.
        offer: OfferNo,
        /// Who.
        by: GovernmentId,
    },
    /// All who were asked have accepted: the offer's values and wording are agreed.
    OfferAgreed {
        /// Which.
        offer: OfferNo,
    },
    /// A party has sent an offer back.
    OfferSentBack {
        /// Which.
        offer: OfferNo,
        /// Who.
        by: GovernmentId,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<Remark>,
    },
    /// An offer is off the table.
    OfferWithdrawn {
        /// Which.
        offer: OfferNo,
    },
    /// An offer's time has passed.
    OfferLapsed {
        /// Which.
        offer: OfferNo,
    },
    /// A settlement has come back as an accepted offer.
    SettlementEntered {
        /// Its number among the offers.
        offer: OfferNo,
        /// Number of the dispute.
        dispute: u32,
        /// What was settled.
        package: Package,
    },
    /// A party has authenticated the text.
    Initialled {
        /// Who.
        by: GovernmentId,
        /// What.
        frozen: Frozen,
    },
    /// All have: the text is frozen, and from here on only the digest counts.
    TextFrozen {
        /// The three digests.
        frozen: Frozen,
        /// Digest of the canonical JSON of `frozen`: what is approved and signed.
        agreement: Digest,
        /// What it says.
        text: Box<Text>,
    },
    /// A party has said what it would have public.
    PublicationAgreed {
        /// Who.
        by: GovernmentId,
        /// The agreement.
        agreement: Digest,
        /// What besides title, parties, day and digests.
        parts: BTreeSet<PublicPart>,
    },
    /// All parties have: this of the agreement is public.
    AgreementPublished {
        /// The agreement.
        agreement: Digest,
        /// What besides title, parties, day and digests.
        parts: BTreeSet<PublicPart>,
    },
    /// The text is open again; no approval of the old digest counts for a new one.
    TextReopened {
        /// Whose council passed it amended, or who left.
        government: GovernmentId,
    },
}
