//! Small words that many messages share: names in two languages, wording, deadlines.

use icu_properties::CodePointSetData;
use icu_properties::props::DefaultIgnorableCodePoint;
use jiff::civil::{Date, Time};
use jiff::{Timestamp, tz::TimeZone};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whether nothing can be read in a text: it is empty, or all of it is space or what is never shown, such as a zero-width space or the Hangul filler
/// (`Default_Ignorable_Code_Point` of the Unicode standard).
#[must_use]
pub fn is_blank(text: &str) -> bool {
    let unseen = CodePointSetData::new::<DefaultIgnorableCodePoint>();
    text.chars().all(|c| c.is_whitespace() || c.is_control() || unseen.contains(c))
}

/// A name in English and Korean.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// English.
    pub en: String,
    /// Korean.
    pub ko: String,
}

impl Names {
    /// A name in both languages.
    #[must_use]
    pub fn new(en: impl Into<String>, ko: impl Into<String>) -> Self {
        Self { en: en.into(), ko: ko.into() }
    }

    /// Whether it says nothing in either language.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        is_blank(&self.en) && is_blank(&self.ko)
    }
}

/// The wording of a clause in one or two languages. At least one must be there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
    /// Korean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ko: Option<String>,
}

impl Wording {
    /// Whether it says nothing in any language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        [&self.en, &self.ko].into_iter().all(|text| text.as_ref().is_none_or(|text| is_blank(text)))
    }
}

/// A legal deadline: the last day, and how it is counted. It binds until that day has ended in its time zone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// The last day on which the act is in time.
    pub on: Date,
    /// IANA name of the time zone in which the day ends, such as `Asia/Seoul`.
    pub zone: String,
    /// The rule by which the last day was counted.
    #[serde(default)]
    pub counting: Counting,
}

/// How a deadline's days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// The date was named, nothing was counted.
    #[default]
    Named,
    /// Calendar days, the first day not counted (민법 제157조; Regulation (EEC, Euratom) 1182/71, article 3(1)).
    CalendarDaysAfter,
    /// As before; a last day on a Saturday or Sunday moves to Monday (민법 제161조). Public holidays are not known to this version.
    CalendarDaysAfterToWorkday,
}

/// The time zone is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a time zone of the IANA database")]
pub struct BadZone(pub String);

impl Deadline {
    /// The instant from which the act is late: midnight after the last day in its zone.
    ///
    /// # Errors
    /// When the zone is unknown or the day is at the end of the calendar.
    pub fn passes_at(&self) -> Result<Timestamp, BadZone> {
        let bad = |_| BadZone(self.zone.clone());
        let zone = TimeZone::get(&self.zone).map_err(bad)?;
        let next = self.on.tomorrow().map_err(bad)?;
        next.to_datetime(Time::midnight()).to_zoned(zone).map(|z| z.timestamp()).map_err(bad)
    }

    /// Whether it has passed at this instant. An unknown zone never passes; such deadlines are refused when they are set.
    #[must_use]
    pub fn has_passed(&self, at: Timestamp) -> bool {
        self.passes_at().is_ok_and(|end| at >= end)
    }
}

/// The civil day of an instant in a zone.
///
/// # Errors
/// When the zone is unknown.
pub fn day_of(at: Timestamp, zone: &str) -> Result<Date, BadZone> {
    let zone = TimeZone::get(zone).map_err(|_| BadZone(zone.to_owned()))?;
    Ok(at.to_zoned(zone).date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_can_read_is_blank() {
        for blank in ["", " \t", "\u{200b}", "\u{3164} \u{feff}", "\u{2066}\u{2069}", "\u{0}"] {
            assert!(is_blank(blank), "{blank:?}");
            assert!(Names::new(blank, blank).is_blank() && Wording { en: Some(blank.to_owned()), ko: None }.is_empty());
        }
        assert!(!is_blank("\u{200b}가") && !Names::new("", "길").is_blank());
    }

    #[test]
    fn a_deadline_binds_until_its_day_has_ended_where_it_runs() {
        let deadline = Deadline { on: "2000-02-15".parse().unwrap(), zone: "Asia/Seoul".into(), counting: Counting::Named };
        assert!(!deadline.has_passed("2000-02-15T14:59:59Z".parse().unwrap()));
        assert!(deadline.has_passed("2000-02-15T15:00:00Z".parse().unwrap()));
        let nowhere = Deadline { zone: "Asia/Nowhere".into(), ..deadline };
        assert_eq!(nowhere.passes_at(), Err(BadZone("Asia/Nowhere".into())));
    }
}
