//! Figures, terms, clauses.

use serde_json::json;

use super::{Ask, party};
use crate::values::{self, TERMS, names, wording};
use crate::world::World;

pub fn state_fact(world: &mut World) -> Option<Ask> {
    let fact = format!("fact-{}", world.dice.below(3));
    let value = values::value_of(&mut world.dice, "load");
    let fields = json!({ "fact": fact, "names": names(), "value": value, "estimated_by": "the city", "estimated_on": "2012-04-01" });
    Some(Ask::delegate(party(world), "state_fact", &fields))
}

pub fn take_position(world: &mut World) -> Option<Ask> {
    let fact = format!("fact-{}", world.dice.below(3));
    let own = values::value_of(&mut world.dice, "load");
    let position = world.dice.pick(&[json!("accepts"), json!("no_data"), json!({ "disputes": { "own": own } })]);
    Some(Ask::delegate(party(world), "take_position", &json!({ "fact": fact, "position": position })))
}

pub fn define_term(world: &mut World) -> Option<Ask> {
    let term = world.dice.pick(&TERMS);
    let fields = json!({ "term": term, "names": names(), "kind": values::kind_of(term) });
    Some(Ask::delegate(party(world), "define_term", &fields))
}

pub fn add_clause(world: &mut World) -> Option<Ask> {
    let procedure = world.folds.negotiation.procedure.clone()?;
    let contents: Vec<String> = procedure.contents.iter().map(|content| content.id.clone()).collect();
    let mut fields = json!({ "clause": clause(world), "heading": names(), "wording": wording(&mut world.dice) });
    if let Some(content) = world.dice.any(contents) {
        values::perhaps(world, &mut fields, "content", |_| json!(content));
    }
    Some(Ask::delegate(party(world), "add_clause", &fields))
}

pub fn propose_wording(world: &mut World) -> Option<Ask> {
    let fields = json!({ "clause": clause(world), "wording": wording(&mut world.dice) });
    Some(Ask::delegate(party(world), "propose_wording", &fields))
}

pub fn support_wording(world: &mut World) -> Option<Ask> {
    let said = serde_json::from_value(wording(&mut world.dice)).unwrap();
    let fields = json!({ "clause": clause(world), "wording": negotiation::wording_digest(&said).unwrap() });
    Some(Ask::delegate(party(world), "support_wording", &fields))
}

pub fn reserve_clause(world: &mut World) -> Option<Ask> {
    let fields = json!({ "clause": clause(world) });
    let by = party(world);
    world.dice.once_in(3).then(|| Ask::delegate(by, "reserve_clause", &fields))
}

/// A clause that is there as a rule.
pub fn clause(world: &mut World) -> String {
    let there: Vec<String> = world.folds.negotiation.clauses.keys().map(ToString::to_string).collect();
    let new = format!("article-{}", world.dice.below(3));
    if world.dice.once_in(3) { new } else { world.dice.any(there).unwrap_or(new) }
}
