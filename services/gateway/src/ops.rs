//! What operators look at: is the process alive, can it work, what does it measure.

use std::net::SocketAddr;

use anyhow::Context as _;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use metrics_exporter_prometheus::PrometheusHandle;
use proto::wire::Health;
use runtime::bus::Bus;
use runtime::platform::Platform;
use tokio::net::TcpListener;

/// This process.
#[derive(Clone)]
pub struct Process {
    /// What its services share.
    pub platform: Platform,
    /// What they measure.
    pub metrics: PrometheusHandle,
    /// The gateway's connection, where it runs here; the other services say themselves whether they are connected.
    pub bus: Option<Bus>,
}

/// `/healthz`, `/readyz` and `/metrics`.
pub fn router<S: Clone + Send + Sync + 'static>(process: Process) -> Router<S> {
    let routes = Router::new().route("/healthz", get(healthz)).route("/readyz", get(readyz)).route("/metrics", get(metrics));
    routes.with_state(process)
}

/// Serves these three alone, for a process without the gateway, until the platform shuts down. Answers the address.
///
/// # Errors
/// When the address is taken.
pub async fn serve(platform: &Platform, metrics: PrometheusHandle) -> anyhow::Result<SocketAddr> {
    let listen = &platform.settings.http.operations;
    let listener = TcpListener::bind(listen).await.with_context(|| format!("[http] operations = \"{listen}\""))?;
    let address = listener.local_addr()?;
    let app = router(Process { platform: platform.clone(), metrics, bus: None });
    let server = axum::serve(listener, app).with_graceful_shutdown(platform.soft.clone().cancelled_owned());
    platform.tasks.spawn(async move {
        if let Err(error) = server.await {
            tracing::error!(error = %error, "operations.ended");
        }
    });
    Ok(address)
}

/// Alive: the process answers.
async fn healthz() -> &'static str {
    "ok\n"
}

/// Ready: every service of this process reaches the bus. Names parked streams.
async fn readyz(State(process): State<Process>) -> Response {
    let health: Vec<Health> = process.platform.health();
    let ready = process.bus.is_none_or(|bus| bus.is_connected()) && health.iter().all(|service| service.ready);
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(health)).into_response()
}

/// Metrics in the Prometheus text format.
async fn metrics(State(process): State<Process>) -> String {
    process.metrics.run_upkeep();
    process.metrics.render()
}
