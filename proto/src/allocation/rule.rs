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

/// Which rule, without its figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// See [`Rule::Equal`].
    Equal,
    /// See [`Rule::Driver`].
    Driver,
    /// See [`Rule::Mix`].
    Mix,
    /// See [`Rule::Fixed`].
    Fixed,
    /// See [`Rule::Scrb`].
    Scrb,
    /// See [`Rule::AlternateCostAvoided`].
    AlternateCostAvoided,
    /// See [`Rule::Shapley`].
    Shapley,
    /// See [`Rule::Nucleolus`].
    Nucleolus,
    /// See [`Rule::PerCapitaNucleolus`].
    PerCapitaNucleolus,
    /// See [`Rule::ProportionalNucleolus`].
    ProportionalNucleolus,
    /// See [`Rule::Gately`].
    Gately,
    /// See [`Rule::Tau`].
    Tau,
    /// See [`Rule::Talmud`].
    Talmud,
}

impl RuleKind {
    /// All, in the order in which they are explained.
    pub const ALL: [Self; 13] = [
        Self::Equal,
        Self::Driver,
        Self::Mix,
        Self::Fixed,
        Self::Scrb,
        Self::AlternateCostAvoided,
        Self::Shapley,
        Self::Nucleolus,
        Self::PerCapitaNucleolus,
        Self::ProportionalNucleolus,
        Self::Gately,
        Self::Tau,
        Self::Talmud,
    ];

    /// The name under which it is recorded.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Driver => "driver",
            Self::Mix => "mix",
            Self::Fixed => "fixed",
            Self::Scrb => "scrb",
            Self::AlternateCostAvoided => "alternate_cost_avoided",
            Self::Shapley => "shapley",
            Self::Nucleolus => "nucleolus",
            Self::PerCapitaNucleolus => "per_capita_nucleolus",
            Self::ProportionalNucleolus => "proportional_nucleolus",
            Self::Gately => "gately",
            Self::Tau => "tau",
            Self::Talmud => "talmud",
        }
    }

    /// The rule of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Rule {
    /// Which rule it is.
    #[must_use]
    pub fn kind(&self) -> RuleKind {
        match self {
            Self::Equal => RuleKind::Equal,
            Self::Driver(_) => RuleKind::Driver,
            Self::Mix(_) => RuleKind::Mix,
            Self::Fixed(_) => RuleKind::Fixed,
            Self::Scrb => RuleKind::Scrb,
            Self::AlternateCostAvoided => RuleKind::AlternateCostAvoided,
            Self::Shapley => RuleKind::Shapley,
            Self::Nucleolus => RuleKind::Nucleolus,
            Self::PerCapitaNucleolus => RuleKind::PerCapitaNucleolus,
            Self::ProportionalNucleolus => RuleKind::ProportionalNucleolus,
            Self::Gately => RuleKind::Gately,
            Self::Tau => RuleKind::Tau,
            Self::Talmud => RuleKind::Talmud,
        }
    }
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
