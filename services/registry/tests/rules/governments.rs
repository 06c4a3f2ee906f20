use proto::access::Denial;
use proto::actor::Role;
use proto::registry::Refusal;
use serde_json::{Value, json};

use crate::{Register, empty, refused, with};

fn suwon(fields: Value) -> Value {
    let suwon = json!({
        "government": "suwon", "names": { "en": "Suwon City", "ko": "수원시" }, "tier": "basic", "parent": "gyeonggi", "zone": "Asia/Seoul",
    });
    json!({ "register_government": with(suwon, fields) })
}

fn population(government: &str, fields: Value) -> Value {
    let figure = json!({ "year": 2012, "persons": 1_120_258, "source": "resident registration" });
    json!({ "record_population": { "government": government, "population": with(figure, fields) } })
}

#[test]
fn an_administrator_enters_a_body_in_the_register() {
    let mut register = Register::example();
    register.person("interlocal-office-administrator", suwon(json!({}))).unwrap();
    let state = register.state("government/suwon");
    assert_eq!(state["government"]["names"], json!({ "en": "Suwon City", "ko": "수원시" }));
    assert_eq!(state["government"]["parent"], "gyeonggi");
}

#[test]
fn nobody_else_does() {
    let denied = Denial::NoAppointment { needed: vec![Role::Administrator], government: "seoul".parse().unwrap() };
    assert_eq!(Register::example().person("seoul-signatory", suwon(json!({}))), Err(denied.into()));
}

#[test]
fn a_body_is_registered_once() {
    let mut register = Register::example();
    register.platform(suwon(json!({}))).unwrap();
    assert_eq!(register.platform(suwon(json!({}))), refused(Refusal::AlreadyRegistered { government: "suwon".parse().unwrap() }));
}

#[test]
fn the_body_above_is_registered_first() {
    let unknown = refused(Refusal::UnknownGovernment { government: "gangwon".parse().unwrap() });
    assert_eq!(Register::example().platform(suwon(json!({ "parent": "gangwon" }))), unknown);
    let itself = refused(Refusal::UnknownGovernment { government: "suwon".parse().unwrap() });
    assert_eq!(Register::example().platform(suwon(json!({ "parent": "suwon" }))), itself);
}

#[test]
fn a_body_has_a_known_zone_and_a_name_in_both_languages() {
    let mut register = Register::example();
    let unknown = refused(Refusal::UnknownZone { zone: "Asia/Suwon".into() });
    assert_eq!(register.platform(suwon(json!({ "zone": "Asia/Suwon" }))), unknown);
    assert_eq!(register.platform(suwon(json!({ "names": { "en": " ", "ko": "수원시" } }))), empty("names.en"));
    assert_eq!(register.platform(suwon(json!({ "names": { "en": "Suwon", "ko": "" } }))), empty("names.ko"));
}

#[test]
fn a_population_stands_with_its_year_and_source() {
    let mut register = Register::example();
    register.person("interlocal-office-administrator", population("anyang", json!({}))).unwrap();
    let figure = json!({ "year": 2012, "persons": 1_120_258, "source": "resident registration" });
    assert_eq!(register.state("government/anyang")["government"]["populations"]["2012"], figure);
}

#[test]
fn a_year_has_one_population() {
    let mut register = Register::example();
    register.platform(population("anyang", json!({}))).unwrap();
    assert_eq!(register.platform(population("anyang", json!({ "persons": 5 }))), refused(Refusal::YearTaken { year: 2012 }));
    assert!(register.platform(population("anyang", json!({ "year": 2011 }))).is_ok());
}

#[test]
fn a_population_needs_a_body_a_source_and_persons() {
    let mut register = Register::example();
    let unknown = refused(Refusal::UnknownGovernment { government: "suwon".parse().unwrap() });
    assert_eq!(register.platform(population("suwon", json!({}))), unknown);
    assert_eq!(register.platform(population("anyang", json!({ "source": "" }))), empty("population.source"));
    assert_eq!(register.platform(population("anyang", json!({ "persons": 0 }))), empty("population.persons"));
}

#[test]
fn no_year_to_come_has_a_population() {
    let mut register = Register::example();
    let year = |year: i16| population("anyang", json!({ "year": year }));
    let future = refused(Refusal::InTheFuture { field: "population.year".into() });
    assert_eq!(register.is("2013-12-31T14:59:59Z").platform(year(2014)), future);
    assert!(register.is("2013-12-31T15:00:00Z").platform(year(2014)).is_ok(), "in Seoul it is 2014");
}
