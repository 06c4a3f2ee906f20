//! What questions about a model come to.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Comparison, Fairness, Ranges, Rule};
use crate::digest::Digest;
use crate::id::{ComponentId, DriverId, GovernmentId};
use crate::money::Money;

/// An answer, with the model that it was computed from: the rule that is signed is the rule that computes, as equal digests show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "StudyAnswer")]
pub struct Answer {
    /// Digest of the model that was asked about.
    pub model: Digest,
    /// What was found.
    pub found: Found,
}

/// What was found, by the name of the [`Question`](super::Question).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "StudyFound")]
pub enum Found {
    /// What would be otherwise.
    WhatIf(Changed),
    /// The ways there are.
    Search(Ways),
    /// What disputed figures do.
    Ranges(Ranges),
    /// Rules side by side.
    Comparison(Comparison),
    /// Who owes what.
    Settlement(Balances),
    /// What joining costs.
    Accession(Price),
    /// What leaving comes to.
    Exit(Payout),
}

/// What a change of the model does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Changed {
    /// Digest of the changed model.
    pub model: Digest,
    /// Shares by component, in its currency.
    pub components: BTreeMap<ComponentId, ChangedShares>,
    /// What each bears in all, in the model's currency.
    pub totals: BTreeMap<GovernmentId, Difference>,
}

/// What a change does to one component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChangedShares {
    /// The share of everyone who is a member before or after.
    pub shares: BTreeMap<GovernmentId, Difference>,
    /// How the new shares treat those who pay them, where it is known what they would pay on their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fairness: Option<Box<Fairness>>,
}

/// An amount before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Difference {
    /// Before; zero for who was no member.
    pub before: Money,
    /// After; zero for who is a member no more.
    pub after: Money,
    /// After less before.
    pub by: Money,
}

/// Ways to what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ways {
    /// The first twenty, by the largest rise that anybody else bears; of equals first those that change fewer components, then those in which the
    /// asker bears less.
    pub ways: Vec<Way>,
    /// How many more there are.
    pub more: u32,
    /// How many rules and mixes were tried, each weight of a mix for itself.
    pub tried: u32,
    /// Drivers of which no mixes were tried: there are more than sixteen, and these are the last by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unmixed: Vec<DriverId>,
    /// Where there is no way: the one that gives the asker least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<Box<Way>>,
}

/// A way to share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Way {
    /// The rules that change, by component; none: the model as it stands.
    pub rules: BTreeMap<ComponentId, Rule>,
    /// Of a mix: all weights of its first part that do, of which the rule has the one that burdens the others least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<Weights>,
    /// What each bears in all, beside what it bears now.
    pub totals: BTreeMap<GovernmentId, Difference>,
    /// The largest rise that anybody but the asker bears; zero where nobody does.
    pub largest_rise: Money,
    /// Whether nobody's share is above what it would pay alone, in all components of which that is known; none where it is known of none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nobody_above_alone: Option<bool>,
}

/// Weights in whole percent, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Weights {
    /// The least.
    pub from: u8,
    /// The most.
    pub to: u8,
}

/// The account after completion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Balances {
    /// The same rule on actual figures, beside what the model has.
    pub actual: Changed,
    /// What each owes.
    pub governments: BTreeMap<GovernmentId, Balance>,
    /// The sums: what all have paid against what is due from all.
    pub in_all: Balance,
}

/// What is due and what was paid, in the model's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Balance {
    /// What it bears in all, on actual figures.
    pub due: Money,
    /// What of that it brought in kind.
    pub in_kind: Money,
    /// What it has paid in money.
    pub paid: Money,
    /// What it still owes; below zero: what it gets back.
    pub owes: Money,
    /// The same by year, where that was asked for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub instalments: BTreeMap<i16, Money>,
}

/// What a late accession costs. All in the model's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Price {
    /// Shares as if it had been a member from the start.
    pub joined: Changed,
    /// Its share by the original formula.
    pub share: Money,
    /// Days for which that bears interest.
    pub days: u32,
    /// Simple interest on the share: share × percent × days / 365, rounded half up to the smallest unit.
    pub interest: Money,
    /// Staff and administration.
    pub overhead: Money,
    /// All three together.
    pub price: Money,
    /// The price by year, where that was asked for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub instalments: BTreeMap<i16, Money>,
    /// Who gets it; adds up to the price.
    pub gets: BTreeMap<GovernmentId, Refund>,
}

/// What a member gets of the price of an accession.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Refund {
    /// What its own share falls by; below zero: what it rises by.
    pub falls: Money,
    /// Its part of interest and overhead: in proportion to that, by largest remainders.
    pub part: Money,
    /// Both together.
    pub gets: Money,
}

/// What an exit comes to. All in the model's currency.
///
/// The share of the leaver has a part that is used up and a part that is left, the residual percentage of it. Whoever stays takes over the part that
/// is left with what was not paid of it, as those who keep the works keep the debt on them; so the leaver gets what it contributed, less what it has used
/// up, less the cost of separation. What those who stay pay is what the leaver gets, and the cost of separation, and what of its share nobody has paid yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Payout {
    /// Shares without it.
    pub left: Changed,
    /// Its share of what it leaves.
    pub share: Money,
    /// What it has contributed: its money, and what it brought in kind to what it leaves.
    pub contributed: Money,
    /// What of its share was not paid; below zero: what it has paid too much.
    pub unpaid: Money,
    /// What is left of its contribution: the residual percentage of it, rounded half up to the smallest unit.
    pub value_left: Money,
    /// What it still owes: of what was not paid the part that is used up.
    pub owes: Money,
    /// What it costs to separate.
    pub cost_of_separation: Money,
    /// What is left of its contribution less what it owes less the cost of separation; below zero: what it pays.
    pub gets: Money,
    /// What those who stay pay for what is left of its share.
    pub stay: BTreeMap<GovernmentId, Takeover>,
}

/// What someone who stays takes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Takeover {
    /// By how much its share rises without the leaver.
    pub rises: Money,
    /// What it pays: the residual percentage of that, by largest remainders.
    pub pays: Money,
}
