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
use proto::wire::Failure;

use crate::edge::language;
use crate::problem::{Language, Problem};

/// Requests per client. A client is a token, or an address before sign-in.
pub type Rates = Option<Arc<DefaultKeyedRateLimiter<String>>>;

/// The limiter for so many requests a second, with bursts of four times as many; none for 0.
#[must_use]
pub fn rates(per_second: u32) -> Rates {
    let per_second = NonZeroU32::new(per_second)?;
    let burst = per_second.saturating_mul(NonZeroU32::new(4)?);
    Some(Arc::new(RateLimiter::keyed(Quota::per_second(per_second).allow_burst(burst))))
}

/// Refuses what comes too fast.
pub async fn limit(State(rates): State<Rates>, request: Request, next: Next) -> Response {
    let Some(limiter) = rates else { return next.run(request).await };
    // Checks of clients that have been quiet are forgotten, so that the table does not grow with every token ever seen.
    if limiter.len() > 10_000 {
        limiter.retain_recent();
    }
    match limiter.check_key(&client(&request)) {
        Ok(()) => next.run(request).await,
        Err(wait) => {
            let seconds = wait.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
            let (parts, _) = request.into_parts();
            Problem::of_failure(&Failure::RateLimited { seconds }, language(&parts)).into_response()
        }
    }
}

fn client(request: &Request) -> String {
    if let Some(token) = request.headers().get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()) {
        return token.to_owned();
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
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    set("x-content-type-options", "nosniff");
    set("x-frame-options", "DENY");
    set("referrer-policy", "no-referrer");
    set("cross-origin-opener-policy", "same-origin");
    set("cross-origin-resource-policy", "same-origin");
    set("permissions-policy", "camera=(), geolocation=(), microphone=()");
    set("cache-control", "no-store");
    response
}

/// Turns what the framework answers in plain text (no such route, body too long, JSON of the wrong type) into problem details.
pub async fn in_our_words(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let language = language(&parts);
    let response = next.run(Request::from_parts(parts, body)).await;
    let ours = |response: &Response| {
        let kind = response.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        !kind.is_empty() && !kind.starts_with("text/plain")
    };
    if !(response.status().is_client_error() || response.status().is_server_error()) || ours(&response) {
        return response;
    }
    reword(response, language).await
}

async fn reword(response: Response, language: Language) -> Response {
    let status = response.status();
    let allow = response.headers().get(header::ALLOW).cloned();
    let body = axum::body::to_bytes(response.into_body(), 4096).await.unwrap_or_default();
    let detail = String::from_utf8_lossy(&body).into_owned();
    let failure = match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Failure::NotFound,
        StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge { bytes: 0, limit: 0 },
        StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => Failure::Unavailable { part: "platform".into() },
        _ => Failure::Malformed { detail: if detail.is_empty() { status.to_string() } else { detail } },
    };
    let mut problem = Problem::of_failure(&failure, language).into_response();
    // The framework's own status is the more exact one: 405, 415, 408.
    *problem.status_mut() = status;
    if let Some(allow) = allow {
        problem.headers_mut().insert(header::ALLOW, allow);
    }
    problem
}
