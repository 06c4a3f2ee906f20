//! Values of terms, in words.

use proto::id::TermId;
use proto::money::Money;
use proto::term::{Kind, Value};
use rust_decimal::Decimal;

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

    /// A bound on the numbers that a term can take, counted as its values are.
    pub fn bound(&self, term: &TermId, bound: Decimal) -> String {
        match self.state.terms.get(term).map(|term| &term.kind) {
            Some(Kind::Money { currency }) => self.visit.money(&Money { amount: bound, currency: *currency }),
            Some(Kind::Share) => locale::percent(bound),
            Some(Kind::Quantity { unit }) => locale::quantity(self.visit.language, bound, unit),
            Some(Kind::Date | Kind::Duty | Kind::Choice { .. } | Kind::Text) | None => locale::number(bound),
        }
    }
}
