use proto::access::Denial;
use proto::actor::Role;
use proto::registry::Refusal;
use serde_json::{Value, json};

use crate::{Register, empty, refused, with};

const FIRST: &str = "01890a5d-ac96-774b-bcce-b302099a8001";
const SECOND: &str = "01890a5d-ac96-774b-bcce-b302099a8002";
const THIRD: &str = "01890a5d-ac96-774b-bcce-b302099a8003";
const CASE: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

/// The mayor of Seoul lets the delegate agree to a construction share of 200 to 227 and to a tonnage, and pass that on.
fn first(fields: Value) -> Value {
    let mandate = json!({
        "mandate": FIRST, "case": CASE, "delegate": "seoul-delegate", "scope": { "terms": ["construction-share", "tonnage"] },
        "bounds": { "construction-share": { "floor": "200", "ceiling": "227" } }, "until": "2013-12-31",
        "legal_basis": "order of the mayor", "may_delegate": true,
    });
    json!({ "grant_mandate": { "government": "seoul", "mandate": with(mandate, fields) } })
}

/// The delegate passes the same on to a deputy.
fn second(fields: Value) -> Value {
    first(with(json!({ "mandate": SECOND, "parent": FIRST, "delegate": "seoul-deputy", "legal_basis": "passed on" }), fields))
}

fn revoke(mandate: &str) -> Value {
    json!({ "revoke_mandate": { "government": "seoul", "mandate": mandate } })
}

fn parent(refusal: fn(proto::id::MandateId) -> Refusal) -> crate::Answer {
    refused(refusal(FIRST.parse().unwrap()))
}

fn may_not(parent: proto::id::MandateId) -> Refusal {
    Refusal::MayNotDelegate { parent }
}

fn wider(parent: proto::id::MandateId) -> Refusal {
    Refusal::WiderThanParent { parent }
}

/// Seoul has a second delegate, the deputy.
fn seoul() -> Register {
    let mut register = Register::example();
    let appointment = json!({ "government": "seoul", "role": "delegate", "ground": "own_office", "from": "2013-01-01" });
    let name = json!({ "remark": "Deputy", "disclosure": "parties" });
    register.platform(json!({ "appoint": { "official": "seoul-deputy", "name": name, "appointment": appointment } })).unwrap();
    register
}

fn granted(fields: Value) -> Register {
    let mut register = seoul();
    register.person("seoul-signatory", first(fields)).unwrap();
    register
}

#[test]
fn the_head_grants_a_mandate() {
    let register = granted(json!({}));
    let standing = &register.state("government/seoul/mandates")["mandates"][FIRST];
    assert_eq!(standing["mandate"]["delegate"], "seoul-delegate");
    assert_eq!(standing["revoked"], false);
}

#[test]
fn a_delegate_grants_no_first_mandate() {
    assert_eq!(seoul().person("seoul-delegate", first(json!({}))), refused(Refusal::NotTheHead));
}

#[test]
fn clerks_and_other_bodies_grant_none() {
    let needed = vec![Role::Signatory, Role::Delegate];
    let denied = Denial::NoAppointment { needed, government: "seoul".parse().unwrap() };
    assert_eq!(seoul().person("seoul-clerk", first(json!({}))), Err(denied.into()));
    let not_yours = Denial::NotYours { owner: "seoul".parse().unwrap() };
    assert_eq!(seoul().person("guro-signatory", first(json!({}))), Err(not_yours.into()));
}

#[test]
fn a_mandate_says_what_it_rests_on_and_what_it_covers() {
    assert_eq!(seoul().person("seoul-signatory", first(json!({ "legal_basis": " " }))), empty("mandate.legal_basis"));
    assert_eq!(seoul().person("seoul-signatory", first(json!({ "scope": { "terms": [] } }))), empty("mandate.scope"));
}

#[test]
fn a_mandate_is_not_granted_for_days_gone_by() {
    assert_eq!(seoul().person("seoul-signatory", first(json!({ "until": "2013-05-09" }))), refused(Refusal::EndsBeforeItBegins));
    assert!(seoul().person("seoul-signatory", first(json!({ "until": "2013-05-10" }))).is_ok());
}

#[test]
fn a_floor_does_not_lie_above_its_ceiling() {
    let crossed = json!({ "bounds": { "tonnage": { "floor": "150.5", "ceiling": "150" } } });
    let refusal = refused(Refusal::BoundsCrossed { term: "tonnage".parse().unwrap() });
    assert_eq!(seoul().person("seoul-signatory", first(crossed)), refusal);
    let exact = json!({ "bounds": { "tonnage": { "floor": "150", "ceiling": "150.0" } } });
    assert!(seoul().person("seoul-signatory", first(exact)).is_ok());
}

#[test]
fn a_mandate_is_granted_once_even_after_it_was_taken_back() {
    let mut register = granted(json!({}));
    let taken = refused(Refusal::MandateTaken { mandate: FIRST.parse().unwrap() });
    assert_eq!(register.person("seoul-signatory", first(json!({}))), taken);
    register.person("seoul-signatory", revoke(FIRST)).unwrap();
    assert_eq!(register.person("seoul-signatory", first(json!({}))), taken);
}

#[test]
fn only_a_delegate_of_the_body_gets_a_mandate() {
    for nobody in ["seoul-clerk", "guro-delegate", "nobody"] {
        let answer = seoul().person("seoul-signatory", first(json!({ "delegate": nobody })));
        assert_eq!(answer, refused(Refusal::NoSuchAppointment), "{nobody}");
    }
}

#[test]
fn a_delegate_passes_on_what_is_held_or_less() {
    assert!(granted(json!({})).person("seoul-delegate", second(json!({}))).is_ok());
    let less = json!({
        "scope": { "terms": ["construction-share"] }, "until": "2013-06-30",
        "bounds": { "construction-share": { "floor": "210", "ceiling": "220" } }, "may_delegate": false,
    });
    assert!(granted(json!({})).person("seoul-delegate", second(less)).is_ok());
}

#[test]
fn nothing_wider_than_held_is_passed_on() {
    for fields in [
        json!({ "scope": "all" }),
        json!({ "scope": { "terms": ["construction-share", "resident-support"] } }),
        json!({ "until": "2014-01-01" }),
        json!({ "bounds": {} }),
        json!({ "bounds": { "construction-share": { "floor": "200" } } }),
        json!({ "bounds": { "construction-share": { "ceiling": "227" } } }),
        json!({ "bounds": { "construction-share": { "floor": "200", "ceiling": "227.1" } } }),
        json!({ "bounds": { "construction-share": { "floor": "199.9", "ceiling": "227" } } }),
    ] {
        let answer = granted(json!({})).person("seoul-delegate", second(fields.clone()));
        assert_eq!(answer, parent(wider), "{fields}");
    }
}

#[test]
fn only_a_mandate_of_one_s_own_that_may_be_passed_on_is_passed_on() {
    let answer = granted(json!({ "may_delegate": false })).person("seoul-delegate", second(json!({})));
    assert_eq!(answer, parent(may_not), "it was not to be passed on");
    assert_eq!(seoul().person("seoul-delegate", second(json!({}))), parent(may_not), "there is none");
    for other in ["seoul-deputy", "seoul-signatory"] {
        assert_eq!(granted(json!({})).person(other, second(json!({}))), parent(may_not), "it is not {other}'s");
    }
    let elsewhere = json!({ "case": "01890a5d-ac96-774b-bcce-b302099a8058" });
    assert_eq!(granted(json!({})).person("seoul-delegate", second(elsewhere)), parent(may_not), "it is for another case");
}

#[test]
fn an_expired_or_revoked_mandate_is_not_passed_on() {
    let late = second(json!({ "until": "2014-01-31" }));
    let expired = granted(json!({})).is("2013-12-31T15:00:00Z").person("seoul-delegate", late);
    assert_eq!(expired, parent(may_not));
    let mut register = granted(json!({}));
    register.person("seoul-signatory", revoke(FIRST)).unwrap();
    assert_eq!(register.person("seoul-delegate", second(json!({}))), parent(may_not));
}

#[test]
fn revoking_a_link_stops_what_hangs_on_it() {
    let mut register = granted(json!({}));
    register.person("seoul-delegate", second(json!({}))).unwrap();
    register.person("seoul-signatory", revoke(FIRST)).unwrap();
    let onward = first(json!({ "mandate": THIRD, "parent": SECOND }));
    let refusal = Refusal::MayNotDelegate { parent: SECOND.parse().unwrap() };
    assert_eq!(register.person("seoul-deputy", onward), refused(refusal));
}

#[test]
fn the_head_takes_back_a_mandate_in_force() {
    let mut register = granted(json!({}));
    register.person("seoul-signatory", revoke(FIRST)).unwrap();
    assert_eq!(register.state("government/seoul/mandates")["mandates"][FIRST]["revoked"], true);
    let none = refused(Refusal::NoSuchMandate { mandate: FIRST.parse().unwrap() });
    assert_eq!(register.person("seoul-signatory", revoke(FIRST)), none);
    assert_eq!(seoul().person("seoul-signatory", revoke(FIRST)), none);
}

#[test]
fn nobody_else_takes_one_back() {
    let denied = Denial::NoAppointment { needed: vec![Role::Signatory], government: "seoul".parse().unwrap() };
    assert_eq!(granted(json!({})).person("seoul-delegate", revoke(FIRST)), Err(denied.into()));
    let not_yours = Denial::NotYours { owner: "seoul".parse().unwrap() };
    assert_eq!(granted(json!({})).person("guro-signatory", revoke(FIRST)), Err(not_yours.into()));
}

#[test]
fn who_acts_as_head_by_law_grants_as_the_head_does() {
    let mut register = seoul();
    let appointment = json!({
        "government": "seoul", "role": "signatory", "ground": "by_law", "on_behalf_of": "seoul-signatory", "from": "2013-01-01",
    });
    let name = json!({ "remark": "Vice Mayor", "disclosure": "parties" });
    register.platform(json!({ "appoint": { "official": "seoul-vice", "name": name, "appointment": appointment } })).unwrap();
    assert!(register.person("seoul-vice", first(json!({}))).is_ok());
}
