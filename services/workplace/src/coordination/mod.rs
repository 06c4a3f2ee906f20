//! The work of whoever coordinates cases: which of them need looking after, and opening a new one.

use axum::Router;
use axum::routing::get;
use gateway::edge::Edge;

mod caseload;
mod forms;
mod opening;

pub(crate) fn routes() -> Router<Edge> {
    Router::new().route("/caseload", get(caseload::page)).route("/cases/new", get(opening::page).post(opening::open))
}
