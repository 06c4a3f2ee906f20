use proto::access::{Asker, may_read};
use proto::actor::{Ground, Role};
use proto::digest::Digest;
use proto::message::Target;
use proto::negotiation::{Command, Event, Package, Refusal, Rounds, SoundingNo};
use proto::registry::{Appointment, Event as Registry};
use proto::stream::Stream;

use crate::table::{Table, case, id, package, send_back, share, tabled};

fn half() -> Package {
    package(&[("share", share("50"))])
}

fn sound(to: &str, package: Package) -> Command {
    Command::SoundOut { to: id(to), package, text: Some("would half do?".into()) }
}

fn answer(from: &str, sounding: SoundingNo) -> Command {
    Command::AnswerSounding { from: id(from), sounding, text: "a third might".into() }
}

fn withdraw(to: &str, sounding: SoundingNo) -> Command {
    Command::WithdrawSounding { to: id(to), sounding }
}

fn between(from: &str, to: &str) -> Stream {
    Stream::Sounding(case(), id(from), id(to))
}

#[test]
fn a_sounding_goes_to_one_party_and_the_case_knows_nothing_of_it() {
    let mut table = Table::free();
    let before = table.state();
    let made =
        Event::SoundingMade { sounding: 1, by: id("seoul"), to: id("gwangmyeong"), package: half(), text: Some("would half do?".into()) };
    assert_eq!(table.done("seoul", sound("gwangmyeong", half())), [made]);
    let answered = Event::SoundingAnswered { sounding: 1, by: id("gwangmyeong"), text: "a third might".into() };
    assert_eq!(table.done("gwangmyeong", answer("seoul", 1)), [answered]);
    assert_eq!(table.done("seoul", withdraw("gwangmyeong", 1)), [Event::SoundingWithdrawn { sounding: 1, by: id("seoul") }]);
    assert_eq!(table.state(), before);

    let stream = between("seoul", "gwangmyeong");
    assert!(stream.is_sealed());
    let kept = table.fold(&stream).soundings;
    assert_eq!(kept[&1].package, half());
    assert_eq!(kept[&1].answer.as_ref().unwrap().text, "a third might");
    assert!(kept[&1].withdrawn_at.is_some() && !kept[&1].is_open());
    for who in ["guro", "gyeonggi"] {
        let asker = Asker::Person { official: id(&format!("{who}-delegate")), government: id(who) };
        assert!(may_read(&stream, &asker, &before.standing.readers, &[Role::Mediator]).is_err(), "{who}");
    }
}

#[test]
fn soundings_are_numbered_between_the_same_two_and_in_one_direction() {
    let mut table = Table::free();
    for (from, to, number) in [("seoul", "guro", 1), ("seoul", "guro", 2), ("guro", "seoul", 1), ("seoul", "gwangmyeong", 1)] {
        let made = table.done(from, sound(to, half()));
        assert!(matches!(made[..], [Event::SoundingMade { sounding, .. }] if sounding == number), "{from} to {to}: {made:?}");
    }
    table.done("guro", answer("seoul", 2));
    let kept = table.fold(&between("seoul", "guro")).soundings;
    assert!(kept[&1].is_open() && !kept[&2].is_open());
    assert!(table.fold(&between("guro", "seoul")).soundings[&1].is_open());
}

#[test]
fn a_sounding_binds_nobody_so_it_needs_neither_mandate_nor_turn() {
    let mut table = Table::open(Rounds::Alternating);
    table.done("gwangmyeong", tabled("gwangmyeong", half()));
    table.ceiling("gwangmyeong", "share", "10");
    table.grant("guro", |mandate| mandate.until = "1999-12-31".parse().unwrap());
    let turn = table.turn();
    table.done("gwangmyeong", sound("seoul", package(&[("share", share("90"))])));
    table.done("guro", sound("seoul", half()));
    assert_eq!(table.turn(), turn, "it waits for nobody");
    table.done("seoul", send_back(1));
}

#[test]
fn what_is_in_dispute_may_be_sounded_out() {
    let mut table = Table::free();
    let opened = serde_json::json!({ "dispute_opened": {
        "dispute": 1, "by": "gwangmyeong", "names": { "en": "share", "ko": "share" }, "terms": ["share"], "parties": ["gwangmyeong", "seoul"],
    } });
    table.happened(&[serde_json::from_value::<proto::mediation::Event>(opened).unwrap().into()]);
    table.refused("seoul", tabled("seoul", half()), &Refusal::TermInDispute { term: id("share"), dispute: 1 });
    table.done("seoul", sound("gwangmyeong", half()));
}

#[test]
fn a_sounding_speaks_of_what_the_case_knows() {
    let mut table = Table::free();
    let allocation = Digest::of(b"private");
    let private = Package { allocation: Some(allocation), ..Package::default() };
    for (package, why) in [
        (Package::default(), Refusal::Empty { field: "package".into() }),
        (package(&[("weather", share("1"))]), Refusal::UnknownTerm { term: id("weather") }),
        (package(&[("share", share("101"))]), Refusal::WrongKind { term: id("share") }),
        (private, Refusal::UnknownAllocation { allocation }),
    ] {
        table.refused("seoul", sound("guro", package), &why);
    }
    let silent = Command::SoundOut { to: id("guro"), package: half(), text: Some(" \n".into()) };
    assert!(matches!(&table.done("seoul", silent)[..], [Event::SoundingMade { text: None, .. }]));
}

#[test]
fn only_another_party_is_sounded_out() {
    let mut table = Table::free();
    for nobody in ["seoul", "bucheon"] {
        table.refused("seoul", sound(nobody, half()), &Refusal::NotToBeSounded { government: id(nobody) });
    }
    table.denied("bucheon", sound("seoul", half()), "access.no_such_case");
    table.done("seoul", sound("guro", half()));
    table.done("guro", Command::Leave { why: None });
    table.refused("seoul", sound("guro", half()), &Refusal::NotToBeSounded { government: id("guro") });
    table.denied("guro", sound("seoul", half()), "access.not_a_party");
    table.denied("guro", answer("seoul", 1), "access.not_a_party");
    Table::registered().denied("seoul", sound("guro", half()), "access.no_such_case");
}

#[test]
fn it_is_answered_once_and_by_whom_it_went_to() {
    let mut table = Table::free();
    table.refused("guro", answer("seoul", 1), &Refusal::UnknownSounding { sounding: 1 });
    table.done("seoul", sound("guro", half()));
    table.refused("gwangmyeong", answer("seoul", 1), &Refusal::UnknownSounding { sounding: 1 });
    table.refused("seoul", answer("guro", 1), &Refusal::UnknownSounding { sounding: 1 });
    let nothing = Command::AnswerSounding { from: id("seoul"), sounding: 1, text: " ".into() };
    table.refused("guro", nothing, &Refusal::Empty { field: "text".into() });
    table.done("guro", answer("seoul", 1));
    table.refused("guro", answer("seoul", 1), &Refusal::SoundingAnswered { sounding: 1 });
}

#[test]
fn it_is_taken_back_by_its_author_and_not_answered_after() {
    let mut table = Table::free();
    table.done("seoul", sound("guro", half()));
    table.refused("guro", withdraw("seoul", 1), &Refusal::UnknownSounding { sounding: 1 });
    table.refused("seoul", withdraw("guro", 2), &Refusal::UnknownSounding { sounding: 2 });
    table.done("seoul", withdraw("guro", 1));
    table.refused("seoul", withdraw("guro", 1), &Refusal::SoundingWithdrawn { sounding: 1 });
    table.refused("guro", answer("seoul", 1), &Refusal::SoundingWithdrawn { sounding: 1 });
}

#[test]
fn nobody_is_sounded_out_once_the_text_is_frozen() {
    let mut table = Table::free();
    table.done("seoul", sound("guro", half()));
    let frozen = serde_json::from_value(serde_json::json!({ "text": Digest::of(b"text") })).unwrap();
    let text = serde_json::from_value(serde_json::json!({
        "title": { "en": "x", "ko": "x" }, "procedure": "agreement", "parties": [], "terms": {}, "clauses": {},
    }))
    .unwrap();
    table.happened(&[Event::TextFrozen { frozen, agreement: Digest::of(b"agreement"), text: Box::new(text) }.into()]);
    table.refused("seoul", sound("guro", half()), &Refusal::TextIsFrozen);
    table.refused("guro", answer("seoul", 1), &Refusal::TextIsFrozen);
    table.refused("seoul", withdraw("guro", 1), &Refusal::TextIsFrozen);
}

#[test]
fn a_clerk_sounds_nobody_out() {
    let mut table = Table::free();
    let appointment = Appointment {
        government: id("seoul"),
        role: Role::Clerk,
        ground: Ground::OwnOffice,
        on_behalf_of: None,
        from: "1999-01-01".parse().unwrap(),
        until: None,
    };
    let appointed = Registry::Appointed { name: proto::remark::Remark::text("Kim"), appointment, zone: "Asia/Seoul".into() };
    table.model.record(&Stream::Official(id("seoul-clerk")), &[appointed.into()], table.now, None);
    table.done("guro", sound("seoul", half()));
    let clerk = Asker::Person { official: id("seoul-clerk"), government: id("seoul") };
    for command in [sound("guro", half()), answer("guro", 1), withdraw("guro", 1)] {
        let refused = table.model.act(&clerk, &Target::Case(case()), &command.into(), table.now, None);
        assert_eq!(refused.unwrap_err().code(), "access.no_appointment");
    }
}
