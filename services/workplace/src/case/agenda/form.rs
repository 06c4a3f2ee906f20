//! Setting an agenda: everything a round can be about, each with its place on the agenda or none.

use std::collections::BTreeMap;

use gateway::problem::Problem;
use jiff::civil::Date;
use proto::negotiation::{Agenda, AgendaItem, Command, Meeting};
use serde_json::json;

use super::super::Case;
use super::items::{stand_of_clause, stand_of_dispute, stand_of_term};
use crate::{Form, Visit};

/// As sent: `round`, `on`, `place`, `topics`, and the place of each thing by `term-…`, `clause-…` and `dispute-…`.
pub(super) type Fields = Vec<(String, String)>;

/// Something that can be put on the agenda.
pub(super) struct Candidate {
    /// The name of its field.
    pub field: String,
    pub kind: String,
    pub name: String,
    pub stands: String,
    pub mark: &'static str,
    /// Its place, as typed or as it stands.
    pub place: String,
}

/// Disputes, terms and clauses, those that are open first. Where no agenda stands yet, those that are open are proposed.
pub(super) fn candidates(case: &Case, agenda: Option<&Agenda>, form: &Form) -> Vec<Candidate> {
    let state = &case.state;
    let candidate = |item: AgendaItem, (stands, mark): (String, &'static str)| {
        let (field, kind, name) = match &item {
            AgendaItem::Dispute(number) => {
                let name = state.disputes.get(number).map(|dispute| case.visit.name(&dispute.names).to_owned()).unwrap_or_default();
                (format!("dispute-{number}"), "agenda-dispute", name)
            }
            AgendaItem::Term(term) => (format!("term-{term}"), "agenda-term", case.name_of("term", term.as_str())),
            AgendaItem::Clause(clause) => (format!("clause-{clause}"), "agenda-clause", case.name_of("clause", clause.as_str())),
            AgendaItem::Topic(topic) => (String::new(), "agenda-topic", topic.clone()),
        };
        (item, Candidate { field, kind: case.visit.t(kind), name, stands, mark, place: String::new() })
    };
    let disputed = |term| state.disputes.iter().find(|(_, dispute)| dispute.holds() && dispute.terms.contains(term)).map(|(n, _)| *n);
    let disputes = state.disputes.iter().map(|(number, of)| candidate(AgendaItem::Dispute(*number), stand_of_dispute(case, of)));
    let terms = state.terms.iter().map(|(id, term)| candidate(AgendaItem::Term(id.clone()), stand_of_term(case, Some(term), disputed(id))));
    let clauses = state.clauses.iter().map(|(id, clause)| candidate(AgendaItem::Clause(id.clone()), stand_of_clause(case, clause)));
    let mut all: Vec<(AgendaItem, Candidate)> = disputes.chain(terms).chain(clauses).collect();
    all.sort_by_key(|(_, candidate)| candidate.mark != "warn");
    let mut open = 0;
    for (item, candidate) in &mut all {
        let stands = agenda.map(|agenda| agenda.items.iter().position(|listed| listed == item).map(|at| at + 1));
        let proposed = stands.unwrap_or_else(|| {
            open += usize::from(candidate.mark == "warn");
            (candidate.mark == "warn").then_some(open)
        });
        let or = proposed.map(|at| at.to_string()).unwrap_or_default();
        candidate.place = form.typed(&candidate.field, &or).to_owned();
    }
    all.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The topics of an agenda, a line each.
pub(super) fn topics(agenda: Option<&Agenda>) -> String {
    let topic = |item: &AgendaItem| if let AgendaItem::Topic(topic) = item { Some(topic.clone()) } else { None };
    agenda.iter().flat_map(|agenda| &agenda.items).filter_map(topic).collect::<Vec<_>>().join("\n")
}

/// The command that these fields ask for.
pub(super) fn command(fields: &Fields, visit: &Visit) -> Result<Command, Problem> {
    let typed = |name: &str| fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim());
    let wrong = |key: &str, typed: &str| Problem::of_form(key, json!({ "typed": typed }), visit.language);
    let round = typed("round").parse::<u32>().map_err(|_| wrong("agenda-wrong-round", typed("round")))?;
    let meeting = match (typed("on"), typed("place")) {
        ("", "") => None,
        (on, place) => Some(Meeting { on: on.parse::<Date>().map_err(|_| wrong("agenda-wrong-day", on))?, place: place.to_owned() }),
    };
    let mut placed: BTreeMap<(u32, usize), AgendaItem> = BTreeMap::new();
    for (at, (field, value)) in fields.iter().enumerate() {
        let Some(item) = named(field).filter(|_| !value.trim().is_empty()) else { continue };
        let place = value.trim().parse::<u32>().map_err(|_| wrong("agenda-wrong-place", value.trim()))?;
        placed.insert((place, at), item);
    }
    let topics = typed("topics").lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| AgendaItem::Topic(line.to_owned()));
    Ok(Command::SetAgenda { round, meeting, items: placed.into_values().chain(topics).collect() })
}

/// The thing that a field is about.
fn named(field: &str) -> Option<AgendaItem> {
    let (kind, id) = field.split_once('-')?;
    match kind {
        "dispute" => id.parse().ok().map(AgendaItem::Dispute),
        "term" => id.parse().ok().map(AgendaItem::Term),
        "clause" => id.parse().ok().map(AgendaItem::Clause),
        _ => None,
    }
}
