//! Computes every step again, from nothing but what it states.

use std::collections::BTreeMap;

use coopgame::game::exact::{Rational, parse_rational};
use proto::allocation::{Computation, Derivation, Exact, Explanation, Model, Reason, Rounding, Step, Tight, Weight};
use proto::id::GovernmentId;
use proto::money::Currency;
use rust_decimal::Decimal;

fn n(exact: &Exact) -> Rational {
    let number = parse_rational(exact.fraction.as_ref().unwrap_or(&exact.decimal.to_string())).unwrap();
    let off = &number - d(exact.decimal);
    assert!(off == whole(0) || (exact.fraction.is_some() && off.clone() * off < parse_rational("1/100").unwrap()), "{exact:?}");
    number
}

fn d(decimal: Decimal) -> Rational {
    parse_rational(&decimal.to_string()).unwrap()
}

fn whole(number: i64) -> Rational {
    Rational::from_integer(number.into())
}

fn sum(numbers: &[Exact]) -> Rational {
    numbers.iter().map(n).sum()
}

fn unit(currency: Currency) -> Rational {
    whole(1) / whole(10_i64.pow(currency.minor_digits()))
}

fn given(step: &Step) -> Rational {
    n(step.gives.as_ref().unwrap())
}

/// Everything there is to an explanation.
pub fn all(model: &Model, result: &Computation, explanation: &Explanation) {
    for (id, derivation) in &explanation.components {
        let unit = unit(derivation.currency);
        let steps = derivation.common.iter().chain(derivation.members.values().flatten());
        for step in steps {
            assert!(holds(step, &unit, model), "{step:?}");
        }
        let of = &result.components[id];
        let mut shares = BTreeMap::new();
        for (member, steps) in &derivation.members {
            let (before, share, after) = around_the_share(steps);
            assert_eq!(share, d(of.shares[member].amount), "{steps:?}");
            shares.insert(member, before);
            money(after, &share, steps);
        }
        limits(model, id.as_str(), derivation);
        rounding(derivation);
        levels(derivation);
    }
    for (who, step) in &explanation.totals {
        assert!(holds(step, &unit(explanation.currency), model), "{step:?}");
        assert_eq!(given(step), d(result.total[who].amount));
    }
}

/// The exact share, the money it becomes, and the steps behind that.
fn around_the_share(steps: &[Step]) -> (Rational, Rational, &[Step]) {
    let rounds = |step: &Step| matches!(step.what, Reason::Whole | Reason::RoundedDown(_) | Reason::RoundedUp(_));
    let place = steps.iter().position(rounds).unwrap();
    // What a Gately point is compared by stands between.
    let exact = steps[..place].iter().rfind(|step| !matches!(step.what, Reason::Disruption { .. })).unwrap();
    let exact = given(exact);
    match &steps[place].what {
        Reason::RoundedDown(rounding) | Reason::RoundedUp(rounding) => assert_eq!(n(&rounding.exact), exact),
        _ => assert_eq!(given(&steps[place]), exact),
    }
    (exact, given(&steps[place]), &steps[place + 1..])
}

/// What is paid on top, in kind and by year belongs together.
fn money(steps: &[Step], share: &Rational, all: &[Step]) {
    let total = |is: fn(&Reason) -> bool| -> Rational { steps.iter().filter(|step| is(&step.what)).map(given).sum() };
    let mut borne = share.clone();
    for step in steps {
        match &step.what {
            Reason::Borne { share: stated, on_top } => {
                assert_eq!((&n(stated), n(on_top)), (share, total(|what| matches!(what, Reason::Pays { .. } | Reason::Gets { .. }))));
                borne = given(step);
            }
            Reason::OwnMoney { borne: stated, in_kind } => {
                assert_eq!((n(stated), n(in_kind)), (borne.clone(), total(|what| matches!(what, Reason::InKind { .. }))));
            }
            Reason::Instalment { own, .. } => {
                assert_eq!(n(own), total(|what| matches!(what, Reason::Instalment { .. })), "{all:?}");
            }
            Reason::Exchanged { borne: stated, .. } => assert_eq!(n(stated), borne),
            _ => {}
        }
    }
}

fn limits(model: &Model, id: &str, derivation: &Derivation) {
    let limits = &model.components[&id.parse().unwrap()].limits;
    let mut changes: BTreeMap<&GovernmentId, Rational> = BTreeMap::new();
    for (member, steps) in &derivation.members {
        for step in steps {
            match &step.what {
                Reason::AtLeast { before } => {
                    assert_eq!(given(step), d(limits[member].at_least.unwrap().amount));
                    changes.insert(member, given(step) - n(before));
                }
                Reason::AtMost { before } => {
                    assert_eq!(given(step), d(limits[member].at_most.unwrap().amount));
                    changes.insert(member, given(step) - n(before));
                }
                Reason::TakesOver { before, .. } | Reason::TakesEqually { before, .. } => {
                    changes.insert(member, given(step) - n(before));
                }
                _ => {}
            }
        }
    }
    let said = derivation.common.iter().find_map(|step| match &step.what {
        Reason::Limited { limited, by } => Some((limited, by, given(step))),
        _ => None,
    });
    let Some((limited, by, taken)) = said else { return assert!(changes.is_empty()) };
    let sum = |members: &[GovernmentId]| -> Rational { members.iter().map(|member| &changes[member]).sum() };
    assert_eq!((sum(limited), sum(by), limited.len() + by.len()), (taken.clone(), -taken, changes.len()));
}

/// As many are rounded up as units are left over, and nobody before someone with a larger rest.
fn rounding(derivation: &Derivation) {
    let mut order: Vec<(&Rounding, bool)> = Vec::new();
    for step in derivation.members.values().flatten() {
        match &step.what {
            Reason::RoundedDown(rounding) => order.push((rounding, false)),
            Reason::RoundedUp(rounding) => order.push((rounding, true)),
            _ => {}
        }
    }
    order.sort_by_key(|(rounding, _)| rounding.place);
    for (place, (rounding, up)) in order.iter().enumerate() {
        assert_eq!((rounding.place as usize, *up), (place + 1, place < rounding.left as usize));
    }
    assert!(order.windows(2).all(|pair| n(&pair[0].0.rest) >= n(&pair[1].0.rest)));
    let left: Rational = order.iter().map(|(rounding, _)| n(&rounding.rest)).sum();
    let said = order.first().map_or(0, |(rounding, _)| i64::from(rounding.left));
    assert_eq!(left, whole(said) * unit(derivation.currency));
}

/// Sets pay what their members pay, the levels go down, and the weights of each add up to one for every member.
fn levels(derivation: &Derivation) {
    let found = |member: &GovernmentId| -> Rational { given(&derivation.members[member][0]) };
    let holds = |coalition: &str, member: &GovernmentId| coalition.split('+').any(|name| name == member.as_str());
    let mut last: Option<Rational> = None;
    for step in &derivation.common {
        let Reason::Level { sets, with } = &step.what else { continue };
        for Tight { coalition, pays, weight, .. } in sets {
            let members = derivation.members.keys().filter(|member| holds(coalition, member));
            assert_eq!(n(pays), members.map(found).sum::<Rational>());
            assert!(n(weight) > whole(0));
        }
        for member in derivation.members.keys() {
            let of_sets = sets.iter().filter(|set| holds(&set.coalition, member)).map(|set| n(&set.weight));
            let of_others = with.iter().filter(|set| holds(&set.coalition, member)).map(|set| n(&set.weight));
            assert_eq!(of_sets.chain(of_others).sum::<Rational>(), whole(1));
        }
        assert!(with.iter().all(|Weight { weight, .. }| n(weight) > whole(0)));
        assert!(last.is_none_or(|last| last > given(step)));
        last = Some(given(step));
    }
}

/// Whether a step gives what its parameters say.
fn holds(step: &Step, unit: &Rational, model: &Model) -> bool {
    let hundred = whole(100);
    let down = |cost: &Exact, percent: &Decimal| (n(cost) * d(*percent) / &hundred / unit).floor() * unit;
    let near = |exact: Rational, unit: &Rational| exact.clone() - given(step) < *unit && given(step) - exact < *unit;
    match &step.what {
        Reason::Estimated { orders } => *orders > 0,
        Reason::Cost | Reason::GrantFixed { .. } | Reason::Fixed | Reason::Found | Reason::Whole | Reason::InKind { .. } => {
            given(step) >= whole(0) || matches!(step.what, Reason::Found | Reason::Whole)
        }
        Reason::GrantRate { percent, cost, .. } => given(step) == down(cost, percent),
        Reason::GrantCapped { percent, cost, cap, .. } => given(step) == n(cap) && down(cost, percent) >= n(cap),
        Reason::Left { cost, granted } => given(step) == n(cost) - n(granted),
        Reason::Equally { shared, percent, members } => given(step) == n(shared) * d(*percent) / hundred / whole((*members).into()),
        Reason::Driven { shared, percent, figure, sum, .. } => given(step) == n(shared) * d(*percent) / hundred * n(figure) / n(sum),
        Reason::Sum { parts } | Reason::Benefits { parts } => given(step) == sum(parts),
        Reason::Separable { shared, others } => given(step) == n(shared) - n(others),
        Reason::Joint { shared, separable } => given(step) == n(shared) - n(separable),
        Reason::Benefit { alone, separable } => given(step) == n(alone) - n(separable),
        Reason::NoBenefit { alone, separable } => given(step) == whole(0) && n(alone) < n(separable),
        Reason::OfJoint { joint, benefit, benefits } => given(step) == n(joint) * n(benefit) / n(benefits),
        Reason::Disruption { others_lose, itself_loses } => given(step) == n(others_lose) / n(itself_loses),
        Reason::Orders { orders } => {
            let all: Rational = orders.iter().map(|order| n(&order.adds)).sum();
            let count: usize = (1..=orders[0].order.len()).product();
            orders.len() == count && given(step) == all / whole(i64::try_from(count).unwrap())
        }
        Reason::Places { places } => {
            let all: Rational = places.iter().map(|place| n(&place.adds)).sum();
            given(step) == all / whole(i64::try_from(places.len()).unwrap())
        }
        Reason::HalfOfClaims { claims, .. } => given(step) == sum(claims) / whole(2),
        Reason::AwardLevel { halves, shared: wanted } | Reason::LossLevel { halves, lost: wanted } => {
            halves.iter().map(|half| n(half).min(given(step))).sum::<Rational>() == n(wanted)
        }
        Reason::Award { half, level } => given(step) == n(half).min(n(level)),
        Reason::Loss { claim, half, level } => given(step) == n(claim) - n(half).min(n(level)),
        Reason::Hope { saved, without } => given(step) == n(saved) - n(without),
        Reason::Right { saved, others, .. } => given(step) == n(saved) - n(others),
        Reason::Way { saved, least, most } if n(most) == n(least) => given(step) == whole(0) && n(saved) == n(least),
        Reason::Way { saved, least, most } => given(step) == (n(saved) - n(least)) / (n(most) - n(least)),
        Reason::Between { alone, least, most, way } => given(step) == n(alone) - n(least) - n(way) * (n(most) - n(least)),
        Reason::Level { sets, .. } => sets.iter().all(|set| (n(&set.pays) - n(&set.cost)) / n(&set.by) == given(step)),
        Reason::Proven { .. } | Reason::TooLarge { .. } | Reason::Unproven => step.gives.is_none(),
        Reason::Limited { .. } | Reason::AtLeast { .. } | Reason::AtMost { .. } => step.gives.is_some(),
        Reason::TakesOver { before, factor } => given(step) == n(before) * n(factor),
        Reason::TakesEqually { before, each } => given(step) == n(before) + n(each),
        Reason::RoundedDown(Rounding { exact, down, rest, .. }) => {
            n(exact) == n(down) + n(rest) && given(step) == n(down) && n(rest) < *unit
        }
        Reason::RoundedUp(Rounding { exact, down, rest, .. }) => {
            n(exact) == n(down) + n(rest) && given(step) == n(down) + unit && n(rest) < *unit
        }
        Reason::Pays { amount, part, .. } => near(n(amount) * n(part), unit),
        Reason::Gets { .. } => given(step) <= whole(0),
        Reason::Borne { share, on_top } => given(step) == n(share) + n(on_top),
        Reason::OwnMoney { borne, in_kind } => given(step) == n(borne) - n(in_kind),
        Reason::Instalment { percent, own, .. } => near(n(own) * d(*percent) / hundred, unit),
        Reason::Exchanged { borne, rate, .. } => near(n(borne) * d(*rate), &self::unit(model.currency)),
        Reason::Total { parts } => given(step) == parts.values().map(n).sum(),
    }
}
