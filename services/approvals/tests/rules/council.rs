//! Council acts end in six ways, and votes must carry the result.

use approvals::Status;
use proto::approvals::{CouncilEnd, Event};
use proto::procedure::{Majority, Stage, Step, StepActor, StepKind, Typed};

use crate::case::{Case, code, of, own, passed, step, text, usual, voted};

/// A case in which the councils are to vote.
fn put_to_the_vote() -> Case {
    let mut case = Case::of(usual());
    case.does("bucheon", &of("draft")).unwrap();
    case.freezes(text(1));
    case
}

#[test]
fn passed_completes_the_step() {
    let mut case = put_to_the_vote();
    let council = own("council", "bucheon");
    case.acts("bucheon", &council, voted(CouncilEnd::Passed, 39, 2, 3)).unwrap();
    assert_eq!(case.effect(&council), case.today());
}

#[test]
fn passed_amended_says_so_and_the_council_acts_again_on_the_new_text() {
    let mut case = put_to_the_vote();
    let (council, other) = (own("council", "bucheon"), own("council", "hwaseong"));
    case.does("hwaseong", &other).unwrap();
    let events = case.acts("bucheon", &council, passed(CouncilEnd::PassedAmended)).unwrap();
    assert_eq!(events[1..], [Event::PassedAmended { government: "bucheon".parse().unwrap(), agreement: text(1) }]);
    assert_eq!(case.status(&council), Status::Open);
    case.reopens();
    case.freezes(text(2));
    // The other council, which passed the old text, acts again too.
    for (party, council) in [("bucheon", council), ("hwaseong", other)] {
        assert_eq!(case.status(&council), Status::Open);
        case.does(party, &council).unwrap();
        let state = case.instance(&council);
        assert_eq!(state.attempts.iter().map(|a| a.void).collect::<Vec<_>>(), [true, false]);
    }
}

#[test]
fn a_bill_that_is_not_the_agreement_may_be_passed_amended() {
    let budget = step("budget", StepKind::CouncilResolution, Stage::Entry, StepActor::EachParty);
    let mut case = Case::of(vec![budget]);
    case.freezes(text(1));
    let events = case.acts("bucheon", &own("budget", "bucheon"), passed(CouncilEnd::PassedAmended)).unwrap();
    assert_eq!(events.len(), 1);
    assert!(matches!(case.status(&own("budget", "bucheon")), Status::Done { .. }));
}

#[test]
fn rejected_deferred_withdrawn_and_lapsed_may_be_tried_again() {
    for (end, status) in [
        (CouncilEnd::Rejected, Status::Refused),
        (CouncilEnd::Deferred, Status::Open),
        (CouncilEnd::Withdrawn, Status::Open),
        (CouncilEnd::LapsedWithTerm, Status::Open),
    ] {
        let mut case = put_to_the_vote();
        let council = own("council", "bucheon");
        let events = case.acts("bucheon", &council, passed(end)).unwrap();
        assert!(matches!(events[..], [Event::StepRecorded { complete: false, effect: None, .. }]), "{end:?}");
        assert_eq!(case.status(&council), status, "{end:?}");
        case.acts("bucheon", &council, passed(CouncilEnd::Passed)).unwrap();
        assert_eq!(case.instance(&council).attempts.len(), 2);
        assert!(matches!(case.status(&council), Status::Done { .. }));
    }
}

#[test]
fn votes_must_carry_the_result_and_a_tie_is_a_rejection() {
    for (end, yes, no, holds) in [
        (CouncilEnd::Passed, 5, 4, true),
        (CouncilEnd::Passed, 4, 4, false),
        (CouncilEnd::Passed, 3, 4, false),
        (CouncilEnd::PassedAmended, 4, 4, false),
        (CouncilEnd::Rejected, 4, 4, true),
        (CouncilEnd::Rejected, 5, 4, false),
        (CouncilEnd::Deferred, 4, 4, true),
    ] {
        let mut case = put_to_the_vote();
        let result = case.acts("bucheon", &own("council", "bucheon"), voted(end, yes, no, 0));
        assert_eq!(result.is_ok(), holds, "{end:?} {yes}:{no}");
        if !holds {
            assert_eq!(code(result), "approvals.votes_do_not_carry");
        }
    }
}

#[test]
fn where_a_majority_of_those_present_is_needed_an_abstention_weighs_like_a_no() {
    let majority = |is| Some(Typed { is, wording: "제73조".into() });
    for (majority, holds) in [(majority(Majority::Present), false), (majority(Majority::Cast), true), (None, true)] {
        let council = Step { majority, ..step("council", StepKind::CouncilResolution, Stage::Text, StepActor::EachParty) };
        let mut case = Case::of(vec![council]);
        case.freezes(text(1));
        assert_eq!(case.acts("bucheon", &own("council", "bucheon"), voted(CouncilEnd::Passed, 5, 3, 2)).is_ok(), holds);
    }
}
