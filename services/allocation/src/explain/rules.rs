//! The steps of each rule.

use coopgame::game::exact::Rational;
use proto::allocation::{Exact, Order, Part, Place, Reason, Rule, Step};
use proto::id::GovernmentId;
use rust_decimal::Decimal;

use super::{DIGITS, Deriving, remark, step};
use crate::drivers::Drivers;
use crate::game::{Hopes, Separated, added, hopes, separated, sum_of};
use crate::nucleolus::Measure;
use crate::number::{exact, rational, whole};
use crate::ready::Basis;
use crate::sampled;

/// Up to so many members every order in which they can join is told: 24.
const ORDERS: usize = 4;

impl Deriving<'_> {
    /// The steps from what is shared to the shares that the rule gives.
    pub(super) fn by_rule(&mut self, given: &[Rational]) -> Option<()> {
        let whole_of = |driver| [Part { percent: Decimal::ONE_HUNDRED, driver }];
        match &self.part.component.rule {
            Rule::Equal => self.parts(&whole_of(None), given),
            Rule::Driver(driver) => self.parts(&whole_of(Some(driver.clone())), given),
            Rule::Mix(parts) => self.parts(parts, given),
            Rule::Fixed(_) => self.given(given, |_| Reason::Fixed),
            Rule::Scrb | Rule::AlternateCostAvoided | Rule::Gately => self.separable(given),
            Rule::Shapley if self.part.is_sampled() => self.given(given, |_| Reason::Estimated { orders: sampled::ORDERS }),
            Rule::Shapley => self.shapley(given),
            Rule::Nucleolus => self.checked(given, Measure::Plain),
            Rule::PerCapitaNucleolus => self.checked(given, Measure::PerCapita),
            Rule::ProportionalNucleolus => self.checked(given, Measure::Proportional),
            Rule::Tau => self.tau(given),
            Rule::Talmud => self.talmud(given),
        }
    }

    /// A step of each member that gives its share.
    fn given(&mut self, given: &[Rational], what: impl Fn(usize) -> Reason) -> Option<()> {
        let steps = given.iter().enumerate().map(|(place, share)| Some(step(what(place), self.money(share)?)));
        let steps = steps.collect::<Option<_>>()?;
        self.each(steps);
        Some(())
    }

    fn parts(&mut self, parts: &[Part], given: &[Rational]) -> Option<()> {
        let mut sums: Vec<Vec<Exact>> = given.iter().map(|_| Vec::new()).collect();
        for part in parts {
            let steps = self.part_of_mix(part)?;
            sums.iter_mut().zip(&steps).for_each(|(sum, step)| sum.extend(step.gives.clone()));
            self.each(steps);
        }
        if parts.len() < 2 {
            return Some(());
        }
        self.given(given, |place| Reason::Sum { parts: sums.get(place).cloned().unwrap_or_default() })
    }

    fn part_of_mix(&self, Part { percent, driver: id }: &Part) -> Option<Vec<Step>> {
        let drivers = Drivers { model: self.model, component: self.part.id, members: &self.part.members };
        let (shared, percent) = (self.units(self.part.shared)?, *percent);
        let amount = |of_all: &Rational| self.money(&(of_all * rational(percent) / whole(100) * whole(self.part.shared)));
        let Some(id) = id else {
            let what = Reason::Equally { shared, percent, members: u32::try_from(self.part.members.len()).ok()? };
            return drivers.equally().iter().map(|of_all| Some(step(what.clone(), amount(of_all)?))).collect();
        };
        let driver = self.model.drivers.get(id)?;
        let figures: Vec<Rational> = drivers.figures(id).ok()?.into_iter().map(rational).collect();
        let sum = exact(&figures.iter().sum(), DIGITS)?;
        let steps = figures.iter().zip(drivers.driven(id).ok()?).map(|(figure, of_all)| {
            let (figure, sum, shared) = (exact(figure, DIGITS)?, sum.clone(), shared.clone());
            let what = Reason::Driven { shared, percent, driver: driver.names.clone(), year: driver.year, figure, sum };
            Some(step(what, amount(&of_all)?))
        });
        steps.collect()
    }

    fn separable(&mut self, given: &[Rational]) -> Option<()> {
        let Basis::Separable(alone, without, _) = self.basis else { return None };
        let counted = separated(alone, without, self.part.shared);
        let counted = if self.part.component.rule == Rule::Scrb { counted.none_below_zero() } else { counted };
        let Separated { separable, benefits, joint } = &counted;
        let (shared, all): (_, i128) = (self.units(self.part.shared)?, benefits.iter().sum());
        let joint_cost = Reason::Joint { shared: shared.clone(), separable: self.units(separable.iter().sum())? };
        self.common.push(step(joint_cost, self.units(*joint)?));
        self.common.push(step(Reason::Benefits { parts: self.all_units(benefits)? }, self.units(all)?));
        for (place, (others, cost)) in without.iter().zip(separable).enumerate() {
            let (alone, benefit) = (*alone.get(place)?, *benefits.get(place)?);
            let separable = self.units(*cost)?;
            let mut steps = vec![step(Reason::Separable { shared: shared.clone(), others: self.units(*others)? }, separable.clone())];
            let (named, before) = (self.units(alone)?, separable.clone());
            let saves = if benefit == alone - cost {
                Reason::Benefit { alone: named, separable: before }
            } else {
                Reason::NoBenefit { alone: named, separable: before }
            };
            steps.push(step(saves, self.units(benefit)?));
            let share = given.get(place)?;
            let of_joint = self.money(&(share - whole(*cost)))?;
            if all != 0 {
                let what = Reason::OfJoint { joint: self.units(*joint)?, benefit: self.units(benefit)?, benefits: self.units(all)? };
                steps.push(step(what, of_joint.clone()));
            }
            steps.push(step(Reason::Sum { parts: vec![separable, of_joint] }, self.money(share)?));
            if self.part.component.rule == Rule::Gately && whole(alone) != *share {
                steps.push(self.disruption(alone, *cost, share)?);
            }
            self.members.get_mut(place)?.extend(steps);
        }
        Some(())
    }

    /// At the Gately point: what others and a member itself lose if it leaves.
    fn disruption(&self, alone: i128, separable: i128, share: &Rational) -> Option<Step> {
        let (others, itself) = (share - whole(separable), whole(alone) - share);
        let what = Reason::Disruption { others_lose: self.money(&others)?, itself_loses: self.money(&itself)? };
        Some(step(what, exact(&(others / itself), DIGITS)?))
    }

    fn shapley(&mut self, given: &[Rational]) -> Option<()> {
        let Basis::Game(costs, _) = self.basis else { return None };
        let reasons: Vec<Reason> = if given.len() <= ORDERS {
            (0..given.len()).map(|member| Some(Reason::Orders { orders: self.orders(costs, member)? })).collect::<Option<_>>()?
        } else {
            added(costs).iter().map(|means| Some(Reason::Places { places: self.places(means)? })).collect::<Option<_>>()?
        };
        let steps = reasons.into_iter().zip(given).map(|(what, share)| Some(step(what, self.money(share)?)));
        let steps = steps.collect::<Option<_>>()?;
        self.each(steps);
        Some(())
    }

    fn orders(&self, costs: &[i64], member: usize) -> Option<Vec<Order>> {
        let name = |place: &usize| -> Option<GovernmentId> { self.part.members.get(*place).map(|name| (*name).clone()) };
        let order = |order: Vec<usize>| {
            let before: usize = order.iter().take_while(|place| **place != member).map(|place| 1 << place).sum();
            let adds = costs.get(before | 1 << member)? - costs.get(before)?;
            Some(Order { order: order.iter().map(name).collect::<Option<_>>()?, adds: self.units(adds.into())? })
        };
        permutations(self.part.members.len()).into_iter().map(order).collect()
    }

    fn places(&self, means: &[Rational]) -> Option<Vec<Place>> {
        let place = |(before, mean): (usize, &Rational)| Some(Place { before: u32::try_from(before).ok()?, adds: self.money(mean)? });
        means.iter().enumerate().map(place).collect()
    }

    fn tau(&mut self, given: &[Rational]) -> Option<()> {
        let Basis::Game(costs, _) = self.basis else { return None };
        let Hopes { alone, savings, hoped, claimed, way } = hopes(costs).ok()?;
        let all = savings.len() - 1;
        let (saved, least) = (*savings.get(all)?, claimed.iter().map(|(least, _)| least).sum());
        let way = exact(&way, DIGITS)?;
        let what = Reason::Way { saved: self.units(saved)?, least: self.units(least)?, most: self.units(hoped.iter().sum())? };
        self.common.push(step(what, way.clone()));
        for (place, (hope, (least, set))) in hoped.iter().zip(claimed).enumerate() {
            let (saved, without) = (self.units(saved)?, self.units(*savings.get(all & !(1 << place))?)?);
            let (most, claim) = (self.units(*hope)?, self.units(least)?);
            let others = self.units(sum_of(&hoped, set) - hope)?;
            let right = Reason::Right { coalition: self.coalition(set), saved: self.units(*savings.get(set)?)?, others };
            let between =
                Reason::Between { alone: self.units(*alone.get(place)?)?, least: claim.clone(), most: most.clone(), way: way.clone() };
            let share = self.money(given.get(place)?)?;
            let steps = [step(Reason::Hope { saved, without }, most), step(right, claim), step(between, share)];
            self.members.get_mut(place)?.extend(steps);
        }
        Some(())
    }

    fn talmud(&mut self, given: &[Rational]) -> Option<()> {
        let Basis::Claims(claims) = self.basis else { return None };
        let half = |claim: i128| self.money(&(whole(claim) / whole(2)));
        let halves: Vec<Exact> = claims.iter().map(|claim| half(*claim)).collect::<Option<_>>()?;
        let (all, shared): (i128, _) = (claims.iter().sum(), self.units(self.part.shared)?);
        let awards = self.part.shared * 2 <= all;
        let lost = |(claim, share): (&i128, &Rational)| if awards { share.clone() } else { whole(*claim) - share };
        // Who is not kept at half of its claim is at the level, and nobody is above.
        let level = self.money(&claims.iter().zip(given).map(lost).max()?)?;
        let (claimed, half) = (self.all_units(claims)?, half(all)?);
        let what = if awards {
            Reason::AwardLevel { halves: halves.clone(), shared: shared.clone() }
        } else {
            Reason::LossLevel { halves: halves.clone(), lost: self.units(all - self.part.shared)? }
        };
        let steps = claimed.iter().zip(halves).zip(given).map(|((claim, half), share)| {
            let (level, claim) = (level.clone(), claim.clone());
            let what = if awards { Reason::Award { half, level } } else { Reason::Loss { claim, half, level } };
            Some(step(what, self.money(share)?))
        });
        let steps = steps.collect::<Option<_>>()?;
        self.common.push(step(Reason::HalfOfClaims { claims: claimed, shared }, half));
        self.common.push(step(what, level));
        self.each(steps);
        Some(())
    }

    /// Shares that are found by a solver, and how to check them by hand.
    fn checked(&mut self, given: &[Rational], measure: Measure) -> Option<()> {
        let Basis::Game(costs, _) = self.basis else { return None };
        self.given(given, |_| Reason::Found)?;
        let levels = self.levels(costs, given, measure)?;
        self.common.extend(levels.steps);
        self.common.push(remark(levels.verdict));
        Some(())
    }
}

/// All orders of so many, the first place changing last.
fn permutations(of: usize) -> Vec<Vec<usize>> {
    let longer = |orders: Vec<Vec<usize>>| -> Vec<Vec<usize>> {
        let next = |order: &Vec<usize>| {
            let rest: Vec<usize> = (0..of).filter(|place| !order.contains(place)).collect();
            rest.into_iter().map(|place| [order.as_slice(), &[place]].concat()).collect::<Vec<_>>()
        };
        orders.iter().flat_map(next).collect()
    };
    (0..of).fold(vec![Vec::new()], |orders, _| longer(orders))
}
