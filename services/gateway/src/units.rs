//! Units of quantities. The unit of a quantity is whatever a party wrote; the well-known ones are said in the language of whoever reads, all others
//! as they were written.

use rust_decimal::Decimal;
use serde_json::Value;

use crate::problem::Language;
use crate::texts;

/// The well-known ones: the text `unit-<name>`, and how people write it. What means another thing to an official is another unit, so a household
/// of the register (세대) is none of the census (가구).
const KNOWN: [(&str, &[&str]); 18] = [
    ("persons", &["persons", "person", "people", "명"]),
    ("households", &["households", "household", "세대"]),
    ("census_households", &["가구"]),
    ("years", &["years", "year", "년"]),
    ("months", &["months", "month", "개월"]),
    ("days", &["days", "day", "일"]),
    ("storeys", &["storeys", "storey", "stories", "floors", "floor", "층"]),
    ("cases", &["cases", "건"]),
    ("places", &["places", "개소"]),
    ("plots", &["plots", "plot", "면"]),
    ("vehicles", &["vehicles", "vehicle", "대"]),
    ("tons", &["t", "ton", "tons", "tonne", "tonnes", "톤"]),
    ("tons_a_day", &["t/day", "t/d", "tons/day", "tonnes/day", "톤/일", "t/일"]),
    ("tons_a_year", &["t/year", "t/yr", "t/a", "tons/year", "tonnes/year", "톤/년"]),
    ("cubic_metres", &["m³", "m3", "㎥"]),
    ("cubic_metres_a_day", &["m³/day", "m3/day", "m³/d", "㎥/일", "m³/일"]),
    ("square_metres", &["m²", "m2", "㎡"]),
    ("million_cubic_metres_a_year", &["million m³ a year", "백만㎥/년"]),
];

/// The unit, of this amount of it; without one as it stands beside a name.
#[must_use]
pub fn called(language: Language, unit: &str, amount: Option<Decimal>) -> String {
    let unit = unit.trim();
    let Some((name, _)) = known(unit) else { return unit.to_owned() };
    // English has a word of its own for one.
    let one = amount.filter(|amount| amount.abs() == Decimal::ONE);
    let text = |key: String| texts::of(language, &key, &Value::Null);
    one.and_then(|_| text(format!("unit-{name}-one"))).or_else(|| text(format!("unit-{name}"))).unwrap_or_else(|| unit.to_owned())
}

/// A number and the unit behind it. Korean writes a unit that is a word of its own without a space.
#[must_use]
pub fn behind(language: Language, number: &str, unit: &str) -> String {
    let close = language == Language::Korean && unit.starts_with(|first| matches!(first, '가'..='힣'));
    if close || unit.is_empty() { format!("{number}{unit}") } else { format!("{number} {unit}") }
}

/// What was typed, without the unit behind it in any of the ways in which people write it.
#[must_use]
pub fn without<'a>(typed: &'a str, unit: &str) -> &'a str {
    let ways = known(unit).map_or(&[] as &[&str], |(_, written)| written);
    let rests = ways.iter().copied().chain([unit]).filter_map(|way| typed.strip_suffix(way));
    rests.min_by_key(|rest| rest.len()).unwrap_or(typed)
}

fn known(unit: &str) -> Option<&'static (&'static str, &'static [&'static str])> {
    KNOWN.iter().find(|(_, written)| written.iter().any(|word| word.eq_ignore_ascii_case(unit)))
}

#[cfg(test)]
mod tests {
    use Language::{English, Korean};

    use super::*;

    fn said(language: Language, amount: i64, unit: &str) -> String {
        behind(language, &amount.to_string(), &called(language, unit, Some(amount.into())))
    }

    #[test]
    fn a_well_known_unit_is_said_in_the_language_of_whoever_reads() {
        for (unit, korean, english) in
            [("persons", "3명", "3 persons"), ("t/day", "3톤/일", "3 t/day"), ("층", "3층", "3 storeys"), ("㎥/일", "3 ㎥/일", "3 m³/day")]
        {
            assert_eq!((said(Korean, 3, unit).as_str(), said(English, 3, unit).as_str()), (korean, english));
        }
        assert_eq!((said(English, 1, "years"), said(Korean, 1, "years")), ("1 year".to_owned(), "1년".to_owned()));
        assert_eq!(called(Korean, "years", None), "년");
    }

    #[test]
    fn any_other_unit_stays_as_it_was_written() {
        assert_eq!(
            (said(Korean, 3, "km"), said(English, 3, "필지"), said(Korean, 3, "필지")),
            ("3 km".into(), "3 필지".into(), "3필지".into())
        );
    }

    #[test]
    fn a_number_is_read_with_its_unit_in_either_language_behind_it() {
        for (typed, unit) in
            [("3톤/일", "t/day"), ("3 t/day", "t/day"), ("3 years", "years"), ("3년", "years"), ("3 km", "km"), ("3", "km")]
        {
            assert_eq!(without(typed, unit).trim(), "3", "{typed}");
        }
        assert_eq!(without("3 t/day", "years"), "3 t/day");
    }

    #[test]
    fn every_known_unit_has_words_and_what_they_say_is_known_as_that_unit() {
        for (name, written) in KNOWN {
            for language in [Korean, English] {
                let text = texts::of(language, &format!("unit-{name}"), &Value::Null).unwrap_or_else(|| panic!("unit-{name}"));
                let back = KNOWN.iter().find(|(_, written)| written.contains(&text.as_str())).map(|(name, _)| *name);
                assert!(back == Some(name) || (name, language) == ("census_households", English), "{name}: {text}");
            }
            assert!(written.iter().all(|word| word.trim() == *word));
        }
    }
}
