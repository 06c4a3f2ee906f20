//! Rules by hand: small games whose shares can be followed on paper.

use proto::allocation::{Costs, Link, Model, Refusal as R, Rule, Unsolvable};
use proto::money::Money;

use crate::table::{component, costs, id, plant, plant_of, shares, with_costs, with_driver, won};

const THREE: &[&str] = &["ansan", "bucheon", "osan"];

/// Three towns that would pay 60, 50 and 40 alone and 100 together.
fn towns(rule: Rule) -> Model {
    let pairs = [("ansan", 60), ("bucheon", 50), ("osan", 40), ("ansan+bucheon", 90), ("ansan+osan", 80), ("bucheon+osan", 70)];
    with_costs(plant(component(100, THREE, rule)), costs(&pairs))
}

fn none(why: Unsolvable) -> Result<proto::allocation::Computation, R> {
    Err(R::NoSolution { component: id("plant"), why })
}

#[test]
fn alternate_cost_avoided_counts_a_benefit_below_zero_as_it_is() {
    // Separable costs 30, 20, 10: 40 are left, by benefits of 30 each.
    assert_eq!(shares(&towns(Rule::AlternateCostAvoided)), [44, 33, 23]);
    // Osan adds 60 and would cost 50 alone: it is paid for staying, where the rule of separable costs lets it off.
    let table = [("ansan", 100), ("bucheon", 100), ("osan", 50), ("ansan+bucheon", 140), ("ansan+osan", 150), ("bucheon+osan", 150)];
    let model = |rule| with_costs(plant(component(200, THREE, rule)), costs(&table));
    assert_eq!(shares(&model(Rule::Scrb)), [70, 70, 60]);
    assert_eq!(shares(&model(Rule::AlternateCostAvoided)), [72, 72, 56]);
    assert_eq!(allocation::solve(&model(Rule::Gately), allocation::AT_ONCE), none(Unsolvable::GainsOfBothSigns));
}

#[test]
fn at_the_gately_point_all_are_equally_inclined_to_disrupt() {
    assert_eq!(shares(&towns(Rule::Gately)), shares(&towns(Rule::AlternateCostAvoided)));
    let dear = with_costs(plant(component(100, &["ansan", "bucheon"], Rule::Gately)), costs(&[("ansan", 40), ("bucheon", 40)]));
    assert_eq!(allocation::solve(&dear, allocation::AT_ONCE), none(Unsolvable::AloneIsCheaper));
}

#[test]
fn the_tau_value_lies_between_hope_and_claim() {
    // Savings: 20, 20, 20 of pairs, 50 of all. Each hopes for 30 and can claim nothing: each saves 50 / 3.
    assert_eq!(shares(&towns(Rule::Tau)), [44, 33, 23]);
    // With savings of 40 for each pair each hopes for 10, and could claim 30 of any pair: no solution.
    let pairs = [("ansan", 60), ("bucheon", 50), ("osan", 40), ("ansan+bucheon", 70), ("ansan+osan", 60), ("bucheon+osan", 50)];
    let model = with_costs(plant(component(100, THREE, Rule::Tau)), costs(&pairs));
    assert_eq!(allocation::solve(&model, allocation::AT_ONCE), none(Unsolvable::NotQuasiBalanced));
}

/// An estate of 100, 200 and 300 among claims of 100, 200 and 300 (Talmud, Kethubot 93a).
#[test]
fn money_that_does_not_suffice_goes_by_the_talmud() {
    for (estate, awards) in [(100, [34, 33, 33]), (200, [50, 75, 75]), (300, [50, 100, 150])] {
        let mut model = plant(component(estate, THREE, Rule::Talmud));
        plant_of(&mut model).costs = Some(alone(&[100, 200, 300]));
        assert_eq!(shares(&model), awards);
    }
    let mut model = plant(component(601, THREE, Rule::Talmud));
    plant_of(&mut model).costs = Some(alone(&[100, 200, 300]));
    assert_eq!(allocation::solve(&model, allocation::AT_ONCE), none(Unsolvable::ClaimsTooSmall));
}

fn alone(costs: &[i64; 3]) -> Costs {
    Costs::Alone(THREE.iter().zip(costs).map(|(who, cost)| (id(who), won(*cost))).collect())
}

#[test]
fn what_each_would_pay_alone_is_enough_to_begin_with() {
    for rule in [Rule::Scrb, Rule::Shapley, Rule::Nucleolus, Rule::PerCapitaNucleolus, Rule::Gately, Rule::Tau] {
        let mut model = plant(component(120, THREE, rule));
        plant_of(&mut model).costs = Some(alone(&[60, 50, 40]));
        // Without all three there is no saving, so the 30 are shared equally.
        assert_eq!(shares(&model), [50, 40, 30]);
    }
    let mut model = plant(component(120, THREE, Rule::Shapley));
    plant_of(&mut model).costs = Some(Costs::Alone([(id("ansan"), won(60)), (id("osan"), won(40))].into()));
    let missing = ["ansan+bucheon", "bucheon", "bucheon+osan"].map(str::to_owned).to_vec();
    assert_eq!(allocation::solve(&model, allocation::AT_ONCE), Err(R::CoalitionsMissing { component: id("plant"), missing }));
}

#[test]
fn the_proportional_nucleolus_goes_by_what_each_would_pay() {
    // Two towns that save a third of what they would pay alone.
    let two = |alone: [i64; 2], all| {
        let table = costs(&[("ansan", alone[0]), ("bucheon", alone[1])]);
        with_costs(plant(component(all, &["ansan", "bucheon"], Rule::ProportionalNucleolus)), table)
    };
    assert_eq!(shares(&two([100, 50], 100)), [67, 33]);
    assert_eq!(allocation::solve(&two([100, 0], 90), allocation::AT_ONCE), none(Unsolvable::NotPositive));
}

/// Claus and Kleitman's way to divide a network: a line from the source over Ansan and Bucheon to Osan.
#[test]
fn a_network_is_built_by_the_cheapest_tree() {
    let link = |from: Option<&str>, to: &str, cost| Link { from: from.map(id), to: id(to), cost: won(cost) };
    let chain = [link(None, "ansan", 10), link(Some("ansan"), "bucheon", 20), link(Some("osan"), "bucheon", 30), link(None, "osan", 70)];
    let network = |links: &[Link], rule| {
        let mut model = plant(component(60, THREE, rule));
        plant_of(&mut model).costs = Some(Costs::Network { links: links.to_vec() });
        model
    };
    // Bucheon has no link to the source of its own.
    let missing = R::CoalitionsMissing { component: id("plant"), missing: vec!["bucheon".into()] };
    assert_eq!(allocation::solve(&network(&chain, Rule::Shapley), allocation::AT_ONCE), Err(missing));
    let direct = [&chain[..], &[link(None, "bucheon", 40), link(None, "bucheon", 45)]].concat();
    // Alone 10, 40, 70; together with the next 30, 80 by 10 + 70, 70 by 40 + 30.
    let by_hand = [("ansan", 10), ("bucheon", 40), ("osan", 70), ("ansan+bucheon", 30), ("ansan+osan", 80), ("bucheon+osan", 70)];
    for rule in [Rule::Shapley, Rule::Nucleolus, Rule::Scrb] {
        let listed = with_costs(plant(component(60, THREE, rule.clone())), costs(&by_hand));
        assert_eq!(shares(&network(&direct, rule)), shares(&listed));
    }
    let own = [link(Some("ansan"), "ansan", 1)];
    assert_eq!(
        allocation::solve(&network(&own, Rule::Shapley), allocation::AT_ONCE),
        Err(R::PaysItself { component: id("plant"), who: id("ansan") })
    );
    let stranger = [link(None, "siheung", 1)];
    assert_eq!(
        allocation::solve(&network(&stranger, Rule::Shapley), allocation::AT_ONCE),
        Err(R::NotAMember { component: id("plant"), who: id("siheung") })
    );
}

#[test]
fn a_larger_plant_is_cheaper_by_the_unit() {
    let curve = |b: &str, rule| {
        let need = &[("ansan", "1"), ("bucheon", "4"), ("osan", "4")];
        let mut model = with_driver(plant(component(300, THREE, rule)), "need", need);
        plant_of(&mut model).costs = Some(Costs::Capacity { a: won(100), b: id(b), need: id("need") });
        model
    };
    // 100 · √Q: alone 100, 200, 200; Ansan with another 224, the others together 283.
    let table = [("ansan", 100), ("bucheon", 200), ("osan", 200), ("ansan+bucheon", 224), ("ansan+osan", 224), ("bucheon+osan", 283)];
    let listed = with_costs(plant(component(300, THREE, Rule::Shapley)), costs(&table));
    assert_eq!(shares(&curve("0.5", Rule::Shapley)), shares(&listed));
    let mut absurd = curve("2", Rule::Shapley);
    absurd.drivers.get_mut(&id("need")).unwrap().values.insert(id("osan"), id("79228162514264337593543950335"));
    assert_eq!(allocation::solve(&absurd, allocation::AT_ONCE), Err(R::BadCost { component: id("plant"), at: "costs".into() }));
    for b in ["0", "-1", "2.1"] {
        assert_eq!(allocation::solve(&curve(b, Rule::Shapley), allocation::AT_ONCE), Err(R::BadExponent { component: id("plant") }));
    }
}

/// A game of twelve members is solved in floating point first; the fractions that follow give every won.
#[test]
fn twelve_members_on_an_airport() {
    let names: Vec<String> = (0..12).map(|number| format!("city-{number:02}")).collect();
    let members: Vec<&str> = names.iter().map(String::as_str).collect();
    let need: Vec<(&str, &str)> = members.iter().map(|name| (*name, "7")).collect();
    for rule in [Rule::Shapley, Rule::Nucleolus, Rule::PerCapitaNucleolus, Rule::ProportionalNucleolus] {
        let mut model = with_driver(plant(component(1_000_001, &members, rule)), "need", &need);
        plant_of(&mut model).costs = Some(Costs::Capacity { a: won(100_000), b: id("0.8"), need: id("need") });
        let shares = shares(&model);
        // Equals pay the same, and the five won that cannot be divided go by name.
        assert_eq!(shares, [[83_334; 5].as_slice(), &[83_333; 7]].concat());
    }
}

#[test]
fn estimates_of_money_know_no_currency_but_one() {
    let mut model = towns(Rule::Shapley);
    let foreign = Money { currency: "JPY".to_owned().try_into().unwrap(), ..won(60) };
    plant_of(&mut model).costs = Some(Costs::Alone([(id("ansan"), foreign)].into()));
    assert_eq!(
        allocation::solve(&model, allocation::AT_ONCE),
        Err(R::OtherCurrency { component: id("plant"), at: "costs.ansan".into(), currency: won(1).currency })
    );
}
