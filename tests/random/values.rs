//! What is said: terms of every kind with values that fit, packages, dates, acts by which a step is done.

use proto::digest::Digest;
use serde_json::{Map, Value, json};

use crate::dice::Dice;
use crate::world::{World, ZONE};

/// The terms that a case of this world can have.
pub const TERMS: [&str; 5] = ["share", "sum", "load", "site", "start"];
/// Wordings that a clause can get.
pub const WORDS: [&str; 3] = ["one", "two", "three"];

/// A name in two languages.
pub fn names() -> Value {
    json!({ "en": "a name", "ko": "이름" })
}

/// What values a term takes.
pub fn kind_of(term: &str) -> Value {
    match term {
        "share" => json!("share"),
        "sum" => json!({ "money": { "currency": "KRW" } }),
        "load" => json!({ "quantity": { "unit": "t/day" } }),
        "site" => json!({ "choice": { "options": ["north", "south"] } }),
        _ => json!("date"),
    }
}

/// A value for a term, nearly always of its kind.
pub fn value_of(dice: &mut Dice, term: &str) -> Value {
    let number = dice.below(100);
    match if dice.once_in(60) { "share" } else { term } {
        "share" => json!({ "share": number.to_string() }),
        "sum" => money(i64::from(number) * 1000),
        "load" => json!({ "quantity": { "amount": number.to_string(), "unit": "t/day" } }),
        "site" => json!({ "choice": dice.pick(&["north", "south"]) }),
        _ => json!({ "date": format!("2014-01-{:02}", 1 + number % 28) }),
    }
}

fn money(won: i64) -> Value {
    json!({ "money": { "amount": won.to_string(), "currency": "KRW" } })
}

/// Wording of a clause.
pub fn wording(dice: &mut Dice) -> Value {
    json!({ "en": dice.pick(&WORDS) })
}

/// Values for these terms.
pub fn terms(dice: &mut Dice, terms: &[String]) -> Map<String, Value> {
    terms.iter().map(|term| (term.clone(), value_of(dice, term))).collect()
}

/// A package about some of what there is.
pub fn package(world: &mut World) -> Value {
    let state = world.folds.negotiation.clone();
    let all: Vec<String> = state.terms.keys().map(ToString::to_string).collect();
    let clauses: Vec<String> = state.clauses.keys().map(ToString::to_string).collect();
    let allocations: Vec<Digest> = state.allocations.keys().copied().collect();
    let dice = &mut world.dice;
    let chosen = dice.some(&all);
    let mut package = json!({ "terms": terms(dice, &chosen) });
    if let Some(term) = dice.any(chosen).filter(|_| dice.once_in(4)) {
        package["labels"] = json!({ term: "as in the first draft" });
    }
    if let Some(clause) = dice.any(clauses).filter(|_| dice.once_in(3)) {
        let said = wording(dice);
        package["wording"] = json!({ clause: said });
    }
    if let Some(allocation) = dice.any(allocations).filter(|_| dice.once_in(2)) {
        package["allocation"] = json!(allocation);
    }
    package
}

/// A last day some days ahead, rarely one that has passed.
pub fn deadline(world: &mut World) -> Value {
    let days = i64::from(world.dice.below(12)) - 1;
    json!({ "on": world.in_days(days), "zone": ZONE })
}

/// A field that is left out half of the time.
pub fn perhaps(world: &mut World, fields: &mut Value, name: &str, value: impl FnOnce(&mut World) -> Value) {
    if world.dice.once_in(2) {
        fields[name] = value(world);
    }
}

/// An act by which a step of this kind is done: to the end if `yes`.
pub fn done(dice: &mut Dice, kind: &str, yes: bool, above: &str) -> Value {
    let end = if yes {
        "passed"
    } else {
        dice.pick(&["passed_amended", "passed_amended", "rejected", "deferred", "withdrawn", "lapsed_with_term"])
    };
    match kind {
        "propose" => json!("proposed"),
        "consult" => json!({ "consulted": { "with": "the host village", "agreed": yes } }),
        "draft" => json!("drafted"),
        "council_resolution" => json!({ "council": { "end": end, "bill": "12" } }),
        "higher_approval" => json!({ "higher": { "body": above, "approved": yes } }),
        "sign" => json!({ "signed": { "by": ["the mayor"] } }),
        "publish" => json!({ "published": { "notice": "2013-7" } }),
        "report" => json!({ "reported": { "to": "the ministry" } }),
        _ => json!({ "registered": { "number": "31" } }),
    }
}

/// An official letter of today, arrived or on its way.
pub fn letter(world: &World, arrived: bool) -> Value {
    let today = world.today();
    let mut letter = json!({ "issuer": "the office", "number": "1", "decided_by": "the head", "dated": today, "recipient": "the city" });
    if arrived {
        letter["receipt"] = json!("9");
        letter["arrived"] = json!(today);
    }
    letter
}
