//! Keys that turn out to have been compromised.

use jiff::Timestamp;
use proto::access::Asker;
use proto::actor::Service;
use proto::signing::{Command as C, Event as E, Refusal as R};
use signing::Signature;

use crate::table::*;

fn mark(since: &str) -> C {
    C::MarkInDoubt { official: person("seoul-mayor"), key: key("a"), since: since.parse().unwrap() }
}

fn in_doubt_since(table: &Table, party: &str) -> Option<Timestamp> {
    match table.state().signatures.get(&body(party)) {
        Some(Signature::Key { in_doubt_since, .. }) => *in_doubt_since,
        Some(Signature::Paper { .. }) | None => None,
    }
}

#[test]
fn a_revocation_leaves_earlier_signatures_alone() {
    let mut table = Table::open();
    table.done("seoul-mayor", sign("seoul-mayor"));
    assert_eq!(table.revoke("seoul-mayor", "a", None), []);
    table.today("2000-04-12T00:00:00Z");
    assert_eq!(table.revoke("seoul-mayor", "a", Some("2000-04-11T00:00:00Z")), []);
    assert_eq!(in_doubt_since(&table, "seoul"), None);
}

#[test]
fn what_a_compromised_key_has_signed_since_is_marked() {
    let mut table = Table::open();
    table.done("seoul-mayor", sign("seoul-mayor"));
    table.done("guro-mayor", sign("guro-mayor"));
    let since: Timestamp = "2000-04-10T00:00:00Z".parse().unwrap();
    let marked = table.revoke("seoul-mayor", "a", Some("2000-04-10T00:00:00Z"));
    let expected = E::MarkedInDoubt { government: body("seoul"), official: person("seoul-mayor"), key: key("a"), since };
    assert_eq!(marked, [expected]);
    assert_eq!(in_doubt_since(&table, "seoul"), Some(since));
    assert_eq!(in_doubt_since(&table, "guro"), None);
}

#[test]
fn only_the_register_says_that_a_key_was_compromised() {
    let mut table = Table::open();
    table.done("seoul-mayor", sign("seoul-mayor"));
    let service = Asker::Service(Service::Signing);
    let refused = Err(R::NothingInDoubt.into());
    assert_eq!(table.ask(&service, &mark("2000-04-01T00:00:00Z").into(), None), refused);
    table.revoke("seoul-mayor", "a", Some("2000-04-01T00:00:00Z"));
    assert_eq!(table.ask(&service, &mark("2000-04-01T00:00:00Z").into(), None), refused, "it is marked already");
}

#[test]
fn a_signature_in_doubt_does_not_complete_and_is_given_again_with_another_key() {
    let mut table = Table::open();
    table.done("seoul-mayor", sign("seoul-mayor"));
    table.revoke("seoul-mayor", "a", Some("2000-04-10T00:00:00Z"));
    for party in ["guro", "gwangmyeong", "gyeonggi"] {
        table.done(&format!("{party}-mayor"), sign(&format!("{party}-mayor")));
    }
    assert!(!table.state().complete);
    table.register_key("seoul-mayor", "b", None);
    let events = table.done("seoul-mayor", signing("seoul-mayor", "b", &intent("seoul-mayor")));
    assert!(matches!(events.as_slice(), [E::Signed { .. }, E::Completed { .. }]));
}

#[test]
fn what_is_complete_stays_complete_and_is_completed_once() {
    let mut table = Table::open();
    for party in PARTIES {
        table.done(&format!("{party}-mayor"), sign(&format!("{party}-mayor")));
    }
    table.revoke("seoul-mayor", "a", Some("2000-04-10T00:00:00Z"));
    assert!(table.state().complete);
    assert_eq!(table.state().missing().collect::<Vec<_>>(), [&body("seoul")]);
    table.register_key("seoul-mayor", "b", None);
    let events = table.done("seoul-mayor", signing("seoul-mayor", "b", &intent("seoul-mayor")));
    assert!(matches!(events.as_slice(), [E::Signed { .. }]));
}
