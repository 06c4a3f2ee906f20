//! Which rules get someone to at most an amount. Every rule is tried, and every mix of two of "equally" and the drivers in each whole percent; for one
//! component after the other, and for all together. A mix is computed at each weight rather than at a threshold, because limits and transfers bend
//! what is otherwise a straight line.

use std::collections::BTreeMap;

use proto::allocation::{Model, Part, Refusal, Rule, Way, Ways, Weights};
use proto::id::{ComponentId, DriverId, GovernmentId};
use proto::money::Money;
use rust_decimal::Decimal;

use crate::compare::{only, rules};
use crate::complete::borne;
use crate::ready::{Check, Ready, ready};
use crate::solve::shares;

use super::Purse;
use super::what_if::difference;

/// Of so many drivers mixes are tried: 136 pairs with "equally", each at 99 weights, for each component.
const MIXED: usize = 16;
/// So many ways are named.
const NAMED: usize = 20;

/// The ways to get someone to at most this.
pub(super) fn search(
    model: &Model,
    who: &GovernmentId,
    at_most: &Money,
    component: Option<&ComponentId>,
    limit: usize,
) -> Result<Ways, Refusal> {
    let purse = Purse(model.currency);
    let at_most = purse.units("at_most", at_most)?;
    let laboratory = Laboratory::new(model, who, component, limit)?;
    let (mut ways, mut least) = (Vec::new(), None);
    let mut judge = |way: Tried| {
        if way.own <= at_most {
            ways.push(way);
        } else {
            least = least.take().into_iter().chain([way]).min_by_key(|way: &Tried| (way.own, way.largest_rise, way.rules.len()));
        }
    };
    judge(laboratory.tried(&[], None));
    let mut tried = 1_usize;
    let mixes = laboratory.mixes();
    for recipe in laboratory.recipes().into_iter().map(Recipe::Rule).chain(mixes) {
        let given = laboratory.given(&recipe);
        for scope in laboratory.scopes(&recipe) {
            let series = laboratory.series(&recipe, &given, &scope);
            tried += series.iter().flatten().count();
            runs(series, at_most).into_iter().for_each(&mut judge);
        }
    }
    ways.sort_by_key(|way| (way.largest_rise, way.rules.len(), way.own));
    let least = least.filter(|_| ways.is_empty());
    let say = |way: Tried| laboratory.say(purse, way);
    Ok(Ways {
        more: count(ways.len().saturating_sub(NAMED)),
        tried: count(tried),
        unmixed: model.drivers.keys().skip(MIXED).cloned().collect(),
        ways: ways.into_iter().take(NAMED).map(say).collect::<Result<_, _>>()?,
        least: least.map(|way| say(way).map(Box::new)).transpose()?,
    })
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// What can stand in place of a rule: another, or a mix at each weight.
enum Recipe {
    Rule(Rule),
    Mix([Option<DriverId>; 2]),
}

impl Recipe {
    /// The rules it stands for, of a mix each with the weight of its first part.
    fn rules(&self) -> Vec<(Option<u8>, Rule)> {
        match self {
            Self::Rule(rule) => vec![(None, rule.clone())],
            Self::Mix([first, second]) => {
                let part = |percent: u8, driver: &Option<DriverId>| Part { percent: Decimal::from(percent), driver: driver.clone() };
                (1..100).map(|weight| (Some(weight), Rule::Mix(vec![part(weight, first), part(100 - weight, second)]))).collect()
            }
        }
    }
}

/// What one component gives by one rule.
struct Given {
    /// What everyone bears of it, in units of the model's currency, in the order of governments.
    borne: Vec<i128>,
    /// Whether nobody's share is above what it would pay alone; none where that is not known.
    nobody_above_alone: Option<bool>,
}

/// What a way gives.
#[derive(Clone)]
struct Tried {
    rules: BTreeMap<ComponentId, Rule>,
    weight: Option<u8>,
    weights: Option<Weights>,
    totals: Vec<i128>,
    own: i128,
    largest_rise: i128,
    nobody_above_alone: Option<bool>,
}

struct Laboratory<'a> {
    model: &'a Model,
    limit: usize,
    governments: Vec<&'a GovernmentId>,
    who: &'a GovernmentId,
    /// What members would pay alone, where that is known.
    alone: BTreeMap<&'a ComponentId, Vec<i128>>,
    /// The components as they stand.
    base: BTreeMap<&'a ComponentId, Given>,
    /// Those whose rule may change: of others' components nothing would change for who asks.
    open: Vec<&'a ComponentId>,
    now: Vec<i128>,
}

impl<'a> Laboratory<'a> {
    fn new(model: &'a Model, who: &'a GovernmentId, component: Option<&ComponentId>, limit: usize) -> Result<Self, Refusal> {
        let parts = ready(model, limit)?;
        let mut governments: Vec<&GovernmentId> = parts.iter().flat_map(|part| part.members.iter().copied()).collect();
        governments.sort();
        governments.dedup();
        let member = |part: &&Ready<'a>| part.members.contains(&who);
        let mut open: Vec<&ComponentId> = parts.iter().filter(member).map(|part| part.id).collect();
        if open.is_empty() {
            return Err(Refusal::MemberOfNone { who: who.clone() });
        }
        if let Some(id) = component {
            let there = parts.iter().find(|part| part.id == id).ok_or_else(|| Refusal::UnknownComponent { component: id.clone() })?;
            open.retain(|open| *open == there.id);
            if open.is_empty() {
                return Err(Refusal::NotAMember { component: id.clone(), who: who.clone() });
            }
        }
        open.retain(|id| parts.iter().any(|part| part.id == *id && part.members.len() > 1));
        let alone = parts.iter().filter(|part| part.component.costs.is_some());
        let alone = alone.filter_map(|part| Some((part.id, Check { id: part.id, component: part.component, model, limit }.alone().ok()?)));
        let alone: BTreeMap<&ComponentId, Vec<i128>> = alone.collect();
        let base = parts.iter().map(|part| Ok((part.id, given(part, &governments, alone.get(part.id))?)));
        let base = base.collect::<Result<BTreeMap<_, _>, Refusal>>()?;
        let mut now = vec![0; governments.len()];
        for given in base.values() {
            add(&mut now, &given.borne, 1);
        }
        Ok(Self { model, limit, governments, who, alone, base, open, now })
    }

    /// Every rule that some open component could have.
    fn recipes(&self) -> Vec<Rule> {
        let mut all = Vec::new();
        for rule in self.open.iter().filter_map(|id| self.model.components.get(*id)).flat_map(|component| rules(self.model, component)) {
            if !all.contains(&rule) {
                all.push(rule);
            }
        }
        all
    }

    /// Every mix of two.
    fn mixes(&self) -> Vec<Recipe> {
        let by: Vec<Option<DriverId>> = self.model.drivers.keys().take(MIXED).cloned().map(Some).chain([None]).collect();
        let pairs = by.iter().enumerate().flat_map(|(place, first)| by.iter().skip(place + 1).map(move |second| [first, second]));
        pairs.map(|pair| Recipe::Mix(pair.map(Clone::clone))).collect()
    }

    /// What each open component gives, at each weight; none where it has no solution or lacks figures.
    fn given(&self, recipe: &Recipe) -> BTreeMap<&'a ComponentId, Vec<Option<Given>>> {
        let of = |id: &&'a ComponentId| {
            let mut alone = only(self.model, id);
            if matches!(recipe, Recipe::Mix(_)) {
                // A mix needs no costs of coalitions, and there can be a million of them.
                alone.components.values_mut().for_each(|component| component.costs = None);
            }
            let by = |rule: Rule, alone: &mut Model| {
                alone.components.values_mut().for_each(|component| component.rule = rule.clone());
                let parts = ready(alone, self.limit).ok()?;
                given(parts.first()?, &self.governments, self.alone.get(id)).ok()
            };
            (*id, recipe.rules().into_iter().map(|(_, rule)| by(rule, &mut alone)).collect())
        };
        self.open.iter().map(of).collect()
    }

    /// Which components a recipe is tried for together: each by itself that has another rule, and all of them.
    fn scopes(&self, recipe: &Recipe) -> Vec<Vec<&'a ComponentId>> {
        let own = |id: &ComponentId| match recipe {
            Recipe::Rule(rule) => self.model.components.get(id).is_some_and(|component| component.rule == *rule),
            Recipe::Mix(_) => false,
        };
        let other: Vec<&ComponentId> = self.open.iter().copied().filter(|id| !own(id)).collect();
        let all = (other.len() > 1).then(|| other.clone());
        other.into_iter().map(|id| vec![id]).chain(all).collect()
    }

    /// What a recipe gives for some components, at each weight.
    fn series(
        &self,
        recipe: &Recipe,
        given: &BTreeMap<&'a ComponentId, Vec<Option<Given>>>,
        scope: &[&'a ComponentId],
    ) -> Vec<Option<Tried>> {
        let at = |(place, (weight, rule)): (usize, (Option<u8>, Rule))| {
            let each = scope.iter().map(|id| Some((*id, &rule, given.get(id)?.get(place)?.as_ref()?)));
            Some(self.tried(&each.collect::<Option<Vec<_>>>()?, weight))
        };
        recipe.rules().into_iter().enumerate().map(at).collect()
    }

    fn tried(&self, changed: &[(&'a ComponentId, &Rule, &Given)], weight: Option<u8>) -> Tried {
        let mut totals = self.now.clone();
        let mut known: Vec<Option<bool>> = changed.iter().map(|(_, _, given)| given.nobody_above_alone).collect();
        for (id, base) in &self.base {
            match changed.iter().find(|(other, ..)| other == id) {
                Some((_, _, given)) => {
                    add(&mut totals, &base.borne, -1);
                    add(&mut totals, &given.borne, 1);
                }
                None => known.push(base.nobody_above_alone),
            }
        }
        let rises = self.governments.iter().zip(totals.iter().zip(&self.now)).filter(|(government, _)| **government != self.who);
        let largest_rise = rises.map(|(_, (total, now))| total - now).max().unwrap_or_default().max(0);
        let own = self.governments.iter().zip(&totals).find(|(government, _)| **government == self.who).map_or(0, |(_, total)| *total);
        let rules = changed.iter().map(|(id, rule, _)| ((*id).clone(), (*rule).clone())).collect();
        let nobody_above_alone = known.iter().any(Option::is_some).then(|| known.iter().flatten().all(|kept| *kept));
        Tried { rules, weight, weights: None, totals, own, largest_rise, nobody_above_alone }
    }

    fn say(&self, purse: Purse, way: Tried) -> Result<Way, Refusal> {
        let totals = self.governments.iter().zip(self.now.iter().zip(&way.totals));
        let totals = totals.map(|(government, (now, total))| Ok(((*government).clone(), difference(purse, *now, *total)?)));
        Ok(Way {
            rules: way.rules,
            weights: way.weights,
            totals: totals.collect::<Result<_, Refusal>>()?,
            largest_rise: purse.money(way.largest_rise)?,
            nobody_above_alone: way.nobody_above_alone,
        })
    }
}

fn add(sums: &mut [i128], amounts: &[i128], times: i128) {
    sums.iter_mut().zip(amounts).for_each(|(sum, amount)| *sum += times * amount);
}

/// What a component gives by the rule that it has.
fn given(part: &Ready<'_>, governments: &[&GovernmentId], alone: Option<&Vec<i128>>) -> Result<Given, Refusal> {
    let units = shares(part)?.units;
    let all = borne(part, &units).ok_or_else(|| Refusal::BadCost { component: part.id.clone(), at: "cost".into() })?;
    let of =
        |government: &GovernmentId| part.members.iter().zip(&all).find(|(member, _)| **member == government).map_or(0, |(_, units)| *units);
    Ok(Given {
        borne: governments.iter().map(|government| of(government)).collect(),
        nobody_above_alone: alone.map(|alone| units.iter().zip(alone).all(|(share, alone)| share <= alone)),
    })
}

/// The ways of a series: of each unbroken run of weights that do, the one that burdens the others least. What does not do stands by itself.
fn runs(series: Vec<Option<Tried>>, at_most: i128) -> Vec<Tried> {
    let mut found: Vec<Tried> = Vec::new();
    let mut run: Option<Tried> = None;
    for tried in series.into_iter().chain([None]) {
        match tried {
            Some(tried) if tried.own <= at_most => run = Some(joined(run.take(), tried)),
            other => found.extend(run.take().into_iter().chain(other)),
        }
    }
    found
}

/// A run with one more weight.
fn joined(run: Option<Tried>, next: Tried) -> Tried {
    let to = next.weight;
    let from = run.as_ref().map_or(to, |run| run.weights.map(|weights| weights.from));
    let weights = from.zip(to).map(|(from, to)| Weights { from, to });
    match run {
        Some(run) if run.largest_rise <= next.largest_rise => Tried { weights, ..run },
        Some(_) | None => Tried { weights, ..next },
    }
}
