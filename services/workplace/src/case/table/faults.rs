//! What is wrong in the fields of a form: told beside each field, and how many there are above the form.

use std::collections::BTreeMap;

use gateway::problem::Problem;
use serde_json::{Value, json};

use super::entry::Unread;
use crate::{Form, Visit};

/// What is wrong, by field.
#[derive(Default)]
pub(crate) struct Faults(BTreeMap<String, String>);

impl Faults {
    pub fn add(&mut self, field: impl Into<String>, said: String) {
        self.0.insert(field.into(), said);
    }

    /// What was read of a field, or the fault.
    pub fn read<T>(&mut self, visit: &Visit, field: &str, read: Result<T, Unread>) -> Option<T> {
        read.map_err(|unread| self.add(field, visit.t(unread.text()))).ok()
    }

    /// The problem with which the form is shown again, if anything is wrong.
    pub fn problem(self, visit: &Visit) -> Option<Problem> {
        (!self.0.is_empty()).then(|| visit.wrong("table-wrong", json!({ "count": self.0.len(), "fields": self.0 })))
    }
}

/// What is wrong with a field of a form that was refused; empty where nothing is.
pub(crate) fn of<'a>(form: &'a Form, field: &str) -> &'a str {
    let fields = form.problem.as_ref().and_then(|problem| problem.params.get("fields"));
    fields.and_then(|fields| fields.get(field)).and_then(Value::as_str).unwrap_or_default()
}
