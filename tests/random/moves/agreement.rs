//! Who is in, what it costs, who decides, and the initials that freeze it all.

use proto::procedure::{Category, Status, register};
use serde_json::{Value, json};

use super::{Ask, anybody, party};
use crate::follow;
use crate::setup::{BODIES, secret};
use crate::values::names;
use crate::world::World;

/// All legal forms that a case can take, in the order of their names.
pub fn forms() -> Vec<String> {
    let usable = register().values().filter(|p| p.category != Category::DisputeProcedure && p.status != Status::ProposedNotInForce);
    usable.map(|procedure| procedure.id.to_string()).collect()
}

pub fn open_case(world: &mut World) -> Option<Ask> {
    let any: Vec<String> = register().keys().map(ToString::to_string).collect();
    let form = world.dice.pick(&any);
    Some(Ask::delegate(anybody(world), "open_case", &opening(world, &form)))
}

/// The opening of a case in this form.
pub fn opening(world: &mut World, form: &str) -> Value {
    let rounds = world.dice.pick(&["free", "alternating", "circulated"]);
    json!({ "title": names(), "procedure": form, "rounds": rounds, "as_party": world.dice.once_in(2) })
}

pub fn invite(world: &mut World) -> Option<Ask> {
    let coordinator = world.folds.standing().coordinator.as_ref().map_or_else(|| "gyeonggi".to_owned(), ToString::to_string);
    let by = if world.dice.once_in(6) { anybody(world) } else { coordinator };
    let role = world.dice.pick(&["delegate", "signatory", "mediator"]);
    let invited = if world.dice.once_in(20) { "nobody" } else { world.dice.pick(&BODIES) };
    Some(Ask::new(by, role, "negotiation", "invite", &json!({ "government": invited })))
}

pub fn join(world: &mut World) -> Option<Ask> {
    let by = world.dice.any(world.folds.standing().invited.clone()).map_or_else(|| anybody(world), |body| body.to_string());
    let mandate = follow::some_mandate(world, &by);
    Some(Ask::delegate(by, "join", &json!({ "mandate": mandate })))
}

pub fn decline(world: &mut World) -> Option<Ask> {
    let by = world.dice.any(world.folds.standing().invited.clone()).map_or_else(|| anybody(world), |body| body.to_string());
    let role = world.dice.pick(&["delegate", "signatory"]);
    world.dice.once_in(2).then(|| Ask::new(by, role, "negotiation", "decline", &json!({ "why": { "remark": "too small" } })))
}

pub fn leave(world: &mut World) -> Option<Ask> {
    let by = party(world);
    let rarely = if world.parties().len() > 2 { 2 } else { 8 };
    world.dice.once_in(rarely).then(|| Ask::delegate(by, "leave", &json!({})))
}

pub fn initial(world: &mut World) -> Option<Ask> {
    let frozen = negotiation::frozen(&world.folds.negotiation)?;
    let declares = !world.dice.once_in(10);
    Some(Ask::delegate(party(world), "initial", &json!({ "frozen": frozen, "no_side_agreement": declares })))
}

pub fn compute(world: &mut World) -> Option<Ask> {
    let model = model(world);
    Some(Ask::new(party(world), "delegate", "allocation", "compute", &json!({ "run": secret(world), "model": model })))
}

pub fn table_run(world: &mut World) -> Option<Ask> {
    let model = model(world);
    let run = format!("run-{}", world.dice.below(6));
    Some(Ask::new(party(world), "delegate", "allocation", "table_run", &json!({ "run": run, "model": model })))
}

/// A model of a plant and sometimes a road, whose costs the parties share by some rule.
fn model(world: &mut World) -> Value {
    let mut members = world.parties();
    if world.dice.once_in(10) {
        members.push(anybody(world));
    }
    let figures: serde_json::Map<String, Value> =
        members.iter().map(|m| (m.clone(), json!((1 + world.dice.below(50)).to_string()))).collect();
    let mut components = json!({ "plant": component(world, &members) });
    if world.dice.once_in(2) {
        components["road"] = component(world, &members);
    }
    let people = json!({ "names": names(), "unit": "persons", "year": 2012, "source": "the census", "values": figures });
    json!({ "currency": "KRW", "components": components, "drivers": { "people": people } })
}

fn component(world: &mut World, members: &[String]) -> Value {
    let cost = 1 + world.dice.below(100_000);
    // The cost is random enough for what else there is.
    let coalition_rule = COALITION_RULES.get(usize::try_from(cost).unwrap() % COALITION_RULES.len());
    let rule = match world.dice.below(5) {
        0 => json!("equal"),
        1 => json!({ "driver": "people" }),
        2 => json!({ "mix": [{ "percent": "90", "driver": "people" }, { "percent": "10" }] }),
        _ => json!(coalition_rule),
    };
    let mut component = json!({ "names": names(), "cost": won(cost), "members": members, "rule": rule });
    if COALITION_RULES.iter().any(|name| component["rule"] == *name) {
        component["costs"] = json!({ "listed": coalitions(members, cost) });
    } else {
        // Coalitions cost what is left after grants, so only the plain rules have some here.
        component["grants"] = json!([{ "from": "the province", "amount": { "rate": { "percent": "33.3" } } }]);
    }
    let one = members.first().cloned().unwrap_or_else(|| "guro".to_owned());
    if cost.is_multiple_of(4) {
        component["transfers"] = json!([{ "names": names(), "to": one, "amount": won(cost / 9) }]);
    }
    if cost.is_multiple_of(5) {
        component["limits"] = json!({ one.clone(): { "at_most": won(cost / 3) } });
    }
    if cost.is_multiple_of(7) {
        component["in_kind"] = json!([{ "names": names(), "by": one, "value": won(cost / 8) }]);
        component["instalments"] = json!({ "2013": "33.3", "2014": "66.7" });
    }
    component
}

/// Rules that look at what coalitions would pay.
const COALITION_RULES: [&str; 9] =
    ["scrb", "alternate_cost_avoided", "shapley", "nucleolus", "per_capita_nucleolus", "proportional_nucleolus", "gately", "tau", "talmud"];

/// Costs of all coalitions: each member costs the same, and every one that joins saves something.
fn coalitions(members: &[String], whole: u32) -> Value {
    let mut sorted = members.to_vec();
    sorted.sort();
    sorted.dedup();
    let all = sorted.len();
    let sets = (1_u32..1 << all).map(|set| {
        let inside: Vec<&str> = sorted.iter().zip(0..).filter(|(_, bit)| set >> bit & 1 == 1).map(|(member, _)| member.as_str()).collect();
        let cost = if inside.len() == all { whole } else { whole / 2 + 7 * u32::try_from(inside.len()).unwrap() };
        (inside.join("+"), won(cost))
    });
    Value::Object(sets.collect())
}

fn won(amount: u32) -> Value {
    json!({ "amount": amount.to_string(), "currency": "KRW" })
}

pub fn set_function(world: &mut World) -> Option<Ask> {
    let basis = if world.dice.once_in(3) { Value::Null } else { json!("the act") };
    let mut powers = vec![json!({ "power": "decide", "legal_basis": basis })];
    if !world.dice.once_in(4) {
        powers.extend(["fund", "operate"].map(|power| json!({ "power": power, "legal_basis": "the act" })));
    }
    let mut row = json!({ "names": names(), "holders": { party(world): powers } });
    if world.dice.once_in(4) {
        row["affected"] = json!([anybody(world)]);
    }
    let function = world.dice.pick(&["waste", "water"]);
    Some(Ask::new(party(world), "delegate", "authority", "set_function", &json!({ "function": function, "row": row })))
}

pub fn remove_function(world: &mut World) -> Option<Ask> {
    let function = world.dice.pick(&["waste", "water"]);
    Some(Ask::new(party(world), "delegate", "authority", "remove_function", &json!({ "function": function })))
}

pub fn allow_finding(world: &mut World) -> Option<Ask> {
    let finding = world.dice.any(world.folds.negotiation.findings.clone())?;
    let fields = json!({ "finding": finding, "why": { "remark": "it is small" } });
    Some(Ask::new(party(world), "delegate", "authority", "allow_finding", &fields))
}
