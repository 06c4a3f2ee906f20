//! A case: its head with the steps of the way and whose move it is, and the rooms in which people work at it.
//!
//! Every room is a module with `page`, which shows it, and `routes`, which take its forms. A room's form acts through [`act`]: done, it leads back
//! to the room, which shows what became of it; refused, the room is shown again with everything that was typed ([`Case::form`]).

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use gateway::edge::{Edge, SignedIn, about};
use gateway::problem::Problem;
use gateway::register::Bodies;
use negotiation::State;
use notifications::Move;
use proto::access::Asker;
use proto::actor::{Role, Service};
use proto::id::{CaseId, GovernmentId};
use proto::message::{Command, Target};
use proto::stream::Stream;
use proto::wire::{Failure, Submission, Unanswered};
use runtime::serve::Get;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::home::{Looked, Seen};
use crate::{Form, Page, Posted, Signed, Visit, done, moves};

mod agenda;
mod allocation;
mod approvals;
mod authority;
mod disputes;
mod facts;
mod head;
mod mandates;
mod naming;
mod overview;
mod publish;
mod record;
mod remarks;
mod room;
mod signing;
mod table;
mod text;
mod values;

pub(crate) use agenda::path as agenda_path;
pub(crate) use head::{Head, name_of};
pub(crate) use room::Room;

/// The pages of a case.
pub(crate) fn routes() -> Router<Edge> {
    let beside = agenda::routes().merge(publish::routes());
    Room::ALL.into_iter().fold(beside, |router, room| router.merge(room.routes()))
}

/// A case as whoever is signed in sees it: what every room needs.
pub(crate) struct Case {
    pub visit: Visit,
    pub who: SignedIn,
    pub id: CaseId,
    /// The body for which whoever is signed in acts.
    pub government: GovernmentId,
    /// The negotiation's fold of the case.
    pub state: State,
    /// What the case waits for, of every body.
    pub moves: Vec<Move>,
    /// Names of bodies.
    pub bodies: Arc<Bodies>,
    /// The place of the last entry that the page can show.
    newest: u64,
    /// Up to where whoever looks had seen the case before.
    seen: Option<u64>,
    tried: Option<Tried>,
}

/// A form that comes back.
struct Tried {
    /// Its name on the page.
    name: Cow<'static, str>,
    form: Form,
    /// Whether the page has it. One that is not open to whoever sent it is nowhere, and the head says why it was refused.
    placed: Arc<AtomicBool>,
}

#[derive(Deserialize)]
struct Waiting {
    #[serde(default)]
    moves: Vec<Move>,
}

impl Case {
    /// The case of this id.
    ///
    /// # Errors
    /// `not_found` when there is none for whoever is signed in.
    pub async fn of(Signed { visit, who }: Signed, id: CaseId) -> Result<Self, Problem> {
        let Asker::Person { government, .. } = &who.asker else { return Err(visit.failed(Failure::NotFound)) };
        let government = government.clone();
        let stream = || about(Stream::Case(id), visit.at_least);
        let (negotiation, waiting) =
            tokio::join!(visit.edge.get(&who, Service::Negotiation, stream()), visit.edge.get(&who, Service::Notifications, stream()));
        let negotiation = negotiation.map_err(|why| visit.failed(why))?;
        // The inbox follows more of the case than the negotiation does.
        let newest = waiting.as_ref().map_or(0, |found| found.position).max(negotiation.position);
        let state = read(negotiation.body).map_err(|why| visit.failed(why))?;
        // Without the notifications the case can still be read and worked at.
        let moves = waiting.and_then(|found| read::<Waiting>(found.body)).map(|waiting| waiting.moves).unwrap_or_default();
        let bodies = Arc::clone(&visit.bodies);
        Ok(Self { visit, who, id, government, state, moves, bodies, newest, seen: None, tried: None })
    }

    /// The negotiation's fold of a case alone, for a form that needs to look at it before it acts.
    ///
    /// # Errors
    /// `not_found` when there is none for whoever is signed in.
    pub async fn state_of(visit: &Visit, who: &SignedIn, id: CaseId) -> Result<State, Problem> {
        let found = visit.edge.get(who, Service::Negotiation, about(Stream::Case(id), None)).await;
        found.and_then(|found| read(found.body)).map_err(|why| visit.failed(why))
    }

    /// The fold of another service about this case.
    ///
    /// # Errors
    /// When the service does not answer.
    pub async fn fold<T: DeserializeOwned>(&self, service: Service) -> Result<T, Problem> {
        self.ask(service, about(Stream::Case(self.id), self.visit.at_least)).await
    }

    /// The fold of a service about what one's own body keeps to itself in this case; empty when it keeps nothing.
    ///
    /// # Errors
    /// When the service does not answer.
    pub async fn own<T: DeserializeOwned + Default>(&self, service: Service) -> Result<T, Problem> {
        self.sealed(service, Stream::Internal(self.id, self.government.clone())).await
    }

    /// The fold of a sealed stream; empty when there is none for whoever is signed in.
    ///
    /// # Errors
    /// When the service does not answer.
    pub async fn sealed<T: DeserializeOwned + Default>(&self, service: Service, stream: Stream) -> Result<T, Problem> {
        match self.visit.edge.get(&self.who, service, about(stream, self.visit.at_least)).await {
            Ok(found) => read(found.body).map_err(|why| self.visit.failed(why)),
            Err(Unanswered::Failed(Failure::NotFound)) => Ok(T::default()),
            Err(why) => Err(self.visit.failed(why)),
        }
    }

    /// A question to a service.
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn ask<T: DeserializeOwned>(&self, service: Service, get: Get) -> Result<T, Problem> {
        let found = self.visit.edge.get(&self.who, service, get).await;
        found.and_then(|found| read(found.body)).map_err(|why| self.visit.failed(why))
    }

    /// A form of this page: as it was refused, or empty. `name` is its place on the page too (`id="{name}"`).
    pub fn form(&self, name: &str) -> Form {
        let Some(tried) = self.tried.as_ref().filter(|tried| tried.name == name) else { return self.visit.form() };
        tried.placed.store(true, Ordering::Relaxed);
        tried.form.clone()
    }

    /// What was typed into a field of the form that was just refused, whether or not the page has it.
    pub fn refused_with(&self, name: &str, field: &str) -> Option<&str> {
        let tried = self.tried.as_ref().filter(|tried| tried.name == name)?;
        tried.form.sent.iter().find(|(sent, _)| sent == field).map(|(_, value)| value.as_str())
    }

    /// Shows this form again as it was sent, in place of an empty one.
    fn bring_back(&mut self, name: impl Into<Cow<'static, str>>, form: Form) {
        self.tried = Some(Tried { name: name.into(), form, placed: Arc::default() });
    }

    /// Whether this form was just refused, so that it is shown open.
    pub fn tried(&self, name: &str) -> bool {
        self.tried.as_ref().is_some_and(|tried| tried.name == name)
    }

    /// Whether the own body is a party.
    pub fn is_party(&self) -> bool {
        self.state.standing.parties.contains(&self.government)
    }

    /// Whether the own body opened the case.
    pub fn coordinates(&self) -> bool {
        self.state.standing.coordinator.as_ref() == Some(&self.government)
    }

    /// Whether whoever is signed in may do, by their role, what needs one of these and a party to the case.
    pub fn acts(&self, roles: &[Role]) -> bool {
        self.is_party() && self.visit.holds(roles)
    }

    /// The moves that whoever is signed in can make.
    pub fn own_moves(&self) -> impl Iterator<Item = &Move> {
        self.moves.iter().filter(|what| moves::is_own(what, &self.visit, &self.who))
    }

    /// The address of a room.
    pub fn path(&self, room: Room) -> String {
        room.path(self.id)
    }

    /// What a body is called.
    pub fn called<'a>(&'a self, government: &'a GovernmentId) -> &'a str {
        self.bodies.called(self.visit.language, government.as_str())
    }
}

fn read<T: DeserializeOwned>(body: serde_json::Value) -> Result<T, Unanswered> {
    serde_json::from_value(body).map_err(|error| Failure::Malformed { detail: error.to_string() }.into())
}

impl FromRequestParts<Edge> for Case {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, edge: &Edge) -> Result<Self, Problem> {
        let signed = Signed::from_request_parts(parts, edge).await?;
        let names = Path::<HashMap<String, String>>::from_request_parts(parts, edge).await.ok();
        let id = names
            .as_ref()
            .and_then(|names| names.get("case"))
            .and_then(|id| id.parse().ok())
            .ok_or_else(|| signed.visit.failed(Failure::NotFound))?;
        let mut case = Self::of(signed, id).await?;
        if let Asker::Person { official, government } = &case.who.asker {
            let seen = Seen::of(&parts.headers, official, government);
            case.seen = seen.up_to(id);
            if let Some(looked) = parts.extensions.get::<Looked>() {
                looked.note(official, government, id, case.newest);
            }
        }
        Ok(case)
    }
}

/// Does what the form `name` of a room asks for, and shows the room.
///
/// # Errors
/// When the case is none of whoever is signed in.
pub(crate) async fn act<T>(
    id: CaseId,
    room: Room,
    name: impl Into<Cow<'static, str>>,
    posted: Posted<T>,
    command: impl Into<Command>,
) -> Page {
    Box::pin(submit(id, room, name, posted, Submission::from(command.into()))).await
}

/// As [`act`], for an act that happened outside or carries a signature.
///
/// # Errors
/// As [`act`].
pub(crate) async fn submit<T>(
    id: CaseId,
    room: Room,
    name: impl Into<Cow<'static, str>>,
    posted: Posted<T>,
    submission: Submission,
) -> Page {
    let name = name.into();
    match posted.submit(&Target::Case(id), &submission).await {
        Ok(receipt) => Ok(done(&format!("{}#{name}", room.path(id)), &receipt)),
        // Boxed, because a whole case is in it, and whoever sends a form seldom needs it.
        Err(problem) => Box::pin(refuse(id, room, name, posted, problem)).await,
    }
}

/// Shows the room again, with its form `name` as it was sent and why it was not taken.
///
/// # Errors
/// When the case is none of whoever is signed in.
pub(crate) async fn refuse<T>(id: CaseId, room: Room, name: impl Into<Cow<'static, str>>, posted: Posted<T>, problem: Problem) -> Page {
    Box::pin(refuse_on(id, name, posted, problem, async |case| Box::pin(room.page(case)).await)).await
}

/// As [`refuse`], for a form that stands on a page of its own.
///
/// # Errors
/// As [`refuse`].
pub(crate) async fn refuse_on<T>(
    id: CaseId,
    name: impl Into<Cow<'static, str>>,
    posted: Posted<T>,
    problem: Problem,
    show: impl AsyncFnOnce(Case) -> Page,
) -> Page {
    let (name, status) = (name.into(), problem.status);
    let mut form = posted.again(problem);
    let mut case = Case::of(posted.signed, id).await?;
    form.problem = form.problem.map(|problem| case.in_words(problem));
    case.bring_back(name, form);
    let mut page = show(case).await?;
    *page.status_mut() = crate::status(status);
    Ok(page)
}
