//! What `interlocal study` found, as a text in two languages.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use gateway::texts;
use proto::allocation::{Answer, Balances, Changed, Difference, Found, Payout, Price, Rule, Way, Ways};
use proto::id::{ComponentId, DriverId, GovernmentId};
use proto::money::Money;
use proto::negotiation::Offered;
use serde_json::{Value, json};

use crate::allocate::say::{Say, amount, right, table};

/// An answer with the digest of the model it is about.
pub(super) fn answer(say: &Say<'_>, answer: &Answer) -> String {
    let mut out = match &answer.found {
        Found::WhatIf(found) => changed(say, found, "what_if"),
        Found::Search(found) => ways(say, found),
        Found::Ranges(found) => say.ranges(found),
        Found::Comparison(found) => {
            let mut out = String::new();
            let mut found = found.clone();
            allocation::hold_against(&mut found, &Offered::default());
            for (id, compared) in &found.components {
                let members: Vec<&GovernmentId> = say.model.components.get(id).into_iter().flat_map(|of| &of.members).collect();
                let _ = writeln!(out, "{}\n{}", component(say, id), say.compared(compared, &members));
            }
            out
        }
        Found::Settlement(found) => balances(say, found),
        Found::Accession(found) => price(say, found),
        Found::Exit(found) => payout(say, found),
    };
    let _ = write!(out, "{}: {}", word(say, "model", &Value::Null), answer.model);
    out
}

fn word(say: &Say<'_>, name: &str, params: &Value) -> String {
    texts::of(say.language, &format!("study-{name}"), params).unwrap_or_default()
}

fn plain(say: &Say<'_>, name: &str) -> String {
    word(say, name, &Value::Null)
}

fn component(say: &Say<'_>, id: &ComponentId) -> String {
    let name = say.model.components.get(id).map_or("", |component| say.named(&component.names));
    format!("{name} ({id})")
}

fn differences(say: &Say<'_>, of: &BTreeMap<GovernmentId, Difference>) -> String {
    let rows = of.iter().map(|(who, of)| (who.to_string(), vec![of.before, of.after, of.by]));
    columns(say, &["before", "after", "by"], rows)
}

/// A row for each name, with amounts under these words.
fn columns(say: &Say<'_>, words: &[&str], rows: impl Iterator<Item = (String, Vec<Money>)>) -> String {
    let mut table = table([say.word("government")].into_iter().chain(words.iter().map(|name| plain(say, name))));
    for (name, amounts) in rows {
        table.add_row([name].into_iter().chain(amounts.iter().map(amount)));
    }
    right(table).to_string()
}

/// Amounts one under the other.
fn lines(of: &[(String, Money)]) -> String {
    let mut out = String::new();
    for (name, money) in of {
        let _ = writeln!(out, "{name}: {} {}", amount(money), money.currency);
    }
    out
}

fn changed(say: &Say<'_>, found: &Changed, title: &str) -> String {
    let mut out = String::new();
    for (id, of) in &found.components {
        let _ = writeln!(out, "{}\n{}", component(say, id), differences(say, &of.shares));
        if let Some(fairness) = &of.fairness {
            let charged = fairness.most_charged.as_ref().filter(|_| !fairness.in_core);
            let unfair = charged.map(|set| word(say, "unfair", &json!({ "coalition": set.coalition, "above": amount(&set.above) })));
            let _ = writeln!(out, "{}", unfair.unwrap_or_else(|| plain(say, "fair")));
        }
        let _ = writeln!(out);
    }
    let _ = writeln!(out, "{} ({})\n{}", plain(say, title), say.model.currency, differences(say, &found.totals));
    let _ = writeln!(out, "{}: {}", plain(say, "changed"), found.model);
    out
}

fn ways(say: &Say<'_>, found: &Ways) -> String {
    let mut out = format!("{}\n\n", plain(say, if found.ways.is_empty() { "none" } else { "search" }));
    for (place, way) in found.ways.iter().chain(found.least.as_deref()).enumerate() {
        let number = json!({ "number": place + 1 });
        let _ = writeln!(out, "{}: {}\n", word(say, "way", &number), a_way(say, way));
    }
    let _ = writeln!(out, "{}", word(say, "tried", &json!({ "tried": found.tried, "more": found.more })));
    if !found.unmixed.is_empty() {
        let names: Vec<&str> = found.unmixed.iter().map(DriverId::as_str).collect();
        let _ = writeln!(out, "{}: {}", plain(say, "unmixed"), names.join(", "));
    }
    out
}

fn a_way(say: &Say<'_>, way: &Way) -> String {
    let rules: Vec<String> = way.rules.iter().map(|(id, of)| format!("{} – {}", component(say, id), rule(say, of))).collect();
    let mut said = vec![if rules.is_empty() { plain(say, "as_it_stands") } else { rules.join("; ") }];
    said.extend(way.weights.map(|weights| word(say, "weights", &json!({ "from": weights.from, "to": weights.to }))));
    said.push(format!("{} {}", plain(say, "rise"), amount(&way.largest_rise)));
    said.extend(way.nobody_above_alone.map(|kept| plain(say, if kept { "alone" } else { "above_alone" })));
    format!("{}\n{}", said.join(" · "), differences(say, &way.totals))
}

/// A rule in words; of a mix also its parts.
fn rule(say: &Say<'_>, rule: &Rule) -> String {
    let Rule::Mix(parts) = rule else { return say.rule(rule) };
    let part = |part: &proto::allocation::Part| {
        let by = part.driver.clone().map_or(Rule::Equal, Rule::Driver);
        format!("{} % {}", part.percent.normalize(), say.rule(&by))
    };
    parts.iter().map(part).collect::<Vec<_>>().join(" + ")
}

fn balances(say: &Say<'_>, found: &Balances) -> String {
    let years: Vec<i16> = found.in_all.instalments.keys().copied().collect();
    let words = ["due", "in_kind", "paid", "owes"].map(|name| plain(say, name));
    let mut table = table([say.word("government")].into_iter().chain(words).chain(years.iter().map(ToString::to_string)));
    let all = plain(say, "all");
    let rows = found.governments.iter().map(|(who, of)| (who.as_str(), of)).chain([(all.as_str(), &found.in_all)]);
    for (name, of) in rows {
        let money = [of.due, of.in_kind, of.paid, of.owes].into_iter().chain(of.instalments.values().copied());
        table.add_row([name.to_owned()].into_iter().chain(money.map(|money| amount(&money))));
    }
    format!("{}\n{}\n{}\n", changed(say, &found.actual, "what_if"), plain(say, "settlement"), right(table))
}

fn price(say: &Say<'_>, found: &Price) -> String {
    let Price { share, days, interest, overhead, price, instalments, gets, joined } = found;
    let mut of = vec![
        (plain(say, "share"), *share),
        (word(say, "interest", &json!({ "days": days })), *interest),
        (plain(say, "overhead"), *overhead),
        (plain(say, "price"), *price),
    ];
    of.extend(instalments.iter().map(|(year, money)| (year.to_string(), *money)));
    let rows = gets.iter().map(|(who, of)| (who.to_string(), vec![of.falls, of.part, of.gets]));
    let gets = columns(say, &["falls", "part", "gets"], rows);
    format!("{}\n{}\n{}\n{gets}\n", changed(say, joined, "what_if"), plain(say, "accession"), lines(&of))
}

fn payout(say: &Say<'_>, found: &Payout) -> String {
    let Payout { left, share, contributed, unpaid, value_left, owes, cost_of_separation, gets, stay } = found;
    let of = [
        (say.word("share"), *share),
        (plain(say, "contributed"), *contributed),
        (plain(say, "unpaid"), *unpaid),
        (plain(say, "value_left"), *value_left),
        (plain(say, "owed"), *owes),
        (plain(say, "cost_of_separation"), *cost_of_separation),
        (plain(say, "payout"), *gets),
    ];
    let rows = stay.iter().map(|(who, of)| (who.to_string(), vec![of.rises, of.pays]));
    let takers = columns(say, &["rises", "pays"], rows);
    format!("{}\n{}\n{}\n{takers}\n", changed(say, left, "what_if"), plain(say, "exit"), lines(&of))
}
