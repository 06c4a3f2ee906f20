//! What offers would have each bear.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::OfferNo;
use crate::id::{ComponentId, GovernmentId};
use crate::money::Money;

/// What offers would have each bear, as far as they carry an allocation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Offered {
    /// The last offer of each party, whatever has become of it. Who has made none is left out.
    pub last: BTreeMap<GovernmentId, OfferedShares>,
    /// The newest offer that lies on the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_table: Option<OfferedShares>,
}

/// What one offer would have each bear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfferedShares {
    /// Which offer.
    pub offer: OfferNo,
    /// By component, in its currency.
    pub shares: BTreeMap<ComponentId, BTreeMap<GovernmentId, Money>>,
}

impl OfferedShares {
    /// What it would have someone bear of a component.
    #[must_use]
    pub fn share(&self, component: &ComponentId, government: &GovernmentId) -> Option<&Money> {
        self.shares.get(component)?.get(government)
    }
}
