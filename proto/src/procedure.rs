//! Procedures: the steps that a legal form demands, as data. The register ships with the program; a case pins the procedure as it stood when the
//! case opened. No code names a procedure.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{ProcedureId, StepId};
use crate::words::Names;

/// Whether the form can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// In force.
    InForce,
    /// Proposed, not in force.
    ProposedNotInForce,
    /// A model that parties may adopt.
    ModelOnly,
    /// Guidance for the life of a cooperation.
    Guidance,
}

/// What kind of act a step is. Each is its own act with its own record and evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Someone proposes.
    Propose,
    /// Consultation (협의).
    Consult,
    /// The text is drafted.
    Draft,
    /// A council, or a body acting in its place, resolves.
    CouncilResolution,
    /// A superior body approves.
    HigherApproval,
    /// Signature.
    Sign,
    /// Public notice.
    Publish,
    /// Report to someone who need not answer.
    Report,
    /// Filing, registration.
    Register,
}

/// Who takes a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepActor {
    /// Every party, each for itself.
    EachParty,
    /// One of the parties, for all: the initiator, the lead, the host.
    OneParty,
    /// All parties together, one record.
    PartiesTogether,
    /// A superior body that is no party.
    HigherBody,
    /// A commission, committee or court that is no party.
    ThirdBody,
    /// The joint body that the agreement creates.
    JointBody,
    /// Nobody acts: the law draws the result from other steps (a tally, an effect).
    ByLaw,
}

/// When a step that is not always needed is needed. A named official decides it with a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Money, property, a facility or a burden is committed.
    Commitment,
    /// An amount is above a threshold.
    Threshold,
    /// A local rule demands it.
    LocalRule,
    /// A facility lies outside the own area.
    OutsideArea,
    /// Powers of a superior or other body are touched.
    OthersPowers,
    /// A separate body is created.
    SeparateBody,
    /// The initiative came from elsewhere.
    Initiative,
    /// The public interest or default of a party calls for it.
    Interest,
    /// The cooperation is of a certain kind.
    KindOfCooperation,
}

/// What silence means when the time has passed. It never accepts money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Nothing: the step stays open and is overdue.
    Nothing,
}

/// From what a step's time runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RunsFrom {
    /// From the day an earlier step was done, or a letter arrived.
    PreviousStep,
    /// From the signature of all.
    Signature,
    /// From entry into force.
    EntryIntoForce,
    /// From an outside event that an official records.
    OutsideEvent,
}

/// The time a step has.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepTime {
    /// Calendar days. Months are converted as the register's source says (2 months 61, 3 months 91, 6 months 183).
    pub days: u16,
    /// From what they run.
    pub from: RunsFrom,
    /// The original words.
    pub wording: String,
}

/// How well a statement is founded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Read in a source that is listed.
    Found,
    /// General knowledge, to be verified.
    OwnKnowledge,
}

/// A typed choice with the words it was made from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Typed<T> {
    /// As typed.
    pub is: T,
    /// The original words.
    pub wording: String,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its name in the procedure.
    pub id: StepId,
    /// What it is.
    pub names: Names,
    /// What kind of act.
    pub kind: StepKind,
    /// A finer label, such as `legal_review`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Who takes it.
    pub actor: Typed<StepActor>,
    /// When it is needed; none: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Typed<Condition>>,
    /// The time it has; none: the law sets none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<StepTime>,
    /// What silence means; none: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silence: Option<Typed<Silence>>,
    /// The law.
    pub legal_ref: String,
    /// How well it is founded.
    pub evidence: Evidence,
    /// Whether the agreement waits for it.
    pub blocking: bool,
    /// A note of the register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A content of the agreement that the form asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// Its name, such as `cost`.
    pub id: String,
    /// What it is.
    pub names: Names,
    /// The law.
    pub legal_ref: String,
    /// How well it is founded.
    pub evidence: Evidence,
    /// Permissive or practice, not mandatory.
    #[serde(default)]
    pub optional: bool,
}

/// A procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// Its name.
    pub id: ProcedureId,
    /// Version of this register entry, from 1.
    pub version: u32,
    /// ISO 3166 country or `EU`, `COE`, `INTL`.
    pub jurisdiction: String,
    /// Whether the form can be used.
    pub status: Status,
    /// What it is.
    pub names: Names,
    /// The law.
    pub legal_basis: String,
    /// The fewest parties.
    pub parties_min: u16,
    /// Whether a legal person comes about; the original words where it depends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_person: Option<String>,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// The contents.
    pub contents: Vec<Content>,
    /// How it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dissolution: Option<String>,
    /// Where disputes go.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dispute_route: Vec<String>,
    /// Where it was read.
    pub sources: Vec<String>,
}
