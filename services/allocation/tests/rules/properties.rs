//! What holds for every model, tried on random ones. Fixed seeds, and a fresh one each run, printed: put it among `SEEDS` if it finds something.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};

use coopgame::generators::SplitMix64;
use coopgame::nucleolus::variants;
use coopgame::{Domain, ExplicitGame, values};
use proto::allocation::{Model, Part, Rule};
use proto::money::Money;

use crate::table::{component, id, plant, shares, with_costs, with_driver, won};

const SEEDS: [u64; 3] = [1950, 1953, 1969];
const ROUNDS: usize = 12;

/// Rules for coalitions that have a solution for every such game.
const GAMES: [Rule; 5] = [Rule::Scrb, Rule::AlternateCostAvoided, Rule::Shapley, Rule::Nucleolus, Rule::PerCapitaNucleolus];
/// Those of them whose solution lies in the core if there is one.
const IN_CORE: [Rule; 3] = [Rule::Shapley, Rule::Nucleolus, Rule::PerCapitaNucleolus];

/// Costs as a network has them: each of some facilities costs so much and is needed by some of the members. Such costs are submodular.
pub struct Network {
    members: usize,
    facilities: Vec<(usize, i64)>,
}

impl Network {
    pub fn random(random: &mut SplitMix64) -> Self {
        let members = 2 + below(random, 5);
        let users = (1 << members) - 1;
        let facilities = (0..members + 2).map(|_| (1 + below(random, users), i64::try_from(below(random, 1_000_000)).unwrap())).collect();
        Self { members, facilities }
    }

    fn cost(&self, set: usize) -> i64 {
        self.facilities.iter().filter(|(users, _)| users & set != 0).map(|(_, cost)| cost).sum()
    }

    fn all(&self) -> usize {
        (1 << self.members) - 1
    }

    fn costs(&self) -> BTreeMap<String, Money> {
        (1..=self.all()).map(|set| (names(set).join("+"), won(self.cost(set)))).collect()
    }

    pub fn model(&self, rule: &Rule) -> Model {
        with_costs(plant(component(self.cost(self.all()), &names(self.all()), rule.clone())), self.costs())
    }

    /// The same network, in which whatever one of two members uses the other uses as well.
    fn with_twins(mut self) -> Self {
        for (users, _) in &mut self.facilities {
            if *users & 3 != 0 {
                *users |= 3;
            }
        }
        self
    }

    /// The same network without any use of it by the first member.
    fn with_idler(mut self) -> Self {
        for (users, cost) in &mut self.facilities {
            *users &= !1;
            *cost *= i64::from(*users != 0);
        }
        self
    }
}

pub fn names(set: usize) -> Vec<&'static str> {
    let names = ["ansan", "bucheon", "gunpo", "hwaseong", "osan", "siheung", "uiwang"];
    names.into_iter().enumerate().filter(|(place, _)| set >> place & 1 == 1).map(|(_, name)| name).collect()
}

pub fn below(random: &mut SplitMix64, bound: usize) -> usize {
    usize::try_from(random.next_u64() % bound as u64).unwrap()
}

pub fn try_on_random(mut check: impl FnMut(&mut SplitMix64)) {
    let fresh = RandomState::new().build_hasher().finish();
    for seed in SEEDS.into_iter().chain([fresh]) {
        println!("seed {seed}");
        let mut random = SplitMix64::new(seed);
        (0..ROUNDS).for_each(|_| check(&mut random));
    }
}

#[test]
fn every_rule_shares_exactly_what_there_is() {
    try_on_random(|random| {
        let network = Network::random(random);
        let part = |percent: &str, driver: Option<&str>| Part { percent: id(percent), driver: driver.map(id) };
        let simple = [Rule::Equal, Rule::Driver(id("use")), Rule::Mix(vec![part("66.6", Some("use")), part("33.4", None)])];
        let figures: Vec<String> = (0..network.members).map(|_| format!("{}.{}", below(random, 900), 1 + below(random, 99))).collect();
        for rule in simple.iter().chain(&GAMES) {
            let values: Vec<(&str, &str)> = names(network.all()).into_iter().zip(figures.iter().map(String::as_str)).collect();
            let model = with_driver(network.model(rule), "use", &values);
            assert_eq!(shares(&model).iter().sum::<i128>(), i128::from(network.cost(network.all())));
        }
    });
}

#[test]
fn the_order_in_which_members_stand_changes_nothing() {
    try_on_random(|random| {
        let network = Network::random(random);
        for rule in GAMES.iter().chain([&Rule::Equal]) {
            let model = network.model(rule);
            let mut turned = model.clone();
            turned.components.get_mut(&id("plant")).unwrap().members.rotate_left(1);
            let (model, turned) =
                (allocation::solve(&model, allocation::AT_ONCE).unwrap(), allocation::solve(&turned, allocation::AT_ONCE).unwrap());
            assert_eq!((model.components, model.total), (turned.components, turned.total));
        }
    });
}

#[test]
fn equals_pay_the_same_up_to_one_won_by_name() {
    try_on_random(|random| {
        let network = Network::random(random).with_twins();
        for rule in &GAMES {
            let shares = shares(&network.model(rule));
            assert!((0..=1).contains(&(shares[0] - shares[1])), "{shares:?}");
        }
    });
}

#[test]
fn whoever_needs_nothing_pays_nothing() {
    try_on_random(|random| {
        let network = Network::random(random).with_idler();
        for rule in &GAMES {
            assert_eq!(shares(&network.model(rule))[0], 0);
        }
    });
}

/// The core of a submodular cost game holds its Shapley value and its nucleolus; rounding may cost a coalition less than one won per member.
#[test]
fn no_coalition_pays_more_than_on_its_own() {
    try_on_random(|random| {
        let network = Network::random(random);
        for rule in &IN_CORE {
            let shares = shares(&network.model(rule));
            for set in 1..=network.all() {
                let paid: i128 = shares.iter().enumerate().filter(|(place, _)| set >> place & 1 == 1).map(|(_, share)| share).sum();
                assert!(paid < i128::from(network.cost(set)) + i128::from(set.count_ones()), "{shares:?} {set:b}");
            }
        }
    });
}

#[test]
fn the_exact_shapley_value_is_that_of_the_crate() {
    try_on_random(|random| {
        let network = Network::random(random);
        let costs: Vec<f64> = (1..=network.all()).map(|set| f64::from(i32::try_from(network.cost(set)).unwrap())).collect();
        let floating = values::shapley(&ExplicitGame::from_binary(&costs).unwrap());
        let exact = shares(&network.model(&Rule::Shapley));
        for (floating, exact) in floating.iter().zip(exact) {
            assert!((floating - f64::from(i32::try_from(exact).unwrap())).abs() < 1.001, "{floating} {exact}");
        }
    });
}

/// The crate solves the per capita nucleolus with all sets in one program; here sets are added as they turn out to matter.
#[test]
fn the_per_capita_nucleolus_is_that_of_the_crate() {
    try_on_random(|random| {
        let network = Network::random(random);
        let cost = |set: usize| f64::from(i32::try_from(network.cost(set)).unwrap());
        let alone = |set: usize| (0..network.members).filter(|member| set >> member & 1 == 1).map(|member| cost(1 << member)).sum::<f64>();
        let savings: Vec<f64> = (1..=network.all()).map(|set| alone(set) - cost(set)).collect();
        let game = ExplicitGame::from_binary(&savings).unwrap();
        let saved = variants::per_capita_nucleolus(&game, Domain::Imputation).unwrap();
        let exact = shares(&network.model(&Rule::PerCapitaNucleolus));
        for (member, (saved, exact)) in saved.allocation().iter().zip(exact).enumerate() {
            let floating = cost(1 << member) - saved;
            assert!((floating - f64::from(i32::try_from(exact).unwrap())).abs() < 1.001, "{floating} {exact}");
        }
    });
}
