//! Rules that look at what coalitions would cost.

use std::collections::BTreeMap;

use proto::allocation::Costs::Capacity;
use proto::allocation::{Grant, GrantAmount, Model, Refusal as R, Rule, Unsolvable};
use proto::money::Money;

use crate::models::refused;
use crate::table::{component, costs, id, plant, plant_of, shares, with_costs, with_driver, won};

const THREE: &[&str] = &["ansan", "bucheon", "osan"];

type Costs = BTreeMap<String, Money>;

const GAMES: [Rule; 3] = [Rule::Scrb, Rule::Shapley, Rule::Nucleolus];

/// Ansan and Bucheon, together 15 against 11 and 7 alone: the two towns of Young (1994), who share the saving of 3 equally.
fn towns() -> Costs {
    costs(&[("ansan", 110), ("bucheon", 70), ("ansan+bucheon", 150)])
}

fn pair(rule: Rule, costs: Costs) -> Model {
    // Members of the case, so that the rules get as far as the model.
    with_costs(plant(component(150, &["ansan", "bucheon"], rule)), costs)
}

fn three(table: &[(&str, i64)], all: i64, rule: Rule) -> Model {
    with_costs(plant(component(all, THREE, rule)), costs(table))
}

#[test]
fn two_share_the_saving_equally_by_every_such_rule() {
    for rule in GAMES {
        assert_eq!(shares(&pair(rule, towns())), [95, 55]);
    }
}

#[test]
fn coalitions_are_members_in_the_order_of_names() {
    for rule in GAMES {
        for stranger in ["bucheon+ansan", "ansan+ansan", "siheung", "ansan+", "", "ansan+bucheon+siheung", "Ansan"] {
            let table = || towns().into_iter().chain([(stranger.to_owned(), won(1))]).collect();
            refused(pair(rule.clone(), table()), R::BadCoalition { component: id("plant"), coalition: stranger.into() });
        }
    }
}

#[test]
fn every_coalition_that_a_rule_looks_at_must_have_a_cost() {
    for rule in GAMES {
        let missing = R::CoalitionsMissing { component: id("plant"), missing: vec!["bucheon".into()] };
        refused(pair(rule.clone(), costs(&[("ansan", 110), ("ansan+bucheon", 150)])), missing);
        // What all members pay together is known.
        assert_eq!(shares(&pair(rule, costs(&[("ansan", 110), ("bucheon", 70)]))), [95, 55]);
    }
    let ten = "abcdefghij".split("").filter(|name| !name.is_empty()).collect::<Vec<_>>();
    let model = plant(component(1, &ten, Rule::Shapley));
    let Err(R::CoalitionsMissing { missing, .. }) = allocation::solve(&model, allocation::AT_ONCE) else { panic!() };
    assert_eq!(missing.len(), 10, "of 1,023 the first ten are named");
}

#[test]
fn separable_costs_need_no_other_coalitions_than_their_own() {
    let many: Vec<String> = (0..30).map(|number| format!("city-{number:02}")).collect();
    let all = many.join("+");
    let mut table: Costs = many.iter().map(|city| (city.clone(), won(100))).collect();
    for out in &many {
        let others: Vec<&str> = many.iter().filter(|city| *city != out).map(String::as_str).collect();
        table.insert(others.join("+"), won(1160));
    }
    table.insert(all, won(1200));
    let members: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(shares(&with_costs(plant(component(1200, &members, Rule::Scrb)), table)), [40; 30]);
}

#[test]
fn while_a_command_waits_up_to_ten_members_are_solved() {
    let many: Vec<String> = (0..11).map(|number| format!("city-{number:02}")).collect();
    let members: Vec<&str> = many.iter().map(String::as_str).collect();
    for rule in &GAMES[1..] {
        let model = plant(component(1, &members, rule.clone()));
        let refusal = R::TooManyMembers { component: id("plant"), members: 11, limit: 10 };
        assert_eq!(allocation::solve(&model, allocation::AT_ONCE), Err(refusal));
        // Ten cities of which each needs a longer runway than the one before: each pays a part of the pieces it uses.
        let table = |set: &[&str]| set.iter().map(|city| 100 * (members.iter().position(|m| m == city).unwrap() + 1)).max().unwrap();
        let sets =
            (1..1 << 10).map(|set| members.iter().enumerate().filter(move |(place, _)| set >> place & 1 == 1).map(|(_, city)| *city));
        let sets = sets.map(Iterator::collect::<Vec<&str>>);
        let costs = sets.map(|set| (set.join("+"), won(i64::try_from(table(&set)).unwrap()))).collect();
        let shares = shares(&with_costs(plant(component(1000, &members[..10], rule.clone())), costs));
        assert!(shares.is_sorted() && shares[0] > 0, "{shares:?}");
    }
}

#[test]
fn all_members_together_cost_what_is_shared_after_grants() {
    for rule in GAMES {
        let mut model = pair(rule, towns());
        let plant = model.components.get_mut(&id("plant")).unwrap();
        plant.cost = won(170);
        let differs = R::GrandCoalitionDiffers { component: id("plant"), shared: won(170) };
        plant.grants = vec![Grant { from: "province".into(), amount: GrantAmount::Fixed(won(20)) }];
        assert_eq!(shares(&model), [95, 55]);
        model.components.get_mut(&id("plant")).unwrap().grants.clear();
        refused(model, differs);
    }
}

#[test]
fn separable_costs_leave_no_remaining_benefit_below_zero() {
    // Osan adds 60 to the others' cost and would cost 50 alone: it pays its separable cost and nothing of the rest.
    let table = [("ansan", 100), ("bucheon", 100), ("osan", 50), ("ansan+bucheon", 140), ("ansan+osan", 150), ("bucheon+osan", 150)];
    assert_eq!(shares(&three(&table, 200, Rule::Scrb)), [70, 70, 60]);
}

#[test]
fn where_no_rule_applies_there_is_no_solution() {
    let no_solution = |why| R::NoSolution { component: id("plant"), why };
    // At 80 each alone they save 10 together; at 70 it costs them 10 more.
    let cheaper = costs(&[("ansan", 80), ("bucheon", 80), ("ansan+bucheon", 150)]);
    assert_eq!(shares(&pair(Rule::Nucleolus, cheaper)), [75, 75]);
    let dearer = costs(&[("ansan", 70), ("bucheon", 70), ("ansan+bucheon", 150)]);
    refused(pair(Rule::Nucleolus, dearer.clone()), no_solution(Unsolvable::AloneIsCheaper));
    refused(pair(Rule::Scrb, dearer), no_solution(Unsolvable::NothingToShareBy));
    let additive = costs(&[("ansan", 80), ("bucheon", 70), ("ansan+bucheon", 150)]);
    assert_eq!(shares(&pair(Rule::Scrb, additive)), [80, 70]);
}

#[test]
fn a_nucleolus_says_by_which_solver_it_was_found() {
    let of = |members: usize, rule| {
        let names: Vec<String> = (0..members).map(|nth| format!("town-{nth:02}")).collect();
        let need: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "7")).collect();
        let members: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut model = with_driver(plant(component(300_000, &members, rule)), "need", &need);
        plant_of(&mut model).costs = Some(Capacity { a: won(100_000), b: id("0.5"), need: id("need") });
        allocation::solve(&model, members.len()).unwrap().solver
    };
    let version = of(13, Rule::PerCapitaNucleolus);
    let (name, number) = version.split_once(' ').unwrap();
    let lock: toml::Table = include_str!("../../../../Cargo.lock").parse().unwrap();
    let packages = lock["package"].as_array().unwrap();
    let locked = packages.iter().find(|package| package["name"].as_str() == Some(name)).unwrap();
    assert_eq!(locked["version"].as_str(), Some(number), "the name of the solver is out of date");
    // One of fewer is found in whole numbers.
    for (members, exact) in [(13, Rule::Shapley), (12, Rule::Nucleolus), (4, Rule::PerCapitaNucleolus), (4, Rule::ProportionalNucleolus)] {
        assert_eq!(of(members, exact), "exact arithmetic");
    }
}

/// Savings of 10^13 won that differ by single won: floating-point arithmetic does not see the differences.
#[test]
fn costs_that_floating_point_cannot_tell_apart_are_told_apart() {
    let far = 10_000_000_000_000;
    let alone = 2 * far;
    let table = [
        ("ansan", alone),
        ("bucheon", alone),
        ("osan", alone),
        ("ansan+bucheon", 2 * alone - far),
        ("ansan+osan", 2 * alone - far - 1),
        ("bucheon+osan", 2 * alone - far - 2),
    ];
    // Of pairs that save 10^13, 10^13 + 1 and 10^13 + 2, all together 10^13 + 2: who is in both better pairs keeps more, to the won.
    let all = 3 * alone - far - 2;
    let exact = shares(&three(&table, all, Rule::Nucleolus));
    assert_eq!(exact.iter().sum::<i128>(), i128::from(all));
    assert_eq!((exact[0] - exact[1], exact[1] - exact[2]), (1, 1));
}
