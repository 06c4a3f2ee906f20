//! What is said to and by approvals: the steps of the pinned procedure, each its own act, and entry into force.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::entry::Document;
use crate::id::{GovernmentId, OfficialId, StepId};
use crate::procedure::StepKind;
use crate::remark::Remark;
use crate::words::Deadline;

/// One instance of a step: for one party, or for all together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepOf {
    /// The step of the pinned procedure.
    pub step: StepId,
    /// The party whose step it is; none where one record serves all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub government: Option<GovernmentId>,
}

/// An official letter, 공문.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Letter {
    /// Who issued it.
    pub issuer: String,
    /// Registration number at the issuer, 생산등록번호.
    pub number: String,
    /// Who decided it.
    pub decided_by: String,
    /// Its date.
    pub dated: Date,
    /// To whom.
    pub recipient: String,
    /// Registration number at the recipient, 접수번호; none until it has arrived, and required with the day of arrival.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<String>,
    /// Day of arrival. Where the procedure demands a letter, effect runs from here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrived: Option<Date>,
}

/// Votes of a council.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Votes {
    /// In favour.
    pub yes: u32,
    /// Against.
    pub no: u32,
    /// Abstaining.
    pub abstain: u32,
}

/// How a council act ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CouncilEnd {
    /// Passed as put, 원안가결.
    Passed,
    /// Passed with changes, 수정가결. Of a resolution about the frozen text: it opens again, and no approval of the old digest counts. Of another
    /// bill (a budget, a plan) the bill was changed and not the agreement: the step is complete.
    PassedAmended,
    /// Rejected, 부결.
    Rejected,
    /// Put off, 보류: may be tried again.
    Deferred,
    /// Withdrawn by the mover, 철회.
    Withdrawn,
    /// Lapsed with the council's term, 임기만료 폐기.
    LapsedWithTerm,
}

/// What was done in a step. Must be of the step's kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Done {
    /// It was proposed.
    Proposed,
    /// Someone was consulted.
    Consulted {
        /// Who.
        with: String,
        /// Whether they agreed; consultation is done either way, host consent is not.
        agreed: bool,
    },
    /// The draft is there.
    Drafted,
    /// A paper that comes before the agreement and is not the agreement (a memorandum, a written acceptance) was signed.
    Signed {
        /// Who signed, by office: "mayor of Gwangmyeong".
        by: Vec<String>,
    },
    /// The council acted.
    Council {
        /// How it ended.
        end: CouncilEnd,
        /// Number of the bill, 의안번호.
        bill: String,
        /// Votes, where they were counted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        votes: Option<Votes>,
    },
    /// A superior body decided.
    Higher {
        /// Which body; it is no party of the case.
        body: GovernmentId,
        /// Whether it approved.
        approved: bool,
        /// Conditions it attached.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        conditions: Option<Remark>,
    },
    /// Public notice was given.
    Published {
        /// Number of the notice, 고시번호.
        notice: String,
    },
    /// It was reported.
    Reported {
        /// To whom.
        to: String,
    },
    /// It was filed or registered.
    Registered {
        /// Under which number.
        number: String,
    },
}

impl Done {
    /// The kind of step it completes.
    #[must_use]
    pub fn kind(&self) -> StepKind {
        match self {
            Self::Proposed => StepKind::Propose,
            Self::Consulted { .. } => StepKind::Consult,
            Self::Drafted => StepKind::Draft,
            Self::Signed { .. } => StepKind::Sign,
            Self::Council { .. } => StepKind::CouncilResolution,
            Self::Higher { .. } => StepKind::HigherApproval,
            Self::Published { .. } => StepKind::Publish,
            Self::Reported { .. } => StepKind::Report,
            Self::Registered { .. } => StepKind::Register,
        }
    }
}

/// A reference to the internal sign-off in the body's own e-approval system, 전자결재.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignOff {
    /// Document number.
    pub number: String,
    /// Who drafted it.
    pub drafter: String,
    /// Who reviewed it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reviewers: Vec<String>,
    /// Who decided it.
    pub decided_by: String,
    /// When.
    pub decided_on: Date,
}

/// Commands of approvals. All go to one case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "ApprovalsCommand")]
pub enum Command {
    /// Decides whether a conditional step applies, by a named official with a reason.
    DecideCondition {
        /// The step.
        step: StepOf,
        /// Whether it applies.
        applies: bool,
        /// Why.
        why: Remark,
    },
    /// Records what was done in a step. The day it was done is in `occurred`.
    RecordStep {
        /// The step.
        step: StepOf,
        /// What was done.
        done: Done,
        /// The digest of the frozen text it is about; required where the step's stage is `text` or `entry`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        agreement: Option<Digest>,
        /// The letter that carries it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        letter: Option<Letter>,
    },
    /// Keeps a reference to the internal sign-off of a step. (Own sealed stream.)
    RecordSignOff {
        /// The step.
        step: StepOf,
        /// The reference.
        sign_off: SignOff,
    },
    /// Records that the outside event from which a step's time runs has happened (an application received, a notice served).
    StartClock {
        /// The step.
        step: StepOf,
        /// The day from which the time runs, in the time zone of the case's first party.
        from: Date,
        /// IANA name of the time zone in which the days count.
        zone: String,
        /// Whether the law wants a formal answer here; required where silence means `yes_unless_formal`, and of no use elsewhere.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        formal: Option<bool>,
    },
    /// Records that a step's time has passed in silence. Issued by the notifications service.
    LapseStep {
        /// The step.
        step: StepOf,
    },
    /// Opens signing where nothing is missing any more when the text is frozen. Issued by the approvals service.
    OpenSigning {
        /// What was frozen.
        agreement: Digest,
    },
    /// Records that the signatures are complete. Issued by the approvals service.
    NoteSignatures {
        /// What was signed.
        agreement: Digest,
    },
}

/// Events of approvals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "ApprovalsEvent")]
pub enum Event {
    /// It is decided whether a conditional step applies.
    ConditionDecided {
        /// The step.
        step: StepOf,
        /// Whether it applies.
        applies: bool,
        /// Why.
        why: Remark,
        /// The official who decided it.
        by: OfficialId,
    },
    /// Something was done in a step.
    StepRecorded {
        /// The step.
        step: StepOf,
        /// Which body recorded it.
        by: GovernmentId,
        /// What.
        done: Done,
        /// The day on which it was done.
        on: Date,
        /// Whether the step is complete with it.
        complete: bool,
        /// From which day it has effect, if it is complete.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        effect: Option<Date>,
        /// The digest it is about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        agreement: Option<Digest>,
        /// The letter.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        letter: Option<Box<Letter>>,
        /// What shows it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        evidence: Vec<Document>,
    },
    /// A sign-off is kept. (Sealed stream.)
    SignOffRecorded {
        /// The step.
        step: StepOf,
        /// The reference.
        sign_off: SignOff,
    },
    /// A step's time runs.
    ClockStarted {
        /// The step.
        step: StepOf,
        /// From which day, not counted.
        from: Date,
        /// Until when.
        due: Deadline,
        /// Whether silence means nothing here although it means yes as a rule.
        #[serde(default)]
        formal: bool,
    },
    /// A step's time has passed in silence.
    StepLapsed {
        /// The step.
        step: StepOf,
        /// Whether the step is complete with it: silence means yes, or it is an opinion and silence means a negative one.
        complete: bool,
        /// Whether the answer is taken to be no.
        refused: bool,
        /// From which day it has effect, if it is complete.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        effect: Option<Date>,
    },
    /// A council has passed the text amended; the text must open again.
    PassedAmended {
        /// Whose council.
        government: GovernmentId,
        /// The digest that does not count any more.
        agreement: Digest,
    },
    /// All that must come before signing is there.
    SigningOpened {
        /// What may be signed.
        agreement: Digest,
    },
    /// All signatures are there.
    SignaturesNoted {
        /// What was signed.
        agreement: Digest,
        /// The day of the last one, in the time zone of the party that signed last.
        on: Date,
    },
    /// Every condition holds: the agreement is in force.
    EnteredIntoForce {
        /// The agreement.
        agreement: Digest,
        /// From this day, in the time zone of the condition that came last.
        on: Date,
    },
}

/// Refusals of approvals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The pinned procedure has no such step for this body.
    #[error("the procedure has no step `{step}` for you")]
    UnknownStep {
        /// Which.
        step: StepId,
    },
    /// The step is another's.
    #[error("step `{step}` is not yours to record")]
    NotYourStep {
        /// Which.
        step: StepId,
    },
    /// What was done is of another kind than the step.
    #[error("step `{step}` is of another kind: {kind:?}")]
    WrongKind {
        /// Which.
        step: StepId,
        /// The kind it is.
        kind: StepKind,
    },
    /// Steps that must come before are not complete.
    #[error("before `{step}` must come {missing:?}")]
    TooEarly {
        /// Which.
        step: StepId,
        /// What is missing.
        missing: Vec<StepOf>,
    },
    /// The step is complete.
    #[error("step `{step}` is complete")]
    AlreadyDone {
        /// Which.
        step: StepId,
    },
    /// The step does not apply.
    #[error("it was decided that step `{step}` does not apply")]
    NotApplicable {
        /// Which.
        step: StepId,
    },
    /// Whether the step applies is not decided.
    #[error("it is not decided yet whether step `{step}` applies")]
    ConditionOpen {
        /// Which.
        step: StepId,
    },
    /// Something rests on the decision already: an act in the step, an open signing, the force of the agreement.
    #[error("it is decided whether step `{step}` applies, and something rests on it")]
    AlreadyDecided {
        /// Which.
        step: StepId,
    },
    /// The step has no condition.
    #[error("step `{step}` always applies")]
    NotConditional {
        /// Which.
        step: StepId,
    },
    /// The text is not frozen.
    #[error("step `{step}` is about the frozen text, and no text is frozen")]
    NotFrozen {
        /// Which.
        step: StepId,
    },
    /// Another digest than that of the frozen text.
    #[error("this is not the digest of the frozen text")]
    OtherText,
    /// The body that approves is a party.
    #[error("`{body}` is a party: higher approval is given by a body that is none")]
    ApproverIsParty {
        /// Which.
        body: GovernmentId,
    },
    /// The body is not in the register of governments.
    #[error("`{body}` is not in the register of governments")]
    UnknownBody {
        /// Which.
        body: GovernmentId,
    },
    /// The act happened outside: its day is missing or in the future.
    #[error("say on which day it was done (`occurred.on`), not after today")]
    NoDay,
    /// A field must not be empty.
    #[error("`{field}` must not be empty")]
    Empty {
        /// Which.
        field: String,
    },
    /// The votes do not carry the result.
    #[error("{yes} to {no} does not carry this result")]
    VotesDoNotCarry {
        /// In favour.
        yes: u32,
        /// Against.
        no: u32,
    },
    /// A letter has arrived before it was written.
    #[error("the letter cannot have arrived before its date")]
    ArrivedBeforeWritten,
    /// The step needs an official letter, or a letter with receipt number and day of arrival.
    #[error("step `{step}` needs an official letter; of a body that did not record it here, with receipt number and day of arrival")]
    LetterMissing {
        /// Which.
        step: StepId,
    },
    /// A letter is dated or has arrived after today.
    #[error("the letter cannot be dated or have arrived after today")]
    LetterInFuture,
    /// The step has no time that could pass, its time runs by itself, or it has passed.
    #[error("no time runs for step `{step}`")]
    NoClock {
        /// Which.
        step: StepId,
    },
    /// The step's time has not passed.
    #[error("the time of step `{step}` has not passed")]
    NotYetLapsed {
        /// Which.
        step: StepId,
    },
    /// Signatures are recorded by signing.
    #[error("signatures are given in signing, not recorded as a step")]
    SignInSigning,
    /// Signing is open.
    #[error("signing is open already")]
    SigningIsOpen,
    /// The procedure knows no signature.
    #[error("the procedure knows no signature: the agreement waits for its other steps")]
    NothingToSign,
    /// Not every party has signed this text.
    #[error("not every party has signed this text")]
    SignaturesMissing,
    /// The signatures are noted.
    #[error("the signatures are noted already")]
    AlreadyNoted,
    /// The time zone is not known.
    #[error("`{zone}` is not a time zone of the IANA database")]
    UnknownZone {
        /// Which.
        zone: String,
    },
}
