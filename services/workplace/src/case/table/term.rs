//! Terms of a case: what is agreed of each, and a new one.

use std::collections::BTreeMap;

use axum::extract::Path;
use gateway::problem::Problem;
use proto::id::{CaseId, TermId};
use proto::money::Currency;
use proto::negotiation::Command;
use proto::term::Kind;
use proto::wire::Failure;
use proto::words::Names;
use serde::Deserialize;

use super::super::{self as rooms, Case, Room};
use super::compare::stands;
use super::faults::Faults;
use super::values;
use crate::{Page, Posted, Visit, locale};

/// The form's name on its page.
pub(crate) const NAME: &str = "define-term";
/// The longest name of a term.
const LONGEST: usize = 40;

/// A term of the case.
pub(crate) struct Line {
    pub name: String,
    pub kind: String,
    /// `agreed`, `dispute` or `open`.
    pub stands: &'static str,
    pub agreed: String,
    pub exact: String,
    pub label: String,
    /// By which offer.
    pub offer: Option<(u32, String)>,
}

/// All terms, in the order of their ids.
pub(crate) fn lines(case: &Case) -> Vec<Line> {
    let line = |(id, term): (&TermId, &negotiation::text::Term)| {
        let agreed = term.agreed.as_ref();
        Line {
            name: case.visit.name(&term.names).to_owned(),
            kind: kind(case, &term.kind),
            stands: stands(case, id),
            agreed: agreed.map(|agreed| values::whole(case, &agreed.value)).unwrap_or_default(),
            exact: agreed.map(|agreed| values::exact(case, &agreed.value)).unwrap_or_default(),
            label: agreed.and_then(|agreed| agreed.label.clone()).unwrap_or_default(),
            offer: agreed.map(|agreed| (agreed.offer, format!("{}?offer={}#offer", case.path(Room::Table), agreed.offer))),
        }
    };
    case.state.terms.iter().map(line).collect()
}

fn kind(case: &Case, kind: &Kind) -> String {
    let (key, more) = match kind {
        Kind::Money { currency } => ("table-kind-money", locale::currency(case.visit.language, *currency)),
        Kind::Share => ("table-kind-share", String::new()),
        Kind::Quantity { unit } => ("table-kind-quantity", locale::unit(case.visit.language, unit)),
        Kind::Date => ("table-kind-date", String::new()),
        Kind::Duty => ("table-kind-duty", String::new()),
        Kind::Choice { options, .. } => {
            ("table-kind-choice", case.options(options).map(|(_, called)| called).collect::<Vec<_>>().join(" / "))
        }
        Kind::Text => ("table-kind-text", String::new()),
    };
    let said = case.visit.t(key);
    if more.is_empty() { said } else { format!("{said} ({more})") }
}

/// The kinds for a form: name and words.
pub(crate) fn kinds(visit: &Visit) -> Vec<(&'static str, String)> {
    let names = ["money", "share", "quantity", "date", "duty", "choice", "text"];
    names.map(|name| (name, visit.t(&format!("table-kind-{name}")))).to_vec()
}

/// What is typed to define a term.
#[derive(Deserialize)]
pub(crate) struct Fields {
    ko: String,
    en: String,
    kind: String,
    #[serde(default)]
    currency: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    options: String,
}

pub(crate) async fn define(Path(id): Path<CaseId>, posted: Posted<Fields>) -> Page {
    let case = Case::of(posted.signed.clone(), id).await?;
    match read(&case, &posted.fields) {
        Ok(command) => rooms::act(id, Room::Table, NAME, posted, command).await,
        Err(problem) => rooms::refuse(id, Room::Table, NAME, posted, problem).await,
    }
}

fn read(case: &Case, fields: &Fields) -> Result<Command, Problem> {
    let mut faults = Faults::default();
    let visit = &case.visit;
    let (ko, en) = (fields.ko.trim(), fields.en.trim());
    for (field, text) in [("ko", ko), ("en", en)] {
        if text.is_empty() {
            faults.add(field, visit.t("table-unread-name"));
        }
    }
    let kind = read_kind(visit, fields, &mut faults);
    let command = kind.zip(free_name(case, en)).map(|(kind, term)| Command::DefineTerm { term, names: Names::new(en, ko), kind });
    match (command, faults.problem(visit)) {
        (Some(command), None) => Ok(command),
        (_, problem) => Err(problem.unwrap_or_else(|| visit.failed(Failure::NotFound))),
    }
}

fn read_kind(visit: &Visit, fields: &Fields, faults: &mut Faults) -> Option<Kind> {
    match fields.kind.as_str() {
        "money" => {
            let code = if fields.currency.trim().is_empty() { "KRW".to_owned() } else { fields.currency.trim().to_uppercase() };
            let currency = Currency::try_from(code).map_err(|_| faults.add("currency", visit.t("table-unread-currency"))).ok()?;
            Some(Kind::Money { currency })
        }
        "share" => Some(Kind::Share),
        "quantity" => {
            let unit = fields.unit.trim().to_owned();
            if unit.is_empty() {
                faults.add("unit", visit.t("table-unread-unit"));
                return None;
            }
            Some(Kind::Quantity { unit })
        }
        "date" => Some(Kind::Date),
        "duty" => Some(Kind::Duty),
        "choice" => {
            let (options, names) = read_options(&fields.options);
            if options.len() < 2 {
                faults.add("options", visit.t("table-unread-options"));
                return None;
            }
            Some(Kind::Choice { options, names })
        }
        "text" => Some(Kind::Text),
        _ => {
            faults.add("kind", visit.t("table-unread-kind"));
            None
        }
    }
}

/// One a line: what it is called in both languages with a stroke between, `균등 분담 / equal shares`, or in one. The record knows it by the English.
fn read_options(typed: &str) -> (Vec<String>, BTreeMap<String, Names>) {
    let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty());
    let read = |line: &str| match line.split_once(" / ").map(|(ko, en)| Names::new(en.trim(), ko.trim())) {
        Some(names) => (names.en.clone(), Some(names)),
        None => (line.to_owned(), None),
    };
    let read: Vec<(String, Option<Names>)> = lines.map(read).collect();
    let names = read.iter().filter_map(|(option, names)| Some((option.clone(), names.clone()?))).collect();
    (read.into_iter().map(|(option, _)| option).collect(), names)
}

/// The short name by which the record knows the term, from its English name; numbered where that is taken or has no letters. Should two parties take
/// the same name at once, the rules refuse the second.
fn free_name(case: &Case, english: &str) -> Option<TermId> {
    let base = short(english);
    let numbered = (2..=case.state.terms.len() + 2).map(|number| format!("{base}-{number}"));
    let mut names = [base.clone()].into_iter().chain(numbered).filter_map(|name| name.parse::<TermId>().ok());
    names.find(|name| !case.state.terms.contains_key(name))
}

fn short(english: &str) -> String {
    let letters: String = english.to_lowercase().chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
    let words: Vec<&str> = letters.split('-').filter(|word| !word.is_empty()).collect();
    let mut name = words.join("-");
    name.truncate(LONGEST);
    let name = name.trim_end_matches('-');
    if name.is_empty() { "term".to_owned() } else { name.to_owned() }
}
