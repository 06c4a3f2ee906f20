//! Figures and what each party makes of them, and what the parties ask each other: what everybody should know before they talk about money.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::routing::{get, post};
use gateway::edge::Edge;
use gateway::texts;
use proto::actor::Role;
use proto::id::GovernmentId;

use super::{Case, Head, Room};
use crate::{Form, Page, Visit, render};

mod acts;
mod figures;
mod requests;

use figures::Group;
use requests::Line;

/// Who puts figures on record and takes positions.
const STATES: &[Role] = &[Role::Delegate];
/// Who asks other parties and answers them.
const ASKS: &[Role] = &[Role::Delegate, Role::Clerk];

#[derive(Template)]
#[template(path = "case/facts.html")]
struct FactsPage {
    visit: Visit,
    head: Head,
    id: String,
    parties: Vec<String>,
    groups: Vec<Group>,
    requests: Vec<Line>,
    state: Option<State>,
    ask: Option<Ask>,
}

/// The form by which a figure is put on record.
struct State {
    form: Form,
    open: bool,
    /// The name of the new figure in the record.
    fact: String,
    /// What there are figures of already: one of them, and what it is called.
    subjects: Vec<(String, String)>,
    kinds: Vec<(&'static str, String)>,
}

/// The form by which another party is asked.
struct Ask {
    form: Form,
    open: bool,
    to: Vec<(GovernmentId, String)>,
}

pub(crate) fn routes() -> Router<Edge> {
    Router::new()
        .route("/cases/{case}/facts", get(page))
        .route("/cases/{case}/facts/state", post(acts::state))
        .route("/cases/{case}/facts/position", post(acts::position))
        .route("/cases/{case}/facts/ask", post(acts::ask))
        .route("/cases/{case}/facts/answer", post(acts::answer))
}

pub(crate) async fn page(case: Case) -> Page {
    let requests = requests::all(&case).await?;
    let groups = figures::all(&case);
    let page = FactsPage {
        head: Head::of(&case, Room::Facts),
        id: case.id.to_string(),
        parties: case.state.standing.parties.iter().map(|party| case.called(party).to_owned()).collect(),
        state: case.acts(STATES).then(|| State::of(&case)),
        ask: Ask::of(&case),
        groups,
        requests,
        visit: case.visit,
    };
    let language = page.visit.language;
    render(&page, language)
}

impl State {
    fn of(case: &Case) -> Self {
        let form = case.form("state");
        // A name that was taken meanwhile would be refused for ever.
        let typed = form.typed("fact", "");
        let taken = |name: &str| case.state.facts.keys().any(|fact| fact.as_str() == name);
        let fresh =
            || (1..=case.state.facts.len() + 1).map(|number| format!("figure-{number}")).find(|name| !taken(name)).unwrap_or_default();
        let fact = if typed.is_empty() || taken(typed) { fresh() } else { typed.to_owned() };
        let mut subjects: BTreeMap<(&str, &str), String> = BTreeMap::new();
        for (id, figure) in &case.state.facts {
            subjects.entry((&figure.names.ko, &figure.names.en)).or_insert_with(|| id.to_string());
        }
        let name = |id: &String| id.parse().ok().and_then(|id| case.state.facts.get(&id));
        let called = |id: &String| name(id).map_or("", |figure| texts::named(case.visit.language, &figure.names)).to_owned();
        let new = (String::new(), case.visit.t("facts-new_subject"));
        Self {
            fact,
            subjects: [new].into_iter().chain(subjects.into_values().map(|id| (id.clone(), called(&id)))).collect(),
            kinds: acts::KINDS.map(|kind| (kind, case.visit.t(&format!("facts-kind-{kind}")))).into(),
            open: case.tried("state"),
            form,
        }
    }
}

impl Ask {
    /// Nothing where there is nobody to ask, or it is not for whoever looks.
    fn of(case: &Case) -> Option<Self> {
        let others = case.state.standing.parties.iter().filter(|party| **party != case.government);
        let to: Vec<_> = others.map(|party| (party.clone(), case.called(party).to_owned())).collect();
        (case.acts(ASKS) && !to.is_empty()).then(|| Self { form: case.form("ask"), open: case.tried("ask"), to })
    }
}
