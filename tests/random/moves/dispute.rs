//! Disputes, and what is told in caucus.

use proto::digest::Digest;
use serde_json::{Value, json};

use super::{Ask, anybody, number, party};
use crate::follow;
use crate::setup::secret;
use crate::values::{TERMS, deadline, names, perhaps, terms};
use crate::world::World;

/// The number of a dispute.
fn dispute(world: &mut World) -> u32 {
    let there: Vec<u32> = world.folds.mediation.disputes.keys().copied().collect();
    number(world, there)
}

pub fn open(world: &mut World) -> Option<Ask> {
    let there: Vec<String> = world.folds.negotiation.terms.keys().map(ToString::to_string).collect();
    let mut about = world.dice.some(&there);
    if about.is_empty() || world.dice.once_in(10) {
        about.push(world.dice.pick(&TERMS).to_owned());
    }
    let mut fields = json!({ "names": names(), "terms": about, "with": [party(world)] });
    perhaps(world, &mut fields, "due", deadline);
    Some(Ask::new(party(world), "delegate", "mediation", "open_dispute", &fields))
}

pub fn propose_facilitator(world: &mut World) -> Option<Ask> {
    let fields = json!({ "dispute": dispute(world), "facilitator": anybody(world) });
    let kind = world.dice.pick(&["propose_facilitator", "accept_facilitator"]);
    Some(Ask::new(party(world), "delegate", "mediation", kind, &fields))
}

pub fn send_note(world: &mut World) -> Option<Ask> {
    let number = dispute(world);
    let known = world.folds.mediation.disputes.get(&number).cloned();
    let side = world.dice.any(known.iter().flat_map(|dispute| dispute.parties.clone()));
    let caucus = side.filter(|_| !world.dice.once_in(6)).map_or_else(|| party(world), |party| party.to_string());
    let facilitator = known.and_then(|dispute| dispute.facilitator);
    let fields = json!({ "dispute": number, "caucus": caucus, "text": secret(world) });
    match facilitator.filter(|_| world.dice.once_in(2)) {
        Some(facilitator) => Some(Ask::new(facilitator.to_string(), "mediator", "mediation", "send_note", &fields)),
        None => Some(Ask::new(caucus, "delegate", "mediation", "send_note", &fields)),
    }
}

pub fn answer(world: &mut World) -> Option<Ask> {
    let dispute = dispute(world);
    let number = world.folds.mediation.disputes.get(&dispute).and_then(mediation::Dispute::waiting).unwrap_or(1);
    let by = party(world);
    let caucus = if world.dice.once_in(8) { party(world) } else { by.clone() };
    let mut fields = json!({ "dispute": dispute, "number": number, "caucus": caucus, "accept": !world.dice.once_in(3) });
    if fields["accept"] == json!(true) {
        fields["mandate"] = json!(follow::some_mandate(world, &by));
    }
    Some(Ask::new(by, "delegate", "mediation", "answer_proposal", &fields))
}

pub fn take_back(world: &mut World) -> Option<Ask> {
    let number = dispute(world);
    let opener = world.folds.mediation.disputes.get(&number).map(|dispute| dispute.by.to_string());
    let by = opener.filter(|_| !world.dice.once_in(3)).unwrap_or_else(|| party(world));
    let fields = json!({ "dispute": number });
    world.dice.once_in(3).then(|| Ask::new(by, "delegate", "mediation", "take_back_dispute", &fields))
}

/// What a facilitator proposes in a dispute, now and then about another term as well.
pub fn proposal(world: &mut World, dispute: u32) -> Value {
    let state = world.folds.mediation.clone();
    let mut about: Vec<String> = state.disputes[&dispute].terms.iter().map(ToString::to_string).collect();
    about.extend(world.dice.any(state.terms.keys().map(ToString::to_string)).filter(|_| world.dice.once_in(3)));
    json!({ "terms": terms(&mut world.dice, &about), "salt": Digest::of(secret(world).as_bytes()) })
}
