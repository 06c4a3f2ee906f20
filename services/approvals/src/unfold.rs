//! The steps of a procedure, unfolded for the parties of a case.

use std::collections::BTreeSet;
use std::sync::Arc;

use proto::approvals::StepOf;
use proto::id::GovernmentId;
use proto::procedure::Step;

use crate::lanes::{Instance, Lanes, Status};

/// Unfolds the steps: one instance per party where each acts for itself (or its own superior body for it), one for all elsewhere. What is known
/// of instances that were there before stays; those of a party that has left go.
#[must_use]
pub fn unfold(steps: &[Arc<Step>], parties: &BTreeSet<GovernmentId>, mut before: Lanes) -> Lanes {
    let lane = |government: Option<&GovernmentId>, old: Vec<Instance>| -> Vec<Instance> {
        let mut old = old.into_iter();
        let own = steps.iter().enumerate().filter(|(_, step)| step.actor.is.per_party() == government.is_some());
        own.map(|(place, step)| old.next().unwrap_or_else(|| instance(place, step, government))).collect()
    };
    let common = lane(None, before.common);
    let parties = parties.iter().map(|party| (party.clone(), lane(Some(party), before.parties.remove(party).unwrap_or_default())));
    Lanes { common, parties: parties.collect() }
}

fn instance(place: usize, step: &Arc<Step>, government: Option<&GovernmentId>) -> Instance {
    Instance {
        of: StepOf { step: step.id.clone(), government: government.cloned() },
        place,
        step: Arc::clone(step),
        status: Status::default(),
        decided: None,
        clock: None,
        attempts: Vec::new(),
    }
}
