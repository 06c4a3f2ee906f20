use std::collections::BTreeSet;

use proto::access::Asker;
use proto::actor::{Role, Service};
use proto::message::{Command, Target};
use proto::registry::Command as Entry;
use proto::stream::Stream;
use registry::seed::{BadSeed, EXAMPLE, commands};
use serde_json::{Value, json};

use crate::Register;

const PARTIES: [&str; 13] = [
    "seoul",
    "guro",
    "gyeonggi",
    "gwangmyeong",
    "hwaseong",
    "bucheon",
    "ansan",
    "anyang",
    "pyeongtaek",
    "siheung",
    "gunpo",
    "uiwang",
    "gwacheon",
];

fn body(register: &Register, name: &str) -> Value {
    register.state(&Stream::Government(name.parse().unwrap()).to_string())["government"].clone()
}

#[test]
fn the_rules_accept_the_whole_example() {
    let register = Register::example();
    assert_eq!(register.ledger.position(), commands(EXAMPLE, "2013-05-10".parse().unwrap()).unwrap().len() as u64);
}

#[test]
fn seeding_twice_changes_nothing() {
    let mut register = Register::example();
    for (target, command) in commands(EXAMPLE, "2013-05-10".parse().unwrap()).unwrap() {
        let again = register.ledger.act(&Asker::Service(Service::Registry), &target, &command, register.at, None);
        assert!(again.is_err(), "{command:?}");
    }
}

#[test]
fn both_cases_find_their_bodies_with_their_tiers_and_parents() {
    let register = Register::example();
    for name in PARTIES {
        let body = body(&register, name);
        let (tier, parent) = match name {
            "seoul" | "gyeonggi" => ("upper", Value::Null),
            "guro" => ("basic", json!("seoul")),
            _ => ("basic", json!("gyeonggi")),
        };
        assert_eq!((&body["tier"], &body["parent"], &body["zone"]), (&json!(tier), &parent, &json!("Asia/Seoul")), "{name}");
    }
    assert_eq!(body(&register, "interlocal-office")["tier"], "office");
}

#[test]
fn every_party_can_act_in_all_its_roles_on_both_cases_calendars() {
    let mut appointed: BTreeSet<(String, Role, String)> = BTreeSet::new();
    for (target, command) in commands(EXAMPLE, "2013-05-10".parse().unwrap()).unwrap() {
        if let (Target::Official(official), Command::Registry(Entry::Appoint { appointment, .. })) = (target, command) {
            appointed.insert((official.to_string(), appointment.role, appointment.from.to_string()));
        }
    }
    let has =
        |official: String, role: Role, by: &str| appointed.iter().any(|(id, held, from)| *id == official && *held == role && **from <= *by);
    for (place, name) in PARTIES.into_iter().enumerate() {
        let by = if place < 4 { "1999-01-01" } else { "2013-01-01" };
        for role in [Role::Delegate, Role::Approver, Role::Clerk, Role::Signatory] {
            assert!(has(format!("{name}-{}", role.name()), role, by), "{name} {role:?}");
        }
    }
    assert!(has("gyeonggi-mediator".into(), Role::Mediator, "1999-01-01"));
    assert!(has("gyeonggi-auditor".into(), Role::Auditor, "1999-01-01"));
    assert!(has("interlocal-office-administrator".into(), Role::Administrator, "1999-01-01"));
}

#[test]
fn populations_say_that_they_are_approximate_and_unknown_ones_are_absent() {
    let register = Register::example();
    for (name, persons) in [("hwaseong", 525_000), ("bucheon", 864_000), ("ansan", 714_000), ("siheung", 394_000), ("gwangmyeong", 352_000)]
    {
        let figure = &body(&register, name)["populations"]["2013"];
        assert_eq!(figure["persons"], persons);
        assert!(figure["source"].as_str().unwrap().contains("to be verified"));
    }
    assert_eq!(body(&register, "gunpo")["populations"], json!({}));
}

#[test]
fn the_administrator_keeps_the_register_from_then_on() {
    let mut register = Register::example();
    let figure = json!({ "year": 1998, "persons": 235_000, "source": "resident registration" });
    let command = json!({ "record_population": { "government": "gunpo", "population": figure } });
    assert!(register.is("1999-05-31T00:00:00Z").person("interlocal-office-administrator", command).is_ok());
}

#[test]
fn data_that_is_no_seed_is_refused() {
    assert!(matches!(commands("{}", "2013-05-10".parse().unwrap()), Err(BadSeed::Unreadable(_))));
    assert!(matches!(commands(r#"{"bodies":[],"more":1}"#, "2013-05-10".parse().unwrap()), Err(BadSeed::Unreadable(_))));
    let long = "a".repeat(60);
    let body = json!({
        "id": long, "names": { "en": "A", "ko": "가" }, "tier": "basic", "zone": "Asia/Seoul", "officials_from": "1999-01-01",
        "officials": [{ "role": "delegate", "title": { "en": "A", "ko": "가" } }],
    });
    assert!(matches!(commands(&json!({ "bodies": [body] }).to_string(), "2013-05-10".parse().unwrap()), Err(BadSeed::BadName(_))));
}
