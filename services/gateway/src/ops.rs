//! What operators look at: is the process alive, can it work, what does it measure.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use proto::wire::Health;

use crate::edge::Edge;

/// Alive: the process answers.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// Ready: every service of this process reaches the bus. Names parked streams.
pub async fn readyz(State(edge): State<Edge>) -> Response {
    let health: Vec<Health> = edge.0.platform.health();
    let ready = edge.0.bus.is_connected() && health.iter().all(|service| service.ready);
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(health)).into_response()
}

/// Metrics in the Prometheus text format.
pub async fn metrics(State(edge): State<Edge>) -> String {
    edge.0.metrics.run_upkeep();
    edge.0.metrics.render()
}
