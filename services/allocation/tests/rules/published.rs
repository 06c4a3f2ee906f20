//! Published allocations come out of the rules, within the precision in which they were printed. The tables stand in `tests/data`, with their sources.

use std::collections::BTreeMap;

use proto::allocation::{Costs, Model, Rule};
use proto::money::{Currency, Money};
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::table::{component, id, plant, with_driver};

/// So many won stand for one published unit: rounding to the won is then far below any printed digit.
const UNIT: i64 = 1_000_000_000_000;

type Figures = BTreeMap<String, f64>;

#[derive(Deserialize)]
struct Games {
    game: Vec<Game>,
}

/// A game as `tests/data` states it: in one of five ways.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Game {
    title: String,
    #[serde(rename = "source")]
    _source: String,
    #[serde(default, rename = "unit")]
    _unit: String,
    tolerance: f64,
    #[serde(default)]
    members: Vec<String>,
    #[serde(default)]
    driver: Figures,
    costs: Option<Figures>,
    worth: Option<Figures>,
    estate: Option<f64>,
    #[serde(default)]
    claims: Figures,
    quota: Option<f64>,
    #[serde(default)]
    weights: Figures,
    largest: Option<Figures>,
    published: BTreeMap<String, Figures>,
}

impl Game {
    fn members(&self) -> Vec<String> {
        let tables = [&self.costs, &self.worth, &self.largest].into_iter().flatten().chain([&self.claims, &self.weights]);
        let mut members: Vec<String> = tables.flat_map(Figures::keys).filter(|name| !name.contains('+')).cloned().collect();
        members.extend(self.members.clone());
        members.sort();
        members.dedup();
        members
    }

    /// What a set of members saves or wins; none where costs are given as they are.
    fn benefit(&self, set: &[&str]) -> Option<f64> {
        let sum = |table: &Figures, inside: bool| -> f64 {
            table.iter().filter(|(who, _)| set.contains(&who.as_str()) == inside).map(|(_, figure)| figure).sum()
        };
        let worth = self.worth.as_ref().map(|worth| worth.get(&set.join("+")).copied().unwrap_or(0.0));
        let estate = self.estate.map(|estate| (estate - sum(&self.claims, false)).max(0.0));
        let quota = self.quota.map(|quota| f64::from(sum(&self.weights, true) >= quota));
        let largest = self.largest.as_ref().map(|needs| set.iter().map(|who| needs[*who]).fold(0.0, f64::max));
        worth.or(estate).or(quota).or(largest)
    }

    /// What everyone would pay alone where only benefits are published: enough that no coalition's cost is below zero.
    fn alone(&self) -> f64 {
        if self.costs.is_some() { 0.0 } else { 400.0 }
    }

    fn costs(&self) -> BTreeMap<String, Money> {
        let members = self.members();
        let sets = (1..1_usize << members.len())
            .map(|set| members.iter().enumerate().filter(|(place, _)| set >> place & 1 == 1).map(|(_, name)| name.as_str()).collect());
        sets.map(|set: Vec<&str>| {
            let size = f64::from(u8::try_from(set.len()).unwrap());
            let cost = self.benefit(&set).map_or_else(|| self.costs.as_ref().unwrap()[&set.join("+")], |saved| size * self.alone() - saved);
            (set.join("+"), money(cost))
        })
        .collect()
    }

    fn model(&self, rule: &str) -> Model {
        let costs = self.costs();
        let members = self.members();
        let all = costs[&members.join("+")];
        let rule = match rule {
            "driver" => Rule::Driver(id("driver")),
            other => serde_json::from_value(other.into()).unwrap(),
        };
        let members: Vec<&str> = members.iter().map(String::as_str).collect();
        let mut component = component(0, &members, rule);
        component.cost = all;
        component.costs = Some(Costs::Listed(costs));
        let figures: Vec<(&str, String)> = self.driver.iter().map(|(who, figure)| (who.as_str(), figure.to_string())).collect();
        let figures: Vec<(&str, &str)> = figures.iter().map(|(who, figure)| (*who, figure.as_str())).collect();
        with_driver(plant(component), "driver", &figures)
    }

    fn check(&self, rule: &str, row: &Figures) {
        let result = allocation::solve(&self.model(rule), allocation::AT_ONCE).unwrap();
        assert_eq!(result.total.len(), row.len(), "{}", self.title);
        for (who, printed) in row {
            let units: f64 = (result.total[&id(who)].amount / Decimal::from(UNIT)).try_into().unwrap();
            let computed = if self.costs.is_some() { units } else { self.alone() - units };
            assert!((computed - printed).abs() <= self.tolerance, "{}, {rule}: {who} {computed}, published {printed}", self.title);
        }
    }
}

/// A published figure in won. Nine digits after the point are more than anyone prints.
fn money(figure: f64) -> Money {
    let amount = Decimal::from_f64_retain(figure).unwrap().round_dp(9) * Decimal::from(UNIT);
    Money { amount, currency: Currency::KRW }
}

fn check(games: &[Game]) -> Vec<String> {
    let rows = games.iter().flat_map(|game| game.published.iter().map(move |(rule, row)| (game, rule, row)));
    rows.map(|(game, rule, row)| {
        game.check(rule, row);
        format!("{}: {rule}", game.title)
    })
    .collect()
}

#[test]
fn tennessee_valley_authority() {
    let game: Game = toml::from_str(include_str!("../data/tva.toml")).unwrap();
    assert_eq!(check(&[game]).len(), 5);
}

#[test]
fn swedish_municipalities() {
    let game: Game = toml::from_str(include_str!("../data/skane.toml")).unwrap();
    assert_eq!(game.costs.as_ref().unwrap().len(), 63);
    assert_eq!(check(&[game]).len(), 7);
}

#[test]
fn small_games() {
    let games: Games = toml::from_str(include_str!("../data/games.toml")).unwrap();
    assert_eq!(check(&games.game).len(), 16);
}
