//! Figures, terms, clauses, the authority matrix, the allocation; and initialling when nothing stands in the way.

use serde_json::{Value, json};

use crate::table::{Table, digest, names, procedure};

const BOTH: [&str; 2] = ["gwangmyeong", "seoul"];

/// Gwangmyeong and Seoul with nothing in the text, under a procedure that asks for these contents.
fn blank(contents: &[&str]) -> Table {
    Table::of(&procedure(Vec::new(), contents), "free", &BOTH)
}

/// With one term agreed, so that the text is ready.
fn ready() -> Table {
    let mut table = Table::of_two();
    table.offer(1, "gwangmyeong", &["seoul"], &json!({}));
    table.agreed(1, "seoul");
    table
}

fn add_clause(table: &mut Table, by: &str, content: Option<&str>) {
    let wording = json!({ "en": "Seoul pays." });
    table.negotiated(
        json!({ "clause_added": { "clause": "article-1", "by": by, "heading": names(), "content": content, "wording": wording } }),
    );
}

fn finding() -> Value {
    json!({ "function": "ash-disposal", "issue": { "gap": { "power": "fund" } } })
}

fn function_set(open: &[Value]) -> Value {
    let row = json!({ "names": names(), "holders": {} });
    json!({ "function_set": { "function": "ash-disposal", "by": "seoul", "row": row, "matrix": digest(7), "open": open } })
}

#[test]
fn a_request_waits_for_whom_it_was_put_to_until_it_is_answered() {
    let mut table = Table::of_two();
    let asked = |number: u32, due: Option<Value>| {
        let (question, by, to) = (json!({ "remark_commitment": digest(1), "disclosure": "parties" }), "seoul", "gwangmyeong");
        json!({ "information_requested": { "request": number, "by": by, "to": to, "question": question, "due": due } })
    };
    table.negotiated(asked(1, Some(crate::table::by_day("2000-02-15"))));
    table.negotiated(asked(2, None));
    let requests = |table: &Table| -> Vec<String> {
        table.inbox("gwangmyeong").into_iter().filter(|what| what.starts_with("answer_request")).collect()
    };
    assert_eq!(requests(&table), [r#"answer_request {"request":1}"#, r#"answer_request {"request":2}"#]);
    assert!(table.inbox("seoul").iter().all(|what| !what.starts_with("answer_request")));
    let due: Vec<_> = table.moves().iter().filter_map(|waits| Some(waits.due.as_ref()?.on.to_string())).collect();
    assert_eq!(due, ["2000-02-15"]);
    // A clock that has run out says nothing to anybody but whoever looks.
    assert_eq!(table.overdue("2000-03-01T00:00:00Z"), Vec::<String>::new());
    let answer = json!({ "remark_commitment": digest(2), "disclosure": "parties" });
    table.negotiated(json!({ "information_answered": { "request": 1, "by": "gwangmyeong", "answer": answer } }));
    table.freezes();
    assert_eq!(requests(&table), [r#"answer_request {"request":2}"#], "also while the text is frozen");
    table.negotiated(json!({ "information_lacking": { "request": 2, "by": "gwangmyeong", "why": answer } }));
    assert_eq!(requests(&table), Vec::<String>::new());
    table.negotiated(asked(3, None));
    table.leaves("gwangmyeong");
    assert_eq!(requests(&table), Vec::<String>::new());
}

#[test]
fn a_figure_waits_for_the_position_of_everyone_else() {
    let mut table = ready();
    table.negotiated(json!({ "fact_stated": {
        "fact": "tonnage", "by": "seoul", "names": names(), "value": { "share": "50" }, "estimated_by": "seoul", "estimated_on": "1999-05-31",
    } }));
    assert_eq!(table.waits_for(r#"take_position {"fact":"tonnage"}"#), ["gwangmyeong"]);
    assert_eq!(table.waits_for("initial"), BOTH, "no figure holds the text up");
    table.negotiated(json!({ "position_taken": { "fact": "tonnage", "by": "gwangmyeong", "position": "no_data" } }));
    assert!(table.waits_for(r#"take_position {"fact":"tonnage"}"#).is_empty());
}

#[test]
fn an_empty_text_and_missing_contents_wait_for_someone_to_write() {
    let mut table = blank(&[]);
    assert_eq!(table.waits_for(r#"draft_text {"contents":[]}"#), BOTH);
    table.term("support");
    assert!(table.waits_for(r#"draft_text {"contents":[]}"#).is_empty());

    let mut table = blank(&["cost"]);
    assert_eq!(table.waits_for(r#"draft_text {"contents":["cost"]}"#), BOTH);
    add_clause(&mut table, "seoul", Some("cost"));
    assert!(table.waits_for(r#"draft_text {"contents":["cost"]}"#).is_empty());
}

#[test]
fn a_clause_waits_for_whoever_does_not_stand_behind_its_only_wording() {
    let what = r#"agree_wording {"clause":"article-1"}"#;
    let mut table = blank(&[]);
    add_clause(&mut table, "seoul", None);
    assert_eq!(table.waits_for(what), ["gwangmyeong"]);
    table.negotiated(json!({ "wording_proposed": { "clause": "article-1", "by": "gwangmyeong", "wording": { "en": "Both pay." } } }));
    assert_eq!(table.waits_for(what), BOTH, "two wordings side by side");
    table.negotiated(json!({ "clause_reserved": { "clause": "article-1", "by": "seoul" } }));
    assert_eq!(table.waits_for(what), ["seoul"], "its own wording is gone, its reservation holds the clause up");
    let wording = proto::digest::Digest::of_json(&json!({ "en": "Both pay." })).unwrap();
    table.negotiated(json!({ "wording_supported": { "clause": "article-1", "by": "seoul", "wording": wording } }));
    assert_eq!(table.waits_for(what), Vec::<String>::new());
    assert_eq!(table.waits_for("initial"), BOTH);
}

#[test]
fn a_clause_is_agreed_by_an_offer_too() {
    let mut table = blank(&[]);
    add_clause(&mut table, "seoul", None);
    let package = json!({ "wording": { "article-1": { "en": "Both pay." } } });
    table.offer(1, "gwangmyeong", &["seoul"], &json!({ "package": package }));
    table.agreed(1, "seoul");
    assert_eq!(table.waits_for("initial"), BOTH);
}

#[test]
fn whoever_leaves_stands_behind_no_wording() {
    let mut table = Table::of(&procedure(Vec::new(), &[]), "free", &["guro", "gwangmyeong", "seoul"]);
    add_clause(&mut table, "seoul", None);
    table.negotiated(json!({ "wording_proposed": { "clause": "article-1", "by": "guro", "wording": { "en": "Both pay." } } }));
    table.leaves("guro");
    assert_eq!(table.waits_for(r#"agree_wording {"clause":"article-1"}"#), ["gwangmyeong"], "one wording is left");
}

#[test]
fn a_finding_waits_for_whoever_has_not_allowed_it() {
    let what = format!("clear_finding {}", json!({ "finding": finding() }));
    let mut table = ready();
    table.happened("authority", function_set(&[finding()]));
    assert_eq!(table.waits_for(&what), BOTH);
    assert!(table.waits_for("initial").is_empty());
    let allowed = json!({ "finding": finding(), "by": "seoul", "why": { "remark": "the State pays" }, "open": [finding()] });
    table.happened("authority", json!({ "finding_allowed": allowed }));
    assert_eq!(table.waits_for(&what), ["gwangmyeong"]);
    table.happened("authority", json!({ "rechecked": { "open": [] } }));
    assert!(table.waits_for(&what).is_empty());
    assert_eq!(table.waits_for("initial"), BOTH);
}

#[test]
fn what_all_have_allowed_opens_again_for_whoever_joins() {
    let what = format!("clear_finding {}", json!({ "finding": finding() }));
    let mut table = ready();
    table.happened("authority", function_set(&[finding()]));
    for (by, open) in [("seoul", vec![finding()]), ("gwangmyeong", Vec::new())] {
        let allowed = json!({ "finding": finding(), "by": by, "why": { "remark": "the State pays" }, "open": open });
        table.happened("authority", json!({ "finding_allowed": allowed }));
    }
    assert!(table.waits_for(&what).is_empty());
    table.negotiated(json!({ "joined": { "government": "guro" } }));
    table.happened("authority", json!({ "rechecked": { "open": [finding()] } }));
    assert_eq!(table.waits_for(&what), ["guro"]);
    table.leaves("guro");
    assert_eq!(table.waits_for(&what), BOTH, "it would not be open if what was allowed before still counted");
}

#[test]
fn a_finding_that_another_row_brings_back_is_to_be_allowed_anew() {
    let what = format!("clear_finding {}", json!({ "finding": finding() }));
    let mut table = ready();
    table.happened("authority", function_set(&[finding()]));
    let allowed = json!({ "finding": finding(), "by": "seoul", "why": { "remark": "the State pays" }, "open": [finding()] });
    table.happened("authority", json!({ "finding_allowed": allowed }));
    table.happened("authority", function_set(&[]));
    table.happened("authority", function_set(&[finding()]));
    assert_eq!(table.waits_for(&what), BOTH);
}

#[test]
fn an_allocation_that_counts_on_someone_who_left_waits_for_another_offer() {
    let mut table = Table::of(&procedure(Vec::new(), &[]), "free", &["guro", "gwangmyeong", "seoul"]);
    table.term("support");
    let won = json!({ "amount": "1", "currency": "KRW" });
    let result = json!({ "model": digest(1), "solver": "s 1", "components": {}, "total": { "guro": won, "seoul": won } });
    let model = json!({ "currency": "KRW", "components": {} });
    table.happened(
        "allocation",
        json!({ "run_tabled": { "run": "r", "by": "seoul", "digest": digest(9), "model": model, "result": result } }),
    );
    let package = json!({ "terms": { "support": { "share": "50" } }, "allocation": digest(9) });
    table.offer(1, "seoul", &["guro", "gwangmyeong"], &json!({ "package": package }));
    table.accepted(1, "guro");
    table.agreed(1, "gwangmyeong");
    assert_eq!(table.waits_for("initial").len(), 3);
    table.leaves("guro");
    assert_eq!(table.waits_for(r#"table_offer {"terms":[]}"#), BOTH);
    assert!(table.waits_for("initial").is_empty());
}

#[test]
fn a_ready_text_waits_for_initials_and_again_when_it_changes() {
    let mut table = ready();
    let initialled = json!({ "initialled": { "by": "seoul", "frozen": { "text": digest(1) } } });
    table.negotiated(initialled.clone());
    assert_eq!(table.waits_for("initial"), ["gwangmyeong"]);
    table.happened("authority", function_set(&[]));
    assert_eq!(table.waits_for("initial"), BOTH, "another matrix");
    table.negotiated(initialled);
    table.offer(2, "gwangmyeong", &["seoul"], &json!({}));
    assert_eq!(table.waits_for("initial"), ["gwangmyeong"], "an open offer changes no text");
    table.agreed(2, "seoul");
    assert_eq!(table.waits_for("initial"), BOTH);
}

#[test]
fn a_frozen_text_waits_for_no_negotiation_until_it_opens_again() {
    let mut table = ready();
    table.offer(2, "gwangmyeong", &["seoul"], &json!({}));
    table.freezes();
    assert!(table.moves().is_empty());
    table.reopens();
    assert_eq!(table.inbox("seoul"), [r#"answer_offer {"offer":2}"#, "initial"]);
}
