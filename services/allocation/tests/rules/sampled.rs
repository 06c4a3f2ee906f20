//! The Shapley value of more members than all sets of them can be listed: an estimate that says so.

use proto::allocation::{Command as C, Costs, Done, Link, Model, Outcome, Refusal as R, Rule, Shares};
use proto::finding::Finding;
use proto::money::Money;

use crate::table::{Table, component, compute, id, plant, plant_of, with_driver, won};

fn names(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("city-{number:02}")).collect()
}

/// Towns on both sides of a river, each linked to the source and to the next three.
fn network(count: usize) -> Model {
    let names = names(count);
    let members: Vec<&str> = names.iter().map(String::as_str).collect();
    let direct = |place: usize| 900_000 + 7_000 * i64::try_from(place % 17).unwrap();
    let between = |from: usize, to: usize| 50_000 + 11_000 * i64::try_from((from * 31 + to * 7) % 23).unwrap();
    let mut links: Vec<Link> =
        members.iter().enumerate().map(|(place, to)| Link { from: None, to: id(to), cost: won(direct(place)) }).collect();
    for from in 0..count {
        let next = (from + 1..count).take(3);
        links.extend(next.map(|to| Link { from: Some(id(members[from])), to: id(members[to]), cost: won(between(from, to)) }));
    }
    let mut model = plant(component(4_000_000, &members, Rule::Shapley));
    plant_of(&mut model).costs = Some(Costs::Network { links });
    model
}

/// A plant with economies of scale, for towns of which the second half needs twice as much as the first.
fn capacity(count: usize) -> Model {
    let names = names(count);
    let members: Vec<&str> = names.iter().map(String::as_str).collect();
    let need: Vec<(&str, &str)> =
        members.iter().enumerate().map(|(place, name)| (*name, if place < count / 2 { "1" } else { "2" })).collect();
    let mut model = with_driver(plant(component(2_000_000, &members, Rule::Shapley)), "need", &need);
    plant_of(&mut model).costs = Some(Costs::Capacity { a: won(100_000), b: id("0.7"), need: id("need") });
    model
}

fn solved(model: &Model) -> Shares {
    allocation::solve(model, allocation::AT_ONCE).unwrap().components[&id("plant")].clone()
}

fn units(money: impl IntoIterator<Item = Money>) -> Vec<i128> {
    money.into_iter().map(|money| money.units().unwrap()).collect()
}

#[test]
fn forty_towns_on_a_network_are_estimated_with_a_stated_error() {
    let model = network(40);
    let one = allocation::solve(&model, allocation::AT_ONCE).unwrap();
    let Shares { shares, estimate, .. } = one.components[&id("plant")].clone();
    let estimate = estimate.unwrap();
    assert_eq!(estimate.orders, 20_000);
    assert_eq!(units(shares.values().copied()).iter().sum::<i128>(), 4_000_000);
    let errors = units(estimate.error.values().copied());
    assert_eq!(errors.len(), 40);
    assert!(errors.iter().all(|error| (1..10_000).contains(error)), "{errors:?}");
    // Whoever computes it again, and writes the members in whatever order, gets the same; the solver says that it was sampled.
    let mut turned = model.clone();
    plant_of(&mut turned).members.reverse();
    let other = allocation::solve(&turned, allocation::AT_LEISURE).unwrap();
    assert_eq!(one, other);
    assert_eq!(one.solver, "exact arithmetic; sampled shapley 1: 10000 pairs of orders by ChaCha20");
}

/// Twenty towns of one need and twenty of another: two exact values, which nearly all estimates hold within their error.
#[test]
fn towns_that_are_alike_get_nearly_the_same() {
    let Shares { shares, estimate, .. } = solved(&capacity(40));
    let (shares, errors) = (units(shares.into_values()), units(estimate.unwrap().error.into_values()));
    for alike in [0..20, 20..40] {
        let mean = shares[alike.clone()].iter().sum::<i128>() / 20;
        let outside = alike.filter(|town| (shares[*town] - mean).abs() > errors[*town] + 1).count();
        assert!(outside <= 2, "{outside} of 20: {shares:?} {errors:?}");
    }
    assert!(shares[0] < shares[39]);
}

#[test]
fn below_that_all_sets_are_listed_or_it_is_refused() {
    for (count, limit) in [(11, allocation::AT_ONCE), (21, allocation::AT_LEISURE), (24, allocation::AT_LEISURE)] {
        let refusal = R::TooManyMembers { component: id("plant"), members: count, limit };
        assert_eq!(allocation::solve(&capacity(count), limit), Err(refusal));
    }
    assert!(solved(&capacity(25)).estimate.is_some());
    let wide = R::TooManyMembers { component: id("plant"), members: 65, limit: 64 };
    assert_eq!(allocation::solve(&capacity(65), allocation::AT_ONCE), Err(wide));
    // Other rules for coalitions have no estimate.
    let mut model = capacity(25);
    plant_of(&mut model).rule = Rule::Nucleolus;
    let refusal = R::TooManyMembers { component: id("plant"), members: 25, limit: 10 };
    assert_eq!(allocation::solve(&model, allocation::AT_ONCE), Err(refusal));
    // A list of costs is never long enough.
    let mut listed = capacity(25);
    let alone = names(25).into_iter().map(|name| (name, won(100_000))).collect();
    plant_of(&mut listed).costs = Some(Costs::Listed(alone));
    assert!(
        matches!(allocation::solve(&listed, allocation::AT_ONCE), Err(R::CoalitionsMissing { missing, .. }) if missing[0].contains('+'))
    );
}

#[test]
fn beside_other_rules_an_estimate_is_called_one() {
    let comparison = allocation::compare(&capacity(25), allocation::AT_ONCE).unwrap();
    for compared in &comparison.components[&id("plant")] {
        if let Outcome::Shares { estimate, .. } = &compared.outcome {
            assert_eq!(estimate.is_some(), compared.rule == Rule::Shapley, "{:?}", compared.rule);
        }
    }
    let result = allocation::solve(&capacity(25), allocation::AT_ONCE).unwrap();
    let sheet = allocation::sheet(&capacity(25), &result).unwrap();
    assert_eq!(sheet.components[&id("plant")].estimate, result.components[&id("plant")].estimate);
}

/// The error is recorded with the shares, and no estimate passes for exact.
#[test]
fn an_estimate_on_record_is_one_of_this_model_and_whole() {
    let model = capacity(25);
    let solved = allocation::solve(&model, allocation::AT_ONCE).unwrap();
    let told = |change: fn(&mut Shares)| {
        let mut result = solved.clone();
        change(result.components.get_mut(&id("plant")).unwrap());
        let mut table = Table::new();
        table.does("ansan", compute("run", model.clone()));
        let done = C::Finish { of: id("ansan"), run: id("run"), done: Done::Computed(result) };
        table.by_itself(done).map(|_| ())
    };
    let mismatch = || Err(R::ComputationMismatch.into());
    assert_eq!(told(|_| ()), Ok(()));
    assert_eq!(told(|of| of.estimate = None), mismatch());
    assert_eq!(told(|of| of.estimate.as_mut().unwrap().orders = 1), mismatch());
    assert_eq!(told(|of| _ = of.estimate.as_mut().unwrap().error.pop_first()), mismatch());
    assert_eq!(told(|of| of.estimate.as_mut().unwrap().error.values_mut().for_each(|error| *error = won(-1))), mismatch());
    let exact = plant(component(10, &["ansan", "bucheon"], Rule::Equal));
    let mut result = allocation::solve(&exact, allocation::AT_ONCE).unwrap();
    result.components.get_mut(&id("plant")).unwrap().estimate = solved.components[&id("plant")].estimate.clone();
    let told = Table::new().on_record("ansan-delegate", compute("run", exact), &[Finding::Computed(result)]).map(|_| ());
    assert_eq!(told, mismatch());
}
