//! Signing in and out. In demo mode a chooser of persons; it cannot be switched on in production, where only OpenID Connect signs anyone in.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use proto::actor::Role;
use proto::wire::Failure;
use serde::Deserialize;

use crate::posted::Open;
use crate::{Page, Posted, Visit, local, provider, render, with_cookie};
use gateway::edge::Edge;
use gateway::problem::Problem;
use gateway::register::{Bodies, Person};
use gateway::signin;

#[derive(Template)]
#[template(path = "sign-in.html")]
struct SignInPage {
    visit: Visit,
    next: String,
    /// Whether a provider signs people in.
    provider: bool,
    bodies: Vec<Choice>,
}

/// A body with those who act for it.
struct Choice {
    id: String,
    name: String,
    tier: String,
    persons: Vec<(String, String)>,
}

#[derive(Default, Deserialize)]
pub(crate) struct Back {
    #[serde(default)]
    pub next: String,
}

#[derive(Deserialize)]
pub(crate) struct Chosen {
    person: String,
    #[serde(default)]
    next: String,
}

/// Who wants to come in?
pub(crate) async fn choose(State(edge): State<Edge>, Query(back): Query<Back>, visit: Visit) -> Page {
    let bodies = if visit.demo() {
        let bodies = edge.bodies().await.map_err(|why| visit.failed(why))?;
        let persons = edge.persons().await.map_err(|why| visit.failed(why))?;
        choices(&visit, &bodies, persons)
    } else {
        Vec::new()
    };
    let language = visit.language;
    let provider = edge.0.oidc.is_some();
    render(&SignInPage { visit, next: onwards(&back.next).to_owned(), provider, bodies }, language)
}

/// Where to go after signing in: not to the sign-in again.
pub(crate) fn onwards(next: &str) -> &str {
    if next.starts_with("/sign-") { "/" } else { local(next) }
}

/// Upper governments first, then those below and the offices, each by name.
fn choices(visit: &Visit, bodies: &Bodies, persons: Vec<Person>) -> Vec<Choice> {
    let mut by_body: BTreeMap<String, Vec<Person>> = BTreeMap::new();
    for person in persons {
        by_body.entry(person.government.to_string()).or_default().push(person);
    }
    let mut found: Vec<_> = by_body.into_iter().filter_map(|(id, persons)| Some((bodies.0.get(&id)?, id, persons))).collect();
    found.sort_by_cached_key(|(body, ..)| (body.tier, visit.name(&body.names).to_owned()));
    let words = |roles: &[Role]| roles.iter().map(|role| visit.t(&format!("role-{}", role.name()))).collect::<Vec<_>>().join(", ");
    let choice = |(body, id, mut persons): (&gateway::register::Body, String, Vec<Person>)| {
        persons.sort_by_key(|person| person.roles.first().copied());
        Choice {
            name: visit.name(&body.names).to_owned(),
            tier: visit.t(&format!("tier-{}", body.tier.name())),
            persons: persons.iter().map(|person| (format!("{} {id}", person.official), words(&person.roles))).collect(),
            id,
        }
    };
    found.into_iter().map(choice).collect()
}

/// Signs in whom the form names.
pub(crate) async fn sign_in(State(edge): State<Edge>, Open { visit, fields }: Open<Chosen>) -> Result<Response, Problem> {
    let failed = |why: Failure| visit.failed(why);
    let (official, government) = fields.person.split_once(' ').ok_or_else(|| failed(Failure::NotFound))?;
    let official = official.parse().map_err(|_| failed(Failure::NotFound))?;
    let government = government.parse().map_err(|_| failed(Failure::NotFound))?;
    let (person, zone) = signin::demonstrated(&edge, &official, &government).await.map_err(|why| visit.failed(why))?;
    Ok(enter(&edge, &visit, person, zone, onwards(&fields.next)))
}

/// Begins the sign-in of a person who is who they say.
pub(crate) fn enter(edge: &Edge, visit: &Visit, person: Person, zone: String, next: &str) -> Response {
    // Whoever was signed in here is not any more.
    if let Some(before) = visit.session() {
        edge.0.sessions.end(before);
    }
    let session = edge.0.sessions.begin(person.official, person.government, person.roles, zone);
    with_cookie(Redirect::to(next).into_response(), edge.0.sessions.cookie(&session))
}

/// Signs out.
pub(crate) async fn sign_out(State(edge): State<Edge>, headers: HeaderMap, posted: Posted<Back>) -> Response {
    if let Some(session) = posted.signed.visit.session() {
        edge.0.sessions.end(session);
    }
    with_cookie(Redirect::to(provider::way_out(&headers)).into_response(), edge.0.sessions.no_cookie())
}
