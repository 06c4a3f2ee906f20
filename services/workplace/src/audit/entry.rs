//! One entry that is not looked at in its case: of the register, of a person, of the calendar.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use gateway::problem::Problem;

use super::Place;
use crate::entries::{self, Fields, Line, Opened, Proof};
use crate::{Page, Signed, Visit, render};

#[derive(Template)]
#[template(path = "audit/entry.html")]
struct EntryPage {
    visit: Visit,
    line: Line,
    proof: Option<Proof>,
    bytes: String,
    act: String,
}

pub(super) async fn page(Path(position): Path<u64>, Signed { visit, who }: Signed) -> Page {
    let opened = entries::at(&visit, &who, None, position).await?;
    if opened.case().is_some() {
        return Ok(Redirect::to(&entries::address(opened.case(), position)).into_response());
    }
    let place = Place::of(&visit, &who, &Fields::default()).await?.with(&visit, &who, std::slice::from_ref(&opened)).await;
    let line = place.line(&opened, &visit);
    let proof = Proof::of(&opened, &visit).await.map_err(|why| visit.failed(why))?;
    let act = serde_json::to_string_pretty(&opened.act).unwrap_or_default();
    let Opened { bytes, .. } = opened;
    let language = visit.language;
    render(&EntryPage { visit, line, proof, bytes, act }, language)
}

pub(super) async fn receipt(Path(position): Path<u64>, Signed { visit, who }: Signed) -> Page {
    let opened = entries::at(&visit, &who, None, position).await?;
    entries::receipt(&opened, &visit).await
}

pub(super) async fn bytes(Path(position): Path<u64>, Signed { visit, who }: Signed) -> Result<Response, Problem> {
    entries::at(&visit, &who, None, position).await.map(|opened| entries::bytes(&opened))
}
