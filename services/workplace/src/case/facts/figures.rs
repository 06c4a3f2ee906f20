//! Figures by what they are of, with what each party makes of each, and how far apart the estimates of one thing are.

use std::collections::BTreeMap;

use negotiation::facts::Fact;
use proto::id::{FactId, GovernmentId};
use proto::negotiation::Position;
use proto::term::Value;
use rust_decimal::Decimal;
use serde_json::json;

use super::super::table::values::{exact, whole};
use super::{Case, STATES};
use crate::{Form, When, locale};

/// All figures of one thing.
pub(super) struct Group {
    pub name: String,
    pub spread: Option<Spread>,
    pub figures: Vec<Figure>,
}

/// Estimates of one thing that contradict each other.
pub(super) struct Spread {
    /// From where to where.
    pub said: String,
    /// Where each estimate lies between the least and the most, in percent.
    pub places: Vec<String>,
}

/// A figure.
pub(super) struct Figure {
    pub value: String,
    /// To the last won.
    pub exact: String,
    pub estimated_by: String,
    pub estimated_on: When,
    pub by: String,
    pub source: Option<String>,
    /// One of each party, in the order of the columns.
    pub stands: Vec<Stand>,
}

/// What a party makes of a figure.
pub(super) struct Stand {
    pub party: String,
    /// `accepts`, `disputes`, `no_data`, `stated` or `silent`.
    pub kind: &'static str,
    /// The own figure of whoever disputes.
    pub own: Option<String>,
    /// How whoever looks takes a position, where it is theirs to take.
    pub act: Option<Taking>,
}

/// The form by which a position is taken.
pub(super) struct Taking {
    pub form: Form,
    pub name: String,
    pub fact: String,
    pub open: bool,
    /// The position as it stands.
    pub now: &'static str,
    pub choices: Vec<(&'static str, String)>,
    pub own: String,
}

impl Stand {
    /// A sign beside the words, so that a row is taken in at a glance.
    pub fn mark(&self) -> &'static str {
        match self.kind {
            "accepts" => "✓",
            "disputes" => "≠",
            "no_data" => "–",
            "stated" => "●",
            _ => "…",
        }
    }

    pub fn text(&self) -> String {
        format!("facts-stand-{}", self.kind)
    }
}

pub(super) fn all(case: &Case) -> Vec<Group> {
    let mut groups: BTreeMap<(&str, &str), Vec<(&FactId, &Fact)>> = BTreeMap::new();
    for (id, fact) in &case.state.facts {
        groups.entry((&fact.names.ko, &fact.names.en)).or_default().push((id, fact));
    }
    let group = |mut facts: Vec<(&FactId, &Fact)>| {
        facts.sort_by_key(|(_, fact)| fact.value.number());
        let name = facts.first().map(|(_, fact)| case.visit.name(&fact.names).to_owned()).unwrap_or_default();
        let spread = spread(case, facts.iter().map(|(_, fact)| *fact));
        Group { name, spread, figures: facts.into_iter().map(|(id, fact)| figure(case, id, fact)).collect() }
    };
    groups.into_values().map(group).collect()
}

fn figure(case: &Case, id: &FactId, fact: &Fact) -> Figure {
    Figure {
        value: whole(case, &fact.value),
        exact: exact(case, &fact.value),
        estimated_by: fact.estimated_by.clone(),
        estimated_on: case.visit.on(&fact.estimated_on),
        by: case.called(&fact.by).to_owned(),
        source: fact.source.clone(),
        stands: case.state.standing.parties.iter().map(|party| stand(case, id, fact, party)).collect(),
    }
}

fn stand(case: &Case, id: &FactId, fact: &Fact, party: &GovernmentId) -> Stand {
    let (kind, own) = match fact.positions.get(party) {
        Some(Position::Accepts) => ("accepts", None),
        Some(Position::Disputes { own }) => ("disputes", own.as_ref()),
        Some(Position::NoData) => ("no_data", None),
        None if fact.by == *party => ("stated", None),
        None => ("silent", None),
    };
    let act = (*party == case.government && case.acts(STATES)).then(|| taking(case, id, kind, own));
    Stand { party: case.called(party).to_owned(), kind, own: own.map(|own| whole(case, own)), act }
}

fn taking(case: &Case, id: &FactId, kind: &'static str, own: Option<&Value>) -> Taking {
    let name = format!("position-{id}");
    let choices = ["accepts", "disputes", "no_data"].map(|choice| (choice, case.visit.t(&format!("facts-position-{choice}")))).into();
    let own = own.and_then(Value::number).map(locale::number).unwrap_or_default();
    Taking { form: case.form(&name), open: case.tried(&name), fact: id.to_string(), now: kind, choices, own, name }
}

/// How far apart the estimates of one thing are, with the figures that those who dispute set against them. None where they say the same, or nothing
/// that can be measured.
fn spread<'a>(case: &Case, facts: impl Iterator<Item = &'a Fact>) -> Option<Spread> {
    let own = |fact: &'a Fact| {
        fact.positions.values().filter_map(|position| match position {
            Position::Disputes { own } => own.as_ref(),
            Position::Accepts | Position::NoData => None,
        })
    };
    let mut values: Vec<&Value> = facts.flat_map(|fact| std::iter::once(&fact.value).chain(own(fact))).collect();
    values.sort_by_key(|value| value.number());
    let (least, most) = (*values.first()?, *values.last()?);
    let (from, to) = (least.number()?, most.number()?);
    if from == to || !values.iter().all(|value| negotiation::facts::are_comparable(least, value)) {
        return None;
    }
    let width = to.checked_sub(from)?;
    let place = |value: &&Value| Some((value.number()?.checked_sub(from)? * Decimal::from(96)).checked_div(width)? + Decimal::TWO);
    let times = most.number().filter(|_| from > Decimal::ZERO).and_then(|most| most.checked_div(from));
    let params = json!({
        "least": whole(case, least),
        "most": whole(case, most),
        "times": times.map(|times| locale::number(times.round_dp(1).normalize())),
    });
    let key = if times.is_some() { "facts-spread_times" } else { "facts-spread" };
    let places = values.iter().filter_map(place).map(|place| place.round_dp(1).normalize().to_string()).collect();
    Some(Spread { said: case.visit.told(key, &params), places })
}
