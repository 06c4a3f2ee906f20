//! Public keys of officials. Earlier signatures stand when a key is revoked, unless it is said since when it was compromised.

use std::collections::BTreeSet;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use jiff::civil::Date;
use proto::access::{HeldKey, Official};
use proto::actor::{Actor, Capacity, Role};
use proto::id::{CaseId, KeyId, OfficialId};
use proto::registry::{Event, PublicKey, Refusal};
use runtime::decider::Context;

use crate::decide::State;

pub(crate) fn register(
    official: Option<&Official>,
    owner: &OfficialId,
    key: &KeyId,
    public: &PublicKey,
    until: Option<Date>,
    ctx: &Context<'_, State>,
) -> Result<Event, Refusal> {
    let capacity = person(ctx).filter(|capacity| capacity.official == *owner).ok_or(Refusal::NotTheOwner)?;
    if !is_on_p256(public) {
        return Err(Refusal::BadKey);
    }
    let today = ctx.official.today(&capacity.government, ctx.at);
    if until.is_some_and(|until| today.is_none_or(|today| until < today)) {
        return Err(Refusal::EndsBeforeItBegins);
    }
    // The same key under a second name would outlive the revocation of the first.
    let taken = |(name, held): &(&KeyId, &HeldKey)| *name == key || held.public == *public;
    match official.and_then(|known| known.keys.iter().find(taken)) {
        Some((name, _)) => Err(Refusal::KeyTaken { key: name.clone() }),
        None => Ok(Event::KeyRegistered { key: key.clone(), public: public.clone(), until }),
    }
}

pub(crate) fn revoke(
    official: Option<&Official>,
    owner: &OfficialId,
    key: &KeyId,
    compromised_since: Option<Timestamp>,
    ctx: &Context<'_, State>,
) -> Result<Event, Refusal> {
    person(ctx).filter(|who| who.official == *owner || who.role == Role::Administrator).ok_or(Refusal::NotTheOwner)?;
    let held = known(official, key).filter(|held| !held.revoked || says_more(held, compromised_since));
    let held = held.ok_or_else(|| Refusal::NoSuchKey { key: key.clone() })?;
    if compromised_since.is_some_and(|since| since > ctx.at) {
        return Err(Refusal::InTheFuture { field: "compromised_since".into() });
    }
    let doubtful = |(case, at): &(CaseId, Timestamp)| compromised_since.is_some_and(|since| since <= *at).then_some(*case);
    let in_doubt: BTreeSet<CaseId> = held.uses.iter().filter_map(doubtful).collect();
    Ok(Event::KeyRevoked { key: key.clone(), compromised_since, in_doubt: in_doubt.into_iter().collect() })
}

/// A lost key is revoked at once; that it was stolen, and since when, is often found out later.
fn says_more(held: &HeldKey, compromised_since: Option<Timestamp>) -> bool {
    compromised_since.is_some_and(|since| held.compromised_since.is_none_or(|known| since < known))
}

/// A signature is in its case before it is noted here. Where the key was revoked in between, the doubt is said now.
pub(crate) fn note_use(official: Option<&Official>, key: &KeyId, case: CaseId, signed_at: Timestamp) -> Result<Vec<Event>, Refusal> {
    let held = known(official, key).ok_or_else(|| Refusal::NoSuchKey { key: key.clone() })?;
    let used = Event::KeyUsed { key: key.clone(), case, signed_at };
    let since = held.compromised_since.filter(|since| *since <= signed_at);
    let doubt = since.map(|since| Event::KeyRevoked { key: key.clone(), compromised_since: Some(since), in_doubt: vec![case] });
    Ok([used].into_iter().chain(doubt).collect())
}

fn known<'a>(official: Option<&'a Official>, key: &KeyId) -> Option<&'a HeldKey> {
    official.and_then(|known| known.keys.get(key))
}

fn person<'a>(ctx: &Context<'a, State>) -> Option<&'a Capacity> {
    match ctx.actor {
        Actor::Official(capacity) => Some(capacity),
        Actor::Service(_) => None,
    }
}

/// A point of the curve, each coordinate in full length (RFC 7518, sections 6.2.1.2 and 6.2.1.3).
fn is_on_p256(public: &PublicKey) -> bool {
    let coordinate = |text: &str| BASE64_URL_SAFE_NO_PAD.decode(text).ok().filter(|bytes| bytes.len() == 32);
    let (Some(x), Some(y)) = (coordinate(&public.x), coordinate(&public.y)) else { return false };
    // 0x04: an uncompressed point (SEC 1, section 2.3.3).
    let point = [vec![4], x, y].concat();
    public.kty == "EC" && public.crv == "P-256" && p256::PublicKey::from_sec1_bytes(&point).is_ok()
}
