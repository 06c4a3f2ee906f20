//! What is said to and by the allocation laboratory: components, drivers, rules, shares.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::id::{ComponentId, DriverId, GovernmentId, RunId};
use crate::money::{Currency, Money};
use crate::words::Names;

/// All that shares are computed from. Equal models have equal canonical JSON, so their digest is the model's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// The one currency of the model.
    pub currency: Currency,
    /// The components; a total is the sum of its components.
    pub components: BTreeMap<ComponentId, Component>,
    /// Figures that rules share by.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub drivers: BTreeMap<DriverId, Driver>,
}

/// A part of the project with its own cost, members and rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// What it is.
    pub names: Names,
    /// Its cost before grants, in the model's currency.
    pub cost: Money,
    /// Who pays for it. Order does not matter; ties in rounding go by the order of names.
    pub members: Vec<GovernmentId>,
    /// External money taken off the cost before it is shared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<Grant>,
    /// How what is left is shared.
    pub rule: Rule,
}

/// External money for a component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// Who gives it.
    pub from: String,
    /// How much.
    pub amount: GrantAmount,
}

/// How a grant is measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum GrantAmount {
    /// An amount.
    Fixed(Money),
    /// A part of the component's cost, in percent from 0 to 100, rounded down to the smallest unit, up to a cap.
    Rate {
        /// Percent.
        #[schemars(with = "String")]
        percent: Decimal,
        /// Not more than this.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cap: Option<Money>,
    },
}

/// A figure per government, with its unit, year and author.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Driver {
    /// What it measures.
    pub names: Names,
    /// Its unit.
    pub unit: String,
    /// The year it is of.
    pub year: i16,
    /// Who says so.
    pub source: String,
    /// The figures.
    #[schemars(with = "BTreeMap<GovernmentId, String>")]
    pub values: BTreeMap<GovernmentId, Decimal>,
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

/// Costs of coalitions: each set of members, names joined with `+` in the order of names, to what the same service would cost them without the
/// others, after the grants they would then get. The cost of all members together is what the component leaves to share.
///
/// The Shapley value and the nucleolus need every non-empty set; separable costs need each member alone, all but each member, and all.
pub type CoalitionCosts = BTreeMap<String, Money>;

/// How the cost of a component is shared.
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
    Fixed(BTreeMap<GovernmentId, Money>),
    /// Separable costs – remaining benefits (Federal Inter-Agency River Basin Committee 1950, "Green Book"): each pays what it adds to the cost of
    /// the others, and the rest goes by what each would still save against going alone, never counted below zero.
    Scrb {
        /// Costs of coalitions.
        costs: CoalitionCosts,
    },
    /// The Shapley value (Shapley 1953) of the cost game.
    Shapley {
        /// Costs of coalitions.
        costs: CoalitionCosts,
    },
    /// The nucleolus (Schmeidler 1969) of the cost game: among shares by which nobody pays more than alone, those that leave the worst-off
    /// coalition as well off as possible, then the next, and so on.
    Nucleolus {
        /// Costs of coalitions.
        costs: CoalitionCosts,
    },
}

/// What a computation gave. Recorded with the model's digest and the solver, so that anyone can compute it again. Shares are computed exactly and
/// rounded once, by [`crate::money::round`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Computation {
    /// Digest of the model's canonical JSON.
    pub model: Digest,
    /// Name and version of what solved it.
    pub solver: String,
    /// Share of each member in each component, after grants.
    pub components: BTreeMap<ComponentId, Shares>,
    /// Sum over the components.
    pub total: BTreeMap<GovernmentId, Money>,
}

/// The shares of one component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shares {
    /// External money.
    pub granted: Money,
    /// What is left to share.
    pub shared: Money,
    /// Who pays what of it; adds up to `shared` exactly. By a rule for coalitions a share can be below zero: who adds savings to all others is paid.
    pub shares: BTreeMap<GovernmentId, Money>,
}

/// Commands of the laboratory. All go to one case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "AllocationCommand")]
pub enum Command {
    /// Computes a model in private. (Own sealed stream.)
    Compute {
        /// A name for the run.
        run: RunId,
        /// The model.
        model: Model,
    },
    /// Puts a model and its shares on the table.
    TableRun {
        /// A name for the run, unique in the case.
        run: RunId,
        /// The model.
        model: Model,
    },
}

/// Events of the laboratory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "AllocationEvent")]
pub enum Event {
    /// A private run is kept. (Sealed stream.)
    Computed {
        /// Its name.
        run: RunId,
        /// Digest of the result's canonical JSON.
        digest: Digest,
        /// The model, as asked.
        model: Model,
        /// What came out.
        result: Computation,
    },
    /// A run is on the table.
    RunTabled {
        /// Its name.
        run: RunId,
        /// By whom.
        by: GovernmentId,
        /// Digest of the result's canonical JSON: what an offer and the agreement refer to.
        digest: Digest,
        /// The model, as asked.
        model: Model,
        /// What came out.
        result: Computation,
    },
}

/// Refusals of the laboratory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(rename_all = "snake_case")]
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
    /// Another currency than the model's.
    #[error("`{component}` has money that is not in {currency}")]
    OtherCurrency {
        /// Where.
        component: ComponentId,
        /// The model's.
        currency: Currency,
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
    /// Too many members for an exact solution.
    #[error("`{component}` has {members} members; an exact solution goes up to {limit}")]
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
        /// The solver's word.
        why: String,
    },
    /// The recorded computation does not fit the model: other members, another digest, or a sum that is not exact.
    #[error("the computation does not fit the model")]
    ComputationMismatch,
}
