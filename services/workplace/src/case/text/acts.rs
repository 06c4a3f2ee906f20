//! What is done in the room of the text.

use axum::extract::Path;
use gateway::problem::Problem;
use proto::digest::Digest;
use proto::id::{CaseId, ClauseId, TermId};
use proto::negotiation::{Command, Frozen};
use proto::remark::Remark;
use proto::words::{Names, Wording};
use serde::Deserialize;
use serde_json::json;

use super::super::{Room, act, refuse};
use crate::{Page, Posted, Visit};

/// A clause as it was typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Added {
    clause: String,
    heading_ko: String,
    heading_en: String,
    content: String,
    terms: Vec<String>,
    ko: String,
    en: String,
}

/// A wording as it was typed, and the place on the page from which it came.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Proposed {
    clause: String,
    number: String,
    ko: String,
    en: String,
}

/// A wording that is supported.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Supported {
    clause: String,
    number: String,
    wording: String,
}

/// A clause, and what is said about it.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Said {
    clause: String,
    comment: String,
}

/// What is initialled.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Initialled {
    text: String,
    allocation: String,
    matrix: String,
    declared: String,
}

/// Does the command, or shows the form again that did not make one.
async fn done<T>(id: CaseId, name: String, posted: Posted<T>, command: Result<Command, Problem>) -> Page {
    match command {
        Ok(command) => act(id, Room::Text, name, posted, command).await,
        Err(problem) => refuse(id, Room::Text, name, posted, problem).await,
    }
}

pub(super) async fn add(Path(id): Path<CaseId>, posted: Posted<Added>) -> Page {
    let command = added(&posted.signed.visit, &posted.fields);
    done(id, "add".into(), posted, command).await
}

fn added(visit: &Visit, fields: &Added) -> Result<Command, Problem> {
    let heading = Names::new(fields.heading_en.trim(), fields.heading_ko.trim());
    if heading.en.is_empty() && heading.ko.is_empty() {
        return Err(missing(visit, "field-heading"));
    }
    let terms: Result<Vec<TermId>, Problem> =
        fields.terms.iter().map(|term| term.parse().map_err(|_| missing(visit, "text-terms"))).collect();
    Ok(Command::AddClause {
        clause: clause(visit, &fields.clause)?,
        heading,
        content: Some(fields.content.clone()).filter(|content| !content.is_empty()),
        terms: terms?,
        wording: wording(visit, &fields.ko, &fields.en)?,
    })
}

pub(super) async fn propose(Path(id): Path<CaseId>, posted: Posted<Proposed>) -> Page {
    let (visit, fields) = (&posted.signed.visit, &posted.fields);
    let name = format!("propose-{}-{}", fields.clause, fields.number);
    let command = clause(visit, &fields.clause)
        .and_then(|clause| Ok(Command::ProposeWording { clause, wording: wording(visit, &fields.ko, &fields.en)? }));
    done(id, name, posted, command).await
}

pub(super) async fn support(Path(id): Path<CaseId>, posted: Posted<Supported>) -> Page {
    let (visit, fields) = (&posted.signed.visit, &posted.fields);
    let name = format!("support-{}-{}", fields.clause, fields.number);
    let command = clause(visit, &fields.clause)
        .and_then(|clause| Ok(Command::SupportWording { clause, wording: digest(visit, "field-wording", &fields.wording)? }));
    done(id, name, posted, command).await
}

pub(super) async fn reserve(Path(id): Path<CaseId>, posted: Posted<Said>) -> Page {
    let (visit, fields) = (&posted.signed.visit, &posted.fields);
    let name = format!("reserve-{}", fields.clause);
    let command = clause(visit, &fields.clause).map(|clause| Command::ReserveClause { clause });
    done(id, name, posted, command).await
}

pub(super) async fn comment(Path(id): Path<CaseId>, posted: Posted<Said>) -> Page {
    let (visit, fields) = (&posted.signed.visit, &posted.fields);
    let name = format!("comment-{}", fields.clause);
    let text = fields.comment.trim();
    let command = if text.is_empty() {
        Err(missing(visit, "field-comment"))
    } else {
        clause(visit, &fields.clause).map(|clause| Command::CommentClause { clause, comment: Remark::text(text) })
    };
    done(id, name, posted, command).await
}

pub(super) async fn initial(Path(id): Path<CaseId>, posted: Posted<Initialled>) -> Page {
    let command = initialled(&posted.signed.visit, &posted.fields);
    done(id, "initial".into(), posted, command).await
}

fn initialled(visit: &Visit, fields: &Initialled) -> Result<Command, Problem> {
    let optional = |text: &str| if text.is_empty() { Ok(None) } else { digest(visit, "field-text", text).map(Some) };
    let frozen = Frozen {
        text: digest(visit, "field-text", &fields.text)?,
        allocation: optional(&fields.allocation)?,
        matrix: optional(&fields.matrix)?,
    };
    Ok(Command::Initial { frozen, no_side_agreement: fields.declared == "yes" })
}

fn clause(visit: &Visit, id: &str) -> Result<ClauseId, Problem> {
    id.parse().map_err(|_| missing(visit, "text-clause"))
}

fn digest(visit: &Visit, field: &str, text: &str) -> Result<Digest, Problem> {
    text.parse().map_err(|_| missing(visit, field))
}

/// Wording in the languages in which something was typed.
fn wording(visit: &Visit, ko: &str, en: &str) -> Result<Wording, Problem> {
    let typed = |text: &str| Some(text.trim().replace("\r\n", "\n")).filter(|text| !text.is_empty());
    let wording = Wording { ko: typed(ko), en: typed(en) };
    if wording.is_empty() { Err(missing(visit, "field-wording")) } else { Ok(wording) }
}

fn missing(visit: &Visit, field: &str) -> Problem {
    visit.wrong("missing-field", json!({ "field": visit.t(field) }))
}
