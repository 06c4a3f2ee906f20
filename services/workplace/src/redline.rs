//! Wording beside an earlier wording, word by word: what stays, what went and what came.
//!
//! Words are those of Unicode (UAX #29), and a number is a word apart from the Hangul that follows it, so that "100분의 50에" and "100분의 30에" differ
//! in one number and not in a phrase. `templates/parts/redline.html` shows it, with words for those who do not see the colours.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation as _;

/// What became of a piece of wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// It stands in both.
    Kept,
    /// It stands in the earlier one only.
    Gone,
    /// It stands in the later one only.
    Added,
}

impl Mark {
    /// The key of its text.
    pub fn text(self) -> &'static str {
        match self {
            Self::Kept => "redline-kept",
            Self::Gone => "redline-gone",
            Self::Added => "redline-added",
        }
    }
}

/// A piece of wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub mark: Mark,
    pub text: String,
}

/// What went and what came at one place, and what stays behind it.
#[derive(Default)]
struct Place {
    gone: String,
    added: String,
    kept: String,
}

/// The way from one wording to another. All that is not added makes the first, all that is not gone the second.
pub(crate) fn redline(old: &str, new: &str) -> Vec<Piece> {
    let mut places: Vec<Place> = vec![Place::default()];
    for place in differing(old, new) {
        match places.last_mut() {
            // Two words that changed beside each other read as one change.
            Some(last) if last.joins(&place) => last.join(&place),
            _ => places.push(place),
        }
    }
    let piece = |mark, text: String| (!text.is_empty()).then_some(Piece { mark, text });
    let pieces = |place: Place| {
        [piece(Mark::Gone, place.gone), piece(Mark::Added, place.added), piece(Mark::Kept, place.kept)].into_iter().flatten()
    };
    places.into_iter().flat_map(pieces).collect()
}

impl Place {
    fn joins(&self, next: &Self) -> bool {
        let changed = !(self.gone.is_empty() && self.added.is_empty());
        let both =
            !(self.gone.trim().is_empty() && next.gone.trim().is_empty() || self.added.trim().is_empty() && next.added.trim().is_empty());
        changed && both && self.kept.trim().is_empty()
    }

    fn join(&mut self, next: &Self) {
        let between = std::mem::take(&mut self.kept);
        self.gone = [&self.gone, &between, &next.gone].map(String::as_str).concat();
        self.added = [&self.added, &between, &next.added].map(String::as_str).concat();
        self.kept.clone_from(&next.kept);
    }
}

fn differing(old: &str, new: &str) -> Vec<Place> {
    let (before, after) = (words(old), words(new));
    let said = |words: &[&str], from: usize, count: usize| words.iter().skip(from).take(count).copied().collect::<String>();
    let mut places = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &before, &after) {
        match op {
            DiffOp::Equal { old_index, len, .. } => {
                if places.is_empty() {
                    places.push(Place::default());
                }
                if let Some(last) = places.last_mut() {
                    last.kept += &said(&before, old_index, len);
                }
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                places.push(Place { gone: said(&before, old_index, old_len), ..Place::default() });
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                places.push(Place { added: said(&after, new_index, new_len), ..Place::default() });
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                let (gone, added) = (said(&before, old_index, old_len), said(&after, new_index, new_len));
                places.push(Place { gone, added, kept: String::new() });
            }
        }
    }
    places
}

/// The words of a text with what stands between them, so that together they are the text.
fn words(text: &str) -> Vec<&str> {
    text.split_word_bounds().flat_map(number_apart).collect()
}

/// A number and the Hangul that follows it, apart: "50에".
fn number_apart(word: &str) -> impl Iterator<Item = &str> {
    let rest = word.trim_start_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, ',' | '.'));
    let (number, rest) = if rest.is_ascii() { (word, "") } else { (word.strip_suffix(rest).unwrap_or(""), rest) };
    [number, rest].into_iter().filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `{-gone-}{+added+}`, and whether the two wordings are all there.
    fn drawn(old: &str, new: &str) -> String {
        let pieces = redline(old, new);
        let without = |mark| pieces.iter().filter(|piece| piece.mark != mark).map(|piece| piece.text.as_str()).collect::<String>();
        assert_eq!((without(Mark::Added).as_str(), without(Mark::Gone).as_str()), (old, new));
        pieces
            .iter()
            .map(|Piece { mark, text }| match mark {
                Mark::Kept => text.clone(),
                Mark::Gone => format!("{{-{text}-}}"),
                Mark::Added => format!("{{+{text}+}}"),
            })
            .collect()
    }

    #[test]
    fn korean_wording_differs_in_words_and_numbers_not_in_phrases() {
        let old = "서울특별시는 주민지원기금의 100분의 50에 해당하는 금액을 분할하여 광명시에 지급한다.";
        let new = "서울특별시는 주민지원기금의 100분의 30에 해당하는 금액을 3년간 균등하게 분할하여 광명시에 지급한다.";
        let said = "서울특별시는 주민지원기금의 100분의 {-50-}{+30+}에 해당하는 금액을 {+3년간 균등하게 +}분할하여 광명시에 지급한다.";
        assert_eq!(drawn(old, new), said);
        assert_eq!(
            drawn("운영비는 균등하게 부담한다.", "운영비는 반입량에 따라 부담한다."),
            "운영비는 {-균등하게-}{+반입량에 따라+} 부담한다."
        );
    }

    #[test]
    fn english_wording_differs_word_by_word() {
        let (old, new) = ("Running cost is shared equally.", "Running cost is shared by the waste delivered.");
        assert_eq!(drawn(old, new), "Running cost is shared {-equally-}{+by the waste delivered+}.");
        assert_eq!(
            drawn("Seoul pays KRW 1,234.5 a year.", "Seoul pays KRW 1,534.5 a year."),
            "Seoul pays KRW {-1,234.5-}{+1,534.5+} a year."
        );
        assert_eq!(drawn("the old big plant", "a new plant"), "{-the old big-}{+a new+} plant");
    }

    #[test]
    fn nothing_all_and_neither() {
        assert_eq!(drawn("", ""), "");
        assert_eq!(drawn("", "새 문안"), "{+새 문안+}");
        assert_eq!(drawn("A clause.", ""), "{-A clause.-}");
        assert_eq!(drawn("같은 문안", "같은 문안"), "같은 문안");
        assert_eq!(drawn("first line\nsecond", "first line\n\nsecond"), "first line\n{+\n+}second");
    }
}
