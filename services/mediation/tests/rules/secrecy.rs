//! What must not be found in a public entry.

use proto::digest::Digest;
use proto::money::Money;
use proto::term::Value;

use crate::table::*;

const CANARY: i64 = 4_812_345_678;

/// A proposal is answered, in this order, and the public record of it.
fn record(answers: [(&str, bool); 2]) -> Table {
    let mut proposal = support(CANARY);
    proposal.labels.insert(term("resident-support"), "canary-label".into());
    proposal.terms.insert(term("construction-share"), Value::Money(Money::krw(CANARY + 1)));
    let mut table = Table::facilitated();
    table.done("seoul-delegate", note("seoul", "canary-note: 40 is our limit"));
    table.done("council-mediator", note("gwangmyeong", "canary-note: would 48 do?"));
    for party in ["gwangmyeong", "seoul"] {
        table.done("council-mediator", deliver(1, party, &proposal));
    }
    table.done("council-mediator", put(1, &proposal));
    for (party, accept) in answers {
        table.done(&format!("{party}-delegate"), answer(1, party, accept));
    }
    table
}

fn text(table: &Table) -> String {
    format!("{}{}", serde_json::to_string(&table.public).unwrap(), serde_json::to_string(&table.case()).unwrap())
}

#[test]
fn nothing_of_a_failed_proposal_or_of_a_caucus_is_public() {
    let table = record([("seoul", false), ("gwangmyeong", true)]);
    let public = text(&table);
    assert!(public.contains("proposal_failed"));
    let salt = support(CANARY).salt.to_string();
    for secret in ["canary", "48123456", "limit", "would 48", "accept\"", &salt] {
        assert!(!public.contains(secret), "{secret} stands in a public entry");
    }
}

#[test]
fn who_said_no_makes_no_difference_to_the_public_record() {
    let by_seoul = record([("seoul", false), ("gwangmyeong", true)]);
    let by_gwangmyeong = record([("seoul", true), ("gwangmyeong", false)]);
    let by_both = record([("seoul", false), ("gwangmyeong", false)]);
    assert_eq!(text(&by_seoul), text(&by_gwangmyeong));
    assert_eq!(text(&by_seoul), text(&by_both));
}

#[test]
fn a_caucus_holds_nothing_of_the_other_side() {
    let table = record([("seoul", false), ("gwangmyeong", true)]);
    let seoul = serde_json::to_string(&table.caucus("seoul")).unwrap();
    assert!(seoul.contains("our limit") && !seoul.contains("would 48"));
    let gwangmyeong = serde_json::to_string(&table.caucus("gwangmyeong")).unwrap();
    assert!(!gwangmyeong.contains("our limit") && gwangmyeong.contains("would 48"));
}

#[test]
fn the_digest_of_a_proposal_cannot_be_guessed_from_its_values() {
    let proposal = support(CANARY);
    let mut same = proposal.clone();
    same.salt = Digest::of(b"another");
    assert_ne!(Digest::of_json(&proposal).unwrap(), Digest::of_json(&same).unwrap());
}
