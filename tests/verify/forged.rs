//! Steps that are chained, in the tree and signed by the ledger's own key, and that the rules do not allow.

use interlocal::verify::{self, Fault, Options, Part, Tables};
use proto::actor::{Actor, Service};
use proto::allocation;
use proto::entry::Act;
use proto::finding::Finding;
use proto::message::{Command, Event};
use proto::stream::Stream;
use serde_json::{Value, json};

use crate::ledger::{Ledger, text};
use crate::{finds, play, position, wrong};

/// Alters an act as JSON: `pointer` is set to `value`.
fn set(act: &mut Act, pointer: &str, value: Value) {
    let mut json = serde_json::to_value(&*act).unwrap();
    *json.pointer_mut(pointer).unwrap_or_else(|| panic!("there is no {pointer}")) = value;
    *act = serde_json::from_value(json).unwrap();
}

/// The ledger with its last entry of a kind forged, and where that is.
fn forged(mut ledger: Ledger, kind: &str, forge: impl FnOnce(&mut Act)) -> (Ledger, u64) {
    let place = ledger.find(kind);
    forge(&mut ledger.drafts[place].act);
    (ledger, place as u64)
}

#[track_caller]
fn is_caught((ledger, place): (Ledger, u64), fault: &Fault) {
    let problem = wrong(&ledger.bundle(|_| false));
    assert_eq!((position(&problem), &problem.fault), (place, fault));
}

#[track_caller]
fn is_refused((ledger, place): (Ledger, u64), expected: &str) {
    let problem = wrong(&ledger.bundle(|_| false));
    let Fault::Refused { code, .. } = &problem.fault else { panic!("{:?}", problem.fault) };
    assert_eq!((position(&problem), code.as_str()), (place, expected));
}

#[test]
fn what_happened_is_what_the_rules_make_of_the_command() {
    const OFFER: &str = "negotiation.offer_tabled";
    let cheaper =
        forged(play::small(), OFFER, |act| set(act, "/events/0/negotiation/offer_tabled/package/terms/share/money/amount", json!("1")));
    is_caught(cheaper, &Fault::Differs { part: Part::Events });
    let twice = forged(play::small(), OFFER, |act| act.events.push(act.events[0].clone()));
    is_caught(twice, &Fault::Differs { part: Part::Events });
    is_caught(forged(play::small(), OFFER, |act| act.events.clear()), &Fault::NoEvents);
}

#[test]
fn nobody_accepts_their_own_offer_or_acts_without_appointment() {
    let own = forged(play::small(), "negotiation.offer_accepted", |act| {
        let mine = serde_json::to_string(&act).unwrap().replace("elm", "ash");
        *act = serde_json::from_str(&mine).unwrap();
        act.reads.insert(Stream::Official("ash-delegate".parse().unwrap()), 1);
    });
    is_refused(own, "negotiation.own_offer");
    let stranger = forged(play::small(), "negotiation.term_defined", |act| {
        set(act, "/actor/official/official", json!("ash-signatory"));
        act.reads = [(Stream::Official("ash-signatory".parse().unwrap()), 1)].into();
    });
    is_refused(stranger, "access.no_appointment");
    let higher = forged(play::small(), "negotiation.term_defined", |act| set(act, "/actor/official/role", json!("signatory")));
    is_caught(higher, &Fault::Differs { part: Part::Actor });
}

#[test]
fn a_decision_says_what_it_looked_at() {
    const OFFER: &str = "negotiation.offer_tabled";
    let mandates: Stream = Stream::Mandates("ash".parse().unwrap());
    let stale = forged(play::small(), OFFER, |act| _ = act.reads.insert(mandates.clone(), 0));
    is_caught(stale, &Fault::OtherReads { stream: mandates.clone(), recorded: 0, was: 1 });
    // Nothing sealed seems to be looked at: then nothing says that the offer is covered.
    is_refused(forged(play::small(), OFFER, |act| _ = act.reads.remove(&mandates)), "negotiation.no_mandate");
    let more = forged(play::small(), OFFER, |act| _ = act.reads.insert(Stream::Government("elm".parse().unwrap()), 1));
    is_caught(more, &Fault::Differs { part: Part::Reads });
}

#[test]
fn without_the_finding_that_a_mandate_covers_it_nothing_is_offered() {
    is_refused(forged(play::small(), "negotiation.offer_tabled", |act| act.findings.clear()), "negotiation.no_mandate");
}

/// An offer above the ceiling, recorded as covered.
fn above_the_ceiling() -> (Ledger, u64) {
    forged(play::small(), "negotiation.offer_tabled", |act| {
        let above = serde_json::to_string(&act).unwrap().replace(r#""amount":"600""#, r#""amount":"800""#);
        *act = serde_json::from_str(&above).unwrap();
    })
}

#[test]
fn a_false_finding_is_seen_by_whoever_can_open_the_stream() {
    let (ledger, place) = above_the_ceiling();
    let problem = wrong(&ledger.bundle(|stream| *stream == Stream::Mandates("ash".parse().unwrap())));
    assert_eq!(position(&problem), place);
    assert!(matches!(problem.fault, Fault::Refused { code, .. } if code == "negotiation.above_mandate"));
}

#[test]
fn for_whoever_cannot_it_is_attested_and_counted_so() {
    let (ledger, _) = above_the_ceiling();
    let report = verify::bundle(text(&ledger.bundle(|_| false)).as_bytes(), None);
    // The acceptance rests on Elm's mandate and its finding, too.
    assert_eq!((report.problem, report.counts.attested), (None, 3));
}

#[test]
fn a_finding_that_nobody_needed_is_found_out() {
    let term =
        forged(play::small(), "negotiation.term_defined", |act| act.findings.push(Finding::Answers { complete: true, settled: None }));
    is_caught(term, &Fault::Differs { part: Part::Findings });
}

#[test]
fn a_signature_by_another_key_is_refused() {
    let ledger = play::full();
    let other = ledger.jws("elm", 13);
    let signed = forged(ledger, "signing.signed", |act| {
        set(act, "/command/signing/sign/jws", json!(other));
        set(act, "/events/0/signing/signed/jws", json!(other));
    });
    is_refused(signed, "signing.bad_signature");
}

#[test]
fn an_approval_left_out_stops_what_follows() {
    let mut ledger = play::full();
    let council = ledger.find("approvals.signing_opened");
    ledger.drafts.remove(council);
    let problem = wrong(&ledger.bundle(|_| false));
    assert_eq!(position(&problem), council as u64);
    assert!(matches!(problem.fault, Fault::Refused { code, .. } if code == "signing.not_open"));
}

#[test]
fn another_service_or_unknown_rules_decide_nothing() {
    let (mut ledger, place) = forged(play::small(), "negotiation.term_defined", |_| {});
    ledger.drafts[usize::try_from(place).unwrap()].service = Service::Registry;
    is_caught((ledger, place), &Fault::OtherService);
    is_caught(forged(play::small(), "negotiation.term_defined", |act| act.rules = 2), &Fault::UnknownRules { version: 2 });
}

/// Two shares exchanged: the sum is still exact, and every digest fits.
fn exchanged() -> Ledger {
    let (ledger, _) = forged(play::full(), "allocation.run_tabled", |act| {
        let Event::Allocation(allocation::Event::RunTabled { digest, result, .. }) = &mut act.events[0] else { panic!() };
        let (ash, elm) = ("ash".parse().unwrap(), "elm".parse().unwrap());
        for shares in result.components.values_mut().map(|c| &mut c.shares).chain([&mut result.total]) {
            let (one, other) = (shares[&ash], shares[&elm]);
            shares.extend([(ash.clone(), other), (elm.clone(), one)]);
        }
        *digest = proto::digest::Digest::of_json(result).unwrap();
        act.findings = vec![Finding::Computed(result.clone())];
    });
    ledger
}

#[test]
fn shares_that_the_solver_did_not_compute_are_found_by_solving_again() {
    let bundle = text(&exchanged().bundle(|_| false));
    let report = verify::bundle(bundle.as_bytes(), Options { trust: None, recompute: Some(&Tables::default()), stop: None });
    let problem = report.problem.unwrap();
    assert_eq!((problem.fault.clone(), exchanged().find("allocation.run_tabled") as u64), (Fault::OtherComputation, position(&problem)));
    // The rules see the exact sums. What is wrong without solving is the offer, which names the digest that was there.
    let report = verify::bundle(bundle.as_bytes(), None);
    assert!(matches!(report.problem.unwrap().fault, Fault::Refused { code, .. } if code == "negotiation.unknown_allocation"));
}

#[test]
fn a_person_cannot_do_what_only_services_do() {
    let (ledger, place) = forged(play::full(), "negotiation.settlement_entered", |act| {
        let delegate = play::small().drafts.last().unwrap().act.actor.clone();
        assert!(matches!(delegate, Actor::Official(_)));
        (act.actor, act.cause) = (delegate, None);
    });
    is_refused((ledger, place), "access.service_only");
}

#[test]
fn a_command_goes_to_its_own_stream() {
    let mut ledger = play::small();
    let place = ledger.find("negotiation.term_defined");
    let other: Command = serde_json::from_value(json!({ "negotiation": { "draft_offer": { "draft": "x", "package": {} } } })).unwrap();
    ledger.drafts[place].act.command = other;
    finds(&ledger.bundle(|_| false), &Fault::Differs { part: Part::Stream });
}
