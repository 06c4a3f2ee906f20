//! Where a case begins for whoever looks at it: what is their move, who is in and how they are tied, what is in the way of signing, what happened.

use askama::Template;
use axum::Router;
use axum::routing::{get, post};
use gateway::edge::Edge;
use proto::actor::Role;
use proto::negotiation::Agenda;
use proto::standing::Phase;

use super::{Case, Head, Room};
use crate::{Form, Page, Visit, render};

mod acts;
mod mandates;
mod obstacles;
mod parties;
mod timeline;

/// Bodies from which on the register is searched rather than read through.
const SEARCHED: usize = 12;

#[derive(Template)]
#[template(path = "case/overview.html")]
struct OverviewPage {
    visit: Visit,
    head: Head,
    /// Moves of other bodies.
    waits: Vec<Waits>,
    parties: Vec<parties::Party>,
    /// What ties the coordinating body to the parties.
    ties: Vec<String>,
    mandates: Vec<mandates::Line>,
    /// Whether the own body has mandates to speak of: it is invited or a party.
    mandated: bool,
    obstacles: Vec<obstacles::Obstacle>,
    phase: Phase,
    acts: Vec<timeline::Act>,
    earlier: String,
    record: String,
    authority: String,
    agenda: Option<Meeting>,
    agenda_path: String,
    sets_agenda: bool,
    join: Option<Answer>,
    decline: Option<Form>,
    invite: Option<Inviting>,
    leave: Option<Form>,
    leaving: bool,
}

/// What another body is to do.
struct Waits {
    body: String,
    what: String,
    due: Option<crate::When>,
}

/// The round whose agenda stands.
struct Meeting {
    round: String,
    at: Option<(String, String)>,
    items: String,
}

/// The answer to an invitation: on which of the own mandates.
struct Answer {
    form: Form,
    mandates: Vec<(String, String)>,
}

/// Bodies to invite: those chosen, and those found.
struct Inviting {
    form: Form,
    open: bool,
    find: String,
    searched: bool,
    chosen: Vec<parties::Choice>,
    found: Vec<parties::Choice>,
}

pub(crate) fn routes() -> Router<Edge> {
    Router::new()
        .route("/cases/{case}", get(page))
        .route("/cases/{case}/invite", post(acts::invite))
        .route("/cases/{case}/join", post(acts::join))
        .route("/cases/{case}/decline", post(acts::decline))
        .route("/cases/{case}/leave", post(acts::leave))
}

pub(crate) async fn page(case: Case) -> Page {
    let own = mandates::own(&case).await;
    let (obstacles, (acts, earlier)) = tokio::join!(obstacles::of(&case), timeline::of(&case));
    let invited = case.state.standing.invited.contains(&case.government);
    let may_answer = invited && case.state.standing.phase == Phase::Open;
    let agenda = case.state.agenda.as_ref().map(|agenda| meeting(&case, agenda));
    let page = OverviewPage {
        head: Head::of(&case, Room::Overview),
        waits: waits(&case),
        parties: parties::of(&case),
        ties: parties::ties(&case),
        mandates: mandates::lines(&case, &own),
        mandated: invited || case.is_party(),
        obstacles,
        phase: case.state.standing.phase,
        acts,
        earlier: if earlier > 0 { case.visit.counted("overview-earlier", earlier) } else { case.visit.t("overview-record") },
        record: case.path(Room::Record),
        authority: case.path(Room::Authority),
        agenda,
        agenda_path: super::agenda_path(case.id),
        sets_agenda: case.coordinates() && case.visit.convenes(),
        join: (may_answer && case.visit.holds(&[Role::Delegate]))
            .then(|| Answer { form: case.form("join"), mandates: mandates::fitting(&case, &own) }),
        decline: (may_answer && case.visit.holds(&[Role::Delegate, Role::Signatory])).then(|| case.form("decline")),
        invite: (case.coordinates() && case.visit.convenes() && case.state.standing.phase == Phase::Open).then(|| inviting(&case)),
        leave: (case.acts(&[Role::Delegate, Role::Signatory]) && case.state.standing.phase < Phase::Signed).then(|| case.form("leave")),
        leaving: case.tried("leave"),
        visit: case.visit,
    };
    let language = page.visit.language;
    render(&page, language)
}

/// What the case waits for from other bodies, the most urgent first.
fn waits(case: &Case) -> Vec<Waits> {
    let mut all: Vec<_> = case.moves.iter().filter(|what| !case.own_moves().any(|own| std::ptr::eq(own, *what))).collect();
    all.sort_by_key(|what| crate::moves::urgency(what));
    let line = |what: &&notifications::Move| Waits {
        body: case.called(&what.government).to_owned(),
        what: case.said(&what.task),
        due: crate::moves::due(what, &case.visit),
    };
    all.iter().map(line).collect()
}

fn meeting(case: &Case, Agenda { round, meeting, items }: &Agenda) -> Meeting {
    let at = meeting.as_ref().map(|meeting| (case.visit.on(&meeting.on).exact, meeting.place.clone()));
    Meeting {
        round: case.visit.with("agenda-round", "round", &round.to_string()),
        at,
        items: case.visit.counted("agenda-count", items.len()),
    }
}

fn inviting(case: &Case) -> Inviting {
    let form = case.form("invite");
    let find = form.typed("find", "").trim().to_owned();
    let (chosen, found) = parties::choices(case, &form, &find);
    let searched = chosen.len() + found.len() > SEARCHED || !find.is_empty();
    let open = case.tried("invite") || case.state.standing.parties.len() + case.state.standing.invited.len() < 2;
    Inviting { form, open, find, searched, chosen, found }
}
