//! What lies outside a mandate is refused before it is written, and only its author learns it.

use proto::negotiation::{Command, Event, Package, Refusal, Rounds};
use proto::registry::{Event as Registry, Scope};
use proto::stream::Stream;

use crate::table::{Table, accept, counter, id, improve, mandate, package, share, tabled, to, won};

fn seoul_is_asked() -> Table {
    let mut table = Table::open(Rounds::Alternating);
    table.done("gwangmyeong", to("gwangmyeong", &["seoul"], package(&[("share", share("50")), ("sum", won("126"))])));
    table
}

/// Every act that needs a mandate, as Seoul would do it on the value it is asked.
fn acts() -> Vec<Command> {
    vec![tabled("seoul", package(&[("share", share("50"))])), counter("seoul", 1, package(&[("sum", won("100"))])), accept("seoul", 1)]
}

fn all_refused(mut table: Table, why: &Refusal) {
    for act in acts() {
        table.refused("seoul", act, why);
    }
}

#[test]
fn within_the_mandate_all_of_it_can_be_done() {
    for act in acts() {
        seoul_is_asked().done("seoul", act);
    }
}

#[test]
fn what_is_found_stands_in_the_decision_and_nothing_of_the_mandate_does() {
    let table = seoul_is_asked();
    let asker = proto::access::Asker::Person { official: id("seoul-delegate"), government: id("seoul") };
    let target = proto::message::Target::Case(crate::table::case());
    let decision = table.model.decide(&asker, &target, &accept("seoul", 1).into(), table.now, None, None).unwrap();
    let finding = serde_json::to_value(&decision.findings).unwrap();
    assert_eq!(finding, serde_json::json!([{ "mandate": { "mandate": mandate("seoul"), "verdict": "within" } }]));
    assert!(decision.reads.contains_key(&Stream::Mandates(id("seoul"))));
    let replayed = table.model.decide(&asker, &target, &accept("seoul", 1).into(), table.now, None, Some(&decision.findings));
    assert_eq!(replayed, Ok(decision), "whoever cannot open the mandates decides the same on the finding");
}

#[test]
fn without_the_finding_there_is_no_mandate() {
    let table = seoul_is_asked();
    let asker = proto::access::Asker::Person { official: id("seoul-delegate"), government: id("seoul") };
    let target = proto::message::Target::Case(crate::table::case());
    let forged = table.model.decide(&asker, &target, &accept("seoul", 1).into(), table.now, None, Some(&[]));
    assert_eq!(forged.unwrap_err(), Refusal::NoMandate { mandate: mandate("seoul") }.into());
}

#[test]
fn anothers_mandate_is_none() {
    let mut table = seoul_is_asked();
    let borrowed = Command::AcceptOffer { offer: 1, mandate: mandate("guro") };
    table.refused("seoul", borrowed, &Refusal::NoMandate { mandate: mandate("guro") });
}

#[test]
fn a_mandate_for_another_delegate_or_another_case_or_taken_back_is_none() {
    let none = Refusal::NoMandate { mandate: mandate("seoul") };
    let mut table = seoul_is_asked();
    table.grant("seoul", |mandate| mandate.delegate = id("someone-else"));
    all_refused(table, &none);
    let mut table = seoul_is_asked();
    table.grant("seoul", |mandate| mandate.case = id("01890a5d-ac96-774b-bcce-b302099a9999"));
    all_refused(table, &none);
    let mut table = seoul_is_asked();
    let revoked = Registry::MandateRevoked { mandate: mandate("seoul") };
    table.model.record(&Stream::Mandates(id("seoul")), &[revoked.into()], table.now, None);
    all_refused(table, &none);
}

#[test]
fn an_expired_mandate_carries_nothing() {
    let mut table = seoul_is_asked();
    table.now = "2000-12-31T14:59:59Z".parse().unwrap();
    assert!(table.model.position() > 0 && table.act("seoul", accept("seoul", 1)).is_ok(), "its last day counts, where the government is");
    let mut table = seoul_is_asked();
    table.now = "2000-12-31T15:00:00Z".parse().unwrap();
    all_refused(table, &Refusal::MandateExpired { until: "2000-12-31".parse().unwrap() });
}

#[test]
fn a_mandate_covers_the_terms_in_its_scope() {
    let mut table = seoul_is_asked();
    table.grant("seoul", |mandate| mandate.scope = Scope::Terms(vec![id("sum")]));
    all_refused(table, &Refusal::OutsideMandate { terms: vec![id("share")] });
}

#[test]
fn above_the_ceiling_it_is_back_to_the_head_first() {
    let mut table = seoul_is_asked();
    table.ceiling("seoul", "share", "40");
    all_refused(table, &Refusal::AboveMandate { terms: vec![id("share")] });
}

#[test]
fn what_a_counter_offer_carries_over_is_offered_too() {
    let mut table = seoul_is_asked();
    table.ceiling("seoul", "share", "40");
    table.refused("seoul", counter("seoul", 1, package(&[("sum", won("1"))])), &Refusal::AboveMandate { terms: vec![id("share")] });
    table.done("seoul", counter("seoul", 1, package(&[("share", share("40"))])));
}

#[test]
fn an_improvement_stays_within_the_mandate() {
    let mut table = seoul_is_asked();
    table.done("seoul", counter("seoul", 1, package(&[("share", share("30"))])));
    table.ceiling("seoul", "share", "40");
    table.refused("seoul", improve("seoul", 2, package(&[("share", share("41"))])), &Refusal::AboveMandate { terms: vec![id("share")] });
    table.done("seoul", improve("seoul", 2, package(&[("share", share("40"))])));
}

#[test]
fn a_mandate_passed_on_holds_as_long_as_every_link_does() {
    let link = id("01890a5d-ac96-774b-bcce-b30209900999");
    let head_grants = |table: &mut Table, may_delegate: bool| {
        table.grant("seoul", |mandate| {
            mandate.mandate = link;
            mandate.delegate = id("seoul-director");
            mandate.may_delegate = may_delegate;
        });
        table.grant("seoul", |mandate| mandate.parent = Some(link));
    };
    let mut table = seoul_is_asked();
    head_grants(&mut table, true);
    table.done("seoul", accept("seoul", 1));
    let mut table = seoul_is_asked();
    head_grants(&mut table, false);
    all_refused(table, &Refusal::BrokenChain { link });
}

#[test]
fn joining_needs_a_mandate_in_force() {
    let mut table = Table::open(Rounds::Free);
    table.done("gyeonggi", Command::Invite { government: id("bucheon") });
    let join = |held| Command::Join { mandate: held };
    table.refused("bucheon", join(mandate("seoul")), &Refusal::NoMandate { mandate: mandate("seoul") });
    table.grant("bucheon", |mandate| mandate.until = "2000-01-31".parse().unwrap());
    table.refused("bucheon", join(mandate("bucheon")), &Refusal::MandateExpired { until: "2000-01-31".parse().unwrap() });
    table.grant("bucheon", |mandate| mandate.scope = Scope::Terms(vec![]));
    table.done("bucheon", join(mandate("bucheon")));
}

#[test]
fn the_body_that_opened_shows_its_mandate_with_its_first_offer() {
    let mut table = Table::registered();
    let form = crate::table::procedure().id;
    let open = Command::OpenCase { title: crate::table::names("swap"), procedure: form, rounds: Rounds::Free, as_party: true };
    table.done("gyeonggi", open);
    table.defined("share", proto::term::Kind::Share);
    table.happened(&[Event::Joined { government: id("seoul"), ties: vec![] }.into()]);
    assert!(!table.state().bodies[&id("gyeonggi")].mandated);
    table.done("gyeonggi", tabled("gyeonggi", package(&[("share", share("50"))])));
    assert!(table.state().bodies[&id("gyeonggi")].mandated);
}

#[test]
fn wording_alone_needs_a_mandate_too() {
    let mut table = Table::free();
    table.done("seoul", crate::table::clause("article-1", None));
    table.grant("seoul", |mandate| mandate.until = "2000-01-31".parse().unwrap());
    let package = Package { wording: [(id("article-1"), crate::table::wording("x"))].into(), ..Package::default() };
    table.refused("seoul", tabled("seoul", package), &Refusal::MandateExpired { until: "2000-01-31".parse().unwrap() });
}
