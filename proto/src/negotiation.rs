//! What is said to and by the negotiation: cases, facts, terms, clauses, offers, rounds, initialling.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::authority::MatrixFinding;
use crate::digest::Digest;
use crate::id::{ClauseId, FactId, GovernmentId, MandateId, ProcedureId, TermId};
use crate::procedure::Procedure;
use crate::remark::Remark;
use crate::term::{Kind, Value};
use crate::words::{Deadline, Names, Wording};

/// The number of an offer in its case, from 1.
pub type OfferNo = u32;

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

/// Commands of the negotiation. All go to one case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
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
    /// Keeps an offer in writing that nobody else sees. (Own sealed stream.)
    DraftOffer {
        /// A name for the draft.
        draft: String,
        /// What it says.
        package: Package,
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
    /// Opens the text again because a council passed it amended. Issued by the negotiation service.
    ReopenText {
        /// Whose council.
        government: GovernmentId,
    },
}

/// Events of the negotiation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
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
    /// A draft is kept. (Sealed stream.)
    OfferDrafted {
        /// Its name.
        draft: String,
        /// What it says.
        package: Package,
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
    /// The text is open again; no approval of the old digest counts for a new one.
    TextReopened {
        /// Whose council passed it amended, or who left.
        government: GovernmentId,
    },
}

/// Refusals of the negotiation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The case is open already.
    #[error("this case is open already")]
    AlreadyOpen,
    /// There is no such procedure.
    #[error("`{procedure}` is not in the register of legal forms")]
    UnknownProcedure {
        /// Which.
        procedure: ProcedureId,
    },
    /// A procedure that resolves disputes or is not in force cannot be the form of a case.
    #[error("`{procedure}` cannot be the legal form of a case")]
    NotAForm {
        /// Which.
        procedure: ProcedureId,
    },
    /// Only the body that opened the case invites.
    #[error("only `{coordinator}`, which opened the case, can do this")]
    NotTheCoordinator {
        /// It.
        coordinator: GovernmentId,
    },
    /// The body is not in the register of governments.
    #[error("`{government}` is not in the register of governments")]
    UnknownGovernment {
        /// Which.
        government: GovernmentId,
    },
    /// The body is invited or a party already.
    #[error("`{government}` is invited or a party already")]
    AlreadyInvited {
        /// Which.
        government: GovernmentId,
    },
    /// There is no open invitation for the body.
    #[error("there is no open invitation for `{government}`")]
    NotInvited {
        /// Which.
        government: GovernmentId,
    },
    /// The text is frozen.
    #[error("the text is frozen: it opens again only if a council passes it amended or a party leaves")]
    TextIsFrozen,
    /// The agreement is signed or in force: leaving is then exit, by the rule that was signed.
    #[error("the agreement is signed: leaving it now is an exit by the rule that was signed")]
    AlreadySigned,
    /// The name is taken.
    #[error("`{name}` is taken in this case")]
    NameTaken {
        /// Which.
        name: String,
    },
    /// Something must not be empty.
    #[error("`{field}` must not be empty")]
    Empty {
        /// What.
        field: String,
    },
    /// It stands like this already.
    #[error("`{name}` stands like this already")]
    Unchanged {
        /// Which figure or clause.
        name: String,
    },
    /// The own figure cannot be compared with the one disputed.
    #[error("your figure is not of the kind or the unit of `{fact}`")]
    NotComparable {
        /// The fact.
        fact: FactId,
    },
    /// There is no such figure.
    #[error("there is no figure `{fact}` in this case")]
    UnknownFact {
        /// Which.
        fact: FactId,
    },
    /// There is no such term.
    #[error("there is no term `{term}` in this case")]
    UnknownTerm {
        /// Which.
        term: TermId,
    },
    /// There is no such clause.
    #[error("there is no clause `{clause}` in this case")]
    UnknownClause {
        /// Which.
        clause: ClauseId,
    },
    /// There is no such wording of the clause.
    #[error("no wording of `{clause}` has this digest")]
    UnknownWording {
        /// The clause.
        clause: ClauseId,
    },
    /// The procedure has no such content.
    #[error("the procedure asks for no content `{content}`")]
    UnknownContent {
        /// Which.
        content: String,
    },
    /// The value is not of the term's kind.
    #[error("the value is not of the kind of `{term}`")]
    WrongKind {
        /// The term.
        term: TermId,
    },
    /// A label names a value that the offer does not hold.
    #[error("the label of `{term}` names no value of this offer")]
    LabelWithoutValue {
        /// The term.
        term: TermId,
    },
    /// A term is held by an open dispute.
    #[error("`{term}` is in dispute {dispute}: it moves only by settlement")]
    TermInDispute {
        /// The term.
        term: TermId,
        /// The dispute.
        dispute: u32,
    },
    /// The offer's allocation is not on the table.
    #[error("no tabled allocation has this digest")]
    UnknownAllocation {
        /// The digest.
        allocation: Digest,
    },
    /// The expiry is not in the future or its zone is unknown.
    #[error("the deadline has passed already, or its time zone is unknown")]
    BadDeadline,
    /// Circulated rounds need a date to answer by.
    #[error("a circulated draft needs a date to answer by")]
    NoAnswerDate,
    /// An addressee is no party, or is the author.
    #[error("an offer cannot go to `{government}`")]
    BadAddressee {
        /// Which.
        government: GovernmentId,
    },
    /// A circulated draft goes to all.
    #[error("a circulated draft goes to all parties: {missing:?} are left out")]
    NotToAll {
        /// Who is left out.
        missing: Vec<GovernmentId>,
    },
    /// There is no such offer.
    #[error("there is no offer {offer} in this case")]
    UnknownOffer {
        /// Which.
        offer: OfferNo,
    },
    /// The offer is not open any more.
    #[error("offer {offer} is not open: it is {state}")]
    OfferClosed {
        /// Which.
        offer: OfferNo,
        /// What became of it.
        state: OfferState,
    },
    /// It is someone else's move.
    #[error("it is the move of {turn:?}")]
    NotYourTurn {
        /// Whose move it is.
        turn: Vec<GovernmentId>,
    },
    /// The offer was not put to this body, or it has answered.
    #[error("offer {offer} does not wait for your answer")]
    NotAsked {
        /// Which.
        offer: OfferNo,
    },
    /// One's own offer is improved or withdrawn, not answered.
    #[error("offer {offer} is your own")]
    OwnOffer {
        /// Which.
        offer: OfferNo,
    },
    /// Only the author may.
    #[error("offer {offer} is not yours")]
    NotYourOffer {
        /// Which.
        offer: OfferNo,
    },
    /// The counter-offer or improvement changes nothing.
    #[error("it says the same as offer {offer}")]
    NothingChanged {
        /// Which.
        offer: OfferNo,
    },
    /// The offer's time has not passed.
    #[error("the time of offer {offer} has not passed")]
    NotYetLapsed {
        /// Which.
        offer: OfferNo,
    },
    /// There is no such mandate for this official and case. Seen by the author alone.
    #[error("you hold no mandate `{mandate}` in this case")]
    NoMandate {
        /// Which.
        mandate: MandateId,
    },
    /// The mandate has expired. Seen by the author alone.
    #[error("your mandate expired on {until}")]
    MandateExpired {
        /// Its last day.
        until: Date,
    },
    /// The mandate does not cover these terms. Seen by the author alone.
    #[error("your mandate does not cover {terms:?}")]
    OutsideMandate {
        /// Them.
        terms: Vec<TermId>,
    },
    /// Back to the head first. Seen by the author alone.
    #[error("above your mandate in {terms:?}: back to the head first")]
    AboveMandate {
        /// Them.
        terms: Vec<TermId>,
    },
    /// A link of the delegation chain does not hold. Seen by the author alone.
    #[error("the mandate `{link}`, from which yours is passed on, does not hold")]
    BrokenChain {
        /// The link.
        link: MandateId,
    },
    /// What is to be initialled is not what stands.
    #[error("this is not the text that stands")]
    NotTheText,
    /// The declaration is missing.
    #[error("initialling needs the declaration that no side agreement exists")]
    NoDeclaration,
    /// The party has initialled.
    #[error("your party has initialled this text")]
    AlreadyInitialled,
    /// Fewer parties than the procedure asks for.
    #[error("the procedure asks for {needed} parties, there are {present}")]
    TooFewParties {
        /// Asked for.
        needed: u16,
        /// There are.
        present: u16,
    },
    /// Clauses are not agreed.
    #[error("not agreed yet: {clauses:?}")]
    ClausesOpen {
        /// Them.
        clauses: Vec<ClauseId>,
    },
    /// Terms have no agreed value.
    #[error("no agreed value yet: {terms:?}")]
    TermsOpen {
        /// Them.
        terms: Vec<TermId>,
    },
    /// Mandatory contents of the procedure are missing.
    #[error("the procedure asks for contents that no clause carries: {contents:?}")]
    ContentsMissing {
        /// Their names.
        contents: Vec<String>,
    },
    /// Gaps or overlaps in the authority matrix are open.
    #[error("open findings in the authority matrix: {findings:?}")]
    AuthorityOpen {
        /// Them.
        findings: Vec<MatrixFinding>,
    },
    /// A dispute is open.
    #[error("dispute {dispute} is open")]
    DisputeOpen {
        /// Which.
        dispute: u32,
    },
    /// The accepted allocation shares cost with bodies that are no parties (any more).
    #[error("the accepted allocation counts on {members:?}, who are no parties")]
    AllocationOutdated {
        /// Who.
        members: Vec<GovernmentId>,
    },
    /// The text is not frozen.
    #[error("the text is not frozen")]
    NotFrozen,
    /// No council of this body has passed the frozen text amended.
    #[error("no council of `{government}` has passed this text amended")]
    NotAmended {
        /// Which body.
        government: GovernmentId,
    },
    /// Mediation has settled nothing of this kind, or it has been entered.
    #[error("dispute {dispute} has no settlement like this that waits to be entered")]
    NoSettlement {
        /// Which dispute.
        dispute: u32,
    },
}
