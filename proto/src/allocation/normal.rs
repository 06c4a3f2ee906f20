//! One way to write a model: equal models then have one digest.

use rust_decimal::Decimal;
use serde::Serialize;

use super::{Component, Costs, Grant, GrantAmount, Link, Model, Rule};
use crate::digest::Digest;
use crate::money::Money;

impl Model {
    /// The digest of the model: of its canonical JSON (RFC 8785) with all lists in order, no zeros behind a number, no limits that say nothing, each link
    /// once and from the end that comes first, and entered costs of coalitions as the document they make.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn digest(&self) -> serde_json::Result<Digest> {
        let mut normal = self.clone();
        normal.components.values_mut().try_for_each(component)?;
        for driver in normal.drivers.values_mut() {
            numbers(driver.values.values_mut());
        }
        numbers(normal.exchange.values_mut().map(|exchange| &mut exchange.rate));
        normal.stands.sort_by(|a, b| (&a.by, &a.figure).cmp(&(&b.by, &b.figure)));
        Digest::of_json(&normal)
    }
}

fn component(component: &mut Component) -> serde_json::Result<()> {
    component.members.sort();
    money([&mut component.cost]);
    component.grants.iter_mut().for_each(grant);
    match &mut component.rule {
        Rule::Fixed(amounts) => money(amounts.values_mut()),
        Rule::Mix(parts) => {
            numbers(parts.iter_mut().map(|part| &mut part.percent));
            in_order(parts);
        }
        _ => {}
    }
    match &mut component.costs {
        Some(costs @ Costs::Listed(_)) => document(costs)?,
        Some(Costs::Alone(alone)) => money(alone.values_mut()),
        Some(Costs::Network { links: all }) => {
            money(all.iter_mut().map(|link| &mut link.cost));
            links(all);
        }
        Some(Costs::Capacity { a, b, .. }) => {
            money([a]);
            numbers([b]);
        }
        Some(Costs::Document(_)) | None => {}
    }
    money(component.limits.values_mut().flat_map(|limits| limits.at_least.iter_mut().chain(&mut limits.at_most)));
    money(component.transfers.iter_mut().map(|transfer| &mut transfer.amount));
    money(component.in_kind.iter_mut().map(|thing| &mut thing.value));
    numbers(component.instalments.values_mut());
    component.limits.retain(|_, limits| limits.at_least.is_some() || limits.at_most.is_some());
    in_order(&mut component.grants);
    in_order(&mut component.transfers);
    in_order(&mut component.in_kind);
    Ok(())
}

/// What stands in no order of its own, in that of how it is written.
fn in_order<T: Serialize>(things: &mut [T]) {
    things.sort_by_cached_key(|thing| serde_json::to_string(thing).unwrap_or_default());
}

/// A link leads both ways, and of two between the same ends the cheaper one is built.
fn links(links: &mut Vec<Link>) {
    for link in links.iter_mut() {
        if let Some(from) = link.from.as_mut().filter(|from| **from > link.to) {
            std::mem::swap(from, &mut link.to);
        }
    }
    links.sort_by(|a, b| (&a.from, &a.to, a.cost.amount).cmp(&(&b.from, &b.to, b.cost.amount)));
    links.dedup_by(|later, first| (&later.from, &later.to) == (&first.from, &first.to));
}

fn document(costs: &mut Costs) -> serde_json::Result<()> {
    if let Costs::Listed(list) = costs {
        *costs = Costs::Document(Costs::document(list)?.0);
    }
    Ok(())
}

fn grant(grant: &mut Grant) {
    match &mut grant.amount {
        GrantAmount::Fixed(amount) => money([amount]),
        GrantAmount::Rate { percent, cap } => {
            numbers([percent]);
            money(cap);
        }
    }
}

fn money<'m>(amounts: impl IntoIterator<Item = &'m mut Money>) {
    numbers(amounts.into_iter().map(|money| &mut money.amount));
}

fn numbers<'d>(numbers: impl IntoIterator<Item = &'d mut Decimal>) {
    for number in numbers {
        number.normalize_assign();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::id::GovernmentId;
    use crate::money::Currency;
    use crate::words::Names;

    use super::*;

    #[test]
    fn members_zeros_and_order_make_no_difference() {
        let id = |name: &str| name.parse::<GovernmentId>().unwrap();
        let won = |amount: &str| Money { amount: amount.parse().unwrap(), currency: Currency::KRW };
        let model = |cost: &str, members: [&str; 2], fixed: &str| {
            let amounts = BTreeMap::from([(id("ansan"), won(fixed)), (id("osan"), won("500"))]);
            let members = members.map(id).to_vec();
            let mut model = Model::new(Currency::KRW);
            model
                .components
                .insert("plant".parse().unwrap(), Component::new(Names::new("a", "b"), won(cost), members, Rule::Fixed(amounts)));
            model
        };
        let one = model("1000", ["ansan", "osan"], "500");
        assert_eq!(one.digest().unwrap(), model("1000.00", ["osan", "ansan"], "500.0").digest().unwrap());
        assert_ne!(one.digest().unwrap(), model("1001", ["ansan", "osan"], "501").digest().unwrap());
    }

    #[test]
    fn what_has_no_order_of_its_own_makes_no_difference() {
        let id = |name: &str| name.parse::<GovernmentId>().unwrap();
        let written = |component: serde_json::Value| {
            let mut all = serde_json::json!({ "names": { "en": "a", "ko": "b" }, "cost": { "amount": "9", "currency": "KRW" }, "members": ["ansan", "osan"] });
            all.as_object_mut().unwrap().extend(component.as_object().unwrap().clone());
            let mut model = Model::new(Currency::KRW);
            model.components.insert("plant".parse().unwrap(), serde_json::from_value(all).unwrap());
            model
        };
        let won = |amount: &str| serde_json::json!({ "amount": amount, "currency": "KRW" });
        let grant = |from: &str| serde_json::json!({ "from": from, "amount": { "fixed": won("1") } });
        let thing = |by: &str| serde_json::json!({ "names": { "en": by, "ko": by }, "by": by, "value": won("1") });
        let paid = |to: &str| serde_json::json!({ "names": { "en": to, "ko": to }, "to": to, "amount": won("1") });
        let link = |from: &str, to: &str, cost: &str| serde_json::json!({ "from": from, "to": to, "cost": won(cost) });
        let source = |to: &str| serde_json::json!({ "to": to, "cost": won("5") });
        let mixed = |parts: [serde_json::Value; 2]| serde_json::json!({ "mix": parts });
        let (ninety, ten) = (serde_json::json!({ "percent": "90", "driver": "use" }), serde_json::json!({ "percent": "10.0" }));
        let one = written(serde_json::json!({
            "rule": mixed([ninety.clone(), ten.clone()]), "grants": [grant("a"), grant("b")], "in_kind": [thing("ansan"), thing("osan")],
            "transfers": [paid("ansan"), paid("osan")],
            "costs": { "network": { "links": [source("ansan"), source("osan"), link("ansan", "osan", "1")] } },
        }));
        let other = written(serde_json::json!({
            "rule": mixed([ten, ninety]), "grants": [grant("b"), grant("a")], "in_kind": [thing("osan"), thing("ansan")],
            "transfers": [paid("osan"), paid("ansan")], "limits": { "ansan": {} },
            "costs": { "network": { "links": [link("osan", "ansan", "1.0"), source("osan"), link("ansan", "osan", "2"), source("ansan")] } },
        }));
        assert_eq!(one.digest().unwrap(), other.digest().unwrap());
        let mut dearer = one.clone();
        for component in dearer.components.values_mut() {
            let Some(Costs::Network { links }) = &mut component.costs else { panic!() };
            links.retain(|link| link.from != Some(id("ansan")));
        }
        assert_ne!(one.digest().unwrap(), dearer.digest().unwrap());
    }

    #[test]
    fn a_list_of_costs_and_its_document_make_the_same_model() {
        let model = |costs: Costs| {
            let members = ["ansan", "osan"].map(|name| name.parse::<GovernmentId>().unwrap()).to_vec();
            let mut component = Component::new(Names::new("a", "b"), Money::krw(1000), members, Rule::Nucleolus);
            component.costs = Some(costs);
            Model { components: BTreeMap::from([("plant".parse().unwrap(), component)]), ..Model::new(Currency::KRW) }
        };
        let list = |ansan: &str| {
            let won = |amount: &str| Money { amount: amount.parse().unwrap(), currency: Currency::KRW };
            BTreeMap::from([("ansan".to_owned(), won(ansan)), ("osan".to_owned(), won("700"))])
        };
        let (document, bytes) = Costs::document(&list("600")).unwrap();
        assert_eq!(document.digest, Digest::of(&bytes));
        let same = model(Costs::Document(document)).digest().unwrap();
        assert_eq!(model(Costs::Listed(list("600.0"))).digest().unwrap(), same);
        assert_ne!(model(Costs::Listed(list("601"))).digest().unwrap(), same);
    }
}
