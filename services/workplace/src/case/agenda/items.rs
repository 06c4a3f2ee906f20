//! Where the parties stand on an item of the agenda, drawn from what each has offered and supported last.

use negotiation::disputes::{Dispute, DisputeState};
use negotiation::text::{Clause, Term};
use proto::id::{ClauseId, GovernmentId, TermId};
use proto::mediation::DisputeNo;
use proto::negotiation::{AgendaItem, ClauseState, OfferNo};
use proto::term::Value;
use proto::words::Wording;

use super::super::{Case, Room};

/// An item in words.
pub(super) struct Item {
    pub kind: String,
    pub name: String,
    /// The room where it is worked at; none for a topic.
    pub href: String,
    /// How it stands: words, and the kind of mark.
    pub stands: Option<(String, &'static str)>,
    /// Who says what of it.
    pub says: Vec<Said>,
    /// What else there is to know of it.
    pub note: String,
}

/// What somebody says.
pub(super) struct Said {
    pub who: String,
    pub what: String,
    /// In which offer, where it is in one.
    pub offer: String,
}

pub(super) fn item(case: &Case, item: &AgendaItem) -> Item {
    match item {
        AgendaItem::Term(term) => of_term(case, term),
        AgendaItem::Clause(clause) => of_clause(case, clause),
        AgendaItem::Dispute(number) => of_dispute(case, *number),
        AgendaItem::Topic(topic) => Item {
            kind: case.visit.t("agenda-topic"),
            name: topic.clone(),
            href: String::new(),
            stands: None,
            says: Vec::new(),
            note: String::new(),
        },
    }
}

fn of_term(case: &Case, id: &TermId) -> Item {
    let term = case.state.terms.get(id);
    let agreed = term.and_then(|term| term.agreed.as_ref());
    let disputed = case.state.disputes.iter().find(|(_, dispute)| dispute.holds() && dispute.terms.contains(id));
    Item {
        kind: case.visit.t("agenda-term"),
        name: case.name_of("term", id.as_str()),
        href: case.path(Room::Table),
        stands: Some(stand_of_term(case, term, disputed.map(|(number, _)| *number))),
        says: last_values(case, id).into_iter().map(|(who, value, offer)| said_value(case, who, value, offer)).collect(),
        note: agreed.map(|agreed| case.visit.with("agenda-agreed-value", "value", &case.value(&agreed.value))).unwrap_or_default(),
    }
}

pub(super) fn stand_of_term(case: &Case, term: Option<&Term>, disputed: Option<DisputeNo>) -> (String, &'static str) {
    match (disputed, term.is_some_and(|term| term.agreed.is_some())) {
        (Some(number), _) => (case.visit.with("agenda-in_dispute", "dispute", &number.to_string()), "warn"),
        (None, true) => (case.visit.t("agenda-agreed"), "good"),
        (None, false) => (case.visit.t("agenda-open"), "warn"),
    }
}

/// The value that each party has offered last.
fn last_values<'c>(case: &'c Case, id: &TermId) -> Vec<(&'c GovernmentId, &'c Value, OfferNo)> {
    let last = |party: &'c GovernmentId| {
        let own = case.state.offers.iter().rev().filter(|(_, offer)| offer.by.as_ref() == Some(party));
        own.filter_map(|(number, offer)| Some((party, offer.package.terms.get(id)?, *number))).next()
    };
    case.state.standing.parties.iter().filter_map(last).collect()
}

fn said_value(case: &Case, who: &GovernmentId, said: &Value, offer: OfferNo) -> Said {
    let offer = case.visit.with("agenda-offer", "offer", &offer.to_string());
    Said { who: case.called(who).to_owned(), what: case.value(said), offer }
}

fn of_clause(case: &Case, id: &ClauseId) -> Item {
    let clause = case.state.clauses.get(id);
    let alternatives = clause.map(|clause| clause.alternatives.as_slice()).unwrap_or_default();
    let supported = alternatives.iter().map(|alternative| Said {
        who: names(case, &alternative.supporters),
        what: words(case, &alternative.wording),
        offer: String::new(),
    });
    let reserved = clause.map(|clause| names(case, &clause.reserved)).filter(|who| !who.is_empty());
    Item {
        kind: case.visit.t("agenda-clause"),
        name: case.name_of("clause", id.as_str()),
        href: case.path(Room::Text),
        stands: clause.map(|clause| stand_of_clause(case, clause)),
        says: supported.collect(),
        note: reserved.map(|who| case.visit.with("agenda-reserved-by", "who", &who)).unwrap_or_default(),
    }
}

pub(super) fn stand_of_clause(case: &Case, clause: &Clause) -> (String, &'static str) {
    let (key, kind) = match clause.state {
        ClauseState::Agreed => ("agenda-agreed", "good"),
        ClauseState::Bracketed => ("agenda-bracketed", "warn"),
        ClauseState::Contested => ("agenda-contested", "warn"),
        ClauseState::Reserved => ("agenda-reserved", "warn"),
    };
    (case.visit.t(key), kind)
}

fn of_dispute(case: &Case, number: DisputeNo) -> Item {
    let dispute = case.state.disputes.get(&number);
    let held = dispute.into_iter().flat_map(|dispute| &dispute.terms);
    let said = |term: &TermId| {
        let values = last_values(case, term).into_iter().map(|(who, said, _)| format!("{} {}", case.called(who), case.value(said)));
        Said { who: case.name_of("term", term.as_str()), what: values.collect::<Vec<_>>().join(" · "), offer: String::new() }
    };
    Item {
        kind: case.visit.t("agenda-dispute"),
        name: dispute.map_or_else(|| number.to_string(), |dispute| case.visit.name(&dispute.names).to_owned()),
        href: case.path(Room::Disputes),
        stands: dispute.map(|dispute| stand_of_dispute(case, dispute)),
        says: held.map(said).collect(),
        note: dispute.map(|dispute| case.visit.with("agenda-between", "who", &names(case, &dispute.parties))).unwrap_or_default(),
    }
}

pub(super) fn stand_of_dispute(case: &Case, dispute: &Dispute) -> (String, &'static str) {
    let (key, kind) = match dispute.state {
        DisputeState::Open => ("agenda-dispute-open", "warn"),
        DisputeState::Settled | DisputeState::Entered => ("agenda-dispute-settled", "good"),
        DisputeState::TakenBack => ("agenda-dispute-taken_back", "neutral"),
    };
    (case.visit.t(key), kind)
}

fn names<'b>(case: &Case, bodies: impl IntoIterator<Item = &'b GovernmentId>) -> String {
    bodies.into_iter().map(|body| case.called(body).to_owned()).collect::<Vec<_>>().join(", ")
}

/// A wording in the language, or the other where it has none.
fn words(case: &Case, wording: &Wording) -> String {
    let (own, other) = if case.visit.tag() == "ko" { (&wording.ko, &wording.en) } else { (&wording.en, &wording.ko) };
    own.clone().or_else(|| other.clone()).unwrap_or_default()
}
