//! Language and theme, kept in the browser for a year.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::posted::Open;
use crate::visit::Theme;
use crate::{local, with_cookie};
use gateway::edge::Edge;

const A_YEAR: i64 = 365 * 24 * 3600;

#[derive(Deserialize)]
pub(crate) struct Choice {
    choice: String,
    #[serde(default)]
    next: String,
}

/// In which language from now on.
pub(crate) async fn language(State(edge): State<Edge>, Open { fields, .. }: Open<Choice>) -> Response {
    let tag = if fields.choice == "ko" { "ko" } else { "en" };
    keep(&edge, "lang", tag, &fields.next)
}

/// In which theme from now on.
pub(crate) async fn theme(State(edge): State<Edge>, Open { fields, .. }: Open<Choice>) -> Response {
    keep(&edge, "theme", Theme::named(&fields.choice).name(), &fields.next)
}

fn keep(edge: &Edge, name: &str, value: &str, next: &str) -> Response {
    with_cookie(Redirect::to(local(next)).into_response(), edge.0.sessions.set(name, value, A_YEAR))
}
