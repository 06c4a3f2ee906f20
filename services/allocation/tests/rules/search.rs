//! Which rules get someone to at most an amount: against arithmetic by hand, and every way solved again.

use std::collections::BTreeMap;

use allocation::{AT_ONCE, solve, study};
use coopgame::generators::SplitMix64;
use proto::allocation::{Change, Found, Limits, Model, Part, Question, Refusal as R, Rule, Way, Ways, Weights};
use proto::id::{ComponentId, DriverId};
use proto::money::Money;

use crate::properties::try_on_random;
use crate::table::{component, costs, halves, id, plant, plant_of, with_costs, with_driver, won};
use crate::what_if::by_people;

fn search(model: &Model, who: &str, at_most: i64, component: Option<&str>) -> Result<Ways, R> {
    let question = Question::Search { who: id(who), at_most: won(at_most), component: component.map(id) };
    match study(model, &question, AT_ONCE)?.found {
        Found::Search(ways) => Ok(ways),
        other => panic!("{other:?}"),
    }
}

fn units(money: Money) -> i128 {
    money.units().unwrap()
}

fn mix(percent: u8, driver: &str) -> Rule {
    let part = |percent: u8, driver: Option<DriverId>| Part { percent: percent.into(), driver };
    Rule::Mix(vec![part(percent, Some(id(driver))), part(100 - percent, None)])
}

/// By people Ansan pays 750, equally 500: at most 600 means at most 40 % by people, and just there the other pays least more.
#[test]
fn a_mix_is_found_with_all_its_weights() {
    let ways = search(&by_people(), "ansan", 600, None).unwrap();
    assert_eq!(ways.ways.len(), 2);
    let Way { rules, weights, totals, largest_rise, nobody_above_alone } = &ways.ways[0];
    assert_eq!(*rules, BTreeMap::from([(id::<ComponentId>("plant"), mix(40, "people"))]));
    assert_eq!((*weights, units(*largest_rise), *nobody_above_alone), (Some(Weights { from: 1, to: 40 }), 150, None));
    assert_eq!(totals.values().map(|of| [of.before, of.after, of.by].map(units)).collect::<Vec<_>>(), [[750, 600, -150], [250, 400, 150]]);
    assert_eq!(ways.ways[1].rules[&id("plant")], Rule::Equal);
    assert_eq!((ways.tried, ways.more, ways.least), (101, 0, None), "as it stands, equally, and 99 weights");
}

#[test]
fn where_nothing_does_the_least_is_named() {
    let ways = search(&by_people(), "ansan", 499, None).unwrap();
    assert!(ways.ways.is_empty());
    let least = ways.least.unwrap();
    assert_eq!((least.rules[&id("plant")].clone(), units(least.totals[&id("ansan")].after)), (Rule::Equal, 500));
}

#[test]
fn the_model_as_it_stands_comes_first_where_it_does() {
    let ways = search(&by_people(), "ansan", 750, None).unwrap();
    assert!(ways.ways[0].rules.is_empty() && ways.ways[0].largest_rise == won(0));
}

/// A cap on Bucheon bends the line: with at most 300 for it, Ansan cannot come below 700 by any rule.
#[test]
fn limits_are_kept() {
    let mut model = by_people();
    plant_of(&mut model).limits = [(id("bucheon"), Limits { at_least: None, at_most: Some(won(300)) })].into();
    assert!(search(&model, "ansan", 699, None).unwrap().ways.is_empty());
    let found = search(&model, "ansan", 700, None).unwrap();
    assert_eq!(found.ways.iter().find_map(|way| way.weights), Some(Weights { from: 1, to: 80 }));
}

/// Two components of 1,000 by people: one of them equally saves Ansan 250, both 500.
#[test]
fn components_change_one_by_one_and_all_at_once() {
    let mut model = by_people();
    let second = model.components[&id("plant")].clone();
    model.components.insert(id("road"), second);
    let how = |model: &Model, at_most: i64, component: Option<&str>| -> Vec<usize> {
        search(model, "ansan", at_most, component).unwrap().ways.iter().map(|way| way.rules.len()).collect()
    };
    assert_eq!(how(&model, 1250, None), [1, 1, 2, 2], "either equally, both by half as much, both equally");
    assert_eq!(how(&model, 1000, None), [2]);
    assert_eq!(how(&model, 1250, Some("road")), [1]);
    assert_eq!(how(&model, 1249, Some("road")), [0_usize; 0]);
    // Where one has the rule already, all at once is the other alone.
    let mut half = model.clone();
    half.components.get_mut(&id("road")).unwrap().rule = Rule::Equal;
    let ways = search(&half, "ansan", 1000, None).unwrap().ways;
    assert_eq!(ways.iter().filter(|way| way.rules.values().all(|rule| *rule == Rule::Equal)).count(), 1);
    // Of what only others share nothing would change.
    model.components.insert(id("hall"), component(10, &["bucheon"], Rule::Equal));
    assert_eq!(how(&model, 1000, None), [2]);
}

#[test]
fn whether_anybody_pays_more_than_alone_is_said_where_it_is_known() {
    let model = with_costs(by_people(), costs(&[("ansan", 900), ("bucheon", 450)]));
    let ways = search(&model, "ansan", 650, None).unwrap().ways;
    let of = |rule: &Rule| ways.iter().find(|way| way.rules.values().eq([rule])).unwrap().nobody_above_alone;
    assert_eq!((of(&Rule::Equal), of(&mix(60, "people"))), (Some(false), Some(true)));
    assert!(ways.iter().all(|way| !matches!(way.rules.values().next(), Some(Rule::Shapley))), "1,000 - 275 is 725");
}

#[test]
fn what_cannot_be_searched_is_refused() {
    let none = R::MemberOfNone { who: id("osan") };
    assert_eq!(search(&by_people(), "osan", 1, None), Err(none));
    assert_eq!(search(&by_people(), "ansan", 1, Some("road")), Err(R::UnknownComponent { component: id("road") }));
    assert_eq!(search(&by_people(), "ansan", -1, None), Err(R::BadAmount { field: "at_most".into(), currency: by_people().currency }));
    let mut others = halves();
    others.components.insert(id("hall"), component(10, &["bucheon"], Rule::Equal));
    assert_eq!(search(&others, "ansan", 1, Some("hall")), Err(R::NotAMember { component: id("hall"), who: id("ansan") }));
}

#[test]
fn mixes_stay_within_bounds() {
    let mut model = halves();
    for driver in 10..30 {
        model = with_driver(model, &format!("d{driver}"), &[("ansan", "1"), ("bucheon", "2")]);
    }
    let ways = search(&model, "ansan", 0, None).unwrap();
    assert_eq!(ways.unmixed.iter().map(DriverId::as_str).collect::<Vec<_>>(), ["d26", "d27", "d28", "d29"]);
    assert_eq!(ways.tried, 1 + 20 + 136 * 99);
}

/// Every way, at both ends of its weights, is solved again; where there is none, no rule of the candidates does.
#[test]
fn what_is_found_holds_and_what_is_not_found_is_not_there() {
    try_on_random(|random: &mut SplitMix64| {
        let mut number = |below: u64| i64::try_from(1 + random.next_u64() % below).unwrap();
        let names = ["ansan", "bucheon", "osan"];
        let figures = names.map(|name| (name, number(100).to_string()));
        let figures = figures.each_ref().map(|(name, value)| (*name, value.as_str()));
        let all = 1000 + number(100_000);
        let mut model = with_driver(plant(component(all, &names, Rule::Driver(id("people")))), "people", &figures);
        model = with_costs(model, costs(&[("ansan", all / 2), ("bucheon", all / 3), ("osan", all / 2)]));
        model.components.insert(id("road"), component(number(5000), &["ansan", "osan"], Rule::Driver(id("people"))));
        let at_most = number(u64::try_from(all).unwrap());
        let found = search(&model, "ansan", at_most, None).unwrap();
        let own = |rules: &BTreeMap<ComponentId, Rule>| {
            let mut changed = model.clone();
            for (component, rule) in rules {
                changed.components.get_mut(component).unwrap().rule = rule.clone();
            }
            solve(&changed, AT_ONCE).ok().map(|result| result.total)
        };
        for way in &found.ways {
            let again = own(&way.rules).unwrap();
            assert!(units(again[&id("ansan")]) <= i128::from(at_most));
            assert!(way.totals.iter().all(|(who, of)| of.after == again[who]));
            for end in way.weights.into_iter().flat_map(|weights| [weights.from, weights.to]) {
                let at = way.rules.keys().map(|component| (component.clone(), mix(end, "people"))).collect();
                assert!(units(own(&at).unwrap()[&id("ansan")]) <= i128::from(at_most));
            }
        }
        assert!(found.ways.is_sorted_by_key(|way| units(way.largest_rise)));
        if found.ways.is_empty() {
            let least = units(found.least.unwrap().totals[&id("ansan")].after);
            for rule in [Rule::Equal, Rule::Talmud, mix(50, "people"), Rule::Driver(id("people"))] {
                for components in [&["plant"][..], &["road"], &["plant", "road"]] {
                    let rules = components.iter().map(|component| (id(component), rule.clone())).collect();
                    assert!(own(&rules).is_none_or(|total| units(total[&id("ansan")]) >= least.max(i128::from(at_most) + 1)));
                }
            }
        }
    });
}

#[test]
fn a_change_of_rule_that_is_found_does_what_it_says() {
    let way = search(&by_people(), "ansan", 600, None).unwrap().ways.remove(0);
    let changes = way.rules.into_iter().map(|(component, rule)| Change::Rule { component, rule }).collect();
    assert_eq!(crate::what_if::changed(&by_people(), changes).unwrap().totals, way.totals);
}
