//! The record of a case: every entry that this reader may read, in sentences, with the proof of each.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::extract::Query;
use axum::routing::get;
use gateway::edge::Edge;
use gateway::problem::Problem;
use gateway::record::Entries;
use proto::actor::Service;
use proto::search::{Sought, Tally};

use super::{Case, Head, Room};
use crate::entries::{self, Choice, Fields, Line, Opened, Pages};
use crate::said::{Teller, Things};
use crate::{Page, Visit, render};

mod entry;

#[derive(Template)]
#[template(path = "case/record.html")]
struct RecordPage {
    visit: Visit,
    head: Head,
    fields: Fields,
    wrong: BTreeMap<&'static str, String>,
    kinds: Vec<Choice>,
    bodies: Vec<(String, String)>,
    lines: Vec<Line>,
    pages: Pages,
    tally: Tally,
}

pub(crate) fn routes() -> Router<Edge> {
    Router::new()
        .route("/cases/{case}/record", get(sought))
        .route("/cases/{case}/record/{position}", get(entry::page))
        .route("/cases/{case}/record/{position}/receipt", get(entry::receipt))
        .route("/cases/{case}/record/{position}/bytes", get(entry::bytes))
}

async fn sought(Query(fields): Query<Fields>, case: Case) -> Page {
    show(case, fields).await
}

pub(crate) async fn page(case: Case) -> Page {
    show(case, Fields::default()).await
}

impl Case {
    /// What the things of this case are called in sentences.
    pub async fn things(&self) -> Things {
        let things = Things::of(&self.state);
        // Without the matrix its functions are called by their ids.
        match self.fold::<authority::State>(Service::Authority).await {
            Ok(state) => things.matrix(&state),
            Err(_) => things,
        }
    }
}

async fn show(case: Case, fields: Fields) -> Page {
    let head = Head::of(&case, Room::Record);
    let mut things = case.things().await;
    let fields = Fields { case: String::new(), ..fields };
    let (found, tally, wrong) = match fields.sought(&case.visit, &[&things]) {
        Ok(sought) => {
            let (found, tally) = find(&case, &fields, Sought { case: Some(case.id), ..sought }).await?;
            (found, tally, BTreeMap::new())
        }
        Err(wrong) => (Entries::default(), Tally::default(), wrong),
    };
    let shown = fields.shown(&found);
    learn(&mut things, &shown);
    let teller = Teller { language: case.visit.language, bodies: &case.bodies, things: &things };
    let lines = shown.iter().map(|opened| Line::of(opened, &teller, &case.visit)).collect();
    let pages = fields.pages(&found, &shown);
    let kinds = Fields::kinds(&case.visit);
    let bodies = Fields::bodies(&case.visit, |id| case.state.bodies.keys().any(|body| body.as_str() == id));
    let visit = case.visit;
    let language = visit.language;
    render(&RecordPage { visit, head, fields, wrong, kinds, bodies, lines, pages, tally }, language)
}

/// Names that the entries themselves give.
pub(crate) fn learn(things: &mut Things, shown: &[Opened]) {
    shown.iter().flat_map(|opened| &opened.act.events).for_each(|event| things.learn(event));
}

async fn find(case: &Case, fields: &Fields, sought: Sought) -> Result<(Entries, Tally), Problem> {
    let tally = case.visit.edge.ask(&case.who, Service::Ledger, "tally", &sought);
    let question = fields.question(sought.clone());
    let (found, tally) = tokio::join!(entries::ask(&case.visit, &case.who, &question), tally);
    Ok((found?, tally.map_err(|why| case.visit.failed(why))?))
}
