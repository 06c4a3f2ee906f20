use proto::access::Denial;
use proto::id::CaseId;
use proto::registry::{Event, Refusal};
use serde_json::{Value, json};

use crate::{Register, refused, with};

const OWNER: &str = "seoul-signatory";
const CASE: &str = "01890a5d-ac96-774b-bcce-b302099a8057";
const OTHER_CASE: &str = "01890a5d-ac96-774b-bcce-b302099a8058";

/// The key of RFC 7515, appendix A.3.
fn public(fields: Value) -> Value {
    let x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    let y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
    with(json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y }), fields)
}

/// The key of RFC 7517, appendix A.1.
fn another() -> Value {
    let x = "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4";
    public(json!({ "x": x, "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM" }))
}

fn register_key(key: &str, public: &Value) -> Value {
    json!({ "register_key": { "official": OWNER, "key": key, "public": public } })
}

fn revoke(since: Option<&str>) -> Value {
    json!({ "revoke_key": { "official": OWNER, "key": "first", "compromised_since": since } })
}

fn used(case: &str, signed_at: &str) -> Value {
    json!({ "note_key_use": { "official": OWNER, "key": "first", "case": case, "signed_at": signed_at } })
}

/// The signatory of Seoul has the key `first`.
fn with_key() -> Register {
    let mut register = Register::example();
    register.person(OWNER, register_key("first", &public(json!({})))).unwrap();
    register
}

fn in_doubt(event: &Event) -> Vec<CaseId> {
    if let Event::KeyRevoked { in_doubt, .. } = event { in_doubt.clone() } else { panic!("{event:?}") }
}

fn cases(ids: &[&str]) -> Vec<CaseId> {
    ids.iter().map(|id| id.parse().unwrap()).collect()
}

#[test]
fn an_official_registers_a_key() {
    let register = with_key();
    let key = &register.state("official/seoul-signatory")["person"]["keys"]["first"];
    assert_eq!(key["public"], public(json!({})));
    assert_eq!(key["revoked"], false);
}

#[test]
fn nobody_registers_a_key_for_another() {
    for other in ["seoul-delegate", "interlocal-office-administrator"] {
        let answer = Register::example().person(other, register_key("first", &public(json!({}))));
        assert_eq!(answer, refused(Refusal::NotTheOwner), "{other}");
    }
}

#[test]
fn a_key_is_a_point_on_p256_in_full_length() {
    let y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
    let off_the_curve = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a1";
    for wrong in [
        json!({ "kty": "RSA" }),
        json!({ "crv": "P-384" }),
        json!({ "x": y }),
        json!({ "y": off_the_curve }),
        json!({ "y": format!("{y}=") }),
        json!({ "y": &y[..42] }),
        json!({ "y": format!("AAAA{y}") }),
        // The same 64 bytes, cut one byte early.
        json!({ "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVA", "y": "RcfxRM0bvZt-hyzf7bnuufSzaV1uqQskrYpGIyiFiOWt" }),
        json!({ "x": "", "y": "" }),
        json!({ "x": "A".repeat(43), "y": "A".repeat(43) }),
        json!({ "y": y.replace('_', "/") }),
    ] {
        let answer = Register::example().person(OWNER, register_key("first", &public(wrong.clone())));
        assert_eq!(answer, refused(Refusal::BadKey), "{wrong}");
    }
}

#[test]
fn neither_the_name_nor_the_key_comes_twice_even_after_revocation() {
    let mut register = with_key();
    let taken = refused(Refusal::KeyTaken { key: "first".parse().unwrap() });
    for _ in 0..2 {
        assert_eq!(register.person(OWNER, register_key("first", &another())), taken);
        assert_eq!(register.person(OWNER, register_key("second", &public(json!({})))), taken);
        let _ = register.person(OWNER, revoke(None));
    }
    assert!(register.person(OWNER, register_key("second", &another())).is_ok());
}

#[test]
fn a_key_is_not_registered_for_days_gone_by() {
    let until = |day: &str| json!({ "register_key": { "official": OWNER, "key": "first", "public": public(json!({})), "until": day } });
    assert_eq!(Register::example().person(OWNER, until("2013-05-09")), refused(Refusal::EndsBeforeItBegins));
    assert!(Register::example().person(OWNER, until("2013-05-10")).is_ok());
}

#[test]
fn owner_and_administrator_revoke_nobody_else() {
    for who in [OWNER, "interlocal-office-administrator"] {
        assert!(with_key().person(who, revoke(None)).is_ok(), "{who}");
    }
    for who in ["seoul-delegate", "guro-signatory"] {
        assert_eq!(with_key().person(who, revoke(None)), refused(Refusal::NotTheOwner), "{who}");
    }
}

#[test]
fn only_a_key_in_force_is_revoked() {
    let missing = refused(Refusal::NoSuchKey { key: "first".parse().unwrap() });
    assert_eq!(Register::example().person(OWNER, revoke(None)), missing);
    let mut register = with_key();
    register.person(OWNER, revoke(None)).unwrap();
    assert_eq!(register.person(OWNER, revoke(None)), missing);
}

#[test]
fn earlier_signatures_stand_when_a_key_is_revoked() {
    let mut register = with_key();
    register.signing(used(CASE, "2013-05-01T00:00:00Z")).unwrap();
    let events = register.person(OWNER, revoke(None)).unwrap();
    assert_eq!(in_doubt(&events[0]), []);
}

#[test]
fn signatures_since_the_compromise_are_in_doubt_each_case_once() {
    let mut register = with_key();
    for (case, at) in [(OTHER_CASE, "2013-05-01T00:00:00Z"), (CASE, "2013-05-02T00:00:00Z"), (CASE, "2013-05-03T00:00:00Z")] {
        register.signing(used(case, at)).unwrap();
    }
    for since in ["2013-05-03T00:00:00Z", "2013-05-02T00:00:00Z"] {
        let events = register.person(OWNER, revoke(Some(since))).unwrap();
        assert_eq!(in_doubt(&events[0]), cases(&[CASE]), "{since}");
    }
}

#[test]
fn that_a_revoked_key_was_compromised_may_come_out_later_and_reach_further_back() {
    let mut register = with_key();
    register.signing(used(CASE, "2013-05-02T00:00:00Z")).unwrap();
    register.signing(used(OTHER_CASE, "2013-05-04T00:00:00Z")).unwrap();
    register.person(OWNER, revoke(None)).unwrap();
    let later = register.person(OWNER, revoke(Some("2013-05-03T00:00:00Z"))).unwrap();
    assert_eq!(in_doubt(&later[0]), cases(&[OTHER_CASE]));
    let no_news = refused(Refusal::NoSuchKey { key: "first".parse().unwrap() });
    assert_eq!(register.person(OWNER, revoke(Some("2013-05-03T00:00:00Z"))), no_news);
    let earlier = register.person(OWNER, revoke(Some("2013-05-01T00:00:00Z"))).unwrap();
    assert_eq!(in_doubt(&earlier[0]), cases(&[CASE, OTHER_CASE]));
    let since = &register.state("official/seoul-signatory")["person"]["keys"]["first"]["compromised_since"];
    assert_eq!(since, "2013-05-01T00:00:00Z");
}

#[test]
fn a_key_is_not_compromised_in_times_to_come() {
    let future = refused(Refusal::InTheFuture { field: "compromised_since".into() });
    assert_eq!(with_key().person(OWNER, revoke(Some("2013-05-10T00:00:01Z"))), future);
    assert!(with_key().person(OWNER, revoke(Some("2013-05-10T00:00:00Z"))).is_ok());
}

#[test]
fn a_signature_noted_after_the_revocation_is_put_in_doubt_then() {
    let mut register = with_key();
    register.person(OWNER, revoke(Some("2013-05-02T00:00:00Z"))).unwrap();
    assert_eq!(register.signing(used(CASE, "2013-05-01T00:00:00Z")).unwrap().len(), 1, "before it was compromised");
    let events = register.signing(used(CASE, "2013-05-02T00:00:00Z")).unwrap();
    assert_eq!(in_doubt(&events[1]), cases(&[CASE]));
}

#[test]
fn only_the_signing_service_notes_a_use_and_only_of_a_registered_key() {
    let note = used(CASE, "2013-05-02T00:00:00Z");
    assert_eq!(with_key().person(OWNER, note.clone()), Err(Denial::ServiceOnly.into()));
    assert_eq!(Register::example().signing(note), refused(Refusal::NoSuchKey { key: "first".parse().unwrap() }));
}
