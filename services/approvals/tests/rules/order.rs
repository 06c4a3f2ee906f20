//! What comes before what, and who may record it.

use approvals::Status;
use proto::approvals::{Done, Event};
use proto::procedure::{Stage, StepActor, StepKind};

use crate::case::{Act, Case, code, of, own, step, text, too_early, usual};

#[test]
fn a_step_waits_for_the_steps_before_it_of_its_own_party_and_of_all() {
    let mut case = Case::of(usual());
    case.freezes(text(1));
    assert_eq!(case.does("bucheon", &own("council", "bucheon")).unwrap_err(), too_early("council", &[of("draft")]));
    case.does("bucheon", &of("draft")).unwrap();
    case.does("bucheon", &own("council", "bucheon")).unwrap();
    // A step of all waits for every party.
    assert_eq!(case.does("bucheon", &of("approve")).unwrap_err(), too_early("approve", &[own("council", "hwaseong")]));
    case.does("hwaseong", &own("council", "hwaseong")).unwrap();
    case.does("bucheon", &of("approve")).unwrap();
}

#[test]
fn one_party_does_not_wait_for_anothers_step() {
    let report = step("report", StepKind::Report, Stage::Preparation, StepActor::EachParty);
    let plan = step("plan", StepKind::Draft, Stage::Preparation, StepActor::EachParty);
    let mut case = Case::of(vec![report, plan]);
    case.does("bucheon", &own("report", "bucheon")).unwrap();
    case.does("bucheon", &own("plan", "bucheon")).unwrap();
    assert_eq!(case.status(&own("plan", "hwaseong")), Status::Waiting { missing: vec![own("report", "hwaseong")] });
}

#[test]
fn a_step_that_does_not_block_holds_nothing_up() {
    let mut steps = usual();
    steps[0].blocking = false;
    let mut case = Case::of(steps);
    case.freezes(text(1));
    case.does("bucheon", &own("council", "bucheon")).unwrap();
    assert_eq!(case.status(&of("draft")), Status::Open);
}

#[test]
fn what_prepares_the_text_is_recorded_before_it_is_frozen_and_without_a_digest() {
    let memorandum = step("memorandum", StepKind::Sign, Stage::Preparation, StepActor::PartiesTogether);
    let review = step("review", StepKind::HigherApproval, Stage::Preparation, StepActor::HigherBody);
    let mut case = Case::of([vec![memorandum, review], usual()].concat());
    case.acts("bucheon", &of("memorandum"), Done::Signed { by: vec!["the mayors".into()] }).unwrap();
    case.does("bucheon", &of("review")).unwrap();
    case.does("bucheon", &of("draft")).unwrap();
    assert_eq!(case.status(&own("council", "bucheon")), Status::NotFrozen);
    assert_eq!(code(case.does("bucheon", &own("council", "bucheon"))), "approvals.not_frozen");
}

#[test]
fn what_prepares_the_text_stays_done_when_it_opens_again() {
    let mut case = Case::of(usual());
    case.does("bucheon", &of("draft")).unwrap();
    case.freezes(text(1));
    case.does("bucheon", &own("council", "bucheon")).unwrap();
    case.reopens();
    assert!(matches!(case.status(&of("draft")), Status::Done { .. }));
    assert_eq!(case.status(&own("council", "bucheon")), Status::NotFrozen);
}

#[test]
fn no_approval_of_the_old_text_counts_for_a_new_one_not_even_for_one_that_reads_the_same() {
    let mut case = Case::of(usual());
    case.does("bucheon", &of("draft")).unwrap();
    case.freezes(text(1));
    case.does("bucheon", &own("council", "bucheon")).unwrap();
    case.reopens();
    case.freezes(text(1));
    assert_eq!(case.status(&own("council", "bucheon")), Status::Open);
    assert!(case.instance(&own("council", "bucheon")).attempts[0].void);
}

#[test]
fn a_step_about_the_text_names_the_digest_of_the_frozen_one() {
    let mut case = Case::of(usual());
    case.does("bucheon", &of("draft")).unwrap();
    case.freezes(text(1));
    let council = own("council", "bucheon");
    for wrong in [None, Some(text(2))] {
        let act = Act { agreement: wrong, ..case.act(&council) };
        assert_eq!(code(case.records("bucheon", &council, act)), "approvals.other_text");
    }
}

#[test]
fn a_step_that_prepares_may_name_the_digest_but_not_a_wrong_one() {
    let mut case = Case::of(usual());
    case.freezes(text(1));
    let draft = of("draft");
    let act = Act { agreement: Some(text(2)), ..case.act(&draft) };
    assert_eq!(code(case.records("bucheon", &draft, act)), "approvals.other_text");
    let act = Act { agreement: Some(text(1)), ..case.act(&draft) };
    case.records("bucheon", &draft, act).unwrap();
}

#[test]
fn a_step_is_done_once_unless_it_comes_again() {
    let mut meeting = step("meeting", StepKind::Consult, Stage::After, StepActor::JointBody);
    meeting.repeats = true;
    let mut case = Case::of(vec![step("draft", StepKind::Draft, Stage::Preparation, StepActor::PartiesTogether), meeting]);
    case.does("bucheon", &of("draft")).unwrap();
    assert_eq!(code(case.does("hwaseong", &of("draft"))), "approvals.already_done");
    case.does("bucheon", &of("meeting")).unwrap();
    case.does("hwaseong", &of("meeting")).unwrap();
    assert_eq!(case.instance(&of("meeting")).attempts.len(), 2);
}

#[test]
fn only_a_step_of_the_procedure_and_only_ones_own() {
    let mut case = Case::of(usual());
    case.freezes(text(1));
    for unknown in [of("nothing"), of("council"), own("draft", "bucheon"), own("council", "seoul")] {
        assert_eq!(code(case.does("bucheon", &unknown)), "approvals.unknown_step");
    }
    assert_eq!(code(case.does("bucheon", &own("council", "hwaseong"))), "approvals.not_your_step");
    assert_eq!(code(case.does("province", &of("draft"))), "approvals.not_your_step");
}

#[test]
fn a_stranger_does_not_learn_that_there_is_a_case() {
    let mut case = Case::of(usual());
    for any in [of("draft"), of("nothing")] {
        assert_eq!(code(case.does("seoul", &any)), "access.no_such_case");
    }
}

#[test]
fn who_reads_the_case_and_is_no_party_records_nothing() {
    let mut case = Case::of(usual());
    case.happens(proto::negotiation::Event::Invited { government: "seoul".parse().unwrap(), parent: None });
    assert_eq!(code(case.does("seoul", &of("draft"))), "access.not_a_party");
}

#[test]
fn what_the_law_draws_from_the_steps_before_nobody_records() {
    let mut effect = step("effect", StepKind::Register, Stage::Entry, StepActor::ByLaw);
    effect.effect_after_days = 1;
    let mut case = Case::of([usual()[..2].to_vec(), vec![effect]].concat());
    case.does("bucheon", &of("draft")).unwrap();
    case.freezes(text(1));
    case.does("bucheon", &own("council", "bucheon")).unwrap();
    assert_eq!(case.status(&of("effect")), Status::Waiting { missing: vec![own("council", "hwaseong")] });
    assert_eq!(code(case.does("bucheon", &of("effect"))), "approvals.not_your_step");
    case.days_pass(1);
    let today = case.today();
    let events = case.does("hwaseong", &own("council", "hwaseong")).unwrap();
    let on = today.tomorrow().unwrap();
    assert_eq!(case.effect(&of("effect")), on);
    assert_eq!(events.last(), Some(&Event::EnteredIntoForce { agreement: text(1), on }));
}

#[test]
fn a_new_party_gets_a_lane_of_its_own_and_one_that_leaves_takes_its_lane_along() {
    let mut case = Case::of(usual());
    case.does("bucheon", &of("draft")).unwrap();
    case.joins("seoul");
    assert_eq!(case.status(&own("council", "seoul")), Status::NotFrozen);
    assert!(matches!(case.status(&of("draft")), Status::Done { .. }));
    case.happens(proto::negotiation::Event::Left { government: "seoul".parse().unwrap(), why: None });
    assert!(case.state().lanes.find(&own("council", "seoul")).is_none());
}
