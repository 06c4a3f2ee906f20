//! What the laboratory knows of a case, or of what a party keeps to itself in it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use proto::allocation::{Answer, Computation, Event, Figure, Model, Refusal, Stand, Study, Work};
use proto::digest::Digest;
use proto::id::{GovernmentId, RunId};
use proto::message;
use proto::standing::Standing;
use runtime::decider::Meta;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The fold of a case, or of a party's own stream in it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "AllocationState")]
pub struct State {
    /// How the case stands; of a party's own stream, nothing.
    pub standing: Standing,
    /// The runs: on the table, or of a party's own stream those it keeps to itself.
    pub runs: BTreeMap<RunId, Run>,
    /// The studies, likewise.
    #[serde(default)]
    pub studies: BTreeMap<RunId, Studied>,
    /// What parties say of figures of runs on the table.
    #[serde(default)]
    pub stands: Vec<Stand>,
    /// What is computed beside, of a party's own stream.
    #[serde(default)]
    pub pending: BTreeMap<RunId, Pending>,
    /// What was computed beside and has no result, with the reason.
    #[serde(default)]
    pub failed: BTreeMap<RunId, Refusal>,
}

/// A run: what was computed, and what came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Run {
    /// Whose it is.
    pub by: GovernmentId,
    /// Since when it is on record.
    pub at: Timestamp,
    /// Digest of the result: by it an offer and the agreement refer to the run.
    pub digest: Digest,
    /// The model.
    pub model: Model,
    /// The result.
    pub result: Computation,
}

/// A study: what was asked about a run, and the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Studied {
    /// Whose it is.
    pub by: GovernmentId,
    /// Since when it is on record.
    pub at: Timestamp,
    /// What was asked.
    pub study: Study,
    /// The answer.
    pub answer: Box<Answer>,
}

/// Something that is computed beside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Pending {
    /// Since when.
    pub at: Timestamp,
    /// The entry that asked for it.
    pub position: u64,
    /// What.
    pub work: Work,
    /// Up to so many members all sets of them are looked at.
    pub members: u8,
}

impl State {
    /// The run with this result.
    #[must_use]
    pub fn run_of(&self, digest: Digest) -> Option<&Run> {
        self.runs.values().find(|run| run.digest == digest)
    }

    /// Whether a run or study has this name, done or under way.
    pub(crate) fn has(&self, run: &RunId) -> bool {
        self.runs.contains_key(run) || self.studies.contains_key(run) || self.pending.contains_key(run)
    }

    /// What a party said of a figure, in the place of what it said before.
    fn take(&mut self, stand: Stand) {
        self.stands.retain(|other| (&other.by, &other.figure) != (&stand.by, &stand.figure));
        let place = self.stands.partition_point(|other| key(other) < key(&stand));
        self.stands.insert(place, stand);
    }
}

fn key(stand: &Stand) -> (&GovernmentId, &Figure) {
    (&stand.by, &stand.figure)
}

/// Takes in one event.
pub fn evolve(state: &mut State, event: &message::Event, of: &Meta) {
    match event {
        message::Event::Allocation(event) => take_in(state, event, of),
        message::Event::Negotiation(_)
        | message::Event::Authority(_)
        | message::Event::Approvals(_)
        | message::Event::Signing(_)
        | message::Event::Mediation(_)
        | message::Event::Registry(_)
        | message::Event::Calendar(_) => state.standing.evolve(event),
    }
}

fn take_in(state: &mut State, event: &Event, of: &Meta) {
    let own = || of.stream.owner().cloned();
    match event {
        Event::Computed { run, digest, model, result } => keep_run(state, run, own(), (digest, model, result), of),
        Event::RunTabled { run, by, digest, model, result } => {
            keep_run(state, run, Some(by.clone()), (digest, model, result), of);
            // What its author says of figures is said by tabling it.
            model.stands.iter().filter(|stand| stand.by == *by).for_each(|stand| state.take(stand.clone()));
        }
        Event::Studied { run, study, answer } => keep_study(state, run, own(), (study, answer), of),
        Event::StudyTabled { run, by, study, answer } => keep_study(state, run, Some(by.clone()), (study, answer), of),
        Event::WorkAsked { run, work, members } => {
            state.failed.remove(run);
            let pending = Pending { at: of.at, position: of.position, work: work.clone(), members: *members };
            state.pending.insert(run.clone(), pending);
        }
        Event::WorkFailed { run, why } => {
            state.pending.remove(run);
            state.failed.insert(run.clone(), why.clone());
        }
        Event::WorkCancelled { run } => drop(state.pending.remove(run)),
        Event::StandTaken { by, figure, position } => {
            state.take(Stand { by: by.clone(), figure: figure.clone(), position: position.clone() });
        }
    }
}

fn keep_run(state: &mut State, run: &RunId, by: Option<GovernmentId>, kept: (&Digest, &Model, &Computation), of: &Meta) {
    state.pending.remove(run);
    state.failed.remove(run);
    let (digest, model, result) = kept;
    if let Some(by) = by {
        state.runs.insert(run.clone(), Run { by, at: of.at, digest: *digest, model: model.clone(), result: result.clone() });
    }
}

fn keep_study(state: &mut State, run: &RunId, by: Option<GovernmentId>, (study, answer): (&Study, &Answer), of: &Meta) {
    state.pending.remove(run);
    if let Some(by) = by {
        state.studies.insert(run.clone(), Studied { by, at: of.at, study: study.clone(), answer: Box::new(answer.clone()) });
    }
}
