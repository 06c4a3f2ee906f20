//! What only services ask for, asked at the wrong time, by the wrong service, or by a person.

use proto::access::Asker;
use proto::actor::Service;
use proto::digest::Digest;
use serde_json::{Value, json};

use super::{anybody, asker, party};
use crate::setup::official;
use crate::world::{OFFICE, World, case};

/// Somebody asks for what is the platform's to ask, or sets the calendar without being the one who may.
pub fn out_of_turn(world: &mut World) {
    let command = of_services(world);
    let who = match world.dice.below(4) {
        0 => asker(&official(&party(world), "delegate"), &party(world)),
        1 => asker(&official(OFFICE, "administrator"), OFFICE),
        _ => Asker::Service(world.dice.pick(&Service::ALL)),
    };
    world.ask(&who, &command);
}

fn of_services(world: &mut World) -> Value {
    let agreement = world.folds.standing().agreement.unwrap_or(Digest::of(b"nothing"));
    let number = 1 + world.dice.below(3);
    let body = anybody(world);
    let owner = official(&body, "signatory");
    let all = [
        json!({ "negotiation": { "lapse_offer": { "offer": number } } }),
        json!({ "negotiation": { "reopen_text": { "government": body } } }),
        json!({ "negotiation": { "enter_settlement": { "dispute": number, "terms": { "share": { "share": "1" } } } } }),
        json!({ "authority": "recheck" }),
        json!({ "approvals": { "open_signing": { "agreement": agreement } } }),
        json!({ "approvals": { "note_signatures": { "agreement": agreement } } }),
        json!({ "approvals": { "lapse_step": { "step": { "step": "sign", "government": body } } } }),
        json!({ "mediation": { "close_proposal": { "dispute": number, "number": 1 } } }),
        json!({ "signing": { "mark_in_doubt": { "official": owner, "key": "pen-0", "since": world.at } } }),
        json!({ "registry": { "note_key_use": { "official": owner, "key": "pen-0", "case": case(), "signed_at": world.at } } }),
        json!({ "calendar": { "set_calendar": { "to": world.at } } }),
        json!({ "calendar": { "set_calendar": { "to": "2200-01-01T00:00:00Z" } } }),
    ];
    world.dice.pick(&all)
}
