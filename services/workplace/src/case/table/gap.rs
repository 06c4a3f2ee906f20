//! How far apart the sides are on one term: what each party last offered, over time, and where the own mandate ends. What was tabled is for all
//! parties to see; the mandate is drawn for its own body only.

use std::collections::BTreeMap;

use gateway::units;
use negotiation::offers::{Answer, Offer};
use proto::id::{GovernmentId, TermId};
use proto::negotiation::{OfferNo, OfferState};
use proto::term::Value;
use proto::words::day_of;
use rust_decimal::Decimal;
use serde_json::json;

use super::super::Case;
use super::super::mandates::Held;
use super::compare::stands;
use super::tree;
use super::values::Unit;

/// The picture of one term with the table behind it.
pub(crate) struct Gap {
    /// Terms that can be measured and of which an offer says something: id and name.
    pub terms: Vec<(String, String)>,
    pub term: String,
    pub name: String,
    pub unit: String,
    /// Who or what each column is, and whether it is a bound of the mandate.
    pub columns: Vec<(String, bool)>,
    pub rows: Vec<Row>,
    /// How far apart they are now, in words.
    pub now: String,
    /// Whether it holds what nobody else may see.
    pub secret: bool,
}

/// Where everyone stood after an offer.
pub(crate) struct Row {
    /// The day, for the axis; where everything fell on one day, the offer.
    pub at: String,
    pub when: String,
    /// Which offer; empty for today.
    pub what: String,
    /// By column: the number for the chart, in words, and whether it was this offer that said it.
    pub cells: Vec<Option<(String, String, bool)>>,
}

/// Where parties stood after an offer.
type Stood<'a> = (OfferNo, &'a Offer, BTreeMap<&'a GovernmentId, Decimal>);

impl Gap {
    pub fn of(case: &Case, held: &Held, asked: Option<&str>) -> Option<Self> {
        let ids: Vec<&TermId> = case.state.terms.keys().filter(|id| offered(case, id).next().is_some()).collect();
        let id = ids.iter().find(|id| asked == Some(id.as_str())).or_else(|| ids.iter().max_by_key(|id| interest(case, id))).copied()?;
        let term = case.state.terms.get(id)?;
        let values = case.state.offers.values().filter_map(|offer| offer.package.terms.get(id));
        let unit = Unit::of(case.visit.language, &term.kind, values);
        let history = positions(case, id);
        let bounds = held.bounds(id);
        let mut drawing = Drawing::new(case, &unit, &history, stands(case, id) == "agreed");
        for (key, bound) in [("table-ceiling", bounds.and_then(|b| b.ceiling)), ("table-floor", bounds.and_then(|b| b.floor))] {
            drawing.bounded(case, key, bound);
        }
        let now = history.last().map(|(_, _, stood)| apart(case, id, &unit, stood)).unwrap_or_default();
        Some(Self {
            terms: ids.iter().map(|id| (id.to_string(), case.name_of("term", id.as_str()))).collect(),
            term: id.to_string(),
            name: case.visit.name(&term.names).to_owned(),
            unit: unit.said.clone(),
            secret: bounds.is_some(),
            columns: drawing.columns,
            rows: drawing.rows,
            now,
        })
    }
}

/// Offers that say a number of a term, in their order.
fn offered<'a>(case: &'a Case, id: &'a TermId) -> impl Iterator<Item = (OfferNo, &'a Offer, Decimal)> {
    let number = |offer: &Offer| offer.package.terms.get(id).and_then(Value::number);
    case.state.offers.iter().filter_map(move |(no, offer)| Some((*no, offer, number(offer)?)))
}

/// What is in dispute or apart is looked at first, then what has moved most often.
fn interest(case: &Case, id: &TermId) -> (bool, bool, usize) {
    let history = positions(case, id);
    let apart = history.last().is_some_and(|(_, _, stood)| stood.values().min() != stood.values().max());
    (stands(case, id) == "dispute", apart, history.len())
}

/// Where the parties stood after each offer. What is agreed or settled is where all stand who were to it.
fn positions<'a>(case: &'a Case, id: &'a TermId) -> Vec<Stood<'a>> {
    let mut stood: BTreeMap<&GovernmentId, Decimal> = BTreeMap::new();
    let mut history = Vec::new();
    for (number, offer, value) in offered(case, id) {
        let settled = offer.settles.and_then(|dispute| case.state.disputes.get(&dispute)).into_iter().flat_map(|dispute| &dispute.parties);
        let behind = offer.to.iter().filter(|(_, answer)| offer.state == OfferState::Agreed && **answer == Answer::Accepted);
        stood.extend(offer.by.iter().chain(settled).chain(behind.map(|(party, _)| party)).map(|party| (party, value)));
        history.push((number, offer, stood.clone()));
    }
    history
}

fn apart(case: &Case, id: &TermId, unit: &Unit, stood: &BTreeMap<&GovernmentId, Decimal>) -> String {
    let visit = &case.visit;
    let least = stood.iter().min_by_key(|(_, value)| **value);
    let most = stood.iter().max_by_key(|(_, value)| **value);
    let Some(((low, least), (high, most))) = least.zip(most) else { return String::new() };
    let amount = |value: Decimal| units::behind(visit.language, &unit.number(value), &unit.said);
    if stands(case, id) == "agreed" {
        return visit.t("table-gap-agreed");
    }
    if least == most {
        let key = if stood.len() < 2 { "table-gap-one" } else { "table-gap-none" };
        return visit.told(key, &json!({ "body": case.called(low), "value": amount(*least) }));
    }
    let params = json!({
        "gap": amount(*most - *least), "low": case.called(low), "least": amount(*least), "high": case.called(high), "most": amount(*most),
    });
    visit.told("table-gap-now", &params)
}

/// Columns and rows as they come about.
struct Drawing<'a> {
    unit: &'a Unit,
    columns: Vec<(String, bool)>,
    rows: Vec<Row>,
}

impl<'a> Drawing<'a> {
    fn new(case: &Case, unit: &'a Unit, history: &[Stood<'_>], agreed: bool) -> Self {
        let parties: Vec<&GovernmentId> = history.last().into_iter().flat_map(|(_, _, stood)| stood.keys().copied()).collect();
        let visit = &case.visit;
        let day = |at| day_of(at, &visit.zone).map(|day| day.to_string()).unwrap_or_default();
        let cells = |stood: &BTreeMap<&GovernmentId, Decimal>, by: Option<&GovernmentId>| {
            let cell = |party: &&GovernmentId| stood.get(party).map(|value| (value.to_string(), unit.number(*value), by == Some(*party)));
            parties.iter().map(cell).collect()
        };
        let mut rows: Vec<Row> = Vec::new();
        for (number, offer, stood) in history {
            rows.push(Row {
                at: day(offer.tabled_at),
                when: tree::day(case, offer).exact,
                what: visit.told("table-offer-of", &json!({ "offer": number.to_string(), "body": tree::author(case, offer) })),
                cells: cells(stood, offer.by.as_ref()),
            });
        }
        // Whatever was said last stands until today, or until it was agreed.
        if let Some((_, _, stood)) = history.last().filter(|_| !agreed) {
            rows.push(Row { at: day(visit.now), when: visit.today(), what: visit.t("table-today"), cells: cells(stood, None) });
        }
        if rows.windows(2).all(|pair| matches!(pair, [one, next] if one.at == next.at)) {
            let offers = history.iter().map(|(number, _, _)| visit.with("table-offer", "offer", &number.to_string()));
            rows.iter_mut().zip(offers.chain([visit.t("table-today")])).for_each(|(row, at)| row.at = at);
        }
        Self { unit, columns: parties.iter().map(|party| (case.called(party).to_owned(), false)).collect(), rows }
    }

    fn bounded(&mut self, case: &Case, key: &str, bound: Option<Decimal>) {
        let Some(bound) = bound else { return };
        self.columns.push((case.visit.t(key), true));
        let said = self.unit.number(bound);
        for row in &mut self.rows {
            row.cells.push(Some((bound.to_string(), said.clone(), false)));
        }
    }
}
