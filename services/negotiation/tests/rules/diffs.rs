use std::collections::BTreeMap;

use negotiation::diff;
use negotiation::diff::{Change, Diff, RuleChange};
use proto::allocation::{self, Component, Computation, Model, Rule};
use proto::digest::Digest;
use proto::message::Event;
use proto::money::{Currency, Money};
use proto::negotiation::{Package, Refusal, Rounds};
use proto::term::Value;
use proto::words::Names;

use crate::table::{Table, accept, clause, counter, id, improve, package, share, tabled, to, won, wording};

/// 1 Gwangmyeong asks 50, 2 Seoul offers 30, 3 Seoul improves the sum, 4 Gwangmyeong comes down to 45.
fn haggled() -> Table {
    let mut table = Table::open(Rounds::Alternating);
    table.done("gwangmyeong", to("gwangmyeong", &["seoul"], package(&[("share", share("50")), ("sum", won("126"))])));
    table.done("seoul", counter("seoul", 1, package(&[("share", share("30"))])));
    table.done("seoul", improve("seoul", 2, package(&[("sum", won("130"))])));
    table.done("gwangmyeong", counter("gwangmyeong", 3, package(&[("share", share("45"))])));
    table
}

fn between(table: &Table, from: u32, to: u32) -> Diff {
    diff(&table.state(), from, to).unwrap()
}

/// Term, by how much, whose move.
fn moves(diff: &Diff) -> Vec<(String, String, String)> {
    let shown = |change: &negotiation::diff::TermChange| {
        let delta = change.delta.map_or("-".to_owned(), |delta| delta.to_string());
        (delta, change.value.moved.as_ref().map_or("-".to_owned(), ToString::to_string))
    };
    diff.terms.iter().map(|(term, change)| (term.to_string(), shown(change).0, shown(change).1)).collect()
}

fn expected(moves: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    moves.iter().map(|(term, delta, who)| ((*term).into(), (*delta).into(), (*who).into())).collect()
}

#[test]
fn it_says_who_moved_on_what_and_by_how_much() {
    let table = haggled();
    assert_eq!(moves(&between(&table, 1, 2)), expected(&[("share", "-20", "seoul")]));
    assert_eq!(moves(&between(&table, 2, 3)), expected(&[("sum", "4", "seoul")]));
    assert_eq!(moves(&between(&table, 3, 4)), expected(&[("share", "15", "gwangmyeong")]));
}

#[test]
fn what_is_carried_over_is_the_move_of_whoever_said_it_first() {
    let table = haggled();
    assert_eq!(moves(&between(&table, 1, 4)), expected(&[("share", "-5", "gwangmyeong"), ("sum", "4", "seoul")]));
}

#[test]
fn it_goes_backwards_and_an_offer_differs_in_nothing_from_itself() {
    let table = haggled();
    assert_eq!(moves(&between(&table, 2, 1)), expected(&[("share", "20", "gwangmyeong")]));
    let same = between(&table, 3, 3);
    assert!(same.terms.is_empty() && same.wording.is_empty() && same.allocation.is_none());
}

#[test]
fn offers_of_different_threads_compare_too() {
    let mut table = Table::free();
    table.defined("start", proto::term::Kind::Date);
    let day = |day: &str| Value::Date(day.parse().unwrap());
    table.done("seoul", tabled("seoul", package(&[("share", share("30")), ("start", day("2000-06-01"))])));
    table.done("guro", tabled("guro", package(&[("sum", won("5")), ("start", day("2000-07-01"))])));
    let diff = between(&table, 1, 2);
    assert_eq!(moves(&diff), expected(&[("share", "-", "-"), ("start", "-", "guro"), ("sum", "-", "guro")]));
    assert_eq!(diff.terms[&id("share")].value, Change { old: Some(share("30")), new: None, moved: None }, "left out, by nobody's word");
}

#[test]
fn a_label_that_changes_is_a_change_without_a_number() {
    let mut table = Table::free();
    let called = |label: &str| Package { labels: [(id("share"), label.into())].into(), ..package(&[("share", share("39.06"))]) };
    table.done("seoul", tabled("seoul", called("40 %")));
    table.done("seoul", improve("seoul", 1, called("two fifths")));
    let change = between(&table, 1, 2).terms[&id("share")].clone();
    assert_eq!((change.old_label.as_deref(), change.new_label.as_deref()), (Some("40 %"), Some("two fifths")));
    assert_eq!(change.delta, Some(0.into()));
}

#[test]
fn wording_and_allocation_are_compared() {
    let mut table = Table::free();
    let digest = proto::digest::Digest::of(b"run");
    table.happened(&[crate::offers::run_tabled(digest, &["seoul"])]);
    table.done("seoul", clause("article-1", None));
    let worded = |text: &str, allocation| Package { wording: [(id("article-1"), wording(text))].into(), allocation, ..Package::default() };
    table.done("seoul", tabled("seoul", worded("one", None)));
    table.done("guro", counter("guro", 1, worded("two", Some(digest))));
    let diff = between(&table, 1, 2);
    let moved = Some(id("guro"));
    assert_eq!(diff.wording[&id("article-1")], Change { old: Some(wording("one")), new: Some(wording("two")), moved: moved.clone() });
    let allocation = diff.allocation.clone().unwrap();
    assert_eq!(allocation.result, Change { old: None, new: Some(digest), moved });
    assert!(allocation.rules.is_empty() && allocation.differences.is_empty(), "there is nothing to compare it with");
    let json = serde_json::to_value(&diff).unwrap();
    assert_eq!(serde_json::from_value::<Diff>(json).unwrap(), diff);
}

/// The rule is another, and says for whom that moved what.
#[test]
fn another_allocation_says_what_it_moved_for_whom() {
    let mut table = Table::free();
    let tabled_run = |digest: Digest, rule: Rule, bears: &[(&str, i64)]| -> Event {
        let total: BTreeMap<_, _> = bears.iter().map(|(who, won)| (id(who), Money::krw(*won))).collect();
        let component = Component::new(Names::new("Plant", "시설"), Money::krw(900), total.keys().cloned().collect(), rule);
        let mut model = Model::new(Currency::KRW);
        model.components.insert(id("plant"), component);
        let result = Computation { model: digest, solver: "by hand".into(), components: [].into(), total };
        allocation::Event::RunTabled { run: id(&digest.to_string()[..8]), by: id("seoul"), digest, model, result }.into()
    };
    let (old, new) = (Digest::of(b"old"), Digest::of(b"new"));
    table.happened(&[
        tabled_run(old, Rule::Equal, &[("seoul", 300), ("guro", 300), ("gyeonggi", 300)]),
        tabled_run(new, Rule::Driver(id("population")), &[("seoul", 450), ("guro", 300), ("gwangmyeong", 150)]),
    ]);
    let offered = |digest| Package { allocation: Some(digest), ..Package::default() };
    table.done("seoul", tabled("seoul", offered(old)));
    table.done("guro", counter("guro", 1, offered(new)));
    let change = between(&table, 1, 2).allocation.unwrap();
    assert_eq!(change.result, Change { old: Some(old), new: Some(new), moved: Some(id("guro")) });
    let moved = [("gwangmyeong", 150), ("gyeonggi", -300), ("seoul", 150)].map(|(who, won)| (id(who), Money::krw(won)));
    assert_eq!(change.differences, moved.into());
    let rule = RuleChange { old: Some(Rule::Equal), new: Some(Rule::Driver(id("population"))) };
    assert_eq!(change.rules, [(id("plant"), rule)].into());
}

#[test]
fn there_is_no_difference_to_an_offer_that_is_not_there() {
    let mut table = haggled();
    assert_eq!(diff(&table.state(), 1, 9), Err(Refusal::UnknownOffer { offer: 9 }));
    assert_eq!(diff(&table.state(), 9, 1), Err(Refusal::UnknownOffer { offer: 9 }));
    table.done("seoul", accept("seoul", 4));
}
