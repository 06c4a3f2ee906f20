//! What everyone may see without signing in: the check of a bundle, and the agreements that their parties made public.

use axum::Router;
use gateway::edge::Edge;

mod agreements;
mod verifying;

pub(crate) fn routes() -> Router<Edge> {
    Router::new().merge(verifying::routes()).merge(agreements::routes())
}
