//! The fields by which values for terms are written, and what was written in them.

use std::collections::BTreeMap;

use gateway::problem::Problem;
use mediation::State;
use proto::id::TermId;
use proto::mediation::Proposal;
use proto::money::Money;
use proto::term::{Kind, Value};
use serde_json::json;

use crate::case::Case;
use crate::{Form, Visit, days, locale, typed};

/// The fields for one term.
pub(super) struct Field {
    pub term: String,
    pub name: String,
    /// `line`, `date`, `choice`, `duty` or `text`.
    pub control: &'static str,
    /// The unit or currency, and an example.
    pub unit: String,
    pub value: String,
    /// Whose duty it is.
    pub who: String,
    pub label: String,
    /// What there is to choose from: value and words.
    pub options: Vec<(String, String)>,
}

/// The fields for a term: as they were sent, or with what a proposal says already.
pub(super) fn field(case: &Case, state: &State, form: &Form, begun: Option<&Proposal>, term: &TermId) -> Option<Field> {
    let kind = state.terms.get(term)?;
    let known = begun.and_then(|begun| begun.terms.get(term));
    let (value, who) = known.map(plain).unwrap_or_default();
    let label = begun.and_then(|begun| begun.labels.get(term)).cloned().unwrap_or_default();
    let named = |prefix: &str| format!("{prefix}-{term}");
    let bodies = || state.standing.parties.iter().map(|party| (party.to_string(), case.called(party).to_owned())).collect();
    let (control, unit, options) = match kind {
        Kind::Money { currency } => {
            ("line", case.visit.with("disputes-unit-money", "currency", &locale::currency(case.visit.language, *currency)), Vec::new())
        }
        Kind::Share => ("line", "%".to_owned(), Vec::new()),
        Kind::Quantity { unit } => ("line", locale::unit(case.visit.language, unit), Vec::new()),
        Kind::Date => ("date", String::new(), Vec::new()),
        Kind::Duty => ("duty", String::new(), bodies()),
        Kind::Choice { options, .. } => ("choice", String::new(), case.options(options).collect()),
        Kind::Text => ("text", String::new(), Vec::new()),
    };
    Some(Field {
        term: term.to_string(),
        name: case.name_of("term", term.as_str()),
        control,
        unit,
        value: form.typed(&named("value"), &value).to_owned(),
        who: form.typed(&named("who"), &who).to_owned(),
        label: form.typed(&named("label"), &label).to_owned(),
        options,
    })
}

/// A value as it is typed, and whose duty it is.
fn plain(value: &Value) -> (String, String) {
    match value {
        Value::Money(Money { amount, .. }) | Value::Share(amount) | Value::Quantity { amount, .. } => {
            (proto::money::grouped(*amount, 0), String::new())
        }
        Value::Date(day) => (day.to_string(), String::new()),
        Value::Duty { who, what } => (what.clone(), who.to_string()),
        Value::Choice(text) | Value::Text(text) => (text.clone(), String::new()),
    }
}

/// The values and labels that were written; terms without a value are left out, and the rules say which must not be.
///
/// # Errors
/// What cannot be read, with the term.
pub(super) fn read(visit: &Visit, state: &State, fields: &BTreeMap<String, String>) -> Result<Proposal, Problem> {
    let sent = |prefix: &str, term: &TermId| fields.get(&format!("{prefix}-{term}")).map(|text| text.trim()).unwrap_or_default();
    let (mut terms, mut labels) = (BTreeMap::new(), BTreeMap::new());
    for (term, kind) in &state.terms {
        let (text, label) = (sent("value", term), sent("label", term));
        if !label.is_empty() {
            labels.insert(term.clone(), label.to_owned());
        }
        if !text.is_empty() {
            terms.insert(term.clone(), value(visit, term, kind, text, sent("who", term))?);
        }
    }
    let salt = fields.get("salt").and_then(|salt| salt.parse().ok());
    let salt = salt.ok_or_else(|| visit.wrong("disputes-no_salt", json!({})))?;
    Ok(Proposal { terms, labels, salt })
}

fn value(visit: &Visit, term: &TermId, kind: &Kind, text: &str, who: &str) -> Result<Value, Problem> {
    let wrong = |key: &str| visit.wrong(key, json!({ "term": term, "typed": text }));
    let number = || typed::read(text).ok_or_else(|| wrong("disputes-no_number"));
    Ok(match kind {
        Kind::Money { currency } => Value::Money(Money { amount: number()?, currency: *currency }),
        Kind::Share => Value::Share(number()?),
        Kind::Quantity { unit } => Value::Quantity { amount: number()?, unit: unit.clone() },
        Kind::Date => Value::Date(days::read(text).ok_or_else(|| wrong("disputes-no_day"))?),
        Kind::Duty => Value::Duty { who: who.parse().map_err(|_| wrong("disputes-no_who"))?, what: text.to_owned() },
        Kind::Choice { .. } => Value::Choice(text.to_owned()),
        Kind::Text => Value::Text(text.to_owned()),
    })
}
