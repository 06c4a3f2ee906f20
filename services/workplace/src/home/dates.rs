//! What falls on which day: the deadlines of one's body and the meetings of its cases, month by month.

use askama::Template;
use axum::Router;
use axum::extract::Query;
use axum::routing::get;
use gateway::edge::{Edge, SignedIn};
use jiff::Timestamp;
use jiff::civil;
use proto::access::Asker;
use proto::actor::Role;
use proto::digest::Digest;
use proto::id::{CaseId, GovernmentId};
use proto::wire::{Failure, Unanswered};
use serde::Deserialize;
use serde_json::json;

use super::{feed, said, states};
use crate::case::{Room, agenda_path};
use crate::moves::{self, Docket};
use crate::{Page, Signed, Visit, When, locale, render};

#[derive(Template)]
#[template(path = "home/due.html")]
struct DuePage {
    visit: Visit,
    months: Vec<Month>,
    /// Cases to choose from, by id.
    cases: Vec<(String, String)>,
    case: String,
    /// Where a calendar program finds one's own dates.
    feed: String,
}

struct Month {
    name: String,
    days: Vec<Line>,
}

/// A date in words.
struct Line {
    when: When,
    weekday: String,
    what: String,
    href: String,
    case: String,
    case_href: String,
    who: String,
    own: bool,
}

/// A date of a case.
pub(super) struct Dated {
    pub on: civil::Date,
    pub case: CaseId,
    pub title: String,
    pub what: String,
    /// Where it is met: the path of a page.
    pub path: String,
    pub whose: Whose,
    /// Since when it is set.
    pub since: Timestamp,
    /// The same as long as it is the same thing, whatever its day.
    pub uid: String,
    late: bool,
}

/// For whom a date is.
pub(super) enum Whose {
    /// A move of whoever looks.
    Own,
    /// A move that somebody of the own body makes in one of these roles.
    Colleagues(Vec<Role>),
    /// A meeting, for all.
    All,
}

#[derive(Deserialize)]
struct Chosen {
    #[serde(default)]
    case: String,
}

pub(super) fn routes() -> Router<Edge> {
    Router::new().route("/due", get(page))
}

async fn page(Query(chosen): Query<Chosen>, Signed { visit, who }: Signed) -> Page {
    let Asker::Person { official, government } = &who.asker else { return Err(visit.failed(Failure::NotFound)) };
    let dates = of(&visit, &who, government, visit.roles()).await.map_err(|why| visit.failed(why))?;
    let mut cases: Vec<(String, String)> = dates.iter().map(|date| (date.case.to_string(), date.title.clone())).collect();
    cases.sort_by(|(_, one), (_, other)| one.cmp(other));
    cases.dedup();
    cases.insert(0, (String::new(), visit.t("home-due-all")));
    let shown = dates.iter().filter(|date| chosen.case.is_empty() || date.case.to_string() == chosen.case);
    let months = months(&visit, shown);
    let feed = feed::path(&visit, official, government);
    let language = visit.language;
    render(&DuePage { visit, months, cases, case: chosen.case, feed }, language)
}

/// All dates of somebody who acts for a body in these roles, in their order.
pub(super) async fn of(visit: &Visit, who: &SignedIn, government: &GovernmentId, roles: &[Role]) -> Result<Vec<Dated>, Unanswered> {
    let dockets = moves::dockets(visit, who).await?;
    let dated = |docket: &&Docket| docket.row.moves.iter().any(|what| what.government == *government && what.due.is_some());
    let states = states(visit, who, dockets.iter().filter(dated).map(|docket| docket.case).collect()).await;
    let mut dates = Vec::new();
    for docket in &dockets {
        let Docket { case, row, .. } = docket;
        let title = visit.name(&row.title).to_owned();
        for what in row.moves.iter().filter(|what| what.government == *government) {
            let Some(due) = &what.due else { continue };
            let own = moves::is_for(what, government, roles);
            dates.push(Dated {
                on: due.on,
                case: *case,
                title: title.clone(),
                what: said(visit, states.get(case).map(AsRef::as_ref), what),
                path: moves::room(&what.task).path(*case),
                whose: if own { Whose::Own } else { Whose::Colleagues(what.roles.clone()) },
                since: what.since.at,
                uid: uid(&json!([case, government, what.task])),
                late: due.passes_at <= visit.now,
            });
        }
        dates.extend(meeting(visit, docket, government, title));
    }
    dates.sort_by_key(|date| date.on);
    Ok(dates)
}

/// The meeting of a case, for the bodies that take part in it.
fn meeting(visit: &Visit, Docket { case, row, .. }: &Docket, government: &GovernmentId, title: String) -> Option<Dated> {
    let meeting = row.meeting.as_ref()?;
    let takes_part = row.parties.contains(government) || row.coordinator.as_ref() == Some(government);
    takes_part.then(|| Dated {
        on: meeting.on,
        case: *case,
        title,
        what: visit.with("home-meeting", "place", &meeting.place),
        path: agenda_path(*case),
        whose: Whose::All,
        since: row.latest.unwrap_or(visit.now),
        uid: uid(&json!([case, "meeting"])),
        late: false,
    })
}

fn uid(of: &serde_json::Value) -> String {
    let digest = Digest::of(of.to_string().as_bytes()).to_string();
    format!("{}@interlocal", digest.get(..24).unwrap_or_default())
}

fn months<'d>(visit: &Visit, dates: impl Iterator<Item = &'d Dated>) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    for date in dates {
        let name = visit.told("home-month", &json!({ "year": date.on.year().to_string(), "month": month(visit, date.on) }));
        let line = line(visit, date);
        match months.last_mut().filter(|last| last.name == name) {
            Some(last) => last.days.push(line),
            None => months.push(Month { name, days: vec![line] }),
        }
    }
    months
}

fn month(visit: &Visit, day: civil::Date) -> String {
    day.strftime(if visit.tag() == "ko" { "%-m" } else { "%B" }).to_string()
}

fn line(visit: &Visit, date: &Dated) -> Line {
    let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let weekday = weekdays.get(usize::try_from(date.on.weekday().to_monday_zero_offset()).unwrap_or_default()).copied().unwrap_or_default();
    let role = |role: &Role| visit.t(&format!("role-{}", role.name()));
    Line {
        when: match date.whose {
            Whose::All => locale::on(visit.language, date.on, &visit.zone, visit.now),
            Whose::Own | Whose::Colleagues(_) => locale::last_day(visit.language, date.on, date.late, &visit.zone, visit.now),
        },
        weekday: visit.t(&format!("home-{weekday}")),
        what: date.what.clone(),
        href: date.path.clone(),
        case: date.title.clone(),
        case_href: Room::Overview.path(date.case),
        who: match &date.whose {
            Whose::Own => visit.t("home-due-mine"),
            Whose::Colleagues(roles) => roles.iter().map(role).collect::<Vec<_>>().join(", "),
            Whose::All => visit.t("home-due-everyone"),
        },
        own: !matches!(date.whose, Whose::Colleagues(_)),
    }
}
