//! What people type into forms, read as they write it. What cannot be read is answered in their words, with the name of the field.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use proto::term::Value;
use proto::words::{Counting, Deadline};
use serde_json::json;

use crate::case::Case;
use crate::{Visit, locale};
use gateway::problem::Problem;

/// A day, or none where nothing was typed. `label` is the key of what the field is called.
///
/// # Errors
/// `typed-no_day` when it is none.
pub(crate) fn day(visit: &Visit, label: &str, text: &str) -> Result<Option<Date>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| wrong(visit, "typed-no_day", label, text))
}

/// The last day for something, where whoever is signed in is; none where nothing was typed.
///
/// # Errors
/// As [`day`].
pub(crate) fn deadline(visit: &Visit, label: &str, text: &str) -> Result<Option<Deadline>, Problem> {
    let on = day(visit, label, text)?;
    Ok(on.map(|on| Deadline { on, zone: visit.zone.clone(), counting: Counting::Named }))
}

/// A day and a time of day, as `datetime-local` sends it, where whoever is signed in is.
///
/// # Errors
/// `typed-no_moment` when it is none.
pub(crate) fn moment(visit: &Visit, label: &str, text: &str) -> Result<Timestamp, Problem> {
    let at = text.trim().parse::<DateTime>().and_then(|at| at.to_zoned(TimeZone::get(&visit.zone)?));
    at.map(|at| at.timestamp()).map_err(|_| wrong(visit, "typed-no_moment", label, text))
}

fn wrong(visit: &Visit, text: &str, label: &str, typed: &str) -> Problem {
    visit.wrong(text, json!({ "label": visit.t(label), "typed": typed }))
}

/// A value in words.
pub(crate) fn said(case: &Case, value: &Value) -> String {
    let visit = &case.visit;
    match value {
        Value::Money(amount) => visit.money(amount),
        Value::Share(percent) => locale::percent(*percent),
        Value::Quantity { amount, unit } => format!("{} {unit}", locale::number(*amount)),
        Value::Date(day) => locale::day(visit.language, *day),
        Value::Duty { who, what } => format!("{}: {what}", case.called(who)),
        Value::Choice(text) | Value::Text(text) => text.clone(),
    }
}
