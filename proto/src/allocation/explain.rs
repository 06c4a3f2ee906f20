//! Why a number is what it is: from the cost to what each pays, in steps that can be followed by hand.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Rule;
use crate::id::{ComponentId, GovernmentId};
use crate::money::Currency;
use crate::words::Names;

/// The derivation of every number of a computation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Explanation {
    /// Component by component.
    pub components: BTreeMap<ComponentId, Derivation>,
    /// The currency of the totals.
    pub currency: Currency,
    /// How what each bears in all follows from the components.
    pub totals: BTreeMap<GovernmentId, Step>,
}

/// The derivation of what members pay for one component. All amounts are in whole units of its currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Derivation {
    /// Its currency.
    pub currency: Currency,
    /// The rule.
    pub rule: Rule,
    /// What is the same for all members, from the cost on.
    pub common: Vec<Step>,
    /// What follows for each member. The share is what the step `whole`, `rounded_down` or `rounded_up` gives; what comes after it is money on top,
    /// contributions in kind, years and another currency.
    pub members: BTreeMap<GovernmentId, Vec<Step>>,
}

/// One step of a derivation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "DerivationStep")]
pub struct Step {
    /// What is done, with what.
    pub what: Reason,
    /// What comes out of it. None: the step only says something of those before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gives: Option<Exact>,
    /// The same as a sentence, in the language that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// An exact number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Exact {
    /// As a decimal. Where a fraction stands beside it, it is cut two digits behind the smallest unit of money, and of other numbers six behind the
    /// point: for the eye.
    #[schemars(with = "String")]
    pub decimal: Decimal,
    /// In lowest terms, such as `-7/3`, where the decimal is not exact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fraction: Option<String>,
}

/// What a step does, and with what. `gives` is what the step gives; members are asked in the order of their names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "DerivationReason")]
pub enum Reason {
    /// The cost of the component, as the model has it.
    Cost,
    /// A grant of a stated amount.
    GrantFixed {
        /// Who gives it.
        from: String,
    },
    /// A grant of `cost · percent / 100`, rounded down to the smallest unit.
    GrantRate {
        /// Who gives it.
        from: String,
        /// Percent.
        #[schemars(with = "String")]
        percent: Decimal,
        /// Of this.
        cost: Exact,
    },
    /// As [`Reason::GrantRate`], where the cap is less: the cap.
    GrantCapped {
        /// Who gives it.
        from: String,
        /// Percent.
        #[schemars(with = "String")]
        percent: Decimal,
        /// Of this.
        cost: Exact,
        /// Not more than this.
        cap: Exact,
    },
    /// What is to be shared: `cost − granted`.
    Left {
        /// The cost.
        cost: Exact,
        /// All grants.
        granted: Exact,
    },
    /// `shared · percent / 100 / members`.
    Equally {
        /// What is to be shared.
        shared: Exact,
        /// The weight of this part of a mix; 100 where it is the whole rule.
        #[schemars(with = "String")]
        percent: Decimal,
        /// How many share it.
        members: u32,
    },
    /// `shared · percent / 100 · figure / sum`.
    Driven {
        /// What is to be shared.
        shared: Exact,
        /// The weight of this part of a mix; 100 where it is the whole rule.
        #[schemars(with = "String")]
        percent: Decimal,
        /// What the figures measure.
        driver: Names,
        /// The year they are of.
        year: i16,
        /// The member's figure.
        figure: Exact,
        /// The figures of all members together.
        sum: Exact,
    },
    /// An amount as agreed.
    Fixed,
    /// The sum of the parts before.
    Sum {
        /// The parts.
        parts: Vec<Exact>,
    },
    /// What a member adds to the cost of all others: `shared − others`.
    Separable {
        /// What all pay together.
        shared: Exact,
        /// What all others would pay without the member.
        others: Exact,
    },
    /// What no member causes alone: `shared − separable`.
    Joint {
        /// What all pay together.
        shared: Exact,
        /// The separable costs of all members together.
        separable: Exact,
    },
    /// What a member would still save against going alone: `alone − separable`.
    Benefit {
        /// What it would pay alone.
        alone: Exact,
        /// Its separable cost.
        separable: Exact,
    },
    /// As [`Reason::Benefit`], where that is below zero and counts as zero.
    NoBenefit {
        /// What it would pay alone.
        alone: Exact,
        /// Its separable cost.
        separable: Exact,
    },
    /// The remaining benefits of all members together.
    Benefits {
        /// The benefits.
        parts: Vec<Exact>,
    },
    /// A part of the joint cost: `joint · benefit / benefits`.
    OfJoint {
        /// The joint cost.
        joint: Exact,
        /// The member's benefit.
        benefit: Exact,
        /// All benefits.
        benefits: Exact,
    },
    /// How inclined a member is to disrupt: `others_lose / itself_loses`, if it left. At the Gately point all members are so alike.
    Disruption {
        /// What all others together would pay more without it.
        others_lose: Exact,
        /// What it would pay more alone.
        itself_loses: Exact,
    },
    /// The mean of what a member adds to the cost of those before it, over all orders in which members can join.
    Orders {
        /// Every order.
        orders: Vec<Order>,
    },
    /// The mean of what a member adds on average where so many have joined before it.
    Places {
        /// From nobody before it to all others.
        places: Vec<Place>,
    },
    /// Half of all claims, which are what each would pay alone. Up to here awards are equal, beyond losses.
    HalfOfClaims {
        /// The claims.
        claims: Vec<Exact>,
        /// What is to be shared.
        shared: Exact,
    },
    /// The level at which awards, none above half its claim, add up to what is shared.
    AwardLevel {
        /// Half of each claim.
        halves: Vec<Exact>,
        /// What is to be shared.
        shared: Exact,
    },
    /// The level at which losses, none above half its claim, add up to what claims are more than what is shared.
    LossLevel {
        /// Half of each claim.
        halves: Vec<Exact>,
        /// All claims less what is shared.
        lost: Exact,
    },
    /// Half of the claim or the level, whichever is less.
    Award {
        /// Half of the claim.
        half: Exact,
        /// The level of awards.
        level: Exact,
    },
    /// The claim less half of it or the level, whichever is less.
    Loss {
        /// The claim.
        claim: Exact,
        /// Half of the claim.
        half: Exact,
        /// The level of losses.
        level: Exact,
    },
    /// The most that a member can hope to save: `saved − without`.
    Hope {
        /// What all save together against going alone.
        saved: Exact,
        /// What all others save without it.
        without: Exact,
    },
    /// The least saving that a member can claim: what the set in which that is most would leave it, if all others in it got what they hope for:
    /// `saved − others`.
    Right {
        /// The set, names joined with `+`.
        coalition: String,
        /// What the set saves.
        saved: Exact,
        /// What the others in it hope for together.
        others: Exact,
    },
    /// How far all go from the least to the most: `(saved − least) / (most − least)`; zero where these are equal.
    Way {
        /// What all save together.
        saved: Exact,
        /// What all can claim together.
        least: Exact,
        /// What all hope for together.
        most: Exact,
    },
    /// `alone − least − way · (most − least)`.
    Between {
        /// What it would pay alone.
        alone: Exact,
        /// The least saving it can claim.
        least: Exact,
        /// The most it can hope for.
        most: Exact,
        /// The way between.
        way: Exact,
    },
    /// What the solver found. It is not computed by hand, but checked: see [`Reason::Level`].
    Found,
    /// The mean of what the member adds to the cost of those before it, over random orders: an estimate, which nobody computes by hand.
    Estimated {
        /// How many.
        orders: u32,
    },
    /// The sets of members that are equally well off, and worse than all sets not named yet: `(pays − cost) / by` is the same for each. The weights
    /// are above zero for the sets of this level and add up to one for every member, together with those of sets of levels before and of members who
    /// pay as much as alone. So no shares can make one of these sets better off and none worse (Kohlberg 1971). Sets whose payment follows from
    /// those named say nothing new and are left out.
    Level {
        /// The sets of this level.
        sets: Vec<Tight>,
        /// The sets of levels before, and members alone who pay as much as alone, that are needed for the weights to add up.
        with: Vec<Weight>,
    },
    /// The levels leave one way to share, and it is this one: proven in exact fractions.
    Proven {
        /// How many members' shares follow from the levels.
        members: u32,
    },
    /// The sets are too many to be looked at one by one.
    TooLarge {
        /// How many members there are.
        members: u32,
        /// Up to how many they are looked at.
        limit: u32,
    },
    /// No balance was found: these are not the shares that the rule looks for.
    Unproven,
    /// What limits add to what those pay by the rule who reach one, together; below zero: take from it. The others bear the opposite.
    Limited {
        /// Who reaches one.
        limited: Vec<GovernmentId>,
        /// Who takes it over.
        by: Vec<GovernmentId>,
    },
    /// A share is raised to the least that the member pays.
    AtLeast {
        /// What it was by the rule.
        before: Exact,
    },
    /// A share is lowered to the most that the member pays.
    AtMost {
        /// What it was by the rule.
        before: Exact,
    },
    /// `before · factor`: what others' limits leave or want is taken over in proportion to shares.
    TakesOver {
        /// What it was by the rule.
        before: Exact,
        /// One for all members without a reached limit.
        factor: Exact,
    },
    /// `before + each`: where all who pay by the rule have reached their limits, the others take the rest equally.
    TakesEqually {
        /// What it was by the rule.
        before: Exact,
        /// The same for all.
        each: Exact,
    },
    /// The share, which is in whole smallest units already.
    Whole,
    /// The share: `exact` rounded down to `down`, because the units left over went to larger remainders.
    RoundedDown(Rounding),
    /// The share: `exact` rounded down to `down`, and one of the units left over.
    RoundedUp(Rounding),
    /// A member's part of a payment on top, rounded by largest remainders: `amount · part`.
    Pays {
        /// What for.
        names: Names,
        /// To whom.
        to: GovernmentId,
        /// The payment.
        amount: Exact,
        /// The member's part: its share in the shares of all who pay.
        part: Exact,
    },
    /// A payment that the member gets, below zero.
    Gets {
        /// What for.
        names: Names,
    },
    /// What the member bears of the component: `share + on_top`.
    Borne {
        /// Its share.
        share: Exact,
        /// What it pays (above zero) or gets (below zero) on top.
        on_top: Exact,
    },
    /// What the member brings in other things than money.
    InKind {
        /// What it is.
        names: Names,
    },
    /// The member's own money: `borne − in_kind`.
    OwnMoney {
        /// What it bears.
        borne: Exact,
        /// What all it brings in kind counts for.
        in_kind: Exact,
    },
    /// What is due in a year, rounded by largest remainders: `own · percent / 100`.
    Instalment {
        /// The year.
        year: i16,
        /// The part due, in percent.
        #[schemars(with = "String")]
        percent: Decimal,
        /// The own money.
        own: Exact,
    },
    /// What the member bears, in the model's currency, rounded by largest remainders: `borne · rate`.
    Exchanged {
        /// What it bears in the component's currency.
        borne: Exact,
        /// Units of the model's currency for one of the component's.
        #[schemars(with = "String")]
        rate: Decimal,
        /// The day of the rate.
        on: Date,
        /// Who publishes it.
        source: String,
    },
    /// What the member bears in all, in the model's currency.
    Total {
        /// What it bears of each component.
        parts: BTreeMap<ComponentId, Exact>,
    },
}

/// An order in which members join.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "DerivationOrder")]
pub struct Order {
    /// Who joins one after the other.
    pub order: Vec<GovernmentId>,
    /// What the member adds to the cost of those before it.
    pub adds: Exact,
}

/// A place in the orders in which members join.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "DerivationPlace")]
pub struct Place {
    /// How many have joined before.
    pub before: u32,
    /// What the member adds to their cost, on average over all who that can be.
    pub adds: Exact,
}

/// A set of members of a level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "DerivationTight")]
pub struct Tight {
    /// Names joined with `+`.
    pub coalition: String,
    /// What its members pay together.
    pub pays: Exact,
    /// What it would pay on its own.
    pub cost: Exact,
    /// What its complaint is divided by: one, its number of members, or its cost.
    pub by: Exact,
    /// Its weight.
    pub weight: Exact,
}

/// A set of members with its weight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "DerivationWeight")]
pub struct Weight {
    /// Names joined with `+`.
    pub coalition: String,
    /// Its weight.
    pub weight: Exact,
}

/// How an exact share becomes money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "DerivationRounding")]
pub struct Rounding {
    /// The exact share.
    pub exact: Exact,
    /// Rounded down to the smallest unit.
    pub down: Exact,
    /// What that leaves: below one smallest unit.
    pub rest: Exact,
    /// Where that stands among all, the largest first; of equals the first by name.
    pub place: u32,
    /// How many smallest units are left over, one for each of the first places.
    pub left: u32,
}
