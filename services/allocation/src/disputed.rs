//! What shares would be if disputed figures are other than the model has them.

use std::collections::{BTreeMap, BTreeSet};

use proto::allocation::{Component, Computation, Figure, Interval, Model, Outcome, Position, Range, Ranges, Refusal, Rule, Swing, Tried};
use proto::id::{ComponentId, GovernmentId};
use proto::money::Money;
use rust_decimal::Decimal;

use crate::compare::{compare, rules};
use crate::progress::over;
use crate::solve::solve;
use crate::study::change::{figure as value, without_all};

/// Up to so many disputed figures all combinations of their ends are tried: 256.
const COMBINED: usize = 8;

/// The range of what everyone bears over all that is said of disputed figures. `limit`: up to so many members all sets of them are looked at.
///
/// # Errors
/// What is wrong with the model as it is. Figures at which it has no solution, such as a cost below the grants, are counted.
pub fn disputed(model: &Model, limit: usize) -> Result<Ranges, Refusal> {
    let now = solve(model, limit)?.total;
    let figures = intervals(model);
    let tried = if figures.len() <= COMBINED { Tried::AllEnds } else { Tried::OneByOne };
    let truths = match tried {
        Tried::AllEnds => {
            (0..1_usize << figures.len()).map(|ends| at(model, figures.iter().enumerate(), |nth| ends >> nth & 1 == 1)).collect()
        }
        Tried::OneByOne => figures.iter().flat_map(|one| [false, true].map(|most| at(model, [(0, one)].into_iter(), |_| most))).collect(),
    };
    let truths: Vec<Model> = truths;
    let mut totals: BTreeMap<GovernmentId, Range> =
        now.iter().map(|(who, now)| (who.clone(), Range { now: *now, least: *now, most: *now })).collect();
    let mut unsolved = 0;
    for truth in over(truths.iter()) {
        let Ok(result) = solve(truth, limit) else {
            unsolved += 1;
            continue;
        };
        for (who, money) in result.total {
            if let Some(range) = totals.get_mut(&who) {
                range.least = less(range.least, money);
                range.most = more(range.most, money);
            }
        }
    }
    let (matters_most, safe) = (matters_most(model, &figures, limit), safe(model, &truths, limit));
    Ok(Ranges { figures, tried, unsolved, totals, matters_most, safe })
}

fn less(a: Money, b: Money) -> Money {
    if b.amount < a.amount { b } else { a }
}

fn more(a: Money, b: Money) -> Money {
    if b.amount > a.amount { b } else { a }
}

/// The figures of which someone says something else than the model.
fn intervals(model: &Model) -> Vec<Interval> {
    let disputed: BTreeSet<&Figure> =
        model.stands.iter().filter(|stand| matches!(stand.position, Position::Disputes { .. })).map(|stand| &stand.figure).collect();
    let said = |figure: &Figure| {
        let others = model.stands.iter().filter(|stand| stand.figure == *figure).filter_map(|stand| match &stand.position {
            Position::Disputes { own } => Some(*own),
            Position::Accepts | Position::NoData => None,
        });
        let all: Vec<Decimal> = others.chain(value(&mut model.clone(), figure).map(|value| *value)).collect();
        Some(Interval { figure: figure.clone(), least: *all.iter().min()?, most: *all.iter().max()? })
    };
    disputed.into_iter().filter_map(said).filter(|interval| interval.least != interval.most).collect()
}

/// The model with some figures at one of their ends.
fn at<'f>(model: &Model, figures: impl Iterator<Item = (usize, &'f Interval)>, most: impl Fn(usize) -> bool) -> Model {
    let mut changed = model.clone();
    // What all members pay together follows from the component's cost, which may be one of the figures.
    changed.components.values_mut().for_each(without_all);
    for (nth, interval) in figures {
        if let Some(value) = value(&mut changed, &interval.figure) {
            *value = if most(nth) { interval.most } else { interval.least };
        }
    }
    changed
}

/// For each the figure that moves it most by itself.
fn matters_most(model: &Model, figures: &[Interval], limit: usize) -> BTreeMap<GovernmentId, Swing> {
    let mut found: BTreeMap<GovernmentId, Swing> = BTreeMap::new();
    for interval in figures {
        let result = |most: bool| solve(&at(model, [(0, interval)].into_iter(), |_| most), limit);
        let (Ok(Computation { total: least, .. }), Ok(Computation { total: most, .. })) = (result(false), result(true)) else {
            continue;
        };
        for (who, money) in &most {
            let by = least.get(who).map_or(Decimal::ZERO, |least| (money.amount - least.amount).abs());
            if by > found.get(who).map_or(Decimal::ZERO, |swing| swing.by.amount) {
                found.insert(who.clone(), Swing { figure: interval.figure.clone(), by: Money { amount: by, ..*money } });
            }
        }
    }
    found
}

/// Rules by which nobody pays more than alone at any of these truths. Figures that no rule can do with are no truth.
fn safe(model: &Model, truths: &[Model], limit: usize) -> BTreeMap<ComponentId, Vec<Rule>> {
    let known = |(_, component): &(&ComponentId, &Component)| component.costs.is_some();
    let mut safe: BTreeMap<ComponentId, Vec<Rule>> =
        model.components.iter().filter(known).map(|(id, component)| (id.clone(), rules(model, component))).collect();
    for compared in over(truths.iter()).chain([model]).filter_map(|truth| compare(truth, limit).ok()) {
        for (id, rules) in &mut safe {
            let outcomes = compared.components.get(id).into_iter().flatten();
            let held: Vec<&Rule> = outcomes.filter(|compared| gains(&compared.outcome)).map(|compared| &compared.rule).collect();
            rules.retain(|rule| held.contains(&rule));
        }
    }
    safe
}

fn gains(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Shares { fairness: Some(fairness), .. } => fairness.gains.values().all(|gain| gain.amount >= Decimal::ZERO),
        Outcome::Shares { fairness: None, .. } | Outcome::Refused(_) => false,
    }
}
