//! What would be otherwise: every kind of change, who joins and who leaves, each against arithmetic by hand.

use std::collections::BTreeMap;

use allocation::{AT_ONCE, study};
use proto::allocation::{
    Change, Changed, Component, Costs, Figure, Found, Grant, GrantAmount, InKind, Joining, Leaving, Limits, Link, Model, Position,
    Question, Refusal as R, Rule, Stand, Transfer,
};
use proto::id::GovernmentId;
use proto::money::{Currency, Money};
use proto::words::Names;

use crate::table::{component, costs, halves, id, plant, plant_of, with_costs, with_driver, won};

/// What changes come to.
pub fn changed(model: &Model, changes: Vec<Change>) -> Result<Changed, R> {
    match study(model, &Question::WhatIf { changes }, AT_ONCE)?.found {
        Found::WhatIf(found) => Ok(found),
        other => panic!("{other:?}"),
    }
}

/// Totals before and after, in won.
fn totals(model: &Model, changes: Vec<Change>) -> Vec<(String, i128, i128)> {
    let found = changed(model, changes).unwrap();
    let units = |money: Money| money.units().unwrap();
    let each = found.totals.into_iter().map(|(who, of)| {
        assert_eq!(units(of.after) - units(of.before), units(of.by));
        (who.to_string(), units(of.before), units(of.after))
    });
    each.collect()
}

fn row(who: &str, before: i128, after: i128) -> (String, i128, i128) {
    (who.to_owned(), before, after)
}

pub fn joining(who: &str, figures: &[(&str, &str)], costs: Option<Costs>) -> Joining {
    let figures = figures.iter().map(|(driver, value)| (id(driver), id(value))).collect();
    Joining { who: id(who), components: vec![id("plant")], figures, costs: costs.map(|costs| (id("plant"), costs)).into_iter().collect() }
}

pub fn leaving(who: &str) -> Leaving {
    Leaving { who: id(who), components: Vec::new() }
}

/// 1,000 won by population, 3 to 1.
pub fn by_people() -> Model {
    let of = component(1000, &["ansan", "bucheon"], Rule::Driver(id("people")));
    with_driver(plant(of), "people", &[("ansan", "3"), ("bucheon", "1")])
}

fn cost(amount: i64) -> Change {
    Change::Cost { component: id("plant"), cost: won(amount) }
}

#[test]
fn a_cost_or_an_overrun_is_shared_by_the_same_rule() {
    assert_eq!(totals(&by_people(), vec![cost(2000)]), [row("ansan", 750, 1500), row("bucheon", 250, 500)]);
    let overrun = |percent: &str| Change::Overrun { component: id("plant"), percent: id(percent) };
    assert_eq!(totals(&by_people(), vec![overrun("41.45")]), [row("ansan", 750, 1061), row("bucheon", 250, 354)], "1,414.5 is 1,415");
    assert_eq!(totals(&by_people(), vec![overrun("-20")]), [row("ansan", 750, 600), row("bucheon", 250, 200)]);
    assert_eq!(changed(&by_people(), vec![overrun("-100.1")]), Err(R::BadCost { component: id("plant"), at: "cost".into() }));
    assert_eq!(totals(&by_people(), vec![overrun("10"), overrun("10")])[1], row("bucheon", 250, 302), "one after the other: 1,210 / 4");
    let dollars = Money { currency: Currency::try_from("USD".to_owned()).unwrap(), ..won(1) };
    let other = Change::Cost { component: id("plant"), cost: dollars };
    assert_eq!(
        changed(&by_people(), vec![other]),
        Err(R::OtherCurrency { component: id("plant"), at: "cost".into(), currency: Currency::KRW })
    );
}

#[test]
fn a_grant_is_lost_or_changes() {
    let mut model = by_people();
    let of = |from: &str, amount| Grant { from: from.into(), amount: GrantAmount::Fixed(won(amount)) };
    plant_of(&mut model).grants = vec![of("state", 100), of("province", 300)];
    let grant = |from: &str, amount: Option<i64>| Change::Grant {
        component: id("plant"),
        from: from.into(),
        amount: amount.map(|amount| GrantAmount::Fixed(won(amount))),
    };
    assert_eq!(totals(&model, vec![grant("province", None)])[0], row("ansan", 450, 675));
    assert_eq!(totals(&model, vec![grant("state", Some(500))])[0], row("ansan", 450, 150));
    let unknown = R::UnknownGrant { component: id("plant"), from: "union".into() };
    assert_eq!(changed(&model, vec![grant("union", None)]), Err(unknown));
}

#[test]
fn a_figure_a_rule_and_a_limit_can_be_others() {
    let figure = |of: &str| Change::Figure { figure: Figure::Driver { driver: id("people"), of: id(of) }, value: id("4") };
    assert_eq!(totals(&by_people(), vec![figure("ansan")])[0], row("ansan", 750, 800));
    let unknown = R::UnknownFigure { figure: Figure::Driver { driver: id("people"), of: id("osan") } };
    assert_eq!(changed(&by_people(), vec![figure("osan")]), Err(unknown));
    let equal = Change::Rule { component: id("plant"), rule: Rule::Equal };
    assert_eq!(totals(&by_people(), vec![equal]), [row("ansan", 750, 500), row("bucheon", 250, 500)]);
    let limit = |who: &str, at_most: Option<i64>| Change::Limits {
        component: id("plant"),
        who: id(who),
        limits: Limits { at_least: None, at_most: at_most.map(won) },
    };
    assert_eq!(totals(&by_people(), vec![limit("ansan", Some(700))]), [row("ansan", 750, 700), row("bucheon", 250, 300)]);
    let undone = changed(&by_people(), vec![limit("ansan", Some(700)), limit("ansan", None)]).unwrap();
    assert_eq!(undone.model, by_people().digest().unwrap());
    let stranger = R::NotAMember { component: id("plant"), who: id("osan") };
    assert_eq!(changed(&by_people(), vec![limit("osan", Some(1))]), Err(stranger));
    let nowhere = Change::Rule { component: id("road"), rule: Rule::Equal };
    assert_eq!(changed(&by_people(), vec![nowhere]), Err(R::UnknownComponent { component: id("road") }));
}

#[test]
fn who_joins_stands_with_nothing_before_and_who_leaves_with_nothing_after() {
    let joins = Change::Joins(joining("osan", &[("people", "1")], None));
    assert_eq!(totals(&by_people(), vec![joins.clone()]), [row("ansan", 750, 600), row("bucheon", 250, 200), row("osan", 0, 200)]);
    let leaves = Change::Leaves(leaving("bucheon"));
    assert_eq!(totals(&by_people(), vec![leaves.clone()]), [row("ansan", 750, 1000), row("bucheon", 250, 0)]);
    assert_eq!(changed(&by_people(), vec![leaves.clone(), leaves]), Err(R::MemberOfNone { who: id("bucheon") }));
    let both = ["bucheon", "ansan"].map(|who| Change::Leaves(leaving(who)));
    assert_eq!(changed(&by_people(), both.to_vec()), Err(R::LastMember { component: id("plant"), who: id("ansan") }));
    let twice = R::AlreadyAMember { component: id("plant"), who: id("osan") };
    assert_eq!(changed(&by_people(), vec![joins.clone(), joins]), Err(twice));
    let nameless = Change::Joins(joining("osan", &[], None));
    assert_eq!(changed(&by_people(), vec![nameless]), Err(R::DriverGap { driver: id("people"), member: id("osan") }));
    let odd = Change::Joins(joining("osan", &[("deaths", "1")], None));
    let unknown = R::UnknownFigure { figure: Figure::Driver { driver: id("deaths"), of: id("osan") } };
    assert_eq!(changed(&by_people(), vec![odd]), Err(unknown));
    let nowhere = Joining { components: Vec::new(), ..joining("osan", &[], None) };
    assert_eq!(changed(&by_people(), vec![Change::Joins(nowhere)]), Err(R::Empty { field: "components".into() }));
    let elsewhere = Leaving { who: id("osan"), components: vec![id("plant")] };
    assert_eq!(changed(&by_people(), vec![Change::Leaves(elsewhere)]), Err(R::NotAMember { component: id("plant"), who: id("osan") }));
}

/// Three members, and something of everything: all that is said of the leaver goes with it.
#[test]
fn with_a_leaver_goes_all_that_is_said_of_it() {
    let names = || Names::new("Land", "토지");
    let mut model = with_driver(
        plant(component(900, &["ansan", "bucheon", "osan"], Rule::Equal)),
        "people",
        &[("ansan", "1"), ("bucheon", "1"), ("osan", "1")],
    );
    model = with_costs(model, costs(&[("ansan", 500), ("bucheon", 500), ("osan", 500), ("ansan+osan", 700), ("ansan+bucheon", 700)]));
    let of = plant_of(&mut model);
    of.limits = [(id("osan"), Limits { at_least: Some(won(10)), at_most: None })].into();
    of.transfers = vec![
        Transfer { names: names(), from: Some(id("osan")), to: id("ansan"), amount: won(7) },
        Transfer { names: names(), from: None, to: id("bucheon"), amount: won(10) },
    ];
    of.in_kind = vec![InKind { names: names(), by: id("osan"), value: won(50) }];
    let figure = Figure::Driver { driver: id("people"), of: id("osan") };
    model.stands = vec![Stand { by: id("ansan"), figure, position: Position::Accepts }];
    let changed = changed(&model, vec![Change::Leaves(leaving("osan"))]).unwrap();
    let mut expected = model.clone();
    expected.stands.clear();
    expected.drivers.get_mut(&id("people")).unwrap().values.remove(&id::<GovernmentId>("osan"));
    let of = plant_of(&mut expected);
    of.members.pop();
    (of.limits, of.in_kind) = (BTreeMap::new(), Vec::new());
    of.transfers.remove(0);
    // What the two pay together follows from the cost; what they would have paid without the third is no cost of all members.
    of.costs = Some(Costs::Listed(costs(&[("ansan", 500), ("bucheon", 500)])));
    assert_eq!(changed.model, expected.digest().unwrap());
    let after: Vec<i128> = changed.totals.values().map(|of| of.after.units().unwrap()).collect();
    assert_eq!(after, [460, 440, 0], "half of 900 each, and 10 to the host");
}

#[test]
fn fixed_amounts_are_agreed_anew_when_someone_leaves() {
    let fixed = Rule::Fixed([(id("ansan"), won(400)), (id("bucheon"), won(600))].into());
    let model = plant(component(1000, &["ansan", "bucheon"], fixed));
    let leaves = Change::Leaves(leaving("bucheon"));
    let mismatch = R::FixedMismatch { component: id("plant"), shared: won(1000) };
    assert_eq!(changed(&model, vec![leaves.clone()]), Err(mismatch));
    let anew = Change::Rule { component: id("plant"), rule: Rule::Equal };
    assert_eq!(totals(&model, vec![leaves, anew])[0], row("ansan", 400, 1000));
}

/// Alone 600 each, two of three 900, all three 1,000 after Osan has joined at no cost to the project.
#[test]
fn a_newcomer_brings_the_costs_of_the_sets_that_it_is_in() {
    let model = with_costs(plant(component(1000, &["ansan", "bucheon"], Rule::Shapley)), costs(&[("ansan", 600), ("bucheon", 600)]));
    let own = |own: &[(&str, i64)]| Some(Costs::Listed(costs(own)));
    let joins = |costs| Change::Joins(joining("osan", &[], costs));
    let full = joins(own(&[("osan", 600), ("ansan+osan", 1000), ("bucheon+osan", 1000)]));
    assert_eq!(totals(&model, vec![full.clone()]), [row("ansan", 500, 334), row("bucheon", 500, 333), row("osan", 0, 333)]);
    let fair = changed(&model, vec![full]).unwrap().components[&id("plant")].fairness.clone().unwrap();
    assert!(fair.in_core);
    assert_eq!(fair.gains.values().map(|gain| gain.units().unwrap()).collect::<Vec<_>>(), [266, 267, 267]);
    let missing = R::CoalitionsMissing { component: id("plant"), missing: vec!["osan".into(), "ansan+osan".into(), "bucheon+osan".into()] };
    let refused = changed(&model, vec![joins(None)]);
    assert!(matches!(&refused, Err(R::CoalitionsMissing { missing, .. }) if missing.len() == 3), "{refused:?} {missing:?}");
    let unfit = Err(R::UnfitCosts { component: id("plant"), who: id("osan") });
    assert_eq!(changed(&model, vec![joins(own(&[("ansan", 1)]))]), unfit);
    assert_eq!(changed(&model, vec![joins(Some(Costs::Alone([(id("osan"), won(1))].into())))]), unfit);
    assert_eq!(changed(&by_people(), vec![joins(own(&[("osan", 1)]))]), unfit);
    let elsewhere = Joining { costs: [(id("road"), own(&[]).unwrap())].into(), ..joining("osan", &[], None) };
    assert_eq!(changed(&model, vec![Change::Joins(elsewhere)]), Err(R::UnfitCosts { component: id("road"), who: id("osan") }));
}

#[test]
fn no_change_changes_nothing() {
    let changed = changed(&halves(), Vec::new()).unwrap();
    assert_eq!(changed.model, halves().digest().unwrap());
    assert!(changed.totals.values().all(|of| of.before == of.after && of.by == won(0)));
}

/// Whatever form the costs have: the model comes back to the last byte.
#[test]
fn joining_and_leaving_gives_the_model_back() {
    let mut listed = with_costs(by_people(), costs(&[("ansan", 800), ("bucheon", 600)]));
    let alone = |who: &str| Costs::Alone([(id(who), won(900))].into());
    let link = |to: &str| Link { from: None, to: id(to), cost: won(700) };
    let with = |costs| {
        let mut model = by_people();
        plant_of(&mut model).costs = Some(costs);
        model
    };
    let capacity = Costs::Capacity { a: won(10), b: id("0.7"), need: id("people") };
    let tries: [(Model, Option<Costs>); 5] = [
        (by_people(), None),
        (listed.clone(), Some(Costs::Listed(costs(&[("osan", 500), ("ansan+osan", 900)])))),
        (with(alone("ansan")), Some(alone("osan"))),
        (with(Costs::Network { links: vec![link("ansan"), link("bucheon")] }), Some(Costs::Network { links: vec![link("osan")] })),
        (with(capacity), None),
    ];
    for (model, costs) in tries {
        let there = Change::Joins(joining("osan", &[("people", "2")], costs));
        let back = changed(&model, vec![there, Change::Leaves(leaving("osan"))]).unwrap();
        assert_eq!(back.model, model.digest().unwrap());
        assert!(back.totals.values().all(|of| of.by == won(0)));
    }
    // The cost of all members together says nothing that is not said by the component, and is left out.
    let without = listed.digest().unwrap();
    let of: &mut Component = plant_of(&mut listed);
    of.costs = Some(Costs::Listed(costs(&[("ansan", 800), ("bucheon", 600), ("ansan+bucheon", 1000)])));
    let there = Change::Joins(joining("osan", &[("people", "2")], None));
    assert_eq!(changed(&listed, vec![there, Change::Leaves(leaving("osan"))]).unwrap().model, without);
}
