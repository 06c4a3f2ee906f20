//! Days and times as people type them. What cannot be read is answered in their words, with the name of the field.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use proto::words::{Counting, Deadline};
use serde_json::json;

use crate::Visit;
use gateway::problem::Problem;

/// A day, or none where nothing was typed. `field` is the key of what the field is called.
///
/// # Errors
/// `days-no_day` when it is none.
pub(crate) fn day(visit: &Visit, field: &str, text: &str) -> Result<Option<Date>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    read(text).map(Some).ok_or_else(|| wrong(visit, "days-no_day", field, text))
}

/// A day as people type it.
pub(crate) fn read(text: &str) -> Option<Date> {
    text.trim().parse().ok()
}

/// The last day for something, where whoever is signed in is; none where nothing was typed.
///
/// # Errors
/// As [`day`].
pub(crate) fn deadline(visit: &Visit, field: &str, text: &str) -> Result<Option<Deadline>, Problem> {
    let on = day(visit, field, text)?;
    Ok(on.map(|on| Deadline { on, zone: visit.zone.clone(), counting: Counting::Named }))
}

/// A day and a time of day, as `datetime-local` sends it, where whoever is signed in is.
///
/// # Errors
/// `days-no_moment` when it is none.
pub(crate) fn moment(visit: &Visit, field: &str, text: &str) -> Result<Timestamp, Problem> {
    let at = text.trim().parse::<DateTime>().and_then(|at| at.to_zoned(TimeZone::get(&visit.zone)?));
    at.map(|at| at.timestamp()).map_err(|_| wrong(visit, "days-no_moment", field, text))
}

fn wrong(visit: &Visit, text: &str, field: &str, typed: &str) -> Problem {
    visit.wrong(text, json!({ "field": visit.t(field), "typed": typed }))
}
