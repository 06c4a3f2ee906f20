//! What surrounds every page: a problem is shown as a page to whoever reads pages, and a sign-in that is used goes on.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use crate::home::Looked;
use crate::{Visit, render, with_cookie};
use gateway::edge::Edge;
use gateway::problem::Problem;

/// A problem in its page is never longer.
const LONGEST: usize = 65_536;

#[derive(Template)]
#[template(path = "trouble.html")]
struct TroublePage {
    visit: Visit,
    problem: Problem,
    /// The page on which the form stands that was not taken.
    back: Option<String>,
}

/// The layer around everything that a browser shows.
pub async fn frame(State(edge): State<Edge>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if ["/api/v1", "/assets/", "/healthz", "/readyz", "/metrics"].iter().any(|other| path.starts_with(other)) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let look = parts.clone();
    let looked = Looked::default();
    parts.extensions.insert(looked.clone());
    let response = next.run(Request::from_parts(parts, body)).await;
    let response = if reads_pages(&look) && is_problem(&response) { trouble(&look, &edge, response).await } else { response };
    let response = prolong(&look, &edge, response);
    // A page that brings itself up to date is not somebody looking.
    if live(&look) || by_itself(&look) { response } else { with_cookie(response, looked.cookie(&look.headers, &edge)) }
}

fn reads_pages(parts: &Parts) -> bool {
    let takes = parts.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    takes.contains("text/html") || live(parts)
}

/// Asked by a live part of a page.
fn live(parts: &Parts) -> bool {
    parts.headers.contains_key("hx-request")
}

fn is_problem(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes() == b"application/problem+json")
}

async fn trouble(parts: &Parts, edge: &Edge, response: Response) -> Response {
    let (head, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, LONGEST).await.unwrap_or_default();
    let Ok(problem) = serde_json::from_slice::<Problem>(&bytes) else { return Response::from_parts(head, bytes.into()) };
    let visit = Visit::of(parts, edge).await;
    if problem.status == StatusCode::UNAUTHORIZED {
        return to_sign_in(parts, &visit);
    }
    // Whoever loads the address again to which a form was sent is led to the page that has it.
    let parent = parts.uri.path().rsplit_once('/').map_or("", |(parent, _)| parent);
    if problem.status == StatusCode::METHOD_NOT_ALLOWED && parts.method == Method::GET && !parent.is_empty() {
        return Redirect::to(parent).into_response();
    }
    let language = visit.language;
    let back = (parts.method != Method::GET && visit.here != "/").then(|| visit.here.clone());
    let mut page = render(&TroublePage { visit, problem, back }, language).unwrap_or_else(IntoResponse::into_response);
    *page.status_mut() = head.status;
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = head.headers.get(&name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    page
}

/// To the sign-in, and from there back to the page; the sender of a form to the page on which it stands, where the browser has kept what was typed.
fn to_sign_in(parts: &Parts, visit: &Visit) -> Response {
    let place =
        serde_html_form::to_string([("next", &visit.here)]).map_or_else(|_| "/sign-in".to_owned(), |query| format!("/sign-in?{query}"));
    // A live part must not become the sign-in page: the whole page goes there.
    match HeaderValue::from_str(&place) {
        Ok(place) if live(parts) => (StatusCode::OK, [(HeaderName::from_static("hx-redirect"), place)]).into_response(),
        _ => Redirect::to(&place).into_response(),
    }
}

/// Asked by an open page because somebody else has acted: nobody need be sitting before it.
fn by_itself(parts: &Parts) -> bool {
    parts.headers.contains_key("x-refresh")
}

fn prolong(parts: &Parts, edge: &Edge, response: Response) -> Response {
    let sessions = &edge.0.sessions;
    if sessions.is_set(response.headers()) || by_itself(parts) {
        return response;
    }
    let prolonged = sessions.of(&parts.headers).and_then(|session| sessions.prolonged(&session));
    with_cookie(response, prolonged.and_then(|session| sessions.cookie(&session)))
}
