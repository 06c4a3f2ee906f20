//! What a code means: where `type` of a problem leads.

use askama::Template;
use axum::extract::Path;
use proto::wire::Failure;
use serde_json::Value;

use crate::{Page, Visit, render};
use gateway::texts;

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    visit: Visit,
    code: String,
    title: String,
    next: Option<String>,
}

pub(crate) async fn page(Path(code): Path<String>, visit: Visit) -> Page {
    let language = visit.language;
    let known = texts::of(language, &code, &Value::Null);
    let Some(title) = known else { return Err(visit.failed(Failure::NotFound)) };
    let title = blank(&title);
    let next = texts::of(language, &format!("{code}.next"), &Value::Null).map(|next| blank(&next));
    render(&ProblemPage { visit, code, title, next }, language)
}

/// A text without its parameters: where one would stand, there are dots.
fn blank(text: &str) -> String {
    let mut parts = text.split("{$");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |before, part| before + "…" + part.split_once('}').map_or("", |(_, rest)| rest))
}
