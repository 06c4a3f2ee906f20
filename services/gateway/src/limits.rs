//! What protects the edge: rates, sizes, headers.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use proto::access::Asker;
use proto::wire::Failure;

use crate::edge::{Edge, language};
use crate::problem::{Language, Problem};

/// Requests per client. A client is whoever a token that holds names, or else an address: a token made up anew for each request buys nothing.
pub type Rates = Option<Arc<DefaultKeyedRateLimiter<String>>>;

/// The limiter for so many requests a second, with bursts of four times as many; none for 0.
#[must_use]
pub fn rates(per_second: u32) -> Rates {
    let per_second = NonZeroU32::new(per_second)?;
    let burst = per_second.saturating_mul(NonZeroU32::new(4)?);
    Some(Arc::new(RateLimiter::keyed(Quota::per_second(per_second).allow_burst(burst))))
}

/// Refuses what comes too fast.
pub async fn limit(State((rates, edge)): State<(Rates, Edge)>, request: Request, next: Next) -> Response {
    let Some(limiter) = rates else { return next.run(request).await };
    // Checks of clients that have been quiet are forgotten, so that the table does not grow with every token ever seen.
    if limiter.len() > 10_000 {
        limiter.retain_recent();
    }
    match limiter.check_key(&client(&request, &edge)) {
        Ok(()) => next.run(request).await,
        Err(wait) => {
            let seconds = wait.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
            let (parts, _) = request.into_parts();
            Problem::of(Failure::RateLimited { seconds }, language(&parts)).into_response()
        }
    }
}

fn client(request: &Request, edge: &Edge) -> String {
    let token = request.headers().get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).and_then(|v| v.strip_prefix("Bearer "));
    if let Some(Ok(Asker::Person { official, government })) = token.map(|token| edge.0.verifier.verify(token)) {
        return format!("{official} {government}");
    }
    if let Some(session) = edge.0.sessions.of(request.headers()) {
        return format!("{} {}", session.official, session.government);
    }
    let address = request.extensions().get::<ConnectInfo<std::net::SocketAddr>>().map(|info| info.0.ip());
    address.as_ref().map(IpAddr::to_string).unwrap_or_default()
}

/// Headers on every response: no script but our own, no framing, no sniffing, no referrer, nothing cached of what is somebody's.
pub async fn secure(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: &'static str, value: &'static str| {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    };
    set(
        "content-security-policy",
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    set("x-content-type-options", "nosniff");
    set("x-frame-options", "DENY");
    // Without a referrer browsers would not say from where a form of our own comes either (`Origin: null`).
    set("referrer-policy", "same-origin");
    set("cross-origin-opener-policy", "same-origin");
    set("cross-origin-resource-policy", "same-origin");
    set("permissions-policy", "camera=(), geolocation=(), microphone=()");
    set("cache-control", "no-store");
    response
}

/// Longest bodies, as the settings say: of a command, and of a document.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// Of everything but files.
    pub body: usize,
    /// Of a form of a page.
    pub form: usize,
    /// Of a document, or of a table in a file.
    pub document: usize,
}

/// How long a form may be where a command may be so long: a page that writes an offer sends all clauses in both languages, and a form says a letter of
/// Hangul in nine bytes. The command that it becomes is held against its own limit.
#[must_use]
pub const fn of_forms(body: usize) -> usize {
    body.saturating_mul(16)
}

/// Turns what the framework answers in plain text (no such route, body too long, JSON of the wrong type) into problem details.
pub async fn in_our_words(State(sizes): State<Sizes>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let language = language(&parts);
    let file = ["/api/v1/documents", "/api/v1/tables"].iter().any(|files| parts.uri.path().starts_with(files));
    let limit = match parts.uri.path() {
        _ if file => sizes.document,
        path if path.starts_with("/api/") => sizes.body,
        _ => sizes.form,
    };
    let said = parts.headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok());
    // A body that did not say how long it is was cut where the limit is.
    let too_large = Failure::TooLarge { bytes: said.unwrap_or(limit.saturating_add(1)), limit };
    let response = next.run(Request::from_parts(parts, body)).await;
    let ours = |response: &Response| {
        let kind = response.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        !kind.is_empty() && !kind.starts_with("text/plain")
    };
    if !(response.status().is_client_error() || response.status().is_server_error()) || ours(&response) {
        return response;
    }
    reword(response, &too_large, language).await
}

async fn reword(response: Response, too_large: &Failure, language: Language) -> Response {
    let status = response.status();
    let allow = response.headers().get(header::ALLOW).cloned();
    let body = axum::body::to_bytes(response.into_body(), 4096).await.unwrap_or_default();
    let detail = String::from_utf8_lossy(&body).into_owned();
    let failed = |failure: &Failure| Problem::of(failure.clone(), language);
    let mut problem = match status {
        StatusCode::NOT_FOUND => failed(&Failure::NotFound),
        StatusCode::METHOD_NOT_ALLOWED => failed(&Failure::MethodNotAllowed),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => failed(&Failure::UnsupportedMediaType),
        StatusCode::PAYLOAD_TOO_LARGE => failed(too_large),
        _ if status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT => failed(&Failure::Unavailable { part: "platform".into() }),
        _ => failed(&Failure::Malformed { detail: if detail.is_empty() { status.to_string() } else { detail } }),
    };
    // The framework's own status is the more exact one: 408, 422.
    problem.status = status.as_u16();
    let mut response = problem.into_response();
    if let Some(allow) = allow {
        response.headers_mut().insert(header::ALLOW, allow);
    }
    response
}
