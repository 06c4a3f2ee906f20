//! What the authority service knows of a case, and the rules of the matrix.

use std::collections::{BTreeMap, BTreeSet};

use proto::access::Denial;
use proto::authority::{Command, Event, Function, MatrixFinding, Refusal};
use proto::digest::Digest;
use proto::id::{FunctionId, GovernmentId};
use proto::message;
use proto::remark::Remark;
use proto::standing::{Phase, Standing};
use proto::words::is_blank;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::find::issues;

type Outcome = Result<Vec<Event>, message::Refusal>;

/// The fold of a case: its authority matrix, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "AuthorityState")]
pub struct State {
    /// How the case stands.
    pub standing: Standing,
    /// Who holds which power, by function.
    pub matrix: BTreeMap<FunctionId, Function>,
    /// Digest of the matrix, as parties freeze it; none when it has no row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// All that is wrong with it as things stand, settled or not.
    pub findings: Vec<Found>,
    /// What was open when the record last said so. Differs from `findings` only until the service has looked again.
    pub recorded_open: Vec<MatrixFinding>,
}

/// A finding and who has allowed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "AuthorityFinding")]
pub struct Found {
    /// The finding.
    pub finding: MatrixFinding,
    /// Whether some party has not allowed it.
    pub open: bool,
    /// The parties that have recorded why it may stay.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub allowed: BTreeMap<GovernmentId, Remark>,
}

impl State {
    /// What is open as things stand.
    #[must_use]
    pub fn open(&self) -> Vec<MatrixFinding> {
        self.findings.iter().filter(|found| found.open).map(|found| found.finding.clone()).collect()
    }

    /// Makes the findings anew. A finding that is still there keeps its allowances as far as they are of parties; one that is gone loses them, so
    /// that a reason given under other circumstances never counts again.
    fn find(&mut self) {
        let parties = &self.standing.parties;
        let mut before: Vec<Found> = std::mem::take(&mut self.findings);
        for (function, row) in &self.matrix {
            for issue in issues(row, parties) {
                let finding = MatrixFinding { function: function.clone(), issue };
                let known = before.iter().position(|found| found.finding == finding).map(|place| before.swap_remove(place));
                let mut allowed = known.map(|found| found.allowed).unwrap_or_default();
                allowed.retain(|party, _| parties.contains(party));
                self.findings.push(Found { open: is_open(&allowed, parties), finding, allowed });
            }
        }
    }

    fn set(&mut self, function: &FunctionId, row: &Function) {
        self.matrix.insert(function.clone(), row.clone());
        self.find();
    }

    fn remove(&mut self, function: &FunctionId) {
        self.matrix.remove(function);
        self.find();
    }

    fn allow(&mut self, finding: &MatrixFinding, by: &GovernmentId, why: &Remark) {
        if let Some(found) = self.findings.iter_mut().find(|found| found.finding == *finding) {
            found.allowed.insert(by.clone(), why.clone());
            found.open = is_open(&found.allowed, &self.standing.parties);
        }
    }
}

fn is_open(allowed: &BTreeMap<GovernmentId, Remark>, parties: &BTreeSet<GovernmentId>) -> bool {
    parties.is_empty() || parties.iter().any(|party| !allowed.contains_key(party))
}

/// The digest of a matrix: of the canonical JSON of function → row. None for a matrix without rows.
#[must_use]
pub fn digest(matrix: &BTreeMap<FunctionId, Function>) -> Option<Digest> {
    if matrix.is_empty() { None } else { Digest::of_json(matrix).ok() }
}

/// The rules.
pub(crate) fn decide(state: &State, command: &Command, actor: Option<&GovernmentId>) -> Outcome {
    match command {
        Command::Recheck => recheck(state),
        Command::SetFunction { function, row } => set(state, may_change(state, actor)?, function, row),
        Command::RemoveFunction { function } => remove(state, may_change(state, actor)?, function),
        Command::AllowFinding { finding, why } => allow(state, may_change(state, actor)?, finding, why),
    }
}

/// The party that acts, while the matrix may change.
fn may_change<'a>(state: &State, actor: Option<&'a GovernmentId>) -> Result<&'a GovernmentId, message::Refusal> {
    let party = state.standing.party(actor)?;
    if state.standing.phase == Phase::Open { Ok(party) } else { Err(Refusal::TextIsFrozen.into()) }
}

fn set(state: &State, by: &GovernmentId, function: &FunctionId, row: &Function) -> Outcome {
    if row.names.is_blank() {
        return Err(Refusal::Empty { field: "names".into() }.into());
    }
    for (holder, holdings) in &row.holders {
        let powers: BTreeSet<_> = holdings.iter().map(|holding| holding.power).collect();
        if powers.is_empty() {
            return Err(Refusal::Empty { field: format!("holders.{holder}") }.into());
        }
        if powers.len() < holdings.len() {
            return Err(Refusal::PowerTwice { function: function.clone(), holder: holder.clone() }.into());
        }
    }
    if state.matrix.get(function) == Some(row) {
        return Err(Refusal::NothingChanged { function: function.clone() }.into());
    }
    let mut after = state.clone();
    after.set(function, row);
    // There is a row now, and names with rows always have a JSON form: so there is a digest.
    let matrix = digest(&after.matrix).ok_or_else(|| Refusal::NothingChanged { function: function.clone() })?;
    Ok(vec![Event::FunctionSet { function: function.clone(), by: by.clone(), row: row.clone(), matrix, open: after.open() }])
}

fn remove(state: &State, by: &GovernmentId, function: &FunctionId) -> Outcome {
    known(state, function)?;
    let mut after = state.clone();
    after.remove(function);
    Ok(vec![Event::FunctionRemoved { function: function.clone(), by: by.clone(), matrix: digest(&after.matrix), open: after.open() }])
}

fn allow(state: &State, by: &GovernmentId, finding: &MatrixFinding, why: &Remark) -> Outcome {
    known(state, &finding.function)?;
    if says_nothing(why) {
        return Err(Refusal::Empty { field: "why".into() }.into());
    }
    let found = state.findings.iter().find(|found| found.finding == *finding).ok_or(Refusal::NoSuchFinding)?;
    if found.allowed.contains_key(by) {
        return Err(Refusal::AlreadyAllowed.into());
    }
    let mut after = state.clone();
    after.allow(finding, by, why);
    Ok(vec![Event::FindingAllowed { finding: finding.clone(), by: by.clone(), why: why.clone(), open: after.open() }])
}

/// In any phase: it changes no row, and a party may leave after the text is frozen.
fn recheck(state: &State) -> Outcome {
    if state.standing.phase == Phase::None {
        return Err(Denial::NoSuchCase.into());
    }
    let open = state.open();
    if open == state.recorded_open { Err(Refusal::NothingToRecheck.into()) } else { Ok(vec![Event::Rechecked { open }]) }
}

fn known(state: &State, function: &FunctionId) -> Result<(), Refusal> {
    if state.matrix.contains_key(function) { Ok(()) } else { Err(Refusal::UnknownFunction { function: function.clone() }) }
}

/// A recorded remark stands as its commitment; one that is asked must have a text.
fn says_nothing(why: &Remark) -> bool {
    why.remark.as_ref().map_or(why.remark_commitment.is_none(), |text| is_blank(text))
}

/// Takes in one event of a case.
pub fn evolve(state: &mut State, event: &message::Event) {
    match event {
        message::Event::Authority(event) => take_in(state, event),
        message::Event::Negotiation(_)
        | message::Event::Approvals(_)
        | message::Event::Signing(_)
        | message::Event::Mediation(_)
        | message::Event::Allocation(_)
        | message::Event::Registry(_)
        | message::Event::Calendar(_) => {
            let before = state.standing.parties.clone();
            state.standing.evolve(event);
            if state.standing.parties != before {
                state.find();
            }
        }
    }
}

fn take_in(state: &mut State, event: &Event) {
    let open = match event {
        Event::FunctionSet { function, row, open, .. } => {
            state.set(function, row);
            open
        }
        Event::FunctionRemoved { function, open, .. } => {
            state.remove(function);
            open
        }
        Event::FindingAllowed { finding, by, why, open } => {
            state.allow(finding, by, why);
            open
        }
        Event::Rechecked { open } => open,
    };
    state.recorded_open.clone_from(open);
    state.digest = digest(&state.matrix);
}
