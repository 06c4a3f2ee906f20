//! Conditional steps are decided by a named official with a reason.

use approvals::Status;
use proto::approvals::{Command, Event};
use proto::procedure::{Stage, StepActor, StepKind};
use proto::remark::Remark;

use crate::case::{Case, code, conditional, of, own, step, text, too_early, usual};

fn case() -> Case {
    let mut steps = usual();
    steps[1] = conditional(steps[1].clone());
    let mut case = Case::of(steps);
    case.does("bucheon", &of("draft")).unwrap();
    case.freezes(text(1));
    case
}

#[test]
fn what_is_not_decided_holds_up_the_step_and_all_that_wait_for_it() {
    let mut case = case();
    let councils = [own("council", "bucheon"), own("council", "hwaseong")];
    assert_eq!(case.status(&councils[0]), Status::ConditionOpen);
    assert_eq!(code(case.does("bucheon", &councils[0])), "approvals.condition_open");
    assert_eq!(case.does("bucheon", &of("approve")).unwrap_err(), too_early("approve", &councils));
}

#[test]
fn a_step_that_applies_must_be_done_and_one_that_does_not_cannot() {
    let mut case = case();
    case.decides("bucheon", &own("council", "bucheon"), true).unwrap();
    case.decides("hwaseong", &own("council", "hwaseong"), false).unwrap();
    assert_eq!(code(case.does("hwaseong", &own("council", "hwaseong"))), "approvals.not_applicable");
    assert_eq!(case.does("bucheon", &of("approve")).unwrap_err(), too_early("approve", &[own("council", "bucheon")]));
    case.does("bucheon", &own("council", "bucheon")).unwrap();
    case.does("bucheon", &of("approve")).unwrap();
}

#[test]
fn the_official_who_decided_is_named_with_the_reason() {
    let mut case = case();
    let council = own("council", "bucheon");
    case.decides("bucheon", &council, true).unwrap();
    let decided = case.instance(&council).decided.unwrap();
    assert_eq!(decided.by.as_str(), "bucheon-kim");
    assert!(decided.why.remark.is_some());
    for why in [Remark::text(" "), Remark { remark: None, ..Remark::text("") }] {
        let command = Command::DecideCondition { step: council.clone(), applies: true, why };
        assert_eq!(code(case.asks("bucheon", command, None)), "approvals.empty");
    }
    let sealed = Remark { remark: None, remark_commitment: Some(text(9)), ..Remark::text("") };
    case.asks("bucheon", Command::DecideCondition { step: council, applies: true, why: sealed }, None).unwrap();
}

#[test]
fn only_a_conditional_step_and_only_ones_own() {
    let mut case = case();
    assert_eq!(code(case.decides("bucheon", &of("approve"), false)), "approvals.not_conditional");
    assert_eq!(code(case.decides("bucheon", &own("council", "hwaseong"), false)), "approvals.not_your_step");
    assert_eq!(code(case.decides("bucheon", &of("nothing"), false)), "approvals.unknown_step");
    assert_eq!(code(case.decides("province", &of("approve"), false)), "access.no_such_case");
}

#[test]
fn a_decision_can_be_changed_until_something_was_done_in_the_step() {
    let mut case = case();
    let council = own("council", "bucheon");
    case.decides("bucheon", &council, false).unwrap();
    case.decides("bucheon", &council, true).unwrap();
    case.acts("bucheon", &council, crate::case::passed(proto::approvals::CouncilEnd::Rejected)).unwrap();
    // A council that has said no is not got round by finding that it need not be asked.
    assert_eq!(code(case.decides("bucheon", &council, false)), "approvals.already_decided");
}

#[test]
fn a_decision_on_which_the_open_signing_rests_stands() {
    let mut case = Case::of(vec![
        conditional(step("review", StepKind::Report, Stage::Preparation, StepActor::OneParty)),
        step("sign", StepKind::Sign, Stage::Text, StepActor::PartiesTogether),
    ]);
    case.freezes(text(1));
    let events = case.decides("bucheon", &of("review"), false).unwrap();
    assert_eq!(events.last(), Some(&Event::SigningOpened { agreement: text(1) }));
    assert_eq!(code(case.decides("bucheon", &of("review"), true)), "approvals.already_decided");
}

#[test]
fn a_decision_on_which_force_rests_stands() {
    let mut case = Case::of(vec![
        step("council", StepKind::CouncilResolution, Stage::Text, StepActor::OneParty),
        conditional(step("file", StepKind::Register, Stage::Entry, StepActor::OneParty)),
        conditional(step("report", StepKind::Report, Stage::After, StepActor::OneParty)),
    ]);
    case.freezes(text(1));
    case.does("bucheon", &of("council")).unwrap();
    case.decides("bucheon", &of("report"), false).unwrap();
    case.decides("bucheon", &of("file"), false).unwrap();
    assert!(case.state().in_force.is_some());
    assert_eq!(code(case.decides("bucheon", &of("file"), true)), "approvals.already_decided");
    case.decides("bucheon", &of("report"), true).unwrap();
}
