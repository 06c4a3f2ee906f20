//! What is known of each step of each party: what people read, and what the rules decide on.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use proto::approvals::{CouncilEnd, Done, Letter, StepOf};
use proto::digest::Digest;
use proto::entry::Document;
use proto::id::{GovernmentId, OfficialId, StepId};
use proto::procedure::Step;
use proto::remark::Remark;
use proto::words::Deadline;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The unfolded procedure.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Lanes {
    /// Steps that are done once for all, in order.
    pub common: Vec<Instance>,
    /// Steps that each party has for itself, in order.
    pub parties: BTreeMap<GovernmentId, Vec<Instance>>,
}

/// One step of one party, or of all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Instance {
    /// Which.
    pub of: StepOf,
    /// Place of the step in the procedure, from 0.
    pub place: usize,
    /// What the procedure says of it: law, time, meaning of silence, and the words these were taken from.
    pub step: Arc<Step>,
    /// How it stands.
    pub status: Status,
    /// Whether it applies, where that had to be decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Decided>,
    /// Its time, once it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<Clock>,
    /// What was done in it, first to last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attempts: Vec<Attempt>,
}

/// How a step stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "StepStatus")]
pub enum Status {
    /// It is its turn.
    #[default]
    Open,
    /// Whether it applies must be decided first.
    ConditionOpen,
    /// It was decided that it does not apply.
    NotApplicable,
    /// It is about the frozen text, and none is frozen.
    NotFrozen,
    /// Other steps come first.
    Waiting {
        /// Which.
        missing: Vec<StepOf>,
    },
    /// It was done, and the letter that carries it has not arrived.
    LetterOnItsWay,
    /// The answer was no. It may be tried again.
    Refused,
    /// Its time has passed, and silence means nothing.
    Overdue,
    /// It is complete.
    Done {
        /// From which day.
        effect: Date,
    },
}

/// The decision whether a conditional step applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Decided {
    /// Whether it does.
    pub applies: bool,
    /// Who decided it.
    pub by: OfficialId,
    /// Why.
    pub why: Remark,
}

/// The time of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Clock {
    /// From which day, not counted.
    pub from: Date,
    /// Until when.
    pub due: Deadline,
    /// Whether a formal answer is needed although silence means yes as a rule.
    pub formal: bool,
    /// Whether it is over: the step was completed in it, or it is recorded that it has passed.
    pub over: bool,
}

/// Something that was done in a step, or the silence in which its time passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attempt {
    /// What happened.
    pub what: What,
    /// The text it was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Digest>,
    /// From which day it has effect, if the step is complete with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<Date>,
    /// Whether the text it was about was opened again, so that it counts no more.
    #[serde(default)]
    pub void: bool,
}

/// What happened in a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// It was done, and recorded.
    Recorded {
        /// What.
        done: Done,
        /// By which body it was recorded.
        by: GovernmentId,
        /// When it was done.
        on: Date,
        /// The letter that carries it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        letter: Option<Box<Letter>>,
        /// What shows it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        evidence: Vec<Document>,
    },
    /// Its time passed in silence.
    Silence {
        /// Whether that is taken for a no.
        refused: bool,
    },
}

impl Lanes {
    /// All instances: those for all first, then party by party.
    pub fn all(&self) -> impl Iterator<Item = &Instance> {
        self.common.iter().chain(self.parties.values().flatten())
    }

    /// All instances, to be changed.
    pub(crate) fn all_mut(&mut self) -> impl Iterator<Item = &mut Instance> {
        self.common.iter_mut().chain(self.parties.values_mut().flatten())
    }

    /// The instance of this name.
    #[must_use]
    pub fn find(&self, of: &StepOf) -> Option<&Instance> {
        self.all().find(|instance| instance.of == *of)
    }

    pub(crate) fn find_mut(&mut self, of: &StepOf) -> Option<&mut Instance> {
        self.all_mut().find(|instance| instance.of == *of)
    }
}

impl Instance {
    /// Whether it was decided that it does not apply.
    pub(crate) fn is_not_applicable(&self) -> bool {
        self.decided.as_ref().is_some_and(|decided| !decided.applies)
    }

    /// Whether it must still be decided whether it applies.
    pub(crate) fn is_undecided(&self) -> bool {
        self.step.condition.is_some() && self.decided.is_none()
    }

    /// Attempts that count.
    pub(crate) fn valid(&self) -> impl DoubleEndedIterator<Item = &Attempt> {
        self.attempts.iter().filter(|attempt| !attempt.void)
    }

    /// Whether it and another concern each other: they are of one party, or one of them is for all.
    pub(crate) fn shares_lane(&self, other: &Self) -> bool {
        self.of.government.is_none() || other.of.government.is_none() || self.of.government == other.of.government
    }

    pub(crate) fn id(&self) -> StepId {
        self.of.step.clone()
    }
}

impl Attempt {
    /// How a step stands after it, if it is not complete.
    pub(crate) fn leaves(&self) -> Status {
        match &self.what {
            What::Recorded { done: Done::Higher { approved: false, .. } | Done::Consulted { agreed: false, .. }, .. }
            | What::Recorded { done: Done::Council { end: CouncilEnd::Rejected, .. }, .. }
            | What::Silence { refused: true } => Status::Refused,
            What::Silence { refused: false } => Status::Overdue,
            // Of a council, deferred, withdrawn, lapsed with the term and passed amended leave the step as open as it was.
            What::Recorded { done: Done::Council { end, .. }, .. } if *end != CouncilEnd::Passed => Status::Open,
            What::Recorded { .. } => Status::LetterOnItsWay,
        }
    }
}
