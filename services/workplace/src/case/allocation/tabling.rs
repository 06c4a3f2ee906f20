//! A sealed run is put on the table: after a page that says what that means.

use askama::Template;
use axum::extract::Path;
use gateway::problem::Problem;
use proto::allocation::Command;
use proto::id::RunId;
use proto::message::Target;
use proto::wire::{Failure, Receipt};
use serde::Deserialize;

use super::frame::{Chosen, Frame};
use super::{Case, Head, Lab, Named, Place, head};
use crate::case::refuse_on;
use crate::{Form, Page, Posted, Visit, done, render};

#[derive(Template)]
#[template(path = "case/allocation-table.html")]
struct TablePage {
    visit: Visit,
    head: Head,
    frame: Frame,
    chosen: Chosen,
    form: Form,
    /// Where the form goes, and where one goes who does not table it.
    action: String,
    back: String,
}

#[derive(Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    name: String,
}

pub(super) async fn of(case: Case, named: Path<Named>) -> Page {
    let (lab, place, name) = Lab::at(case, named).await?;
    show(lab, place, &name)
}

fn show(lab: Lab, place: Place, name: &RunId) -> Page {
    let run = lab.run(place, name)?;
    if place != Place::Own || !lab.takes_runs() {
        return Err(lab.visit().failed(Failure::NotFound));
    }
    let (head, frame) = (head(&lab), Frame::of(&lab, Some((place, name))));
    let mut chosen = Chosen::of(&lab, place, name, run, "/table");
    chosen.acts.clear();
    let (form, action) = (lab.case.form("table"), lab.path(place, name, "/table"));
    let back = lab.path(place, name, "");
    let visit = lab.case.visit;
    let language = visit.language;
    render(&TablePage { visit, head, frame, chosen, form, action, back }, language)
}

pub(super) async fn table(Path(named): Path<Named>, posted: Posted<Fields>) -> Page {
    let id = named.case(&posted.signed.visit)?;
    match tabled(&named, &posted).await {
        Ok((name, receipt)) => Ok(done(&format!("/cases/{id}/allocation/{}/{name}", Place::Table.name()), &receipt)),
        Err(problem) => Box::pin(refuse_on(id, "table", posted, problem, async |case| of(case, Path(named)).await)).await,
    }
}

async fn tabled(named: &Named, posted: &Posted<Fields>) -> Result<(RunId, Receipt), Problem> {
    let visit = &posted.signed.visit;
    let name = name(visit, &posted.fields.name)?;
    let run = sealed(named, posted).await?;
    let receipt = posted.act(&Target::Case(named.case(visit)?), Command::TableRun { run: name.clone(), model: run.model }).await?;
    Ok((name, receipt))
}

/// The own run that is to be tabled, as it is kept.
async fn sealed(named: &Named, posted: &Posted<Fields>) -> Result<allocation::Run, Problem> {
    let visit = &posted.signed.visit;
    let (place, name) = named.parse(visit)?;
    let (_, own) = Lab::states(&posted.signed, named.case(visit)?).await?;
    own.runs.get(&name).filter(|_| place == Place::Own).cloned().ok_or_else(|| visit.failed(Failure::NotFound))
}

/// A name of a run as it was typed: spaces and capitals are forgiven.
pub(super) fn name(visit: &Visit, typed: &str) -> Result<RunId, Problem> {
    let slug = typed.trim().to_lowercase().replace([' ', '_'], "-");
    slug.parse().map_err(|_| visit.wrong("lab-wrong-name", serde_json::json!({ "typed": typed })))
}
