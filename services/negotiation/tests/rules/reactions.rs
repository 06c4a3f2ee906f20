use negotiation::Negotiation;
use proto::approvals;
use proto::digest::Digest;
use proto::message::{Command, Event, Target};
use proto::negotiation::Command as Own;
use proto::stream::Stream;
use runtime::decider::{Decider, Meta};

use crate::disputes::settled;
use crate::table::{case, id};

fn react(event: &Event, stream: Stream) -> Vec<(Target, Command)> {
    let of = Meta { stream, position: 7, at: "2000-02-13T00:00:00Z".parse().unwrap(), occurred_on: None };
    Negotiation::react(event, &of)
}

#[test]
fn a_settlement_is_entered_as_it_was_settled() {
    let commands = react(&settled(3), Stream::Case(case()));
    let [(target, Command::Negotiation(Own::EnterSettlement { dispute: 3, terms, labels }))] = &commands[..] else {
        panic!("{commands:?}")
    };
    assert_eq!((target, terms.len(), labels.len()), (&Target::Case(case()), 2, 1));
}

#[test]
fn a_councils_amendment_opens_the_text() {
    let amended = approvals::Event::PassedAmended { government: id("guro"), agreement: Digest::of(b"frozen") };
    let reopen = Own::ReopenText { government: id("guro") };
    assert_eq!(react(&amended.into(), Stream::Case(case())), [(Target::Case(case()), reopen.into())]);
}

#[test]
fn nothing_else_is_answered() {
    let opened = approvals::Event::SigningOpened { agreement: Digest::of(b"frozen") };
    assert_eq!(react(&opened.into(), Stream::Case(case())), []);
    assert_eq!(react(&crate::disputes::opened(1, &["share"]), Stream::Case(case())), []);
    assert_eq!(react(&settled(3), Stream::Calendar), [], "outside a case there is nothing to enter");
}
