//! The agenda of a round as everyone reads it: what is to be talked about, and for each item where the parties stand now. It prints as an official
//! agenda. The coordinating body sets it on the same page.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use gateway::edge::Edge;
use proto::id::CaseId;
use proto::message::Target;
use proto::negotiation::Agenda;

use super::{Case, Head, Room, refuse_on};
use crate::{Form, Page, Posted, Visit, done, render};

mod form;
mod items;

#[derive(Template)]
#[template(path = "case/agenda.html")]
struct AgendaPage {
    visit: Visit,
    head: Head,
    /// Which round, and whether it has an agenda.
    heading: String,
    set: bool,
    meeting: Option<(String, String)>,
    present: Vec<String>,
    coordinator: String,
    items: Vec<items::Item>,
    /// The form, for whoever sets the agenda.
    setting: Option<Setting>,
}

/// What the form begins with.
struct Setting {
    form: Form,
    open: bool,
    round: String,
    on: String,
    place: String,
    topics: String,
    candidates: Vec<form::Candidate>,
}

/// Where the agenda of a case is.
pub(crate) fn path(case: CaseId) -> String {
    format!("/cases/{case}/agenda")
}

pub(crate) fn routes() -> Router<Edge> {
    Router::new().route("/cases/{case}/agenda", get(page).post(set))
}

async fn page(case: Case) -> Page {
    let agenda = case.state.agenda.clone();
    let sets = case.coordinates() && case.visit.convenes();
    let page = AgendaPage {
        head: Head::of(&case, Room::Overview),
        heading: case.visit.with("agenda-of", "round", &agenda.as_ref().map_or(1, |agenda| agenda.round).to_string()),
        set: agenda.is_some(),
        meeting: agenda
            .as_ref()
            .and_then(|agenda| agenda.meeting.as_ref())
            .map(|meeting| (case.visit.on(&meeting.on).exact, meeting.place.clone())),
        present: case.state.standing.parties.iter().map(|party| case.called(party).to_owned()).collect(),
        coordinator: case.state.standing.coordinator.as_ref().map(|body| case.called(body).to_owned()).unwrap_or_default(),
        items: agenda.iter().flat_map(|agenda| &agenda.items).map(|item| items::item(&case, item)).collect(),
        setting: sets.then(|| setting(&case, agenda.as_ref())),
        visit: case.visit,
    };
    let language = page.visit.language;
    render(&page, language)
}

fn setting(case: &Case, agenda: Option<&Agenda>) -> Setting {
    let form = case.form("set");
    let meeting = agenda.and_then(|agenda| agenda.meeting.as_ref());
    let begins = |name: &str, or: String| form.typed(name, &or).to_owned();
    Setting {
        round: begins("round", agenda.map_or(1, |agenda| agenda.round).to_string()),
        on: begins("on", meeting.map(|meeting| meeting.on.to_string()).unwrap_or_default()),
        place: begins("place", meeting.map(|meeting| meeting.place.clone()).unwrap_or_default()),
        topics: begins("topics", form::topics(agenda)),
        candidates: form::candidates(case, agenda, &form),
        open: agenda.is_none() || case.tried("set"),
        form,
    }
}

async fn set(Path(id): Path<CaseId>, posted: Posted<form::Fields>) -> Page {
    let visit = &posted.signed.visit;
    let answer = match form::command(&posted.fields, visit) {
        Ok(command) => posted.act(&Target::Case(id), command).await,
        Err(problem) => Err(problem),
    };
    match answer {
        Ok(receipt) => Ok(done(&path(id), &receipt)),
        Err(problem) => refuse_on(id, "set", posted, problem, page).await,
    }
}
