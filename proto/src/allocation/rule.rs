//! The rules by which a cost is shared.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{DriverId, GovernmentId};
use crate::money::Money;

/// How the cost of a component is shared. Rules for coalitions go by the component's [`Costs`](super::Costs).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Rule {
    /// The same for each member.
    Equal,
    /// In proportion to a driver.
    Driver(DriverId),
    /// Parts by different drivers, such as 90 % by population and 10 % equally.
    Mix(Vec<Part>),
    /// Amounts as agreed; they must add up to what is to be shared. Who is not named pays nothing.
    Fixed(#[serde(deserialize_with = "serde_with::rust::maps_duplicate_key_is_error::deserialize")] BTreeMap<GovernmentId, Money>),
    /// Separable costs – remaining benefits (Federal Inter-Agency River Basin Committee 1950, "Green Book"): each pays what it adds to the cost of
    /// the others, and the rest goes by what each would still save against going alone, never counted below zero.
    Scrb,
    /// Alternate cost avoided (Tennessee Valley Authority; Ransmeier 1942): as [`Rule::Scrb`], but a saving below zero counts as it is.
    AlternateCostAvoided,
    /// The Shapley value (Shapley 1953) of the cost game.
    Shapley,
    /// The nucleolus (Schmeidler 1969) of the cost game: among shares by which nobody pays more than alone, those that leave the worst-off
    /// coalition as well off as possible, then the next, and so on.
    Nucleolus,
    /// The nucleolus with each coalition's saving counted per member (Grotte 1970; Young, Okada and Hashimoto 1982).
    PerCapitaNucleolus,
    /// The nucleolus with each coalition's saving counted per unit of its cost (Young, Okada and Hashimoto 1982).
    ProportionalNucleolus,
    /// The Gately point (Gately 1974): everyone would harm the others by leaving, set against itself, in the same proportion.
    Gately,
    /// The tau value (Tijs 1981): between the most that each can hope for and the least that each can claim.
    Tau,
    /// The rule of the Talmud (Aumann and Maschler 1985), for money that does not suffice: what is to be shared is divided among claims, up to half
    /// of each by equal awards and beyond by equal losses. The claims are what each would pay alone, and each pays what it is awarded.
    Talmud,
}

/// A part of a weighted mix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Weight of this part in percent, zero or more; the parts of a mix add up to 100.
    #[schemars(with = "String")]
    pub percent: Decimal,
    /// What it goes by; none: equally.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub driver: Option<DriverId>,
}
