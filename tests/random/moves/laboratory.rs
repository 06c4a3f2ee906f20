//! What goes on beside in the laboratory: studies asked, answered, called off and tabled, and positions on figures. It takes no dice of its own, so that
//! what else happens in a run stays what it was.

use allocation::State;
use proto::access::Asker;
use proto::actor::Service;
use proto::id::GovernmentId;
use proto::stream::Stream;
use serde_json::{Value, json};

use super::asker;
use crate::setup::official;
use crate::world::{World, case};

/// Now and then the next thing that can go on.
pub fn step(world: &mut World) {
    let nth = world.record.len();
    if !nth.is_multiple_of(5) {
        return;
    }
    let dice = world.dice.clone();
    if let Some((who, command)) = next(world, nth / 5) {
        world.ask(&who, &json!({ "allocation": command }));
    }
    world.dice = dice;
}

fn next(world: &World, nth: usize) -> Option<(Asker, Value)> {
    let parties: Vec<GovernmentId> = world.folds.standing().parties.iter().cloned().collect();
    let party = parties.get(nth % parties.len().max(1))?;
    let table = &world.folds.allocation;
    let run = table.runs.values().next()?;
    let by_party = |command: Value| Some((asker(&official(party.as_str(), "delegate"), party.as_str()), command));
    let name = format!("study-{nth}");
    let own = own(world, party);
    match nth % 7 {
        0 | 4 => {
            let question = if nth.is_multiple_of(2) { "comparison" } else { "ranges" };
            by_party(json!({ "study": { "run": name, "of": run.digest, "question": question } }))
        }
        1 | 5 => {
            let (of, own, waiting) = parties.iter().find_map(|of| {
                let own = self::own(world, of);
                let waiting = own.pending.keys().next()?.clone();
                Some((of, own, waiting))
            })?;
            let command = allocation::performed(&own, table, of, &waiting)?;
            Some((Asker::Service(Service::Allocation), serde_json::to_value(command).unwrap()))
        }
        2 => by_party(json!({ "cancel": { "run": own.pending.keys().next()? } })),
        3 => {
            let component = run.model.components.keys().next()?;
            by_party(json!({ "take_stand": { "figure": { "cost": { "component": component } }, "position": "accepts" } }))
        }
        _ => {
            let studied = own.studies.values().next()?;
            by_party(json!({ "table_study": { "run": name, "of": studied.study.of, "question": studied.study.question } }))
        }
    }
}

fn own(world: &World, party: &GovernmentId) -> State {
    let stream = Stream::Internal(case(), party.clone());
    world.model.of(Service::Allocation).and_then(|rules| serde_json::from_value(rules.state(&stream)).ok()).unwrap_or_default()
}
