//! What a government's mandates say about an act of its delegate: the fold of `government/<id>/mandates` and one pure judgement.
//!
//! It stands here and not in the registry because the negotiation judges every offer by it, and services do not depend on each other.
//!
//! ```
//! use std::collections::BTreeMap;
//! use proto::{finding::MandateVerdict, mandate::{Mandates, judge}, registry::{Event, Mandate}};
//! let mandate: Mandate = serde_json::from_value(serde_json::json!({
//!     "mandate": "01890a5d-ac96-774b-bcce-b302099a8001", "case": "01890a5d-ac96-774b-bcce-b302099a8057",
//!     "delegate": "seoul-delegate", "scope": "all", "bounds": { "construction-share": { "ceiling": "227" } },
//!     "until": "2000-12-31", "legal_basis": "order of the mayor",
//! })).unwrap();
//! let mut mandates = Mandates::default();
//! mandates.evolve(&Event::MandateGranted(mandate.clone()));
//! let offer = BTreeMap::from([("construction-share".parse().unwrap(), proto::term::Value::Share(230.into()))]);
//! let verdict = judge(&mandates, &mandate.delegate, mandate.case, mandate.mandate, &offer, "2000-02-08".parse().unwrap());
//! assert_eq!(verdict, MandateVerdict::Above { terms: vec!["construction-share".parse().unwrap()] });
//! ```
//!
//! It does not know which terms a case has, nor who is appointed: a mandate is judged only against the terms of one act.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::finding::MandateVerdict;
use crate::id::{CaseId, MandateId, OfficialId, TermId};
use crate::registry::{Bounds, Event, Mandate, Scope};
use crate::term::Value;

/// A mandate as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Granted {
    /// What was granted.
    pub mandate: Mandate,
    /// Whether it was taken back.
    pub revoked: bool,
}

/// All mandates of one government: the fold of its sealed stream.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Mandates {
    /// By their ids; those taken back stay.
    pub granted: BTreeMap<MandateId, Granted>,
}

impl Mandates {
    /// Takes in one event of the government's stream of mandates.
    pub fn evolve(&mut self, event: &Event) {
        match event {
            Event::MandateGranted(mandate) => {
                self.granted.insert(mandate.mandate, Granted { mandate: mandate.clone(), revoked: false });
            }
            Event::MandateRevoked { mandate } => {
                if let Some(granted) = self.granted.get_mut(mandate) {
                    granted.revoked = true;
                }
            }
            Event::GovernmentRegistered { .. }
            | Event::PopulationRecorded(_)
            | Event::Appointed { .. }
            | Event::AppointmentEnded { .. }
            | Event::KeyRegistered { .. }
            | Event::KeyRevoked { .. }
            | Event::KeyUsed { .. } => {}
        }
    }

    /// Whether none was ever granted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.granted.is_empty()
    }

    /// The mandate, unless it was taken back.
    #[must_use]
    pub fn standing(&self, mandate: MandateId) -> Option<&Mandate> {
        self.granted.get(&mandate).filter(|granted| !granted.revoked).map(|granted| &granted.mandate)
    }

    /// Whether every mandate from which this one is passed on, up to the one the head granted, still carries it: not taken back, not
    /// expired, to be passed on at all, and nowhere narrower than what was passed on.
    ///
    /// # Errors
    /// The nearest link that does not hold.
    pub fn chain_holds(&self, mandate: &Mandate, today: Date) -> Result<(), MandateId> {
        let mut held = mandate;
        // The rules admit no circle; counting down keeps a forged ledger from hanging whoever verifies it.
        for _ in 0..=self.granted.len() {
            let Some(link) = held.parent else { return Ok(()) };
            held =
                self.standing(link).filter(|parent| parent.may_delegate && parent.until >= today && held.is_within(parent)).ok_or(link)?;
        }
        Err(held.mandate)
    }
}

impl Mandate {
    /// Whether it is nowhere wider than the mandate it is passed on from: same case, no longer, no more terms, no looser bounds.
    #[must_use]
    pub fn is_within(&self, parent: &Self) -> bool {
        let tighter =
            |(term, bounds): (&TermId, &Bounds)| !self.scope.covers(term) || self.bounds.get(term).is_some_and(|own| own.is_within(bounds));
        self.case == parent.case && self.until <= parent.until && self.scope.is_within(&parent.scope) && parent.bounds.iter().all(tighter)
    }
}

impl Scope {
    /// Whether it covers a term.
    #[must_use]
    pub fn covers(&self, term: &TermId) -> bool {
        match self {
            Self::All => true,
            Self::Terms(terms) => terms.contains(term),
        }
    }

    fn is_within(&self, parent: &Self) -> bool {
        match (self, parent) {
            (_, Self::All) => true,
            (Self::All, Self::Terms(_)) => false,
            (Self::Terms(terms), Self::Terms(_)) => terms.iter().all(|term| parent.covers(term)),
        }
    }
}

impl Bounds {
    /// Whether a value keeps them. A value without a number keeps no bound: whoever bounded it must be asked.
    #[must_use]
    pub fn admit(&self, value: &Value) -> bool {
        match value.number() {
            Some(number) => self.floor.is_none_or(|floor| floor <= number) && self.ceiling.is_none_or(|ceiling| number <= ceiling),
            None => self.floor.is_none() && self.ceiling.is_none(),
        }
    }

    fn is_within(&self, parent: &Self) -> bool {
        let keeps = |own: Option<Decimal>, outer: Option<Decimal>, fits: fn(Decimal, Decimal) -> bool| {
            outer.is_none_or(|outer| own.is_some_and(|own| fits(own, outer)))
        };
        keeps(self.floor, parent.floor, |own, outer| own >= outer) && keeps(self.ceiling, parent.ceiling, |own, outer| own <= outer)
    }
}

/// How an act with these values stands to a mandate. `today` is the civil day in the zone of the delegate's body
/// ([`Official::today`](crate::access::Official::today)).
///
/// The first thing wrong is answered, in this order: no such mandate (also: another's, for another case, taken back), expired, a link of the
/// chain does not hold, terms out of scope, terms beyond its bounds. As nothing passed on is wider than where it comes from, the bounds of
/// the mandate at hand are the narrowest of its chain.
#[must_use]
pub fn judge(
    mandates: &Mandates,
    delegate: &OfficialId,
    case: CaseId,
    mandate: MandateId,
    terms: &BTreeMap<TermId, Value>,
    today: Date,
) -> MandateVerdict {
    let Some(held) = mandates.standing(mandate).filter(|held| held.delegate == *delegate && held.case == case) else {
        return MandateVerdict::Unknown;
    };
    if held.until < today {
        return MandateVerdict::Expired { until: held.until };
    }
    if let Err(link) = mandates.chain_holds(held, today) {
        return MandateVerdict::BrokenChain { link };
    }
    let those = |wrong: &dyn Fn(&TermId, &Value) -> bool| -> Vec<TermId> {
        terms.iter().filter(|(term, value)| wrong(term, value)).map(|(term, _)| term.clone()).collect()
    };
    let outside = those(&|term, _| !held.scope.covers(term));
    if !outside.is_empty() {
        return MandateVerdict::OutOfScope { terms: outside };
    }
    let above = those(&|term, value| held.bounds.get(term).is_some_and(|bounds| !bounds.admit(value)));
    if above.is_empty() { MandateVerdict::Within } else { MandateVerdict::Above { terms: above } }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASE: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

    fn id(n: u8) -> MandateId {
        format!("01890a5d-ac96-774b-bcce-b302099a80{n:02}").parse().unwrap()
    }

    fn term(name: &str) -> TermId {
        name.parse().unwrap()
    }

    fn bounds(floor: Option<i64>, ceiling: Option<i64>) -> Bounds {
        Bounds { floor: floor.map(Decimal::from), ceiling: ceiling.map(Decimal::from) }
    }

    /// Mandate `n` of delegate `kim`: all terms, `share` from 10 to 40, to the end of 2000, from mandate `n - 1` where there is one.
    fn mandate(n: u8) -> Mandate {
        Mandate {
            mandate: id(n),
            case: CASE.parse().unwrap(),
            delegate: "kim".parse().unwrap(),
            scope: Scope::All,
            bounds: BTreeMap::from([(term("share"), bounds(Some(10), Some(40)))]),
            until: "2000-12-31".parse().unwrap(),
            legal_basis: "order of the mayor".into(),
            may_delegate: true,
            parent: (n > 1).then(|| id(n - 1)),
        }
    }

    fn granted(mandates: &[Mandate]) -> Mandates {
        let mut fold = Mandates::default();
        for mandate in mandates {
            fold.evolve(&Event::MandateGranted(mandate.clone()));
        }
        fold
    }

    fn judged(mandates: &Mandates, n: u8, terms: &[(&str, Value)]) -> MandateVerdict {
        let terms = terms.iter().map(|(name, value)| (term(name), value.clone())).collect();
        judge(mandates, &"kim".parse().unwrap(), CASE.parse().unwrap(), id(n), &terms, "2000-02-08".parse().unwrap())
    }

    fn share(percent: i64) -> Value {
        Value::Share(percent.into())
    }

    #[test]
    fn within_scope_and_bounds_is_within() {
        let mandates = granted(&[mandate(1)]);
        for percent in [10, 30, 40] {
            assert_eq!(judged(&mandates, 1, &[("share", share(percent)), ("name", Value::Text("x".into()))]), MandateVerdict::Within);
        }
    }

    #[test]
    fn above_the_ceiling_or_below_the_floor_goes_back_to_the_head() {
        let mandates = granted(&[mandate(1)]);
        for percent in [9, 41] {
            assert_eq!(judged(&mandates, 1, &[("share", share(percent))]), MandateVerdict::Above { terms: vec![term("share")] });
        }
    }

    #[test]
    fn a_bounded_term_takes_no_value_without_a_number() {
        let verdict = judged(&granted(&[mandate(1)]), 1, &[("share", Value::Text("as is fair".into()))]);
        assert_eq!(verdict, MandateVerdict::Above { terms: vec![term("share")] });
    }

    #[test]
    fn terms_outside_the_scope_are_named() {
        let narrow = Mandate { scope: Scope::Terms(vec![term("share")]), ..mandate(1) };
        let verdict = judged(&granted(&[narrow]), 1, &[("share", share(99)), ("tonnage", share(1))]);
        assert_eq!(verdict, MandateVerdict::OutOfScope { terms: vec![term("tonnage")] });
    }

    #[test]
    fn a_mandate_holds_to_the_end_of_its_last_day() {
        let until = |day: &str| granted(&[Mandate { until: day.parse().unwrap(), ..mandate(1) }]);
        assert_eq!(judged(&until("2000-02-08"), 1, &[]), MandateVerdict::Within);
        assert_eq!(judged(&until("2000-02-07"), 1, &[]), MandateVerdict::Expired { until: "2000-02-07".parse().unwrap() });
    }

    #[test]
    fn anothers_mandate_or_one_for_another_case_or_taken_back_is_unknown() {
        let others = Mandate { delegate: "lee".parse().unwrap(), ..mandate(1) };
        let elsewhere = Mandate { case: "01890a5d-ac96-774b-bcce-b302099a8058".parse().unwrap(), ..mandate(1) };
        let mut taken_back = granted(&[mandate(1)]);
        taken_back.evolve(&Event::MandateRevoked { mandate: id(1) });
        for mandates in [granted(&[]), granted(&[others]), granted(&[elsewhere]), taken_back] {
            assert_eq!(judged(&mandates, 1, &[]), MandateVerdict::Unknown);
        }
    }

    #[test]
    fn a_chain_holds_link_by_link_up_to_the_head() {
        type Breaks = (&'static str, fn(&mut Mandate));
        let chain = [mandate(1), mandate(2), mandate(3)];
        assert_eq!(judged(&granted(&chain), 3, &[("share", share(40))]), MandateVerdict::Within);
        let elsewhere = "01890a5d-ac96-774b-bcce-b302099a8058".parse().unwrap();
        let broken: [Breaks; 6] = [
            ("expired", |link| link.until = "2000-02-07".parse().unwrap()),
            ("not to be passed on", |link| link.may_delegate = false),
            ("fewer terms", |link| link.scope = Scope::Terms(vec!["share".parse().unwrap()])),
            ("lower ceiling", |link| link.bounds = BTreeMap::from([("share".parse().unwrap(), bounds(Some(10), Some(39)))])),
            ("higher floor", |link| link.bounds = BTreeMap::from([("share".parse().unwrap(), bounds(Some(11), Some(40)))])),
            ("a bound of its own", |link| _ = link.bounds.insert("tonnage".parse().unwrap(), bounds(None, Some(150)))),
        ];
        for (why, breaks) in broken {
            let mut chain = chain.clone();
            breaks(&mut chain[0]);
            assert_eq!(judged(&granted(&chain), 3, &[]), MandateVerdict::BrokenChain { link: id(1) }, "{why}");
        }
        let shifted = [Mandate { case: elsewhere, ..mandate(1) }, mandate(2)];
        assert_eq!(judged(&granted(&shifted), 2, &[]), MandateVerdict::BrokenChain { link: id(1) });
        assert_eq!(judged(&granted(&chain[1..]), 3, &[]), MandateVerdict::BrokenChain { link: id(1) });
        let mut revoked = granted(&chain);
        revoked.evolve(&Event::MandateRevoked { mandate: id(2) });
        assert_eq!(judged(&revoked, 3, &[]), MandateVerdict::BrokenChain { link: id(2) });
    }

    #[test]
    fn a_circle_is_no_chain() {
        let circle = [Mandate { parent: Some(id(2)), ..mandate(1) }, mandate(2)];
        assert!(matches!(judged(&granted(&circle), 2, &[]), MandateVerdict::BrokenChain { .. }));
    }

    #[test]
    fn a_bound_on_a_term_that_was_not_passed_on_does_not_widen() {
        let scope = Scope::Terms(vec![term("tonnage")]);
        let passed_on = Mandate { scope, bounds: BTreeMap::new(), ..mandate(2) };
        assert_eq!(judged(&granted(&[mandate(1), passed_on]), 2, &[("tonnage", share(1))]), MandateVerdict::Within);
    }
}
