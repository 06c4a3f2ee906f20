//! Money around the shares: limits, transfers, what is brought in kind, instalments, other currencies.

use proto::allocation::{Exchange, Figure, InKind, Limits, Model, Position, Refusal as R, Rule, Stand, Transfer, Unsolvable};
use proto::money::{Currency, Money};
use proto::words::Names;
use rust_decimal::Decimal;

use crate::models::refused;
use crate::table::{component, id, plant, plant_of, shares, with_driver, won};

const THREE: &[&str] = &["ansan", "bucheon", "osan"];

/// 600 won by needs of 1, 2 and 3.
fn model() -> Model {
    with_driver(plant(component(600, THREE, Rule::Driver(id("need")))), "need", &[("ansan", "1"), ("bucheon", "2"), ("osan", "3")])
}

fn limited(limits: &[(&str, Option<i64>, Option<i64>)]) -> Model {
    let mut model = model();
    let limit = |least: &Option<i64>, most: &Option<i64>| Limits { at_least: least.map(won), at_most: most.map(won) };
    plant_of(&mut model).limits = limits.iter().map(|(who, least, most)| (id(who), limit(least, most))).collect();
    model
}

fn totals(model: &Model) -> Vec<i128> {
    allocation::solve(model, allocation::AT_ONCE).unwrap().total.values().map(|total| total.units().unwrap()).collect()
}

#[test]
fn what_a_limit_takes_from_one_goes_to_the_others_by_their_shares() {
    assert_eq!(shares(&model()), [100, 200, 300]);
    assert_eq!(shares(&limited(&[("osan", None, Some(240))])), [120, 240, 240]);
    assert_eq!(shares(&limited(&[("ansan", Some(150), None)])), [150, 180, 270]);
    assert_eq!(shares(&limited(&[("osan", None, Some(240)), ("bucheon", None, Some(210))])), [150, 210, 240]);
    assert_eq!(shares(&limited(&[("osan", Some(10), Some(590))])), [100, 200, 300], "a limit that is kept changes nothing");
    assert_eq!(shares(&limited(&[("osan", Some(300), Some(300)), ("ansan", Some(0), Some(0))])), [0, 300, 300]);
}

#[test]
fn who_pays_nothing_by_the_rule_takes_the_rest_where_all_others_are_at_their_limits() {
    let mut model = limited(&[("bucheon", None, Some(200)), ("osan", None, Some(300))]);
    model.drivers.get_mut(&id("need")).unwrap().values.insert(id("ansan"), Decimal::ZERO);
    assert_eq!(shares(&model), [100, 200, 300]);
}

#[test]
fn limits_that_no_shares_keep_are_refused() {
    let cannot = || R::LimitsCannotBeMet { component: id("plant"), shared: won(600) };
    let both = |limits| allocation::solve(&limited(limits), allocation::AT_ONCE);
    assert_eq!(both(&[("ansan", None, Some(100)), ("bucheon", None, Some(100)), ("osan", None, Some(399))]), Err(cannot()));
    assert_eq!(both(&[("ansan", Some(301), None), ("osan", Some(300), None)]), Err(cannot()));
    assert_eq!(both(&[("ansan", Some(200), Some(100))]), Err(cannot()));
    // Also where somebody else, who pays nothing by the rule, could pay all.
    let mut floor = limited(&[("osan", Some(601), None)]);
    for who in ["ansan", "bucheon"] {
        floor.drivers.get_mut(&id("need")).unwrap().values.insert(id(who), Decimal::ZERO);
    }
    assert_eq!(allocation::solve(&floor, allocation::AT_ONCE), Err(cannot()));
    assert_eq!(both(&[("siheung", Some(1), None)]), Err(R::NotAMember { component: id("plant"), who: id("siheung") }));
}

fn transfer(from: Option<&str>, to: &str, amount: i64) -> Transfer {
    Transfer { names: Names::new("For the host", "유치지역 지원"), from: from.map(id), to: id(to), amount: won(amount) }
}

#[test]
fn a_host_is_compensated_by_the_others_in_proportion_to_their_shares() {
    let mut model = model();
    plant_of(&mut model).transfers = vec![transfer(None, "osan", 90), transfer(Some("osan"), "ansan", 7)];
    let result = allocation::solve(&model, allocation::AT_ONCE).unwrap();
    let of = &result.components[&id("plant")];
    let moved: Vec<i128> = of.transfers.values().map(|money| money.units().unwrap()).collect();
    assert_eq!(moved, [30 - 7, 60, -90 + 7]);
    assert_eq!(totals(&model), [123, 260, 217]);
    assert_eq!(of.shares.values().map(|money| money.units().unwrap()).sum::<i128>(), 600);
}

#[test]
fn where_nobody_else_has_a_share_the_host_is_compensated_equally() {
    let mut model = model();
    let need = &mut model.drivers.get_mut(&id("need")).unwrap().values;
    need.extend([(id("ansan"), Decimal::ZERO), (id("bucheon"), Decimal::ZERO)]);
    plant_of(&mut model).transfers = vec![transfer(None, "osan", 91)];
    assert_eq!(totals(&model), [46, 45, 509]);
}

#[test]
fn nobody_pays_itself_or_a_stranger() {
    let with = |transfer| {
        let mut model = plant(component(1000, &["ansan", "bucheon"], Rule::Equal));
        plant_of(&mut model).transfers = vec![transfer];
        model
    };
    refused(with(transfer(Some("ansan"), "ansan", 1)), R::PaysItself { component: id("plant"), who: id("ansan") });
    refused(with(transfer(Some("ansan"), "siheung", 1)), R::NotAMember { component: id("plant"), who: id("siheung") });
    refused(with(transfer(Some("siheung"), "ansan", 1)), R::NotAMember { component: id("plant"), who: id("siheung") });
    refused(with(transfer(None, "ansan", -1)), R::BadCost { component: id("plant"), at: "transfers.0".into() });
    let blank = Transfer { names: Names::new("", " "), ..transfer(None, "ansan", 1) };
    refused(with(blank), R::Empty { field: "components.plant.transfers.0.names".into() });
}

#[test]
fn what_is_brought_in_kind_is_part_of_what_is_shared() {
    let with = |value, by| {
        let mut model = plant(component(1000, &["ansan", "bucheon"], Rule::Equal));
        plant_of(&mut model).in_kind = vec![InKind { names: Names::new("Land", "부지"), by: id(by), value: won(value) }];
        model
    };
    assert_eq!(shares(&with(1000, "ansan")), [500, 500]);
    refused(with(1001, "ansan"), R::InKindExceedsShared { component: id("plant"), shared: won(1000) });
    refused(with(1, "siheung"), R::NotAMember { component: id("plant"), who: id("siheung") });
}

#[test]
fn instalments_make_a_whole() {
    let with = |years: &[(i16, &str)]| {
        let mut model = plant(component(1000, &["ansan", "bucheon"], Rule::Equal));
        plant_of(&mut model).instalments = years.iter().map(|(year, percent)| (*year, id(percent))).collect();
        model
    };
    assert_eq!(shares(&with(&[(2015, "33.3"), (2016, "66.7")])), [500, 500]);
    let percent = |percent: &str| R::InstalmentsNotWhole { component: id("plant"), percent: percent.into() };
    refused(with(&[(2015, "33.3"), (2016, "66.6")]), percent("99.9"));
    refused(with(&[(2015, "-1"), (2016, "101")]), percent("100"));
}

/// A bridge whose two halves are paid in different money.
#[test]
fn each_component_is_shared_in_its_own_money_and_totals_in_one() {
    let currency = |code: &str| Currency::try_from(code.to_owned()).unwrap();
    let mut model = plant(component(1000, &["ansan", "bucheon"], Rule::Equal));
    let mut ramps = component(0, &["ansan", "bucheon"], Rule::Equal);
    ramps.cost = Money { amount: id("10.01"), currency: currency("USD") };
    model.components.insert(id("ramps"), ramps);
    let missing = R::NoExchangeRate { component: id("ramps"), currency: currency("USD") };
    refused(model.clone(), missing.clone());
    let rate = |rate: &str| Exchange { rate: id(rate), on: id("2015-06-08"), source: "Bank of Korea".into() };
    model.exchange.insert(currency("USD"), rate("1118.3"));
    let result = allocation::solve(&model, allocation::AT_ONCE).unwrap();
    let cents: Vec<i128> = result.components[&id("ramps")].shares.values().map(|share| share.units().unwrap()).collect();
    assert_eq!(cents, [501, 500]);
    // 10.01 dollars are 11,194.183 won; 5.01 of them 5,602.683 and 5.00 of them 5,591.5.
    assert_eq!(totals(&model), [500 + 5603, 500 + 5591]);
    model.exchange.insert(currency("USD"), rate("79228162514264337593543950335"));
    refused(model.clone(), R::NoSolution { component: id("ramps"), why: Unsolvable::TooLarge });
    model.exchange.insert(currency("USD"), rate("0"));
    refused(model, missing);
}

#[test]
fn a_party_says_one_thing_of_a_figure_that_there_is() {
    let need = || Figure::Driver { driver: id("need"), of: id("osan") };
    let stand = |by, figure| Stand { by: id(by), figure, position: Position::Disputes { own: id("2.5") } };
    let with = |stands: &[Stand]| {
        let mut model = model();
        model.stands = stands.to_vec();
        model
    };
    let both = with(&[stand("ansan", need()), stand("osan", need()), stand("osan", Figure::Cost { component: id("plant") })]);
    assert_eq!(shares(&both), [100, 200, 300], "positions change no share");
    let bad = |model: Model| assert_eq!(allocation::solve(&model, allocation::AT_ONCE), Err(R::BadStand { by: id("ansan") }));
    bad(with(&[stand("ansan", need()), stand("ansan", need())]));
    bad(with(&[stand("ansan", Figure::Driver { driver: id("need"), of: id("siheung") })]));
    bad(with(&[stand("ansan", Figure::Driver { driver: id("use"), of: id("osan") })]));
    bad(with(&[stand("ansan", Figure::Cost { component: id("hall") })]));
    bad(with(&[stand("ansan", Figure::Coalition { component: id("plant"), coalition: "osan".into() })]));
}

/// Two parts of 1.6 × 10^38 units each: one fits the arithmetic, both together would not.
#[test]
fn no_rate_of_exchange_is_too_much_for_the_arithmetic() {
    let dollar = Currency::try_from("USD".to_owned()).unwrap();
    let mut model = plant(component(1, &["ansan"], Rule::Equal));
    plant_of(&mut model).cost = Money { amount: id("9999999999999999.99"), currency: dollar };
    let second = model.components[&id("plant")].clone();
    model.components.insert(id("road"), second);
    let rate = Exchange { rate: id("16000000000000000000000"), on: id("2020-01-01"), source: "bank".into() };
    model.exchange = [(dollar, rate)].into();
    let too_large = R::NoSolution { component: id("plant"), why: Unsolvable::TooLarge };
    assert_eq!(allocation::solve(&model, allocation::AT_ONCE), Err(too_large));
}
