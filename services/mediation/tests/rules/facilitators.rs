//! Who facilitates, and what ties it to the case.

use proto::access::{Asker, Denial, may_read};
use proto::actor::Role;
use proto::mediation::{Command as C, Event as E, FacilitatorTie as Tie, Refusal as R};
use proto::message::Refusal;
use proto::stream::Stream;

use crate::table::*;

fn ties(events: &[E]) -> &[Tie] {
    match events {
        [E::FacilitatorProposed { ties, .. }] => ties,
        other => panic!("nobody was proposed: {other:?}"),
    }
}

#[test]
fn a_facilitator_is_accepted_by_all_parties_to_the_dispute() {
    let mut table = Table::new();
    table.done("gwangmyeong-delegate", open(&["resident-support"], &["guro", "seoul"]));
    table.done("gwangmyeong-delegate", propose(1, "council"));
    let accepted = |by, agreed, reads| E::FacilitatorAccepted { dispute: 1, by: body(by), facilitator: body("council"), agreed, reads };
    assert_eq!(table.done("seoul-delegate", accept(1, "council")), [accepted("seoul", false, bodies(&[]))]);
    assert_eq!(table.case().disputes[&1].facilitator, None);
    let reads = bodies(&["guro", "gwangmyeong", "seoul"]);
    assert_eq!(table.done("guro-delegate", accept(1, "council")), [accepted("guro", true, reads)]);
    assert_eq!(table.case().disputes[&1].facilitator, Some(body("council")));
}

#[test]
fn the_facilitator_reads_the_case_and_the_caucuses_of_its_dispute_once_all_have_accepted() {
    let mut table = Table::in_dispute();
    table.done("gwangmyeong-delegate", propose(1, "council"));
    let mediator = Asker::Person { official: "council-mediator".parse().unwrap(), government: body("council") };
    let may = |table: &Table, stream: &Stream| may_read(stream, &mediator, &table.case().standing.readers, &[Role::Mediator]).is_ok();
    let caucus = |party| Stream::Caucus(case(), body(party));
    assert!(!may(&table, &Stream::Case(case())));
    table.done("seoul-delegate", accept(1, "council"));
    assert!(may(&table, &Stream::Case(case())));
    assert!(may(&table, &caucus("seoul")) && may(&table, &caucus("gwangmyeong")));
    assert!(!may(&table, &caucus("guro")));
    let opponent = Asker::Person { official: "seoul-delegate".parse().unwrap(), government: body("seoul") };
    assert!(may_read(&caucus("gwangmyeong"), &opponent, &table.case().standing.readers, &[Role::Mediator]).is_err());
}

#[test]
fn ties_of_a_facilitator_are_shown() {
    let mut table = Table::in_dispute();
    assert_eq!(ties(&table.done("gwangmyeong-delegate", propose(1, "council"))), []);
    let above = Tie::Above { party: body("gwangmyeong") };
    assert_eq!(ties(&table.done("seoul-delegate", propose(1, "gyeonggi"))), [Tie::Party, Tie::Coordinator, above]);
    let below = Tie::Below { party: body("seoul") };
    assert_eq!(ties(&table.done("seoul-delegate", propose(1, "guro"))), [Tie::Party, below]);
    assert_eq!(table.case().disputes[&1].candidates[&body("gyeonggi")].accepted, bodies(&["seoul"]));
}

#[test]
fn only_parties_to_the_dispute_choose() {
    let mut table = Table::in_dispute();
    assert_eq!(table.refused("guro-delegate", propose(1, "council")), R::NotInDispute { dispute: 1 });
    table.done("seoul-delegate", propose(1, "council"));
    assert_eq!(table.refused("guro-delegate", accept(1, "council")), R::NotInDispute { dispute: 1 });
    assert_eq!(table.refused("seoul-delegate", propose(2, "council")), R::NoSuchDispute { dispute: 2 });
    let denied = table.act("council-delegate", accept(1, "council"));
    assert_eq!(denied, Err(Refusal::Access(Denial::NoSuchCase)));
}

#[test]
fn a_party_to_the_dispute_is_no_facilitator() {
    let mut table = Table::in_dispute();
    let refusal = R::FacilitatorIsParty { facilitator: body("seoul") };
    assert_eq!(table.refused("gwangmyeong-delegate", propose(1, "seoul")), refusal);
}

#[test]
fn a_facilitator_stands_in_the_register() {
    let mut table = Table::in_dispute();
    let refusal = R::UnknownGovernment { government: body("nobody") };
    assert_eq!(table.refused("gwangmyeong-delegate", propose(1, "nobody")), refusal);
}

#[test]
fn a_body_is_proposed_once_and_accepted_once() {
    let mut table = Table::new();
    table.done("gwangmyeong-delegate", open(&["resident-support"], &["guro", "seoul"]));
    let not_proposed = R::NotProposed { facilitator: body("council") };
    assert_eq!(table.refused("seoul-delegate", accept(1, "council")), not_proposed);
    table.done("gwangmyeong-delegate", propose(1, "council"));
    let proposed = R::AlreadyProposed { facilitator: body("council") };
    assert_eq!(table.refused("seoul-delegate", propose(1, "council")), proposed);
    assert_eq!(table.refused("gwangmyeong-delegate", accept(1, "council")), R::AlreadyAccepted);
    table.done("seoul-delegate", accept(1, "council"));
    assert_eq!(table.refused("seoul-delegate", accept(1, "council")), R::AlreadyAccepted);
}

#[test]
fn when_the_last_doubter_leaves_the_others_say_it_again() {
    let mut table = Table::new();
    table.done("gwangmyeong-delegate", open(&["resident-support"], &["guro", "seoul"]));
    table.done("gwangmyeong-delegate", propose(1, "council"));
    table.done("seoul-delegate", accept(1, "council"));
    table.leaves("guro");
    table.done("seoul-delegate", accept(1, "council"));
    assert_eq!(table.case().disputes[&1].facilitator, Some(body("council")));
}

#[test]
fn there_is_one_facilitator() {
    let mut table = Table::facilitated();
    let chosen = R::FacilitatorChosen { facilitator: body("council") };
    assert_eq!(table.refused("seoul-delegate", propose(1, "gyeonggi")), chosen);
    assert_eq!(table.refused("seoul-delegate", accept(1, "council")), chosen);
}

#[test]
fn the_opponent_in_another_dispute_is_no_facilitator() {
    let mut table = Table::in_dispute();
    table.done("gyeonggi-delegate", open(&["ash-disposal"], &["seoul"]));
    let opponent = R::FacilitatorIsOpponent { facilitator: body("gyeonggi"), dispute: 2 };
    assert_eq!(table.refused("gwangmyeong-delegate", propose(1, "gyeonggi")), opponent);

    // Nor if it became one after it was proposed.
    let mut table = Table::in_dispute();
    table.done("gwangmyeong-delegate", propose(1, "gyeonggi"));
    table.done("gyeonggi-delegate", open(&["ash-disposal"], &["seoul"]));
    assert_eq!(table.refused("seoul-delegate", accept(1, "gyeonggi")), opponent);

    // What was taken back before anyone confided in a facilitator does no harm.
    table.done("gyeonggi-delegate", C::TakeBackDispute { dispute: 2 });
    assert!(table.act("seoul-delegate", accept(1, "gyeonggi")).is_ok());
}

#[test]
fn who_reads_a_caucus_does_not_become_an_opponent() {
    let mut table = Table::in_dispute();
    table.done("gwangmyeong-delegate", propose(1, "gyeonggi"));
    table.done("seoul-delegate", accept(1, "gyeonggi"));
    let refusal = R::ReadsCaucus { reader: body("gyeonggi"), of: body("seoul") };
    assert_eq!(table.refused("gyeonggi-delegate", open(&["ash-disposal"], &["seoul"])), refusal);
    assert_eq!(table.refused("seoul-delegate", open(&["ash-disposal"], &["gyeonggi"])), refusal);
    assert!(table.act("gyeonggi-delegate", open(&["ash-disposal"], &["guro"])).is_ok());
}
