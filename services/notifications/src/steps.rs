//! The steps of the pinned procedure, as far as they say whose turn it is.
//!
//! Which step is complete is the rule of approvals and stands in its events; when a step's turn has come is seen from the procedure ([`crate::turns`]).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Not;
use std::sync::Arc;

use proto::approvals::{Event as E, StepOf};
use proto::id::{GovernmentId, StepId};
use proto::procedure::{Procedure, RunsFrom, Stage, Step, StepActor};
use proto::standing::Phase;
use proto::words::Deadline;
use serde::{Deserialize, Serialize};

/// The procedure and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Steps {
    /// The steps, in order.
    pub plan: Arc<Vec<Plan>>,
    /// The body above each that convenes, is invited or a party.
    pub above: BTreeMap<GovernmentId, GovernmentId>,
    /// What is known of each.
    pub known: BTreeMap<StepId, Lanes>,
    /// Whether approvals have noted the signatures.
    pub signed: bool,
    /// What can be done now.
    pub tasks: Vec<Task>,
    /// Clocks that run for steps that are not complete.
    pub running: Vec<(StepOf, Clock)>,
}

/// A step, as far as its turn depends on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Plan {
    /// Its name.
    pub id: StepId,
    /// Who takes it.
    pub actor: StepActor,
    /// Where it stands in the life of the agreement.
    pub stage: Stage,
    /// Whether the agreement waits for it.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub blocking: bool,
    /// Whether the agreement or a step that it waits for waits for this one.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub awaited: bool,
    /// Whether it must be decided first whether it applies.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub conditional: bool,
    /// Whether it is the signing of the agreement.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub is_signing: bool,
    /// Whether it comes again.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub repeats: bool,
    /// From what its time runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runs_from: Option<RunsFrom>,
}

/// What is known of a step: for all, and for each party that has it for itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Lanes {
    /// Of the one for all.
    pub all: Known,
    /// Of each party's own.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub parties: BTreeMap<GovernmentId, Known>,
}

/// What is known of one instance of a step.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Known {
    /// Whether it applies, where that was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applies: Option<bool>,
    /// Whether it is complete.
    #[serde(skip_serializing_if = "Not::not")]
    pub done: bool,
    /// Its time, while it runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock: Option<Clock>,
}

/// A time that runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Clock {
    /// Position of the entry that started it.
    pub position: u64,
    /// Until when.
    pub due: Deadline,
}

/// A step whose turn has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Task {
    /// Which.
    pub step: StepOf,
    /// Whether it must be decided first whether it applies.
    pub undecided: bool,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Deadline>,
    /// Who can do it.
    pub who: BTreeSet<GovernmentId>,
}

impl Plan {
    fn new(step: &Step, all: &[Step]) -> Self {
        Self {
            id: step.id.clone(),
            actor: step.actor.is,
            stage: step.stage,
            blocking: step.blocking,
            awaited: step.blocking || all.iter().any(|other| other.blocking && runs_from(other) == Some(&RunsFrom::Step(step.id.clone()))),
            conditional: step.condition.is_some(),
            is_signing: step.is_signing(),
            repeats: step.repeats,
            runs_from: runs_from(step).cloned(),
        }
    }

    pub(crate) fn is_about_text(&self) -> bool {
        matches!(self.stage, Stage::Text | Stage::Entry)
    }

    /// Whether anybody still has to think of it: preparations are over with the signature, conditions with entry into force.
    pub(crate) fn is_current(&self, phase: Phase) -> bool {
        match self.stage {
            Stage::Preparation | Stage::Text => phase < Phase::Signed,
            Stage::Entry => phase < Phase::InForce,
            Stage::After => true,
        }
    }
}

fn runs_from(step: &Step) -> Option<&RunsFrom> {
    step.time.as_ref().map(|time| &time.from)
}

impl Steps {
    pub(crate) fn opened(&mut self, procedure: &Procedure) {
        self.plan = Arc::new(procedure.steps.iter().map(|step| Plan::new(step, &procedure.steps)).collect());
    }

    pub(crate) fn stands_above(&mut self, body: &GovernmentId, parent: Option<&GovernmentId>) {
        self.above.extend(parent.map(|parent| (body.clone(), parent.clone())));
    }

    pub(crate) fn left(&mut self, party: &GovernmentId) {
        self.known.values_mut().for_each(|lanes| {
            lanes.parties.remove(party);
        });
    }

    /// Nothing that was done about the old text counts for a new one.
    pub(crate) fn reopened(&mut self) {
        self.signed = false;
        for plan in self.plan.iter().filter(|plan| plan.is_about_text()) {
            if let Some(lanes) = self.known.get_mut(&plan.id) {
                for known in lanes.parties.values_mut().chain([&mut lanes.all]) {
                    *known = Known { applies: known.applies, ..Known::default() };
                }
            }
        }
    }

    fn know(&mut self, of: &StepOf) -> &mut Known {
        let lanes = self.known.entry(of.step.clone()).or_default();
        match &of.government {
            Some(party) => lanes.parties.entry(party.clone()).or_default(),
            None => &mut lanes.all,
        }
    }

    pub(crate) fn evolve(&mut self, event: &E, position: u64) {
        match event {
            E::ConditionDecided { step, applies, .. } => self.know(step).applies = Some(*applies),
            E::StepRecorded { step, complete: true, .. } => {
                let known = self.know(step);
                (known.done, known.clock) = (true, None);
            }
            E::ClockStarted { step, due, .. } => self.know(step).clock = Some(Clock { position, due: due.clone() }),
            E::StepLapsed { step, complete, .. } => {
                let known = self.know(step);
                (known.done, known.clock) = (known.done || *complete, None);
            }
            E::SignaturesNoted { .. } => self.signed = true,
            E::StepRecorded { complete: false, .. }
            | E::SignOffRecorded { .. }
            | E::PassedAmended { .. }
            | E::SigningOpened { .. }
            | E::EnteredIntoForce { .. } => {}
        }
    }
}
