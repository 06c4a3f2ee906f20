//! The calendar of a demo: an administrator moves it forward, so that deadlines come and pass.

use askama::Template;
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use proto::calendar::Command;
use proto::message::Target;
use proto::wire::Failure;
use serde::Deserialize;

use crate::{Form, Page, Posted, Signed, Visit, done, refused, render};
use gateway::problem::Problem;

#[derive(Template)]
#[template(path = "calendar.html")]
struct CalendarPage {
    visit: Visit,
    form: Form,
    to: String,
}

#[derive(Deserialize)]
pub(crate) struct Moved {
    to: String,
}

pub(crate) async fn page(Signed { visit, .. }: Signed) -> Page {
    if !visit.demo() {
        return Err(visit.failed(Failure::NotFound));
    }
    let (form, to, language) = (visit.form(), String::new(), visit.language);
    render(&CalendarPage { visit, form, to }, language)
}

/// Moves the calendar to the morning of a day.
pub(crate) async fn forward(posted: Posted<Moved>) -> Page {
    match moved(&posted).await {
        Ok(response) => Ok(response),
        Err(problem) => {
            let form = posted.again(problem.clone());
            let Posted { signed: Signed { visit, .. }, fields, .. } = posted;
            let language = visit.language;
            refused(&CalendarPage { visit, form, to: fields.to }, &problem, language)
        }
    }
}

async fn moved(posted: &Posted<Moved>) -> Result<Response, Problem> {
    let visit = &posted.signed.visit;
    let to = morning(&posted.fields.to, &visit.zone).map_err(|error| visit.failed(Failure::Malformed { detail: error.to_string() }))?;
    let receipt = posted.act(&Target::Calendar, Command::SetCalendar { to }).await?;
    Ok(done("/calendar", &receipt))
}

fn morning(day: &str, zone: &str) -> Result<Timestamp, jiff::Error> {
    let day: Date = day.parse()?;
    Ok(day.to_datetime(Time::constant(9, 0, 0, 0)).to_zoned(TimeZone::get(zone)?)?.timestamp())
}
