//! What services do by themselves has a cause, and is what the rules do after it.

use interlocal::verify::Fault;
use jiff::SignedDuration;
use proto::actor::{Actor, Service};
use proto::digest::Digest;
use proto::entry::Cause;

use crate::ledger::Ledger;
use crate::{finds, play, position, wrong};

/// The full ledger with the cause of its last entry of a kind set; and that entry's position.
fn caused(kind: &str, cause: Option<Cause>) -> (Ledger, u64) {
    let mut ledger = play::full();
    let place = ledger.find(kind);
    ledger.drafts[place].act.cause = cause;
    (ledger, place as u64)
}

#[track_caller]
fn is_caught((ledger, place): &(Ledger, u64), fault: &Fault) {
    let problem = wrong(&ledger.bundle(|_| true));
    assert_eq!((position(&problem), &problem.fault), (*place, fault));
}

#[test]
fn a_service_does_nothing_without_a_cause() {
    is_caught(&caused("negotiation.settlement_entered", None), &Fault::NoCause);
}

#[test]
fn a_cause_comes_before_its_effect() {
    let kind = "negotiation.settlement_entered";
    let place = play::full().find(kind) as u64;
    for cause in [place, place + 1, 10_000] {
        is_caught(&caused(kind, Some(Cause::Entry(cause))), &Fault::CauseMissing { cause });
        is_caught(&caused(kind, Some(Cause::Due(cause))), &Fault::CauseMissing { cause });
    }
}

#[test]
fn a_reaction_is_what_the_rules_do_after_its_cause() {
    let cause = play::full().find("mediation.proposal_put") as u64;
    is_caught(&caused("negotiation.settlement_entered", Some(Cause::Entry(cause))), &Fault::NoReaction { cause });
    // That a key was used is noted once for each signature.
    let mut ledger = play::full();
    let noted = ledger.find("registry.key_used");
    let Some(Cause::Entry(cause)) = ledger.drafts[noted].act.cause else { panic!() };
    let mut again = ledger.drafts[noted].clone();
    again.act.command_id = Digest([9; 32]);
    ledger.drafts.insert(noted + 1, again);
    is_caught(&(ledger, noted as u64 + 1), &Fault::NoReaction { cause });
}

#[test]
fn a_reaction_by_another_service_is_none() {
    let (mut ledger, place) = caused("negotiation.settlement_entered", None);
    let draft = &mut ledger.drafts[usize::try_from(place).unwrap()];
    let cause = play::full().find("mediation.settled") as u64;
    (draft.act.cause, draft.act.actor) = (Some(Cause::Entry(cause)), Actor::Service(Service::Mediation));
    is_caught(&(ledger, place), &Fault::NoReaction { cause });
}

#[test]
fn a_person_names_no_cause() {
    let (ledger, place) = caused("mediation.proposal_put", Some(Cause::Entry(1)));
    is_caught(&(ledger, place), &Fault::PersonWithCause);
}

#[test]
fn nothing_lapses_before_its_time() {
    let mut ledger = play::full();
    let lapsed = ledger.find("negotiation.offer_lapsed");
    let tabled = ledger.drafts[lapsed - 1].clone();
    let second = SignedDuration::from_secs(1);
    let draft = &mut ledger.drafts[lapsed];
    draft.at = tabled.at.checked_add(second).unwrap();
    draft.recorded_at = tabled.recorded_at.checked_add(second).unwrap();
    let problem = wrong(&ledger.bundle(|_| false));
    assert_eq!(position(&problem), lapsed as u64);
    assert!(matches!(problem.fault, Fault::Refused { code, .. } if code == "negotiation.not_yet_lapsed"));
}

#[test]
fn a_key_used_in_this_case_was_used_where_it_can_be_seen() {
    let ledger = play::full();
    // The first signature of the ledger is in the other case, which is not in the bundle.
    let elsewhere = ledger.drafts.iter().position(|draft| draft.act.events.iter().any(|e| e.kind() == "signing.signed")).unwrap() as u64;
    let bundle = ledger.bundle(|_| false);
    let noted_there =
        bundle.entries.iter().any(|proved| proved.entry.contains(&play::other_case().to_string()) && proved.entry.contains("key_used"));
    assert!(noted_there, "the other case's use of the key is in its owner's stream");
    is_caught(&caused("registry.key_used", Some(Cause::Entry(elsewhere))), &Fault::CauseMissing { cause: elsewhere });
}

#[test]
fn the_registry_alone_begins_without_being_asked() {
    let mut ledger = play::tiny();
    for draft in ledger.drafts.iter_mut().filter(|draft| draft.act.actor == Actor::Service(Service::Registry)) {
        draft.act.actor = Actor::Service(Service::Negotiation);
    }
    finds(&ledger.bundle(|_| true), &Fault::NoCause);
}
