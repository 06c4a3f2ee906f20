//! What a computation gave.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::id::{ComponentId, GovernmentId};
use crate::money::Money;

/// What a computation gave. Recorded with the model's digest and the solver, so that anyone can compute it again. Shares are computed exactly and
/// rounded once, by [`crate::money::round`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Computation {
    /// Digest of the model's canonical JSON, with members and positions in order and no zeros behind a number.
    pub model: Digest,
    /// Name and version of what solved it.
    pub solver: String,
    /// Share of each member in each component, after grants.
    pub components: BTreeMap<ComponentId, Shares>,
    /// What each bears in all, in the model's currency: its shares and the transfers, over all components. What it brings in kind is part of that.
    pub total: BTreeMap<GovernmentId, Money>,
}

/// The shares of one component, in its currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shares {
    /// External money.
    pub granted: Money,
    /// What is left to share.
    pub shared: Money,
    /// Who pays what of it; adds up to `shared` exactly. By a rule for coalitions a share can be below zero: who adds savings to all others is paid.
    pub shares: BTreeMap<GovernmentId, Money>,
    /// What each pays (above zero) or gets (below zero) on top of its share; adds up to zero.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub transfers: BTreeMap<GovernmentId, Money>,
    /// Only where the shares before limits are an estimate: from how much, and how far off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Estimate>,
}

/// How good an estimate of shares is. Everyone who computes the model gets the same estimate; it is the rule's own value that may lie elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Estimate {
    /// In how many orders the members were taken.
    pub orders: u32,
    /// For each member half the width of the 95 % confidence interval around what it would pay without limits, rounded up to the smallest unit.
    /// Rounding the share itself comes on top: less than a unit.
    pub error: BTreeMap<GovernmentId, Money>,
}
