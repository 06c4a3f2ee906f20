//! One's own dates for a calendar program, which has no cookie: the address itself is what lets it in, and it can be made by nobody but the gateway.
//! Whoever is no longer appointed has no dates any more.

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use gateway::edge::{Edge, SignedIn, about};
use gateway::problem::Problem;
use icalendar::{Calendar, Component as _, Event, Property};
use proto::access::{Asker, Official};
use proto::actor::{Role, Service};
use proto::id::{GovernmentId, OfficialId};
use proto::stream::Stream;
use proto::wire::{Failure, Unanswered};

use super::dates::{self, Dated, Whose};
use crate::Visit;

/// What the mark in an address is for.
const PURPOSE: &str = "due";

pub(super) fn routes() -> Router<Edge> {
    Router::new().route("/due/{person}/{mark}", get(feed))
}

fn person(official: &OfficialId, government: &GovernmentId) -> String {
    format!("{official}.{government}")
}

/// The address of somebody's own dates, in the language in which they look.
pub(super) fn path(visit: &Visit, official: &OfficialId, government: &GovernmentId) -> String {
    let person = person(official, government);
    format!("/due/{person}/{}.ics?lang={}", visit.edge.0.seal.mark(PURPOSE, &person), visit.tag())
}

async fn feed(Path((person, mark)): Path<(String, String)>, visit: Visit) -> Result<Response, Problem> {
    let mark = mark.strip_suffix(".ics").unwrap_or_default();
    let ids = person.split_once('.').and_then(|(official, government)| Some((official.parse().ok()?, government.parse().ok()?)));
    let (official, government): (OfficialId, GovernmentId) =
        ids.filter(|_| visit.edge.0.seal.holds(PURPOSE, &person, mark)).ok_or_else(|| visit.failed(Failure::NotFound))?;
    let calendar = own(&visit, &official, &government).await.map_err(|why| visit.failed(why))?;
    let kind = HeaderValue::from_static("text/calendar; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], calendar.to_string()).into_response())
}

async fn own(visit: &Visit, official: &OfficialId, government: &GovernmentId) -> Result<Calendar, Unanswered> {
    let roles = roles(&visit.edge, official, government).await?;
    let unavailable = |_| Failure::Unavailable { part: "gateway".into() };
    let (token, _) = visit.edge.0.issuer.person(official, government).map_err(unavailable)?;
    let asker = Asker::Person { official: official.clone(), government: government.clone() };
    let dates = dates::of(visit, &SignedIn { token, asker }, government, &roles).await?;
    // Not `new`, which names the library as the maker, too: there is one PRODID (RFC 5545, 3.6).
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0")).append_property(("CALSCALE", "GREGORIAN"));
    calendar.name(&visit.t("home-feed")).append_property(("PRODID", "-//Interlocal//Due dates//EN"));
    for date in dates.iter().filter(|date| !matches!(date.whose, Whose::Colleagues(_))) {
        calendar.push(event(date));
    }
    Ok(calendar.done())
}

/// In which roles somebody acts today.
async fn roles(edge: &Edge, official: &OfficialId, government: &GovernmentId) -> Result<Vec<Role>, Unanswered> {
    let found = edge.get(&edge.own()?, Service::Registry, about(Stream::Official(official.clone()), None)).await?;
    let person: Option<Official> = found.body.get("person").and_then(|person| serde_json::from_value(person.clone()).ok());
    let serving = person.into_iter().flat_map(|person| edge.serving(official, &person));
    let roles = serving.filter(|serving| serving.government == *government).flat_map(|serving| serving.roles).collect::<Vec<_>>();
    if roles.is_empty() { Err(Failure::NotFound.into()) } else { Ok(roles) }
}

/// A whole day, which is the day where the deadline runs, wherever the calendar is looked at.
fn event(date: &Dated) -> Event {
    let day = |day: jiff::civil::Date| day.strftime("%Y%m%d").to_string();
    let whole = |name: &str, on: String| Property::new(name, on).add_parameter("VALUE", "DATE").done();
    let next = date.on.tomorrow().unwrap_or(date.on);
    Event::new()
        .uid(&date.uid)
        .summary(&format!("{} · {}", date.what, date.title))
        .append_property(whole("DTSTART", day(date.on)))
        .append_property(whole("DTEND", day(next)))
        .add_property("DTSTAMP", date.since.strftime("%Y%m%dT%H%M%SZ").to_string())
        .add_property("TRANSP", "TRANSPARENT")
        .done()
}
