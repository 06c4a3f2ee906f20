//! Costs of coalitions: entered, or derived.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::digest::{Digest, canonical};
use crate::entry::Document;
use crate::id::{DriverId, GovernmentId};
use crate::money::Money;

/// What each set of members would pay for the same service without the others, after the grants they would then get. All members together pay what
/// the component leaves to share, whatever is said here of smaller sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Costs {
    /// Entered: names joined with `+` in the order of names, to the cost. That of all members together may be left out.
    Listed(#[serde(deserialize_with = "serde_with::rust::maps_duplicate_key_is_error::deserialize")] BTreeMap<String, Money>),
    /// Entered, and too long for an entry: the canonical JSON (RFC 8785) of such a list, without zeros behind a number, kept as a document. The model
    /// is the same as with the list itself, and has the same digest.
    Document(Document),
    /// What each would pay alone; who does not join all others goes alone. Enough to begin with.
    Alone(#[serde(deserialize_with = "serde_with::rust::maps_duplicate_key_is_error::deserialize")] BTreeMap<GovernmentId, Money>),
    /// A network: each set of members builds the cheapest tree that links all of them to the source over the links between them (minimum-cost
    /// spanning tree: Claus and Kleitman 1973, Bird 1976).
    Network {
        /// The links that could be built.
        links: Vec<Link>,
    },
    /// Capacity with economies of scale: a set of members pays `a · Q^b` for the sum Q of what its members need, rounded half up to the smallest unit.
    Capacity {
        /// Cost of a plant of one unit.
        a: Money,
        /// Exponent, above 0 and up to 2; below 1 a larger plant is cheaper by the unit.
        #[schemars(with = "String")]
        b: Decimal,
        /// What each needs.
        need: DriverId,
    },
}

impl Costs {
    /// A list of costs as a document, and its bytes.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn document(list: &BTreeMap<String, Money>) -> serde_json::Result<(Document, Vec<u8>)> {
        let bytes = canonical(&list.iter().map(|(name, money)| (name, money.normalized())).collect::<BTreeMap<_, _>>())?;
        Ok((Document { digest: Digest::of(&bytes), media_type: "application/json".to_owned(), size: bytes.len() as u64 }, bytes))
    }
}

/// A link of a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// One end; none: the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<GovernmentId>,
    /// The other end.
    pub to: GovernmentId,
    /// What it costs.
    pub cost: Money,
}
