//! What is said to and by mediation: disputes on linked terms, facilitators, caucus, proposals, settlement.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::finding::MandateVerdict;
use crate::id::{GovernmentId, MandateId, TermId};
use crate::term::Value;
use crate::words::{Deadline, Names};

/// The number of a dispute in its case, from 1.
pub type DisputeNo = u32;
/// The number of a proposal in its dispute, from 1.
pub type ProposalNo = u32;

/// A facilitator's proposal: the terms in dispute, and others that may change with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// Values.
    pub terms: BTreeMap<TermId, Value>,
    /// What the parties call them in talk. The value governs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<TermId, String>,
    /// 32 random bytes that the facilitator chooses anew for each proposal. They stand in no public entry before all have accepted, so nobody
    /// can find a proposal that failed by trying values against its digest.
    pub salt: Digest,
}

/// What ties a proposed facilitator to the case. It is shown; the parties to the dispute may accept it all the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FacilitatorTie {
    /// It is itself a party of the case.
    Party,
    /// It opened the case and coordinates it.
    Coordinator,
    /// It is the body above a party of the case.
    Above {
        /// The party.
        party: GovernmentId,
    },
    /// A party of the case is the body above it.
    Below {
        /// The party.
        party: GovernmentId,
    },
}

/// How a dispute was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// By settlement.
    Settled,
    /// The body that opened it took it back, or a party still there did after that body had left the case.
    TakenBack,
}

/// Commands of mediation. All go to one case; those of the caucus are kept in the party's sealed caucus stream.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "MediationCommand")]
pub enum Command {
    /// Opens a dispute. Its terms move only by settlement until it is closed.
    OpenDispute {
        /// What it is about.
        names: Names,
        /// The linked terms.
        terms: BTreeSet<TermId>,
        /// The other parties to it.
        with: BTreeSet<GovernmentId>,
        /// By when it should be settled, before the next rung of the ladder.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Deadline>,
    },
    /// Proposes a body as facilitator.
    ProposeFacilitator {
        /// The dispute.
        dispute: DisputeNo,
        /// The body; its officials with the role of mediator act. It may be tied to a party: that is shown, and the parties may accept it.
        facilitator: GovernmentId,
    },
    /// Accepts the facilitator proposed, for one's own party.
    AcceptFacilitator {
        /// The dispute.
        dispute: DisputeNo,
        /// The body.
        facilitator: GovernmentId,
    },
    /// Tells the facilitator something, or, from the facilitator, tells one party something. (Sealed caucus.)
    SendNote {
        /// The dispute.
        dispute: DisputeNo,
        /// With which party; a party may name only itself.
        caucus: GovernmentId,
        /// What.
        text: String,
    },
    /// Hands a proposal to one party. (Sealed caucus.)
    DeliverProposal {
        /// The dispute.
        dispute: DisputeNo,
        /// Its number.
        number: ProposalNo,
        /// To which party.
        caucus: GovernmentId,
        /// The proposal, the same for all.
        proposal: Proposal,
    },
    /// Puts a delivered proposal to all parties to the dispute. Only its digest becomes known to others.
    PutProposal {
        /// The dispute.
        dispute: DisputeNo,
        /// Its number.
        number: ProposalNo,
        /// Digest of its canonical JSON.
        digest: Digest,
        /// By when to answer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Deadline>,
    },
    /// Answers a proposal in secret. (Sealed caucus.)
    AnswerProposal {
        /// The dispute.
        dispute: DisputeNo,
        /// Its number.
        number: ProposalNo,
        /// The party that answers.
        caucus: GovernmentId,
        /// Yes or no.
        accept: bool,
        /// The mandate that covers the proposal. Needed to accept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mandate: Option<MandateId>,
    },
    /// Closes a proposal: reveals it if all have accepted, says that it failed if not. Issued by the mediation service after each answer (and
    /// refused while some are missing), and by the notifications service when the time has passed.
    CloseProposal {
        /// The dispute.
        dispute: DisputeNo,
        /// Its number.
        number: ProposalNo,
    },
    /// Takes a dispute back, by the body that opened it; where that has left the case, by whoever is still a party to the dispute, or else of
    /// the case.
    TakeBackDispute {
        /// Which.
        dispute: DisputeNo,
    },
}

/// Events of mediation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "MediationEvent")]
pub enum Event {
    /// A dispute is open; its terms are frozen.
    DisputeOpened {
        /// Its number.
        dispute: DisputeNo,
        /// By whom.
        by: GovernmentId,
        /// What it is about.
        names: Names,
        /// The linked terms.
        terms: BTreeSet<TermId>,
        /// All parties to it, with the one that opened it.
        parties: BTreeSet<GovernmentId>,
        /// By when it should be settled.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Deadline>,
    },
    /// A facilitator is proposed.
    FacilitatorProposed {
        /// The dispute.
        dispute: DisputeNo,
        /// Who proposed.
        by: GovernmentId,
        /// The body.
        facilitator: GovernmentId,
        /// What ties it to the case.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        ties: Vec<FacilitatorTie>,
    },
    /// A party accepts the facilitator.
    FacilitatorAccepted {
        /// The dispute.
        dispute: DisputeNo,
        /// Who.
        by: GovernmentId,
        /// The body.
        facilitator: GovernmentId,
        /// Whether all parties to the dispute have accepted it now.
        agreed: bool,
        /// Whose caucuses it reads from now on; empty until all have accepted.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        reads: BTreeSet<GovernmentId>,
    },
    /// A note in caucus. (Sealed stream.)
    NoteSent {
        /// The dispute.
        dispute: DisputeNo,
        /// Who wrote it.
        by: GovernmentId,
        /// What.
        text: String,
    },
    /// A proposal is in the hands of a party. (Sealed stream.)
    ProposalDelivered {
        /// The dispute.
        dispute: DisputeNo,
        /// Its number.
        number: ProposalNo,
        /// The proposal.
        proposal: Proposal,
    },
    /// A proposal waits for the answers of the parties to the dispute.
    ProposalPut {
        /// The dispute.
        dispute: DisputeNo,
        /// Its number.
        number: ProposalNo,
        /// Its digest.
        digest: Digest,
        /// By when to answer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Deadline>,
    },
    /// A party has answered. (Sealed stream.)
    ProposalAnswered {
        /// The case's dispute.
        dispute: DisputeNo,
        /// Its number.
        number: ProposalNo,
        /// The answer.
        accept: bool,
    },
    /// A proposal was not accepted by all, or one of its terms has come into another dispute; nothing of it is revealed.
    ProposalFailed {
        /// The dispute.
        dispute: DisputeNo,
        /// Its number.
        number: ProposalNo,
    },
    /// All have accepted: this is the settlement.
    Settled {
        /// The dispute.
        dispute: DisputeNo,
        /// Its number.
        number: ProposalNo,
        /// The proposal, revealed.
        proposal: Proposal,
    },
    /// A dispute is closed; its terms are free.
    DisputeClosed {
        /// Which.
        dispute: DisputeNo,
        /// How.
        how: Closing,
    },
}

/// Refusals of mediation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// A dispute needs terms.
    #[error("a dispute is about at least one term")]
    NoTerms,
    /// There is no such term.
    #[error("there is no term `{term}` in this case")]
    UnknownTerm {
        /// Which.
        term: TermId,
    },
    /// The term is held by another dispute.
    #[error("`{term}` is in dispute {dispute} already")]
    TermInDispute {
        /// Which.
        term: TermId,
        /// By which.
        dispute: DisputeNo,
    },
    /// A dispute needs another party.
    #[error("a dispute needs at least one other party of this case")]
    NoOtherParty,
    /// Not a party of the case.
    #[error("`{government}` is no party of this case")]
    NotAParty {
        /// Which.
        government: GovernmentId,
    },
    /// There is no such open dispute.
    #[error("there is no open dispute {dispute}")]
    NoSuchDispute {
        /// Which.
        dispute: DisputeNo,
    },
    /// Not a party to the dispute.
    #[error("you are no party to dispute {dispute}")]
    NotInDispute {
        /// Which.
        dispute: DisputeNo,
    },
    /// A party to the dispute cannot facilitate it.
    #[error("`{facilitator}` is a party to the dispute")]
    FacilitatorIsParty {
        /// Which.
        facilitator: GovernmentId,
    },
    /// The body is not in the register of governments.
    #[error("`{government}` is not in the register of governments")]
    UnknownGovernment {
        /// Which.
        government: GovernmentId,
    },
    /// A facilitator reads the caucuses of all parties to the dispute; the opponent of one of them in another dispute must not.
    #[error("`{facilitator}` is a party to dispute {dispute} against one of you")]
    FacilitatorIsOpponent {
        /// Which.
        facilitator: GovernmentId,
        /// The other dispute.
        dispute: DisputeNo,
    },
    /// The other way round: a body that reads a party's caucus cannot become its opponent.
    #[error("`{reader}` reads what `{of}` tells in confidence: they cannot be parties to one dispute")]
    ReadsCaucus {
        /// The facilitator of an earlier dispute.
        reader: GovernmentId,
        /// A party to it.
        of: GovernmentId,
    },
    /// The body is proposed already.
    #[error("`{facilitator}` is proposed already: accept it")]
    AlreadyProposed {
        /// Which.
        facilitator: GovernmentId,
    },
    /// There is a facilitator already.
    #[error("`{facilitator}` facilitates already")]
    FacilitatorChosen {
        /// Which.
        facilitator: GovernmentId,
    },
    /// No such body is proposed.
    #[error("`{facilitator}` is not proposed as facilitator")]
    NotProposed {
        /// Which.
        facilitator: GovernmentId,
    },
    /// The party has accepted.
    #[error("your party has accepted this facilitator")]
    AlreadyAccepted,
    /// No facilitator is accepted by all.
    #[error("no facilitator is accepted by all parties to the dispute")]
    NoFacilitator,
    /// Only the facilitator may.
    #[error("only the facilitator of the dispute may do this")]
    NotTheFacilitator,
    /// Another party's caucus.
    #[error("this is not your caucus")]
    NotYourCaucus,
    /// The body has no caucus: it is no party to the dispute, or has left the case.
    #[error("`{caucus}` is no party to dispute {dispute} and has no caucus")]
    NoSuchCaucus {
        /// The dispute.
        dispute: DisputeNo,
        /// Which.
        caucus: GovernmentId,
    },
    /// The text is empty.
    #[error("`{field}` must not be empty")]
    Empty {
        /// The field.
        field: String,
    },
    /// A proposal must say something about every term in dispute, and about every term it has a label for.
    #[error("the proposal says nothing about {terms:?}")]
    TermsLeftOut {
        /// Which.
        terms: Vec<TermId>,
    },
    /// A value is not of its term's kind.
    #[error("the value is not of the kind of `{term}`")]
    WrongKind {
        /// Which.
        term: TermId,
    },
    /// A proposal of this number is out.
    #[error("the next proposal is number {next}")]
    WrongNumber {
        /// The number it must have.
        next: ProposalNo,
    },
    /// The proposal is not in every caucus.
    #[error("the proposal is not delivered to {missing:?}")]
    NotDelivered {
        /// To whom it is missing.
        missing: Vec<GovernmentId>,
    },
    /// There is no such proposal open.
    #[error("there is no open proposal {number}")]
    NoSuchProposal {
        /// Which.
        number: ProposalNo,
    },
    /// A proposal waits for answers.
    #[error("proposal {number} waits for answers")]
    ProposalOpen {
        /// Which.
        number: ProposalNo,
    },
    /// The party has answered.
    #[error("your party has answered")]
    AlreadyAnswered,
    /// The time to answer has passed.
    #[error("the time to answer proposal {number} has passed")]
    TooLate {
        /// Which.
        number: ProposalNo,
    },
    /// The mandate does not cover the proposal, or none was named. Seen by the author alone.
    #[error("your mandate does not cover this proposal, back to the head first: {verdict:?}")]
    BeyondMandate {
        /// Why.
        verdict: MandateVerdict,
    },
    /// Answers are missing and the time has not passed.
    #[error("answers are missing")]
    AnswersMissing,
    /// The deadline has passed or its zone is unknown.
    #[error("the deadline has passed already, or its time zone is unknown")]
    BadDeadline,
    /// Only the body that opened it may.
    #[error("only `{by}`, which opened the dispute, can take it back")]
    NotYourDispute {
        /// It.
        by: GovernmentId,
    },
    /// The text is frozen.
    #[error("the text is frozen")]
    TextIsFrozen,
}
