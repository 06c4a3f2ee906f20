//! What is left until signing, as a list of things to go to.

use approvals::Status;
use negotiation::State;
use proto::actor::Service;
use proto::negotiation::ClauseState;
use proto::standing::Phase;

use super::super::{Case, Room};
use super::compare::stands;

/// Something that is left.
pub(crate) struct Left {
    pub said: String,
    pub href: String,
    /// Names of what it is about.
    pub names: Vec<String>,
}

/// So many names are told; the room has the others.
const NAMED: usize = 3;

/// What is left; nothing once all is signed. Without an answer of the approvals the rest is told.
pub(crate) async fn left(case: &Case) -> Vec<Left> {
    if case.state.standing.phase >= Phase::Signed {
        return Vec::new();
    }
    let approvals: approvals::State = case.fold(Service::Approvals).await.unwrap_or_default();
    let steps = approvals.lanes.common.iter().chain(approvals.lanes.parties.values().flatten());
    let to_come = steps.filter(|step| !matches!(step.status, Status::Done { .. } | Status::NotApplicable)).count();
    let mut left: Vec<Left> = if case.state.standing.phase == Phase::Open { open(case) } else { Vec::new() };
    if to_come > 0 {
        left.push(item(case, "table-left-approvals", to_come, Room::Approvals, Vec::new()));
    }
    left
}

fn open(case: &Case) -> Vec<Left> {
    let state: &State = &case.state;
    let terms = |stand: &str| {
        let of = state.terms.keys().filter(|id| stands(case, id) == stand);
        of.map(|id| case.name_of("term", id.as_str())).collect::<Vec<_>>()
    };
    let clauses = |stand: ClauseState| {
        let of = state.clauses.iter().filter(|(_, clause)| clause.state == stand);
        of.map(|(id, _)| case.name_of("clause", id.as_str())).collect::<Vec<_>>()
    };
    let findings = state.findings.iter().map(|_| String::new()).collect::<Vec<_>>();
    let each = [
        ("table-left-disputed", terms("dispute"), Room::Disputes),
        ("table-left-open", terms("open"), Room::Table),
        ("table-left-bracketed", clauses(ClauseState::Bracketed), Room::Text),
        ("table-left-contested", clauses(ClauseState::Contested), Room::Text),
        ("table-left-reserved", clauses(ClauseState::Reserved), Room::Text),
        ("table-left-findings", findings, Room::Authority),
    ];
    let some = each.into_iter().filter(|(_, names, _)| !names.is_empty());
    some.map(|(key, names, room)| item(case, key, names.len(), room, names)).collect()
}

fn item(case: &Case, key: &str, count: usize, room: Room, mut names: Vec<String>) -> Left {
    names.retain(|name| !name.is_empty());
    if names.len() > NAMED {
        let more = names.len() - NAMED;
        names.truncate(NAMED);
        names.push(case.visit.counted("table-left-more", more));
    }
    Left { said: case.visit.counted(key, count), href: case.path(room), names }
}
