//! The record of a case: every entry that this reader may read, in order.

use askama::Template;
use axum::Router;
use axum::extract::Query;
use axum::routing::get;
use gateway::edge::Edge;
use gateway::record::Entries;
use gateway::register::Bodies;
use proto::actor::{Actor, Service};
use proto::entry::{Body, Entry};
use proto::stream::Stream;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Case, Head, Room};
use crate::{Page, Visit, When, render};

/// Entries on one page.
const PAGE: usize = 100;

#[derive(Template)]
#[template(path = "case/record.html")]
struct RecordPage {
    visit: Visit,
    head: Head,
    lines: Vec<Line>,
    next: Option<u64>,
}

/// An entry.
struct Line {
    position: u64,
    at: When,
    occurred: Option<When>,
    actor: String,
    role: String,
    events: Vec<String>,
    details: String,
    sealed: bool,
}

pub(crate) fn routes() -> Router<Edge> {
    Router::new().route("/cases/{case}/record", get(from))
}

/// From where on. A page's address may say more than this.
#[derive(Deserialize)]
struct Since {
    #[serde(default)]
    from: u64,
}

async fn from(Query(since): Query<Since>, case: Case) -> Page {
    show(case, since.from).await
}

pub(crate) async fn page(case: Case) -> Page {
    show(case, 0).await
}

async fn show(case: Case, from: u64) -> Page {
    let head = Head::of(&case, Room::Record);
    let Case { visit, who, id, bodies, .. } = case;
    let question = json!({ "stream": Stream::Case(id), "from": from, "limit": PAGE });
    let page: Entries = visit.edge.ask(&who, Service::Ledger, "entries", &question).await.map_err(|why| visit.failed(why))?;
    let next = (page.entries.len() == PAGE).then_some(page.next);
    let lines = page.entries.iter().filter_map(|read| line(&read.entry, read.act.as_ref(), &visit, &bodies)).collect();
    let language = visit.language;
    render(&RecordPage { visit, head, lines, next }, language)
}

fn line(bytes: &str, opened: Option<&Value>, visit: &Visit, bodies: &Bodies) -> Option<Line> {
    let entry: Entry = serde_json::from_str(bytes).ok()?;
    let sealed = matches!(entry.body, Body::Sealed(_));
    let act = match entry.body {
        Body::Open(act) => *act,
        Body::Sealed(_) => serde_json::from_value(opened?.clone()).ok()?,
    };
    let (actor, role) = match &act.actor {
        Actor::Official(capacity) => {
            let body = bodies.called(visit.language, capacity.government.as_str()).to_owned();
            (body, visit.t(&format!("role-{}", capacity.role.name())))
        }
        Actor::Service(service) => (visit.t("platform"), service.name().to_owned()),
    };
    Some(Line {
        position: entry.position,
        at: visit.instant(&entry.at),
        occurred: act.occurred.as_ref().map(|occurred| visit.on(&occurred.on)),
        actor,
        role,
        events: act.events.iter().map(|event| visit.t(&format!("event-{}", event.kind()))).collect(),
        details: serde_json::to_string_pretty(&act.events).unwrap_or_default(),
        sealed,
    })
}
