//! Opening a dispute and taking it back.

use proto::access::Denial;
use proto::mediation::{Closing, Command as C, Event as E, Refusal as R};
use proto::message::Refusal;
use proto::words::Deadline;

use crate::table::*;

#[test]
fn a_dispute_holds_its_terms_and_no_others() {
    let mut table = Table::new();
    let opened = table.done("gwangmyeong-delegate", open(&["resident-support"], &["seoul"]));
    let parties = bodies(&["gwangmyeong", "seoul"]);
    let terms = [term("resident-support")].into();
    assert_eq!(opened, [E::DisputeOpened { dispute: 1, by: body("gwangmyeong"), names: names(), terms, parties, due: None }]);
    assert_eq!(table.case().holder(&term("resident-support")), Some(1));
    assert_eq!(table.case().holder(&term("construction-share")), None);
}

#[test]
fn several_disputes_stand_side_by_side_on_different_terms() {
    let mut table = Table::in_dispute();
    table.done("guro-delegate", open(&["construction-share", "ash-disposal"], &["gyeonggi", "seoul"]));
    assert_eq!(table.case().holder(&term("ash-disposal")), Some(2));
    let command = open(&["ash-disposal", "resident-support"], &["guro"]);
    assert_eq!(table.refused("gyeonggi-delegate", command), R::TermInDispute { term: term("ash-disposal"), dispute: 2 });
}

#[test]
fn a_dispute_is_about_terms_of_the_case() {
    let mut table = Table::new();
    assert_eq!(table.refused("seoul-delegate", open(&[], &["guro"])), R::NoTerms);
    let unknown = R::UnknownTerm { term: term("tipping-fee") };
    assert_eq!(table.refused("seoul-delegate", open(&["tipping-fee"], &["guro"])), unknown);
}

#[test]
fn a_dispute_has_a_name_in_both_languages() {
    let mut table = Table::new();
    let C::OpenDispute { mut names, terms, with, due } = open(&["ash-disposal"], &["guro"]) else { unreachable!() };
    names.ko = " ".into();
    let command = C::OpenDispute { names, terms, with, due };
    assert_eq!(table.refused("seoul-delegate", command), R::Empty { field: "names".into() });
}

#[test]
fn a_dispute_is_between_parties_of_the_case() {
    let mut table = Table::new();
    assert_eq!(table.refused("seoul-delegate", open(&["ash-disposal"], &[])), R::NoOtherParty);
    assert_eq!(table.refused("seoul-delegate", open(&["ash-disposal"], &["seoul"])), R::NoOtherParty);
    let stranger = R::NotAParty { government: body("council") };
    assert_eq!(table.refused("seoul-delegate", open(&["ash-disposal"], &["council"])), stranger);
    let denied = table.act("council-delegate", open(&["ash-disposal"], &["seoul"]));
    assert_eq!(denied, Err(Refusal::Access(Denial::NoSuchCase)));
}

#[test]
fn the_day_by_which_to_settle_is_still_to_come() {
    let nowhere = Deadline { zone: "Asia/Nowhere".into(), ..by_day("2000-02-13") };
    for bad in [by_day("2000-02-07"), nowhere] {
        let mut table = Table::new();
        let C::OpenDispute { names, terms, with, .. } = open(&["ash-disposal"], &["guro"]) else { unreachable!() };
        assert_eq!(table.refused("seoul-delegate", C::OpenDispute { names, terms, with, due: Some(bad) }), R::BadDeadline);
    }
}

#[test]
fn a_frozen_text_has_no_terms_to_dispute() {
    let mut table = Table::new();
    table.frozen();
    assert_eq!(table.refused("seoul-delegate", open(&["ash-disposal"], &["guro"])), R::TextIsFrozen);
}

#[test]
fn who_opened_a_dispute_takes_it_back_and_its_terms_are_free() {
    let mut table = Table::in_dispute();
    let take_back = C::TakeBackDispute { dispute: 1 };
    assert_eq!(table.refused("seoul-delegate", take_back.clone()), R::NotYourDispute { by: body("gwangmyeong") });
    let closed = table.done("gwangmyeong-delegate", take_back.clone());
    assert_eq!(closed, [E::DisputeClosed { dispute: 1, how: Closing::TakenBack }]);
    assert_eq!(table.case().holder(&term("resident-support")), None);
    assert_eq!(table.refused("gwangmyeong-delegate", take_back), R::NoSuchDispute { dispute: 1 });
}

#[test]
fn a_dispute_whose_opener_has_left_can_still_be_taken_back() {
    let mut table = Table::in_dispute();
    table.leaves("gwangmyeong");
    let take_back = C::TakeBackDispute { dispute: 1 };
    assert_eq!(table.refused("guro-delegate", take_back.clone()), R::NotYourDispute { by: body("gwangmyeong") });
    assert!(table.act("seoul-delegate", take_back.clone()).is_ok());

    let mut table = Table::in_dispute();
    table.leaves("gwangmyeong");
    table.leaves("seoul");
    assert!(table.act("guro-delegate", take_back).is_ok());
}

#[test]
fn taking_a_dispute_back_drops_the_proposal_that_waits() {
    let mut table = Table::proposed(&support(5_000_000_000));
    table.done("gwangmyeong-delegate", C::TakeBackDispute { dispute: 1 });
    assert_eq!(table.case().disputes[&1].proposals[&1].outcome, mediation::Outcome::Dropped);
}
