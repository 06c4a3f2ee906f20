//! Mandates, keys, bodies, offices.

use proto::actor::Role;
use serde_json::json;

use super::{Ask, anybody, deputy, party};
use crate::setup::{BODIES, ROLES, appointment, mandate, mandate_id, official, pair};
use crate::values::names;
use crate::world::{OFFICE, World, ZONE};

pub fn grant_mandate(world: &mut World) -> Option<Ask> {
    let body = world.dice.pick(&BODIES);
    let (number, floor) = (3 + world.dice.below(20), world.dice.below(80));
    let passed_on = world.dice.once_in(2);
    let mut more =
        json!({ "bounds": { "share": { "floor": floor.to_string(), "ceiling": "70" } }, "until": world.in_days(i64::from(floor)) });
    if passed_on {
        more["parent"] = json!(mandate_id(body, 1 + world.dice.below(3)));
    }
    let role = if passed_on { "delegate" } else { "signatory" };
    let by = if world.dice.once_in(12) { anybody(world) } else { body.to_owned() };
    Some(Ask { body: by, role, command: mandate(world, body, number, &more) })
}

pub fn revoke_mandate(world: &mut World) -> Option<Ask> {
    let body = world.dice.pick(&BODIES);
    let known = world.folds.register.mandates.get(&body.parse().unwrap()).cloned().unwrap_or_default();
    let later = known.granted.keys().map(ToString::to_string).filter(|id| *id != mandate_id(body, 1));
    let mandate = world.dice.any(later).unwrap_or_else(|| mandate_id(body, 1));
    let fields = json!({ "government": body, "mandate": mandate });
    world.dice.once_in(2).then(|| Ask::new(body, "signatory", "registry", "revoke_mandate", &fields))
}

/// A key is registered, or revoked, with or without a day since when it was in other hands.
pub fn keys(world: &mut World) -> Option<Ask> {
    let body = party(world);
    let owner = official(&body, "signatory");
    let known = world.folds.register.officials.get(&owner.parse().unwrap()).cloned().unwrap_or_default();
    let used = known.keys.iter().filter(|(_, held)| !held.uses.is_empty()).map(|(key, _)| key.to_string());
    let any = format!("pen-{}", world.dice.below(4));
    let (key, is_used) = world.dice.any(used).map_or((any, false), |key| (key, true));
    if world.dice.once_in(if is_used { 6 } else { 2 }) {
        let public = pair(&owner, &key).public;
        return Some(Ask::new(body, "signatory", "registry", "register_key", &json!({ "official": owner, "key": key, "public": public })));
    }
    let mut fields = json!({ "official": owner, "key": key });
    if !world.dice.once_in(4) {
        let hours = jiff::SignedDuration::from_hours(i64::from(world.dice.below(200)));
        fields["compromised_since"] = json!(world.at - hours);
    }
    let who = if world.dice.once_in(3) { (OFFICE.to_owned(), "administrator") } else { (body, "signatory") };
    Some(Ask::new(who.0, who.1, "registry", "revoke_key", &fields))
}

/// The office enters a body or a figure of one.
pub fn bodies(world: &mut World) -> Option<Ask> {
    let new = format!("town-{}", world.dice.below(5));
    let population = json!({ "year": 2005 + world.dice.below(10), "persons": world.dice.below(4) * 1000, "source": "the census" });
    let (kind, fields) = if world.dice.once_in(2) {
        ("register_government", json!({ "government": new, "names": names(), "tier": "basic", "parent": anybody(world), "zone": ZONE }))
    } else {
        let known = if world.dice.once_in(3) { new } else { anybody(world) };
        ("record_population", json!({ "government": known, "population": population }))
    };
    Some(Ask::new(OFFICE, "administrator", "registry", kind, &fields))
}

/// The office appoints a deputy, or ends what one may do.
pub fn offices(world: &mut World) -> Option<Ask> {
    let register = world.folds.register.clone();
    let deputies = register.officials.iter().filter(|(official, _)| official.as_str().ends_with("-deputy"));
    let held = world.dice.any(deputies.flat_map(|(official, known)| known.appointments.iter().map(move |held| (official, held))));
    let days = i64::from(world.dice.below(4)) - 1;
    let until = world.in_days(days);
    let (body, role) = (anybody(world), world.dice.pick(&ROLES));
    let command = if let Some((official, held)) = held.filter(|_| world.dice.once_in(2)) {
        let (government, role) = (&held.appointment.government, held.appointment.role);
        let ends = json!({ "official": official, "government": government, "role": role, "until": until });
        json!({ "registry": { "end_appointment": ends } })
    } else {
        let holder = official(&body, if world.dice.once_in(10) { Role::Observer.name() } else { role });
        appointment(&deputy(&body, role), &body, role, Some(&holder))
    };
    Some(Ask { body: OFFICE.to_owned(), role: "administrator", command })
}
