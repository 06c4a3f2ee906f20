//! A case's timeline: every entry that this reader may read, in order.

use askama::Template;
use axum::extract::{Path, Query, State};
use proto::actor::{Actor, Service};
use proto::entry::{Body, Entry};
use proto::id::CaseId;
use proto::stream::Stream;
use serde_json::{Value, json};

use super::cases::{phase, title};
use super::{Page, Signed, Visit, render};
use crate::edge::{Edge, about};
use crate::locale::When;
use crate::record::{Entries, Paging};
use crate::register::Bodies;

/// Entries on one page.
const PAGE: usize = 100;

#[derive(Template)]
#[template(path = "case.html")]
struct CasePage {
    visit: Visit,
    id: String,
    title: String,
    phase: String,
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

pub(super) async fn timeline(
    State(edge): State<Edge>,
    Path(case): Path<CaseId>,
    Query(paging): Query<Paging>,
    Signed { visit, who }: Signed,
) -> Page {
    let found = edge.get(&who, Service::Negotiation, about(Stream::Case(case), visit.at_least)).await.map_err(|why| visit.failed(why))?;
    let question = json!({ "stream": Stream::Case(case), "from": paging.from, "limit": PAGE });
    let page: Entries = edge.ask(&who, Service::Ledger, "entries", &question).await.map_err(|why| visit.failed(why))?;
    let bodies = edge.bodies().await.map_err(|why| visit.failed(why))?;
    let next = (page.entries.len() == PAGE).then_some(page.next);
    let lines = page.entries.iter().filter_map(|read| line(&read.entry, read.act.as_ref(), &visit, &bodies)).collect();
    let (title, phase) = (title(&found.body, &visit), visit.t(&format!("phase-{}", phase(&found.body))));
    let language = visit.language;
    render(&CasePage { visit, id: case.to_string(), title, phase, lines, next }, language)
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
