//! The steps of the procedure, and the signatures.

use approvals::Instance;
use proto::digest::Digest;
use proto::procedure::RunsFrom;
use proto::signing::Intent;
use serde_json::{Value, json};
use signing::jws;

use super::{Ask, anybody, party};
use crate::setup::{official, pair, secret};
use crate::values::{done, letter, perhaps};
use crate::world::{World, ZONE, case};

/// A step of the procedure, and who asks about it: whose it is, as a rule.
fn step(world: &mut World) -> Option<(Instance, String)> {
    let state = world.folds.approvals.clone();
    let instance = world.dice.any(state.lanes.all().cloned())?;
    let other = if world.dice.once_in(3) { anybody(world) } else { party(world) };
    let owner = instance.of.government.as_ref().map(ToString::to_string).filter(|_| !world.dice.once_in(5));
    Some((instance, owner.unwrap_or(other)))
}

/// A step of this sort, and whose it is.
fn step_that(world: &mut World, is: impl Fn(&Instance) -> bool) -> Option<(Instance, String)> {
    let state = world.folds.approvals.clone();
    let instance = world.dice.any(state.lanes.all().filter(|instance| is(instance)).cloned())?;
    let owner = instance.of.government.as_ref().map_or_else(|| party(world), ToString::to_string);
    Some((instance, owner))
}

/// The name of a kind of step.
pub fn kind_of(instance: &Instance) -> String {
    serde_json::to_value(instance.step.kind).unwrap().as_str().unwrap().to_owned()
}

pub fn decide_condition(world: &mut World) -> Option<Ask> {
    let applies = world.dice.once_in(6);
    let conditional = |instance: &Instance| instance.step.condition.is_some() && instance.decided.is_none();
    let (instance, by) = step_that(world, conditional).or_else(|| step(world))?;
    let fields = json!({ "step": instance.of, "applies": applies, "why": { "remark": "as the act says" } });
    Some(Ask::new(by, "approver", "approvals", "decide_condition", &fields))
}

pub fn record_step(world: &mut World) -> Option<Ask> {
    let (instance, by) = step(world)?;
    let yes = !world.dice.once_in(4);
    let above = if world.dice.once_in(4) { anybody(world) } else { by.clone() };
    let mut fields = json!({ "step": instance.of, "done": done(&mut world.dice, &kind_of(&instance), yes, &above) });
    if instance.step.is_about_text() && !world.dice.once_in(12) {
        fields["agreement"] = json!(world.folds.standing().agreement);
    }
    let arrived = !world.dice.once_in(4);
    perhaps(world, &mut fields, "letter", |world| letter(world, arrived));
    Some(Ask::new(by, "approver", "approvals", "record_step", &fields))
}

pub fn sign_off(world: &mut World) -> Option<Ask> {
    let (instance, by) = step(world)?;
    let sign_off = json!({ "number": secret(world), "drafter": "Kim", "decided_by": "Lee", "decided_on": world.today() });
    Some(Ask::new(by, "approver", "approvals", "record_sign_off", &json!({ "step": instance.of, "sign_off": sign_off })))
}

pub fn start_clock(world: &mut World) -> Option<Ask> {
    let formal = world.dice.once_in(2);
    let timed = |instance: &Instance| instance.step.time.as_ref().is_some_and(|time| time.from == RunsFrom::OutsideEvent);
    let (instance, by) = step_that(world, timed).or_else(|| step(world))?;
    let fields = json!({ "step": instance.of, "from": world.today(), "zone": ZONE, "formal": formal });
    Some(Ask::new(by, "clerk", "approvals", "start_clock", &fields))
}

pub fn set_order(world: &mut World) -> Option<Ask> {
    let by = party(world);
    let mut order = world.parties();
    if world.dice.once_in(2) {
        order.reverse();
    }
    Some(Ask::new(by, "clerk", "signing", "set_order", &json!({ "order": order })))
}

pub fn sign(world: &mut World) -> Option<Ask> {
    let by = party(world);
    let fields = signature(world, &by)?;
    Some(Ask::new(by, "signatory", "signing", "sign", &fields))
}

/// The signature of a body's signatory under what is frozen, with the newest key that is not revoked.
pub fn signature(world: &mut World, body: &str) -> Option<Value> {
    let agreement = world.folds.standing().agreement?;
    let owner = official(body, "signatory");
    let keys = world.folds.register.officials.get(&owner.parse().unwrap())?.keys.clone();
    let mut in_force: Vec<String> = keys.iter().filter(|(_, held)| !held.revoked).map(|(key, _)| key.to_string()).collect();
    let key = in_force.pop()?;
    let signer = if world.dice.once_in(20) { "somebody-else".to_owned() } else { owner.clone() };
    let intent = Intent {
        purpose: Intent::PURPOSE.to_owned(),
        case: case(),
        agreement,
        government: body.parse().unwrap(),
        official: owner.parse().unwrap(),
    };
    let jws = jws::sign_detached(&pair(&signer, &key).private_pem, &intent).unwrap();
    Some(json!({ "agreement": agreement, "key": key, "jws": jws }))
}

pub fn attest_paper(world: &mut World) -> Option<Ask> {
    let agreement = world.folds.standing().agreement?;
    let by = party(world);
    let fields = paper(world, agreement);
    Some(Ask::new(by, "clerk", "signing", "attest_paper", &fields))
}

/// A paper that all have signed.
pub fn paper(world: &World, agreement: Digest) -> Value {
    let signed = |body: &String| json!({ "government": body, "signatory": official(body, "signatory") });
    let signatures: Vec<Value> = world.parties().iter().map(signed).collect();
    let scan = json!({ "digest": Digest::of(b"the scan"), "media_type": "application/pdf", "size": 8 });
    json!({ "agreement": agreement, "scan": scan, "signatures": signatures })
}
