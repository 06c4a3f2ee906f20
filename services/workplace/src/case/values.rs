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
            Value::Quantity { amount, unit } => format!("{} {unit}", locale::number(*amount)),
            Value::Date(day) => locale::day(self.visit.language, *day),
            Value::Duty { who, what } => format!("{}: {what}", self.called(who)),
            Value::Choice(option) => self.option(option).to_owned(),
            Value::Text(text) => text.clone(),
        }
    }

    /// Options for a form: as they are sent, and what they are called.
    pub fn options<'a>(&'a self, options: &'a [String]) -> impl Iterator<Item = (String, String)> + 'a {
        options.iter().map(|option| (option.clone(), self.option(option).to_owned()))
    }

    /// What an option is called, by the first term that has it.
    pub fn option<'a>(&'a self, option: &'a str) -> &'a str {
        let named = self.state.terms.values().find_map(|term| term.kind.option(option));
        named.map_or(option, |names| self.visit.name(names))
    }
}
