//! The edge: HTTP API, sign-in, live stream. It holds no rules and no data; it asks the services with the token of whoever is signed in,
//! and every service checks that token again.
//!
//! ```text
//! POST /api/v1/cases/<id>/commands   Authorization: Bearer …   Idempotency-Key: …
//! {"command":{"negotiation":{"accept_offer":{"offer":3,"mandate":"…"}}}}
//! ```
//!
//! It does not interpret commands, cache folds, or decide who may do what.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Router, middleware};
use metrics_exporter_prometheus::PrometheusHandle;
use proto::actor::Service;
use runtime::platform::Platform;
use serde_json::Value;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

pub mod changes;
pub mod commands;
pub mod derivation;
pub mod documents;
pub mod edge;
pub mod limits;
pub mod live;
pub mod oidc;
pub mod ops;
mod particles;
pub mod problem;
pub mod reads;
pub mod record;
pub mod register;
pub mod rules;
pub mod seal;
pub mod session;
pub mod signin;
pub mod tables;
pub mod texts;
pub mod units;
pub mod workbook;

use changes::Heads;
use edge::{Edge, Inner};
use oidc::Oidc;
use ops::Process;
use register::Register;
use seal::Seal;
use session::Sessions;

/// How long requests under way may take once a shutdown has begun: a little more than a service may take to answer. Whoever has not even finished
/// asking by then is cut off.
const GRACE: Duration = Duration::from_secs(6);

/// What is served to people beside the API.
pub struct Pages {
    /// The pages.
    pub routes: Router<Edge>,
    /// What they are made of: files that nobody has to be signed in for and no limit of rates counts.
    pub assets: Router<Edge>,
    /// What surrounds every answer to a browser.
    pub frame: fn(Edge, Router<Edge>) -> Router<Edge>,
}

/// Serves HTTP until the platform shuts down. Answers the address it listens on.
///
/// # Errors
/// When it cannot start: keys, bus, or the address is taken.
pub async fn serve(platform: &Platform, metrics: PrometheusHandle, openapi: Value, pages: Pages) -> anyhow::Result<SocketAddr> {
    let settings = Arc::clone(&platform.settings);
    let bus = platform.bus(Service::Gateway).await?;
    let process = Process { platform: platform.clone(), metrics, bus: Some(bus.clone()) };
    let issuer = platform.issuer(Service::Gateway)?;
    let heads = Arc::<Heads>::default();
    heads.listen(platform, bus.clone());
    let inner = Inner {
        bus,
        heads,
        oidc: Oidc::open(&settings)?,
        sessions: Sessions::new(Seal::new(issuer.secret()), &settings),
        seal: Seal::new(issuer.secret()),
        register: Register::default(),
        civil: Arc::clone(&platform.civil),
        issuer,
        verifier: platform.verifier()?,
        documents: runtime::documents::Documents::open(&settings)?,
        settings: Arc::clone(&settings),
        soft: platform.soft.clone(),
        openapi: Arc::new(openapi),
    };
    let app = router(Edge(Arc::new(inner)), process, pages);
    let listener =
        TcpListener::bind(&settings.http.listen).await.with_context(|| format!("[http] listen = \"{}\"", settings.http.listen))?;
    let address = listener.local_addr()?;
    let soft = platform.soft.clone();
    let server = axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>());
    platform.tasks.spawn(async move {
        let out_of_time = async {
            soft.cancelled().await;
            tokio::time::sleep(GRACE).await;
        };
        tokio::select! {
            ended = server.with_graceful_shutdown(soft.clone().cancelled_owned()).into_future() => {
                if let Err(error) = ended {
                    tracing::error!(error = %error, "http.ended");
                }
            }
            () = out_of_time => tracing::warn!("http.cut"),
        }
    });
    Ok(address)
}

/// All routes with what protects them.
fn router(edge: Edge, process: Process, pages: Pages) -> Router {
    let http = &edge.0.settings.http;
    let rates = limits::rates(http.rate_per_second);
    let sizes = limits::Sizes { body: http.body_limit, form: limits::of_forms(http.body_limit), document: http.document_limit };
    let patience = TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(http.timeout_s));
    let documents = Router::new()
        .route("/api/v1/documents", post(documents::put))
        .route("/api/v1/documents/{digest}", get(documents::get))
        .route("/api/v1/tables/coalitions", post(tables::http::coalitions))
        .route("/api/v1/tables/figures", post(tables::http::figures))
        .layer(DefaultBodyLimit::max(http.document_limit));
    let pages_routes = pages.routes.layer(DefaultBodyLimit::max(sizes.form));
    let timed =
        api().merge(rules::router()).layer(DefaultBodyLimit::max(http.body_limit)).merge(pages_routes).merge(documents).layer(patience);
    let live = Router::new().route("/api/v1/live", get(live::live)).route("/api/v1/live/changes", get(live::changes));
    let whole = timed
        .merge(live)
        .layer(middleware::from_fn_with_state((rates, edge.clone()), limits::limit))
        .merge(pages.assets)
        .merge(ops::router(process))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn_with_state(sizes, limits::in_our_words));
    (pages.frame)(edge.clone(), whole)
        .layer(middleware::from_fn(limits::secure))
        .layer(CompressionLayer::new())
        .layer(TraceLayer::new_for_http())
        .with_state(edge)
}

fn api() -> Router<Edge> {
    Router::new()
        .route("/api/v1/{kind}/{id}/commands", post(commands::post))
        // The router would take `commands` for a room of the case.
        .route("/api/v1/cases/{case}/commands", post(commands::to_case))
        .route("/api/v1/sign-in", post(signin::demo))
        .route("/api/v1/cases", get(reads::cases))
        .route("/api/v1/cases/{case}", get(reads::case))
        .route("/api/v1/cases/{case}/diff", get(reads::difference))
        .route("/api/v1/cases/{case}/entries", get(record::of_case))
        .route("/api/v1/cases/{case}/bundle", get(record::bundle))
        .route("/api/v1/cases/{case}/{room}", get(reads::case_room))
        .route("/api/v1/cases/{case}/own/{room}", get(reads::own_room))
        .route("/api/v1/cases/{case}/runs/{run}/workbook", get(reads::run_workbook))
        .route("/api/v1/cases/{case}/own/runs/{run}/workbook", get(reads::own_run_workbook))
        .route("/api/v1/cases/{case}/runs/{run}/{look}", get(reads::run))
        .route("/api/v1/cases/{case}/own/runs/{run}/{look}", get(reads::own_run))
        .route("/api/v1/cases/{case}/caucus/{government}", get(reads::caucus))
        .route("/api/v1/cases/{case}/soundings/{from}/{to}", get(reads::soundings))
        .route("/api/v1/governments", get(reads::governments))
        .route("/api/v1/governments/{government}", get(reads::government))
        .route("/api/v1/governments/{government}/mandates", get(reads::mandates))
        .route("/api/v1/officials/{official}", get(reads::official))
        .route("/api/v1/inbox", get(reads::inbox))
        .route("/api/v1/procedures", get(reads::procedures))
        .route("/api/v1/procedures/{procedure}", get(reads::procedure))
        .route("/api/v1/entries", get(record::all))
        .route("/api/v1/ledger/checkpoint", get(record::checkpoint))
        .route("/api/v1/ledger/inclusion/{position}", get(record::inclusion))
        .route("/api/v1/ledger/consistency", get(record::consistency))
}
