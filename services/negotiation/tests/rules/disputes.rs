use proto::actor::Service;
use proto::digest::Digest;
use proto::mediation::{Closing, Event as Mediation, Proposal};
use proto::message::Event;
use proto::negotiation::{Command, Event as Own, OfferState, Package, Refusal};

use crate::table::{Table, accept, counter, id, improve, names, package, share, tabled, to, won};

const HELD: u32 = 1;

pub fn opened(dispute: u32, terms: &[&str]) -> Event {
    Mediation::DisputeOpened {
        dispute,
        by: id("gwangmyeong"),
        names: names("resident support"),
        terms: terms.iter().map(|term| id(term)).collect(),
        parties: ["gwangmyeong", "seoul"].map(id).into(),
        due: None,
    }
    .into()
}

pub fn closed(dispute: u32, how: Closing) -> Event {
    Mediation::DisputeClosed { dispute, how }.into()
}

pub fn settled(dispute: u32) -> Event {
    Mediation::Settled { dispute, number: 1, proposal: proposal() }.into()
}

fn proposal() -> Proposal {
    let Package { terms, .. } = package(&[("share", share("39.06")), ("sum", won("50"))]);
    Proposal { terms, labels: [(id("share"), "40 %".into())].into(), salt: Digest::of(b"salt") }
}

fn enter(dispute: u32) -> Command {
    let Proposal { terms, labels, .. } = proposal();
    Command::EnterSettlement { dispute, terms, labels }
}

/// Gwangmyeong asks 50 on offer 1, and the share is in dispute.
fn in_dispute() -> Table {
    let mut table = Table::free();
    table.done("gwangmyeong", to("gwangmyeong", &["seoul"], package(&[("share", share("50")), ("sum", won("126"))])));
    table.happened(&[opened(HELD, &["share"])]);
    table
}

fn held() -> Refusal {
    Refusal::TermInDispute { term: id("share"), dispute: HELD }
}

#[test]
fn a_term_in_dispute_is_not_moved_by_any_offer() {
    let mut table = in_dispute();
    table.refused("seoul", tabled("seoul", package(&[("share", share("30"))])), &held());
    table.refused("seoul", counter("seoul", 1, package(&[("share", share("30"))])), &held());
    table.refused("gwangmyeong", improve("gwangmyeong", 1, package(&[("share", share("45"))])), &held());
    table.refused("seoul", accept("seoul", 1), &held());
}

#[test]
fn other_terms_move_on_beside_it() {
    let mut table = in_dispute();
    table.done("seoul", counter("seoul", 1, package(&[("sum", won("100"))])));
    table.done("seoul", improve("seoul", 2, package(&[("sum", won("110")), ("share", share("50"))])));
    table.refused("gwangmyeong", accept("gwangmyeong", 3), &held());
    table.done("seoul", to("seoul", &["gwangmyeong"], package(&[("sum", won("110"))])));
    table.done("gwangmyeong", accept("gwangmyeong", 4));
}

#[test]
fn what_is_agreed_can_be_repeated_in_a_dispute() {
    let mut table = Table::free();
    table.done("gwangmyeong", to("gwangmyeong", &["seoul"], package(&[("share", share("50"))])));
    table.done("seoul", accept("seoul", 1));
    table.happened(&[opened(HELD, &["share"])]);
    let labelled = Package { labels: [(id("share"), "a half".into())].into(), ..package(&[("share", share("50"))]) };
    table.refused("seoul", to("seoul", &["gwangmyeong"], labelled), &held());
    table.done("seoul", to("seoul", &["gwangmyeong"], package(&[("share", share("50")), ("sum", won("1"))])));
    table.done("gwangmyeong", accept("gwangmyeong", 2));
}

#[test]
fn a_dispute_taken_back_frees_its_terms() {
    let mut table = in_dispute();
    table.happened(&[closed(HELD, Closing::TakenBack)]);
    table.done("seoul", accept("seoul", 1));
}

#[test]
fn a_settlement_comes_back_as_an_accepted_offer_and_may_change_other_terms() {
    let mut table = in_dispute();
    table.happened(&[settled(HELD), closed(HELD, Closing::Settled)]);
    table.refused("seoul", accept("seoul", 1), &held()); // nothing slips in between
    let events = table.service(Service::Negotiation, enter(HELD)).unwrap();
    assert!(matches!(&events[..], [Own::SettlementEntered { offer: 2, dispute: HELD, .. }]));
    let state = table.state();
    let offer = &state.offers[&2];
    assert_eq!((&offer.by, offer.state, offer.settles), (&None, OfferState::Agreed, Some(HELD)));
    let share_agreed = state.terms[&id("share")].agreed.clone().unwrap();
    assert_eq!((share_agreed.value, share_agreed.label.as_deref()), (share("39.06"), Some("40 %")));
    assert_eq!(state.terms[&id("sum")].agreed.clone().unwrap().value, won("50"));
    assert!(!state.obstacles.contains(&Refusal::DisputeOpen { dispute: HELD }));
}

#[test]
fn only_what_was_settled_is_entered_and_once() {
    let mut table = in_dispute();
    let none = Err(Refusal::NoSettlement { dispute: HELD }.into());
    assert_eq!(table.service(Service::Negotiation, enter(HELD)), none, "the dispute is open");
    table.happened(&[settled(HELD), closed(HELD, Closing::Settled)]);
    let Command::EnterSettlement { labels, .. } = enter(HELD) else { panic!() };
    let forged = Command::EnterSettlement { dispute: HELD, terms: package(&[("share", share("1"))]).terms, labels };
    assert_eq!(table.service(Service::Negotiation, forged), none);
    table.service(Service::Negotiation, enter(HELD)).unwrap();
    assert_eq!(table.service(Service::Negotiation, enter(HELD)), none, "it is entered");
}

#[test]
fn no_person_enters_a_settlement() {
    in_dispute().denied("seoul", enter(HELD), "access.service_only");
}
