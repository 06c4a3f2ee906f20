//! Offers and the answers to them.

use proto::negotiation::Rounds;
use serde_json::json;

use super::{Ask, anybody, number, party};
use crate::follow;
use crate::setup::secret;
use crate::values::{deadline, package, perhaps};
use crate::world::World;

pub fn draft(world: &mut World) -> Option<Ask> {
    let fields = json!({ "draft": secret(world), "package": package(world) });
    Some(Ask::delegate(party(world), "draft_offer", &fields))
}

pub fn table(world: &mut World) -> Option<Ask> {
    let by = party(world);
    let mut fields = json!({ "package": package(world), "mandate": follow::some_mandate(world, &by) });
    perhaps(world, &mut fields, "expires", deadline);
    if world.rounds() != Some(Rounds::Circulated) {
        perhaps(world, &mut fields, "to", |world| json!([party(world)]));
    } else if world.dice.once_in(4) {
        fields["to"] = json!([anybody(world)]);
    }
    Some(Ask::delegate(by, "table_offer", &fields))
}

/// The number of an offer.
fn offer(world: &mut World) -> u32 {
    let state = world.folds.negotiation.clone();
    let on_table = world.dice.any(state.offers.iter().filter(|(_, offer)| offer.is_on_table()).map(|(number, _)| *number));
    on_table.filter(|_| world.dice.once_in(2)).unwrap_or_else(|| number(world, state.offers.keys().copied()))
}

/// Whose answer an offer waits for, as a rule.
fn asked(world: &mut World, offer: u32) -> String {
    let state = world.folds.negotiation.clone();
    let awaited = state.offers.get(&offer).map(|offer| offer.awaits().cloned().collect::<Vec<_>>()).unwrap_or_default();
    let other = party(world);
    if world.dice.once_in(5) { other } else { world.dice.any(awaited).map_or(other, |body| body.to_string()) }
}

/// Whose an offer is, as a rule.
fn author(world: &mut World, offer: u32) -> String {
    let by = world.folds.negotiation.offers.get(&offer).and_then(|offer| offer.by.as_ref()).map(ToString::to_string);
    let other = party(world);
    by.filter(|_| !world.dice.once_in(5)).unwrap_or(other)
}

pub fn counter(world: &mut World) -> Option<Ask> {
    let offer = offer(world);
    let by = asked(world, offer);
    let mut fields = json!({ "to": offer, "package": package(world), "mandate": follow::some_mandate(world, &by) });
    perhaps(world, &mut fields, "expires", deadline);
    Some(Ask::delegate(by, "counter_offer", &fields))
}

pub fn improve(world: &mut World) -> Option<Ask> {
    let offer = offer(world);
    let by = author(world, offer);
    let mut fields = json!({ "offer": offer, "package": package(world), "mandate": follow::some_mandate(world, &by) });
    perhaps(world, &mut fields, "expires", deadline);
    Some(Ask::delegate(by, "improve_offer", &fields))
}

pub fn accept(world: &mut World) -> Option<Ask> {
    let offer = offer(world);
    let by = asked(world, offer);
    let fields = json!({ "offer": offer, "mandate": follow::some_mandate(world, &by) });
    Some(Ask::delegate(by, "accept_offer", &fields))
}

pub fn send_back(world: &mut World) -> Option<Ask> {
    let offer = offer(world);
    let why = json!({ "remark": "back to the council first" });
    Some(Ask::delegate(asked(world, offer), "send_back_offer", &json!({ "offer": offer, "why": why })))
}

pub fn withdraw(world: &mut World) -> Option<Ask> {
    let offer = offer(world);
    Some(Ask::delegate(author(world, offer), "withdraw_offer", &json!({ "offer": offer })))
}
