//! Inviting, joining, declining, leaving.

use serde_json::json;

use crate::table::{Table, procedure};

#[test]
fn whoever_opens_a_case_is_to_invite() {
    let mut table = Table::opened(&procedure(Vec::new(), &[]), "free");
    assert_eq!(table.inbox("gyeonggi"), ["invite"]);
    table.negotiated(json!({ "invited": { "government": "seoul" } }));
    assert!(table.inbox("gyeonggi").is_empty());
    assert_eq!(table.inbox("seoul"), ["join_or_decline"]);
}

#[test]
fn an_invitation_waits_until_it_is_answered() {
    let mut table = Table::opened(&procedure(Vec::new(), &[]), "free");
    for party in ["seoul", "guro"] {
        table.negotiated(json!({ "invited": { "government": party } }));
    }
    table.negotiated(json!({ "joined": { "government": "seoul" } }));
    table.negotiated(json!({ "declined": { "government": "guro" } }));
    assert!(table.waits_for("join_or_decline").is_empty());
    assert_eq!(table.inbox("gyeonggi"), ["invite"], "one party is too few");
}

#[test]
fn whoever_leaves_has_no_moves_and_the_convener_is_to_invite_again() {
    let mut table = Table::of_two();
    table.negotiated(json!({ "fact_stated": {
        "fact": "tonnage", "by": "seoul", "names": crate::table::names(), "value": { "share": "50" },
        "estimated_by": "seoul", "estimated_on": "1999-05-31",
    } }));
    assert_eq!(table.inbox("gwangmyeong").len(), 2);
    table.leaves("gwangmyeong");
    assert!(table.inbox("gwangmyeong").is_empty());
    assert_eq!(table.inbox("gyeonggi"), ["invite"]);
}

#[test]
fn nobody_can_join_a_frozen_text() {
    let mut table = Table::of_two();
    table.negotiated(json!({ "invited": { "government": "guro" } }));
    table.freezes();
    assert!(table.inbox("guro").is_empty());
    table.reopens();
    assert_eq!(table.inbox("guro"), ["join_or_decline"]);
}
