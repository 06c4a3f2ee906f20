//! How shares treat those who pay them: beside what they would pay alone, what groups of them would pay, and what other rules would give.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Estimate, Figure, Refusal, Rule};
use crate::id::{ComponentId, GovernmentId};
use crate::money::Money;
use crate::negotiation::OfferNo;

/// How the shares of one component treat its members. All money is in the component's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fairness {
    /// What each saves against going alone; below zero: what it would save by leaving.
    pub gains: BTreeMap<GovernmentId, Money>,
    /// Who gains least; of equals the first by name.
    pub least: GovernmentId,
    /// Whether no set of members pays more than it would on its own (the shares lie in the core: Gillies 1959). Rounding to whole units can put shares
    /// of the core less than a unit per member outside; that does not count, but where amounts are fixed.
    pub in_core: bool,
    /// Which set pays most above its own cost. None where there is but one member.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most_charged: Option<Charged>,
    /// By how much the most charged set must pay above its cost by any shares whatever (the least core: Maschler, Peleg and Shapley 1979), rounded to
    /// the smallest unit. Zero or below: there are shares in the core. None where there is but one member.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least_core: Option<Money>,
}

/// A set of members beside what it would pay on its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Charged {
    /// Its members, joined with `+`.
    pub coalition: String,
    /// What it would pay on its own.
    pub cost: Money,
    /// What its members pay together.
    pub pays: Money,
    /// What that is above its cost; below zero: what it saves.
    pub above: Money,
}

/// Rules side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Comparison {
    /// For each component, what each rule gives; the model's own rule first.
    pub components: BTreeMap<ComponentId, Vec<Compared>>,
}

/// What one rule gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Compared {
    /// The rule.
    pub rule: Rule,
    /// What it gives.
    pub outcome: Outcome,
}

/// What a rule gives, or why it gives nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "RuleOutcome")]
pub enum Outcome {
    /// Shares, and how they treat the members where it is known what those would pay on their own.
    Shares {
        /// Who pays what.
        shares: BTreeMap<GovernmentId, Money>,
        /// How that treats them.
        #[serde(skip_serializing_if = "Option::is_none")]
        fairness: Option<Box<Fairness>>,
        /// Only where the shares are an estimate: how good it is.
        #[serde(skip_serializing_if = "Option::is_none")]
        estimate: Option<Estimate>,
        /// Each share beside what it can be held against. Made when the comparison is looked at, so it stands in no record.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        against: BTreeMap<GovernmentId, Against>,
    },
    /// The rule has no solution, or lacks figures.
    Refused(Box<Refusal>),
}

/// A share beside what it can be held against. Money is in the component's currency; above zero: by the rule it bears more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Against {
    /// Of what all bear together, in percent, rounded to two digits: a label. None where they bear nothing together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub percent: Option<Decimal>,
    /// More than on its own. None where it is not known what that costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alone: Option<Money>,
    /// More than by the last offer of its own. None where that carries no share of this component in this currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_offer: Option<HeldAgainst>,
    /// More than by the newest offer that lies on the table. None likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_table: Option<HeldAgainst>,
}

/// How far a share is from what an offer says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HeldAgainst {
    /// Which offer.
    pub offer: OfferNo,
    /// More (above zero) or less than it says.
    pub by: Money,
}

/// What shares would be if disputed figures are other than the model has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ranges {
    /// The disputed figures, each with the least and the most that anyone says, the model's own value included.
    pub figures: Vec<Interval>,
    /// How the truth was tried.
    pub tried: Tried,
    /// At so many of the combinations the model's rules have no solution. They are in no range.
    pub unsolved: u32,
    /// The least and the most that each would bear in all, in the model's currency.
    pub totals: BTreeMap<GovernmentId, Range>,
    /// For each, the figure that moves what it bears most by itself, and by how much from one end to the other. Who is moved by none is left out.
    pub matters_most: BTreeMap<GovernmentId, Swing>,
    /// Rules for one component that leave nobody worse off than alone, whatever the truth is.
    pub safe: BTreeMap<ComponentId, Vec<Rule>>,
}

/// What is said of a disputed figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Interval {
    /// Which.
    pub figure: Figure,
    /// The least that anyone says.
    #[schemars(with = "String")]
    pub least: Decimal,
    /// The most that anyone says.
    #[schemars(with = "String")]
    pub most: Decimal,
}

/// How disputed figures were combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tried {
    /// Every combination of the least and the most of each figure. By rules in which a share only rises or only falls with a figure these are the ends.
    AllEnds,
    /// Each figure by itself at its least and its most, the others as the model has them: there are too many for all combinations.
    OneByOne,
}

/// The least and the most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Range {
    /// As the model has it.
    pub now: Money,
    /// The least.
    pub least: Money,
    /// The most.
    pub most: Money,
}

/// How far a figure moves what someone bears.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Swing {
    /// Which figure.
    pub figure: Figure,
    /// By how much from its least to its most.
    pub by: Money,
}
