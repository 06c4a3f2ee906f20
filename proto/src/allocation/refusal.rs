//! Why the laboratory refuses.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Figure;
use crate::digest::Digest;
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
    /// Nothing of this name is being computed.
    #[error("nothing named `{run}` is being computed")]
    NoSuchWork {
        /// Which.
        run: RunId,
    },
    /// There is no such run, or it is not on the table yet.
    #[error("there is no run with the result {of} here")]
    UnknownRun {
        /// Digest of its result.
        of: Digest,
    },
    /// More is being computed for this party than may wait.
    #[error("{limit} runs and studies are being computed already")]
    TooMuchAsked {
        /// How many may wait.
        limit: usize,
    },
    /// So many members are looked at by nobody.
    #[error("sets of at least 1 and at most {most} members can be looked at")]
    MembersOutOfRange {
        /// The most.
        most: u8,
    },
    /// What takes longer than a command may is tabled only when its author has computed it.
    #[error("this takes longer to compute than a command may: compute it in private first")]
    ComputeFirst,
    /// A tabled run shows another position of a party than the one on record.
    #[error("the model says what `{by}` thinks of a figure otherwise than `{by}` did")]
    PositionNotTaken {
        /// Who.
        by: GovernmentId,
    },
    /// No run on the table has this figure.
    #[error("no run on the table has this figure, or the own figure is below zero")]
    FigureNotTabled,
    /// A table of costs is a document that is not at hand where this is computed.
    #[error("the costs of coalitions of `{component}` are in a document that is not at hand here")]
    TableElsewhere {
        /// Where.
        component: ComponentId,
    },
    /// The document is no table of costs.
    #[error("the document of `{component}` is no table of costs of coalitions in canonical JSON")]
    BadTable {
        /// Where.
        component: ComponentId,
    },
    /// The computation needs more memory than it may have, or broke.
    #[error("the computation broke off: it may use {memory_mib} MiB")]
    WorkBroke {
        /// How much it may have.
        memory_mib: u64,
    },
    /// The computation took longer than it may.
    #[error("the computation took longer than {minutes} minutes")]
    WorkTooLong {
        /// How long it may take.
        minutes: u64,
    },
    /// The result is longer than an entry.
    #[error("the result is too long to be recorded")]
    ResultTooLong,
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
    #[error("`{component}` has money at `{at}` that is not in {currency}")]
    OtherCurrency {
        /// Where.
        component: ComponentId,
        /// Which of its amounts: its place in the component, such as `costs.ansan+bucheon`.
        at: String,
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
    /// A cost, grant, cap, fixed amount or cost of a coalition is below zero, has a part below the smallest unit, or reaches 10^18 of them.
    #[error("the amount at `{at}` of `{component}` is below zero, too fine for its currency, or too large")]
    BadCost {
        /// Where.
        component: ComponentId,
        /// Which of its amounts: its place in the component, such as `costs.ansan+bucheon`.
        at: String,
    },
    /// The percentage of a grant is not from 0 to 100.
    #[error("the grant of {from} to `{component}` is not from 0 to 100 percent of the cost")]
    BadRate {
        /// Where.
        component: ComponentId,
        /// Who gives it.
        from: String,
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
    /// There is no such grant.
    #[error("`{component}` has no grant from `{from}`")]
    UnknownGrant {
        /// Where.
        component: ComponentId,
        /// From whom.
        from: String,
    },
    /// There is no such figure.
    #[error("the model has no such figure")]
    UnknownFigure {
        /// Which.
        figure: Figure,
    },
    /// Someone would join what it is a member of.
    #[error("`{who}` is a member of `{component}` already")]
    AlreadyAMember {
        /// Where.
        component: ComponentId,
        /// Who.
        who: GovernmentId,
    },
    /// Without its last member nobody would pay for a component.
    #[error("`{who}` is the last member of `{component}`: without it nobody pays")]
    LastMember {
        /// Where.
        component: ComponentId,
        /// Who.
        who: GovernmentId,
    },
    /// Someone is a member of no component.
    #[error("`{who}` is a member of no component")]
    MemberOfNone {
        /// Who.
        who: GovernmentId,
    },
    /// What comes with a newcomer does not fit the costs of coalitions: the component has them in another form or not at all, the newcomer does not
    /// join it, or they are about others.
    #[error("the costs that `{who}` brings to `{component}` are of another form than the component's, or about others")]
    UnfitCosts {
        /// Where.
        component: ComponentId,
        /// Who.
        who: GovernmentId,
    },
    /// An amount of a question is below zero, too fine, too large, or in another currency than the model.
    #[error("`{field}` must be an amount of {currency}, zero or more, not too fine and not too large")]
    BadAmount {
        /// Which.
        field: String,
        /// Of the model.
        currency: Currency,
    },
    /// A percentage of a question is not from 0 to 100.
    #[error("`{field}` is not from 0 to 100 percent")]
    BadPercentage {
        /// Which.
        field: String,
    },
    /// A period ends before it begins.
    #[error("the period ends before it begins")]
    BadPeriod {
        /// Its first day.
        since: Date,
        /// Its last day.
        on: Date,
    },
    /// The parts of a payment by year do not add up to 100 percent, or one is below zero.
    #[error("the parts by year must each be zero or more and add up to 100 percent; they add up to {percent}")]
    YearsNotWhole {
        /// Sum of the parts.
        percent: String,
    },
    /// Rule, members and limits are as agreed; what is actual is a cost, a grant or a figure.
    #[error("rule, members and limits are as agreed: only costs, grants and figures can turn out otherwise")]
    TermsStand,
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
