//! Numbers as people type them: `1,234.5`, `1278억원`, `₩12,000`, `12.5 %`, `△3`.

use gateway::problem::Problem;
use proto::money::{Currency, Money};
use rust_decimal::Decimal;
use serde_json::json;

use crate::Visit;

/// Words for large amounts, and how many noughts they stand for.
const UNITS: [(&str, u32); 8] = [("조", 12), ("billion", 9), ("million", 6), ("억", 8), ("천만", 7), ("백만", 6), ("만", 4), ("천", 3)];

/// A number; `field` is the key of what the field is called.
///
/// # Errors
/// `typed-no_number`, in the person's words.
pub(crate) fn number(visit: &Visit, field: &str, typed: &str) -> Result<Decimal, Problem> {
    read(typed).ok_or_else(|| no_number(visit, &visit.t(field), typed))
}

/// Nothing where nothing is typed.
///
/// # Errors
/// As [`number`].
pub(crate) fn optional(visit: &Visit, field: &str, typed: &str) -> Result<Option<Decimal>, Problem> {
    if typed.trim().is_empty() { Ok(None) } else { number(visit, field, typed).map(Some) }
}

/// An amount of money.
///
/// # Errors
/// As [`number`].
pub(crate) fn money(visit: &Visit, field: &str, typed: &str, currency: Currency) -> Result<Money, Problem> {
    Ok(Money { amount: number(visit, field, typed)?, currency })
}

/// What is said of a field whose text is no number.
pub(crate) fn no_number(visit: &Visit, field: &str, typed: &str) -> Problem {
    let key = if typed.trim().is_empty() { "typed-empty" } else { "typed-no_number" };
    visit.wrong(key, json!({ "field": field, "typed": typed }))
}

/// A number as people type it.
pub(crate) fn read(typed: &str) -> Option<Decimal> {
    let mut text: String = typed.chars().filter(|c| !c.is_whitespace()).map(narrow).collect();
    let below = ["-", "△", "▲", "−"].into_iter().find(|sign| text.starts_with(sign));
    if let Some(sign) = below {
        text.drain(..sign.len());
    }
    for mark in ["₩", "KRW", "$", "€", "+"] {
        text = text.strip_prefix(mark).map(str::to_owned).unwrap_or(text);
    }
    for mark in ["원", "%p", "%", "KRW"] {
        text = text.strip_suffix(mark).map(str::to_owned).unwrap_or(text);
    }
    let amount = if UNITS.iter().any(|(unit, _)| text.ends_with(unit) || text.contains(['조', '억', '만'])) {
        in_units(&text)?
    } else {
        plain(&text)?
    };
    Some(if below.is_some() { -amount } else { amount }.normalize())
}

/// `1조2,500억`, `3억5천만`: the parts in falling order.
fn in_units(text: &str) -> Option<Decimal> {
    let (mut rest, mut sum, mut last) = (text, Decimal::ZERO, u32::MAX);
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(rest.len());
        let (digits, behind) = rest.split_at(end);
        let unit = UNITS.iter().find(|(unit, _)| behind.starts_with(unit));
        let (length, noughts) = unit.map_or((0, 0), |(unit, noughts)| (unit.len(), *noughts));
        if noughts >= last || (unit.is_none() && !behind.is_empty()) {
            return None;
        }
        let part = plain(digits)?.checked_mul(Decimal::from(10_u64.checked_pow(noughts)?))?;
        // `5억5` may be meant as 5억 5천만: what no unit says must be of the unit's size.
        if unit.is_none() && part.checked_mul(Decimal::ONE_HUNDRED)? < Decimal::from(10_u64.checked_pow(last)?) {
            return None;
        }
        sum = sum.checked_add(part)?;
        last = noughts;
        rest = behind.get(length..)?;
    }
    Some(sum)
}

/// Digits with commas between groups of three and a point before decimals.
fn plain(text: &str) -> Option<Decimal> {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = whole.contains(',');
    let fits = digits(first) && (!grouped || first.len() <= 3) && groups.all(|group| group.len() == 3 && digits(group));
    if !fits || fraction.is_some_and(|fraction| !digits(fraction)) {
        return None;
    }
    text.replace(',', "").parse().ok()
}

/// Digits and signs of full width as keyboards for Korean write them.
fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        let read = |text| read(text).map(|number| number.to_string());
        for (typed, is) in [
            ("1,278,000", "1278000"),
            ("１，２７８", "1278"),
            ("1278억", "127800000000"),
            ("1,278억 원", "127800000000"),
            ("2.5억원", "250000000"),
            ("1조 2,500억", "1250000000000"),
            ("3억5천만", "350000000"),
            ("3만500", "30500"),
            ("500백만원", "500000000"),
            ("37억 8,000만 원", "3780000000"),
            ("KRW 3,780 million", "3780000000"),
            ("3.78 billion", "3780000000"),
            ("₩12,000", "12000"),
            ("12.50 %", "12.5"),
            ("△3", "-3"),
            ("-0.5", "-0.5"),
        ] {
            assert_eq!(read(typed).as_deref(), Some(is), "{typed}");
        }
        for none in ["", " ", "abc", "1,27", "1.2.3", "12a", "억", "1만2억", "5억5", "3만5", "1 2,34", "<script>", "1e5", "--1"] {
            assert_eq!(read(none), None, "{none}");
        }
    }
}
