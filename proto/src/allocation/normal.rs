//! One way to write a model: equal models then have one digest.

use rust_decimal::Decimal;

use super::{Component, Costs, Grant, GrantAmount, Model, Rule};
use crate::digest::Digest;
use crate::money::Money;

impl Model {
    /// The digest of the model: of its canonical JSON (RFC 8785) with members and positions in order and no zeros behind a number.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn digest(&self) -> serde_json::Result<Digest> {
        let mut normal = self.clone();
        normal.components.values_mut().for_each(component);
        for driver in normal.drivers.values_mut() {
            numbers(driver.values.values_mut());
        }
        numbers(normal.exchange.values_mut().map(|exchange| &mut exchange.rate));
        normal.stands.sort_by(|a, b| (&a.by, &a.figure).cmp(&(&b.by, &b.figure)));
        Digest::of_json(&normal)
    }
}

fn component(component: &mut Component) {
    component.members.sort();
    money([&mut component.cost]);
    component.grants.iter_mut().for_each(grant);
    match &mut component.rule {
        Rule::Fixed(amounts) => money(amounts.values_mut()),
        Rule::Mix(parts) => numbers(parts.iter_mut().map(|part| &mut part.percent)),
        _ => {}
    }
    match &mut component.costs {
        Some(Costs::Listed(list)) => money(list.values_mut()),
        Some(Costs::Alone(alone)) => money(alone.values_mut()),
        Some(Costs::Network { links }) => money(links.iter_mut().map(|link| &mut link.cost)),
        Some(Costs::Capacity { a, b, .. }) => {
            money([a]);
            numbers([b]);
        }
        None => {}
    }
    money(component.limits.values_mut().flat_map(|limits| limits.at_least.iter_mut().chain(&mut limits.at_most)));
    money(component.transfers.iter_mut().map(|transfer| &mut transfer.amount));
    money(component.in_kind.iter_mut().map(|thing| &mut thing.value));
    numbers(component.instalments.values_mut());
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
}
