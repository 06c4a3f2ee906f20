//! One way to write a model: equal models then have one digest.

use rust_decimal::Decimal;

use super::{Component, Costs, Grant, GrantAmount, Model, Rule};
use crate::digest::Digest;
use crate::money::Money;

impl Model {
    /// The digest of the model: of its canonical JSON (RFC 8785) with members and positions in order, no zeros behind a number, and entered costs of
    /// coalitions as the document they make.
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
        Rule::Mix(parts) => numbers(parts.iter_mut().map(|part| &mut part.percent)),
        _ => {}
    }
    match &mut component.costs {
        Some(costs @ Costs::Listed(_)) => document(costs)?,
        Some(Costs::Alone(alone)) => money(alone.values_mut()),
        Some(Costs::Network { links }) => money(links.iter_mut().map(|link| &mut link.cost)),
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
    Ok(())
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
