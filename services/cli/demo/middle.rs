//! Cases that the demo leaves in the middle, so that a newcomer can take a side and act: the same two, on later days, under titles that say so.

use anyhow::Context as _;
use jiff::civil::Date;
use jiff::{Span, ToSpan as _};

use crate::scenario::script::{self, Line, Step};

/// A script played until somebody else is to move.
struct Unfinished {
    text: &'static str,
    name: &'static str,
    /// Its titles, and what they become.
    titles: [(&'static str, &'static str); 2],
    /// The first line that is not played.
    until: &'static str,
    /// By how many weeks everything in it is later, so that no day has passed on the demo's calendar.
    weeks: i64,
}

const UNFINISHED: [Unfinished; 2] = [
    // The draft of the host lies before nine cities; some have answered.
    Unfinished {
        text: include_str!("../../../tests/scenarios/hambaeksan.txt"),
        name: "hambaeksan",
        titles: [
            ("\"Hambaeksan joint crematorium\"", "\"Hambaeksan joint crematorium (practice)\""),
            ("\"함백산 공동형 종합장사시설\"", "\"함백산 공동형 종합장사시설(연습)\""),
        ],
        until: "\ndate 2014-10-20\n",
        weeks: 451,
    },
    // Both sides have told the mediator in confidence how far they can go.
    Unfinished {
        text: include_str!("../../../tests/scenarios/guro-gwangmyeong.txt"),
        name: "guro-gwangmyeong",
        titles: [
            ("\"Guro–Gwangmyeong environment swap\"", "\"Guro–Gwangmyeong environment swap (practice)\""),
            ("\"구로·광명 환경기초시설 공동이용\"", "\"구로·광명 환경기초시설 공동이용(연습)\""),
        ],
        until: "\ndate 2000-02-13\n",
        weeks: 1214,
    },
];

/// The lines of all of them in the order of their days, from a day on; what would have been earlier happens on that day.
///
/// # Errors
/// When a script cannot be read or does not have the line at which it is left.
pub fn lines(from: Date) -> anyhow::Result<Vec<Line>> {
    let mut days: Vec<(Date, &str, Vec<Line>)> = Vec::new();
    for case in &UNFINISHED {
        days.extend(case.days(from).with_context(|| case.name)?);
    }
    days.sort_by_key(|(day, ..)| *day);
    let mut today = from;
    let mut all = Vec::new();
    let aside = |number: usize, step: Step| Line { number, step, expected: Vec::new() };
    for (day, name, lines) in days {
        let number = lines.first().map_or(0, |line| line.number);
        if day > today {
            today = day;
            all.push(aside(number, Step::Date(day.to_string())));
        }
        all.push(aside(number, Step::Case(format!("{name} in the middle"))));
        all.extend(lines);
    }
    Ok(all)
}

impl Unfinished {
    /// Its lines by day.
    fn days(&self, from: Date) -> anyhow::Result<Vec<(Date, &'static str, Vec<Line>)>> {
        let (begun, _) = self.text.split_once(self.until).with_context(|| format!("no line {}", self.until.trim()))?;
        let mut text = later(begun, self.weeks.weeks())?;
        for (title, practice) in self.titles {
            text = text.replace(title, practice);
        }
        let mut days = vec![(from, self.name, Vec::new())];
        for line in script::read(&text)? {
            match &line.step {
                Step::Date(day) => days.push((day.parse::<Date>()?.max(from), self.name, Vec::new())),
                Step::Case(_) | Step::Chapter(_) => {}
                // The register has it from the first time.
                Step::Act(act) if act.command == "record_population" => {}
                Step::Note(_) | Step::Wait(_) | Step::Show(_) | Step::Act(_) => {
                    days.last_mut().into_iter().for_each(|(.., lines)| lines.push(line.clone()));
                }
            }
        }
        days.retain(|(.., lines)| !lines.is_empty());
        Ok(days)
    }
}

/// A text with all its days moved.
fn later(text: &str, by: Span) -> anyhow::Result<String> {
    let mut moved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let day = rest.get(..10).filter(|_| next.is_ascii_digit()).and_then(|word| word.parse::<Date>().ok());
        let taken = if let Some(day) = day {
            moved.push_str(&day.checked_add(by)?.to_string());
            10
        } else {
            moved.push(next);
            next.len_utf8()
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    Ok(moved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_move_and_nothing_else_does() {
        assert_eq!(
            later("on: 2000-02-08, 180000, 19990531/7444263, 함 2000-02-29.", 1.weeks()).unwrap(),
            "on: 2000-02-15, 180000, 19990531/7444263, 함 2000-03-07."
        );
    }

    #[test]
    fn both_are_left_in_the_order_of_days_with_nothing_past() {
        let from: Date = "2022-09-01".parse().unwrap();
        let lines = lines(from).unwrap();
        let dates: Vec<Date> =
            lines.iter().filter_map(|line| if let Step::Date(day) = &line.step { day.parse().ok() } else { None }).collect();
        assert!(dates.is_sorted() && dates.len() > 2 && dates[0] > from, "{dates:?}");
        let acts = |command: &str| lines.iter().filter(|line| matches!(&line.step, Step::Act(act) if act.command == command)).count();
        assert_eq!((acts("open_case"), acts("open_dispute"), acts("deliver_proposal"), acts("sign")), (2, 1, 0, 0));
    }
}
