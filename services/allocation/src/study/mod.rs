//! Questions about a model that go beyond its shares: what if, which rule, and the life of an agreement.

pub(crate) mod change;
mod exit;
mod life;
mod members;
mod search;
mod what_if;

use proto::allocation::{Answer, Found, Model, Question, Refusal};
use proto::money::{Currency, Money};

use crate::compare::compare;
use crate::disputed::disputed;
use crate::ready::TOO_LARGE;

/// Answers a question about a model. Everything in the answer follows from the two, so whoever has them finds the same. `limit`: up to so many members
/// all sets of them are looked at.
///
/// # Errors
/// What is wrong with the model, with the question, or with the model that the question leads to.
pub fn study(model: &Model, question: &Question, limit: usize) -> Result<Answer, Refusal> {
    let found = match question {
        Question::WhatIf { changes } => Found::WhatIf(what_if::changed(model, &change::changed(model, changes)?, limit)?),
        Question::Search { who, at_most, component } => Found::Search(search::search(model, who, at_most, component.as_ref(), limit)?),
        Question::Ranges => Found::Ranges(disputed(model, limit)?),
        Question::Comparison => Found::Comparison(compare(model, limit)?),
        Question::Settlement(settlement) => Found::Settlement(life::settle(model, settlement, limit)?),
        Question::Accession(accession) => Found::Accession(life::accede(model, accession, limit)?),
        Question::Exit(exit) => Found::Exit(exit::exit(model, exit, limit)?),
    };
    Ok(Answer { model: model.digest().map_err(|_| Refusal::ComputationMismatch)?, found })
}

/// Money of a question or an answer, in the model's currency.
#[derive(Clone, Copy)]
struct Purse(Currency);

impl Purse {
    /// An amount of a question in smallest units, zero or more.
    fn units(self, field: &str, money: &Money) -> Result<i128, Refusal> {
        let units = money.units().filter(|units| money.currency == self.0 && (0..TOO_LARGE).contains(units));
        units.ok_or_else(|| Refusal::BadAmount { field: field.to_owned(), currency: self.0 })
    }

    /// An amount of an answer. What does not fit can only come from absurd figures.
    fn money(self, units: i128) -> Result<Money, Refusal> {
        self.fits(Money::of_units(units, self.0))
    }

    fn fits<T>(self, amount: Option<T>) -> Result<T, Refusal> {
        amount.ok_or_else(|| Refusal::BadAmount { field: "totals".to_owned(), currency: self.0 })
    }
}
