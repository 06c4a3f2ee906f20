//! Terms: typed values under negotiation.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::GovernmentId;
use crate::money::{Currency, Money};
use crate::words::Names;

/// A value of a term or a fact.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Value {
    /// An amount of money.
    Money(Money),
    /// A share in percent, such as `"50"` for 50 %.
    Share(#[schemars(with = "String")] Decimal),
    /// A quantity in a unit.
    Quantity {
        /// How much.
        #[schemars(with = "String")]
        amount: Decimal,
        /// Of what, such as `t/day`.
        unit: String,
    },
    /// A day.
    Date(Date),
    /// What someone must do.
    Duty {
        /// Who.
        who: GovernmentId,
        /// What.
        what: String,
    },
    /// One of the options the term names.
    Choice(String),
    /// Text.
    Text(String),
}

/// What values a term can take.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// Money in this currency.
    Money {
        /// The currency.
        currency: Currency,
    },
    /// A share in percent, from 0 to 100.
    Share,
    /// A quantity in this unit.
    Quantity {
        /// The unit.
        unit: String,
    },
    /// A day.
    Date,
    /// A duty.
    Duty,
    /// One of these options.
    Choice {
        /// Them, each once.
        options: Vec<String>,
        /// What they are called, by option. One that has no name is called as it is.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        names: BTreeMap<String, Names>,
    },
    /// Text.
    Text,
}

impl Kind {
    /// Whether a value is of this kind.
    #[must_use]
    pub fn admits(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Money { currency }, Value::Money(money)) => money.currency == *currency && money.amount.scale() <= 4,
            (Self::Share, Value::Share(percent)) => *percent >= Decimal::ZERO && *percent <= Decimal::ONE_HUNDRED,
            (Self::Quantity { unit }, Value::Quantity { unit: given, .. }) => unit == given,
            (Self::Choice { options, .. }, Value::Choice(option)) => options.contains(option),
            (Self::Date, Value::Date(_)) | (Self::Duty, Value::Duty { .. }) | (Self::Text, Value::Text(_)) => true,
            _ => false,
        }
    }
}

impl Kind {
    /// What an option of a choice is called, where it has a name of its own.
    #[must_use]
    pub fn option(&self, option: &str) -> Option<&Names> {
        match self {
            Self::Choice { names, .. } => names.get(option),
            Self::Money { .. } | Self::Share | Self::Quantity { .. } | Self::Date | Self::Duty | Self::Text => None,
        }
    }
}

impl Value {
    /// The number in it, for values that can be measured and compared.
    #[must_use]
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Money(money) => Some(money.amount),
            Self::Share(percent) => Some(*percent),
            Self::Quantity { amount, .. } => Some(*amount),
            Self::Date(_) | Self::Duty { .. } | Self::Choice(_) | Self::Text(_) => None,
        }
    }
}
