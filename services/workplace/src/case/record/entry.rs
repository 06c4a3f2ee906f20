//! One entry of a case: what it says, its exact bytes, and what shows that they stand in the record.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use gateway::problem::Problem;
use proto::id::CaseId;

use super::{Case, Head, Room, learn};
use crate::entries::{self, Line, Opened, Proof};
use crate::said::Teller;
use crate::{Page, Visit, render};

#[derive(Template)]
#[template(path = "case/entry.html")]
struct EntryPage {
    visit: Visit,
    head: Head,
    line: Line,
    proof: Option<Proof>,
    bytes: String,
    act: String,
}

async fn opened(case: &Case, position: u64) -> Result<Opened, Problem> {
    entries::at(&case.visit, &case.who, Some(case.id), position).await
}

pub(super) async fn page(Path((_, position)): Path<(CaseId, u64)>, case: Case) -> Page {
    let opened = opened(&case, position).await?;
    let head = Head::of(&case, Room::Record);
    let mut things = case.things().await;
    learn(&mut things, std::slice::from_ref(&opened));
    let teller = Teller { language: case.visit.language, bodies: &case.bodies, things: &things };
    let line = Line::of(&opened, &teller, &case.visit);
    let proof = Proof::of(&opened, &case.visit).await.map_err(|why| case.visit.failed(why))?;
    let act = serde_json::to_string_pretty(&opened.act).unwrap_or_default();
    let visit = case.visit;
    let language = visit.language;
    render(&EntryPage { visit, head, line, proof, bytes: opened.bytes, act }, language)
}

/// The receipt as a file.
pub(super) async fn receipt(Path((_, position)): Path<(CaseId, u64)>, case: Case) -> Page {
    let opened = opened(&case, position).await?;
    entries::receipt(&opened, &case.visit).await
}

/// The bytes as a file.
pub(super) async fn bytes(Path((_, position)): Path<(CaseId, u64)>, case: Case) -> Result<Response, Problem> {
    opened(&case, position).await.map(|opened| entries::bytes(&opened))
}
