//! The cases that somebody coordinates, those that are late or stand still first, each with the reason why it stands there.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use jiff::{SignedDuration, Timestamp};
use notifications::Move;
use proto::access::Asker;
use proto::actor::Role;
use proto::id::GovernmentId;
use proto::standing::Phase;
use proto::wire::Failure;
use serde::Deserialize;
use serde_json::json;

use crate::case::Room;
use crate::home::phase;
use crate::moves::{self, Docket};
use crate::{Page, Signed, Visit, When, render};

/// A case in which nothing was done for so many days stands still.
const STILL: i64 = 14;

#[derive(Template)]
#[template(path = "coordination/caseload.html")]
struct CaseloadPage {
    visit: Visit,
    rows: Vec<Row>,
    /// What can be chosen to be shown, with how many there are.
    choices: Vec<(String, String)>,
    show: String,
    find: String,
    /// Whether there is any case at all.
    any: bool,
    still: String,
}

/// A case in words.
struct Row {
    href: String,
    title: String,
    phase: String,
    in_force: bool,
    /// Why it needs looking after.
    late: String,
    still: String,
    /// Whose move it is, with how many.
    turns: Vec<String>,
    /// Moves of whoever looks.
    own: usize,
    due: Option<When>,
    latest: Option<When>,
}

#[derive(Default, Deserialize)]
pub(super) struct Chosen {
    #[serde(default)]
    show: String,
    #[serde(default)]
    find: String,
}

/// How a case does.
struct Health<'d> {
    docket: &'d Docket,
    /// The move that is late longest.
    late: Option<&'d Move>,
    /// For how many days nothing was done, where that is too long.
    still: Option<i64>,
    /// The date that comes next.
    next: Option<&'d Move>,
    own: usize,
}

pub(super) async fn page(Query(chosen): Query<Chosen>, Signed { visit, who }: Signed) -> Page {
    let Asker::Person { government, .. } = &who.asker else { return Err(visit.failed(Failure::NotFound)) };
    let dockets = moves::dockets(&visit, &who).await.map_err(|why| visit.failed(why))?;
    let mut all: Vec<Health> = dockets
        .iter()
        .filter(|docket| is_coordinated(&visit, docket, government))
        .map(|docket| health(&visit, docket, government))
        .collect();
    all.sort_by_key(order);
    let choices = choices(&visit, &all);
    let find = chosen.find.trim().to_lowercase();
    let found = |health: &&Health| is_shown(health, &chosen.show) && is_found(health.docket, &find);
    let rows = all.iter().filter(found).map(|health| row(&visit, health)).collect();
    let (any, still) = (!all.is_empty(), visit.with("coordination-about", "days", &STILL.to_string()));
    let language = visit.language;
    render(&CaseloadPage { visit, rows, choices, show: chosen.show, find: chosen.find, any, still }, language)
}

/// Cases that the own body has opened; for a mediator also those it sees without being a party.
fn is_coordinated(visit: &Visit, docket: &Docket, government: &GovernmentId) -> bool {
    let opened = docket.row.coordinator.as_ref() == Some(government);
    opened || (visit.holds(&[Role::Mediator]) && !docket.row.parties.contains(government))
}

fn health<'d>(visit: &Visit, docket: &'d Docket, government: &GovernmentId) -> Health<'d> {
    let dated = || docket.row.moves.iter().filter_map(|what| Some((what.due.as_ref()?.passes_at, what)));
    let earliest = |late: bool| dated().filter(|(at, _)| (*at <= visit.now) == late).min_by_key(|(at, _)| *at).map(|(_, what)| what);
    let days = docket.row.latest.map(|at| visit.now.duration_since(at)).map_or(0, |passed: SignedDuration| passed.as_hours() / 24);
    Health {
        docket,
        late: earliest(true),
        still: (days >= STILL && docket.row.phase < Phase::InForce).then_some(days),
        next: earliest(false),
        own: docket.row.moves.iter().filter(|what| moves::is_for(what, government, visit.roles())).count(),
    }
}

/// Late longest first, then what stands still longest, then by the next date, then what is in force.
fn order(health: &Health) -> (bool, Option<Timestamp>, bool, Reverse<i64>, bool, Option<Timestamp>, Reverse<u64>) {
    let at = |what: Option<&Move>| what.and_then(|what| what.due.as_ref()).map(|due| due.passes_at);
    let days = health.still.unwrap_or_default();
    let next = at(health.next);
    (health.late.is_none(), at(health.late), health.still.is_none(), Reverse(days), next.is_none(), next, Reverse(health.docket.position))
}

fn is_shown(health: &Health, show: &str) -> bool {
    match show {
        "late" => health.late.is_some(),
        "still" => health.still.is_some(),
        "own" => health.own > 0,
        "done" => health.docket.row.phase == Phase::InForce,
        _ => true,
    }
}

fn is_found(docket: &Docket, find: &str) -> bool {
    let title = &docket.row.title;
    find.is_empty() || [&title.ko, &title.en].into_iter().any(|title| title.to_lowercase().contains(find))
}

fn choices(visit: &Visit, all: &[Health]) -> Vec<(String, String)> {
    let choice = |name: &str| {
        let count = all.iter().filter(|health| is_shown(health, name)).count();
        (
            name.to_owned(),
            visit.with(&format!("coordination-show-{}", if name.is_empty() { "all" } else { name }), "count", &count.to_string()),
        )
    };
    ["", "late", "still", "own", "done"].map(choice).into()
}

fn row(visit: &Visit, health: &Health) -> Row {
    let Docket { case, row, .. } = health.docket;
    let mut turns: BTreeMap<&GovernmentId, usize> = BTreeMap::new();
    for what in &row.moves {
        *turns.entry(&what.government).or_default() += 1;
    }
    let late = health.late.and_then(|what| Some((what, moves::due(what, visit)?)));
    let late = late.map(|(what, due)| {
        visit.told("coordination-late", &json!({ "body": visit.body(&what.government), "on": due.exact, "days": due.relative }))
    });
    Row {
        href: Room::Overview.path(*case),
        title: visit.name(&row.title).to_owned(),
        phase: phase(visit, row.phase),
        in_force: row.phase == Phase::InForce,
        late: late.unwrap_or_default(),
        still: health.still.map(|days| visit.with("coordination-still", "days", &days.to_string())).unwrap_or_default(),
        turns: turns
            .into_iter()
            .map(|(body, count)| visit.told("waits-for", &json!({ "body": visit.body(body), "count": count })))
            .collect(),
        own: health.own,
        due: health.next.and_then(|what| moves::due(what, visit)),
        latest: row.latest.map(|at| visit.instant(&at)),
    }
}
