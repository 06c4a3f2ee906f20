//! Numbers, money, days and times as people of a language write them.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proto::money::{Currency, Money, grouped};
use proto::wire::Due;
use proto::words::{Deadline, day_of};
use rust_decimal::Decimal;
use serde_json::json;

use gateway::problem::Language;
use gateway::{texts, units};

/// A time or a day for a page: for machines, exactly, and as people say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// ISO 8601, for the attribute `datetime`.
    pub iso: String,
    /// In full.
    pub exact: String,
    /// From now: "3 days ago", "7 days left".
    pub relative: String,
    /// A deadline that has passed.
    pub late: bool,
}

/// `-1234567.5` is `−1,234,567.5`.
#[must_use]
pub fn number(amount: Decimal) -> String {
    grouped(amount, 0).replace('-', "−")
}

/// With the sign that says whether it is more or less.
#[must_use]
pub fn change(amount: Decimal) -> String {
    let plus = if amount.is_sign_positive() && !amount.is_zero() { "+" } else { "" };
    format!("{plus}{}", number(amount))
}

/// An amount with its currency: `6,300,000,000원`, `KRW 6,300,000,000`.
#[must_use]
pub fn money(language: Language, money: &Money) -> String {
    let amount = grouped(money.amount, money.currency.minor_digits()).replace('-', "−");
    match (language, money.currency.to_string().as_str()) {
        (Language::Korean, "KRW") => format!("{amount}원"),
        (_, currency) => format!("{currency} {amount}"),
    }
}

/// `50 %`.
#[must_use]
pub fn percent(amount: Decimal) -> String {
    format!("{} %", number(amount))
}

/// A currency at the head of a table or beside a field: `원` for won in Korean.
#[must_use]
pub fn currency(language: Language, currency: Currency) -> String {
    if language == Language::Korean && currency == Currency::KRW { "원".to_owned() } else { currency.to_string() }
}

/// A unit beside the name of what is counted in it.
#[must_use]
pub fn unit(language: Language, unit: &str) -> String {
    units::called(language, unit, None)
}

/// `352,000명`, `3 years`.
#[must_use]
pub fn quantity(language: Language, amount: Decimal, unit: &str) -> String {
    units::behind(language, &number(amount), &units::called(language, unit, Some(amount)))
}

/// `+30톤/일`, `−1 year`.
#[must_use]
pub fn change_of_quantity(language: Language, amount: Decimal, unit: &str) -> String {
    units::behind(language, &change(amount), &units::called(language, unit, Some(amount)))
}

/// By how much a share moves: `−20 %p`, `−20 points`, `+1 point`.
#[must_use]
pub fn points(language: Language, amount: Decimal) -> String {
    let one = amount.abs() == Decimal::ONE;
    let unit = texts::said(language, if one && language == Language::English { "unit-points-one" } else { "unit-points" });
    units::behind(language, &change(amount), &unit)
}

/// The zone in which a day ends, as people call it; by its IANA name where there is no such word.
#[must_use]
pub fn zone(language: Language, zone: &str) -> String {
    texts::of(language, &format!("zone-{}", zone.replace('/', "-")), &json!({})).unwrap_or_else(|| zone.to_owned())
}

/// `2000. 2. 15.`, as official letters have it; `15 Feb 2000`.
#[must_use]
pub fn day(language: Language, day: Date) -> String {
    day.strftime(if language == Language::Korean { "%Y. %-m. %-d." } else { "%-d %b %Y" }).to_string()
}

/// The civil day in a zone.
#[must_use]
pub fn today(language: Language, now: Timestamp, zone: &str) -> String {
    day(language, now.to_zoned(TimeZone::get(zone).unwrap_or(TimeZone::UTC)).date())
}

/// A day and the time of day in a zone; in UTC, and saying so, where the zone is unknown.
#[must_use]
pub fn moment(language: Language, at: Timestamp, zone: &str) -> String {
    let (zone, said) = TimeZone::get(zone).map_or((TimeZone::UTC, " UTC"), |zone| (zone, ""));
    let at = at.to_zoned(zone);
    format!("{} {}{said}", day(language, at.date()), at.strftime("%H:%M"))
}

/// An instant, in the zone of whoever looks.
#[must_use]
pub fn instant(language: Language, at: Timestamp, zone: &str, now: Timestamp) -> When {
    When { iso: at.to_string(), exact: moment(language, at, zone), relative: since(language, at, now), late: false }
}

/// A day on which something was done.
#[must_use]
pub fn on(language: Language, on: Date, zone: &str, now: Timestamp) -> When {
    let days = days_from(on, zone, now).unwrap_or(0);
    let relative = match days {
        0 => said(language, "time-today", 0),
        1.. => long(language, "time-in_", "", days),
        _ => long(language, "time-", "_ago", -days),
    };
    When { iso: on.to_string(), exact: day(language, on), relative, late: false }
}

/// The last day for something.
#[must_use]
pub fn due(language: Language, deadline: &Deadline, now: Timestamp) -> When {
    let days = days_from(deadline.on, &deadline.zone, now).unwrap_or(0);
    left(language, deadline.on, days, deadline.has_passed(now))
}

fn left(language: Language, on: Date, days: i64, late: bool) -> When {
    let relative = match days {
        0 => said(language, "time-due_today", 0),
        1.. => said(language, "time-days_left", days),
        _ => said(language, "time-days_late", -days),
    };
    When { iso: on.to_string(), exact: day(language, on), relative, late }
}

/// The last day for something, as a service tells it with the instant at which it is over.
#[must_use]
pub fn until(language: Language, last: &Due, zone: &str, now: Timestamp) -> When {
    let days = days_from(last.on, zone, now).unwrap_or(0);
    left(language, last.on, days, last.passes_at <= now)
}

/// The last day for something, in a zone.
#[must_use]
pub(crate) fn last_day(language: Language, on: Date, late: bool, zone: &str, now: Timestamp) -> When {
    left(language, on, days_from(on, zone, now).unwrap_or(0), late)
}

/// Days from today to a day in a zone; below zero when it is past.
fn days_from(on: Date, zone: &str, now: Timestamp) -> Option<i64> {
    let today = day_of(now, zone).or_else(|_| day_of(now, "UTC")).ok()?;
    today.until(on).ok().map(|span| i64::from(span.get_days()))
}

fn since(language: Language, at: Timestamp, now: Timestamp) -> String {
    let passed = now.duration_since(at);
    let (before, after) = if passed < SignedDuration::ZERO { ("time-in_", "") } else { ("time-", "_ago") };
    match passed.abs().as_mins() {
        0 => said(language, "time-now", 0),
        minutes @ 1..60 => said(language, &format!("{before}minutes{after}"), minutes),
        minutes @ 60..1440 => said(language, &format!("{before}hours{after}"), minutes / 60),
        minutes => long(language, before, after, minutes / 1440),
    }
}

/// Days as people count them: two months in days, two years in months, then years.
fn long(language: Language, before: &str, after: &str, days: i64) -> String {
    let (unit, count) = match days {
        ..=60 => ("days", days),
        61..=730 => ("months", days / 30),
        _ => ("years", days / 365),
    };
    said(language, &format!("{before}{unit}{after}"), count)
}

/// English has a word of its own for one; it stands as `<text>-one`.
pub(crate) fn said(language: Language, text: &str, count: i64) -> String {
    let params = json!({ "count": grouped(Decimal::from(count), 0) });
    let one = (count == 1).then(|| texts::of(language, &format!("{text}-one"), &params)).flatten();
    one.or_else(|| texts::of(language, text, &params)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use Language::{English, Korean};
    use proto::words::Counting;

    use super::*;

    #[test]
    fn money_and_numbers_are_grouped_and_have_a_real_minus() {
        let won = Money { amount: "-6300000000".parse().unwrap(), currency: Currency::KRW };
        assert_eq!((money(Korean, &won), money(English, &won)), ("−6,300,000,000원".into(), "KRW −6,300,000,000".into()));
        assert_eq!((change("1234.5".parse().unwrap()), change(Decimal::ZERO)), ("+1,234.5".into(), "0".into()));
    }

    #[test]
    fn days_and_times_are_written_as_officials_write_them() {
        let at: Timestamp = "2000-02-08T23:30:00Z".parse().unwrap();
        assert_eq!(moment(Korean, at, "Asia/Seoul"), "2000. 2. 9. 08:30");
        assert_eq!(moment(English, at, "nowhere"), "8 Feb 2000 23:30 UTC");
    }

    #[test]
    fn how_long_ago_and_how_long_still() {
        let now: Timestamp = "2000-02-08T12:00:00Z".parse().unwrap();
        let ago = |at: &str| instant(English, at.parse().unwrap(), "UTC", now).relative;
        assert_eq!(ago("2000-02-08T11:59:30Z"), "just now");
        assert_eq!(ago("2000-02-08T11:59:00Z"), "1 minute ago");
        assert_eq!(ago("2000-02-05T11:59:00Z"), "3 days ago");
        assert_eq!(ago("2000-02-08T14:00:00Z"), "in 2 hours");
        assert_eq!((ago("1999-06-01T00:00:00Z"), ago("1990-01-01T00:00:00Z")), ("8 months ago".into(), "10 years ago".into()));
        let last = |day: &str| Deadline { on: day.parse().unwrap(), zone: "Asia/Seoul".into(), counting: Counting::Named };
        assert_eq!(due(Korean, &last("2000-02-15"), now).relative, "7일 남음");
        assert_eq!(due(English, &last("2000-02-08"), now).relative, "due today");
        let late = due(English, &last("2000-01-31"), now);
        assert_eq!((late.relative.as_str(), late.late), ("8 days overdue", true));
    }
}
