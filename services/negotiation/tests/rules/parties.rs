use negotiation::parties::Membership;
use proto::negotiation::{Command, Event, OfferState, Refusal, Rounds, Tie};
use proto::procedure::{Category, Status, register};
use proto::remark::Remark;
use proto::signing;
use proto::standing::Phase;

use crate::table::{Table, accept, id, mandate, names, package, procedure, share, some, tabled, to};

fn form() -> Command {
    open_as(procedure().id.as_str())
}

fn open_as(procedure: &str) -> Command {
    Command::OpenCase { title: names("environment swap"), procedure: id(procedure), rounds: Rounds::Alternating, as_party: true }
}

fn invite(whom: &str) -> Command {
    Command::Invite { government: id(whom) }
}

fn join(who: &str) -> Command {
    Command::Join { mandate: mandate(who) }
}

fn leave() -> Command {
    Command::Leave { why: None }
}

fn opened() -> Table {
    let mut table = Table::registered();
    table.done("gyeonggi", form());
    table
}

#[test]
fn whoever_opens_as_a_party_is_one_at_once_and_that_is_shown() {
    let mut table = Table::registered();
    let events = table.done("gyeonggi", form());
    let pinned = &register()[&procedure().id];
    assert!(matches!(&events[0], Event::CaseOpened { by, procedure, .. } if by.as_str() == "gyeonggi" && **procedure == *pinned));
    let ties = vec![Tie::CoordinatorIsParty { coordinator: id("gyeonggi") }];
    assert_eq!(events[1], Event::Joined { government: id("gyeonggi"), ties });
    let state = table.state();
    assert_eq!(state.standing.phase, Phase::Open);
    assert!(!state.bodies[&id("gyeonggi")].mandated, "no mandate was needed to open");
}

#[test]
fn whoever_opens_for_others_is_no_party() {
    let mut table = Table::registered();
    let command = Command::OpenCase { title: names("swap"), procedure: procedure().id, rounds: Rounds::Free, as_party: false };
    assert_eq!(table.done("gyeonggi", command).len(), 1);
    assert_eq!(table.state().bodies[&id("gyeonggi")].membership, Membership::Convenes);
    table.denied("gyeonggi", tabled("gyeonggi", package(&[])), "access.not_a_party");
    table.done("gyeonggi", invite("gyeonggi"));
    let ties = vec![Tie::CoordinatorIsParty { coordinator: id("gyeonggi") }];
    assert_eq!(table.done("gyeonggi", join("gyeonggi")), [Event::Joined { government: id("gyeonggi"), ties }]);
}

#[test]
fn a_case_opens_once_with_a_title_in_a_form_that_is_one() {
    opened().refused("gyeonggi", form(), &Refusal::AlreadyOpen);
    let mut table = Table::registered();
    table.refused("gyeonggi", open_as("handshake"), &Refusal::UnknownProcedure { procedure: id("handshake") });
    let blank = Command::OpenCase { title: names(" "), procedure: procedure().id, rounds: Rounds::Free, as_party: true };
    table.refused("gyeonggi", blank, &Refusal::Empty { field: "title".into() });
    let no_form = |p: &&proto::procedure::Procedure| p.category == Category::DisputeProcedure || p.status == Status::ProposedNotInForce;
    assert!(register().values().any(|p| p.status == Status::ProposedNotInForce), "the test needs one that is not law yet");
    for procedure in register().values().filter(no_form).map(|procedure| procedure.id.clone()) {
        table.refused("gyeonggi", open_as(procedure.as_str()), &Refusal::NotAForm { procedure });
    }
}

#[test]
fn models_and_guidance_can_be_followed() {
    for followed in register().values().filter(|p| matches!(p.status, Status::ModelOnly | Status::Guidance)) {
        if followed.category != Category::DisputeProcedure {
            Table::registered().done("gyeonggi", open_as(followed.id.as_str()));
        }
    }
}

#[test]
fn an_invited_body_joins_with_a_mandate_and_the_coordinators_ties_to_it_are_shown() {
    let mut table = opened();
    table.done("gyeonggi", invite("gwangmyeong"));
    assert_eq!(table.state().bodies[&id("gwangmyeong")].membership, Membership::Invited);
    let events = table.done("gwangmyeong", join("gwangmyeong"));
    let ties = vec![Tie::CoordinatorIsParent { coordinator: id("gyeonggi"), of: id("gwangmyeong") }];
    assert_eq!(events, [Event::Joined { government: id("gwangmyeong"), ties: ties.clone() }]);
    let body = table.state().bodies[&id("gwangmyeong")].clone();
    assert_eq!((body.membership, body.ties, body.mandated), (Membership::Party, ties, true));
}

#[test]
fn a_body_with_no_tie_shows_none() {
    let mut table = opened();
    table.done("gyeonggi", invite("guro"));
    assert_eq!(table.done("guro", join("guro")), [Event::Joined { government: id("guro"), ties: vec![] }]);
}

#[test]
fn only_the_coordinator_invites_and_only_whom_the_register_knows_and_once() {
    let mut table = opened();
    table.refused("gyeonggi", invite("atlantis"), &Refusal::UnknownGovernment { government: id("atlantis") });
    table.refused("gyeonggi", invite("gyeonggi"), &Refusal::AlreadyInvited { government: id("gyeonggi") });
    table.done("gyeonggi", invite("seoul"));
    table.refused("gyeonggi", invite("seoul"), &Refusal::AlreadyInvited { government: id("seoul") });
    table.refused("seoul", invite("guro"), &Refusal::NotTheCoordinator { coordinator: id("gyeonggi") });
    table.denied("guro", invite("guro"), "access.no_such_case");
}

#[test]
fn nobody_joins_or_declines_uninvited() {
    let mut table = opened();
    table.denied("seoul", join("seoul"), "access.no_such_case");
    table.refused("gyeonggi", join("gyeonggi"), &Refusal::NotInvited { government: id("gyeonggi") });
    table.refused("gyeonggi", Command::Decline { why: None }, &Refusal::NotInvited { government: id("gyeonggi") });
}

#[test]
fn whoever_declines_reads_no_further_and_may_be_invited_again() {
    let mut table = opened();
    table.done("gyeonggi", invite("seoul"));
    let why = Some(Remark::text("no budget this year"));
    assert_eq!(table.done("seoul", Command::Decline { why: why.clone() }), [Event::Declined { government: id("seoul"), why }]);
    let state = table.state();
    assert_eq!(state.bodies[&id("seoul")].membership, Membership::Declined);
    assert!(!state.standing.readers.case.contains(&id("seoul")));
    table.denied("seoul", join("seoul"), "access.no_such_case");
    table.done("gyeonggi", invite("seoul"));
    table.done("seoul", join("seoul"));
}

#[test]
fn a_party_leaves_with_or_without_a_reason() {
    let mut table = Table::free();
    let why = Some(Remark::text("the host keeps the revenue"));
    assert_eq!(table.done("guro", Command::Leave { why: why.clone() }), [Event::Left { government: id("guro"), why: why.clone() }]);
    let state = table.state();
    let body = &state.bodies[&id("guro")];
    assert_eq!((body.membership, &body.why), (Membership::Left, &why));
    assert!(state.standing.readers.case.contains(&id("guro")), "it keeps what it saw");
    table.denied("guro", leave(), "access.not_a_party");
}

#[test]
fn offers_that_counted_on_whoever_leaves_leave_the_table_with_it() {
    let mut table = Table::free();
    table.done("guro", tabled("guro", package(&[("share", share("40"))])));
    table.done("seoul", tabled("seoul", package(&[("share", share("30"))])));
    table.done("guro", accept("guro", 2));
    table.done("gyeonggi", to("gyeonggi", &["seoul"], package(&[("share", share("50"))])));
    let events = table.done("guro", leave());
    assert_eq!(events[1..], [Event::OfferWithdrawn { offer: 1 }, Event::OfferSentBack { offer: 2, by: id("guro"), why: None }]);
    let states: Vec<OfferState> = table.state().offers.values().map(|offer| offer.state).collect();
    assert_eq!(states, [OfferState::Withdrawn, OfferState::SentBack, OfferState::Open]);
    assert_eq!(table.turn(), ["seoul"]);
}

#[test]
fn a_reopened_offer_is_put_to_those_who_are_still_there() {
    let mut table = Table::free();
    table.done("seoul", tabled("seoul", package(&[("share", share("30"))])));
    table.done("guro", leave());
    let events = table.done("seoul", crate::table::improve("seoul", 1, package(&[("share", share("35"))])));
    assert!(matches!(&events[0], Event::OfferTabled { to, .. } if *to == some(&["gwangmyeong", "gyeonggi"])));
}

#[test]
fn after_the_signature_leaving_is_an_exit() {
    let mut table = Table::free();
    table.happened(&[signing::Event::Completed { agreement: proto::digest::Digest::of(b"signed") }.into()]);
    table.refused("guro", leave(), &Refusal::AlreadySigned);
}

#[test]
fn an_outsider_does_not_learn_that_the_case_exists() {
    let mut table = Table::free();
    table.denied("bucheon", leave(), "access.no_such_case");
    table.denied("bucheon", tabled("bucheon", package(&[])), "access.no_such_case");
}
