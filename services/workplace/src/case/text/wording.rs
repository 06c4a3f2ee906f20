//! Wording in the languages in which somebody reads it, as it stands or beside another.

use gateway::problem::Language;
use proto::words::Wording;
use serde::Deserialize;

use crate::redline::{Mark, Piece, redline};

/// In which languages wording is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Reading {
    /// Korean.
    Ko,
    /// English.
    En,
    /// Side by side.
    Both,
}

impl Reading {
    pub const ALL: [Self; 3] = [Self::Ko, Self::En, Self::Both];

    /// That of the page.
    pub fn of(language: Language) -> Self {
        match language {
            Language::Korean => Self::Ko,
            Language::English => Self::En,
        }
    }

    /// Its part of an address, and of the keys of its texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ko => "ko",
            Self::En => "en",
            Self::Both => "both",
        }
    }
}

/// Wording in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// The language's tag.
    pub lang: &'static str,
    pub pieces: Vec<Piece>,
}

impl Written {
    /// Its name, as a key.
    pub fn text(&self) -> String {
        format!("text-in-{}", self.lang)
    }
}

/// What a wording says in each language; nothing where it is blank.
fn said(wording: &Wording, lang: &str) -> Option<String> {
    let text = if lang == "ko" { wording.ko.as_ref() } else { wording.en.as_ref() };
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Wording as it is read, marked where it departs from another. Where it is not there in the language it is read in, it is shown in the other.
pub(super) fn written(reading: Reading, wording: &Wording, from: Option<&Wording>) -> Vec<Written> {
    let wanted: &[&'static str] = match reading {
        Reading::Ko if said(wording, "ko").is_some() => &["ko"],
        Reading::En if said(wording, "en").is_some() => &["en"],
        Reading::Ko => &["en"],
        Reading::En => &["ko"],
        Reading::Both => &["ko", "en"],
    };
    let one = |lang: &&'static str| {
        let text = said(wording, lang)?;
        let pieces = match from.and_then(|from| said(from, lang)) {
            Some(from) => redline(&from, &text),
            None => vec![Piece { mark: Mark::Kept, text }],
        };
        Some(Written { lang, pieces })
    };
    wanted.iter().filter_map(one).collect()
}

/// The only language of a wording that is there in one alone.
pub(super) fn only(wording: &Wording) -> Option<&'static str> {
    match (said(wording, "ko"), said(wording, "en")) {
        (Some(_), None) => Some("ko"),
        (None, Some(_)) => Some("en"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wording(ko: &str, en: &str) -> Wording {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Wording { ko: text(ko), en: text(en) }
    }

    fn langs(reading: Reading, of: &Wording) -> Vec<&'static str> {
        written(reading, of, None).iter().map(|written| written.lang).collect()
    }

    #[test]
    fn wording_is_shown_in_the_language_that_is_there() {
        let (all, korean) = (wording("균등", "equally"), wording("균등", ""));
        assert_eq!([Reading::Ko, Reading::En].map(|reading| langs(reading, &all)), [["ko"], ["en"]]);
        assert_eq!((langs(Reading::Both, &all), langs(Reading::Both, &korean)), (vec!["ko", "en"], vec!["ko"]));
        assert_eq!(langs(Reading::En, &korean), ["ko"], "rather in the other language than not at all");
        assert_eq!((only(&all), only(&korean), only(&wording("", "equally"))), (None, Some("ko"), Some("en")));
    }

    #[test]
    fn wording_is_marked_against_another_in_its_own_language_only() {
        let (first, second) = (wording("균등하게 부담", "equally"), wording("반입량에 따라 부담", "by delivery"));
        let marks = |from: &Wording| -> Vec<Mark> {
            written(Reading::Ko, &second, Some(from)).iter().flat_map(|w| w.pieces.iter().map(|p| p.mark)).collect()
        };
        assert_eq!(marks(&first), [Mark::Gone, Mark::Added, Mark::Kept]);
        assert_eq!(marks(&wording("", "equally")), [Mark::Kept]);
    }
}
