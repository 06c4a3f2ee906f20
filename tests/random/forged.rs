//! That the invariants can tell: what no rule decided is found out by the one it breaks.

use proto::id::GovernmentId;
use proto::standing::Phase;
use proto::stream::Stream;
use serde_json::{Value, json};

use crate::follow::follow;
use crate::run::open;
use crate::secrets::{SECRET, Secrets};
use crate::setup;
use crate::values::{kind_of, names};
use crate::world::{World, case};

/// A case that was played to a phase by the moves in the inbox alone. It is one that parties sign.
fn played_to(phase: Phase) -> World {
    let mut world = setup::world(3);
    open(&mut world, "uk-lead-authority");
    while world.folds.standing().phase < phase || world.parties().len() < 2 {
        assert!(world.asked.len() < 2000, "it does not come to {phase:?}");
        follow(&mut world, true);
    }
    world
}

#[track_caller]
fn told(world: &mut World, forged: &Value, invariant: &str) {
    let names = world.forge(forged);
    assert!(names.iter().any(|name| name == invariant), "{forged} breaks {names:?}");
}

#[test]
fn what_nobody_agreed_is_told() {
    let mut world = played_to(Phase::Open);
    let parties = world.parties();
    let define = json!({ "negotiation": { "term_defined": { "term": "share", "names": names(), "kind": kind_of("share") } } });
    let package = json!({ "terms": { "share": { "share": "50" } } });
    let tabled = json!({ "negotiation": { "offer_tabled": { "offer": 1, "by": parties[0], "to": [parties[1]], "package": package } } });
    world.forge(&define);
    world.forge(&tabled);
    let agreed = json!({ "negotiation": { "offer_agreed": { "offer": 1 } } });
    told(&mut world, &agreed, "agreed_offers_were_accepted_by_all_who_were_asked");
    let withdrawn = json!({ "negotiation": { "offer_withdrawn": { "offer": 1 } } });
    told(&mut world, &withdrawn, "offers_never_change_and_closed_ones_stay_closed");
    let settled =
        json!({ "mediation": { "facilitator_accepted": { "dispute": 1, "by": parties[0], "facilitator": parties[0], "agreed": true } } });
    let opened = json!({ "mediation": { "dispute_opened":
        { "dispute": 1, "by": parties[0], "names": names(), "terms": ["share"], "parties": parties } } });
    world.forge(&opened);
    told(&mut world, &settled, "facilitators_hear_no_opponent");
}

#[test]
fn a_stranger_is_told() {
    let mut world = played_to(Phase::Open);
    let frozen = negotiation::frozen(&world.folds.negotiation);
    let initialled = json!({ "negotiation": { "initialled": { "by": "ansan", "frozen": frozen } } });
    told(&mut world, &initialled, "initials_are_of_parties_and_fall_with_the_text");
    let joined = json!({ "negotiation": { "joined": { "government": "ansan" } } });
    told(&mut played_to(Phase::Frozen), &joined, "what_is_frozen_has_the_digest_that_stands");
}

#[test]
fn what_comes_too_early_is_told() {
    let agreement = |world: &World| world.folds.standing().agreement;
    let mut world = played_to(Phase::Frozen);
    let opened = json!({ "approvals": { "signing_opened": { "agreement": agreement(&world) } } });
    told(&mut world, &opened, "signing_opens_when_nothing_before_it_is_missing");
    let completed = json!({ "signing": { "completed": { "agreement": agreement(&world) } } });
    told(&mut world, &completed, "signatures_are_complete_when_every_party_has_signed");
    let mut world = played_to(Phase::Frozen);
    let entered = json!({ "approvals": { "entered_into_force": { "agreement": agreement(&world), "on": world.today() } } });
    told(&mut world, &entered, "entry_into_force_is_a_conjunction");
    let reopened = json!({ "negotiation": { "text_reopened": { "government": world.parties()[0] } } });
    told(&mut world, &reopened, "phases_move_along_allowed_edges");
}

#[test]
fn a_change_of_what_is_in_force_is_told() {
    let mut world = played_to(Phase::InForce);
    let left = json!({ "negotiation": { "left": { "government": world.parties()[0] } } });
    told(&mut world, &left, "an_agreement_in_force_never_changes");
}

#[test]
fn a_secret_is_told_wherever_it_does_not_belong() {
    let seoul: GovernmentId = "seoul".parse().unwrap();
    let (own, open) = (Stream::Internal(case(), seoul), Stream::Case(case()));
    let mut secrets = Secrets::default();
    secrets.keep(&format!("{SECRET}000001"), &own);
    let text = format!("they drafted {SECRET}000001 yesterday");
    assert_eq!(secrets.told(&text, &own), Vec::<&str>::new());
    assert_eq!(secrets.told(&text, &open), ["secret-000001"]);
}
