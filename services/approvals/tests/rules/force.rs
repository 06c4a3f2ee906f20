//! Signing opens when nothing is missing any more, and the agreement is in force when the last condition holds.

use approvals::Status;
use proto::actor::Service;
use proto::approvals::{Command, Event};
use proto::procedure::{RunsFrom, Silence, Stage, StepActor, StepKind};
use proto::signing;
use proto::standing::Phase;

use crate::case::{Case, code, day, of, own, step, text, timed, usual};

/// Everything before the signature is there.
fn to_be_signed() -> Case {
    let mut case = Case::of(usual());
    case.does("bucheon", &of("draft")).unwrap();
    case.freezes(text(1));
    for party in ["bucheon", "hwaseong"] {
        case.does(party, &own("council", party)).unwrap();
    }
    case
}

#[test]
fn signing_opens_in_the_entry_of_the_last_step_before_it() {
    let mut case = to_be_signed();
    assert_eq!(case.status(&of("sign")), Status::Waiting { missing: vec![of("approve")] });
    let events = case.does("bucheon", &of("approve")).unwrap();
    assert_eq!(events[1..], [Event::SigningOpened { agreement: text(1) }]);
    assert_eq!(case.status(&of("sign")), Status::Open);
}

#[test]
fn signing_opens_with_the_frozen_text_where_nothing_comes_before() {
    let mut case = Case::of([usual()[..1].to_vec(), vec![usual()[3].clone()]].concat());
    case.does("bucheon", &of("draft")).unwrap();
    case.freezes(text(1));
    assert_eq!(case.state().signing_open, Some(text(1)));
    assert_eq!(code(case.service(Service::Approvals, Command::OpenSigning { agreement: text(1) })), "approvals.signing_is_open");
}

#[test]
fn signing_does_not_open_while_steps_are_missing_or_over_another_text() {
    let mut case = to_be_signed();
    let open = |case: &mut Case, n| code(case.service(Service::Approvals, Command::OpenSigning { agreement: text(n) }));
    assert_eq!(open(&mut case, 1), "approvals.too_early");
    assert_eq!(open(&mut case, 2), "approvals.other_text");
    let mut unsigned = Case::of(usual()[..2].to_vec());
    unsigned.freezes(text(1));
    assert_eq!(open(&mut unsigned, 1), "approvals.nothing_to_sign");
}

#[test]
fn a_signature_alone_does_not_bring_it_into_force() {
    let mut case = to_be_signed();
    case.does("bucheon", &of("approve")).unwrap();
    case.signs(text(1));
    assert!(case.state().signatures.is_some());
    assert_eq!(case.state().in_force, None);
    case.days_pass(3);
    case.does("bucheon", &own("notice", "bucheon")).unwrap();
    assert_eq!(case.state().in_force, None);
    case.days_pass(2);
    // Hwaseong's notice is recorded today and was given yesterday: the day it was given counts.
    let yesterday = case.today().yesterday().unwrap();
    let act = crate::case::Act { on: Some(yesterday), ..case.act(&own("notice", "hwaseong")) };
    let events = case.records("hwaseong", &own("notice", "hwaseong"), act).unwrap();
    assert_eq!(events.last(), Some(&Event::EnteredIntoForce { agreement: text(1), on: yesterday }));
    assert_eq!(case.state().standing.phase, Phase::InForce);
}

#[test]
fn it_is_in_force_with_the_signature_where_that_comes_last() {
    let mut case = Case::of(usual()[..4].to_vec());
    case.does("bucheon", &of("draft")).unwrap();
    case.freezes(text(1));
    for party in ["bucheon", "hwaseong"] {
        case.does(party, &own("council", party)).unwrap();
    }
    case.does("bucheon", &of("approve")).unwrap();
    // Half past midnight in Seoul: the day is Hwaseong's, who signs last.
    case.now = "2015-06-07T15:30:00Z".parse().unwrap();
    case.signs(text(1));
    assert_eq!(case.state().in_force, Some(day("2015-06-08")));
}

#[test]
fn a_paper_counts_from_the_day_of_the_ceremony() {
    let mut case = to_be_signed();
    case.does("bucheon", &of("approve")).unwrap();
    case.days_pass(5);
    let scan = proto::entry::Document { digest: text(8), media_type: "application/pdf".into(), size: 1 };
    for (clerk, counts) in [("bucheon", false), ("hwaseong", true)] {
        case.happens(signing::Event::PaperAttested {
            government: clerk.parse().unwrap(),
            clerk: format!("{clerk}-kim").parse().unwrap(),
            agreement: text(1),
            scan: scan.clone(),
            signatures: Vec::new(),
            on: day("2015-03-04"),
            counts,
        });
    }
    case.happens(signing::Event::Completed { agreement: text(1) });
    assert_eq!(case.effect(&of("sign")), day("2015-03-04"));
}

#[test]
fn signatures_are_noted_once_of_this_text_when_all_are_there_and_their_turn_has_come() {
    let note = |case: &mut Case, n| code(case.service(Service::Approvals, Command::NoteSignatures { agreement: text(n) }));
    let mut case = to_be_signed();
    assert_eq!(note(&mut case, 1), "approvals.too_early");
    case.does("bucheon", &of("approve")).unwrap();
    assert_eq!(note(&mut case, 1), "approvals.signatures_missing");
    assert_eq!(note(&mut case, 2), "approvals.other_text");
    case.signs(text(1));
    assert_eq!(note(&mut case, 1), "approvals.already_noted");
    let mut unsigned = Case::of(usual()[..2].to_vec());
    unsigned.freezes(text(1));
    assert_eq!(note(&mut unsigned, 1), "approvals.nothing_to_sign");
}

#[test]
fn a_duty_that_follows_waits_for_the_signature_and_holds_nothing_up() {
    let mut case = to_be_signed();
    case.does("bucheon", &of("approve")).unwrap();
    assert_eq!(code(case.does("bucheon", &of("settle"))), "approvals.too_early");
    case.signs(text(1));
    case.does("bucheon", &of("settle")).unwrap();
    assert_eq!(case.state().in_force, None);
}

#[test]
fn times_run_from_the_signature_and_from_force() {
    let report = step("report", StepKind::Report, Stage::After, StepActor::EachParty);
    let formation = step("formation", StepKind::Report, Stage::After, StepActor::OneParty);
    let mut case = Case::of(
        [
            usual()[3..5].to_vec(),
            vec![
                timed(report, 50, RunsFrom::Signature, Silence::Nothing),
                timed(formation, 10, RunsFrom::EntryIntoForce, Silence::Nothing),
            ],
        ]
        .concat(),
    );
    case.freezes(text(1));
    let signed = case.today();
    case.signs(text(1));
    for party in ["bucheon", "hwaseong"] {
        assert_eq!(case.instance(&own("report", party)).clock.unwrap().from, signed);
    }
    // What runs from force waits for it; what runs from the signature does not.
    assert_eq!(case.status(&own("report", "bucheon")), Status::Open);
    assert!(matches!(case.status(&of("formation")), Status::Waiting { .. }));
    case.days_pass(4);
    for party in ["bucheon", "hwaseong"] {
        case.does(party, &own("notice", party)).unwrap();
    }
    assert_eq!(case.instance(&of("formation")).clock.unwrap().from, case.today());
    assert_eq!(case.status(&of("formation")), Status::Open);
}

#[test]
fn an_open_text_closes_the_signing() {
    let mut case = to_be_signed();
    case.does("bucheon", &of("approve")).unwrap();
    case.reopens();
    assert_eq!(case.state().signing_open, None);
    case.freezes(text(2));
    assert!(matches!(case.status(&of("sign")), Status::Waiting { .. }));
}

#[test]
fn a_form_without_signature_comes_into_force_by_its_other_steps() {
    let mut case = Case::of(usual()[..2].to_vec());
    case.does("bucheon", &of("draft")).unwrap();
    case.freezes(text(1));
    case.does("bucheon", &own("council", "bucheon")).unwrap();
    assert_eq!(case.state().in_force, None);
    case.does("hwaseong", &own("council", "hwaseong")).unwrap();
    assert_eq!(case.state().in_force, Some(case.today()));
}
