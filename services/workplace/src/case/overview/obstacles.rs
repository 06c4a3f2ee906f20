//! What stands in the way of signing: what the rules would answer, open disputes, and the steps that each body has still to take.

use std::collections::BTreeMap;

use approvals::{Instance, Status};
use gateway::problem::Problem;
use proto::actor::Service;
use proto::id::GovernmentId;
use proto::message;
use proto::negotiation::Refusal;
use proto::procedure::Stage;
use proto::standing::Phase;
use serde_json::json;

use super::super::{Case, Room};

/// Something in the way.
pub(super) struct Obstacle {
    pub what: String,
    /// How it goes away.
    pub next: String,
    pub href: String,
}

pub(super) async fn of(case: &Case) -> Vec<Obstacle> {
    let text = case.state.obstacles.iter().filter(|_| case.state.standing.phase == Phase::Open);
    let mut all: Vec<Obstacle> = text.map(|refusal| refused(case, refusal)).collect();
    if matches!(case.state.standing.phase, Phase::Open | Phase::Frozen | Phase::Signed) {
        all.extend(steps(case).await);
    }
    all
}

fn refused(case: &Case, refusal: &Refusal) -> Obstacle {
    let room = match refusal {
        Refusal::TermsOpen { .. } => Room::Table,
        Refusal::AuthorityOpen { .. } => Room::Authority,
        Refusal::DisputeOpen { .. } => Room::Disputes,
        Refusal::AllocationOutdated { .. } => Room::Allocation,
        Refusal::TooFewParties { .. } => Room::Overview,
        _ => Room::Text,
    };
    let problem = case.in_words(Problem::of(message::Refusal::from(refusal.clone()), case.visit.language));
    Obstacle { what: problem.title.into(), next: problem.detail.unwrap_or_default().into(), href: case.path(room) }
}

/// The steps that are still to be taken, body by body.
async fn steps(case: &Case) -> Vec<Obstacle> {
    let Ok(state) = case.fold::<approvals::State>(Service::Approvals).await else { return Vec::new() };
    let signed = case.state.standing.phase == Phase::Signed;
    let mut missing: BTreeMap<Option<GovernmentId>, Vec<String>> = BTreeMap::new();
    for instance in state.lanes.all().filter(|instance| is_missing(instance, signed)) {
        missing.entry(instance.of.government.clone()).or_default().push(case.visit.name(&instance.step.names).to_owned());
    }
    let said = |(body, steps): (Option<GovernmentId>, Vec<String>)| {
        let body = body.map_or_else(|| case.visit.t("overview-together"), |body| case.called(&body).to_owned());
        let what = case.visit.told("overview-steps", &json!({ "body": body, "count": steps.len() }));
        Obstacle { what, next: steps.join(" · "), href: case.path(Room::Approvals) }
    };
    missing.into_iter().map(said).collect()
}

/// Before the signature those that it waits for, after it those that the entry into force waits for.
fn is_missing(instance: &Instance, signed: bool) -> bool {
    let step = &instance.step;
    let counts = match step.stage {
        Stage::Preparation | Stage::Text => !signed && !step.is_signing(),
        Stage::Entry => signed,
        Stage::After => false,
    };
    counts && step.blocking && !matches!(instance.status, Status::Done { .. } | Status::NotApplicable)
}
