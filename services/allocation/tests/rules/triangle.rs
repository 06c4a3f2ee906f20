//! The picture of three members.

use std::collections::BTreeMap;

use coopgame::game::exact::{Rational, parse_rational};
use proto::allocation::{Exact, Model, Point, Refusal as R, Rule, Triangle};

use crate::table::{component, costs, id, plant, with_costs, with_driver};

fn n(exact: &Exact) -> Rational {
    parse_rational(exact.fraction.as_ref().unwrap_or(&exact.decimal.to_string())).unwrap()
}

fn numbers(point: &Point) -> Vec<String> {
    point.shares.values().map(|share| share.decimal.to_string()).collect()
}

fn triangle(model: &Model) -> Triangle {
    let id = model.components.keys().next().unwrap();
    allocation::triangle(model, id, allocation::AT_ONCE).unwrap().unwrap()
}

fn file(name: &str) -> Model {
    let path = format!("{}/../../tests/models/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Whether a point lies on the same side of all sides of a polygon whose corners go round it, by the first two shares.
fn inside(polygon: &[Point], point: &Point) -> bool {
    let plane = |point: &Point| point.shares.values().take(2).map(n).collect::<Vec<_>>();
    let of = plane(point);
    let next = polygon.iter().cycle().skip(1);
    let sides: Vec<Rational> = polygon
        .iter()
        .zip(next)
        .map(|(from, to)| {
            let (from, to) = (plane(from), plane(to));
            (&to[0] - &from[0]) * (&of[1] - &from[1]) - (&to[1] - &from[1]) * (&of[0] - &from[0])
        })
        .collect();
    let zero = Rational::from_integer(0.into());
    sides.iter().all(|side| *side >= zero) || sides.iter().all(|side| *side <= zero)
}

/// Ransmeier's table (1942): the engineers' shares, the Shapley value and the nucleolus are three points, and all lie in the core.
#[test]
fn the_published_points_of_tennessee_lie_in_the_core() {
    let triangle = triangle(&file("tva"));
    let core: Vec<Vec<String>> = triangle.core.iter().map(numbers).collect();
    // Flood control bears 33,763 to 140,826 thousand, navigation 45,214 to 163,520, power 110,977 to 250,096.
    assert_eq!(
        core,
        [
            ["140826000", "160781000", "110977000"],
            ["140826000", "45214000", "226544000"],
            ["117274000", "45214000", "250096000"],
            ["33763000", "128725000", "250096000"],
            ["33763000", "163520000", "215301000"],
            ["138087000", "163520000", "110977000"],
        ]
    );
    for rule in [Rule::Scrb, Rule::AlternateCostAvoided, Rule::Gately, Rule::Shapley, Rule::Nucleolus] {
        let at = triangle.rules.iter().find(|point| point.rule == rule).unwrap();
        assert!(at.in_core && inside(&triangle.core, &at.point), "{at:?}");
        let sum: Rational = at.point.at.as_ref().unwrap().values().map(n).sum();
        assert_eq!(sum, Rational::from_integer(1.into()));
    }
    assert_eq!(triangle.rules[0].rule, Rule::Nucleolus, "the model's own comes first");
    let outside = triangle.rules.iter().filter(|at| at.in_core != inside(&triangle.core, &at.point)).count();
    assert_eq!(outside, 0);
}

#[test]
fn corners_are_where_two_pay_what_they_would_alone() {
    let triangle = triangle(&file("tva"));
    let corner = &triangle.corners[&id("p")];
    assert_eq!(numbers(corner), ["140826000", "163520000", "108238000"]);
    let at: BTreeMap<_, _> = corner.at.clone().unwrap();
    assert_eq!(at.values().map(|part| part.decimal.to_string()).collect::<Vec<_>>(), ["0", "0", "1"]);
    assert_eq!((triangle.shared.decimal.to_string(), triangle.saved.decimal.to_string()), ("412584000".into(), "141858000".into()));
}

const THREE: &[&str] = &["ansan", "bucheon", "osan"];

/// Each would pay 60 alone, any two so much.
fn towns(shared: i64, pair: i64) -> Model {
    let (alone, pairs) = (["ansan", "bucheon", "osan"], ["ansan+bucheon", "ansan+osan", "bucheon+osan"]);
    let table = [alone.map(|name| (name, 60)), pairs.map(|name| (name, pair))].concat();
    with_costs(plant(component(shared, THREE, Rule::Equal)), costs(&table))
}

#[test]
fn an_empty_core_has_no_corners_and_a_core_of_one_point_has_one() {
    // Any two pay 80 together, so three would pay 120 at most.
    assert_eq!(triangle(&towns(130, 80)).core, []);
    assert_eq!(triangle(&towns(120, 80)).core.iter().map(numbers).collect::<Vec<_>>(), [["40", "40", "40"]]);
    assert!(triangle(&towns(119, 80)).core.len() > 2);
    // Nothing is saved: the triangle is a point.
    let nothing = triangle(&towns(180, 120));
    assert_eq!(nothing.core.iter().map(numbers).collect::<Vec<_>>(), [["60", "60", "60"]]);
    assert_eq!(nothing.core[0].at, None);
}

#[test]
fn only_three_have_a_picture() {
    let two = with_costs(plant(component(100, &["ansan", "osan"], Rule::Equal)), costs(&[("ansan", 60), ("osan", 60)]));
    assert_eq!(allocation::triangle(&two, &id("plant"), allocation::AT_ONCE), Ok(None));
    assert_eq!(allocation::triangle(&two, &id("hall"), allocation::AT_ONCE), Err(R::UnknownComponent { component: id("hall") }));
    let mut model = towns(110, 80);
    model.components.insert(id("hall"), two.components.into_values().next().unwrap());
    model.components.insert(id("road"), component(90, THREE, Rule::Equal));
    let all = allocation::triangles(&model, allocation::AT_ONCE).unwrap().components;
    assert_eq!(all.into_keys().collect::<Vec<_>>(), [id("plant")], "of the road nobody knows what two would pay");
    let by_figure = with_driver(towns(110, 80), "population", &[("ansan", "1"), ("bucheon", "1"), ("osan", "8")]);
    let far = triangle(&by_figure).rules.into_iter().find(|at| at.rule == Rule::Driver(id("population"))).unwrap();
    assert!(!far.in_core);
    assert_eq!(far.point.at.unwrap()[&id("osan")].decimal.to_string(), "-0.4", "88 where 60 would be paid alone and 70 are saved");
}
