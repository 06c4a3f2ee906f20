//! Disputes: facilitator, proposal, answers; and what is left to do when parties leave.

use serde_json::{Value, json};

use crate::table::{Table, by_day, digest, procedure};

const BOTH: [&str; 2] = ["gwangmyeong", "seoul"];

/// A dispute of Gwangmyeong and Seoul over resident support, with Guro at the table.
fn in_dispute() -> Table {
    let mut table = Table::of(&procedure(Vec::new(), &[]), "free", &["guro", "gwangmyeong", "seoul"]);
    table.term("support");
    let due = by_day("2000-03-01");
    table.mediated(json!({ "dispute_opened": {
        "dispute": 1, "by": "gwangmyeong", "names": crate::table::names(), "terms": ["support"], "parties": BOTH, "due": due,
    } }));
    table
}

fn facilitated() -> Table {
    let mut table = in_dispute();
    table.mediated(proposed("council"));
    table.mediated(accepted("seoul", true));
    table
}

fn put() -> Table {
    let mut table = facilitated();
    table.mediated(json!({ "proposal_put": { "dispute": 1, "number": 1, "digest": digest(3), "due": by_day("2000-02-13") } }));
    table
}

fn proposed(facilitator: &str) -> Value {
    json!({ "facilitator_proposed": { "dispute": 1, "by": "gwangmyeong", "facilitator": facilitator } })
}

fn accepted(by: &str, agreed: bool) -> Value {
    let reads = if agreed { BOTH.to_vec() } else { Vec::new() };
    json!({ "facilitator_accepted": { "dispute": 1, "by": by, "facilitator": "council", "agreed": agreed, "reads": reads } })
}

#[test]
fn a_dispute_waits_for_a_facilitator_and_holds_its_terms() {
    let table = in_dispute();
    assert_eq!(table.waits_for(r#"propose_facilitator {"dispute":1}"#), BOTH);
    assert!(table.inbox("guro").is_empty(), "no offer can be made for the term, and the dispute is none of its own");
    assert_eq!(table.moves()[0].due.clone().unwrap().on.to_string(), "2000-03-01");
}

#[test]
fn a_proposed_facilitator_waits_for_the_other_side() {
    let mut table = in_dispute();
    table.mediated(proposed("council"));
    assert_eq!(table.waits_for(r#"accept_facilitator {"dispute":1,"facilitator":"council"}"#), ["seoul"]);
}

#[test]
fn when_the_last_who_had_not_accepted_leaves_any_other_says_it_again() {
    let mut table = in_dispute();
    table.mediated(json!({ "dispute_closed": { "dispute": 1, "how": "taken_back" } }));
    table.mediated(json!({ "dispute_opened": {
        "dispute": 1, "by": "gwangmyeong", "names": crate::table::names(), "terms": ["support"], "parties": ["guro", "gwangmyeong", "seoul"],
    } }));
    table.mediated(proposed("council"));
    table.mediated(accepted("seoul", false));
    table.leaves("guro");
    assert_eq!(table.waits_for(r#"accept_facilitator {"dispute":1,"facilitator":"council"}"#), BOTH);
}

#[test]
fn the_facilitator_is_to_settle_and_then_the_parties_answer() {
    let mut table = facilitated();
    assert_eq!(table.inbox("council"), [r#"settle_dispute {"dispute":1}"#]);
    assert!(table.inbox("seoul").is_empty());
    table.mediated(json!({ "proposal_put": { "dispute": 1, "number": 1, "digest": digest(3) } }));
    assert!(table.inbox("council").is_empty());
    assert_eq!(table.waits_for(r#"answer_proposal {"dispute":1,"number":1}"#), BOTH);
}

#[test]
fn a_proposal_that_failed_is_the_facilitators_again() {
    let mut table = put();
    table.mediated(json!({ "proposal_failed": { "dispute": 1, "number": 1 } }));
    assert_eq!(table.inbox("council"), [r#"settle_dispute {"dispute":1}"#]);
    assert!(table.inbox("seoul").is_empty());
}

#[test]
fn a_settlement_waits_for_nobody_and_agrees_the_terms() {
    let mut table = put();
    let proposal = json!({ "terms": { "support": { "share": "40" } }, "salt": digest(4) });
    table.mediated(json!({ "settled": { "dispute": 1, "number": 1, "proposal": proposal } }));
    table.mediated(json!({ "dispute_closed": { "dispute": 1, "how": "settled" } }));
    assert!(table.moves().is_empty(), "the platform enters the settlement");
    let package = json!({ "terms": { "support": { "share": "40" } } });
    table.negotiated(json!({ "settlement_entered": { "offer": 1, "dispute": 1, "package": package } }));
    assert_eq!(table.waits_for("initial").len(), 3);
}

#[test]
fn a_dispute_taken_back_frees_its_terms() {
    let mut table = facilitated();
    table.mediated(json!({ "dispute_closed": { "dispute": 1, "how": "taken_back" } }));
    assert!(table.inbox("council").is_empty());
    assert_eq!(table.waits_for(r#"table_offer {"terms":["support"]}"#).len(), 3);
}

#[test]
fn a_dispute_with_one_side_left_is_to_be_taken_back() {
    let what = r#"take_back_dispute {"dispute":1}"#;
    let mut table = put();
    table.leaves("seoul");
    assert_eq!(table.waits_for(what), ["gwangmyeong"], "it opened the dispute");
    let mut table = put();
    table.leaves("gwangmyeong");
    assert_eq!(table.waits_for(what), ["seoul"], "the one side that is left");
    table.leaves("seoul");
    assert_eq!(table.waits_for(what), ["guro"], "whoever is a party of the case");
}

#[test]
fn what_is_said_in_a_caucus_is_not_heard_here() {
    let mut table = put();
    let before = table.state();
    let caucus = proto::stream::Stream::Caucus(crate::table::case(), "seoul".parse().unwrap());
    table.happened_in(&caucus, "mediation", json!({ "proposal_answered": { "dispute": 1, "number": 1, "accept": false } }));
    table.mediated(json!({ "proposal_answered": { "dispute": 1, "number": 1, "accept": false } }));
    assert_eq!(table.state(), before, "also if it were told in the open");
}
