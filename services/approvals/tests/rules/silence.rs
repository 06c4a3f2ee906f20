//! The time of a step, and what it means when it passes in silence.

use approvals::Status;
use proto::approvals::{Command, Done, Event, StepOf};
use proto::money::Money;
use proto::procedure::{RunsFrom, Silence, Stage, Step, StepActor, StepKind};
use proto::term::Value;
use proto::words::Counting;

use crate::case::{Act, Case, approved, code, day, form, of, own, step, text, timed, usual};

/// A step of 28 days from an application outside, and the case in which it is its turn.
fn waiting(kind: StepKind, actor: StepActor, silence: Silence) -> Case {
    let mut case = Case::of(vec![timed(step("step", kind, Stage::Text, actor), 28, RunsFrom::OutsideEvent, silence)]);
    case.freezes(text(1));
    case
}

/// The time starts today and passes.
fn time_passes(case: &mut Case, of: &StepOf, formal: Option<bool>) -> Event {
    let today = case.today();
    case.starts_clock("bucheon", of, today, formal).unwrap();
    case.days_pass(29);
    case.lapses(of).unwrap().remove(0)
}

#[test]
fn silence_is_a_yes_where_the_law_says_so() {
    let mut case = waiting(StepKind::HigherApproval, StepActor::HigherBody, Silence::Yes);
    let event = time_passes(&mut case, &of("step"), None);
    assert!(matches!(event, Event::StepLapsed { complete: true, refused: false, .. }));
    // The time ran out with 2015-03-30: the approval is there from the day after.
    assert_eq!(case.effect(&of("step")), day("2015-03-31"));
    assert_eq!(case.state().in_force, Some(day("2015-03-31")));
}

#[test]
fn silence_is_a_no_where_the_law_says_so_and_may_be_asked_again() {
    let mut case = waiting(StepKind::HigherApproval, StepActor::HigherBody, Silence::No);
    let event = time_passes(&mut case, &of("step"), None);
    assert!(matches!(event, Event::StepLapsed { complete: false, refused: true, effect: None, .. }));
    assert_eq!(case.status(&of("step")), Status::Refused);
    case.does("bucheon", &of("step")).unwrap();
    assert!(matches!(case.status(&of("step")), Status::Done { .. }));
}

#[test]
fn an_opinion_taken_to_be_negative_has_been_given() {
    let mut case = waiting(StepKind::Consult, StepActor::ThirdBody, Silence::No);
    let event = time_passes(&mut case, &of("step"), None);
    assert!(matches!(event, Event::StepLapsed { complete: true, refused: true, .. }));
}

#[test]
fn silence_means_nothing_where_the_law_says_nothing() {
    let mut case = waiting(StepKind::HigherApproval, StepActor::HigherBody, Silence::Nothing);
    let event = time_passes(&mut case, &of("step"), None);
    assert!(matches!(event, Event::StepLapsed { complete: false, refused: false, .. }));
    assert_eq!(case.status(&of("step")), Status::Overdue);
    case.does("bucheon", &of("step")).unwrap();
}

#[test]
fn a_partys_silence_accepts_no_money() {
    let council = |value: Value| {
        let mut case = Case::of(vec![timed(
            step("step", StepKind::CouncilResolution, Stage::Text, StepActor::EachParty),
            28,
            RunsFrom::OutsideEvent,
            Silence::Yes,
        )]);
        case.freezes_with(text(1), value);
        time_passes(&mut case, &own("step", "bucheon"), None);
        case.status(&own("step", "bucheon"))
    };
    assert_eq!(council(Value::Money(Money::krw(1))), Status::Overdue);
    assert_eq!(council(Value::Share("50".parse().unwrap())), Status::Overdue);
    assert!(matches!(council(Value::Text("the seat is in Hwaseong".into())), Status::Done { .. }));
}

#[test]
fn where_the_law_may_want_a_formal_answer_whoever_starts_the_time_says_so() {
    for (formal, done) in [(true, false), (false, true)] {
        let mut case = waiting(StepKind::HigherApproval, StepActor::HigherBody, Silence::YesUnlessFormal);
        let today = case.today();
        assert_eq!(code(case.starts_clock("bucheon", &of("step"), today, None)), "approvals.empty");
        time_passes(&mut case, &of("step"), Some(formal));
        assert_eq!(matches!(case.status(&of("step")), Status::Done { .. }), done);
    }
}

#[test]
fn silence_says_nothing_where_something_was_said() {
    let mut case = waiting(StepKind::HigherApproval, StepActor::HigherBody, Silence::Yes);
    let today = case.today();
    case.starts_clock("bucheon", &of("step"), today, None).unwrap();
    let no = Done::Higher { body: "province".parse().unwrap(), approved: false, conditions: None };
    case.acts("province", &of("step"), no).unwrap();
    case.days_pass(29);
    let events = case.lapses(&of("step")).unwrap();
    assert!(matches!(events[..], [Event::StepLapsed { complete: false, refused: false, .. }]));
}

#[test]
fn silence_does_not_jump_the_queue() {
    let council = step("council", StepKind::CouncilResolution, Stage::Text, StepActor::OneParty);
    let letter = step("letter", StepKind::Propose, Stage::Preparation, StepActor::OneParty);
    let from = RunsFrom::Step("letter".parse().unwrap());
    let approve = timed(step("approve", StepKind::HigherApproval, Stage::Text, StepActor::HigherBody), 28, from, Silence::Yes);
    let mut case = Case::of(vec![letter, council, approve]);
    case.does("bucheon", &of("letter")).unwrap();
    case.freezes(text(1));
    case.days_pass(29);
    let events = case.lapses(&of("approve")).unwrap();
    assert!(matches!(events[..], [Event::StepLapsed { complete: false, .. }]));
}

#[test]
fn a_time_from_outside_starts_only_in_its_turn_and_on_a_day_that_has_come() {
    let approve = step("approve", StepKind::HigherApproval, Stage::Text, StepActor::HigherBody);
    let mut case = Case::of([usual()[..2].to_vec(), vec![timed(approve, 28, RunsFrom::OutsideEvent, Silence::Yes)]].concat());
    let today = case.today();
    assert_eq!(code(case.starts_clock("bucheon", &of("approve"), today, None)), "approvals.not_frozen");
    case.freezes(text(1));
    assert_eq!(code(case.starts_clock("bucheon", &of("approve"), today, None)), "approvals.too_early");
    case.does("bucheon", &of("draft")).unwrap();
    for party in ["bucheon", "hwaseong"] {
        case.does(party, &own("council", party)).unwrap();
    }
    assert_eq!(code(case.starts_clock("bucheon", &of("approve"), today.tomorrow().unwrap(), None)), "approvals.no_day");
    let nowhere = Command::StartClock { step: of("approve"), from: today, zone: "Asia/Nowhere".into(), formal: None };
    assert_eq!(code(case.asks("bucheon", nowhere, None)), "approvals.unknown_zone");
    case.starts_clock("bucheon", &of("approve"), today, None).unwrap();
}

#[test]
fn a_step_without_time_or_whose_time_starts_by_itself_is_not_started() {
    let by_itself = timed(step("report", StepKind::Report, Stage::After, StepActor::OneParty), 50, RunsFrom::Signature, Silence::Nothing);
    let mut case = Case::of(vec![step("draft", StepKind::Draft, Stage::Preparation, StepActor::OneParty), by_itself]);
    let today = case.today();
    for id in ["draft", "report"] {
        assert_eq!(code(case.starts_clock("bucheon", &of(id), today, None)), "approvals.no_clock");
        assert_eq!(code(case.lapses(&of(id))), "approvals.no_clock");
    }
}

#[test]
fn a_step_lapses_once_and_not_before_its_last_day_has_ended() {
    let mut case = waiting(StepKind::HigherApproval, StepActor::HigherBody, Silence::Nothing);
    let today = case.today();
    case.starts_clock("bucheon", &of("step"), today, None).unwrap();
    case.now = "2015-03-30T14:59:59Z".parse().unwrap();
    assert_eq!(code(case.lapses(&of("step"))), "approvals.not_yet_lapsed");
    case.now = "2015-03-30T15:00:00Z".parse().unwrap();
    case.lapses(&of("step")).unwrap();
    assert_eq!(code(case.lapses(&of("step"))), "approvals.no_clock");
}

#[test]
fn what_is_done_or_does_not_apply_does_not_lapse() {
    let mut case = waiting(StepKind::HigherApproval, StepActor::HigherBody, Silence::Yes);
    let today = case.today();
    case.starts_clock("bucheon", &of("step"), today, None).unwrap();
    case.does("bucheon", &of("step")).unwrap();
    case.days_pass(29);
    assert_eq!(code(case.lapses(&of("step"))), "approvals.already_done");
    let mut case = Case::of(vec![crate::case::conditional(step("step", StepKind::Report, Stage::Preparation, StepActor::OneParty))]);
    case.decides("bucheon", &of("step"), false).unwrap();
    assert_eq!(code(case.lapses(&of("step"))), "approvals.not_applicable");
    assert_eq!(code(case.lapses(&of("nothing"))), "approvals.unknown_step");
}

#[test]
fn a_time_runs_by_itself_from_the_step_before_and_from_arrival_where_a_letter_carries_it() {
    let mut letter = crate::case::lettered(step("letter", StepKind::Propose, Stage::Preparation, StepActor::OneParty));
    letter.repeats = true;
    let from = RunsFrom::Step("letter".parse().unwrap());
    let mut answer = timed(step("answer", StepKind::Report, Stage::Preparation, StepActor::OneParty), 14, from, Silence::Nothing);
    answer.repeats = true;
    let mut case = Case::of(vec![letter, answer]);
    case.days_pass(7);
    let act =
        Act { letter: Some(crate::case::letter("2015-03-03", Some("2015-03-06"))), on: Some(day("2015-03-03")), ..case.act(&of("letter")) };
    let events = case.records("bucheon", &of("letter"), act).unwrap();
    assert!(matches!(&events[1], Event::ClockStarted { from, due, .. } if *from == day("2015-03-06") && due.on == day("2015-03-20")));
    // What is answered in time does not lapse; a second letter sets the time off again.
    case.does("bucheon", &of("answer")).unwrap();
    case.days_pass(20);
    assert_eq!(code(case.lapses(&of("answer"))), "approvals.no_clock");
    case.does("bucheon", &of("letter")).unwrap();
    assert_eq!(case.instance(&of("answer")).clock.unwrap().from, case.today());
}

#[test]
fn a_last_day_on_a_weekend_moves_where_the_law_counts_so() {
    for (counting, last) in [(Counting::CalendarDaysAfter, "2015-03-07"), (Counting::CalendarDaysAfterToWorkday, "2015-03-09")] {
        let timed =
            timed(step("step", StepKind::Report, Stage::Preparation, StepActor::OneParty), 5, RunsFrom::OutsideEvent, Silence::Nothing);
        let mut procedure = form(vec![timed]);
        procedure.counting = counting;
        let mut case = Case::opened(procedure, &["bucheon", "hwaseong"]);
        let today = case.today();
        case.starts_clock("bucheon", &of("step"), today, None).unwrap();
        let due = case.instance(&of("step")).clock.unwrap().due;
        assert_eq!((due.on, due.counting), (day(last), counting));
    }
}

#[test]
fn an_open_text_stops_the_time_of_what_is_about_it() {
    let mut case = waiting(StepKind::HigherApproval, StepActor::HigherBody, Silence::Yes);
    let today = case.today();
    case.starts_clock("bucheon", &of("step"), today, None).unwrap();
    case.reopens();
    case.days_pass(29);
    assert_eq!(code(case.lapses(&of("step"))), "approvals.no_clock");
}

#[test]
fn a_step_of_another_is_not_started() {
    let timed: Step =
        timed(step("step", StepKind::Report, Stage::Preparation, StepActor::EachParty), 5, RunsFrom::OutsideEvent, Silence::Nothing);
    let mut case = Case::of(vec![timed]);
    let today = case.today();
    assert_eq!(code(case.starts_clock("bucheon", &own("step", "hwaseong"), today, None)), "approvals.not_your_step");
    assert_eq!(code(case.acts("seoul", &own("step", "hwaseong"), approved("ministry"))), "access.no_such_case");
}

#[test]
fn a_step_whose_time_runs_from_one_that_does_not_apply_does_not_wait_for_it() {
    let order = crate::case::conditional(step("order", StepKind::Report, Stage::Preparation, StepActor::OneParty));
    let from = RunsFrom::Step("order".parse().unwrap());
    let action = timed(step("action", StepKind::Propose, Stage::Preparation, StepActor::OneParty), 15, from, Silence::Nothing);
    let mut case = Case::of(vec![order, action]);
    assert!(matches!(case.status(&of("action")), Status::Waiting { .. }));
    case.decides("bucheon", &of("order"), false).unwrap();
    case.does("bucheon", &of("action")).unwrap();
}
