//! What is still missing until the agreement can be signed, and until it enters into force.

use std::collections::BTreeMap;

use approvals::{Instance, Status};
use proto::procedure::Stage;

use super::Reader;
use crate::When;

/// The conditions of one thing.
pub(super) struct Road {
    /// What they lead to, as a heading.
    pub to: String,
    pub done: usize,
    pub of: usize,
    /// The day on which it came, or that it is open.
    pub reached: Option<String>,
    pub day: Option<When>,
    /// What is missing: a step and whose.
    pub missing: Vec<(String, String)>,
}

/// Until signing, where the procedure knows one; and until force.
pub(super) fn roads(reader: &Reader<'_>) -> Vec<Road> {
    let state = reader.state;
    let visit = &reader.case.visit;
    let signing = state.lanes.all().find(|instance| instance.step.is_signing());
    let mut roads = Vec::new();
    if let Some(signing) = signing {
        let before =
            |instance: &&Instance| matches!(instance.step.stage, Stage::Preparation | Stage::Text) && instance.place < signing.place;
        let mut road = road(reader, visit.t("approvals-to-signing"), state.lanes.all().filter(before));
        road.reached = match (&state.signatures, &state.signing_open) {
            (Some(_), _) => Some(visit.t("approvals-signed")),
            (None, Some(_)) => Some(visit.t("approvals-signing-open")),
            (None, None) => None,
        };
        road.day = state.signatures.as_ref().map(|noted| visit.on(&noted.on));
        roads.push(road);
    }
    let mut force = road(reader, visit.t("approvals-to-force"), state.lanes.all().filter(|instance| instance.step.stage != Stage::After));
    force.reached = state.in_force.map(|_| visit.t("approvals-in-force"));
    force.day = state.in_force.map(|on| visit.on(&on));
    roads.push(force);
    roads
}

fn road<'a>(reader: &Reader<'_>, to: String, conditions: impl Iterator<Item = &'a Instance>) -> Road {
    let all: Vec<&Instance> = conditions.filter(|instance| instance.step.blocking && instance.status != Status::NotApplicable).collect();
    let mut missing: BTreeMap<usize, (String, Vec<String>)> = BTreeMap::new();
    for instance in all.iter().filter(|instance| !matches!(instance.status, Status::Done { .. })) {
        let (_, whose) = missing.entry(instance.place).or_insert_with(|| (reader.step(instance), Vec::new()));
        whose.extend(instance.of.government.as_ref().map(|government| reader.case.called(government).to_owned()));
    }
    let missing: Vec<(String, String)> = missing.into_values().map(|(step, whose)| (step, whose.join(" · "))).collect();
    let done = all.iter().filter(|instance| matches!(instance.status, Status::Done { .. })).count();
    Road { to, done, of: all.len(), reached: None, day: None, missing }
}
