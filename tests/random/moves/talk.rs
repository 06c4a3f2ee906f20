//! Questions between parties, what they sound each other out on, what is said of clauses, the agenda, and what is made public.

use serde_json::json;

use super::{Ask, party};
use crate::setup::{BODIES, secret};
use crate::values::package;
use crate::world::World;

pub fn ask(world: &mut World) -> Option<Ask> {
    let to = world.dice.pick(&BODIES);
    Some(Ask::delegate(party(world), "request_information", &json!({ "to": to, "question": { "remark": "how much?" } })))
}

pub fn answer(world: &mut World) -> Option<Ask> {
    let request = 1 + world.dice.below(4);
    Some(Ask::delegate(party(world), "answer_information", &json!({ "request": request, "answer": { "remark": "so much" } })))
}

pub fn lack(world: &mut World) -> Option<Ask> {
    let state = world.folds.negotiation.clone();
    let open =
        state.requests.iter().filter(|(_, request)| request.reply.is_none()).map(|(number, request)| (*number, request.to.to_string()));
    let found = world.dice.any(open);
    let (request, to) = found.unwrap_or((1, BODIES[0].to_owned()));
    let by = if world.dice.once_in(6) { party(world) } else { to };
    Some(Ask::delegate(by, "lack_information", &json!({ "request": request, "why": { "remark": "nobody counts it" } })))
}

pub fn comment(world: &mut World) -> Option<Ask> {
    let clause = super::text::clause(world);
    Some(Ask::delegate(party(world), "comment_clause", &json!({ "clause": clause, "comment": { "remark": "too long" } })))
}

pub fn sound_out(world: &mut World) -> Option<Ask> {
    let to = world.dice.pick(&BODIES);
    let fields = json!({ "to": to, "package": package(world), "text": secret(world) });
    Some(Ask::delegate(party(world), "sound_out", &fields))
}

/// A sounding that was made, now and then one that was not.
fn sounding(world: &mut World) -> Option<(String, String, u32)> {
    let made = world.folds.soundings.clone();
    let (from, to, number) = world.dice.any(made.iter().cloned())?;
    let number = if world.dice.once_in(8) { number + 1 } else { number };
    Some((from.to_string(), to.to_string(), number))
}

pub fn answer_sounding(world: &mut World) -> Option<Ask> {
    let (from, to, sounding) = sounding(world)?;
    let by = if world.dice.once_in(6) { party(world) } else { to };
    let fields = json!({ "from": from, "sounding": sounding, "text": secret(world) });
    Some(Ask::delegate(by, "answer_sounding", &fields))
}

pub fn withdraw_sounding(world: &mut World) -> Option<Ask> {
    let (from, to, sounding) = sounding(world)?;
    let by = if world.dice.once_in(6) { party(world) } else { from };
    Some(Ask::delegate(by, "withdraw_sounding", &json!({ "to": to, "sounding": sounding })))
}

pub fn set_agenda(world: &mut World) -> Option<Ask> {
    let coordinator = world.folds.standing().coordinator.clone()?;
    let fields = json!({ "round": 1 + world.dice.below(3), "items": [{ "topic": "who pays" }] });
    Some(Ask::delegate(coordinator.to_string(), "set_agenda", &fields))
}

pub fn publish(world: &mut World) -> Option<Ask> {
    let agreement = world.folds.standing().agreement?;
    Some(Ask::delegate(party(world), "publish_agreement", &json!({ "agreement": agreement, "parts": ["terms"] })))
}
