//! The whole record decided again from the beginning, as a verifier does who has nothing else.

use std::collections::BTreeSet;

use proto::actor::Service;
use proto::message::Event;
use proto::stream::Stream;
use runtime::model::Model;
use serde_json::Value;

use crate::world::{Entry, World, case};

/// Decides and folds all that is on record from the beginning: once as the bodies see it together, once as someone who can open nothing that is
/// sealed.
///
/// # Panics
/// When a decision or a fold is another than in the run.
pub fn from_scratch(world: &World) {
    let everything = replay(world, |_| true);
    let open = replay(world, |stream| !stream.is_sealed());
    let streams: BTreeSet<&Stream> = world.record.iter().map(|entry| &entry.decision.stream).collect();
    for stream in streams {
        for service in Service::ALL {
            let live = state(&world.model, service, stream);
            assert_eq!(state(&everything, service, stream), live, "{service:?} folds {stream} otherwise from the record");
            assert!(stream.is_sealed() || state(&open, service, stream) == live, "{service:?} needs what is sealed to fold {stream}");
        }
    }
    views(world);
}

/// Decides every entry that can be seen again, on its findings, and takes in what its text says.
fn replay(world: &World, seen: impl Fn(&Stream) -> bool) -> Model {
    let mut model = Model::new(interlocal::all_rules());
    for entry in &world.record {
        if seen(&entry.decision.stream) {
            again(&mut model, entry);
        } else {
            model.skip(&entry.decision.stream);
        }
    }
    model
}

fn again(model: &mut Model, entry: &Entry) {
    let Entry { asker, target, command, at, occurred, decision, .. } = entry;
    let decided = model.decide(asker, target, command, *at, occurred.as_ref(), Some(&decision.findings));
    assert_eq!(decided.as_ref(), Ok(decision), "replay decides otherwise on {command:?}");
    let text = serde_json::to_string(&decision.events).unwrap();
    let events: Vec<Event> = serde_json::from_str(&text).unwrap();
    model.record(&decision.stream, &events, *at, occurred.as_ref());
}

fn state(model: &Model, service: Service, stream: &Stream) -> Value {
    model.of(service).map(|rules| rules.state(stream)).unwrap_or_default()
}

/// What the invariants looked at is what the services would answer.
fn views(world: &World) {
    let folds = &world.folds;
    let seen = [
        (Service::Negotiation, serde_json::to_value(&*folds.negotiation)),
        (Service::Allocation, serde_json::to_value(&*folds.allocation)),
        (Service::Authority, serde_json::to_value(&*folds.authority)),
        (Service::Approvals, serde_json::to_value(&*folds.approvals)),
        (Service::Signing, serde_json::to_value(&*folds.signing)),
        (Service::Mediation, serde_json::to_value(&*folds.mediation)),
        (Service::Notifications, serde_json::to_value(&*folds.inbox)),
    ];
    for (service, fold) in seen {
        assert_eq!(fold.unwrap(), state(&world.model, service, &Stream::Case(case())), "{service:?}");
    }
}
