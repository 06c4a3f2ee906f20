//! Who comes in and who goes: invite, join, decline, leave.

use axum::extract::Path;
use gateway::problem::Problem;
use proto::id::{CaseId, GovernmentId, MandateId};
use proto::message::Target;
use proto::negotiation::Command;
use proto::remark::Remark;
use serde::Deserialize;
use serde_json::Value;

use super::super::{Case, Room, act, refuse};
use crate::{Page, Posted, done};

/// What is sent when bodies are invited: each by `government`, what was looked for by `find`, and `look` when that is to be looked for.
type Chosen = Vec<(String, String)>;

/// Invites all that were chosen, each by an act of its own; or only looks for others, and keeps what was chosen.
pub(super) async fn invite(Path(id): Path<CaseId>, mut posted: Posted<Chosen>) -> Page {
    let language = posted.signed.visit.language;
    if posted.fields.iter().any(|(name, _)| name == "look") {
        let form = posted.still();
        let mut case = Case::of(posted.signed, id).await?;
        case.bring_back("invite", form);
        return super::page(case).await;
    }
    let chosen: Vec<String> = posted.fields.iter().filter(|(name, _)| name == "government").map(|(_, value)| value.clone()).collect();
    if chosen.is_empty() {
        let problem = Problem::of_form("overview-nobody_chosen", Value::Null, language);
        return refuse(id, Room::Overview, "invite", posted, problem).await;
    }
    let mut invited = None;
    for name in chosen {
        let answer = match name.parse::<GovernmentId>() {
            Ok(government) => posted.step(&Target::Case(id), Command::Invite { government }).await,
            Err(_) => Err(Problem::of_form("overview-no_body", serde_json::json!({ "typed": name }), language)),
        };
        match answer {
            Ok(receipt) => {
                // Whoever was invited before one was refused is shown as invited.
                posted.signed.visit.at_least = Some(receipt.position);
                invited = Some(receipt);
            }
            Err(problem) => return refuse(id, Room::Overview, "invite", posted, problem).await,
        }
    }
    let place = format!("{}#parties", Room::Overview.path(id));
    invited.map_or_else(|| Err(posted.signed.visit.failed(proto::wire::Failure::NotFound)), |receipt| Ok(done(&place, &receipt)))
}

#[derive(Deserialize)]
pub(super) struct Joining {
    #[serde(default)]
    mandate: String,
}

/// Accepts the invitation on one of the own mandates.
pub(super) async fn join(Path(id): Path<CaseId>, posted: Posted<Joining>) -> Page {
    let language = posted.signed.visit.language;
    if let Ok(mandate) = posted.fields.mandate.parse::<MandateId>() {
        act(id, Room::Overview, "join", posted, Command::Join { mandate }).await
    } else {
        let problem = Problem::of_form("overview-no_mandate_chosen", Value::Null, language);
        refuse(id, Room::Overview, "join", posted, problem).await
    }
}

#[derive(Deserialize)]
pub(super) struct Reason {
    #[serde(default)]
    why: String,
}

impl Reason {
    /// A reason is welcome, not forced.
    fn remark(&self) -> Option<Remark> {
        let why = self.why.trim();
        (!why.is_empty()).then(|| Remark::text(why))
    }
}

pub(super) async fn decline(Path(id): Path<CaseId>, posted: Posted<Reason>) -> Page {
    // Whoever has declined has no part in what follows, so there is no case to come back to.
    let why = posted.fields.remark();
    match posted.act(&Target::Case(id), Command::Decline { why }).await {
        Ok(receipt) => Ok(done("/", &receipt)),
        Err(problem) => refuse(id, Room::Overview, "decline", posted, problem).await,
    }
}

pub(super) async fn leave(Path(id): Path<CaseId>, posted: Posted<Reason>) -> Page {
    let why = posted.fields.remark();
    act(id, Room::Overview, "leave", posted, Command::Leave { why }).await
}
