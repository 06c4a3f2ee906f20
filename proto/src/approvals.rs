//! What is said to and by approvals: the steps of the pinned procedure, each its own act, and entry into force.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::id::{GovernmentId, StepId};
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
    /// Registration number at the recipient, 접수번호; none until it has arrived.
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
    /// Passed with changes, 수정가결: the text opens again, and no approval of the old digest counts.
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
        /// The digest of the frozen text it is about; required from freezing on, for steps the agreement waits for.
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
    },
    /// Records that a step's time has passed in silence. Issued by the notifications service.
    LapseStep {
        /// The step.
        step: StepOf,
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
pub enum Event {
    /// It is decided whether a conditional step applies.
    ConditionDecided {
        /// The step.
        step: StepOf,
        /// Whether it applies.
        applies: bool,
        /// Why.
        why: Remark,
    },
    /// Something was done in a step.
    StepRecorded {
        /// The step.
        step: StepOf,
        /// What.
        done: Done,
        /// Whether the step is complete with it.
        complete: bool,
        /// The digest it is about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        agreement: Option<Digest>,
        /// The letter.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        letter: Option<Letter>,
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
        /// Until when.
        due: Deadline,
    },
    /// A step's time has passed in silence.
    StepLapsed {
        /// The step.
        step: StepOf,
        /// Whether the step is complete with it (silence means yes).
        complete: bool,
        /// Whether it is refused with it (silence means no).
        refused: bool,
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
    /// The step has no time that could pass.
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
