//! A run is its author's until it is tabled, and on the table it stands for all parties.

use proto::access::Denial;
use proto::actor::Role;
use proto::allocation::{Event as E, Refusal as R, Rule};
use proto::digest::Digest;
use proto::finding::Finding;
use proto::message::Refusal;
use proto::stream::Stream;

use crate::table::{Table, case, component, compute, halves, id, internal, plant, table_run};

#[test]
fn a_private_run_stays_in_its_authors_sealed_stream() {
    let mut table = Table::new();
    let decision = table.asks("ansan-delegate", compute("first", halves())).unwrap();
    assert_eq!(decision.stream, internal("ansan"));
    assert!(decision.stream.is_sealed());
    assert!(decision.reads.contains_key(&Stream::Case(case())));
    assert!(table.state(&Stream::Case(case())).runs.is_empty());
    let runs = table.state(&internal("ansan")).runs;
    assert_eq!((&runs[&id("first")].by, &runs[&id("first")].model), (&id("ansan"), &halves()));
}

#[test]
fn a_tabled_run_is_known_by_the_digest_of_its_result() {
    let mut table = Table::new();
    let E::RunTabled { digest, result, model, by, .. } = table.does("bucheon", table_run("equal", halves())) else { panic!() };
    assert_eq!(result, allocation::solve(&halves(), allocation::AT_ONCE).unwrap());
    assert_eq!(digest, Digest::of_json(&result).unwrap());
    assert_eq!(result.model, Digest::of_json(&model).unwrap());
    let run = &table.state(&Stream::Case(case())).runs[&id("equal")];
    assert_eq!((&run.by, run.digest, &run.result), (&by, digest, &result));
}

#[test]
fn what_was_computed_is_a_finding_on_which_anyone_decides_again() {
    let mut table = Table::new();
    let first = table.on_record(
        "ansan-delegate",
        table_run("equal", halves()),
        &[Finding::Computed(allocation::solve(&halves(), allocation::AT_ONCE).unwrap())],
    );
    let live = table.asks("ansan-delegate", table_run("equal", halves())).unwrap();
    assert_eq!(live.findings, [Finding::Computed(allocation::solve(&halves(), allocation::AT_ONCE).unwrap())]);
    assert_eq!(first.unwrap().events, live.events);
}

#[test]
fn a_name_is_used_once_in_private_and_once_on_the_table() {
    let mut table = Table::new();
    let taken = || Err(Refusal::from(R::RunTaken { run: id("equal") }));
    table.does("ansan", compute("equal", halves()));
    assert_eq!(table.asks("ansan-delegate", compute("equal", halves())), taken());
    table.does("bucheon", compute("equal", halves()));
    table.does("ansan", table_run("equal", halves()));
    assert_eq!(table.asks("bucheon-delegate", table_run("equal", halves())), taken());
}

#[test]
fn on_the_table_only_parties_pay_and_in_private_anyone_might() {
    let mut table = Table::new();
    let with_siheung = || plant(component(900, &["ansan", "bucheon", "siheung"], Rule::Equal));
    table.does("ansan", compute("if-they-join", with_siheung()));
    let refused = table.asks("ansan-delegate", table_run("with-siheung", with_siheung()));
    assert_eq!(refused, Err(R::NotAParty { component: id("plant"), member: id("siheung") }.into()));
}

#[test]
fn only_delegates_of_parties_compute_and_table() {
    let mut table = Table::new();
    for command in [compute("run", halves()), table_run("run", halves())] {
        let refused = |denial: Denial| Err(Refusal::from(denial));
        assert_eq!(table.asks("osan-delegate", command.clone()), refused(Denial::NoSuchCase));
        assert_eq!(table.asks("siheung-delegate", command.clone()), refused(Denial::NotAParty { government: id("siheung") }));
        let denied = Denial::NoAppointment { needed: vec![Role::Delegate], government: id("ansan") };
        assert_eq!(table.asks("ansan-clerk", command), refused(denied));
    }
}

#[test]
fn nothing_is_tabled_once_the_text_is_frozen() {
    let mut table = Table::new();
    table.freezes();
    assert_eq!(table.asks("ansan-delegate", table_run("late", halves())), Err(R::TextIsFrozen.into()));
    table.does("ansan", compute("for-the-council", halves()));
}
