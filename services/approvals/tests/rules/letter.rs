//! Official letters: where the procedure demands one, effect runs from its arrival.

use approvals::Status;
use proto::approvals::Letter;
use proto::procedure::{Stage, StepActor, StepKind};

use crate::case::{Act, Case, code, day, letter, lettered, of, step};

/// A case in which the host's consent needs a letter; today is 2015-03-12.
fn waiting() -> Case {
    let mut consent = lettered(step("consent", StepKind::Consult, Stage::Preparation, StepActor::OneParty));
    consent.assent = true;
    let mut case = Case::of(vec![consent]);
    case.days_pass(10);
    case
}

fn sent(case: &mut Case, letter: Option<Letter>) -> Result<Vec<proto::approvals::Event>, proto::message::Refusal> {
    let act = Act { on: Some(day("2015-03-03")), letter, ..case.act(&of("consent")) };
    case.records("bucheon", &of("consent"), act)
}

#[test]
fn effect_runs_from_arrival() {
    let mut case = waiting();
    sent(&mut case, Some(letter("2015-03-04", Some("2015-03-09")))).unwrap();
    assert_eq!(case.effect(&of("consent")), day("2015-03-09"));
}

#[test]
fn a_letter_on_its_way_has_no_effect_yet() {
    let mut case = waiting();
    sent(&mut case, Some(letter("2015-03-04", None))).unwrap();
    assert_eq!(case.status(&of("consent")), Status::LetterOnItsWay);
    sent(&mut case, Some(letter("2015-03-04", Some("2015-03-12")))).unwrap();
    assert_eq!(case.effect(&of("consent")), day("2015-03-12"));
}

#[test]
fn where_a_letter_is_demanded_there_must_be_one() {
    assert_eq!(code(sent(&mut waiting(), None)), "approvals.letter_missing");
}

#[test]
fn a_no_needs_no_letter() {
    let mut case = waiting();
    let no = proto::approvals::Done::Consulted { with: "the host".into(), agreed: false };
    let act = Act { done: no, letter: None, ..case.act(&of("consent")) };
    case.records("bucheon", &of("consent"), act).unwrap();
    assert_eq!(case.status(&of("consent")), Status::Refused);
}

#[test]
fn no_letter_arrives_before_it_is_written() {
    assert_eq!(code(sent(&mut waiting(), Some(letter("2015-03-05", Some("2015-03-04"))))), "approvals.arrived_before_written");
}

#[test]
fn no_letter_comes_from_the_future() {
    for future in [letter("2015-03-13", None), letter("2015-03-04", Some("2015-03-13"))] {
        assert_eq!(code(sent(&mut waiting(), Some(future))), "approvals.letter_in_future");
    }
}

#[test]
fn a_letter_says_who_wrote_what_to_whom_and_bears_a_receipt_number_once_it_has_arrived() {
    let whole = letter("2015-03-04", Some("2015-03-09"));
    for lacking in [
        Letter { issuer: " ".into(), ..whole.clone() },
        Letter { number: String::new(), ..whole.clone() },
        Letter { decided_by: String::new(), ..whole.clone() },
        Letter { recipient: String::new(), ..whole.clone() },
        Letter { receipt: None, ..whole },
    ] {
        assert_eq!(code(sent(&mut waiting(), Some(lacking))), "approvals.empty");
    }
}
