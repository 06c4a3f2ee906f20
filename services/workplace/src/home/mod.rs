//! Where a day's work begins: what is to be done and until when, what others have done since, and the cases it happens in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use futures::future::join_all;
use gateway::edge::{Edge, SignedIn, about};
use negotiation::State;
use notifications::Move;
use proto::access::Asker;
use proto::actor::Service;
use proto::id::{CaseId, GovernmentId};
use proto::standing::Phase;
use proto::stream::Stream;
use proto::wire::Failure;
use serde::Deserialize;

use crate::case::{Room, name_of};
use crate::moves::{self, Docket};
use crate::{Form, Page, Posted, Signed, Visit, When, render, with_cookie};

mod dates;
mod feed;
mod news;
mod seen;

pub(crate) use seen::{Looked, Seen};

/// Moves that are shown; the rest is behind the list of cases.
const MOVES: usize = 40;
/// Cases of which what is new is told; the rest only says that there is something.
const TOLD: usize = 8;
/// Cases in the list beside.
const CASES: usize = 12;

#[derive(Template)]
#[template(path = "home/home.html")]
struct HomePage {
    visit: Visit,
    form: Form,
    own: Vec<Line>,
    /// Moves of the own body that somebody in another role makes.
    others: Vec<Line>,
    news: Vec<news::News>,
    /// Whether this person was never here, so that nothing is new to them or everything.
    first: bool,
    cases: Vec<Row>,
    /// How many more there are, in words; empty where there are none.
    more_cases: String,
    /// Up to where everything is seen when it is marked so.
    head: u64,
}

/// A move in words.
struct Line {
    case: String,
    href: String,
    what: String,
    due: Option<When>,
    since: When,
    roles: String,
}

/// A case in words.
struct Row {
    href: String,
    title: String,
    phase: String,
    in_force: bool,
    /// How many moves there wait for whoever looks.
    moves: usize,
    latest: Option<When>,
}

pub(crate) fn routes() -> Router<Edge> {
    Router::new().route("/", get(page)).route("/seen", post(mark)).merge(dates::routes()).merge(feed::routes())
}

async fn page(headers: HeaderMap, Signed { visit, who }: Signed) -> Page {
    let Asker::Person { official, government } = &who.asker else { return Err(visit.failed(Failure::NotFound)) };
    let dockets = moves::dockets(&visit, &who).await.map_err(|why| visit.failed(why))?;
    let seen = Seen::of(&headers, official, government);
    let changed = news::changed(&dockets, &seen);
    let ours = |docket: &&Docket| docket.row.moves.iter().any(|what| what.government == *government);
    let wanted: BTreeSet<CaseId> =
        dockets.iter().filter(ours).chain(changed.iter().take(TOLD).copied()).map(|docket| docket.case).collect();
    let states = states(&visit, &who, wanted).await;
    let (own, others) = lines(&visit, &dockets, &states, government);
    let news = news::of(&visit, &who, &changed, &states, &seen).await;
    let (cases, more_cases) = rows(&visit, &dockets, government);
    let head = dockets.iter().map(|docket| docket.position).max().unwrap_or_default();
    let more_cases = if more_cases > 0 { visit.counted("home-more-cases", more_cases) } else { String::new() };
    let (form, first, language) = (visit.form(), seen.is_new(), visit.language);
    render(&HomePage { visit, form, own, others, news, first, cases, more_cases, head }, language)
}

#[derive(Deserialize)]
struct Marked {
    head: u64,
}

/// Marks everything as seen up to where the page showed it.
async fn mark(posted: Posted<Marked>) -> Page {
    let Signed { visit, who } = &posted.signed;
    let Asker::Person { official, government } = &who.asker else { return Err(visit.failed(Failure::NotFound)) };
    let cookie = Seen::everything(posted.fields.head).cookie(&visit.edge, official, government);
    Ok(with_cookie(Redirect::to("/").into_response(), cookie))
}

/// The negotiation's folds of these cases, as far as they can be read.
async fn states(visit: &Visit, who: &SignedIn, cases: BTreeSet<CaseId>) -> BTreeMap<CaseId, Arc<State>> {
    let one = async |case: CaseId| {
        let found = visit.edge.get(who, Service::Negotiation, about(Stream::Case(case), visit.at_least)).await.ok()?;
        Some((case, Arc::new(serde_json::from_value(found.body).ok()?)))
    };
    join_all(cases.into_iter().map(one)).await.into_iter().flatten().collect()
}

/// The moves of a body in words: those that whoever looks can make, and those of somebody in another role.
fn lines(visit: &Visit, dockets: &[Docket], states: &BTreeMap<CaseId, Arc<State>>, government: &GovernmentId) -> (Vec<Line>, Vec<Line>) {
    let of_docket = |docket| {
        let Docket { case, row, .. }: &Docket = docket;
        row.moves.iter().filter(|what| what.government == *government).map(move |what| (*case, &row.title, what))
    };
    let mut all: Vec<_> = dockets.iter().flat_map(of_docket).collect();
    all.sort_by_key(|(_, _, what)| moves::urgency(what));
    let line = |(case, title, what): &(CaseId, &proto::words::Names, &Move)| Line {
        case: visit.name(title).to_owned(),
        href: moves::room(&what.task).path(*case),
        what: said(visit, states.get(case).map(AsRef::as_ref), what),
        due: moves::due(what, visit),
        since: visit.instant(&what.since.at),
        roles: what.roles.iter().map(|role| visit.t(&format!("role-{}", role.name()))).collect::<Vec<_>>().join(", "),
    };
    let (own, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, _, what)| moves::is_for(what, government, visit.roles()));
    (own.iter().take(MOVES).map(line).collect(), others.iter().take(MOVES).map(line).collect())
}

/// A move in words, with the names that its case gives to things.
fn said(visit: &Visit, state: Option<&State>, what: &Move) -> String {
    moves::said(&what.task, visit, |kind, id| state.map_or_else(|| id.to_owned(), |state| name_of(visit, state, kind, id)))
}

/// Cases in which something waits first, then those in which something was done last.
fn rows(visit: &Visit, dockets: &[Docket], government: &GovernmentId) -> (Vec<Row>, usize) {
    let count = |docket: &Docket| docket.row.moves.iter().filter(|what| moves::is_for(what, government, visit.roles())).count();
    let mut all: Vec<(usize, &Docket)> = dockets.iter().map(|docket| (count(docket), docket)).collect();
    all.sort_by_key(|(moves, docket)| (*moves == 0, std::cmp::Reverse(docket.position)));
    let row = |(moves, docket): &(usize, &Docket)| Row {
        href: Room::Overview.path(docket.case),
        title: visit.name(&docket.row.title).to_owned(),
        phase: phase(visit, docket.row.phase),
        in_force: docket.row.phase == Phase::InForce,
        moves: *moves,
        latest: docket.row.latest.map(|at| visit.instant(&at)),
    };
    (all.iter().take(CASES).map(row).collect(), all.len().saturating_sub(CASES))
}

/// How far a case has come, in words.
pub(crate) fn phase(visit: &Visit, phase: Phase) -> String {
    visit.t(match phase {
        Phase::None => "phase-none",
        Phase::Open => "phase-open",
        Phase::Frozen => "phase-frozen",
        Phase::Signed => "phase-signed",
        Phase::InForce => "phase-in_force",
    })
}
