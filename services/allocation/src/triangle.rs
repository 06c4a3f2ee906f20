//! The picture of three members.

use std::collections::BTreeMap;

use coopgame::game::exact::Rational;
use proto::allocation::{Exact, Model, Point, Refusal, Rule, RulePoint, Triangle, Triangles, Unsolvable};
use proto::id::{ComponentId, GovernmentId};
use proto::money::Currency;

use crate::compare::{only, rules, with_rules};
use crate::limits::Within;
use crate::number::{exact, whole};
use crate::ready::{Check, ready};
use crate::solve::{by_rule, limited};

/// Digits behind the point of places in the picture.
const DIGITS: u32 = 6;
/// Members in the order in which each may pay as much as it can: between one and the next two neighbours change places.
const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [2, 0, 1], [2, 1, 0], [1, 2, 0], [1, 0, 2]];

/// The pictures of all components that have one.
///
/// # Errors
/// What is wrong with the model.
pub fn triangles(model: &Model, limit: usize) -> Result<Triangles, Refusal> {
    let mut components = BTreeMap::new();
    for id in model.components.keys() {
        match triangle(model, id, limit) {
            Ok(Some(triangle)) => drop(components.insert(id.clone(), triangle)),
            Ok(None) | Err(Refusal::CoalitionsMissing { .. }) => {}
            Err(refusal) => return Err(refusal),
        }
    }
    Ok(Triangles { components })
}

/// The picture of one component; none where it has not three members.
///
/// # Errors
/// `unknown_component` and what is wrong with the component; `coalitions_missing` where it is not known what members would pay on their own.
pub fn triangle(model: &Model, id: &ComponentId, limit: usize) -> Result<Option<Triangle>, Refusal> {
    let (id, component) = model.components.get_key_value(id).ok_or_else(|| Refusal::UnknownComponent { component: id.clone() })?;
    if component.members.len() != 3 {
        return Ok(None);
    }
    let (members, costs) = Check { id, component, model, limit }.game()?;
    let [_, a, b, ab, c, ac, bc, shared] = costs.iter().copied().map(i128::from).collect::<Vec<_>>()[..] else { return Ok(None) };
    let picture = Picture { members, alone: [a, b, c], pairs: [bc, ac, ab], shared, minor: component.cost.currency.minor_digits() };
    let points = rules(model, component).into_iter().filter_map(|rule| Some((given(model, id, &rule, limit)?, rule)));
    let triangle = picture.triangle(component.cost.currency, points.collect());
    triangle.map(Some).ok_or_else(|| Refusal::NoSolution { component: id.clone(), why: Unsolvable::TooLarge })
}

/// What a rule gives before rounding; none where it has no solution or lacks figures.
fn given(model: &Model, id: &ComponentId, rule: &Rule, limit: usize) -> Option<Vec<Rational>> {
    let model = with_rules(&only(model, id), |_| rule.clone());
    let parts = ready(&model, limit).ok()?;
    let part = parts.first()?;
    let Within { shares, .. } = limited(part, by_rule(part, &part.basis().ok()?).ok()?.0).ok()?;
    Some(shares)
}

/// A game of three, in smallest units.
struct Picture<'a> {
    members: Vec<&'a GovernmentId>,
    alone: [i128; 3],
    /// What the two others pay without each.
    pairs: [i128; 3],
    shared: i128,
    minor: u32,
}

impl Picture<'_> {
    fn saved(&self) -> i128 {
        self.alone.iter().sum::<i128>() - self.shared
    }

    fn triangle(&self, currency: Currency, rules: Vec<(Vec<Rational>, Rule)>) -> Option<Triangle> {
        let corner = |(place, member): (usize, &&GovernmentId)| {
            let pays = self.alone.iter().enumerate().map(|(other, alone)| alone - if other == place { self.saved() } else { 0 });
            Some(((*member).clone(), self.point(&pays.map(whole).collect::<Vec<_>>())?))
        };
        let core = self.core().into_iter().map(|shares| self.point(&shares.map(whole)));
        let point =
            |(shares, rule): (Vec<Rational>, Rule)| Some(RulePoint { rule, point: self.point(&shares)?, in_core: self.in_core(&shares) });
        Some(Triangle {
            currency,
            shared: self.money(&whole(self.shared))?,
            saved: self.money(&whole(self.saved()))?,
            corners: self.members.iter().enumerate().map(corner).collect::<Option<_>>()?,
            core: core.collect::<Option<_>>()?,
            rules: rules.into_iter().map(point).collect::<Option<_>>()?,
        })
    }

    fn money(&self, units: &Rational) -> Option<Exact> {
        exact(&(units / whole(10_i128.pow(self.minor))), self.minor + 2)
    }

    fn point(&self, shares: &[Rational]) -> Option<Point> {
        let named = |numbers: Vec<Option<Exact>>| -> Option<BTreeMap<GovernmentId, Exact>> {
            self.members.iter().zip(numbers).map(|(member, number)| Some(((*member).clone(), number?))).collect()
        };
        let saved = self.saved();
        let part = |(alone, share): (&i128, &Rational)| exact(&((whole(*alone) - share) / whole(saved)), DIGITS);
        let at = if saved > 0 { Some(named(self.alone.iter().zip(shares).map(part).collect())?) } else { None };
        Some(Point { shares: named(shares.iter().map(|share| self.money(share)).collect())?, at })
    }

    /// The least that each pays in the core: what the two others would leave.
    fn least(&self) -> [i128; 3] {
        self.pairs.map(|pair| self.shared - pair)
    }

    fn in_core(&self, shares: &[Rational]) -> bool {
        let mut bounds = shares.iter().zip(self.least().into_iter().zip(self.alone));
        bounds.all(|(share, (least, most))| whole(least) <= *share && *share <= whole(most))
    }

    /// The corners of the core, round it. All of them are found by letting one after the other pay as much as it can (the core of three members is a
    /// base polytope: Shapley 1971), and orders that differ by two neighbours give neighbours.
    fn core(&self) -> Vec<[i128; 3]> {
        let (least, most) = (self.least(), self.alone);
        let fits = (least.iter().sum::<i128>()..=most.iter().sum()).contains(&self.shared);
        if !fits || least.iter().zip(&most).any(|(least, most)| least > most) {
            return Vec::new();
        }
        let mut corners: Vec<[i128; 3]> = ORDERS.iter().map(|order| self.greedy(*order)).collect();
        corners.dedup();
        if corners.len() > 1 && corners.first() == corners.last() {
            corners.pop();
        }
        corners
    }

    /// Each in this order pays as much as it can.
    fn greedy(&self, order: [usize; 3]) -> [i128; 3] {
        let mut shares = self.least();
        let mut left = self.shared - shares.iter().sum::<i128>();
        for place in order {
            if let (Some(share), Some(most)) = (shares.get_mut(place), self.alone.get(place)) {
                let more = left.min(most - *share);
                *share += more;
                left -= more;
            }
        }
        shares
    }
}
