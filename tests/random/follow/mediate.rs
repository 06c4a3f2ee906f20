//! Disputes: finding a facilitator, proposing, answering.

use proto::digest::Digest;
use proto::id::GovernmentId;
use proto::mediation::Proposal;
use serde_json::{Value, json};

use super::{by_role, free_mandate};
use crate::moves::proposal;
use crate::setup::{BODIES, STRANGERS, secret};
use crate::values::{deadline, perhaps};
use crate::world::World;

fn party(world: &mut World, body: &str, kind: &str, fields: &Value) {
    by_role(world, body, "delegate", "mediation", kind, fields);
}

pub fn take_back(world: &mut World, body: &str, dispute: u32) {
    party(world, body, "take_back_dispute", &json!({ "dispute": dispute }));
}

pub fn propose(world: &mut World, body: &str, dispute: u32) {
    if world.dice.once_in(12) {
        return take_back(world, body, dispute);
    }
    let facilitator = world.dice.pick(&[STRANGERS[0], STRANGERS[1], BODIES[0]]);
    party(world, body, "propose_facilitator", &json!({ "dispute": dispute, "facilitator": facilitator }));
}

pub fn accept(world: &mut World, body: &str, dispute: u32, facilitator: &GovernmentId) {
    if world.dice.once_in(12) {
        return take_back(world, body, dispute);
    }
    party(world, body, "accept_facilitator", &json!({ "dispute": dispute, "facilitator": facilitator }));
}

/// The facilitator hands its proposal to every side, now and then leaves one out, and puts it.
pub fn settle(world: &mut World, body: &str, dispute: u32) {
    let state = world.folds.mediation.clone();
    let (of, number) = (&state.disputes[&dispute], state.disputes[&dispute].next_proposal());
    let proposal = proposal(world, dispute);
    for caucus in of.parties.intersection(&state.standing.parties) {
        if !world.dice.once_in(16) {
            let fields = json!({ "dispute": dispute, "number": number, "caucus": caucus, "proposal": proposal });
            by_role(world, body, "mediator", "mediation", "deliver_proposal", &fields);
        }
    }
    let typed: Proposal = serde_json::from_value(proposal).unwrap();
    let mut fields = json!({ "dispute": dispute, "number": number, "digest": Digest::of_json(&typed).unwrap() });
    perhaps(world, &mut fields, "due", deadline);
    by_role(world, body, "mediator", "mediation", "put_proposal", &fields);
}

/// Yes as a rule; before that, some ask the facilitator something.
pub fn answer(world: &mut World, body: &str, dispute: u32, number: u32) {
    if world.dice.once_in(6) {
        let note = json!({ "dispute": dispute, "caucus": body, "text": secret(world) });
        return party(world, body, "send_note", &note);
    }
    let accept = !world.dice.once_in(8);
    let mut fields = json!({ "dispute": dispute, "number": number, "caucus": body, "accept": accept });
    if let Some(mandate) = free_mandate(world, body).filter(|_| accept) {
        fields["mandate"] = json!(mandate);
    }
    party(world, body, "answer_proposal", &fields);
}
