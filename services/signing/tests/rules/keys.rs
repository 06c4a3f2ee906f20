//! Signing by key: what is open, whose turn it is, who and with what.

use proto::access::{Asker, Denial};
use proto::actor::{Role, Service};
use proto::digest::Digest;
use proto::message::{Refusal, Target};
use proto::negotiation::Event as N;
use proto::registry;
use proto::signing::{Command as C, Event as E, Intent, Refusal as R};
use proto::stream::Stream;
use proto::{approvals, standing::Phase};
use runtime::decider::Meta;

use crate::table::*;

#[test]
fn the_entry_with_the_last_signature_completes_the_agreement() {
    let mut table = Table::open();
    for party in ["seoul", "guro", "gyeonggi"] {
        let events = table.done(&format!("{party}-mayor"), sign(&format!("{party}-mayor")));
        assert!(matches!(events.as_slice(), [E::Signed { .. }]), "{party}");
    }
    assert_eq!(table.state().missing().collect::<Vec<_>>(), [&body("gwangmyeong")]);
    let events = table.done("gwangmyeong-mayor", sign("gwangmyeong-mayor"));
    assert!(matches!(events.as_slice(), [E::Signed { .. }, E::Completed { agreement: signed }] if *signed == agreement()));
    assert!(table.state().complete);
    assert_eq!(table.state().standing.phase, Phase::Signed);
}

#[test]
fn a_signature_is_noted_where_the_key_is_registered() {
    let mut table = Table::open();
    let signed = table.done("seoul-mayor", sign("seoul-mayor"));
    let of = Meta { stream: Stream::Case(case()), position: 7, at: table.at, occurred_on: None };
    let reactions = table.model.reactions(&[signed[0].clone().into()], &of);
    let note = registry::Command::NoteKeyUse { official: person("seoul-mayor"), key: key("a"), case: case(), signed_at: table.at };
    assert_eq!(reactions, [(Service::Signing, Target::Official(person("seoul-mayor")), note.into())]);
}

#[test]
fn nothing_is_signed_before_approvals_are_there() {
    let mut table = Table::frozen();
    assert_eq!(table.refused("seoul-mayor", sign("seoul-mayor"), None), R::NotOpen);
    // An approval of something that is not frozen opens nothing.
    table.happens(approvals::Event::SigningOpened { agreement: Digest::of(b"another") });
    assert_eq!(table.refused("seoul-mayor", sign("seoul-mayor"), None), R::NotOpen);
}

#[test]
fn only_the_frozen_digest_is_signed() {
    let mut table = Table::open();
    let other = Intent { agreement: Digest::of(b"another"), ..intent("seoul-mayor") };
    assert_eq!(table.refused("seoul-mayor", signing("seoul-mayor", "a", &other), None), R::OtherText);
}

#[test]
fn a_text_that_opens_again_voids_every_signature() {
    let mut table = Table::open();
    table.done("seoul-mayor", sign("seoul-mayor"));
    table.act("guro-clerk", paper(), Some(&on("2000-04-10"))).unwrap();
    table.happens(N::TextReopened { government: body("guro") });
    assert_eq!(table.refused("guro-mayor", sign("guro-mayor"), None), R::NotOpen);
    table.freezes();
    table.happens(approvals::Event::SigningOpened { agreement: agreement() });
    assert!(table.state().signatures.is_empty() && table.state().paper.is_none());
    assert!(table.act("seoul-mayor", sign("seoul-mayor"), None).is_ok());
}

#[test]
fn only_the_signatory_of_a_party_signs() {
    let mut table = Table::open();
    let denial = Denial::NoAppointment { needed: vec![Role::Signatory], government: body("seoul") };
    assert_eq!(table.act("seoul-delegate", sign("seoul-mayor"), None), Err(Refusal::Access(denial)));
    table.appoint("council-head", "council", Role::Signatory, None);
    let denial = Denial::NotAParty { government: body("council") };
    assert_eq!(table.act("council-head", sign("council-head"), None), Err(Refusal::Access(denial)));
    table.appoint("bucheon-mayor", "bucheon", Role::Signatory, None);
    assert_eq!(table.act("bucheon-mayor", sign("bucheon-mayor"), None), Err(Refusal::Access(Denial::NoSuchCase)));
}

#[test]
fn nobody_signs_twice() {
    let mut table = Table::open();
    table.done("seoul-mayor", sign("seoul-mayor"));
    assert_eq!(table.refused("seoul-mayor", sign("seoul-mayor"), None), R::AlreadySigned);
}

#[test]
fn a_signature_is_over_this_case_this_party_this_person_with_this_key() {
    let good = intent("seoul-mayor");
    let other_case = "01890a5d-ac96-774b-bcce-b302099a8058".parse().unwrap();
    let wrong = [
        Intent { purpose: "something else".into(), ..good.clone() },
        Intent { case: other_case, ..good.clone() },
        Intent { government: body("guro"), ..good.clone() },
        Intent { official: person("guro-mayor"), ..good.clone() },
    ];
    let mut table = Table::open();
    for intent in wrong {
        assert_eq!(table.refused("seoul-mayor", signing("seoul-mayor", "a", &intent), None), R::BadSignature);
    }
    let C::Sign { jws, .. } = sign("guro-mayor") else { unreachable!() };
    let borrowed = C::Sign { agreement: agreement(), key: key("a"), jws };
    assert_eq!(table.refused("seoul-mayor", borrowed, None), R::BadSignature);
    let nothing = C::Sign { agreement: agreement(), key: key("a"), jws: String::new() };
    assert_eq!(table.refused("seoul-mayor", nothing, None), R::BadSignature);
}

#[test]
fn the_key_is_registered_in_force_and_not_revoked() {
    let mut table = Table::open();
    let with = |name| signing("seoul-mayor", name, &intent("seoul-mayor"));
    let no_key = |name| R::NoSuchKey { key: key(name) };
    assert_eq!(table.refused("seoul-mayor", with("b"), None), no_key("b"));
    table.revoke("seoul-mayor", "a", None);
    assert_eq!(table.refused("seoul-mayor", with("a"), None), no_key("a"));
    table.register_key("seoul-mayor", "b", Some("2000-04-10"));
    table.today("2000-04-10T15:00:00Z");
    assert_eq!(table.refused("seoul-mayor", with("b"), None), no_key("b"));
    table.today("2000-04-10T14:59:59Z");
    assert!(table.act("seoul-mayor", with("b"), None).is_ok());
}

#[test]
fn parties_sign_in_the_order_that_is_set() {
    let mut table = Table::open();
    table.done("seoul-clerk", order(&["seoul", "gyeonggi", "guro", "gwangmyeong"]));
    assert_eq!(table.refused("guro-mayor", sign("guro-mayor"), None), R::OutOfOrder { next: body("seoul") });
    table.done("seoul-mayor", sign("seoul-mayor"));
    assert_eq!(table.refused("guro-mayor", sign("guro-mayor"), None), R::OutOfOrder { next: body("gyeonggi") });
    assert!(table.act("gyeonggi-mayor", sign("gyeonggi-mayor"), None).is_ok());
}

#[test]
fn the_order_names_every_party_once() {
    let mut table = Table::open();
    for bad in [&["seoul"][..], &["seoul", "seoul", "guro", "gyeonggi"], &["seoul", "guro", "gyeonggi", "gwangmyeong", "council"]] {
        assert_eq!(table.refused("seoul-clerk", order(bad), None), R::BadOrder);
    }
}

#[test]
fn the_order_stands_from_the_first_signature_on() {
    let mut table = Table::open();
    table.done("seoul-mayor", sign("seoul-mayor"));
    assert_eq!(table.refused("seoul-clerk", order(&PARTIES), None), R::OrderStands);
}

#[test]
fn parties_and_the_coordinator_set_the_order_and_nobody_else() {
    let mut table = Table::frozen();
    assert!(table.act("council-mediator", order(&PARTIES), None).is_ok());
    table.happens(N::Invited { government: body("bucheon"), parent: None });
    table.appoint("bucheon-clerk", "bucheon", Role::Clerk, None);
    let denial = Denial::NotAParty { government: body("bucheon") };
    assert_eq!(table.act("bucheon-clerk", order(&PARTIES), None), Err(Refusal::Access(denial)));
}

#[test]
fn an_order_ends_when_the_parties_change() {
    let mut table = Table::new();
    table.done("seoul-clerk", order(&PARTIES));
    table.happens(N::Left { government: body("guro"), why: None });
    assert!(table.state().order.is_empty());
}

#[test]
fn people_do_not_issue_what_the_service_does() {
    let mut table = Table::open();
    let mark = C::MarkInDoubt { official: person("seoul-mayor"), key: key("a"), since: table.at };
    assert_eq!(table.act("seoul-mayor", mark.clone(), None), Err(Refusal::Access(Denial::ServiceOnly)));
    let denial = Denial::NotThisService { service: Service::Registry };
    assert_eq!(table.ask(&Asker::Service(Service::Registry), &mark.into(), None), Err(Refusal::Access(denial)));
}
