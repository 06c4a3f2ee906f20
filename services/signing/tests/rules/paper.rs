//! The ceremony on paper.

use proto::access::Denial;
use proto::actor::Role;
use proto::digest::Digest;
use proto::message::Refusal;
use proto::signing::{Command as C, Event as E, PaperSignature, Refusal as R};
use signing::Signature;

use crate::table::*;

const DAY: &str = "2000-04-18";

/// Signing opened on 10 April; the ceremony was on the 18th, two days ago.
fn after_the_ceremony() -> Table {
    let mut table = Table::open();
    table.today("2000-04-20T01:00:00Z");
    table
}

fn changed(change: impl Fn(&mut Vec<PaperSignature>)) -> C {
    let C::AttestPaper { agreement, scan, mut signatures } = paper() else { unreachable!() };
    change(&mut signatures);
    C::AttestPaper { agreement, scan, signatures }
}

fn other_scan() -> C {
    let C::AttestPaper { agreement, mut scan, signatures } = paper() else { unreachable!() };
    scan.digest = Digest::of(b"another scan");
    C::AttestPaper { agreement, scan, signatures }
}

fn counts(events: &[E]) -> bool {
    matches!(events.first(), Some(E::PaperAttested { counts: true, .. }))
}

#[test]
fn a_paper_counts_when_clerks_of_two_parties_attest_it() {
    let mut table = after_the_ceremony();
    let first = table.act("seoul-clerk", paper(), Some(&on(DAY))).unwrap();
    assert!(!counts(&first) && first.len() == 1);
    assert!(table.state().signatures.is_empty());
    let second = table.act("guro-clerk", changed(|signatures| signatures.reverse()), Some(&on(DAY))).unwrap();
    assert!(counts(&second));
    assert_eq!(second[1], E::Completed { agreement: agreement() });
    let Signature::Paper { official, on, attested_by, .. } = &table.state().signatures[&body("gyeonggi")] else { panic!("no paper") };
    assert_eq!((official, on.to_string().as_str()), (&person("gyeonggi-mayor"), DAY));
    let clerks: Vec<_> = attested_by.iter().map(|a| a.clerk.to_string()).collect();
    assert_eq!(clerks, ["seoul-clerk", "guro-clerk"]);
}

#[test]
fn the_paper_takes_the_place_of_signatures_by_key() {
    let mut table = after_the_ceremony();
    table.done("seoul-mayor", sign("seoul-mayor"));
    table.act("seoul-clerk", paper(), Some(&on(DAY))).unwrap();
    let second = table.act("guro-clerk", paper(), Some(&on(DAY))).unwrap();
    assert!(matches!(second.as_slice(), [_, E::Completed { .. }]));
    assert!(matches!(table.state().signatures[&body("seoul")], Signature::Paper { .. }));
    table.revoke("seoul-mayor", "a", Some("2000-04-18T00:00:00Z"));
    assert_eq!(table.state().missing().count(), 0);
    assert_eq!(table.refused("gyeonggi-clerk", paper(), Some(&on(DAY))), R::AlreadySigned);
}

#[test]
fn a_paper_bears_the_digest_that_may_be_signed() {
    let mut table = Table::frozen();
    assert_eq!(table.refused("seoul-clerk", paper(), Some(&on("2000-04-10"))), R::NotOpen);
    let mut table = after_the_ceremony();
    let C::AttestPaper { scan, signatures, .. } = paper() else { unreachable!() };
    let other = C::AttestPaper { agreement: Digest::of(b"another"), scan, signatures };
    assert_eq!(table.refused("seoul-clerk", other, Some(&on(DAY))), R::OtherText);
}

#[test]
fn the_day_of_the_ceremony_is_said_and_is_not_to_come() {
    let mut table = after_the_ceremony();
    assert_eq!(table.refused("seoul-clerk", paper(), None), R::NoDay);
    assert_eq!(table.refused("seoul-clerk", paper(), Some(&on("2000-04-21"))), R::NoDay);
}

#[test]
fn nothing_was_signed_before_signing_opened() {
    let mut table = after_the_ceremony();
    let opened = "2000-04-10".parse().unwrap();
    assert_eq!(table.refused("seoul-clerk", paper(), Some(&on("2000-04-09"))), R::BeforeOpening { opened });
    assert!(table.act("seoul-clerk", paper(), Some(&on("2000-04-10"))).is_ok());
}

#[test]
fn every_party_has_signed_it_once() {
    let mut table = after_the_ceremony();
    let wrong = [
        changed(|signatures| drop(signatures.pop())),
        changed(|signatures| signatures.push(signatures[0].clone())),
        changed(|signatures| signatures[0].government = body("council")),
    ];
    for paper in wrong {
        assert_eq!(table.refused("seoul-clerk", paper, Some(&on(DAY))), R::PaperIncomplete);
    }
}

#[test]
fn each_was_signatory_of_the_party_on_that_day() {
    let mut table = after_the_ceremony();
    table.appoint("guro-former", "guro", Role::Signatory, Some("2000-04-17"));
    table.appoint("guro-former", "guro", Role::Delegate, None);
    let refusal = |official| R::NotASignatory { official: person(official), government: body("guro") };
    for someone in ["guro-former", "guro-clerk", "seoul-mayor", "nobody"] {
        let paper = changed(|signatures| signatures[0].signatory = person(someone));
        assert_eq!(table.refused("seoul-clerk", paper, Some(&on(DAY))), refusal(someone));
    }
    let earlier = changed(|signatures| signatures[0].signatory = person("guro-former"));
    assert!(table.act("seoul-clerk", earlier, Some(&on("2000-04-17"))).is_ok(), "no signatory today, but on that day");
}

#[test]
fn the_second_clerk_is_of_another_party() {
    let mut table = after_the_ceremony();
    table.act("seoul-clerk", paper(), Some(&on(DAY))).unwrap();
    assert_eq!(table.refused("seoul-clerk", paper(), Some(&on(DAY))), R::SameClerk);
    table.appoint("seoul-clerk2", "seoul", Role::Clerk, None);
    assert_eq!(table.refused("seoul-clerk2", paper(), Some(&on(DAY))), R::SameClerk);
    // One person who is clerk of two parties is still one person.
    table.appoint("seoul-clerk", "guro", Role::Clerk, None);
    let asker = proto::access::Asker::Person { official: person("seoul-clerk"), government: body("guro") };
    assert_eq!(table.ask(&asker, &paper().into(), Some(&on(DAY))), Err(R::SameClerk.into()));
}

#[test]
fn the_second_clerk_attests_the_same() {
    let mut table = after_the_ceremony();
    table.act("seoul-clerk", paper(), Some(&on(DAY))).unwrap();
    table.appoint("guro-deputy", "guro", Role::Signatory, None);
    let other_signatory = changed(|signatures| signatures[0].signatory = person("guro-deputy"));
    for (other, day) in [(other_scan(), DAY), (other_signatory, DAY), (paper(), "2000-04-17")] {
        assert_eq!(table.refused("guro-clerk", other, Some(&on(day))), R::OtherPaper);
    }
}

#[test]
fn the_first_party_puts_an_error_right() {
    let mut table = after_the_ceremony();
    table.act("seoul-clerk", other_scan(), Some(&on(DAY))).unwrap();
    assert_eq!(table.refused("guro-clerk", paper(), Some(&on(DAY))), R::OtherPaper);
    assert!(!counts(&table.act("seoul-clerk", paper(), Some(&on(DAY))).unwrap()));
    assert!(counts(&table.act("guro-clerk", paper(), Some(&on(DAY))).unwrap()));
}

#[test]
fn only_clerks_of_parties_attest() {
    let mut table = after_the_ceremony();
    let denial = Denial::NoAppointment { needed: vec![Role::Clerk], government: body("seoul") };
    assert_eq!(table.act("seoul-mayor", paper(), Some(&on(DAY))), Err(Refusal::Access(denial)));
    let denial = Denial::NotAParty { government: body("council") };
    assert_eq!(table.act("council-clerk", paper(), Some(&on(DAY))), Err(Refusal::Access(denial)));
}
