use proto::access::Denial;
use proto::registry::Refusal;
use serde_json::{Value, json};

use crate::{Register, empty, refused, with};

/// The vice mayor of Gwangmyeong becomes a clerk in an own office, unless said otherwise.
fn appoint(fields: Value) -> Value {
    let appointment = json!({ "government": "gwangmyeong", "role": "clerk", "ground": "own_office", "from": "2013-05-10" });
    let name = json!({ "remark": "Vice Mayor", "disclosure": "parties" });
    json!({ "appoint": { "official": "gwangmyeong-vice", "name": name, "appointment": with(appointment, fields) } })
}

fn acting(ground: &str, holder: Option<&str>) -> Value {
    appoint(json!({ "role": "signatory", "ground": ground, "on_behalf_of": holder }))
}

fn end(until: &str) -> Value {
    json!({ "end_appointment": { "official": "gwangmyeong-vice", "government": "gwangmyeong", "role": "clerk", "until": until } })
}

/// A command that a clerk may issue as such: a key whose point lies on no curve, so only the rules about keys can refuse it.
fn act_as_clerk(register: &mut Register) -> bool {
    let public = json!({ "kty": "EC", "crv": "P-256", "x": "AA", "y": "AA" });
    let key = json!({ "register_key": { "official": "gwangmyeong-vice", "key": "k", "public": public } });
    register.person("gwangmyeong-vice", key) == refused(Refusal::BadKey)
}

#[test]
fn an_appointment_carries_the_bodys_zone_and_lets_the_official_act() {
    let mut register = Register::example();
    assert!(!act_as_clerk(&mut register));
    register.person("interlocal-office-administrator", appoint(json!({}))).unwrap();
    assert!(act_as_clerk(&mut register));
    let state = register.state("official/gwangmyeong-vice");
    assert_eq!(state["person"]["appointments"][0]["zone"], "Asia/Seoul");
    assert_eq!(state["person"]["name"]["remark"], "Vice Mayor");
}

#[test]
fn a_body_must_be_registered_and_the_official_must_have_a_name() {
    let mut register = Register::example();
    let unknown = refused(Refusal::UnknownGovernment { government: "suwon".parse().unwrap() });
    assert_eq!(register.platform(appoint(json!({ "government": "suwon" }))), unknown);
    for name in [json!({ "remark": " ", "disclosure": "parties" }), json!({ "disclosure": "parties" })] {
        let mut nameless = appoint(json!({}));
        nameless["appoint"]["name"] = name;
        assert_eq!(register.platform(nameless), empty("name"));
    }
}

#[test]
fn a_recorded_appointment_is_decided_again_without_its_name() {
    let mut recorded = appoint(json!({}));
    recorded["appoint"]["name"] = json!({ "remark_commitment": "ab".repeat(32), "disclosure": "parties" });
    assert!(Register::example().platform(recorded).is_ok());
}

#[test]
fn an_appointment_does_not_end_before_it_begins() {
    let mut register = Register::example();
    assert_eq!(register.platform(appoint(json!({ "until": "2013-05-09" }))), refused(Refusal::EndsBeforeItBegins));
    assert!(register.platform(appoint(json!({ "until": "2013-05-10" }))).is_ok());
}

#[test]
fn the_holder_is_named_exactly_when_the_office_is_another_s() {
    let grounds = ["standing_delegation", "in_absence", "temporary", "by_law"];
    for ground in grounds {
        assert!(Register::example().platform(acting(ground, Some("gwangmyeong-signatory"))).is_ok(), "{ground}");
        assert_eq!(Register::example().platform(acting(ground, None)), refused(Refusal::GroundMismatch), "{ground}");
        let for_oneself = Register::example().platform(acting(ground, Some("gwangmyeong-vice")));
        assert_eq!(for_oneself, refused(Refusal::GroundMismatch), "{ground}");
    }
    let own_but_for_another = Register::example().platform(acting("own_office", Some("gwangmyeong-signatory")));
    assert_eq!(own_but_for_another, refused(Refusal::GroundMismatch));
}

#[test]
fn the_holder_holds_or_held_an_own_office_of_the_same_body() {
    let mut register = Register::example();
    let no_holder =
        |official: &str| refused(Refusal::NotAHolder { official: official.parse().unwrap(), government: "gwangmyeong".parse().unwrap() });
    assert_eq!(register.platform(acting("by_law", Some("nobody"))), no_holder("nobody"));
    assert_eq!(register.platform(acting("by_law", Some("seoul-signatory"))), no_holder("seoul-signatory"));
    let resigned = json!({ "official": "gwangmyeong-signatory", "government": "gwangmyeong", "role": "signatory", "until": "2013-05-01" });
    register.platform(json!({ "end_appointment": resigned })).unwrap();
    assert!(register.platform(acting("by_law", Some("gwangmyeong-signatory"))).is_ok(), "the office fell vacant");
}

#[test]
fn administrators_belong_to_an_office() {
    let mut register = Register::example();
    let city = refused(Refusal::NotAnOffice { government: "gwangmyeong".parse().unwrap() });
    assert_eq!(register.platform(appoint(json!({ "role": "administrator" }))), city);
    assert!(register.platform(appoint(json!({ "role": "administrator", "government": "interlocal-office" }))).is_ok());
}

#[test]
fn a_role_for_a_body_is_held_once_at_a_time() {
    let mut register = Register::example();
    register.platform(appoint(json!({ "until": "2013-12-31" }))).unwrap();
    for (from, until) in
        [("2013-12-31", None), ("2013-01-01", Some("2013-05-10")), ("2013-01-01", None), ("2013-06-01", Some("2013-06-02"))]
    {
        let again = register.platform(appoint(json!({ "from": from, "until": until })));
        assert_eq!(again, refused(Refusal::AlreadyAppointed), "{from} {until:?}");
    }
    for other in [json!({ "from": "2014-01-01" }), json!({ "until": "2013-05-09", "from": "2013-01-01" }), json!({ "role": "observer" })] {
        assert!(register.platform(appoint(other.clone())).is_ok(), "{other}");
    }
}

#[test]
fn an_ended_appointment_counts_to_the_end_of_its_last_day() {
    let mut register = Register::example();
    register.platform(appoint(json!({}))).unwrap();
    register.person("interlocal-office-administrator", end("2013-05-31")).unwrap();
    assert!(act_as_clerk(register.is("2013-05-31T14:59:59Z")));
    assert!(!act_as_clerk(register.is("2013-05-31T15:00:00Z")));
}

#[test]
fn only_a_running_appointment_ends() {
    let mut register = Register::example();
    assert_eq!(register.platform(end("2013-05-31")), refused(Refusal::NoSuchAppointment));
    register.platform(appoint(json!({ "until": "2013-12-31" }))).unwrap();
    assert_eq!(register.platform(end("2013-05-09")), refused(Refusal::EndsBeforeItBegins));
    assert_eq!(register.platform(end("2014-06-30")), refused(Refusal::NoSuchAppointment), "it ends earlier than that");
    assert!(register.platform(end("2013-06-30")).is_ok());
}

#[test]
fn other_services_appoint_nobody() {
    let denied = Denial::NotThisService { service: proto::actor::Service::Signing };
    assert_eq!(Register::example().signing(appoint(json!({}))), Err(denied.into()));
}
