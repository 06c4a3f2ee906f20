//! The single negotiating text, clause by clause: what stands, what stands side by side and who stands behind it, what is missing, and initialling.

use askama::Template;
use axum::Router;
use axum::extract::Query;
use axum::routing::{get, post};
use gateway::edge::Edge;
use proto::actor::Role;
use proto::standing::Phase;
use serde::Deserialize;

use super::{Case, Head, Room};
use crate::visit::Cited;
use crate::{Page, Visit, render};

mod acts;
mod adding;
mod clauses;
mod history;
mod initialling;
mod wording;

use adding::Adding;
use clauses::{Clause, Clauses};
use initialling::Initialling;
use wording::Reading;

/// Who writes the text.
const WRITES: &[Role] = &[Role::Delegate];
/// Who says something about it.
const COMMENTS: &[Role] = &[Role::Delegate, Role::Clerk];

#[derive(Template)]
#[template(path = "case/text.html")]
struct TextPage {
    visit: Visit,
    head: Head,
    id: String,
    /// In which languages wording is shown: address, name, whether it is the one.
    readings: Vec<(String, String, bool)>,
    both: bool,
    /// How many clauses stand how: the kind of tag, in words, and the number.
    counts: Vec<(&'static str, String, usize)>,
    clauses: Vec<Clause>,
    add: Option<Adding>,
    initialling: Initialling,
    /// Mandatory contents that no clause carries: what, and the law.
    missing: Vec<(String, Cited)>,
    /// Terms that no clause carries.
    loose: Vec<String>,
}

pub(crate) fn routes() -> Router<Edge> {
    Router::new()
        .route("/cases/{case}/text", get(read))
        .route("/cases/{case}/text/clauses/{clause}", get(history::page))
        .route("/cases/{case}/text/add", post(acts::add))
        .route("/cases/{case}/text/propose", post(acts::propose))
        .route("/cases/{case}/text/support", post(acts::support))
        .route("/cases/{case}/text/reserve", post(acts::reserve))
        .route("/cases/{case}/text/comment", post(acts::comment))
        .route("/cases/{case}/text/initial", post(acts::initial))
}

/// In which languages somebody wants to read. A page's address may say more than this.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    wording: Option<Reading>,
}

async fn read(Query(asked): Query<Asked>, case: Case) -> Page {
    show(case, asked.wording).await
}

pub(crate) async fn page(case: Case) -> Page {
    show(case, None).await
}

async fn show(case: Case, reading: Option<Reading>) -> Page {
    let reading = reading.unwrap_or_else(|| Reading::of(case.visit.language));
    let Clauses { clauses, counts } = clauses::all(&case, reading).await?;
    let address = case.path(Room::Text);
    let named = |each: Reading| {
        (format!("{address}?wording={}", each.name()), case.visit.t(&format!("text-reading-{}", each.name())), each == reading)
    };
    let page = TextPage {
        head: Head::of(&case, Room::Text),
        id: case.id.to_string(),
        readings: Reading::ALL.map(named).into(),
        both: reading == Reading::Both,
        counts,
        clauses,
        add: Adding::of(&case),
        initialling: Initialling::of(&case),
        missing: adding::missing(&case)
            .map(|content| (case.visit.name(&content.names).to_owned(), case.visit.founded(&content.legal_ref, content.evidence)))
            .collect(),
        loose: loose(&case),
        visit: case.visit,
    };
    let language = page.visit.language;
    render(&page, language)
}

/// What is negotiated over and stands in no clause: it is agreed all the same, but nobody who reads the clauses finds it.
fn loose(case: &Case) -> Vec<String> {
    let carried = |term| case.state.clauses.values().any(|clause| clause.terms.contains(term));
    case.state.terms.iter().filter(|(id, _)| !carried(id)).map(|(_, term)| case.visit.name(&term.names).to_owned()).collect()
}

/// Whether whoever looks may change the text as it stands.
fn writes(case: &Case) -> bool {
    case.state.standing.phase == Phase::Open && case.acts(WRITES)
}
