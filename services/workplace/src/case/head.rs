//! The head of a case, the same in every room: what it is, how far it has come, whose move it is, and the way to the other rooms.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use gateway::problem::Problem;
use negotiation::State;
use notifications::{Move, Task};
use proto::negotiation::Rounds;
use proto::standing::Phase;
use serde_json::json;

use super::{Case, Room};
use crate::said::{Teller, Things};
use crate::{Visit, When, moves};

/// What the head shows.
pub(crate) struct Head {
    pub id: String,
    pub title: String,
    /// The legal form.
    pub form: String,
    pub parties: String,
    pub rounds: String,
    /// The round whose agenda stands; empty where none does.
    pub round: String,
    /// The steps of the way: label and `done`, `now` or nothing.
    pub steps: Vec<(String, &'static str)>,
    /// Whether the agreement is in force.
    pub in_force: bool,
    pub rooms: Vec<Tab>,
    /// Own moves, the most urgent first.
    pub own: Vec<Line>,
    /// Whom it waits for otherwise.
    pub others: Vec<String>,
    /// Why the form that comes back was refused, and whether the page has it.
    refused: Option<(Problem, Arc<AtomicBool>)>,
}

/// The way to a room.
pub(crate) struct Tab {
    pub href: String,
    pub label: String,
    pub current: bool,
    /// How many own moves are made there.
    pub count: usize,
}

/// A move in words.
pub(crate) struct Line {
    pub href: String,
    pub what: String,
    pub due: Option<When>,
}

impl Head {
    pub fn of(case: &Case, room: Room) -> Self {
        let visit = &case.visit;
        let state = &case.state;
        let mut own: Vec<&Move> = case.own_moves().collect();
        own.sort_by_key(|what| moves::urgency(what));
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for what in &own {
            *counts.entry(moves::room(&what.task).name()).or_default() += 1;
        }
        let tab = |each: Room| Tab {
            href: each.path(case.id),
            label: visit.t(&format!("room-{}", each.name())),
            current: each == room,
            count: counts.get(each.name()).copied().unwrap_or_default(),
        };
        let line =
            |what: &&Move| Line { href: moves::room(&what.task).path(case.id), what: case.said(&what.task), due: moves::due(what, visit) };
        let rounds = state.rounds.map(|rounds| match rounds {
            Rounds::Alternating => "rounds-alternating",
            Rounds::Circulated => "rounds-circulated",
            Rounds::Free => "rounds-free",
        });
        Self {
            id: case.id.to_string(),
            title: state.title.as_ref().map(|title| visit.name(title).to_owned()).unwrap_or_default(),
            form: state.procedure.as_ref().map(|form| visit.name(&form.names).to_owned()).unwrap_or_default(),
            parties: state.standing.parties.iter().map(|party| case.called(party)).collect::<Vec<_>>().join(" · "),
            rounds: rounds.map(|key| visit.t(key)).unwrap_or_default(),
            round: state.agenda.as_ref().map(|agenda| visit.with("agenda-round", "round", &agenda.round.to_string())).unwrap_or_default(),
            steps: steps(case),
            in_force: state.standing.phase == Phase::InForce,
            rooms: Room::ALL.into_iter().map(tab).collect(),
            own: own.iter().map(line).collect(),
            others: others(case),
            refused: case.tried.as_ref().and_then(|tried| Some((tried.form.problem.clone()?, Arc::clone(&tried.placed)))),
        }
    }

    /// Why a form was refused that the page does not have, because it is not open to whoever sent it. Asked while the page is written, when all
    /// its forms have been made.
    pub fn refusal(&self) -> Option<&Problem> {
        self.refused.as_ref().filter(|(_, placed)| !placed.load(Ordering::Relaxed)).map(|(problem, _)| problem)
    }

    /// The first own move, if there is one.
    pub fn first(&self) -> Option<&Line> {
        self.own.first()
    }
}

impl Case {
    /// A move in words, with the names that this case gives to things.
    pub fn said(&self, task: &Task) -> String {
        moves::said(task, &self.visit, |kind, id| self.name_of(kind, id))
    }

    /// What a fact, term, clause or content of this case is called; its id where it has no name here.
    pub fn name_of(&self, kind: &str, id: &str) -> String {
        name_of(&self.visit, &self.state, kind, id)
    }
}

/// What a fact, term, clause, content or step of a case is called; its id where it has no name there.
pub(crate) fn name_of(visit: &Visit, state: &State, kind: &str, id: &str) -> String {
    if kind == "fact"
        && let Some(estimate) = estimate(visit, state, id)
    {
        return estimate;
    }
    let names = match kind {
        "fact" => id.parse().ok().and_then(|id| state.facts.get(&id)).map(|fact| &fact.names),
        "term" => id.parse().ok().and_then(|id| state.terms.get(&id)).map(|term| &term.names),
        "clause" => id.parse().ok().and_then(|id| state.clauses.get(&id)).map(|clause| &clause.heading),
        "content" => {
            state.procedure.as_ref().and_then(|form| form.contents.iter().find(|content| content.id == id)).map(|content| &content.names)
        }
        _ => None,
    };
    if let Some(names) = names {
        return visit.name(names).to_owned();
    }
    // Steps are named by the procedure as it is pinned, which the register of procedures still has.
    let pinned = state.procedure.as_ref().and_then(|form| proto::procedure::register().get(&form.id));
    let step = pinned.and_then(|procedure| procedure.steps.iter().find(|step| step.id.as_str() == id));
    step.map_or_else(|| id.to_owned(), |step| visit.name(&step.names).to_owned())
}

/// A figure of which there are several estimates, told apart by what it says and who estimated it.
fn estimate(visit: &Visit, state: &State, id: &str) -> Option<String> {
    let fact = state.facts.get(&id.parse().ok()?)?;
    let several = state.facts.values().filter(|other| other.names == fact.names).count() > 1;
    let value = Teller { language: visit.language, bodies: &visit.bodies, things: &Things::default() }.value(&fact.value);
    several.then(|| format!("{} ({value}, {})", visit.name(&fact.names), fact.estimated_by))
}

/// Whom the case waits for besides whoever looks, each once.
fn others(case: &Case) -> Vec<String> {
    let mut waiting: BTreeMap<String, usize> = BTreeMap::new();
    for what in case.moves.iter().filter(|what| what.government != case.government) {
        *waiting.entry(case.called(&what.government).to_owned()).or_default() += 1;
    }
    let said = |(body, count)| case.visit.told("waits-for", &json!({ "body": body, "count": count }));
    waiting.into_iter().map(said).collect()
}

/// The way from the opening to the entry into force.
fn steps(case: &Case) -> Vec<(String, &'static str)> {
    let state = &case.state;
    let signing = case.moves.iter().any(|what| matches!(what.task, Task::Sign { .. } | Task::AttestPaper { .. }));
    let least = state.procedure.as_ref().map_or(2, |form| usize::from(form.parties_min.max(2)));
    let now = match state.standing.phase {
        Phase::None => 0,
        Phase::Open if state.standing.parties.len() < least => 0,
        Phase::Open if state.obstacles.is_empty() => 3,
        Phase::Open if !state.offers.is_empty() => 2,
        Phase::Open => 1,
        Phase::Frozen if signing => 5,
        Phase::Frozen => 4,
        Phase::Signed => 6,
        Phase::InForce => 7,
    };
    let names = ["invite", "facts", "offers", "text", "approvals", "signing", "force"];
    let stand = |at: usize| match at.cmp(&now) {
        std::cmp::Ordering::Less => "done",
        std::cmp::Ordering::Equal => "now",
        std::cmp::Ordering::Greater => "",
    };
    names.iter().enumerate().map(|(at, name)| (case.visit.t(&format!("way-{name}")), stand(at))).collect()
}
