//! Why the laboratory refuses.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{ComponentId, DriverId, GovernmentId, RunId};
use crate::money::{Currency, Money};

/// Refusals of the laboratory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "AllocationRefusal")]
pub enum Refusal {
    /// The name is taken.
    #[error("a run `{run}` is on record already")]
    RunTaken {
        /// Which.
        run: RunId,
    },
    /// The text is frozen: what it rests on is settled.
    #[error("the text is frozen: nothing more is tabled")]
    TextIsFrozen,
    /// Something must not be empty.
    #[error("`{field}` must not be empty")]
    Empty {
        /// What.
        field: String,
    },
    /// A model without components shares nothing.
    #[error("the model has no component")]
    NoComponents,
    /// There is no such component.
    #[error("the model has no component `{component}`")]
    UnknownComponent {
        /// Which.
        component: ComponentId,
    },
    /// A component has no members.
    #[error("component `{component}` has no members")]
    NoMembers {
        /// Which.
        component: ComponentId,
    },
    /// A member stands twice.
    #[error("`{member}` stands twice among the members of `{component}`")]
    MemberTwice {
        /// Where.
        component: ComponentId,
        /// Who.
        member: GovernmentId,
    },
    /// A member is no party of the case.
    #[error("`{member}` pays for `{component}` and is no party of this case")]
    NotAParty {
        /// Where.
        component: ComponentId,
        /// Who.
        member: GovernmentId,
    },
    /// Another currency than that of the component's cost.
    #[error("`{component}` has money that is not in {currency}")]
    OtherCurrency {
        /// Where.
        component: ComponentId,
        /// Of its cost.
        currency: Currency,
    },
    /// A component is in another currency than the model, and the model does not say what that is worth.
    #[error("`{component}` is in {currency}, for which the model has no exchange rate above zero")]
    NoExchangeRate {
        /// Where.
        component: ComponentId,
        /// Its currency.
        currency: Currency,
    },
    /// Someone who is no member of the component has a limit, transfer, in-kind contribution, cost or link in it.
    #[error("`{who}` is named in `{component}` and is none of its members")]
    NotAMember {
        /// Where.
        component: ComponentId,
        /// Who.
        who: GovernmentId,
    },
    /// A transfer from someone to itself.
    #[error("`{who}` would pay itself in `{component}`")]
    PaysItself {
        /// Where.
        component: ComponentId,
        /// Who.
        who: GovernmentId,
    },
    /// What is brought in kind is worth more than what is to be shared.
    #[error("what members bring to `{component}` in kind is worth more than what is to be shared: {shared}")]
    InKindExceedsShared {
        /// Where.
        component: ComponentId,
        /// What is to be shared.
        shared: Money,
    },
    /// Instalments do not add up to 100 percent, or one is below zero.
    #[error("the instalments of `{component}` must each be zero or more and add up to 100 percent; they add up to {percent}")]
    InstalmentsNotWhole {
        /// Where.
        component: ComponentId,
        /// Sum of the instalments.
        percent: String,
    },
    /// No shares meet the limits.
    #[error("no shares of `{component}` keep within the limits and add up to {shared}")]
    LimitsCannotBeMet {
        /// Where.
        component: ComponentId,
        /// What is to be shared.
        shared: Money,
    },
    /// The exponent of a cost curve is not above 0 and up to 2.
    #[error("the exponent of the cost curve of `{component}` must be above 0 and up to 2")]
    BadExponent {
        /// Where.
        component: ComponentId,
    },
    /// A party takes a position on a figure that the model does not have, or two on one.
    #[error("`{by}` takes a position on a figure that the model does not have, or two on one")]
    BadStand {
        /// Who.
        by: GovernmentId,
    },
    /// A cost, grant, cap, fixed amount or cost of a coalition is below zero, has a part below the smallest unit, or reaches 10^18 of them; or the
    /// percentage of a grant is not from 0 to 100.
    #[error("an amount in `{component}` is below zero, too fine for its currency, or too large")]
    BadCost {
        /// Where.
        component: ComponentId,
    },
    /// Grants exceed the cost.
    #[error("the grants of `{component}` are more than its cost")]
    GrantsExceedCost {
        /// Where.
        component: ComponentId,
    },
    /// There is no such driver.
    #[error("`{component}` goes by `{driver}`, which the model does not have")]
    UnknownDriver {
        /// Where.
        component: ComponentId,
        /// Which.
        driver: DriverId,
    },
    /// A driver has no figure for a member, or a figure below zero.
    #[error("`{driver}` has no figure of zero or more for `{member}`")]
    DriverGap {
        /// Which.
        driver: DriverId,
        /// Who.
        member: GovernmentId,
    },
    /// A driver is zero for all members.
    #[error("`{driver}` is zero for every member of `{component}`")]
    DriverZero {
        /// Where.
        component: ComponentId,
        /// Which.
        driver: DriverId,
    },
    /// The parts of a mix do not add up to 100 percent, or one is below zero.
    #[error("the parts of the mix in `{component}` must each be zero or more and add up to 100 percent; they add up to {percent}")]
    MixNotWhole {
        /// Where.
        component: ComponentId,
        /// Sum of the parts.
        percent: String,
    },
    /// Fixed amounts do not add up, or name someone who is no member.
    #[error("the fixed amounts of `{component}` must be its members' and add up to {shared}")]
    FixedMismatch {
        /// Where.
        component: ComponentId,
        /// What is to be shared.
        shared: Money,
    },
    /// Costs of coalitions are missing.
    #[error("`{component}` has no cost for {missing:?}")]
    CoalitionsMissing {
        /// Where.
        component: ComponentId,
        /// The first ten of them.
        missing: Vec<String>,
    },
    /// A coalition that is none.
    #[error("`{coalition}` is no set of members of `{component}`, written in the order of names")]
    BadCoalition {
        /// Where.
        component: ComponentId,
        /// Which.
        coalition: String,
    },
    /// All members together cost something else than what is to be shared.
    #[error("all members of `{component}` together must cost what is to be shared: {shared}")]
    GrandCoalitionDiffers {
        /// Where.
        component: ComponentId,
        /// What is to be shared.
        shared: Money,
    },
    /// Too many members for the rule.
    #[error("`{component}` has {members} members; this rule is solved for up to {limit} here")]
    TooManyMembers {
        /// Where.
        component: ComponentId,
        /// How many.
        members: usize,
        /// The limit.
        limit: usize,
    },
    /// The game has no solution under this rule.
    #[error("`{component}` has no solution by this rule: {why}")]
    NoSolution {
        /// Where.
        component: ComponentId,
        /// Why.
        why: Unsolvable,
    },
    /// The recorded computation does not fit the model: other members, another digest, or a sum that is not exact.
    #[error("the computation does not fit the model")]
    ComputationMismatch,
}

/// Why a game has no solution under a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unsolvable {
    /// No member has a remaining benefit, and not all of the cost is separable.
    NothingToShareBy,
    /// Each going alone would cost less than all together.
    AloneIsCheaper,
    /// What members add to the savings of the others is above zero for some and below for others.
    GainsOfBothSigns,
    /// The least that members can claim is more than the most they can hope for (the game is not quasi-balanced).
    NotQuasiBalanced,
    /// What is to be shared is more than all claims together.
    ClaimsTooSmall,
    /// A set of members would save less than nothing against going alone, or its cost is zero, and the rule divides by it.
    NotPositive,
    /// The costs are so nearly alike that no solution could be proven.
    TooNearlyAlike,
    /// The figures are too large for the solver.
    TooLarge,
}

impl std::fmt::Display for Unsolvable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NothingToShareBy => "no member has a remaining benefit, and not all of the cost is separable",
            Self::AloneIsCheaper => "each going alone would cost less than all together",
            Self::GainsOfBothSigns => "what members add to the savings of the others is above zero for some and below for others",
            Self::NotQuasiBalanced => "the least that members can claim is more than the most they can hope for",
            Self::ClaimsTooSmall => "what is to be shared is more than all claims together",
            Self::NotPositive => "a set of members saves or costs nothing, and the rule divides by that",
            Self::TooNearlyAlike => "the costs are so nearly alike that no solution could be proven",
            Self::TooLarge => "the figures are too large",
        })
    }
}
