//! Dates that pass: what is said to whom, from which entry, and that it is said no more once it is on record.

use notifications::Notifications;
use proto::stream::Stream;
use runtime::view::View;
use serde_json::{Value, json};

use crate::table::{Table, by_day, case, digest, procedure, step};

const BEFORE: &str = "2000-02-15T14:59:59Z";
const AFTER: &str = "2000-02-15T15:00:00Z";

fn next_due(table: &Table) -> Option<String> {
    Notifications::next_due(&table.state()).map(|at| at.to_string())
}

fn in_dispute(due: &Value) -> (Table, u64) {
    let mut table = Table::of_two();
    table.mediated(json!({ "dispute_opened": {
        "dispute": 1, "by": "seoul", "names": crate::table::names(), "terms": ["support"], "parties": ["gwangmyeong", "seoul"],
        "due": by_day("2000-02-09"),
    } }));
    let set = table.mediated(json!({ "proposal_put": { "dispute": 1, "number": 2, "digest": digest(3), "due": due } }));
    (table, set)
}

fn timed() -> Table {
    let time = json!({ "time": { "days": 20, "from": "outside_event", "wording": "20 days" } });
    Table::of(&procedure(vec![step("hear", "preparation", &time)], &[]), "free", &["gwangmyeong", "seoul"])
}

fn of_seoul() -> Value {
    json!({ "step": "hear", "government": "seoul" })
}

fn clock(table: &mut Table) -> u64 {
    table.approved(json!({ "clock_started": { "step": of_seoul(), "from": "2000-02-01", "due": by_day("2000-02-15") } }))
}

#[test]
fn an_offer_lapses_when_its_day_has_ended_where_it_runs() {
    let mut table = Table::of_two();
    table.offer(1, "gwangmyeong", &["seoul"], &json!({ "expires": by_day("2000-02-15") }));
    let set = table.moves()[0].since.position;
    assert_eq!(next_due(&table), Some(AFTER.into()));
    assert!(table.overdue(BEFORE).is_empty());
    assert_eq!(table.overdue(AFTER), [format!(r#"{set}: {{"negotiation":{{"lapse_offer":{{"offer":1}}}}}}"#)]);
    table.negotiated(json!({ "offer_lapsed": { "offer": 1 } }));
    assert!(table.overdue(AFTER).is_empty());
    assert_eq!(next_due(&table), None);
}

#[test]
fn an_offer_lapses_also_while_the_text_is_frozen() {
    let mut table = Table::of_two();
    table.offer(1, "gwangmyeong", &["seoul"], &json!({ "expires": by_day("2000-02-15") }));
    table.freezes();
    assert_eq!(table.overdue(AFTER).len(), 1);
}

#[test]
fn an_answered_offer_does_not_lapse() {
    let mut table = Table::of_two();
    table.offer(1, "gwangmyeong", &["seoul"], &json!({ "expires": by_day("2000-02-15") }));
    table.agreed(1, "seoul");
    assert!(table.overdue(AFTER).is_empty());
}

#[test]
fn a_step_lapses_when_its_time_has_run_out() {
    let mut table = timed();
    let set = clock(&mut table);
    assert_eq!(table.overdue(BEFORE), Vec::<String>::new());
    let said = format!(r#"{set}: {{"approvals":{{"lapse_step":{{"step":{}}}}}}}"#, json!({ "government": "seoul", "step": "hear" }));
    assert_eq!(table.overdue(AFTER), [said]);
    table.approved(json!({ "step_lapsed": { "step": of_seoul(), "complete": false, "refused": false } }));
    assert!(table.overdue(AFTER).is_empty());
}

#[test]
fn a_step_that_is_done_or_excused_or_whose_party_has_left_does_not_lapse() {
    let mut done = timed();
    clock(&mut done);
    done.approved(json!({ "step_recorded": {
        "step": of_seoul(), "by": "seoul", "done": { "reported": { "to": "council" } }, "on": "2000-02-08", "complete": true,
    } }));
    let mut excused = timed();
    clock(&mut excused);
    excused.approved(json!({ "condition_decided": { "step": of_seoul(), "applies": false, "why": { "remark": "r" }, "by": "kim" } }));
    let mut gone = timed();
    clock(&mut gone);
    gone.leaves("seoul");
    for table in [done, excused, gone] {
        assert!(table.overdue(AFTER).is_empty());
        assert_eq!(next_due(&table), None);
    }
}

#[test]
fn a_step_about_a_text_that_opened_again_does_not_lapse() {
    let time = json!({ "time": { "days": 20, "from": "outside_event", "wording": "20 days" } });
    let mut table = Table::frozen(vec![step("hear", "text", &time)]);
    clock(&mut table);
    assert_eq!(table.overdue(AFTER).len(), 1);
    table.reopens();
    assert!(table.overdue(AFTER).is_empty());
}

#[test]
fn a_proposal_is_closed_when_its_day_has_ended_and_a_disputes_own_date_binds_nobody() {
    let (mut table, set) = in_dispute(&by_day("2000-02-15"));
    assert!(table.overdue(BEFORE).is_empty(), "the dispute should have been settled by the ninth");
    assert_eq!(table.overdue(AFTER), [format!(r#"{set}: {{"mediation":{{"close_proposal":{{"dispute":1,"number":2}}}}}}"#)]);
    table.mediated(json!({ "proposal_failed": { "dispute": 1, "number": 2 } }));
    assert!(table.overdue(AFTER).is_empty());
}

#[test]
fn a_proposal_without_a_date_is_looked_at_again_when_a_party_to_the_dispute_leaves() {
    let (mut table, _) = in_dispute(&Value::Null);
    table.negotiated(json!({ "joined": { "government": "guro" } }));
    table.leaves("guro");
    assert!(table.overdue(AFTER).is_empty(), "guro is not a party to the dispute");
    let left = table.leaves("seoul");
    let close = format!(r#"{left}: {{"mediation":{{"close_proposal":{{"dispute":1,"number":2}}}}}}"#);
    assert_eq!(table.overdue(AFTER), [close]);
    table.mediated(json!({ "proposal_failed": { "dispute": 1, "number": 2 } }));
    assert!(table.overdue(AFTER).is_empty());
}

#[test]
fn what_has_no_date_never_passes() {
    let (mut table, _) = in_dispute(&Value::Null);
    table.offer(1, "gwangmyeong", &["seoul"], &json!({}));
    table.offer(2, "gwangmyeong", &["seoul"], &json!({ "expires": { "on": "2000-02-15", "zone": "Asia/Nowhere" } }));
    assert_eq!(next_due(&table), None);
    assert!(table.overdue("2199-01-01T00:00:00Z").is_empty());
}

#[test]
fn only_the_stream_of_a_case_has_dates() {
    let mut table = Table::of_two();
    table.offer(1, "gwangmyeong", &["seoul"], &json!({ "expires": by_day("2000-02-15") }));
    let internal = Stream::Internal(case(), "seoul".parse().unwrap());
    assert!(Notifications::overdue(&internal, &table.state(), AFTER.parse().unwrap()).is_empty());
}
