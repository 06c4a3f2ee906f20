//! The steps of the procedure: whose turn it is, in which order, under which condition, until when.

use notifications::Task;
use serde_json::{Value, json};

use crate::table::{Table, actor, by_day, digest, procedure, step};

const BOTH: [&str; 2] = ["gwangmyeong", "seoul"];

fn to_record(step: &str, of: Option<&str>) -> String {
    format!("record_step {}", about(step, of))
}

fn to_decide(step: &str, of: Option<&str>) -> String {
    format!("decide_condition {}", about(step, of))
}

fn about(step: &str, of: Option<&str>) -> Value {
    of.map_or_else(|| json!({ "step": step }), |of| json!({ "government": of, "step": step }))
}

fn recorded(step: &str, of: Option<&str>, complete: bool) -> Value {
    json!({ "step_recorded": {
        "step": about(step, of), "by": of.unwrap_or("seoul"), "done": { "reported": { "to": "the council" } }, "on": "2000-02-08", "complete": complete,
    } })
}

fn decided(step: &str, of: &str, applies: bool) -> Value {
    json!({ "condition_decided": { "step": about(step, Some(of)), "applies": applies, "why": { "remark": "r" }, "by": "seoul-approver" } })
}

fn clock(step: &str, of: Option<&str>, due: &str) -> Value {
    json!({ "clock_started": { "step": about(step, of), "from": "2000-02-01", "due": by_day(due) } })
}

fn conditional() -> Value {
    json!({ "condition": { "is": "commitment", "wording": "if money is committed" } })
}

fn timed(from: &Value) -> Value {
    json!({ "time": { "days": 20, "from": from, "wording": "20 days" } })
}

fn signing() -> Value {
    json!({ "kind": "sign", "actor": { "is": "parties_together", "wording": "all" } })
}

/// Gwangmyeong and Seoul negotiating under these steps.
fn open(steps: Vec<proto::procedure::Step>) -> Table {
    Table::of(&procedure(steps, &[]), "free", &BOTH)
}

#[test]
fn each_party_records_its_own_step_and_anyone_one_that_is_for_all() {
    let mut table = open(vec![step("hear", "preparation", &json!({})), step("draft", "preparation", &actor("parties_together"))]);
    assert!(table.inbox("seoul").contains(&to_record("hear", Some("seoul"))));
    assert!(table.waits_for(&to_record("draft", None)).is_empty(), "hearings come first");
    table.approved(recorded("hear", Some("seoul"), true));
    assert_eq!(table.waits_for(&to_record("hear", Some("seoul"))), Vec::<String>::new());
    table.approved(recorded("hear", Some("gwangmyeong"), true));
    assert_eq!(table.waits_for(&to_record("draft", None)), BOTH);
    table.approved(recorded("draft", None, true));
    assert!(table.waits_for(&to_record("draft", None)).is_empty());
}

#[test]
fn a_party_goes_ahead_in_its_own_lane() {
    let mut table = open(vec![step("hear", "preparation", &json!({})), step("report", "preparation", &json!({}))]);
    table.approved(recorded("hear", Some("seoul"), true));
    assert_eq!(table.waits_for(&to_record("report", Some("seoul"))), ["seoul"]);
    assert!(table.waits_for(&to_record("report", Some("gwangmyeong"))).is_empty());
}

#[test]
fn a_step_about_the_text_waits_for_the_frozen_text_and_again_for_the_next_one() {
    let steps = vec![step("council", "text", &json!({})), step("sign", "text", &signing())];
    let mut table = open(steps.clone());
    assert!(table.waits_for(&to_record("council", Some("seoul"))).is_empty());
    table.freezes();
    assert_eq!(table.waits_for(&to_record("council", Some("seoul"))), ["seoul"]);
    table.approved(recorded("council", Some("seoul"), false));
    assert_eq!(table.waits_for(&to_record("council", Some("seoul"))), ["seoul"], "deferred, or its letter is on its way");
    table.approved(recorded("council", Some("seoul"), true));
    assert!(table.inbox("seoul").is_empty(), "signing is nobody's step to record");
    table.reopens();
    table.freezes();
    assert_eq!(table.waits_for(&to_record("council", Some("seoul"))), ["seoul"], "no approval of the old text counts");
}

#[test]
fn a_conditional_step_is_to_be_decided_when_its_turn_comes() {
    let mut table = open(vec![step("hear", "preparation", &json!({})), step("review", "preparation", &conditional())]);
    assert!(table.waits_for(&to_decide("review", Some("seoul"))).is_empty());
    for party in BOTH {
        table.approved(recorded("hear", Some(party), true));
    }
    assert_eq!(table.waits_for(&to_decide("review", Some("seoul"))), ["seoul"]);
    table.approved(decided("review", "seoul", true));
    assert_eq!(table.waits_for(&to_record("review", Some("seoul"))), ["seoul"]);
    table.approved(decided("review", "gwangmyeong", false));
    assert!(table.waits_for(&to_decide("review", Some("gwangmyeong"))).is_empty());
    assert!(table.waits_for(&to_record("review", Some("gwangmyeong"))).is_empty());
}

#[test]
fn what_a_superior_body_decides_waits_for_it_and_for_the_party_that_reports_it() {
    let steps = vec![step("approve", "preparation", &actor("higher_body_of_each")), step("decide", "after", &actor("third_body"))];
    let mut table = open(steps);
    assert_eq!(table.waits_for(&to_record("approve", Some("gwangmyeong"))), ["gwangmyeong", "gyeonggi"]);
    assert_eq!(table.waits_for(&to_record("approve", Some("seoul"))), ["seoul"], "nothing is above it");
    table.approved(recorded("approve", Some("gwangmyeong"), true));
    table.approved(recorded("approve", Some("seoul"), true));
    assert_eq!(table.waits_for(&to_record("decide", None)), ["gwangmyeong", "gyeonggi", "seoul"]);
}

#[test]
fn a_superior_body_does_not_decide_a_partys_condition() {
    let mut higher = conditional();
    higher.as_object_mut().unwrap().extend(actor("higher_body_of_each").as_object().cloned().unwrap());
    let table = open(vec![step("approve", "preparation", &higher)]);
    assert_eq!(table.waits_for(&to_decide("approve", Some("gwangmyeong"))), ["gwangmyeong"]);
}

#[test]
fn a_clock_gives_the_date_until_the_step_is_done_or_the_date_is_recorded() {
    let mut table = open(vec![step("hear", "preparation", &timed(&json!("outside_event")))]);
    table.approved(clock("hear", Some("seoul"), "2000-02-21"));
    let due = |table: &Table| {
        let waits =
            table.moves().into_iter().find(|waits| waits.government.as_str() == "seoul" && matches!(waits.task, Task::RecordStep(_)));
        waits.unwrap().due.map(|due| due.on.to_string())
    };
    assert_eq!(due(&table), Some("2000-02-21".into()));
    table.approved(json!({ "step_lapsed": { "step": about("hear", Some("seoul")), "complete": false, "refused": false } }));
    assert_eq!(due(&table), None, "overdue, and still to be done");
    table.approved(json!({ "step_lapsed": { "step": about("hear", Some("gwangmyeong")), "complete": true, "refused": false } }));
    assert!(table.waits_for(&to_record("hear", Some("gwangmyeong"))).is_empty(), "silence was a yes");
}

#[test]
fn a_step_waits_for_the_one_its_time_runs_from() {
    let loose = json!({ "blocking": false });
    let steps = vec![step("apply", "preparation", &loose), step("answer", "preparation", &timed(&json!({ "step": "apply" })))];
    let mut table = open(steps);
    assert!(table.waits_for(&to_record("answer", Some("seoul"))).is_empty());
    assert_eq!(table.waits_for(&to_record("apply", Some("seoul"))), ["seoul"], "the agreement waits for what it sets off");
    table.approved(recorded("apply", Some("seoul"), true));
    assert_eq!(table.waits_for(&to_record("answer", Some("seoul"))), ["seoul"]);
}

#[test]
fn what_nothing_waits_for_is_a_move_only_while_its_time_runs() {
    let mut table = open(vec![step("meet", "after", &json!({ "blocking": false, "repeats": true }))]);
    assert!(table.waits_for(&to_record("meet", Some("seoul"))).is_empty());
    table.approved(clock("meet", Some("seoul"), "2000-02-21"));
    assert_eq!(table.waits_for(&to_record("meet", Some("seoul"))), ["seoul"]);
    table.approved(recorded("meet", Some("seoul"), true));
    assert!(table.waits_for(&to_record("meet", Some("seoul"))).is_empty());
    table.approved(clock("meet", Some("seoul"), "2001-02-21"));
    assert_eq!(table.waits_for(&to_record("meet", Some("seoul"))), ["seoul"], "it comes again");
}

#[test]
fn what_the_law_draws_from_the_steps_before_is_nobodys_move() {
    let steps = vec![step("vote", "text", &json!({})), step("tally", "text", &actor("by_law")), step("sign", "text", &signing())];
    let mut table = Table::frozen([steps, vec![step("file", "entry", &json!({}))]].concat());
    for party in BOTH {
        table.approved(recorded("vote", Some(party), true));
    }
    assert!(table.moves().is_empty(), "the tally follows by law, and signing is about to open");
    table.approved(json!({ "signatures_noted": { "agreement": digest(2), "on": "2000-02-08" } }));
    assert_eq!(table.waits_for(&to_record("file", Some("seoul"))), ["seoul"]);
}

#[test]
fn duties_follow_the_signature_and_conditions_of_entry_end_with_it() {
    let from_force = timed(&json!("entry_into_force"));
    let steps = vec![
        step("sign", "text", &signing()),
        step("file", "entry", &json!({})),
        step("report", "after", &json!({})),
        step("settle", "after", &from_force),
    ];
    let mut table = Table::frozen(steps);
    assert!(table.moves().is_empty());
    table.approved(json!({ "signatures_noted": { "agreement": digest(2), "on": "2000-02-08" } }));
    assert_eq!(table.inbox("seoul"), [to_record("file", Some("seoul")), to_record("report", Some("seoul"))]);
    for party in BOTH {
        table.approved(recorded("file", Some(party), true));
    }
    table.approved(json!({ "entered_into_force": { "agreement": digest(2), "on": "2000-02-08" } }));
    assert_eq!(table.inbox("seoul"), [to_record("report", Some("seoul")), to_record("settle", Some("seoul"))]);
}

#[test]
fn a_party_that_comes_back_begins_anew() {
    let mut table = open(vec![step("hear", "preparation", &json!({}))]);
    table.approved(recorded("hear", Some("seoul"), true));
    table.leaves("seoul");
    table.negotiated(json!({ "joined": { "government": "seoul" } }));
    assert_eq!(table.waits_for(&to_record("hear", Some("seoul"))), ["seoul"]);
}

#[test]
fn preparations_are_over_with_the_signature() {
    let mut table = Table::frozen(vec![step("hear", "preparation", &json!({}))]);
    assert_eq!(table.inbox("seoul"), [to_record("hear", Some("seoul"))]);
    table.signed(json!({ "completed": { "agreement": digest(2) } }));
    assert!(table.moves().is_empty());
}
