//! Questions about a model that go beyond its shares. What they come to stands in [`Answer`](super::Answer), under the same names.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Costs, Figure, GrantAmount, Limits, Rule};
use crate::id::{ComponentId, DriverId, GovernmentId};
use crate::money::Money;

/// What can be asked of a model. Money that is not said of a component is in the model's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Question {
    /// What would be paid if something were otherwise?
    WhatIf {
        /// What, one after the other. None: the model as it stands.
        changes: Vec<Change>,
    },
    /// Which rules get someone to at most this, and what would they do to the others?
    Search {
        /// Who.
        who: GovernmentId,
        /// What it would bear in all at most.
        at_most: Money,
        /// The only component whose rule may change; none: any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        component: Option<ComponentId>,
    },
    /// How far do disputed figures move what everyone bears?
    Ranges,
    /// What does every rule give?
    Comparison,
    /// Who still owes, or gets back, now that the cost is known?
    Settlement(Settlement),
    /// What does a government pay that joins late, and who gets it?
    Accession(Accession),
    /// What does a government get that leaves, and who pays it?
    Exit(Exit),
}

/// A change of a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "ModelChange")]
pub enum Change {
    /// A component costs something else.
    Cost {
        /// Which.
        component: ComponentId,
        /// What, before grants, in its currency.
        cost: Money,
    },
    /// A component costs more, or less.
    Overrun {
        /// Which.
        component: ComponentId,
        /// By how many percent of its cost; below zero: less. The cost is rounded half up to the smallest unit.
        #[schemars(with = "String")]
        percent: Decimal,
    },
    /// A grant is lost or changes. Several of one giver count as one.
    Grant {
        /// Of which component.
        component: ComponentId,
        /// Who gives it.
        from: String,
        /// How much it is now; none: it is lost.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<GrantAmount>,
    },
    /// A member leaves.
    Leaves(Leaving),
    /// A government joins.
    Joins(Joining),
    /// A figure is another.
    Figure {
        /// Which.
        figure: Figure,
        /// What; of money, in whole units of the component's currency.
        #[schemars(with = "String")]
        value: Decimal,
    },
    /// A component is shared by another rule.
    Rule {
        /// Which.
        component: ComponentId,
        /// By which.
        rule: Rule,
    },
    /// A member pays at least or at most something else.
    Limits {
        /// Of which component.
        component: ComponentId,
        /// Who.
        who: GovernmentId,
        /// What it pays at least and at most; neither: its limits are gone.
        limits: Limits,
    },
}

/// Who leaves, and what. All that the model says of it there goes with it: its fixed amount, limits, transfers, what it brings in kind, and the
/// costs of sets of which it is one. The cost of the component stays: what is built is built.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Leaving {
    /// Who.
    pub who: GovernmentId,
    /// Which components; none named: all of which it is a member. Then its figures and its positions go too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<ComponentId>,
}

/// Who joins, what, and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Joining {
    /// Who.
    pub who: GovernmentId,
    /// Which components.
    pub components: Vec<ComponentId>,
    /// What drivers say of it.
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        deserialize_with = "serde_with::rust::maps_duplicate_key_is_error::deserialize"
    )]
    #[schemars(with = "BTreeMap<DriverId, String>")]
    pub figures: BTreeMap<DriverId, Decimal>,
    /// What it adds to the costs of coalitions, by component, in the form that the component has them in: the sets of which it is one, what it would
    /// pay alone, or the links to it.
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        deserialize_with = "serde_with::rust::maps_duplicate_key_is_error::deserialize"
    )]
    pub costs: BTreeMap<ComponentId, Costs>,
}

/// The account after completion: the rule as signed, on actual figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settlement {
    /// What came otherwise than the model has it: costs, grants, figures. Rule, members and limits are as agreed.
    pub actual: Vec<Change>,
    /// What each has paid in money; who is not named has paid nothing. What it brought in kind is known from the model.
    #[serde(deserialize_with = "serde_with::rust::maps_duplicate_key_is_error::deserialize")]
    pub paid: BTreeMap<GovernmentId, Money>,
    /// Which part of what is still owed is due in which year, in percent that add up to 100. Empty: in one sum.
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        deserialize_with = "serde_with::rust::maps_duplicate_key_is_error::deserialize"
    )]
    #[schemars(with = "BTreeMap<i16, String>")]
    pub instalments: BTreeMap<i16, Decimal>,
}

/// A late accession, at the price of Hambaeksan (Anyang 2019, Gunpo 2022): the original formula, interest, and the cost of staff and administration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Accession {
    /// Who joins what.
    pub joins: Joining,
    /// What came otherwise than the model has it, as in a [`Settlement`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actual: Vec<Change>,
    /// From which day its share bears interest.
    pub since: Date,
    /// Until which day: that of accession.
    pub on: Date,
    /// Simple interest in percent a year of 365 days, from 0 to 100.
    #[schemars(with = "String")]
    pub interest_percent: Decimal,
    /// Staff and administration, in one sum.
    pub overhead: Money,
    /// Which part of the price is due in which year, in percent that add up to 100. Empty: in one sum.
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        deserialize_with = "serde_with::rust::maps_duplicate_key_is_error::deserialize"
    )]
    #[schemars(with = "BTreeMap<i16, String>")]
    pub instalments: BTreeMap<i16, Decimal>,
}

/// An exit. By the model of CGCT article L5211-25-1 (France): the works stay, at net book value and with what is still owed on them; and, as statutes of
/// joint authorities have it, the leaver bears the cost of separation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exit {
    /// Who leaves what.
    pub leaves: Leaving,
    /// What came otherwise than the model has it, as in a [`Settlement`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actual: Vec<Change>,
    /// What it has paid in money for what it leaves. What it brought to that in kind is known from the model, and stays.
    pub paid: Money,
    /// What the works are still worth, in percent of their cost, from 0 to 100: their net book value.
    #[schemars(with = "String")]
    pub residual_percent: Decimal,
    /// What it costs to separate.
    pub cost_of_separation: Money,
}
