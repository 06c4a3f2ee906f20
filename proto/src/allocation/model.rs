//! The model: all that shares are computed from.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::costs::Costs;
use super::rule::Rule;
use crate::id::{ComponentId, DriverId, GovernmentId};
use crate::money::{Currency, Money};
use crate::words::Names;

/// All that shares are computed from. Equal models have one digest, however they are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// The currency in which totals are said.
    pub currency: Currency,
    /// The components; a total is the sum of its components.
    #[serde(deserialize_with = "serde_with::rust::maps_duplicate_key_is_error::deserialize")]
    pub components: BTreeMap<ComponentId, Component>,
    /// Figures that rules share by.
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        deserialize_with = "serde_with::rust::maps_duplicate_key_is_error::deserialize"
    )]
    pub drivers: BTreeMap<DriverId, Driver>,
    /// At what rate money of other currencies counts in totals.
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        deserialize_with = "serde_with::rust::maps_duplicate_key_is_error::deserialize"
    )]
    pub exchange: BTreeMap<Currency, Exchange>,
    /// Who says what of a figure of this model.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stands: Vec<Stand>,
}

impl Model {
    /// A model without components yet.
    #[must_use]
    pub fn new(currency: Currency) -> Self {
        Self { currency, components: BTreeMap::new(), drivers: BTreeMap::new(), exchange: BTreeMap::new(), stands: Vec::new() }
    }
}

/// What money of another currency is worth in the model's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exchange {
    /// Whole units of the model's currency for one whole unit of the other; above zero.
    #[schemars(with = "String")]
    pub rate: Decimal,
    /// The day of the rate.
    pub on: Date,
    /// Who publishes it.
    pub source: String,
}

/// A part of the project with its own cost, members and rule. Its money is in one currency, that of its cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// What it is.
    pub names: Names,
    /// Its cost before grants.
    pub cost: Money,
    /// The year in whose prices the cost is stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_year: Option<i16>,
    /// Who pays for it. Order does not matter; ties in rounding go by the order of names.
    pub members: Vec<GovernmentId>,
    /// External money taken off the cost before it is shared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<Grant>,
    /// How what is left is shared.
    pub rule: Rule,
    /// What sets of members would pay without the others. Rules for coalitions need it; to others it is what they are compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub costs: Option<Costs>,
    /// The least and the most that a member pays, whatever the rule gives.
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        deserialize_with = "serde_with::rust::maps_duplicate_key_is_error::deserialize"
    )]
    pub limits: BTreeMap<GovernmentId, Limits>,
    /// Money between members on top of their shares.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transfers: Vec<Transfer>,
    /// What members bring in other things than money. Its value is part of the cost, and counts as paid by who brings it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub in_kind: Vec<InKind>,
    /// What part of it is due in which year, in percent that add up to 100. Empty: in one sum.
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        deserialize_with = "serde_with::rust::maps_duplicate_key_is_error::deserialize"
    )]
    #[schemars(with = "BTreeMap<i16, String>")]
    pub instalments: BTreeMap<i16, Decimal>,
}

impl Component {
    /// A component that members share by a rule, and nothing else.
    #[must_use]
    pub fn new(names: Names, cost: Money, members: Vec<GovernmentId>, rule: Rule) -> Self {
        Self {
            names,
            cost,
            price_year: None,
            members,
            grants: Vec::new(),
            rule,
            costs: None,
            limits: BTreeMap::new(),
            transfers: Vec::new(),
            in_kind: Vec::new(),
            instalments: BTreeMap::new(),
        }
    }
}

/// External money for a component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// Who gives it.
    pub from: String,
    /// How much.
    pub amount: GrantAmount,
}

/// How a grant is measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum GrantAmount {
    /// An amount.
    Fixed(Money),
    /// A part of the component's cost, in percent from 0 to 100, rounded down to the smallest unit, up to a cap.
    Rate {
        /// Percent.
        #[schemars(with = "String")]
        percent: Decimal,
        /// Not more than this.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cap: Option<Money>,
    },
}

/// The least and the most that a member pays. What a limit takes from one goes to those without a reached limit, in proportion to their shares.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Not less than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Money>,
    /// Not more than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Money>,
}

/// Money to a member on top of the shares: compensation of a host, or a side payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// What for.
    pub names: Names,
    /// Who pays. None: all other members in proportion to their shares, as for the compensation of a host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<GovernmentId>,
    /// Who gets it.
    pub to: GovernmentId,
    /// How much.
    pub amount: Money,
}

/// Something else than money: land, or capacity of a plant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InKind {
    /// What it is, with its quantity, such as `180,000 t a day of sewage treatment`.
    pub names: Names,
    /// Who brings it.
    pub by: GovernmentId,
    /// What it counts for.
    pub value: Money,
}

/// A figure per government, with its unit, year and author.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Driver {
    /// What it measures.
    pub names: Names,
    /// Its unit.
    pub unit: String,
    /// The year it is of.
    pub year: i16,
    /// Who says so.
    pub source: String,
    /// The figures.
    #[serde(deserialize_with = "serde_with::rust::maps_duplicate_key_is_error::deserialize")]
    #[schemars(with = "BTreeMap<GovernmentId, String>")]
    pub values: BTreeMap<GovernmentId, Decimal>,
}

/// A figure of a model that parties can see differently.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Figure {
    /// What a driver says of a government.
    Driver {
        /// Which driver.
        driver: DriverId,
        /// Of whom.
        of: GovernmentId,
    },
    /// The cost of a component before grants.
    Cost {
        /// Which.
        component: ComponentId,
    },
    /// What a set of members would pay without the others.
    Coalition {
        /// For which component.
        component: ComponentId,
        /// Names joined with `+` in the order of names.
        coalition: String,
    },
}

/// What a party says of a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stand {
    /// Who.
    pub by: GovernmentId,
    /// Of which figure.
    pub figure: Figure,
    /// What.
    pub position: Position,
}

/// A party's position on a figure, in the words in which it takes one on any fact of the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "FigurePosition")]
pub enum Position {
    /// Takes it as right.
    Accepts,
    /// Takes it as wrong, and has its own.
    Disputes {
        /// Its own figure; of money, in whole units of the component's currency.
        #[schemars(with = "String")]
        own: Decimal,
    },
    /// Has nothing to say it by.
    NoData,
}
