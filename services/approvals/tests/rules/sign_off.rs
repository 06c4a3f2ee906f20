//! References to internal sign-offs, in a party's own sealed stream.

use approvals::State;
use proto::actor::Service;
use proto::approvals::{Command, SignOff};
use proto::stream::Stream;

use crate::case::{CASE, Case, code, day, of, own, usual};

fn reference() -> SignOff {
    SignOff {
        number: "함백-12".into(),
        drafter: "staff".into(),
        reviewers: vec!["head of section".into()],
        decided_by: "mayor".into(),
        decided_on: day("2015-03-02"),
    }
}

fn keeps(case: &mut Case, body: &str, step: proto::approvals::StepOf, sign_off: SignOff) -> Result<(), proto::message::Refusal> {
    case.asks(body, Command::RecordSignOff { step, sign_off }, None).map(|_| ())
}

#[test]
fn a_sign_off_is_kept_in_the_own_stream_and_nowhere_else() {
    let mut case = Case::of(usual());
    let before = case.state();
    keeps(&mut case, "bucheon", own("council", "bucheon"), reference()).unwrap();
    assert_eq!(case.state(), before);
    let stream = Stream::Internal(CASE.parse().unwrap(), "bucheon".parse().unwrap());
    let kept: State = serde_json::from_value(case.model.of(Service::Approvals).unwrap().state(&stream)).unwrap();
    assert_eq!(kept.sign_offs[0].sign_off, reference());
}

#[test]
fn a_sign_off_belongs_to_a_step_of_ones_own() {
    let mut case = Case::of(usual());
    assert_eq!(code(keeps(&mut case, "bucheon", of("nothing"), reference())), "approvals.unknown_step");
    assert_eq!(code(keeps(&mut case, "bucheon", own("council", "hwaseong"), reference())), "approvals.not_your_step");
    assert_eq!(code(keeps(&mut case, "seoul", of("draft"), reference())), "access.no_such_case");
}

#[test]
fn a_sign_off_says_all_it_must_and_has_happened() {
    let mut case = Case::of(usual());
    for lacking in [
        SignOff { number: String::new(), ..reference() },
        SignOff { drafter: String::new(), ..reference() },
        SignOff { decided_by: String::new(), ..reference() },
        SignOff { reviewers: vec![String::new()], ..reference() },
    ] {
        assert_eq!(code(keeps(&mut case, "bucheon", of("draft"), lacking)), "approvals.empty");
    }
    let future = SignOff { decided_on: day("2015-03-03"), ..reference() };
    assert_eq!(code(keeps(&mut case, "bucheon", of("draft"), future)), "approvals.no_day");
}
