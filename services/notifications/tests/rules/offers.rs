//! Offers: who is to answer, who is to improve, who is to begin.

use serde_json::json;

use crate::table::{Table, by_day, procedure};

const THREE: [&str; 3] = ["guro", "gwangmyeong", "seoul"];

fn of_three(rounds: &str) -> Table {
    let mut table = Table::of(&procedure(Vec::new(), &[]), rounds, &THREE);
    table.term("support");
    table
}

#[test]
fn a_term_without_a_value_waits_for_an_offer_by_anyone() {
    let mut table = Table::of_two();
    assert_eq!(table.waits_for(r#"table_offer {"terms":["support"]}"#), ["gwangmyeong", "seoul"]);
    table.offer(1, "gwangmyeong", &["seoul"], &json!({}));
    assert!(table.inbox("gwangmyeong").is_empty());
    assert_eq!(table.inbox("seoul"), [r#"answer_offer {"offer":1}"#]);
}

#[test]
fn a_counter_offer_turns_the_table_round() {
    let mut table = Table::of_two();
    table.offer(1, "gwangmyeong", &["seoul"], &json!({}));
    table.offer(2, "seoul", &["gwangmyeong"], &json!({ "counters": 1 }));
    assert!(table.inbox("seoul").is_empty());
    assert_eq!(table.inbox("gwangmyeong"), [r#"answer_offer {"offer":2}"#]);
}

#[test]
fn an_improved_offer_takes_the_place_of_the_one_before() {
    let mut table = Table::of_two();
    table.offer(1, "gwangmyeong", &["seoul"], &json!({ "expires": by_day("2000-02-15") }));
    table.offer(2, "gwangmyeong", &["seoul"], &json!({ "improves": 1, "expires": by_day("2000-02-20") }));
    assert_eq!(table.inbox("seoul"), [r#"answer_offer {"offer":2}"#]);
    let due = table.moves()[0].due.clone().unwrap();
    assert_eq!((due.on.to_string(), due.passes_at.to_string()), ("2000-02-20".into(), "2000-02-20T15:00:00Z".into()));
}

#[test]
fn an_offer_waits_for_all_who_were_asked() {
    let mut table = of_three("free");
    table.offer(1, "gwangmyeong", &["guro", "seoul"], &json!({}));
    table.accepted(1, "guro");
    assert_eq!(table.waits_for(r#"answer_offer {"offer":1}"#), ["seoul"]);
    table.agreed(1, "seoul");
    assert!(table.waits_for(r#"answer_offer {"offer":1}"#).is_empty());
    assert_eq!(table.waits_for("initial"), THREE, "the one term is agreed");
}

#[test]
fn what_is_sent_back_is_its_authors_until_someone_around_it_moves() {
    let mut table = of_three("free");
    table.offer(1, "gwangmyeong", &["guro", "seoul"], &json!({}));
    table.sent_back(1, "guro");
    assert!(table.inbox("seoul").is_empty(), "one answer against it closes it");
    assert_eq!(table.inbox("gwangmyeong"), [r#"improve_offer {"offer":1}"#]);
    table.offer(2, "seoul", &["guro"], &json!({}));
    assert_eq!(table.inbox("gwangmyeong"), [r#"improve_offer {"offer":1}"#], "not asked, still to move");
    table.offer(3, "gwangmyeong", &["guro", "seoul"], &json!({ "improves": 1 }));
    assert!(table.inbox("gwangmyeong").is_empty());
}

#[test]
fn what_is_withdrawn_or_has_lapsed_waits_for_nobody() {
    let mut table = Table::of_two();
    for (offer, end) in [(1, "offer_withdrawn"), (2, "offer_lapsed")] {
        table.offer(offer, "gwangmyeong", &["seoul"], &json!({ "expires": by_day("2000-02-15") }));
        table.negotiated(json!({ end: { "offer": offer } }));
        assert_eq!(table.waits_for(r#"table_offer {"terms":["support"]}"#), ["gwangmyeong", "seoul"], "{end}");
    }
}

#[test]
fn a_circulated_draft_stays_with_those_who_have_not_answered() {
    let mut table = of_three("circulated");
    table.offer(1, "gwangmyeong", &["guro", "seoul"], &json!({ "expires": by_day("2000-02-15") }));
    table.offer(2, "guro", &["gwangmyeong", "seoul"], &json!({ "counters": 1, "expires": by_day("2000-02-15") }));
    assert_eq!(table.inbox("seoul"), [r#"answer_offer {"offer":1}"#, r#"answer_offer {"offer":2}"#]);
    table.accepted(1, "seoul");
    assert_eq!(table.inbox("seoul"), [r#"answer_offer {"offer":2}"#]);
    assert_eq!(table.inbox("gwangmyeong"), [r#"answer_offer {"offer":2}"#], "the counter-draft, not its own that all have answered");
}

#[test]
fn a_circulated_draft_that_all_have_sent_back_is_its_authors() {
    let mut table = of_three("circulated");
    table.offer(1, "gwangmyeong", &["guro", "seoul"], &json!({}));
    table.sent_back(1, "guro");
    assert_eq!(table.waits_for(r#"answer_offer {"offer":1}"#), ["seoul"]);
    table.sent_back(1, "seoul");
    assert_eq!(table.inbox("gwangmyeong"), [r#"improve_offer {"offer":1}"#]);
}

#[test]
fn an_agreed_counter_draft_answers_the_drafts_it_grew_from() {
    let mut table = of_three("circulated");
    table.offer(1, "gwangmyeong", &["guro", "seoul"], &json!({}));
    table.offer(2, "guro", &["gwangmyeong", "seoul"], &json!({ "counters": 1 }));
    table.offer(3, "guro", &["gwangmyeong", "seoul"], &json!({ "improves": 2 }));
    table.accepted(3, "gwangmyeong");
    table.agreed(3, "seoul");
    assert!(table.waits_for(r#"answer_offer {"offer":1}"#).is_empty());
}

#[test]
fn an_author_who_leaves_need_not_improve() {
    let mut table = of_three("free");
    table.offer(1, "gwangmyeong", &["guro", "seoul"], &json!({}));
    table.sent_back(1, "guro");
    table.leaves("gwangmyeong");
    assert_eq!(table.waits_for(r#"table_offer {"terms":["support"]}"#), ["guro", "seoul"]);
}
