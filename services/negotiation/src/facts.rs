//! Figures on record: who put them there, who estimated them and when, and what each party makes of them.

use std::collections::BTreeMap;
use std::mem::discriminant;

use jiff::civil::Date;
use proto::id::{FactId, GovernmentId};
use proto::message;
use proto::negotiation::{Event, Position, Refusal};
use proto::term::Value;
use proto::words::{Names, is_blank};
use runtime::decider::Context;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decide::{Outcome, State};

/// A figure. Two estimates of one thing are two facts, and both stay: avoided costs are themselves negotiated numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fact {
    /// Who put it on record.
    pub by: GovernmentId,
    /// What it is a figure of.
    pub names: Names,
    /// The figure.
    pub value: Value,
    /// Who estimated it.
    pub estimated_by: String,
    /// When it was estimated.
    pub estimated_on: Date,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What the parties make of it, as far as they have said.
    pub positions: BTreeMap<GovernmentId, Position>,
}

/// Who may put this figure on record. Facts are no part of the text, so they can be stated and disputed also when it is frozen.
pub(crate) fn may_state<'a>(
    state: &State,
    context: &Context<'a, State>,
    fact: &FactId,
    names: &Names,
    estimated_by: &str,
) -> Result<&'a GovernmentId, message::Refusal> {
    let by = state.standing.party(context.actor.government())?;
    if state.facts.contains_key(fact) {
        return Err(Refusal::NameTaken { name: fact.to_string() }.into());
    }
    for (field, empty) in [("names", names.is_blank()), ("estimated_by", is_blank(estimated_by))] {
        if empty {
            return Err(Refusal::Empty { field: field.into() }.into());
        }
    }
    Ok(by)
}

pub(crate) fn take_position(state: &State, context: &Context<'_, State>, fact: &FactId, position: &Position) -> Outcome {
    let by = state.standing.party(context.actor.government())?;
    let figure = state.facts.get(fact).ok_or_else(|| Refusal::UnknownFact { fact: fact.clone() })?;
    if let Position::Disputes { own: Some(own) } = position
        && !are_comparable(&figure.value, own)
    {
        return Err(Refusal::NotComparable { fact: fact.clone() }.into());
    }
    if figure.positions.get(by) == Some(position) {
        return Err(Refusal::Unchanged { name: fact.to_string() }.into());
    }
    Ok(vec![Event::PositionTaken { fact: fact.clone(), by: by.clone(), position: position.clone() }])
}

/// Whether two values are of one kind and, where they have one, of one unit or currency.
#[must_use]
pub fn are_comparable(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Money(one), Value::Money(other)) => one.currency == other.currency,
        (Value::Quantity { unit: one, .. }, Value::Quantity { unit: other, .. }) => one == other,
        _ => discriminant(one) == discriminant(other),
    }
}
