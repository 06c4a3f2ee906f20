//! Before the case: the register with everyone's offices, keys and mandates, entered by commands like everything else.

use jiff::tz::TimeZone;
use proto::access::Asker;
use proto::actor::Service;
use proto::digest::Digest;
use proto::message::{Command, Target};
use serde_json::{Value, json};
use signing::jws;

use crate::world::{World, case};

/// Those who may come to have a part in the case.
pub const BODIES: [&str; 5] = ["gyeonggi", "gwangmyeong", "seoul", "guro", "hwaseong"];
/// Those of the register who never have one, except by approving from above or as facilitators.
pub const STRANGERS: [&str; 2] = ["bucheon", "ansan"];
/// Roles in which someone acts for each body.
pub const ROLES: [&str; 5] = ["delegate", "approver", "clerk", "signatory", "mediator"];

/// A world in which the register is complete and no case is open.
pub fn world(seed: u64) -> World {
    let mut world = World::new(seed);
    let begin = json!({ "calendar": { "set_calendar": { "to": world.at } } });
    enter(&mut world, Service::Ledger, &Target::Calendar, &serde_json::from_value(begin).unwrap());
    let today = world.at.to_zoned(TimeZone::UTC).date();
    for (target, command) in registry::seed::commands(registry::seed::EXAMPLE, today).unwrap() {
        enter(&mut world, Service::Registry, &target, &command);
    }
    for body in BODIES.into_iter().chain(STRANGERS).filter(|body| *body != "gyeonggi") {
        let appoint = appointment(&official(body, "mediator"), body, "mediator", None);
        assert!(world.ask(&Asker::Service(Service::Registry), &appoint), "{appoint}");
    }
    for body in BODIES {
        give_key(&mut world, body);
        grant(&mut world, body, 1, &json!({ "may_delegate": true }));
        grant(&mut world, body, 2, &json!({ "scope": { "terms": ["share"] }, "bounds": { "share": { "floor": "10", "ceiling": "60" } } }));
    }
    world
}

fn enter(world: &mut World, service: Service, target: &Target, command: &Command) {
    world.command(&Asker::Service(service), target, command).unwrap();
}

/// The official of a body in a role.
pub fn official(body: &str, role: &str) -> String {
    format!("{body}-{role}")
}

/// An appointment that the registry or the administrator enters.
pub fn appointment(official: &str, body: &str, role: &str, on_behalf_of: Option<&str>) -> Value {
    let ground = if on_behalf_of.is_some() { "in_absence" } else { "own_office" };
    let mut appointment = json!({ "government": body, "role": role, "ground": ground, "from": "2010-01-01" });
    if let Some(holder) = on_behalf_of {
        appointment["on_behalf_of"] = json!(holder);
    }
    let name = json!({ "remark": format!("{role} of {body}") });
    json!({ "registry": { "appoint": { "official": official, "name": name, "appointment": appointment } } })
}

/// Registers a new key of a body's signatory. Answers whether it was accepted.
pub fn give_key(world: &mut World, body: &str) -> bool {
    let owner = official(body, "signatory");
    let held = world.folds.register.officials.get(&owner.parse().unwrap()).map_or(0, |official| official.keys.len());
    let public = pair(&owner, &format!("pen-{held}")).public;
    let register = json!({ "official": owner, "key": format!("pen-{held}"), "public": public });
    world.person(&owner, body, &json!({ "registry": { "register_key": register } }))
}

/// The pair of keys that an official always has under this name.
pub fn pair(official: &str, key: &str) -> jws::KeyPair {
    jws::generate(&Digest::of(format!("{official} {key}").as_bytes()).0).unwrap()
}

/// The signatory of a body gives its delegate a mandate of this number; `more` overrides what it says. Answers whether it was accepted.
pub fn grant(world: &mut World, body: &str, number: u32, more: &Value) -> bool {
    let granted = mandate(world, body, number, more);
    world.person(&official(body, "signatory"), body, &granted)
}

/// A mandate as it would be granted.
pub fn mandate(world: &mut World, body: &str, number: u32, more: &Value) -> Value {
    let mut mandate = json!({ "mandate": mandate_id(body, number), "case": case(), "delegate": official(body, "delegate"), "scope": "all",
        "until": "2030-12-31", "legal_basis": secret(world) });
    for (field, value) in more.as_object().into_iter().flatten() {
        mandate[field] = value.clone();
    }
    json!({ "registry": { "grant_mandate": { "government": body, "mandate": mandate } } })
}

/// The id of a body's mandate of this number.
pub fn mandate_id(body: &str, number: u32) -> String {
    let digest = Digest::of(format!("{body} {number}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.0[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid().to_string()
}

/// A text that stands nowhere else.
pub fn secret(world: &World) -> String {
    format!("{}{:06}", crate::secrets::SECRET, world.asked.len())
}
