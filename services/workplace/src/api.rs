//! The OpenAPI document, as a file and in words.

use askama::Template;
use axum::Json;
use axum::extract::State;
use serde_json::Value;

use crate::{Page, Visit, render};
use gateway::edge::Edge;

struct Operation {
    method: String,
    path: String,
    summary: String,
    description: String,
    parameters: Vec<(String, String)>,
    body: Option<String>,
    answers: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "api.html")]
struct ApiPage {
    visit: Visit,
    operations: Vec<Operation>,
    schemas: Vec<(String, String)>,
}

pub(crate) async fn document(State(edge): State<Edge>) -> Json<Value> {
    Json((*edge.0.openapi).clone())
}

pub(crate) async fn page(State(edge): State<Edge>, visit: Visit) -> Page {
    let document = &edge.0.openapi;
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten();
    let schemas = schemas.map(|(name, schema)| (name.clone(), serde_json::to_string_pretty(schema).unwrap_or_default())).collect();
    let language = visit.language;
    render(&ApiPage { visit, operations: operations(document), schemas }, language)
}

fn operations(document: &Value) -> Vec<Operation> {
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    paths
        .flat_map(|(path, methods)| methods.as_object().into_iter().flatten().map(move |(method, operation)| (path, method, operation)))
        .map(|(path, method, operation)| Operation {
            method: method.to_uppercase(),
            path: path.clone(),
            summary: text(operation, "summary"),
            description: text(operation, "description"),
            parameters: list(operation, "parameters").iter().map(|p| (text(p, "name"), text(p, "description"))).collect(),
            body: operation.pointer("/requestBody/content").map(content),
            answers: operation
                .get("responses")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
                .map(|(status, response)| (status.clone(), text(response, "description")))
                .collect(),
        })
        .collect()
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// The name of the schema a body has, for the link to it.
fn content(content: &Value) -> String {
    let reference = content.as_object().and_then(|kinds| kinds.values().next()).and_then(|kind| kind.pointer("/schema/$ref"));
    reference.and_then(Value::as_str).map(|r| r.trim_start_matches("#/components/schemas/").to_owned()).unwrap_or_default()
}
