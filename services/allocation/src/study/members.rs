//! Who joins a model, and who leaves it.

use proto::allocation::{Component, Costs, Figure, Joining, Leaving, Model, Refusal, Rule};
use proto::id::{ComponentId, GovernmentId};
use proto::money::Money;

use crate::ready::Check;

use super::change::{all_of, component_of, without_all};

/// Makes a government a member. Where costs of coalitions are listed, those who were all before become a set like others, at the cost they share now.
pub(super) fn join(model: &mut Model, joining: &Joining) -> Result<(), Refusal> {
    let Joining { who, components, figures, costs } = joining;
    if components.is_empty() {
        return Err(Refusal::Empty { field: "components".to_owned() });
    }
    if let Some(component) = costs.keys().find(|id| !components.contains(id)) {
        return Err(Refusal::UnfitCosts { component: component.clone(), who: who.clone() });
    }
    for id in components {
        let before = shared(model, id)?;
        let component = component_of(model, id)?;
        if component.members.contains(who) {
            return Err(Refusal::AlreadyAMember { component: id.clone(), who: who.clone() });
        }
        let all = all_of(component);
        if let Some(Costs::Listed(list)) = &mut component.costs {
            list.insert(all, before);
        }
        if costs.get(id).is_some_and(|own| !add(&mut component.costs, own, who)) {
            return Err(Refusal::UnfitCosts { component: id.clone(), who: who.clone() });
        }
        component.members.push(who.clone());
    }
    for (driver, value) in figures {
        let unknown = || Refusal::UnknownFigure { figure: Figure::Driver { driver: driver.clone(), of: who.clone() } };
        model.drivers.get_mut(driver).ok_or_else(unknown)?.values.insert(who.clone(), *value);
    }
    Ok(())
}

/// What a component's members share now.
fn shared(model: &Model, id: &ComponentId) -> Result<Money, Refusal> {
    let (id, component) = model.components.get_key_value(id).ok_or_else(|| Refusal::UnknownComponent { component: id.clone() })?;
    let check = Check { id, component, model, limit: 0 };
    check.money(check.shared()?)
}

/// Adds what is about the newcomer to costs of the same form; false where it is of another, or about others.
fn add(costs: &mut Option<Costs>, own: &Costs, who: &GovernmentId) -> bool {
    match (costs, own) {
        (Some(Costs::Listed(list)), Costs::Listed(own)) if own.keys().all(|set| is_in(who, set)) => list.extend(own.clone()),
        (Some(Costs::Alone(alone)), Costs::Alone(own)) if own.keys().all(|name| name == who) => alone.extend(own.clone()),
        (Some(Costs::Network { links }), Costs::Network { links: own })
            if own.iter().all(|link| link.to == *who || link.from.as_ref() == Some(who)) =>
        {
            links.extend(own.iter().cloned());
        }
        // A table kept as a document was put in before.
        (None | Some(Costs::Listed(_) | Costs::Document(_) | Costs::Alone(_) | Costs::Network { .. } | Costs::Capacity { .. }), _) => {
            return false;
        }
    }
    true
}

/// Whether someone is one of a set.
fn is_in(who: &GovernmentId, set: &str) -> bool {
    set.split('+').any(|name| name == who.as_str())
}

/// The components that a leaver leaves.
pub(super) fn left(model: &Model, leaving: &Leaving) -> Result<Vec<ComponentId>, Refusal> {
    let member = |component: &Component| component.members.contains(&leaving.who);
    let left: Vec<ComponentId> = if leaving.components.is_empty() {
        model.components.iter().filter(|(_, component)| member(component)).map(|(id, _)| id.clone()).collect()
    } else {
        leaving.components.clone()
    };
    if left.is_empty() { Err(Refusal::MemberOfNone { who: leaving.who.clone() }) } else { Ok(left) }
}

/// Takes a member, and all that is said of it, out of what it leaves.
pub(super) fn leave(model: &mut Model, leaving: &Leaving) -> Result<(), Refusal> {
    let who = &leaving.who;
    for id in left(model, leaving)? {
        let component = component_of(model, &id)?;
        if !component.members.contains(who) {
            return Err(Refusal::NotAMember { component: id, who: who.clone() });
        }
        if component.members.len() == 1 {
            return Err(Refusal::LastMember { component: id, who: who.clone() });
        }
        strip(component, who);
    }
    if !model.components.values().any(|component| component.members.contains(who)) {
        for driver in model.drivers.values_mut() {
            driver.values.remove(who);
        }
        model.stands.retain(|stand| stand.by != *who);
    }
    Ok(())
}

fn strip(component: &mut Component, who: &GovernmentId) {
    component.members.retain(|member| member != who);
    component.limits.remove(who);
    let alone = component.members.len() == 1;
    // Whoever is left alone has nobody to be paid by.
    component.transfers.retain(|transfer| !alone && transfer.to != *who && transfer.from.as_ref() != Some(who));
    component.in_kind.retain(|thing| thing.by != *who);
    if let Rule::Fixed(amounts) = &mut component.rule {
        amounts.remove(who);
    }
    match &mut component.costs {
        Some(Costs::Listed(list)) => list.retain(|set, _| !is_in(who, set)),
        Some(Costs::Alone(alone)) => alone.retain(|name, _| name != who),
        Some(Costs::Network { links }) => links.retain(|link| link.to != *who && link.from.as_ref() != Some(who)),
        Some(Costs::Document(_) | Costs::Capacity { .. }) | None => {}
    }
    without_all(component);
}
