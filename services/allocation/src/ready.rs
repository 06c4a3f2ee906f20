//! What makes a model one that can be computed. Everything here is exact and cheap, so that `decide` can check a recorded result against it.

use std::collections::{BTreeMap, BTreeSet};

use coopgame::game::exact::Rational;
use proto::allocation::{Component, Costs, Figure, Grant, GrantAmount, Model, Position, Refusal, Rule};
use proto::id::{ComponentId, GovernmentId};
use proto::money::{Currency, Money};
use proto::words::{Names, is_blank};
use rust_decimal::Decimal;

use crate::costs::{Table, WIDEST};
use crate::drivers::{Drivers, hundred};
use crate::game::{self, Solved};
use crate::limits::Limit;
use crate::nucleolus;
use crate::number::{rational, whole};
use crate::sampled;

/// Amounts reach this many smallest units never: so sums and games stay within the arithmetic.
pub(crate) const TOO_LARGE: i128 = 1_000_000_000_000_000_000;

/// A component whose shares can be computed. All money is in smallest units of its currency, all lists are in the order of `members`.
pub(crate) struct Ready<'a> {
    /// Which.
    pub(crate) id: &'a ComponentId,
    /// As the model has it.
    pub(crate) component: &'a Component,
    /// Its members in the order of names.
    pub(crate) members: Vec<&'a GovernmentId>,
    /// What each grant gives.
    pub(crate) grants: Vec<i128>,
    /// External money: all grants together.
    pub(crate) granted: i128,
    /// What is left to share.
    pub(crate) shared: i128,
    /// The least and the most that each pays.
    pub(crate) limits: Vec<Limit>,
    /// What a unit of it is worth in units of the model's currency.
    pub(crate) rate: Rational,
    check: Check<'a>,
}

impl<'a> Ready<'a> {
    /// What the shares follow from.
    pub(crate) fn basis(&self) -> Result<Basis<'a>, Refusal> {
        self.check.basis(&self.members, self.shared)
    }

    /// Whether its shares are an estimate: there are more sets of its members than anyone looks at.
    pub(crate) fn is_sampled(&self) -> bool {
        self.component.rule == Rule::Shapley && self.members.len() > sampled::EXACT_AT_MOST
    }
}

/// What shares follow from.
pub(crate) enum Basis<'a> {
    /// Parts of the whole, which add up to one.
    Parts(Vec<Rational>),
    /// Amounts that add up already.
    Fixed(Vec<i128>),
    /// What each would cost alone, as claims to what is shared.
    Claims(Vec<i128>),
    /// What each would cost alone, all the others without it, and the rule that follows from both and the sum.
    Separable(Vec<i128>, Vec<i128>, fn(&[i128], &[i128], i128) -> Solved),
    /// Costs by coalition, of which bit i of a place stands for member i, and the rule that follows from them.
    Game(Vec<i64>, fn(&[i64]) -> Solved),
    /// Costs of more coalitions than can be listed: the Shapley value is estimated.
    Sampled(Table<'a>),
}

/// The components of a model, ready to be computed but for what the rule goes by. Of more members than the limit no sets are looked at.
pub(crate) fn ready(model: &Model, limit: usize) -> Result<Vec<Ready<'_>>, Refusal> {
    if model.components.is_empty() {
        return Err(Refusal::NoComponents);
    }
    for (id, driver) in &model.drivers {
        named(&driver.names, || format!("drivers.{id}.names"))?;
        if let Some((member, _)) = driver.values.iter().find(|(_, value)| **value < Decimal::ZERO) {
            return Err(Refusal::DriverGap { driver: id.clone(), member: member.clone() });
        }
    }
    stands(model)?;
    model.components.iter().map(|(id, component)| Check { id, component, model, limit }.ready()).collect()
}

fn named(names: &Names, field: impl Fn() -> String) -> Result<(), Refusal> {
    if names.is_blank() { Err(Refusal::Empty { field: field() }) } else { Ok(()) }
}

/// Each party says one thing of a figure, of figures that there are, and nothing below zero.
fn stands(model: &Model) -> Result<(), Refusal> {
    let mut said = BTreeSet::new();
    for stand in &model.stands {
        let below = matches!(stand.position, Position::Disputes { own } if own < Decimal::ZERO);
        if below || !has(model, &stand.figure) || !said.insert((&stand.by, &stand.figure)) {
            return Err(Refusal::BadStand { by: stand.by.clone() });
        }
    }
    Ok(())
}

/// Whether a model has a figure. That of a table kept as a document counts as there: it is looked for when it is computed.
pub(crate) fn has(model: &Model, figure: &Figure) -> bool {
    match figure {
        Figure::Driver { driver, of } => model.drivers.get(driver).is_some_and(|driver| driver.values.contains_key(of)),
        Figure::Cost { component } => model.components.contains_key(component),
        Figure::Coalition { component, coalition } => {
            let costs = model.components.get(component).and_then(|component| component.costs.as_ref());
            costs.is_some_and(|costs| match costs {
                Costs::Listed(list) => list.contains_key(coalition),
                Costs::Alone(alone) => alone.keys().any(|who| who.as_str() == coalition),
                Costs::Document(_) => true,
                Costs::Network { .. } | Costs::Capacity { .. } => false,
            })
        }
    }
}

/// A component under check.
#[derive(Clone, Copy)]
pub(crate) struct Check<'a> {
    pub(crate) id: &'a ComponentId,
    pub(crate) component: &'a Component,
    pub(crate) model: &'a Model,
    pub(crate) limit: usize,
}

impl<'a> Check<'a> {
    fn ready(&self) -> Result<Ready<'a>, Refusal> {
        named(&self.component.names, || format!("components.{}.names", self.id))?;
        let members = self.members()?;
        let rate = self.rate()?;
        let cost = self.amount(&self.component.cost, || "cost".into())?;
        let grants = self.grants(cost)?;
        let granted = grants.iter().sum();
        if granted > cost {
            return Err(Refusal::GrantsExceedCost { component: self.id.clone() });
        }
        let shared = cost - granted;
        self.transfers(&members)?;
        self.instalments()?;
        self.in_kind(&members, shared)?;
        self.unread(&members, shared)?;
        let limits = self.limits(&members)?;
        Ok(Ready { id: self.id, component: self.component, members, grants, granted, shared, limits, rate, check: *self })
    }

    /// The component's members, what they share, and what every set of them would pay on its own, whatever rule they share by.
    pub(crate) fn game(&self) -> Result<(Vec<&'a GovernmentId>, Vec<i64>), Refusal> {
        let members = self.members()?;
        let costs = Table::new(self, &members, self.shared()?)?.whole()?;
        Ok((members, costs))
    }

    /// What each member would pay alone, whatever rule they share by.
    pub(crate) fn alone(&self) -> Result<Vec<i128>, Refusal> {
        Table::new(self, &self.members()?, self.shared()?)?.alone()
    }

    /// What is left to share.
    pub(crate) fn shared(&self) -> Result<i128, Refusal> {
        let cost = self.amount(&self.component.cost, || "cost".into())?;
        Ok(cost - self.grants(cost)?.iter().sum::<i128>())
    }

    fn members(&self) -> Result<Vec<&'a GovernmentId>, Refusal> {
        let component = || self.id.clone();
        let mut members = BTreeSet::new();
        for member in &self.component.members {
            if !members.insert(member) {
                return Err(Refusal::MemberTwice { component: component(), member: member.clone() });
            }
        }
        if members.is_empty() { Err(Refusal::NoMembers { component: component() }) } else { Ok(members.into_iter().collect()) }
    }

    pub(crate) fn bad(&self, at: String) -> Refusal {
        Refusal::BadCost { component: self.id.clone(), at }
    }

    /// The component's own currency.
    pub(crate) fn currency(&self) -> Currency {
        self.component.cost.currency
    }

    fn rate(&self) -> Result<Rational, Refusal> {
        let (own, of_model) = (self.currency(), self.model.currency);
        if own == of_model {
            return Ok(whole(1));
        }
        let known = self.model.exchange.get(&own).filter(|exchange| exchange.rate > Decimal::ZERO);
        let exchange = known.ok_or_else(|| Refusal::NoExchangeRate { component: self.id.clone(), currency: own })?;
        let power = |currency: Currency| whole(10_i128.pow(currency.minor_digits()));
        Ok(rational(exchange.rate) * power(of_model) / power(own))
    }

    /// An amount in smallest units. `at`: its place in the component.
    pub(crate) fn amount(&self, money: &Money, at: impl FnOnce() -> String) -> Result<i128, Refusal> {
        let currency = self.currency();
        if money.currency != currency {
            return Err(Refusal::OtherCurrency { component: self.id.clone(), at: at(), currency });
        }
        money.units().filter(|units| (0..TOO_LARGE).contains(units)).ok_or_else(|| self.bad(at()))
    }

    pub(crate) fn money(&self, units: i128) -> Result<Money, Refusal> {
        Money::of_units(units, self.currency()).ok_or_else(|| self.bad("cost".into()))
    }

    /// The place of a member.
    pub(crate) fn place(&self, members: &[&GovernmentId], who: &GovernmentId) -> Result<usize, Refusal> {
        let unknown = |_| Refusal::NotAMember { component: self.id.clone(), who: who.clone() };
        members.binary_search(&who).map_err(unknown)
    }

    /// What each grant comes to.
    pub(crate) fn grants(&self, cost: i128) -> Result<Vec<i128>, Refusal> {
        self.component.grants.iter().enumerate().map(|(number, grant)| self.grant(grant, cost, || format!("grants.{number}"))).collect()
    }

    fn grant(&self, grant: &Grant, cost: i128, at: impl Fn() -> String) -> Result<i128, Refusal> {
        if is_blank(&grant.from) {
            return Err(Refusal::Empty { field: format!("components.{}.{}.from", self.id, at()) });
        }
        match &grant.amount {
            GrantAmount::Fixed(money) => self.amount(money, at),
            GrantAmount::Rate { percent, cap } => {
                if !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(percent) {
                    return Err(Refusal::BadRate { component: self.id.clone(), from: grant.from.clone() });
                }
                let part = rational(*percent) * whole(cost) / whole(100);
                let amount = i128::try_from(part.floor().to_integer()).map_err(|_| self.bad(at()))?;
                cap.as_ref().map_or(Ok(amount), |cap| Ok(amount.min(self.amount(cap, at)?)))
            }
        }
    }

    fn limits(&self, members: &[&GovernmentId]) -> Result<Vec<Limit>, Refusal> {
        let mut limits = vec![(None, None); members.len()];
        for (who, limit) in &self.component.limits {
            let place = self.place(members, who)?;
            let amount = |money: &Option<Money>| money.as_ref().map(|money| self.amount(money, || format!("limits.{who}"))).transpose();
            if let Some(slot) = limits.get_mut(place) {
                *slot = (amount(&limit.at_least)?, amount(&limit.at_most)?);
            }
        }
        Ok(limits)
    }

    fn transfers(&self, members: &[&GovernmentId]) -> Result<(), Refusal> {
        for (number, transfer) in self.component.transfers.iter().enumerate() {
            named(&transfer.names, || format!("components.{}.transfers.{number}.names", self.id))?;
            self.amount(&transfer.amount, || format!("transfers.{number}"))?;
            self.place(members, &transfer.to)?;
            if let Some(from) = &transfer.from {
                self.place(members, from)?;
            }
            if transfer.from.as_ref() == Some(&transfer.to) || (transfer.from.is_none() && members.len() == 1) {
                return Err(Refusal::PaysItself { component: self.id.clone(), who: transfer.to.clone() });
            }
        }
        Ok(())
    }

    fn in_kind(&self, members: &[&GovernmentId], shared: i128) -> Result<(), Refusal> {
        let mut sum = 0;
        for (number, thing) in self.component.in_kind.iter().enumerate() {
            named(&thing.names, || format!("components.{}.in_kind.{number}.names", self.id))?;
            self.place(members, &thing.by)?;
            sum += self.amount(&thing.value, || format!("in_kind.{number}"))?;
        }
        if sum > shared {
            return Err(Refusal::InKindExceedsShared { component: self.id.clone(), shared: self.money(shared)? });
        }
        Ok(())
    }

    /// What a component says of the costs of sets must be right even where its rule does not go by them: others are held against it. A document is
    /// not looked into.
    fn unread(&self, members: &[&'a GovernmentId], shared: i128) -> Result<(), Refusal> {
        let by_costs = !matches!(self.component.rule, Rule::Equal | Rule::Driver(_) | Rule::Mix(_) | Rule::Fixed(_));
        let nothing = matches!(self.component.costs, None | Some(Costs::Document(_)));
        if by_costs || nothing || members.len() > WIDEST { Ok(()) } else { Table::new(self, members, shared).map(drop) }
    }

    fn instalments(&self) -> Result<(), Refusal> {
        let years = &self.component.instalments;
        if years.is_empty() {
            return Ok(());
        }
        hundred(years.values()).map_err(|percent| Refusal::InstalmentsNotWhole { component: self.id.clone(), percent })
    }

    fn basis(&self, members: &[&'a GovernmentId], shared: i128) -> Result<Basis<'a>, Refusal> {
        let drivers = Drivers { model: self.model, component: self.id, members };
        let table = || Table::new(self, members, shared);
        let separable = |rule| table()?.separable().map(|(alone, without)| Basis::Separable(alone, without, rule));
        let coalitions = |rule| table()?.whole().map(|costs| Basis::Game(costs, rule));
        Ok(match &self.component.rule {
            Rule::Equal => Basis::Parts(drivers.equally()),
            Rule::Driver(driver) => Basis::Parts(drivers.driven(driver)?),
            Rule::Mix(parts) => Basis::Parts(drivers.mixed(parts)?),
            Rule::Fixed(amounts) => Basis::Fixed(self.fixed(members, amounts, shared)?),
            Rule::Scrb => separable(game::scrb)?,
            Rule::AlternateCostAvoided => separable(game::alternate_cost_avoided)?,
            Rule::Gately => separable(game::gately)?,
            Rule::Talmud => Basis::Claims(table()?.alone()?),
            Rule::Shapley if members.len() > sampled::EXACT_AT_MOST => Basis::Sampled(table()?.sampled()?),
            Rule::Shapley => coalitions(|costs| Ok(game::shapley(costs)))?,
            Rule::Nucleolus => coalitions(nucleolus::plain)?,
            Rule::PerCapitaNucleolus => coalitions(nucleolus::per_capita)?,
            Rule::ProportionalNucleolus => coalitions(nucleolus::proportional)?,
            Rule::Tau => coalitions(game::tau)?,
        })
    }

    fn fixed(&self, members: &[&GovernmentId], amounts: &BTreeMap<GovernmentId, Money>, shared: i128) -> Result<Vec<i128>, Refusal> {
        for who in amounts.keys() {
            self.place(members, who)?;
        }
        let amount =
            |member: &GovernmentId| amounts.get(member).map_or(Ok(0), |money| self.amount(money, || format!("rule.fixed.{member}")));
        let each = members.iter().map(|member| amount(member)).collect::<Result<Vec<i128>, Refusal>>()?;
        if each.iter().sum::<i128>() != shared {
            return Err(Refusal::FixedMismatch { component: self.id.clone(), shared: self.money(shared)? });
        }
        Ok(each)
    }
}
