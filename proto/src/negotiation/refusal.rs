//! Why the negotiation says no.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AgendaItem, OfferNo, OfferState, RequestNo, SoundingNo};
use crate::authority::MatrixFinding;
use crate::digest::Digest;
use crate::id::{ClauseId, FactId, GovernmentId, MandateId, ProcedureId, TermId};

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
    /// Only another party can be asked for information.
    #[error("`{government}` cannot be asked for information here")]
    NotToBeAsked {
        /// Which.
        government: GovernmentId,
    },
    /// What is said to another party must be for it to read.
    #[error("`{field}` is for your own side alone, but it is said to another party")]
    Undisclosed {
        /// What.
        field: String,
    },
    /// There is no such request.
    #[error("there is no request {request} in this case")]
    UnknownRequest {
        /// Which.
        request: RequestNo,
    },
    /// The request was put to somebody else.
    #[error("request {request} was put to `{to}`")]
    NotPutToYou {
        /// Which.
        request: RequestNo,
        /// To whom.
        to: GovernmentId,
    },
    /// The request is answered.
    #[error("request {request} is answered already")]
    AlreadyAnswered {
        /// Which.
        request: RequestNo,
    },
    /// Only another party can be sounded out.
    #[error("`{government}` cannot be sounded out here")]
    NotToBeSounded {
        /// Which.
        government: GovernmentId,
    },
    /// There is no such sounding between the two.
    #[error("there is no sounding {sounding} between you")]
    UnknownSounding {
        /// Which.
        sounding: SoundingNo,
    },
    /// The sounding is answered.
    #[error("sounding {sounding} is answered already")]
    SoundingAnswered {
        /// Which.
        sounding: SoundingNo,
    },
    /// The sounding was taken back.
    #[error("sounding {sounding} was taken back")]
    SoundingWithdrawn {
        /// Which.
        sounding: SoundingNo,
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
    /// There is no such dispute.
    #[error("there is no dispute {dispute} in this case")]
    UnknownDispute {
        /// Which.
        dispute: u32,
    },
    /// Something stands on the agenda twice.
    #[error("the agenda names something twice")]
    ListedTwice {
        /// What.
        item: AgendaItem,
    },
    /// The agenda is of a round before the one that stands.
    #[error("round {round} is over: the agenda that stands is of round {last}")]
    RoundOver {
        /// Of which it was to be.
        round: u32,
        /// Of which the one that stands is.
        last: u32,
    },
    /// The meeting would be on a day that is past.
    #[error("{on} is past")]
    MeetingPast {
        /// The day.
        on: Date,
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
    /// The agreement is not in force.
    #[error("the agreement is not in force")]
    NotInForce,
    /// Another agreement than the one in force.
    #[error("this is not the agreement in force")]
    OtherAgreement,
    /// It would take back what is public.
    #[error("what is public stays public: it can only become more")]
    AlreadyPublic,
    /// The party has said just this already.
    #[error("you have said just this already")]
    SamePublication,
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
