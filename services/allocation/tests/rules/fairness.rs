//! How shares treat those who pay them, rules side by side, and what disputed figures do.

use std::collections::BTreeMap;

use proto::allocation::{
    Against, Compared, Costs, Figure, Grant, GrantAmount, HeldAgainst, Limits, Model, Outcome, Position, Ranges, Refusal as R, Rule, Stand,
    Swing, Tried, Unsolvable,
};
use proto::money::Money;
use proto::negotiation::{Offered, OfferedShares};

use crate::table::{component, costs, id, plant, plant_of, with_costs, with_driver, won};

fn file(name: &str) -> Model {
    let path = format!("{}/../../tests/models/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn compared(model: &Model) -> Vec<Compared> {
    allocation::compare(model, allocation::AT_ONCE).unwrap().components.into_values().next().unwrap()
}

fn outcome(model: &Model, rule: &Rule) -> Outcome {
    compared(model).into_iter().find(|compared| compared.rule == *rule).unwrap().outcome
}

/// The Swedish study: by two well-known rules Helsingborg, Kävlinge and Lund together pay more than they would on their own.
#[test]
fn who_would_rather_leave_in_skane() {
    let skane = file("skane");
    let charged = |rule: &Rule| {
        let Outcome::Shares { fairness, .. } = outcome(&skane, rule) else { panic!("{rule:?}") };
        fairness.unwrap()
    };
    for (rule, pays) in [(Rule::Shapley, 27_690), (Rule::Scrb, 29_800)] {
        let fairness = charged(&rule);
        let most = fairness.most_charged.unwrap();
        assert!(!fairness.in_core);
        assert_eq!((most.coalition.as_str(), most.cost.units().unwrap()), ("h+k+l", 2_726_000_000));
        let printed = most.pays.units().unwrap() - pays * 100_000;
        assert!(printed.abs() <= 750_000, "{rule:?}: {}", most.pays);
        assert_eq!(most.above.units().unwrap(), most.pays.units().unwrap() - most.cost.units().unwrap());
    }
    let nucleolus = charged(&Rule::Nucleolus);
    assert!(nucleolus.in_core);
    // At the nucleolus the most charged set pays as little above its cost as by any shares: that is what the least core says.
    let (most, least) = (nucleolus.most_charged.unwrap().above, nucleolus.least_core.unwrap());
    assert!((most.units().unwrap() - least.units().unwrap()).abs() <= 3, "{most} {least}");
    assert!(least.amount.is_sign_negative());
}

/// Beside all shares together, what each would pay alone, its own last offer, and the offer on the table; in another currency there is no beside.
#[test]
fn every_share_is_held_against_what_officials_argue_with() {
    let model = with_costs(plant(component(1000, &["ansan", "bucheon"], Rule::Equal)), costs(&[("ansan", 450), ("bucheon", 700)]));
    let mut comparison = allocation::compare(&model, allocation::AT_ONCE).unwrap();
    let offer = |offer, shares: &[(&str, Money)]| {
        let shares = shares.iter().map(|(who, share)| (id(who), *share)).collect();
        OfferedShares { offer, shares: [(id("plant"), shares)].into() }
    };
    let dollars = Money { currency: serde_json::from_str("\"SEK\"").unwrap(), ..won(300) };
    let offered = Offered {
        last: [(id("ansan"), offer(3, &[("ansan", won(300)), ("bucheon", won(700))])), (id("bucheon"), offer(4, &[("bucheon", dollars)]))]
            .into(),
        on_table: Some(offer(5, &[("ansan", won(520))])),
    };
    allocation::hold_against(&mut comparison, &offered);
    let first = comparison.components.into_values().next().unwrap().remove(0);
    let Outcome::Shares { against, .. } = first.outcome else { panic!("{first:?}") };
    let held = |offer, by| Some(HeldAgainst { offer, by: won(by) });
    let half = Some("50.00".parse().unwrap());
    let ansan = Against { percent: half, alone: Some(won(50)), last_offer: held(3, 200), on_table: held(5, -20) };
    let bucheon = Against { percent: half, alone: Some(won(-200)), last_offer: None, on_table: None };
    assert_eq!(against, [(id("ansan"), ansan), (id("bucheon"), bucheon)].into());
}

#[test]
fn gains_are_what_each_saves_against_going_alone() {
    let model = with_costs(plant(component(1000, &["ansan", "bucheon"], Rule::Equal)), costs(&[("ansan", 450), ("bucheon", 700)]));
    let result = allocation::solve(&model, allocation::AT_ONCE).unwrap();
    let shares = &result.components[&id("plant")].shares;
    let fairness = allocation::fairness(&model, &id("plant"), shares, allocation::AT_ONCE).unwrap();
    assert_eq!(fairness.gains, [(id("ansan"), won(-50)), (id("bucheon"), won(200))].into());
    assert_eq!((fairness.least, fairness.in_core), (id("ansan"), false));
    let most = fairness.most_charged.unwrap();
    assert_eq!((most.coalition.as_str(), most.above), ("ansan", won(50)));
    // 150 are saved in all: 75 each at best.
    assert_eq!(fairness.least_core, Some(won(-75)));

    let ask = |model: &Model, component: &str, shares: &BTreeMap<_, Money>| {
        allocation::fairness(model, &id(component), shares, allocation::AT_ONCE)
    };
    assert_eq!(ask(&model, "hall", shares), Err(R::UnknownComponent { component: id("hall") }));
    assert_eq!(ask(&model, "plant", &[(id("ansan"), won(1000))].into()), Err(R::ComputationMismatch));
    let unknown = plant(component(1000, &["ansan", "bucheon"], Rule::Equal));
    let missing = vec!["ansan".to_owned(), "bucheon".to_owned()];
    assert_eq!(ask(&unknown, "plant", shares), Err(R::CoalitionsMissing { component: id("plant"), missing }));
}

#[test]
fn nobody_is_charged_with_others_who_stands_alone() {
    let model = with_costs(plant(component(1000, &["ansan"], Rule::Equal)), BTreeMap::new());
    let shares = [(id("ansan"), won(1000))].into();
    let fairness = allocation::fairness(&model, &id("plant"), &shares, allocation::AT_ONCE).unwrap();
    assert_eq!((fairness.most_charged, fairness.least_core, fairness.in_core), (None, None, true));
}

#[test]
fn rules_stand_side_by_side_and_the_models_own_comes_first() {
    let need = &[("ansan", "1"), ("bucheon", "3")];
    let mut model = with_driver(plant(component(1000, &["ansan", "bucheon"], Rule::Shapley)), "need", need);
    model = with_costs(model, costs(&[("ansan", 500), ("bucheon", 450)]));
    let rules: Vec<Rule> = compared(&model).into_iter().map(|compared| compared.rule).collect();
    assert_eq!(rules.first(), Some(&Rule::Shapley));
    assert_eq!(rules.len(), 11, "{rules:?}");
    let shares = |rule: Rule| match outcome(&model, &rule) {
        Outcome::Shares { shares, .. } => Ok(shares.values().map(|share| share.units().unwrap()).collect::<Vec<_>>()),
        Outcome::Refused(refusal) => Err(*refusal),
    };
    assert_eq!(shares(Rule::Driver(id("need"))), Ok(vec![250, 750]));
    assert_eq!(shares(Rule::Equal), Ok(vec![500, 500]));
    assert_eq!(shares(Rule::Shapley), Ok(vec![525, 475]));
    // Together they pay 50 more than each alone: there is nothing to be shared by some rules, and they say so.
    assert_eq!(shares(Rule::Nucleolus), Err(R::NoSolution { component: id("plant"), why: Unsolvable::AloneIsCheaper }));
    // Without costs of coalitions only rules by figures are compared.
    plant_of(&mut model).costs = None;
    plant_of(&mut model).rule = Rule::Equal;
    assert_eq!(compared(&model).len(), 2);
    plant_of(&mut model).cost = won(-1);
    assert_eq!(allocation::compare(&model, allocation::AT_ONCE), Err(R::BadCost { component: id("plant"), at: "cost".into() }));
}

/// Ansan's stand-alone cost, as in the talks of Guro and Gwangmyeong: an avoided cost is a negotiated number.
fn contested() -> Model {
    let mut model = with_costs(
        plant(component(1000, &["ansan", "bucheon"], Rule::Scrb)),
        costs(&[("ansan", 600), ("bucheon", 700), ("ansan+bucheon", 1000)]),
    );
    let figure = || Figure::Coalition { component: id("plant"), coalition: "ansan".into() };
    let stand = |by: &str, position| Stand { by: id(by), figure: figure(), position };
    model.stands = vec![stand("bucheon", Position::Disputes { own: id("400") }), stand("ansan", Position::Accepts)];
    model
}

#[test]
fn a_disputed_figure_gives_every_total_a_range() {
    let figure = Figure::Coalition { component: id("plant"), coalition: "ansan".into() };
    let Ranges { figures, tried, unsolved, totals, matters_most, safe } = allocation::disputed(&contested(), allocation::AT_ONCE).unwrap();
    assert_eq!((figures.len(), unsolved), (1, 0));
    assert_eq!((figures[0].least, figures[0].most, tried), (id("400"), id("600"), Tried::AllEnds));
    let range = |who: &str| (totals[&id(who)].least, totals[&id(who)].now, totals[&id(who)].most);
    assert_eq!(range("ansan"), (won(350), won(450), won(450)));
    assert_eq!(range("bucheon"), (won(550), won(550), won(650)));
    assert_eq!(matters_most[&id("ansan")], Swing { figure, by: won(100) });
    // Half of the cost is more than Ansan would pay alone if Bucheon is right.
    let safe = &safe[&id("plant")];
    assert!(!safe.contains(&Rule::Equal) && safe.contains(&Rule::Scrb) && safe.contains(&Rule::Nucleolus), "{safe:?}");
}

#[test]
fn all_disputed_figures_are_tried_at_once() {
    let mut model = contested();
    let cost = Figure::Cost { component: id("plant") };
    model.stands.push(Stand { by: id("ansan"), figure: cost.clone(), position: Position::Disputes { own: id("1200") } });
    let ranges = allocation::disputed(&model, allocation::AT_ONCE).unwrap();
    // Least with the plant at 1,000 and Ansan alone at 400; most with 1,200 and 600.
    let ansan = &ranges.totals[&id("ansan")];
    assert_eq!((ansan.least, ansan.most), (won(350), won(550)));
    // If the plant costs 1,200 and Ansan alone 400, all together pay more than each alone: the rule has no solution, and none is safe.
    assert_eq!(ranges.unsolved, 1);
    assert_eq!(ranges.safe[&id("plant")], []);
    assert_eq!(ranges.matters_most[&id("ansan")].by, won(100));
}

/// What rounding moves is no reason to leave; an agreed amount is not rounded.
#[test]
fn a_unit_too_much_by_agreement_is_too_much() {
    let table = [("ansan", 4), ("bucheon", 4), ("osan", 4), ("ansan+bucheon", 5), ("ansan+osan", 8), ("bucheon+osan", 8)];
    let three = |rule| with_costs(plant(component(9, &["ansan", "bucheon", "osan"], rule)), costs(&table));
    let amounts = ["ansan", "bucheon", "osan"].map(|who| (id(who), won(3)));
    let in_core = |rule| {
        let fairness = allocation::fairness(&three(rule), &id("plant"), &amounts.clone().into(), allocation::AT_ONCE).unwrap();
        (fairness.in_core, fairness.most_charged.unwrap().above)
    };
    assert_eq!(in_core(Rule::Equal), (true, won(1)));
    assert_eq!(in_core(Rule::Fixed(amounts.clone().into())), (false, won(1)));
}

/// A figure that someone says need not be one that the model could be computed with.
#[test]
fn figures_at_which_nothing_can_be_computed_are_counted() {
    let disputed = |mut model: Model, own: &str| {
        let figure = Figure::Cost { component: id("plant") };
        model.stands = vec![Stand { by: id("ansan"), figure, position: Position::Disputes { own: id(own) } }];
        allocation::disputed(&model, allocation::AT_ONCE).map(|ranges| (ranges.unsolved, ranges.totals[&id("ansan")].most))
    };
    let halves = |rule| plant(component(1000, &["ansan", "bucheon"], rule));
    let mut floors = halves(Rule::Equal);
    let at_least = |amount| Limits { at_least: Some(won(amount)), at_most: None };
    plant_of(&mut floors).limits = [(id("ansan"), at_least(400)), (id("bucheon"), at_least(400))].into();
    assert_eq!(disputed(floors, "700"), Ok((1, won(500))));
    assert_eq!(disputed(halves(Rule::Fixed([(id("ansan"), won(600)), (id("bucheon"), won(400))].into())), "700"), Ok((1, won(600))));
    let mut granted = halves(Rule::Equal);
    plant_of(&mut granted).grants = vec![Grant { from: "province".into(), amount: GrantAmount::Fixed(won(800)) }];
    assert_eq!(disputed(granted, "700"), Ok((1, won(100))));
}

/// Floors that equal shares cannot meet do not keep a rule from being compared by which somebody is paid.
#[test]
fn limits_that_one_rule_cannot_meet_are_said_of_that_rule() {
    let table = [("ansan", 1000), ("bucheon", 1000), ("osan", 10), ("ansan+bucheon", 1600), ("ansan+osan", 700), ("bucheon+osan", 700)];
    let mut model = with_costs(plant(component(1000, &["ansan", "bucheon", "osan"], Rule::Shapley)), costs(&table));
    let floor = Limits { at_least: Some(won(505)), at_most: None };
    plant_of(&mut model).limits = [(id("ansan"), floor.clone()), (id("bucheon"), floor)].into();
    let shares = allocation::solve(&model, allocation::AT_ONCE).unwrap().components[&id("plant")].shares.clone();
    assert!(matches!(outcome(&model, &Rule::Shapley), Outcome::Shares { shares: same, .. } if same == shares));
    let refused = R::LimitsCannotBeMet { component: id("plant"), shared: won(1000) };
    assert!(matches!(outcome(&model, &Rule::Equal), Outcome::Refused(why) if *why == refused));
}

#[test]
fn nine_disputed_figures_are_tried_one_by_one() {
    let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
    let need: Vec<(&str, &str)> = names.iter().map(|name| (*name, "10")).collect();
    let mut model = with_driver(plant(component(900, &names, Rule::Driver(id("need")))), "need", &need);
    let figure = |of: &str| Figure::Driver { driver: id("need"), of: id(of) };
    let disputed = |value: &str| Position::Disputes { own: id(value) };
    model.stands = names.iter().map(|of| Stand { by: id("i"), figure: figure(of), position: disputed("20") }).collect();
    let ranges = allocation::disputed(&model, allocation::AT_ONCE).unwrap();
    assert_eq!(ranges.tried, Tried::OneByOne);
    let a = &ranges.totals[&id("a")];
    assert_eq!((a.least, a.now, a.most), (won(90), won(100), won(180)));
    assert_eq!(ranges.matters_most[&id("a")], Swing { figure: figure("a"), by: won(80) });
    assert_eq!(ranges.safe, BTreeMap::new());
    // Agreed figures are no dispute, nor is a dispute in which all say the same.
    model.stands = vec![Stand { by: id("a"), figure: figure("b"), position: disputed("10") }];
    assert_eq!(allocation::disputed(&model, allocation::AT_ONCE).unwrap().figures, []);
}

#[test]
fn a_figure_that_someone_says_must_be_one() {
    let mut model = contested();
    model.stands[0].position = Position::Disputes { own: id("-1") };
    assert_eq!(allocation::disputed(&model, allocation::AT_ONCE), Err(R::BadStand { by: model.stands[0].by.clone() }));
    plant_of(&mut model).costs = Some(Costs::Alone([(id("ansan"), won(600)), (id("bucheon"), won(700))].into()));
    model.stands[0].position = Position::Disputes { own: id("400") };
    assert_eq!(allocation::disputed(&model, allocation::AT_ONCE).unwrap().totals[&id("ansan")].least, won(350));
}
