//! Where a case begins for whoever looks at it: what is their move, who is in, what is in the way of signing.

use askama::Template;
use axum::Router;
use axum::routing::get;
use gateway::edge::Edge;

use super::{Case, Head, Room};
use crate::{Page, Visit, render};

#[derive(Template)]
#[template(path = "case/overview.html")]
struct OverviewPage {
    visit: Visit,
    head: Head,
}

pub(crate) fn routes() -> Router<Edge> {
    Router::new().route("/cases/{case}", get(page))
}

pub(crate) async fn page(case: Case) -> Page {
    let head = Head::of(&case, Room::Overview);
    let visit = case.visit;
    let language = visit.language;
    render(&OverviewPage { visit, head }, language)
}
