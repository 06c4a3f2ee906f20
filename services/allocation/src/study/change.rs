//! Changes of a model.

use coopgame::game::exact::Rational;
use proto::allocation::{Change, Component, Costs, Figure, Grant, GrantAmount, Model, Refusal};
use proto::id::{ComponentId, GovernmentId};
use proto::money::Money;
use rust_decimal::Decimal;

use crate::number::{half_up, rational, whole};
use crate::ready::Check;

use super::members::{join, leave};

/// The model with changes, one after the other. Positions on figures that are gone go too. What all members of a component pay together follows from its
/// cost, so where cost, grants or members change, the listed cost of all of them is left out.
pub(crate) fn changed(model: &Model, changes: &[Change]) -> Result<Model, Refusal> {
    let mut model = model.clone();
    changes.iter().try_for_each(|change| apply(&mut model, change))?;
    let mut stands = std::mem::take(&mut model.stands);
    stands.retain(|stand| figure(&mut model, &stand.figure).is_some());
    model.stands = stands;
    Ok(model)
}

/// The model with what came otherwise than agreed.
pub(crate) fn actual(model: &Model, changes: &[Change]) -> Result<Model, Refusal> {
    let fact = |change: &Change| match change {
        Change::Cost { .. } | Change::Overrun { .. } | Change::Grant { .. } | Change::Figure { .. } => true,
        Change::Leaves(_) | Change::Joins(_) | Change::Rule { .. } | Change::Limits { .. } => false,
    };
    if changes.iter().all(fact) { changed(model, changes) } else { Err(Refusal::TermsStand) }
}

fn apply(model: &mut Model, change: &Change) -> Result<(), Refusal> {
    match change {
        Change::Cost { component, cost } => costs(component_of(model, component)?, component, *cost)?,
        Change::Overrun { component, percent } => {
            let cost = raised(model, component, *percent)?;
            costs(component_of(model, component)?, component, cost)?;
        }
        Change::Grant { component, from, amount } => grant(component_of(model, component)?, component, from, amount.as_ref())?,
        Change::Leaves(leaving) => leave(model, leaving)?,
        Change::Joins(joining) => join(model, joining)?,
        Change::Figure { figure: which, value } => {
            *figure(model, which).ok_or_else(|| Refusal::UnknownFigure { figure: which.clone() })? = *value;
            if let Figure::Cost { component } = which {
                without_all(component_of(model, component)?);
            }
        }
        Change::Rule { component, rule } => component_of(model, component)?.rule = rule.clone(),
        Change::Limits { component, who, limits } => {
            let all = &mut component_of(model, component)?.limits;
            all.remove(who);
            if limits.at_least.is_some() || limits.at_most.is_some() {
                all.insert(who.clone(), limits.clone());
            }
        }
    }
    Ok(())
}

pub(super) fn component_of<'m>(model: &'m mut Model, id: &ComponentId) -> Result<&'m mut Component, Refusal> {
    model.components.get_mut(id).ok_or_else(|| Refusal::UnknownComponent { component: id.clone() })
}

fn costs(component: &mut Component, id: &ComponentId, cost: Money) -> Result<(), Refusal> {
    let currency = component.cost.currency;
    if cost.currency != currency {
        return Err(Refusal::OtherCurrency { component: id.clone(), at: "cost".into(), currency });
    }
    component.cost = cost;
    without_all(component);
    Ok(())
}

/// A component's cost, raised by a percentage.
fn raised(model: &Model, id: &ComponentId, percent: Decimal) -> Result<Money, Refusal> {
    let (id, component) = model.components.get_key_value(id).ok_or_else(|| Refusal::UnknownComponent { component: id.clone() })?;
    let check = Check { id, component, model, limit: 0 };
    let raised: Rational = whole(check.amount(&component.cost, || "cost".into())?) * (whole(100) + rational(percent)) / whole(100);
    check.money(half_up(&raised).ok_or_else(|| check.bad("cost".into()))?)
}

fn grant(component: &mut Component, id: &ComponentId, from: &str, amount: Option<&GrantAmount>) -> Result<(), Refusal> {
    let place = component.grants.iter().position(|grant| grant.from == from);
    let place = place.ok_or_else(|| Refusal::UnknownGrant { component: id.clone(), from: from.to_owned() })?;
    component.grants.retain(|grant| grant.from != from);
    component.grants.splice(place..place, amount.map(|amount| Grant { from: from.to_owned(), amount: amount.clone() }));
    without_all(component);
    Ok(())
}

/// Where a figure stands in a model.
pub(crate) fn figure<'m>(model: &'m mut Model, figure: &Figure) -> Option<&'m mut Decimal> {
    match figure {
        Figure::Driver { driver, of } => model.drivers.get_mut(driver)?.values.get_mut(of),
        Figure::Cost { component } => Some(&mut model.components.get_mut(component)?.cost.amount),
        Figure::Coalition { component, coalition } => match model.components.get_mut(component)?.costs.as_mut()? {
            Costs::Listed(list) => list.get_mut(coalition).map(|money| &mut money.amount),
            Costs::Alone(alone) => alone.iter_mut().find(|(who, _)| who.as_str() == coalition).map(|(_, money)| &mut money.amount),
            Costs::Document(_) | Costs::Network { .. } | Costs::Capacity { .. } => None,
        },
    }
}

/// Takes what all members together pay off the listed costs: it follows from the component's cost.
pub(crate) fn without_all(component: &mut Component) {
    let all = all_of(component);
    if let Some(Costs::Listed(list)) = &mut component.costs {
        list.remove(&all);
    }
}

/// The name of the set of all members.
pub(super) fn all_of(component: &Component) -> String {
    let mut members: Vec<&str> = component.members.iter().map(GovernmentId::as_str).collect();
    members.sort_unstable();
    members.join("+")
}
