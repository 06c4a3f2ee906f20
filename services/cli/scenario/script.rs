//! Scripts: plain lines that a newcomer reads as documentation and a machine plays.
//!
//! ```text
//! ## The swap
//! # A counter-offer turns the table round.
//! date 2000-02-08
//! seoul.delegate> counter_offer to: 1, mandate: $mandate, package: {terms: {resident-support-share: 30%}}
//!   offer_tabled offer: 2, by: seoul, to: [gwangmyeong], …
//! ```

use std::fmt;

/// One step of a script.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// `## …`: a chapter.
    Chapter(String),
    /// `# …`: what happens and why it matters.
    Note(String),
    /// `case <name>`: a new case with this name.
    Case(String),
    /// `date <day>`: the calendar goes forward to nine in the morning of this day in Seoul.
    Date(String),
    /// `wait <event kind>`: until the platform has done this by itself.
    Wait(String),
    /// `show <what>`: something the stage is asked for.
    Show(String),
    /// `<body>.<role>> <command> <fields> [| on <day> [with "<document>"]]`.
    Act(Act),
}

/// Somebody does something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// The body.
    pub government: String,
    /// The role; the person is `<body>-<role>`.
    pub role: String,
    /// The command's name, such as `counter_offer`.
    pub command: String,
    /// Its fields, as written.
    pub fields: String,
    /// The day on which it happened outside, and the text of a document that shows it.
    pub occurred: Option<(String, Option<String>)>,
}

/// A step with the lines that must come of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Line number in the script, from 1.
    pub number: usize,
    /// The step.
    pub step: Step,
    /// What the stage must answer, line by line.
    pub expected: Vec<String>,
}

/// What is wrong with a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadScript {
    line: usize,
    what: String,
}

impl fmt::Display for BadScript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

impl std::error::Error for BadScript {}

/// Reads a script. A line that begins with two spaces belongs to the step before it: an answer, or after `\` the rest of the step.
///
/// # Errors
/// The first line that cannot be understood.
pub fn read(text: &str) -> Result<Vec<Line>, BadScript> {
    let mut lines: Vec<Line> = Vec::new();
    let mut unfinished: Option<(usize, String)> = None;
    for (number, raw) in (1..).zip(text.lines()) {
        let line = raw.trim_end();
        if let Some((start, mut whole)) = unfinished.take() {
            whole.push(' ');
            whole.push_str(line.trim().trim_end_matches('\\').trim_end());
            if line.ends_with('\\') {
                unfinished = Some((start, whole));
            } else {
                lines.push(step_line(start, &whole)?);
            }
        } else if let Some(answer) = line.strip_prefix("  ") {
            let last = lines.last_mut().ok_or_else(|| BadScript { line: number, what: "an answer before the first step".into() })?;
            last.expected.push(answer.to_owned());
        } else if let Some(begun) = line.strip_suffix('\\') {
            unfinished = Some((number, begun.trim_end().to_owned()));
        } else if !line.is_empty() {
            lines.push(step_line(number, line)?);
        }
    }
    Ok(lines)
}

fn step_line(number: usize, line: &str) -> Result<Line, BadScript> {
    let step = step(line).ok_or_else(|| BadScript { line: number, what: format!("cannot be understood: {line}") })?;
    Ok(Line { number, step, expected: Vec::new() })
}

fn step(line: &str) -> Option<Step> {
    if let Some(title) = line.strip_prefix("## ") {
        return Some(Step::Chapter(title.to_owned()));
    }
    if let Some(note) = line.strip_prefix("# ") {
        return Some(Step::Note(note.to_owned()));
    }
    if let Some((who, what)) = line.split_once("> ") {
        return act(who, what).map(Step::Act);
    }
    let (word, rest) = line.split_once(' ')?;
    match word {
        "case" => Some(Step::Case(rest.to_owned())),
        "date" => Some(Step::Date(rest.to_owned())),
        "wait" => Some(Step::Wait(rest.to_owned())),
        "show" => Some(Step::Show(rest.to_owned())),
        _ => None,
    }
}

fn act(who: &str, what: &str) -> Option<Act> {
    let (government, role) = who.split_once('.')?;
    let (what, occurred) = match what.rsplit_once(" | on ") {
        Some((what, outside)) => (what, Some(outside_of(outside))),
        None => (what, None),
    };
    let (command, fields) = what.split_once(' ').unwrap_or((what, ""));
    Some(Act { government: government.into(), role: role.into(), command: command.into(), fields: fields.into(), occurred })
}

fn outside_of(outside: &str) -> (String, Option<String>) {
    match outside.split_once(" with ") {
        Some((day, document)) => (day.trim().to_owned(), Some(document.trim().trim_matches('"').to_owned())),
        None => (outside.trim().to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_reads_line_by_line() {
        let lines = read("## One\n\n# why\nseoul.delegate> counter_offer to: 1, \\\n    package: {}\n  offer_tabled offer: 2\nseoul.approver> record_step step: a | on 2000-03-01 with \"minutes\"\n").unwrap();
        assert_eq!(lines.len(), 4);
        let Step::Act(counter) = &lines[2].step else { panic!("{lines:?}") };
        assert_eq!((counter.command.as_str(), counter.fields.as_str()), ("counter_offer", "to: 1, package: {}"));
        assert_eq!(lines[2].expected, ["offer_tabled offer: 2"]);
        let Step::Act(step) = &lines[3].step else { panic!("{lines:?}") };
        assert_eq!(step.occurred, Some(("2000-03-01".into(), Some("minutes".into()))));
        assert_eq!(read("nonsense\n").unwrap_err().to_string(), "line 1: cannot be understood: nonsense");
    }
}
