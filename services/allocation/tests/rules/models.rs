//! What a model must be, and how money is shared by simple rules. Every refusal is that of the solver and of the rules alike.

use std::collections::BTreeMap;

use proto::allocation::{Component, Grant, GrantAmount, Model, Part, Refusal as R, Rule};
use proto::money::{Currency, Money};
use proto::words::Names;

use crate::table::{Table, component, halves, id, plant, shares, table_run, with_costs, with_driver, won};

#[track_caller]
pub fn refused(model: Model, refusal: R) {
    assert_eq!(allocation::solve(&model, allocation::AT_ONCE), Err(refusal.clone()));
    let asked = Table::new().asks("ansan-delegate", table_run("run", model));
    assert_eq!(asked, Err(refusal.into()));
}

fn changed(change: impl FnOnce(&mut Component)) -> Model {
    let mut model = halves();
    change(model.components.get_mut(&id("plant")).unwrap());
    model
}

fn granted(amounts: &[GrantAmount]) -> Model {
    changed(|plant| plant.grants = amounts.iter().map(|amount| Grant { from: "province".into(), amount: amount.clone() }).collect())
}

fn rate(percent: &str, cap: Option<i64>) -> GrantAmount {
    GrantAmount::Rate { percent: id(percent), cap: cap.map(won) }
}

fn by(rule: Rule) -> Model {
    changed(|plant| plant.rule = rule)
}

fn part(percent: &str, driver: Option<&str>) -> Part {
    Part { percent: id(percent), driver: driver.map(id) }
}

fn bad_cost(at: &str) -> R {
    R::BadCost { component: id("plant"), at: at.to_owned() }
}

#[test]
fn there_must_be_components_with_names_and_members() {
    refused(Model { components: BTreeMap::new(), ..halves() }, R::NoComponents);
    refused(changed(|plant| plant.members.clear()), R::NoMembers { component: id("plant") });
    let twice = R::MemberTwice { component: id("plant"), member: id("ansan") };
    refused(changed(|plant| plant.members.push(id("ansan"))), twice);
    refused(changed(|plant| plant.names = Names::new("", " ")), R::Empty { field: "components.plant.names".into() });
    let mut nameless = with_driver(halves(), "population", &[]);
    nameless.drivers.get_mut(&id("population")).unwrap().names = Names::new("", "");
    refused(nameless, R::Empty { field: "drivers.population.names".into() });
}

#[test]
fn all_money_of_a_component_is_in_its_currency() {
    let other = |at: &str| R::OtherCurrency { component: id("plant"), at: at.to_owned(), currency: Currency::KRW };
    let dollars = Money { currency: Currency::try_from("USD".to_owned()).unwrap(), ..won(1) };
    refused(changed(|plant| plant.cost = dollars), R::NoExchangeRate { component: id("plant"), currency: dollars.currency });
    refused(granted(&[GrantAmount::Fixed(dollars)]), other("grants.0"));
    refused(by(Rule::Fixed([(id("ansan"), dollars)].into())), other("rule.fixed.ansan"));
    // Also where the rule does not go by it.
    for rule in [Rule::Scrb, Rule::Equal] {
        refused(with_costs(by(rule), [("ansan+bucheon".to_owned(), dollars)].into()), other("costs.ansan+bucheon"));
    }
}

#[test]
fn amounts_are_zero_or_more_whole_units_and_not_absurd() {
    for amount in ["-1", "0.5", "1000000000000000000", "79228162514264337593543950335"] {
        let money = Money { amount: id(amount), currency: Currency::KRW };
        refused(changed(|plant| plant.cost = money), bad_cost("cost"));
        refused(granted(&[rate("1", None), GrantAmount::Fixed(money)]), bad_cost("grants.1"));
        refused(by(Rule::Fixed([(id("ansan"), money)].into())), bad_cost("rule.fixed.ansan"));
        for rule in [Rule::Shapley, Rule::Equal] {
            refused(with_costs(by(rule), [("ansan".to_owned(), money)].into()), bad_cost("costs.ansan"));
        }
    }
    assert_eq!(shares(&changed(|plant| plant.cost = won(999_999_999_999_999_999))), [500_000_000_000_000_000, 499_999_999_999_999_999]);
}

#[test]
fn cents_are_shared_to_the_cent() {
    let mut model = halves();
    model.currency = Currency::try_from("USD".to_owned()).unwrap();
    model.components.get_mut(&id("plant")).unwrap().cost = Money { amount: id("0.25"), currency: model.currency };
    let total = allocation::solve(&model, allocation::AT_ONCE).unwrap().total;
    assert_eq!(total.values().map(ToString::to_string).collect::<Vec<_>>(), ["0.13 USD", "0.12 USD"]);
}

#[test]
fn grants_come_off_the_cost_before_it_is_shared() {
    let fixed = GrantAmount::Fixed(won(100));
    let result = allocation::solve(&granted(&[fixed, rate("33.35", None), rate("50", Some(120))]), allocation::AT_ONCE).unwrap();
    let plant = &result.components[&id("plant")];
    assert_eq!((plant.granted, plant.shared), (won(100 + 333 + 120), won(447)), "333.5 is rounded down; 500 is capped");
    assert_eq!(plant.shares.values().copied().collect::<Vec<_>>(), [won(224), won(223)]);
    assert_eq!(shares(&granted(&[rate("100", None)])), [0, 0]);
}

#[test]
fn grants_stay_within_the_cost() {
    let exceed = R::GrantsExceedCost { component: id("plant") };
    refused(granted(&[GrantAmount::Fixed(won(1001))]), exceed.clone());
    refused(granted(&[rate("60", None), rate("50", None)]), exceed);
    let bad_rate = R::BadRate { component: id("plant"), from: "province".into() };
    refused(granted(&[rate("-1", None)]), bad_rate.clone());
    refused(granted(&[rate("100.1", Some(1))]), bad_rate);
    refused(granted(&[rate("1", Some(-1))]), bad_cost("grants.0"));
    let nobodys = Grant { from: " ".into(), amount: rate("1", None) };
    refused(changed(|plant| plant.grants = vec![nobodys]), R::Empty { field: "components.plant.grants.0.from".into() });
}

#[test]
fn a_driver_needs_a_figure_for_every_member_and_one_above_zero() {
    let model = |values: &[(&str, &str)]| with_driver(by(Rule::Driver(id("population"))), "population", values);
    assert_eq!(shares(&model(&[("ansan", "714.5"), ("bucheon", "285.5"), ("osan", "1")])), [715, 285]);
    assert_eq!(shares(&model(&[("ansan", "0"), ("bucheon", "0.0001")])), [0, 1000]);
    let gap = R::DriverGap { driver: id("population"), member: id("bucheon") };
    refused(model(&[("ansan", "1")]), gap.clone());
    refused(model(&[("ansan", "1"), ("bucheon", "-1")]), gap.clone());
    // Also of a figure that nothing goes by.
    refused(with_driver(halves(), "population", &[("ansan", "1"), ("bucheon", "-1")]), gap);
    let zero = R::DriverZero { component: id("plant"), driver: id("population") };
    refused(model(&[("ansan", "0"), ("bucheon", "0")]), zero);
    let unknown = R::UnknownDriver { component: id("plant"), driver: id("deaths") };
    refused(by(Rule::Driver(id("deaths"))), unknown);
}

#[test]
fn a_mix_weighs_drivers_against_equal_parts() {
    let model = |parts: &[Part]| with_driver(by(Rule::Mix(parts.to_vec())), "population", &[("ansan", "3"), ("bucheon", "1")]);
    assert_eq!(shares(&model(&[part("90", Some("population")), part("10", None)])), [725, 275]);
    assert_eq!(shares(&model(&[part("100", None), part("0", Some("population"))])), [500, 500]);
    let not_whole = |percent: &str| R::MixNotWhole { component: id("plant"), percent: percent.into() };
    refused(model(&[part("90", Some("population")), part("9.99", None)]), not_whole("99.99"));
    refused(model(&[part("150", None), part("-50", Some("population"))]), not_whole("100"));
    refused(model(&[]), not_whole("0"));
    let absurd = "79228162514264337593543950335";
    refused(model(&[part(absurd, None), part("1", None)]), not_whole("79228162514264337593543950336"));
    refused(model(&[part("100", Some("deaths"))]), R::UnknownDriver { component: id("plant"), driver: id("deaths") });
}

#[test]
fn fixed_amounts_are_the_members_and_add_up() {
    let fixed = |amounts: &[(&str, i64)]| by(Rule::Fixed(amounts.iter().map(|(who, amount)| (id(who), won(*amount))).collect()));
    assert_eq!(shares(&fixed(&[("ansan", 400), ("bucheon", 600)])), [400, 600]);
    assert_eq!(shares(&fixed(&[("bucheon", 1000)])), [0, 1000]);
    let mismatch = R::FixedMismatch { component: id("plant"), shared: won(1000) };
    refused(fixed(&[("ansan", 400), ("bucheon", 599)]), mismatch);
    let stranger = R::NotAMember { component: id("plant"), who: id("siheung") };
    refused(fixed(&[("ansan", 400), ("bucheon", 600), ("siheung", 0)]), stranger);
}

#[test]
fn a_total_is_the_sum_of_its_components() {
    let mut model = halves();
    model.components.insert(id("hall"), component(7, &["ansan"], Rule::Equal));
    let result = allocation::solve(&model, allocation::AT_ONCE).unwrap();
    assert_eq!(result.total, [(id("ansan"), won(507)), (id("bucheon"), won(500))].into());
    assert_eq!(result.solver, "exact arithmetic");
}

#[test]
fn ties_in_rounding_go_by_the_order_of_names_and_not_of_members() {
    for members in [["bucheon", "ansan"], ["ansan", "bucheon"]] {
        assert_eq!(shares(&plant(component(1001, &members, Rule::Equal))), [501, 500]);
    }
    // 1/3 and 4/3 and 7/3: equal remainders, though no decimal shows them equal.
    let three = component(4, &["ansan", "bucheon", "siheung"], Rule::Driver(id("population")));
    let model = with_driver(plant(three), "population", &[("ansan", "1"), ("bucheon", "4"), ("siheung", "7")]);
    assert_eq!(shares(&model), [1, 1, 2]);
}
