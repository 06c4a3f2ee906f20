//! Procedures: the steps that a legal form demands, as data. The register ships with the program; a case pins the procedure as it stood when the
//! case opened. No code names a procedure: whatever a rule must know of a step stands in the step.

mod register;
mod words;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{ProcedureId, StepId};
use crate::words::{Counting, Names};

pub use register::{gates, register};
pub use words::{Told, Words};

/// What a procedure is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// A legal form that a case can take.
    Form,
    /// Guidance for the whole life of a cooperation, whatever its form.
    Lifecycle,
    /// A way to resolve a dispute; never the form of a case.
    DisputeProcedure,
}

/// Whether the form can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ProcedureStatus")]
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

/// Whether a legal person comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LegalPerson {
    /// Never.
    No,
    /// Always.
    Yes,
    /// As the agreement says.
    Optional,
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

/// Where in the life of the agreement a step stands, and so what it is about and what waits for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Prepares the text: names no digest, can be done before freezing, and stays done when the text opens again.
    Preparation,
    /// About the frozen text: names its digest and must be done again for another. Signing waits for it; of the kind `sign` it *is* the signing.
    Text,
    /// A condition of entry into force that comes after the signature (or after the approvals, where the form knows no signature).
    Entry,
    /// A duty that follows and holds nothing up: a report of what was signed, an audit, a settlement of accounts.
    After,
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
    /// A superior body that is no party, once for all.
    HigherBody,
    /// The superior body of each party, once per party: each member's own State.
    HigherBodyOfEach,
    /// A commission, committee or court that is no party.
    ThirdBody,
    /// The joint body that the agreement creates.
    JointBody,
    /// Nobody acts: the law draws the result from the steps before (a tally, an effect).
    ByLaw,
}

impl StepActor {
    /// Whether each party has an instance of its own.
    #[must_use]
    pub fn per_party(self) -> bool {
        matches!(self, Self::EachParty | Self::HigherBodyOfEach)
    }
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
    /// A facility or a partner lies outside the own area.
    OutsideArea,
    /// Powers of a superior or other body are touched.
    OthersPowers,
    /// A separate body is created.
    SeparateBody,
    /// No separate body is created.
    NoSeparateBody,
    /// The initiative came from elsewhere.
    Initiative,
    /// The public interest or default of a party calls for it.
    Interest,
    /// A decision is contested.
    Contested,
    /// The cooperation is of a certain kind.
    KindOfCooperation,
    /// The cooperation is for a certain time.
    Duration,
}

/// What silence means when the time has passed. It never accepts money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// Yes.
    Yes,
    /// Yes, save where the law wants a formal answer; whoever starts the time says which it is.
    YesUnlessFormal,
    /// No.
    No,
    /// Nothing: the step stays open and is overdue.
    Nothing,
}

/// From what a step's time runs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RunsFrom {
    /// From the day this earlier step took effect: it was done, or its letter arrived.
    Step(StepId),
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
    /// In words.
    pub wording: Words,
}

/// How well a statement is founded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Read in a source that is listed.
    #[default]
    Found,
    /// General knowledge, to be verified.
    OwnKnowledge,
}

impl Evidence {
    /// Whether it was read in a source.
    #[must_use]
    pub fn is_found(&self) -> bool {
        *self == Self::Found
    }
}

/// Of whom more than half must be in favour. A tie carries nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Majority {
    /// Of the members present: an abstention weighs like a no (지방자치법 제73조; 地方自治法 第116条).
    Present,
    /// Of the votes cast for and against: an abstention weighs nothing.
    Cast,
}

/// A typed choice, and what the register says in words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Typed{T}")]
pub struct Typed<T> {
    /// As typed.
    pub is: T,
    /// In words.
    pub wording: Words,
}

/// That an official letter must carry the act; effect then runs from its arrival.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LetterDemand {
    /// The law.
    pub legal_ref: Words,
    /// How well it is founded.
    pub evidence: Evidence,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its name in the procedure.
    pub id: StepId,
    /// What it is. The English is the register's original wording.
    pub names: Names,
    /// Its name in the language of the law, where that is neither English nor Korean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub native: Option<String>,
    /// What kind of act.
    pub kind: StepKind,
    /// A finer label, such as `legal_review`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Where it stands in the life of the agreement.
    pub stage: Stage,
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
    /// Of a consultation: whether only a yes completes it (consent, 동의), or being heard does (consultation, 협의).
    #[serde(default, skip_serializing_if = "is_false")]
    pub assent: bool,
    /// Of a council resolution: what carries it; none: more yes than no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub majority: Option<Typed<Majority>>,
    /// Whether an official letter must carry it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<LetterDemand>,
    /// So many days after the act it takes effect.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub effect_after_days: u16,
    /// A duty that comes again: it can be recorded any number of times.
    #[serde(default, skip_serializing_if = "is_false")]
    pub repeats: bool,
    /// The financial gate whose rules say when it is needed: its name in [`gates`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate: Option<String>,
    /// The law.
    pub legal_ref: Words,
    /// How well it is founded.
    pub evidence: Evidence,
    /// Whether the agreement waits for it.
    pub blocking: bool,
    /// A note of the register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Words>,
}

impl Step {
    /// Whether it is the signing of the agreement, which the signing service records.
    #[must_use]
    pub fn is_signing(&self) -> bool {
        self.kind == StepKind::Sign && self.stage == Stage::Text
    }

    /// Whether it must name the digest of the frozen text.
    #[must_use]
    pub fn is_about_text(&self) -> bool {
        matches!(self.stage, Stage::Text | Stage::Entry)
    }

    /// What silence means when its time has passed.
    #[must_use]
    pub fn on_silence(&self) -> Silence {
        self.silence.as_ref().map_or(Silence::Nothing, |silence| silence.is)
    }
}

/// A content of the agreement that the form asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// Its name, such as `cost`.
    pub id: String,
    /// What it is.
    pub names: Names,
    /// The words of the law, where they are neither English nor Korean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub native: Option<String>,
    /// The law.
    pub legal_ref: Words,
    /// How well it is founded.
    pub evidence: Evidence,
    /// Permissive or practice, not mandatory.
    #[serde(default)]
    pub optional: bool,
    /// When the law asks for it; none: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Typed<Condition>>,
}

impl Content {
    /// Whether every agreement of this form must carry it.
    #[must_use]
    pub fn is_mandatory(&self) -> bool {
        !self.optional && self.condition.is_none()
    }
}

/// What else the law says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Provision {
    /// About what.
    pub subject: Subject,
    /// What it says.
    pub text: Words,
    /// The law.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_ref: Option<Words>,
}

/// What a provision is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// What holds where the agreement says nothing.
    Default,
    /// How another part of the country differs.
    Variant,
    /// Who can be a party.
    Parties,
    /// Which body is competent.
    Jurisdiction,
    /// Who bears the cost.
    Cost,
    /// How long it may take.
    Time,
    /// How it ends.
    Dissolution,
}

/// A procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// Its name.
    pub id: ProcedureId,
    /// Version of this register entry, from 1.
    pub version: u32,
    /// ISO 3166 country or part of one, or `EU`, `COE`, `INTL`.
    pub jurisdiction: String,
    /// What it is for.
    pub category: Category,
    /// Whether the form can be used.
    pub status: Status,
    /// What it is.
    pub names: Names,
    /// Its name in the language of the law, where that is neither English nor Korean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub native: Option<String>,
    /// The law.
    pub legal_basis: Words,
    /// The fewest parties.
    pub parties_min: u16,
    /// Whether a legal person comes about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_person: Option<LegalPerson>,
    /// How days are counted under this law.
    pub counting: Counting,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// The contents.
    pub contents: Vec<Content>,
    /// What else the law says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provisions: Vec<Provision>,
    /// Where disputes go: names of dispute procedures of the register, or words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dispute_route: Vec<Words>,
    /// Where it was read.
    pub sources: Vec<String>,
}

/// A financial gate: rules that say whether a step is needed, and of what weight. For the official who decides; no code draws a conclusion from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// Its name.
    pub id: String,
    /// ISO 3166 country.
    pub jurisdiction: String,
    /// What it is.
    pub names: Names,
    /// The law.
    pub legal_basis: Words,
    /// Matters that always pass it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Words>,
    /// Who decides from which amount on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thresholds: Vec<Threshold>,
    /// When it is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timing: Option<Words>,
    /// How it can end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<Words>,
    /// What makes it necessary again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub again_when: Vec<Words>,
    /// How a body votes on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voting: Option<Words>,
    /// How well it is founded.
    pub evidence: Evidence,
    /// What must be checked before relying on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify: Option<Words>,
    /// Where it was read.
    pub sources: Vec<String>,
}

/// From which amount on who decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// Who decides.
    pub level: Words,
    /// From which amount on.
    pub rule: Words,
    /// The law.
    pub legal_ref: Words,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn is_false(value: &bool) -> bool {
    !value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn is_zero(value: &u16) -> bool {
    *value == 0
}
