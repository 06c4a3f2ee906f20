//! What waits for whom: moves of cases, in words and with the room in which each is made.

use gateway::edge::SignedIn;
use jiff::Timestamp;
use notifications::{Move, Task};
use proto::access::Asker;
use proto::actor::Service;
use proto::id::CaseId;
use proto::stream::Stream;
use proto::wire::Unanswered;
use proto::words::Names;
use runtime::serve::List;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::case::Room;
use crate::{Visit, When, locale};

/// A move with the case it is made in.
pub(crate) struct Waiting {
    pub case: CaseId,
    pub title: Names,
    pub what: Move,
}

#[derive(Deserialize)]
struct Listed {
    title: Option<Names>,
    #[serde(default)]
    moves: Vec<Move>,
}

/// All moves of the cases that whoever is signed in may read, of every body.
pub(crate) async fn all(visit: &Visit, who: &SignedIn) -> Result<Vec<Waiting>, Unanswered> {
    let list = List { prefix: "case/".into(), after: String::new(), limit: 200, at_least: visit.at_least };
    let found = visit.edge.list(who, Service::Notifications, list).await?;
    let read = |row: runtime::serve::Found| {
        let case = row.stream.parse::<Stream>().ok()?.case()?;
        let Listed { title, moves } = serde_json::from_value(row.body).ok()?;
        let title = title.unwrap_or_else(|| Names::new("", ""));
        Some(moves.into_iter().map(move |what| Waiting { case, title: title.clone(), what }).collect::<Vec<_>>())
    };
    Ok(found.into_iter().filter_map(read).flatten().collect())
}

/// The moves that whoever is signed in can make themselves, those with the nearest deadline first.
pub(crate) async fn own(visit: &Visit, who: &SignedIn) -> Result<Vec<Waiting>, Unanswered> {
    let mut moves = all(visit, who).await?;
    moves.retain(|waiting| is_own(&waiting.what, visit, who));
    moves.sort_by_key(|waiting| urgency(&waiting.what));
    Ok(moves)
}

/// Whether it is for whoever is signed in to make.
pub(crate) fn is_own(what: &Move, visit: &Visit, who: &SignedIn) -> bool {
    matches!(&who.asker, Asker::Person { government, .. } if *government == what.government) && visit.holds(&what.roles)
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
