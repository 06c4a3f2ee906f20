//! Three members in a picture: all ways to share a cost by which nobody pays more than alone make a triangle, and the core is a part of it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Exact, Rule};
use crate::id::{ComponentId, GovernmentId};
use crate::money::Currency;

/// The pictures of a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Triangles {
    /// One for each component that has three members, and of which it is known what sets of them would pay.
    pub components: BTreeMap<ComponentId, Triangle>,
}

/// All ways to share a cost among three, and what is fair in them. Money is in whole units of the currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Triangle {
    /// The component's currency.
    pub currency: Currency,
    /// What is shared.
    pub shared: Exact,
    /// What all three save together against each going alone. At zero the triangle is a point; below zero there is none.
    pub saved: Exact,
    /// The corner of each member, where it has all of the savings and the others pay what they would alone. What a member pays falls evenly from what
    /// it would pay alone, on the side opposite to its corner, to what it pays at its corner.
    pub corners: BTreeMap<GovernmentId, Point>,
    /// The corners of the core, round it: shares by which no set of members pays more than on its own. Empty where there are none.
    pub core: Vec<Point>,
    /// Where each rule stands that has a solution, before rounding, the component's own rule first.
    pub rules: Vec<RulePoint>,
}

/// A way to share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "TrianglePoint")]
pub struct Point {
    /// Who pays what.
    pub shares: BTreeMap<GovernmentId, Exact>,
    /// Each member's part of the savings, which are the barycentric coordinates of the point: they add up to one, and one of them is below zero outside
    /// of the triangle. None where nothing is saved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<BTreeMap<GovernmentId, Exact>>,
}

/// Where a rule stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RulePoint {
    /// The rule.
    pub rule: Rule,
    /// What it gives.
    pub point: Point,
    /// Whether that is in the core.
    pub in_core: bool,
}
