//! The life of an agreement: settlement, late accession, exit, each against arithmetic by hand and, on random models, against its own sums.

use allocation::{AT_ONCE, solve, study};
use coopgame::generators::SplitMix64;
use proto::allocation::{
    Accession, Balances, Change, Exit, Found, InKind, Leaving, Limits, Model, Payout, Price, Question, Refusal as R, Rule, Settlement,
    Transfer,
};
use proto::money::Money;
use proto::words::Names;

use crate::properties::try_on_random;
use crate::table::{component, id, plant, plant_of, with_driver, won};
use crate::what_if::{by_people, joining, leaving};

fn units(money: Money) -> i128 {
    money.units().unwrap()
}

fn found(model: &Model, question: &Question) -> Result<Found, R> {
    let answer = study(model, question, AT_ONCE)?;
    assert_eq!(answer.model, model.digest().unwrap(), "the model that was asked about");
    Ok(answer.found)
}

fn settlement(actual: Vec<Change>, paid: &[(&str, i64)]) -> Settlement {
    let paid = paid.iter().map(|(who, amount)| (id(who), won(*amount))).collect();
    Settlement { actual, paid, instalments: [].into() }
}

fn settle(model: &Model, asked: Settlement) -> Result<Balances, R> {
    match found(model, &Question::Settlement(asked))? {
        Found::Settlement(balances) => Ok(balances),
        other => panic!("{other:?}"),
    }
}

fn accession() -> Accession {
    Accession {
        joins: joining("osan", &[("people", "1")], None),
        actual: Vec::new(),
        since: id("2020-01-01"),
        on: id("2021-01-01"),
        interest_percent: id("3"),
        overhead: won(11),
        instalments: [].into(),
    }
}

fn accede(model: &Model, asked: Accession) -> Result<Price, R> {
    match found(model, &Question::Accession(asked))? {
        Found::Accession(price) => Ok(price),
        other => panic!("{other:?}"),
    }
}

fn leaves(paid: i64) -> Exit {
    let (actual, residual_percent) = (Vec::new(), id("60"));
    Exit { leaves: leaving("bucheon"), actual, paid: won(paid), residual_percent, cost_of_separation: won(20) }
}

fn exit(model: &Model, asked: Exit) -> Result<Payout, R> {
    match found(model, &Question::Exit(asked))? {
        Found::Exit(payout) => Ok(payout),
        other => panic!("{other:?}"),
    }
}

fn overrun(percent: &str) -> Change {
    Change::Overrun { component: id("plant"), percent: id(percent) }
}

/// 1,000 became 1,200: Ansan owes 900 and brought land for 100, Bucheon owes 300.
#[test]
fn accounts_are_settled_by_the_same_rule_on_what_it_cost() {
    let mut model = by_people();
    plant_of(&mut model).in_kind = vec![InKind { names: Names::new("Land", "토지"), by: id("ansan"), value: won(100) }];
    let halves = [(2021, id("50")), (2022, id("50"))].into();
    let asked = Settlement { instalments: halves, ..settlement(vec![overrun("20")], &[("ansan", 601), ("bucheon", 350)]) };
    let Balances { actual, governments, in_all } = settle(&model, asked).unwrap();
    let rows = governments.values().chain([&in_all]).map(|of| {
        let years: Vec<i128> = of.instalments.values().copied().map(units).collect();
        ([of.due, of.in_kind, of.paid, of.owes].map(units), years)
    });
    let expected = [([900, 100, 601, 199], vec![100, 99]), ([300, 0, 350, -50], vec![-25, -25]), ([1200, 100, 951, 149], vec![75, 74])];
    assert_eq!(rows.collect::<Vec<_>>(), expected);
    assert_eq!(units(actual.components[&id("plant")].shares[&id("ansan")].by), 150);
}

#[test]
fn only_facts_turn_out_otherwise() {
    let rule = Change::Rule { component: id("plant"), rule: Rule::Equal };
    let limits = Change::Limits { component: id("plant"), who: id("ansan"), limits: Limits::default() };
    for change in [rule, limits, Change::Leaves(leaving("ansan")), Change::Joins(joining("osan", &[("people", "1")], None))] {
        assert_eq!(settle(&by_people(), settlement(vec![change.clone()], &[])), Err(R::TermsStand));
        assert_eq!(accede(&by_people(), Accession { actual: vec![change.clone()], ..accession() }), Err(R::TermsStand));
        assert_eq!(exit(&by_people(), Exit { actual: vec![change], ..leaves(1) }), Err(R::TermsStand));
    }
    assert_eq!(settle(&by_people(), settlement(Vec::new(), &[("osan", 1)])), Err(R::MemberOfNone { who: id("osan") }));
    let bad = R::BadAmount { field: "paid".into(), currency: by_people().currency };
    assert_eq!(settle(&by_people(), settlement(Vec::new(), &[("ansan", -1)])), Err(bad));
    let thirds = Settlement { instalments: [(2021, id("33"))].into(), ..settlement(Vec::new(), &[]) };
    assert_eq!(settle(&by_people(), thirds), Err(R::YearsNotWhole { percent: "33".into() }));
}

/// One of five shares of 1,000 is 200; 366 days at 3 % are 6.02; with 11 for staff that is 217. The others' shares fall by 150 and 50, and of the 17
/// on top they get 12.75 and 4.25, which is 13 and 4.
#[test]
fn a_late_accession_costs_the_original_share_interest_and_overhead() {
    let thirds = [(2021, id("33.3")), (2022, id("33.3")), (2023, id("33.4"))].into();
    let price = accede(&by_people(), Accession { instalments: thirds, ..accession() }).unwrap();
    assert_eq!(price.days, 366);
    assert_eq!([price.share, price.interest, price.overhead, price.price].map(units), [200, 6, 11, 217]);
    let gets: Vec<[i128; 3]> = price.gets.values().map(|of| [of.falls, of.part, of.gets].map(units)).collect();
    assert_eq!(gets, [[150, 13, 163], [50, 4, 54]]);
    assert_eq!(price.instalments.values().copied().map(units).collect::<Vec<_>>(), [72, 72, 73]);
    // 73 days are a fifth of a year: 200 × 1.25 % / 5 is half a won, and is rounded up.
    let half = Accession { on: id("2020-03-14"), interest_percent: id("1.25"), ..accession() };
    assert_eq!(accede(&by_people(), half).map(|price| (price.days, units(price.interest))), Ok((73, 1)));
    // On actual cost: a fifth of 1,500.
    let dearer = accede(&by_people(), Accession { actual: vec![overrun("50")], ..accession() }).unwrap();
    assert_eq!([dearer.share, dearer.interest].map(units), [300, 9]);
}

#[test]
fn an_accession_that_makes_no_sense_is_refused() {
    let reversed = Accession { on: id("2019-12-31"), ..accession() };
    assert_eq!(accede(&by_people(), reversed), Err(R::BadPeriod { since: id("2020-01-01"), on: id("2019-12-31") }));
    for percent in ["-1", "100.1", "79228162514264337593543950335"] {
        let usurious = Accession { interest_percent: id(percent), ..accession() };
        assert_eq!(accede(&by_people(), usurious), Err(R::BadPercentage { field: "interest_percent".into() }));
    }
    let overhead = Accession { overhead: won(-1), ..accession() };
    assert_eq!(accede(&by_people(), overhead), Err(R::BadAmount { field: "overhead".into(), currency: by_people().currency }));
    let member = Accession { joins: joining("ansan", &[], None), ..accession() };
    assert_eq!(accede(&by_people(), member), Err(R::AlreadyAMember { component: id("plant"), who: id("ansan") }));
}

/// Bucheon's share is 250, of which 60 % are left.
#[test]
fn a_leaver_gets_what_is_left_of_what_it_paid() {
    // All paid: 150 are left of it, less 20 for separation. Ansan pays 150 for the share that it takes over.
    let all = exit(&by_people(), leaves(250)).unwrap();
    let of = |payout: &Payout| {
        let Payout { share, contributed, unpaid, value_left, owes, cost_of_separation, gets, .. } = payout;
        [*share, *contributed, *unpaid, *value_left, *owes, *cost_of_separation, *gets].map(units)
    };
    assert_eq!(of(&all), [250, 250, 0, 150, 0, 20, 130]);
    assert_eq!([all.stay[&id("ansan")].rises, all.stay[&id("ansan")].pays].map(units), [250, 150]);
    // 100 paid, and 100 used up of 250: nothing is left but the cost of separation. Ansan pays 150 to the project, which lacks them.
    let part = exit(&by_people(), leaves(100)).unwrap();
    assert_eq!(of(&part), [250, 100, 150, 60, 60, 20, -20]);
    assert_eq!(units(part.stay[&id("ansan")].pays), 150);
    // Land for 50 counts like money, and stays.
    let mut model = by_people();
    plant_of(&mut model).in_kind = vec![InKind { names: Names::new("Land", "토지"), by: id("bucheon"), value: won(50) }];
    assert_eq!(of(&exit(&model, leaves(200)).unwrap()), of(&all));
}

#[test]
fn an_exit_that_makes_no_sense_is_refused() {
    let worth = Exit { residual_percent: id("100.1"), ..leaves(1) };
    assert_eq!(exit(&by_people(), worth), Err(R::BadPercentage { field: "residual_percent".into() }));
    let separation = Exit { cost_of_separation: won(-1), ..leaves(1) };
    assert_eq!(exit(&by_people(), separation), Err(R::BadAmount { field: "cost_of_separation".into(), currency: by_people().currency }));
    let stranger = Exit { leaves: leaving("osan"), ..leaves(1) };
    assert_eq!(exit(&by_people(), stranger), Err(R::MemberOfNone { who: id("osan") }));
    let last = Exit { leaves: leaving("ansan"), ..leaves(1) };
    let alone = plant(component(10, &["ansan"], Rule::Equal));
    assert_eq!(exit(&alone, last), Err(R::LastMember { component: id("plant"), who: id("ansan") }));
}

/// Two components, one in another currency, a host who is compensated, a member with a cap.
fn random_model(random: &mut SplitMix64) -> Model {
    let mut number = |below: u64| i64::try_from(1 + random.next_u64() % below).unwrap();
    let names = ["ansan", "bucheon", "gunpo", "hwaseong"];
    let figures = names.map(|name| (name, number(1000).to_string()));
    let figures = figures.each_ref().map(|(name, value)| (*name, value.as_str()));
    let mut model = with_driver(plant(component(number(1_000_000), &names, Rule::Driver(id("people")))), "people", &figures);
    let of = plant_of(&mut model);
    of.transfers = vec![Transfer { names: Names::new("Host", "주민지원"), from: None, to: id("gunpo"), amount: won(number(1000)) }];
    of.limits = [(id("ansan"), Limits { at_least: None, at_most: Some(Money::krw(number(500_000))) })].into();
    let mut road = component(1, &names[1..], Rule::Equal);
    road.cost =
        serde_json::from_value(serde_json::json!({ "amount": format!("{}.{:02}", number(9999), number(99)), "currency": "USD" })).unwrap();
    let rate = serde_json::json!({ "rate": format!("{}.7", number(2000)), "on": "2020-01-01", "source": "bank" });
    model.exchange = [(road.cost.currency, serde_json::from_value(rate).unwrap())].into();
    model.components.insert(id("road"), road);
    model
}

#[test]
fn who_has_paid_its_share_owes_nothing() {
    try_on_random(|random| {
        let model = random_model(random);
        let paid = solve(&model, AT_ONCE).unwrap().total;
        // What someone gets on balance cannot be paid.
        let paid = paid.into_iter().filter(|(_, money)| units(*money) >= 0).collect();
        let balances = settle(&model, Settlement { actual: Vec::new(), paid, instalments: [].into() }).unwrap();
        for of in balances.governments.values().filter(|of| units(of.due) >= 0) {
            assert_eq!(units(of.owes), 0);
        }
        assert_eq!(balances.actual.model, model.digest().unwrap());
    });
}

#[test]
fn an_accession_adds_up_to_the_unit() {
    try_on_random(|random| {
        let model = random_model(random);
        let mut asked = accession();
        asked.joins.components = vec![id("plant"), id("road")];
        asked.overhead = won(i64::try_from(random.next_u64() % 1000).unwrap());
        let price = accede(&model, asked).unwrap();
        assert_eq!(units(price.share) + units(price.interest) + units(price.overhead), units(price.price));
        assert_eq!(price.gets.values().map(|of| units(of.gets)).sum::<i128>(), units(price.price));
        assert!(price.gets.values().all(|of| units(of.falls) + units(of.part) == units(of.gets)));
        let (before, after) =
            price.joined.totals.values().fold((0, 0), |(before, after), of| (before + units(of.before), after + units(of.after)));
        assert_eq!(before, after, "nothing is lost");
    });
}

#[test]
fn an_exit_adds_up_to_the_unit() {
    try_on_random(|random| {
        let model = random_model(random);
        let leaves = Leaving { who: id("hwaseong"), components: Vec::new() };
        let paid = won(i64::try_from(random.next_u64() % 300_000).unwrap());
        let residual_percent = (random.next_u64() % 101).into();
        let asked = Exit { leaves, actual: Vec::new(), paid, residual_percent, cost_of_separation: won(77) };
        let payout = exit(&model, asked).unwrap();
        let Payout { share, contributed, unpaid, value_left, owes, cost_of_separation, gets, stay, .. } = payout;
        let [share, contributed, unpaid, value_left, owes, separation, gets] =
            [share, contributed, unpaid, value_left, owes, cost_of_separation, gets].map(units);
        assert_eq!((contributed + unpaid, value_left - owes - separation), (share, gets));
        assert_eq!(stay.values().map(|of| units(of.rises)).sum::<i128>(), share);
        assert_eq!(stay.values().map(|of| units(of.pays)).sum::<i128>(), gets + separation + unpaid);
    });
}
