//! What waits for whom: moves of cases, in words and with the room in which each is made.

use std::collections::BTreeSet;

use gateway::edge::SignedIn;
use jiff::Timestamp;
use notifications::{Move, Task};
use proto::access::Asker;
use proto::actor::{Role, Service};
use proto::id::{CaseId, GovernmentId};
use proto::negotiation::Meeting;
use proto::standing::Phase;
use proto::stream::Stream;
use proto::wire::Unanswered;
use proto::words::Names;
use runtime::serve::List;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::case::Room;
use crate::{Visit, When, locale};

/// Cases that are asked for at once.
const PAGE: u64 = 200;

/// A case as the inbox lists it.
pub(crate) struct Docket {
    pub case: CaseId,
    /// The place of its last entry.
    pub position: u64,
    pub row: Row,
}

/// What the inbox says of a case.
#[derive(Deserialize)]
pub(crate) struct Row {
    #[serde(default = "untitled")]
    pub title: Names,
    #[serde(default)]
    pub phase: Phase,
    #[serde(default)]
    pub coordinator: Option<GovernmentId>,
    #[serde(default)]
    pub parties: BTreeSet<GovernmentId>,
    #[serde(default)]
    pub meeting: Option<Meeting>,
    /// When something was done last.
    #[serde(default)]
    pub latest: Option<Timestamp>,
    #[serde(default)]
    pub moves: Vec<Move>,
}

fn untitled() -> Names {
    Names::new("", "")
}

/// The cases that whoever is signed in may read.
pub(crate) async fn dockets(visit: &Visit, who: &SignedIn) -> Result<Vec<Docket>, Unanswered> {
    let mut all = Vec::new();
    let mut after = String::new();
    loop {
        let list = List { prefix: "case/".into(), after, limit: PAGE, at_least: visit.at_least };
        let found = visit.edge.list(who, Service::Notifications, list).await?;
        let full = found.len() as u64 == PAGE;
        after = found.last().map(|row| row.stream.clone()).unwrap_or_default();
        all.extend(found.into_iter().filter_map(|found| {
            let case = found.stream.parse::<Stream>().ok()?.case()?;
            Some(Docket { case, position: found.position, row: serde_json::from_value(found.body).ok()? })
        }));
        if !full {
            return Ok(all);
        }
    }
}

/// Whether it is for whoever is signed in to make.
pub(crate) fn is_own(what: &Move, visit: &Visit, who: &SignedIn) -> bool {
    matches!(&who.asker, Asker::Person { government, .. } if is_for(what, government, visit.roles()))
}

/// Whether it is for somebody to make who acts for this body in these roles.
pub(crate) fn is_for(what: &Move, government: &GovernmentId, roles: &[Role]) -> bool {
    what.government == *government && roles.iter().any(|role| what.roles.contains(role))
}

/// By deadline, those without one last, then by how long they have waited.
pub(crate) fn urgency(what: &Move) -> (bool, Option<Timestamp>, Timestamp) {
    let due = what.due.as_ref().map(|due| due.passes_at);
    (due.is_none(), due, what.since.at)
}

/// Until when, in words.
pub(crate) fn due(what: &Move, visit: &Visit) -> Option<When> {
    let due = what.due.as_ref()?;
    Some(locale::until(visit.language, due, &visit.zone, visit.now))
}

/// The room in which a move is made.
pub(crate) fn room(task: &Task) -> Room {
    match task {
        Task::Invite | Task::JoinOrDecline => Room::Overview,
        Task::TakePosition { .. } | Task::AnswerRequest { .. } => Room::Facts,
        Task::DraftText { .. } | Task::AgreeWording { .. } | Task::Initial => Room::Text,
        Task::TableOffer { .. } | Task::AnswerOffer { .. } | Task::ImproveOffer { .. } => Room::Table,
        Task::ClearFinding { .. } => Room::Authority,
        Task::ProposeFacilitator { .. }
        | Task::AcceptFacilitator { .. }
        | Task::SettleDispute { .. }
        | Task::AnswerProposal { .. }
        | Task::TakeBackDispute { .. } => Room::Disputes,
        Task::DecideCondition(_) | Task::RecordStep(_) => Room::Approvals,
        Task::Sign { .. } | Task::AttestPaper { .. } => Room::Signing,
    }
}

/// What is to be done, in words. `name` says what a fact, term, clause or step of the case is called.
pub(crate) fn said(task: &Task, visit: &Visit, name: impl Fn(&str, &str) -> String) -> String {
    let value = serde_json::to_value(task).unwrap_or_default();
    let code = value.get("what").and_then(Value::as_str).unwrap_or_default().to_owned();
    let about = match task {
        Task::TakePosition { fact } => json!({ "fact": name("fact", fact.as_str()) }),
        Task::TableOffer { terms } => {
            json!({ "count": terms.len(), "terms": terms.iter().map(|term| name("term", term.as_str())).collect::<Vec<_>>().join(", ") })
        }
        Task::DraftText { contents } => {
            json!({ "contents": contents.iter().map(|content| name("content", content)).collect::<Vec<_>>().join(", ") })
        }
        Task::AgreeWording { clause } => json!({ "clause": name("clause", clause.as_str()) }),
        Task::AcceptFacilitator { facilitator, .. } => json!({ "facilitator": visit.body(facilitator) }),
        Task::DecideCondition(of) | Task::RecordStep(of) => json!({ "step": name("step", of.step.as_str()) }),
        Task::ClearFinding { finding } => json!({ "function": name("function", finding.function.as_str()) }),
        Task::Invite
        | Task::JoinOrDecline
        | Task::AnswerRequest { .. }
        | Task::AnswerOffer { .. }
        | Task::ImproveOffer { .. }
        | Task::Initial
        | Task::ProposeFacilitator { .. }
        | Task::SettleDispute { .. }
        | Task::AnswerProposal { .. }
        | Task::TakeBackDispute { .. }
        | Task::Sign { .. }
        | Task::AttestPaper { .. } => value.get("about").cloned().unwrap_or(Value::Null),
    };
    visit.told(&format!("move-{code}"), &about)
}
