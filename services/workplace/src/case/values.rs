//! Values of terms, in words.

use proto::term::Value;

use super::Case;
use crate::locale;

impl Case {
    /// A value in full, as it stands in an agreement.
    pub fn value(&self, value: &Value) -> String {
        match value {
            Value::Money(amount) => self.visit.money(amount),
            Value::Share(percent) => locale::percent(*percent),
            Value::Quantity { amount, unit } => locale::quantity(self.visit.language, *amount, unit),
            Value::Date(day) => locale::day(self.visit.language, *day),
            Value::Duty { who, what } => format!("{}: {what}", self.called(who)),
            Value::Choice(text) | Value::Text(text) => text.clone(),
        }
    }
}
