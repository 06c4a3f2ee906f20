//! Every procedure of the register unfolds, and every form can be carried from its first step into force.

use std::collections::BTreeSet;
use std::sync::Arc;

use approvals::unfold::unfold;
use approvals::{Instance, Lanes, Status};
use proto::approvals::Event;
use proto::id::GovernmentId;
use proto::procedure::{Category, Procedure, Stage, StepActor, register};

use crate::case::{Case, text};

const PARTIES: [&str; 5] = ["bucheon", "hwaseong", "ansan", "siheung", "gwangmyeong"];

#[test]
fn all_unfold_for_two_to_five_parties() {
    assert_eq!(register().len(), 32);
    for procedure in register().values() {
        for n in 2..=5 {
            let parties: BTreeSet<GovernmentId> = PARTIES[..n].iter().map(|party| party.parse().unwrap()).collect();
            let steps: Vec<_> = procedure.steps.iter().cloned().map(Arc::new).collect();
            let lanes = unfold(&steps, &parties, Lanes::default());
            for step in &procedure.steps {
                let instances = lanes.all().filter(|instance| instance.of.step == step.id).count();
                assert_eq!(instances, if step.actor.is.per_party() { n } else { 1 }, "{} {}", procedure.id, step.id);
            }
            assert_eq!(lanes.parties.len(), n);
            assert_eq!(unfold(&steps, &parties, lanes.clone()), lanes, "unfolding again changes nothing");
        }
    }
}

/// Whoever may act in this instance.
fn actor(instance: &Instance) -> String {
    instance.of.government.as_ref().map_or_else(|| PARTIES[0].to_owned(), ToString::to_string)
}

/// Decides every condition, and does every step as soon as its turn has come. Answers all that happened.
fn walk(procedure: &Procedure, n: usize, applies: bool) -> (Case, Vec<Event>) {
    let mut case = Case::opened(procedure.clone(), &PARTIES[..n]);
    let mut events = Vec::new();
    loop {
        let state = case.state();
        let next = state.lanes.all().find(|instance| match instance.status {
            Status::ConditionOpen => true,
            Status::Open => !instance.step.is_signing() && instance.step.actor.is != StepActor::ByLaw,
            _ => false,
        });
        let Some(next) = next else {
            if state.standing.agreement.is_none() {
                case.freezes(text(1));
            } else if state.signing_open.is_some() && state.signatures.is_none() {
                case.signs(text(1));
            } else {
                return (case, events);
            }
            continue;
        };
        case.days_pass(1);
        events.extend(match next.status {
            Status::ConditionOpen => case.decides(&actor(next), &next.of, applies).unwrap(),
            _ => case.does(&actor(next), &next.of).unwrap(),
        });
    }
}

#[test]
fn every_form_can_be_carried_into_force() {
    let forms: Vec<_> = register().values().filter(|procedure| procedure.category != Category::DisputeProcedure).collect();
    assert_eq!(forms.len(), 26);
    for procedure in forms {
        for (n, applies) in [(2, true), (2, false), (5, true)] {
            let (case, _) = walk(procedure, n, applies);
            let state = case.state();
            assert!(state.in_force.is_some(), "{} with {n} parties is not in force", procedure.id);
            assert_eq!(state.signing_open.is_some(), procedure.steps.iter().any(proto::procedure::Step::is_signing), "{}", procedure.id);
            let left: Vec<_> = state.lanes.all().filter(|i| !matches!(i.status, Status::Done { .. } | Status::NotApplicable)).collect();
            assert!(left.is_empty(), "{}: {left:?}", procedure.id);
        }
    }
}

#[test]
fn force_is_a_conjunction_in_every_form() {
    for procedure in register().values().filter(|procedure| procedure.category != Category::DisputeProcedure) {
        let (case, events) = walk(procedure, 2, true);
        let state = case.state();
        let conditions = state.lanes.all().filter(|instance| instance.step.blocking && instance.step.stage != Stage::After);
        let last = conditions.map(|instance| case.effect(&instance.of)).max();
        assert_eq!(state.in_force, last, "{}", procedure.id);
        let times = events.iter().filter(|event| matches!(event, Event::EnteredIntoForce { .. })).count();
        assert!(times <= 1, "{}", procedure.id);
    }
}
