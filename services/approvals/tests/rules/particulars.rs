//! Each kind is its own act: of the step's kind, on a day, with what is needed to find it again outside.

use approvals::Status;
use proto::approvals::{Command, CouncilEnd, Done};
use proto::entry::{Document, Occurred};
use proto::procedure::{Stage, StepActor, StepKind};

use crate::case::{Act, CASE, Case, code, of, step, text, usual_act};

const KINDS: [StepKind; 9] = [
    StepKind::Propose,
    StepKind::Consult,
    StepKind::Draft,
    StepKind::CouncilResolution,
    StepKind::HigherApproval,
    StepKind::Sign,
    StepKind::Publish,
    StepKind::Report,
    StepKind::Register,
];

fn with(kind: StepKind) -> Case {
    Case::of(vec![step("step", kind, Stage::Preparation, StepActor::OneParty)])
}

#[test]
fn a_step_is_completed_by_an_act_of_its_kind_and_of_no_other() {
    for kind in KINDS {
        for other in KINDS {
            let result = with(kind).acts("bucheon", &of("step"), usual_act(other));
            assert_eq!(result.is_ok(), kind == other, "{kind:?} by {other:?}");
            if kind != other {
                assert_eq!(code(result), "approvals.wrong_kind");
            }
        }
    }
}

#[test]
fn the_signature_of_the_agreement_is_not_recorded_here() {
    let mut case = Case::of(vec![step("sign", StepKind::Sign, Stage::Text, StepActor::PartiesTogether)]);
    case.freezes(text(1));
    assert_eq!(code(case.does("bucheon", &of("sign"))), "approvals.sign_in_signing");
}

#[test]
fn an_act_outside_has_a_day_and_it_has_come() {
    let mut case = with(StepKind::Draft);
    for on in [None, Some(case.today().tomorrow().unwrap())] {
        let act = Act { on, ..case.act(&of("step")) };
        assert_eq!(code(case.records("bucheon", &of("step"), act)), "approvals.no_day");
    }
    // In Seoul the day has begun while it is still yesterday in Greenwich.
    case.now = "2015-03-02T15:30:00Z".parse().unwrap();
    let act = Act { on: Some("2015-03-03".parse().unwrap()), ..case.act(&of("step")) };
    case.records("bucheon", &of("step"), act).unwrap();
}

#[test]
fn an_act_says_what_is_needed_to_find_it_again() {
    let blank = || String::from("  ");
    for done in [
        Done::Consulted { with: blank(), agreed: true },
        Done::Council { end: CouncilEnd::Passed, bill: blank(), votes: None },
        Done::Published { notice: blank() },
        Done::Reported { to: blank() },
        Done::Registered { number: blank() },
        Done::Signed { by: Vec::new() },
        Done::Signed { by: vec![blank()] },
    ] {
        assert_eq!(code(with(done.kind()).acts("bucheon", &of("step"), done)), "approvals.empty");
    }
}

#[test]
fn consultation_is_done_whatever_is_answered_and_consent_only_with_a_yes() {
    for (assent, agreed, done) in [(false, false, true), (false, true, true), (true, true, true), (true, false, false)] {
        let mut consult = step("step", StepKind::Consult, Stage::Preparation, StepActor::OneParty);
        consult.assent = assent;
        let mut case = Case::of(vec![consult]);
        case.acts("bucheon", &of("step"), Done::Consulted { with: "the host".into(), agreed }).unwrap();
        let status = case.status(&of("step"));
        assert_eq!(matches!(status, Status::Done { .. }), done);
        assert_eq!(status == Status::Refused, !done);
    }
}

#[test]
fn what_shows_an_act_stands_beside_it() {
    let mut case = with(StepKind::Draft);
    let document = Document { digest: text(7), media_type: "application/pdf".into(), size: 12 };
    let occurred = Occurred { on: case.today(), evidence: vec![document.clone()] };
    let asker = proto::access::Asker::Person { official: "bucheon-kim".parse().unwrap(), government: "bucheon".parse().unwrap() };
    let command = Command::RecordStep { step: of("step"), done: Done::Drafted, agreement: None, letter: None };
    let target = proto::message::Target::Case(CASE.parse().unwrap());
    case.model.act(&asker, &target, &command.into(), case.now, Some(&occurred)).unwrap();
    let state = serde_json::to_value(case.instance(&of("step"))).unwrap();
    assert_eq!(state["attempts"][0]["what"]["recorded"]["evidence"][0], serde_json::to_value(document).unwrap());
    assert_eq!(state["attempts"][0]["what"]["recorded"]["by"], "bucheon");
}
