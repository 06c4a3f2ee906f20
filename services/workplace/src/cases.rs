//! The cases of whoever is signed in.

use askama::Template;
use axum::extract::State;
use proto::actor::Service;
use proto::words::Names;
use runtime::serve::{Found, List};
use serde_json::Value;

use crate::{Page, Signed, Visit, render};
use gateway::edge::Edge;
use gateway::register::Bodies;

#[derive(Template)]
#[template(path = "cases.html")]
struct CasesPage {
    visit: Visit,
    cases: Vec<Row>,
}

struct Row {
    id: String,
    title: String,
    phase: String,
    in_force: bool,
    parties: String,
    position: u64,
}

pub(crate) async fn mine(State(edge): State<Edge>, Signed { visit, who }: Signed) -> Page {
    let list = List { prefix: "case/".into(), after: String::new(), limit: 200, at_least: visit.at_least };
    let found = edge.list(&who, Service::Negotiation, list).await.map_err(|why| visit.failed(why))?;
    let bodies = edge.bodies().await.map_err(|why| visit.failed(why))?;
    let cases = found.iter().map(|found| row(found, &visit, &bodies)).collect();
    let language = visit.language;
    render(&CasesPage { visit, cases }, language)
}

fn row(found: &Found, visit: &Visit, bodies: &Bodies) -> Row {
    let parties = found.body.get("parties").and_then(Value::as_array).into_iter().flatten();
    let names: Vec<&str> = parties.filter_map(Value::as_str).map(|id| bodies.called(visit.language, id)).collect();
    let phase = phase(&found.body);
    Row {
        id: found.stream.trim_start_matches("case/").to_owned(),
        title: title(&found.body, visit),
        phase: visit.t(&format!("phase-{phase}")),
        in_force: phase == "in_force",
        parties: names.join(" · "),
        position: found.position,
    }
}

/// What a case is called.
pub(crate) fn title(body: &Value, visit: &Visit) -> String {
    let names: Option<Names> = body.get("title").and_then(|names| serde_json::from_value(names.clone()).ok());
    names.as_ref().map(|names| visit.name(names).to_owned()).unwrap_or_default()
}

/// Where a case stands.
pub(crate) fn phase(body: &Value) -> &str {
    body.get("phase").or_else(|| body.pointer("/standing/phase")).and_then(Value::as_str).unwrap_or("none")
}
