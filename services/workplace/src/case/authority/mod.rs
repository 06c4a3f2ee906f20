//! Who decides, pays, operates and is consulted, function by function; what is wrong with that; and, for the own body alone, its mandates.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::routing::{get, post};
use gateway::edge::Edge;
use proto::actor::{Role, Service};
use proto::id::FunctionId;
use proto::standing::Phase;

use super::{Case, Head, Room};
use crate::{Page, Visit, render};

mod findings;
mod mandates;
mod matrix;
mod row;

/// What was typed into a form whose fields depend on the case: name and value.
type Typed = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "case/authority.html")]
struct AuthorityPage {
    visit: Visit,
    head: Head,
    /// Whether the text is frozen, and the matrix with it.
    frozen: bool,
    rows: Vec<matrix::Row>,
    /// How many findings are open, in words.
    open: Option<String>,
    findings: Vec<findings::Line>,
    allow: Option<findings::Allowing>,
    set: Option<row::Setting>,
    mandates: Option<mandates::Mandates>,
}

pub(crate) fn routes() -> Router<Edge> {
    Router::new()
        .route("/cases/{case}/authority", get(page))
        .route("/cases/{case}/authority/set", post(row::set))
        .route("/cases/{case}/authority/remove", post(row::remove))
        .route("/cases/{case}/authority/allow", post(findings::allow))
        .route("/cases/{case}/authority/grant", post(mandates::grant))
        .route("/cases/{case}/authority/revoke", post(mandates::revoke))
}

pub(crate) async fn page(case: Case) -> Page {
    let state: authority::State = case.fold(Service::Authority).await?;
    let head = Head::of(&case, Room::Authority);
    let frozen = case.state.standing.phase > Phase::Open;
    let open = state.findings.iter().filter(|found| found.open).count();
    let changes = !frozen && case.acts(&[Role::Delegate]);
    let page = AuthorityPage {
        frozen,
        rows: matrix::rows(&case, &state, changes),
        open: (open > 0).then(|| case.visit.counted("authority-open", open)),
        findings: findings::lines(&case, &state).await?,
        allow: findings::allowing(&case, &state).filter(|_| changes),
        set: changes.then(|| row::setting(&case, &state)),
        mandates: mandates::of(&case).await?,
        head,
        visit: case.visit,
    };
    let language = page.visit.language;
    render(&page, language)
}

/// What the address asks the room to open: `?row=incineration`.
fn asked(case: &Case, name: &str) -> Option<String> {
    let (_, query) = case.visit.here.split_once('?')?;
    let pairs: Typed = serde_html_form::from_str(query).ok()?;
    pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

/// The first value of a field.
fn first<'a>(typed: &'a Typed, field: &str) -> &'a str {
    typed.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value.trim())
}

/// What a function is called.
fn called(case: &Case, matrix: &BTreeMap<FunctionId, proto::authority::Function>, id: &FunctionId) -> String {
    matrix.get(id).map_or_else(|| id.to_string(), |row| case.visit.name(&row.names).to_owned())
}
