//! The settlement sheet, as a treasurer knows it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Estimate;
use crate::id::{ComponentId, DriverId, GovernmentId};
use crate::money::Money;

/// Who pays what, when: a table per component, and what it comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sheet {
    /// A table per component, in its currency.
    pub components: BTreeMap<ComponentId, Lines>,
    /// What each bears in all, in the model's currency.
    pub total: BTreeMap<GovernmentId, Money>,
}

/// The table of one component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Lines {
    /// Cost before grants.
    pub cost: Money,
    /// What each grant comes to, in the order of the model.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<Money>,
    /// External money.
    pub granted: Money,
    /// What is left to share.
    pub shared: Money,
    /// A line per member.
    pub members: BTreeMap<GovernmentId, Line>,
    /// Only where the shares are an estimate: how good it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Estimate>,
}

/// What one member pays of one component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// The figures that its share goes by.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(with = "BTreeMap<DriverId, String>")]
    pub figures: BTreeMap<DriverId, Decimal>,
    /// Its share.
    pub share: Money,
    /// The same in percent of what is shared, to two digits, rounded half up: a label, the money governs. None where nothing is shared.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub percent: Option<Decimal>,
    /// What it pays (above zero) or gets (below zero) on top.
    pub transfer: Money,
    /// What it brings in kind.
    pub in_kind: Money,
    /// Its own money: share and transfer less what it brings in kind.
    pub own_money: Money,
    /// The own money by year, where the component is paid in instalments.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub instalments: BTreeMap<i16, Money>,
}
