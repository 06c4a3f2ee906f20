//! Signing: whose signature is missing, in which order, by which clerk.

use serde_json::{Value, json};

use crate::table::{Table, digest};

const BOTH: [&str; 2] = ["gwangmyeong", "seoul"];

fn to_sign() -> String {
    format!("sign {}", json!({ "agreement": digest(2) }))
}

fn open() -> Table {
    let mut table = Table::frozen(Vec::new());
    table.approved(json!({ "signing_opened": { "agreement": digest(2) } }));
    table
}

fn signed(by: &str) -> Value {
    json!({ "signed": { "government": by, "official": "mayor", "agreement": digest(2), "key": "k", "jws": "a..b" } })
}

fn paper(clerk_of: &str, counts: bool) -> Value {
    let scan = json!({ "digest": digest(5), "media_type": "application/pdf", "size": 9 });
    let signatures: Vec<Value> = BOTH.iter().map(|party| json!({ "government": party, "signatory": "mayor" })).collect();
    json!({ "paper_attested": {
        "government": clerk_of, "clerk": "clerk", "agreement": digest(2), "scan": scan, "signatures": signatures, "on": "2000-02-08",
        "counts": counts,
    } })
}

#[test]
fn everyone_is_to_sign_until_they_have() {
    let mut table = open();
    assert_eq!(table.waits_for(&to_sign()), BOTH);
    table.signed(signed("gwangmyeong"));
    assert_eq!(table.waits_for(&to_sign()), ["seoul"]);
    table.signed(signed("seoul"));
    table.signed(json!({ "completed": { "agreement": digest(2) } }));
    assert!(table.moves().is_empty());
}

#[test]
fn where_there_is_an_order_the_next_one_signs() {
    let mut table = open();
    table.signed(json!({ "order_set": { "order": ["seoul", "gwangmyeong"] } }));
    assert_eq!(table.waits_for(&to_sign()), ["seoul"]);
    table.signed(signed("seoul"));
    assert_eq!(table.waits_for(&to_sign()), ["gwangmyeong"]);
}

#[test]
fn a_paper_that_one_clerk_has_attested_waits_for_a_clerk_of_another_party() {
    let attest = format!("attest_paper {}", json!({ "agreement": digest(2) }));
    let mut table = open();
    table.signed(paper("seoul", false));
    assert_eq!(table.waits_for(&attest), ["gwangmyeong"]);
    table.signed(paper("gwangmyeong", true));
    assert!(table.moves().is_empty());
}

#[test]
fn a_signature_in_doubt_is_to_be_given_again() {
    let mut table = open();
    table.signed(signed("gwangmyeong"));
    table.signed(signed("seoul"));
    table.signed(json!({ "completed": { "agreement": digest(2) } }));
    table.signed(json!({ "marked_in_doubt": { "government": "seoul", "official": "mayor", "key": "k", "since": "2000-01-01T00:00:00Z" } }));
    assert_eq!(table.waits_for(&to_sign()), ["seoul"]);
}

#[test]
fn a_text_that_opens_again_voids_signatures_and_keeps_the_order() {
    let mut table = open();
    table.signed(json!({ "order_set": { "order": ["seoul", "gwangmyeong"] } }));
    table.signed(signed("seoul"));
    table.reopens();
    assert!(table.waits_for(&to_sign()).is_empty());
    table.freezes();
    table.approved(json!({ "signing_opened": { "agreement": digest(2) } }));
    assert_eq!(table.waits_for(&to_sign()), ["seoul"]);
}

#[test]
fn an_order_holds_until_the_parties_change() {
    let mut table = open();
    table.signed(json!({ "order_set": { "order": ["seoul", "gwangmyeong"] } }));
    table.reopens();
    table.negotiated(json!({ "joined": { "government": "guro" } }));
    table.freezes();
    table.approved(json!({ "signing_opened": { "agreement": digest(2) } }));
    assert_eq!(table.waits_for(&to_sign()), ["guro", "gwangmyeong", "seoul"]);
}
