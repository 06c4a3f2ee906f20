//! What makes a model one that can be computed. Everything here is exact and cheap, so that `decide` can check a recorded result against it.

use std::collections::{BTreeMap, BTreeSet};

use coopgame::game::exact::Rational;
use proto::allocation::{CoalitionCosts, Component, Driver, Grant, GrantAmount, Model, Part, Refusal, Rule};
use proto::id::{ComponentId, DriverId, GovernmentId};
use proto::money::{Currency, Money};
use proto::words::Names;
use rust_decimal::Decimal;

use crate::coalitions::Table;

/// Amounts reach this many smallest units never: so sums and games stay within the arithmetic.
const TOO_LARGE: i128 = 1_000_000_000_000_000_000;

/// A component whose shares can be computed.
pub(crate) struct Ready<'a> {
    /// Which.
    pub(crate) id: &'a ComponentId,
    /// Its members in the order of names: every list below stands in this order.
    pub(crate) members: Vec<&'a GovernmentId>,
    /// External money, in smallest units.
    pub(crate) granted: i128,
    /// What is left to share.
    pub(crate) shared: i128,
    /// What the shares follow from.
    pub(crate) basis: Basis,
}

/// What shares follow from, in smallest units where it is money.
pub(crate) enum Basis {
    /// Parts of the whole, which add up to one.
    Parts(Vec<Rational>),
    /// Amounts that add up already.
    Fixed(Vec<i128>),
    /// What each would cost alone, and all the others without it.
    Separable { alone: Vec<i128>, without: Vec<i128> },
    /// Costs by coalition.
    Shapley(Vec<i128>),
    /// Costs by coalition.
    Nucleolus(Vec<i128>),
}

/// The components of a model, ready to be computed.
pub(crate) fn ready(model: &Model) -> Result<Vec<Ready<'_>>, Refusal> {
    if model.components.is_empty() {
        return Err(Refusal::NoComponents);
    }
    for (id, driver) in &model.drivers {
        named(&driver.names, || format!("drivers.{id}.names"))?;
    }
    model.components.iter().map(|(id, component)| Check { id, component, model }.ready()).collect()
}

fn named(names: &Names, field: impl Fn() -> String) -> Result<(), Refusal> {
    let blank = names.en.trim().is_empty() && names.ko.trim().is_empty();
    if blank { Err(Refusal::Empty { field: field() }) } else { Ok(()) }
}

/// A component under check.
struct Check<'a> {
    id: &'a ComponentId,
    component: &'a Component,
    model: &'a Model,
}

impl<'a> Check<'a> {
    fn ready(&self) -> Result<Ready<'a>, Refusal> {
        named(&self.component.names, || format!("components.{}.names", self.id))?;
        let members = self.members()?;
        let cost = self.amount(&self.component.cost)?;
        let granted = self.granted(cost)?;
        if granted > cost {
            return Err(Refusal::GrantsExceedCost { component: self.id.clone() });
        }
        let shared = cost - granted;
        let basis = self.basis(&members, shared)?;
        Ok(Ready { id: self.id, members, granted, shared, basis })
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

    fn bad(&self) -> Refusal {
        Refusal::BadCost { component: self.id.clone() }
    }

    fn amount(&self, money: &Money) -> Result<i128, Refusal> {
        let currency: Currency = self.model.currency;
        if money.currency != currency {
            return Err(Refusal::OtherCurrency { component: self.id.clone(), currency });
        }
        money.units().filter(|units| (0..TOO_LARGE).contains(units)).ok_or_else(|| self.bad())
    }

    fn money(&self, units: i128) -> Result<Money, Refusal> {
        Money::of_units(units, self.model.currency).ok_or_else(|| self.bad())
    }

    fn granted(&self, cost: i128) -> Result<i128, Refusal> {
        self.component.grants.iter().try_fold(0, |sum, grant| Ok(sum + self.grant(grant, cost)?))
    }

    fn grant(&self, grant: &Grant, cost: i128) -> Result<i128, Refusal> {
        match &grant.amount {
            GrantAmount::Fixed(money) => self.amount(money),
            GrantAmount::Rate { percent, cap } => {
                if !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(percent) {
                    return Err(self.bad());
                }
                let part = rational(*percent) * whole(cost) / whole(100);
                let amount = i128::try_from(part.floor().to_integer()).map_err(|_| self.bad())?;
                cap.as_ref().map_or(Ok(amount), |cap| Ok(amount.min(self.amount(cap)?)))
            }
        }
    }

    fn basis(&self, members: &[&GovernmentId], shared: i128) -> Result<Basis, Refusal> {
        Ok(match &self.component.rule {
            Rule::Equal => Basis::Parts(equally(members)),
            Rule::Driver(driver) => Basis::Parts(self.driven(members, driver)?),
            Rule::Mix(parts) => Basis::Parts(self.mixed(members, parts)?),
            Rule::Fixed(amounts) => Basis::Fixed(self.fixed(members, amounts, shared)?),
            Rule::Scrb { costs } => {
                let (alone, without) = self.table(members, shared, costs)?.separable(shared)?;
                Basis::Separable { alone, without }
            }
            Rule::Shapley { costs } => Basis::Shapley(self.table(members, shared, costs)?.whole(shared)?),
            Rule::Nucleolus { costs } => Basis::Nucleolus(self.table(members, shared, costs)?.whole(shared)?),
        })
    }

    fn table<'m>(&self, members: &'m [&'m GovernmentId], shared: i128, costs: &'m CoalitionCosts) -> Result<Table<'m>, Refusal> {
        let costs = costs.iter().map(|(name, cost)| Ok((name.as_str(), self.amount(cost)?))).collect::<Result<_, Refusal>>()?;
        Table::new(self.id.clone(), members, costs, self.money(shared)?)
    }

    fn driven(&self, members: &[&GovernmentId], id: &DriverId) -> Result<Vec<Rational>, Refusal> {
        let unknown = || Refusal::UnknownDriver { component: self.id.clone(), driver: id.clone() };
        let driver: &Driver = self.model.drivers.get(id).ok_or_else(unknown)?;
        let figure = |member: &GovernmentId| driver.values.get(member).copied().filter(|value| *value >= Decimal::ZERO);
        let figures = members
            .iter()
            .map(|member| figure(member).map(rational).ok_or_else(|| Refusal::DriverGap { driver: id.clone(), member: (*member).clone() }))
            .collect::<Result<Vec<Rational>, Refusal>>()?;
        let total: Rational = figures.iter().sum();
        if total == whole(0) {
            return Err(Refusal::DriverZero { component: self.id.clone(), driver: id.clone() });
        }
        Ok(figures.into_iter().map(|figure| figure / &total).collect())
    }

    fn mixed(&self, members: &[&GovernmentId], parts: &[Part]) -> Result<Vec<Rational>, Refusal> {
        let percent: Rational = parts.iter().map(|part| rational(part.percent)).sum();
        if percent != whole(100) || parts.iter().any(|part| part.percent < Decimal::ZERO) {
            let sum = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.percent));
            let percent = sum.map_or_else(|| percent.to_string(), |sum| sum.normalize().to_string());
            return Err(Refusal::MixNotWhole { component: self.id.clone(), percent });
        }
        let mut mixed = vec![whole(0); members.len()];
        for part in parts {
            let shares = part.driver.as_ref().map_or_else(|| Ok(equally(members)), |driver| self.driven(members, driver))?;
            let weight = rational(part.percent) / whole(100);
            mixed.iter_mut().zip(shares).for_each(|(sum, share)| *sum += share * &weight);
        }
        Ok(mixed)
    }

    fn fixed(&self, members: &[&GovernmentId], amounts: &BTreeMap<GovernmentId, Money>, shared: i128) -> Result<Vec<i128>, Refusal> {
        let each = members.iter().map(|member| amounts.get(*member).map_or(Ok(0), |money| self.amount(money)));
        let each = each.collect::<Result<Vec<i128>, Refusal>>()?;
        let stranger = amounts.keys().any(|name| !members.contains(&name));
        if stranger || each.iter().sum::<i128>() != shared {
            return Err(Refusal::FixedMismatch { component: self.id.clone(), shared: self.money(shared)? });
        }
        Ok(each)
    }
}

fn equally(members: &[&GovernmentId]) -> Vec<Rational> {
    members.iter().map(|_| Rational::new(1.into(), members.len().into())).collect()
}

/// A decimal as an exact fraction.
fn rational(number: Decimal) -> Rational {
    Rational::new(number.mantissa().into(), 10_i128.pow(number.scale()).into())
}

/// A whole number as a fraction.
pub(crate) fn whole(number: i128) -> Rational {
    Rational::from_integer(number.into())
}
