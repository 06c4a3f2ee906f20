//! Disputes: which terms each holds, how far it has climbed, the mediator whom all sides accept; and for whoever is in it the caucus, a private room.
//!
//! What a side tells the mediator is read from its sealed stream alone, which nobody but that side and the mediator is answered; so it cannot come
//! into the page of anyone else.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use gateway::edge::Edge;
use mediation::State;
use proto::actor::{Role, Service};
use proto::mediation::DisputeNo;
use proto::standing::Phase;
use proto::wire::Failure;

use super::{Case, Head, Room};
use crate::{Page, Visit, When, render};

mod acts;
mod caucus;
mod dispute;
mod ladder;
mod mediator;
mod neutral;
mod opening;
mod proposal;

use dispute::Shown;
use ladder::Item;
use opening::Opening;

#[derive(Template)]
#[template(path = "case/disputes.html")]
struct DisputesPage {
    visit: Visit,
    head: Head,
    id: String,
    items: Vec<Item>,
    /// Proposals that wait for the answer of one's own body.
    waiting: Vec<Waiting>,
    shown: Option<Shown>,
    opening: Option<Opening>,
    /// Whether the text is frozen, so that nobody opens a dispute now.
    frozen: bool,
}

/// A proposal that waits for the answer of one's own body.
struct Waiting {
    href: String,
    said: String,
    due: Option<When>,
}

pub(crate) fn routes() -> Router<Edge> {
    Router::new()
        .route("/cases/{case}/disputes", get(page))
        .route("/cases/{case}/disputes/open", post(acts::open))
        .route("/cases/{case}/disputes/{dispute}", get(one))
        .route("/cases/{case}/disputes/{dispute}/propose", post(acts::propose))
        .route("/cases/{case}/disputes/{dispute}/accept", post(acts::accept))
        .route("/cases/{case}/disputes/{dispute}/take-back", post(acts::take_back))
        .route("/cases/{case}/disputes/{dispute}/note", post(acts::note))
        .route("/cases/{case}/disputes/{dispute}/answer", post(acts::answer))
        .route("/cases/{case}/disputes/{dispute}/proposal", post(acts::put))
}

pub(crate) async fn page(case: Case) -> Page {
    show(case, None).await
}

async fn one(Path((_, dispute)): Path<(String, String)>, case: Case) -> Page {
    match dispute.parse() {
        Ok(dispute) => show(case, Some(dispute)).await,
        Err(_) => Err(case.visit.failed(Failure::NotFound)),
    }
}

/// The room with one of the disputes: the one asked for, else the newest that is open.
async fn show(case: Case, asked: Option<DisputeNo>) -> Page {
    let state: State = case.fold(Service::Mediation).await?;
    let open = state.disputes.iter().rfind(|(_, dispute)| dispute.closed.is_none());
    let newest = open.or_else(|| state.disputes.last_key_value()).map(|(number, _)| *number);
    let caucuses = caucus::open_to(&case, &state).await?;
    let shown = match asked.or(newest) {
        None => None,
        Some(number) if state.disputes.contains_key(&number) => Shown::of(&case, &state, &caucuses, number).await?,
        Some(_) => return Err(case.visit.failed(Failure::NotFound)),
    };
    let current = shown.as_ref().map(|shown| shown.number);
    let page = DisputesPage {
        head: Head::of(&case, Room::Disputes),
        id: case.id.to_string(),
        items: state.disputes.iter().rev().map(|(number, dispute)| Item::of(&case, *number, dispute, current)).collect(),
        waiting: caucus::waiting(&case, &state, &caucuses),
        opening: Opening::of(&case, &state),
        frozen: state.standing.phase > Phase::Open && case.acts(&[Role::Delegate]),
        shown,
        visit: case.visit,
    };
    let language = page.visit.language;
    render(&page, language)
}

/// The address of a dispute.
fn path(case: &Case, dispute: DisputeNo) -> String {
    format!("{}/{dispute}", case.path(Room::Disputes))
}
