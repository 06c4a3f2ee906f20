//! Approval by a superior body, which is no party.

use approvals::Status;
use proto::approvals::Done;
use proto::procedure::{Stage, StepActor, StepKind};

use crate::case::{Act, Case, approved, code, of, own, step, text};

fn waiting(actor: StepActor) -> Case {
    let mut case = Case::of(vec![step("approve", StepKind::HigherApproval, Stage::Text, actor)]);
    case.freezes(text(1));
    case
}

#[test]
fn the_body_above_the_parties_approves_itself_and_needs_no_letter() {
    let mut case = waiting(StepActor::HigherBody);
    let act = Act { done: approved("province"), letter: None, ..case.act(&of("approve")) };
    case.records("province", &of("approve"), act).unwrap();
    assert!(matches!(case.status(&of("approve")), Status::Done { .. }));
}

#[test]
fn a_party_reports_the_approval_by_the_bodys_letter() {
    let mut case = waiting(StepActor::HigherBody);
    let today = case.today().to_string();
    for letter in [None, Some(crate::case::letter(&today, None))] {
        let act = Act { letter, ..case.act(&of("approve")) };
        assert_eq!(code(case.records("bucheon", &of("approve"), act)), "approvals.letter_missing");
    }
    case.does("bucheon", &of("approve")).unwrap();
    assert!(case.state().standing.readers.case.contains(&"ministry".parse().unwrap()));
}

#[test]
fn a_party_does_not_approve() {
    let mut case = waiting(StepActor::HigherBody);
    for by in ["bucheon", "hwaseong"] {
        assert_eq!(code(case.acts(by, &of("approve"), approved("hwaseong"))), "approvals.approver_is_party");
    }
}

#[test]
fn a_body_approves_only_in_its_own_name() {
    let mut case = waiting(StepActor::HigherBody);
    assert_eq!(code(case.acts("province", &of("approve"), approved("ministry"))), "approvals.not_your_step");
}

#[test]
fn a_body_that_nobody_knows_does_not_approve() {
    let mut case = waiting(StepActor::HigherBody);
    assert_eq!(code(case.acts("bucheon", &of("approve"), approved("bucheon-si"))), "approvals.unknown_body");
}

#[test]
fn a_refused_approval_can_be_asked_for_again() {
    let mut case = waiting(StepActor::HigherBody);
    let refused = Done::Higher { body: "province".parse().unwrap(), approved: false, conditions: None };
    case.acts("province", &of("approve"), refused).unwrap();
    assert_eq!(case.status(&of("approve")), Status::Refused);
    case.acts("province", &of("approve"), approved("province")).unwrap();
    assert!(matches!(case.status(&of("approve")), Status::Done { .. }));
}

#[test]
fn where_each_partys_own_superior_approves_one_approval_is_not_enough() {
    let mut case = waiting(StepActor::HigherBodyOfEach);
    case.does("bucheon", &own("approve", "bucheon")).unwrap();
    assert_eq!(code(case.does("bucheon", &own("approve", "hwaseong"))), "approvals.not_your_step");
    assert_eq!(case.status(&own("approve", "hwaseong")), Status::Open);
    case.acts("province", &own("approve", "hwaseong"), approved("province")).unwrap();
    assert!(case.state().in_force.is_some());
}
