//! Signing.

use proto::digest::Digest;
use serde_json::json;
use signing::Signature;

use super::by_role;
use crate::moves::{paper, signature};
use crate::setup::give_key;
use crate::world::World;

/// By key as a rule. Now and then it turns out that somebody's key has been in other hands since before it signed.
pub fn sign(world: &mut World, body: &str, agreement: Digest) {
    if world.dice.once_in(4) {
        attest(world, body, agreement);
    } else if world.dice.once_in(6) {
        lose_key(world);
    } else if let Some(fields) = signature(world, body) {
        by_role(world, body, "signatory", "signing", "sign", &fields);
    } else {
        give_key(world, body);
    }
}

/// On paper.
pub fn attest(world: &mut World, body: &str, agreement: Digest) {
    let fields = paper(world, agreement);
    by_role(world, body, "clerk", "signing", "attest_paper", &fields);
}

/// A key with which somebody has signed is revoked from then on.
fn lose_key(world: &mut World) {
    let state = world.folds.signing.clone();
    let by_key = state.signatures.iter().filter_map(|(body, signature)| match signature {
        Signature::Key { official, key, at, .. } => Some((body, official, key, at)),
        Signature::Paper { .. } => None,
    });
    if let Some((body, official, key, at)) = world.dice.any(by_key) {
        let revoke = json!({ "official": official, "key": key, "compromised_since": at });
        world.person(official.as_str(), body.as_str(), &json!({ "registry": { "revoke_key": revoke } }));
    }
}
