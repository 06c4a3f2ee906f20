//! Who pays what, and why: the settlement sheet of a run first, then rules side by side, fairness, the derivation of each number, questions, and what
//! parties think of the figures.
//!
//! A run lies on the table, where everyone in the case sees it, or is sealed for the body that computed it ([`Place`]); what is sealed is read from that
//! body's own stream and is on no page of anybody else.

use std::collections::BTreeSet;

use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use gateway::edge::{Edge, about};
use gateway::problem::Problem;
use proto::access::Asker;
use proto::actor::{Role, Service};
use proto::allocation::{Question, Work};
use proto::id::{CaseId, GovernmentId, RunId};
use proto::standing::Phase;
use proto::stream::Stream;
use proto::wire::Failure;
use runtime::serve::{Found, Get};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use allocation::{Run, State, Studied};

use super::{Case, Head, Room};
use crate::{Page, Signed, Visit, When};

mod answer;
mod ask;
mod asked;
mod compare;
mod fairness;
mod frame;
mod grid;
mod model;
mod sheet;
mod stands;
mod studies;
mod tabling;
mod triangle;
mod why;
mod words;

pub(crate) fn routes() -> Router<Edge> {
    Router::new()
        .route("/cases/{case}/allocation", get(first))
        .route("/cases/{case}/allocation/new", get(model::begin).post(model::sent))
        .route("/cases/{case}/allocation/cancel", post(studies::cancel))
        .route("/cases/{case}/allocation/{place}/{run}", get(sheet::of))
        .route("/cases/{case}/allocation/{place}/{run}/compare", get(compare::of))
        .route("/cases/{case}/allocation/{place}/{run}/fairness", get(fairness::of))
        .route("/cases/{case}/allocation/{place}/{run}/why", get(why::of))
        .route("/cases/{case}/allocation/{place}/{run}/questions", get(studies::of))
        .route("/cases/{case}/allocation/{place}/{run}/figures", get(stands::of).post(stands::take))
        .route("/cases/{case}/allocation/{place}/{run}/table", get(tabling::of).post(tabling::table))
        .route("/cases/{case}/allocation/{place}/{run}/ask/{kind}", get(ask::of).post(ask::sent))
        .route("/cases/{case}/allocation/studies/{place}/{run}", get(studies::one).post(studies::table))
}

/// The newest run: where the room begins.
pub(crate) async fn page(case: Case) -> Page {
    let lab = Lab::of(case).await?;
    match lab.newest() {
        Some((place, run)) => sheet::show(lab, place, run).await,
        None => sheet::none(lab),
    }
}

async fn first(case: Case) -> Page {
    page(case).await
}

/// Where a run or a study lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// On the table, for everyone in the case.
    Table,
    /// Sealed, for the own body.
    Own,
}

impl Place {
    /// Its part of addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Table => "runs",
            Self::Own => "own",
        }
    }

    fn named(name: &str) -> Option<Self> {
        [Self::Table, Self::Own].into_iter().find(|place| place.name() == name)
    }
}

/// What an address of the room names.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Named {
    case: String,
    place: String,
    run: String,
    #[serde(default)]
    kind: String,
}

impl Named {
    fn case(&self, visit: &Visit) -> Result<CaseId, Problem> {
        self.case.parse().map_err(|_| visit.failed(Failure::NotFound))
    }

    fn parse(&self, visit: &Visit) -> Result<(Place, RunId), Problem> {
        let place = Place::named(&self.place);
        place.zip(self.run.parse().ok()).ok_or_else(|| visit.failed(Failure::NotFound))
    }
}

/// The room: what lies on the table of the case, and what the own body keeps to itself.
pub(super) struct Lab {
    pub case: Case,
    pub table: State,
    pub own: State,
}

impl Lab {
    pub async fn of(case: Case) -> Result<Self, Problem> {
        let (table, own) = tokio::join!(case.fold::<State>(Service::Allocation), case.own::<State>(Service::Allocation));
        Ok(Self { table: table?, own: own?, case })
    }

    /// What lies on the table of a case, and what the own body keeps to itself: for a form that acts, before the page is shown again.
    pub async fn states(signed: &Signed, id: CaseId) -> Result<(State, State), Problem> {
        let Signed { visit, who } = signed;
        let Asker::Person { government, .. } = &who.asker else { return Err(visit.failed(Failure::NotFound)) };
        let of = async |stream| -> Result<State, Problem> {
            let found = visit.edge.get(who, Service::Allocation, about(stream, visit.at_least)).await;
            let read = |found: Found| serde_json::from_value(found.body).map_err(|e| Failure::Malformed { detail: e.to_string() }.into());
            found.and_then(read).map_err(|why| visit.failed(why))
        };
        let table = of(Stream::Case(id)).await?;
        let own = of(Stream::Internal(id, government.clone())).await;
        // Who has kept nothing to itself yet has no such stream.
        Ok((table, own.or_else(|problem| if problem.status == 404 { Ok(State::default()) } else { Err(problem) })?))
    }

    /// The room with the run that an address names.
    pub async fn at(case: Case, Path(named): Path<Named>) -> Result<(Self, Place, RunId), Problem> {
        let (place, run) = named.parse(&case.visit)?;
        Ok((Self::of(case).await?, place, run))
    }

    pub fn visit(&self) -> &Visit {
        &self.case.visit
    }

    pub fn state(&self, place: Place) -> &State {
        match place {
            Place::Table => &self.table,
            Place::Own => &self.own,
        }
    }

    pub fn run(&self, place: Place, name: &RunId) -> Result<&Run, Problem> {
        self.state(place).runs.get(name).ok_or_else(|| self.visit().failed(Failure::NotFound))
    }

    pub fn study(&self, place: Place, name: &RunId) -> Option<&Studied> {
        self.state(place).studies.get(name)
    }

    /// All runs, the newest first; of those made at one time, what is on the table.
    pub fn runs(&self) -> Vec<(Place, &RunId, &Run)> {
        let of = |place: Place| self.state(place).runs.iter().map(move |(name, run)| (place, name, run));
        let mut all: Vec<_> = of(Place::Table).chain(of(Place::Own)).collect();
        all.sort_by_key(|(_, _, run)| std::cmp::Reverse(run.at));
        all
    }

    fn newest(&self) -> Option<(Place, RunId)> {
        self.runs().first().map(|(place, name, _)| (*place, (*name).clone()))
    }

    /// The address of a run, looked at in some way: `""` or such as `/compare`.
    pub fn path(&self, place: Place, run: &RunId, look: &str) -> String {
        format!("{}/{}/{run}{look}", self.case.path(Room::Allocation), place.name())
    }

    /// The address of a study.
    pub fn study_path(&self, place: Place, study: &RunId) -> String {
        format!("{}/studies/{}/{study}", self.case.path(Room::Allocation), place.name())
    }

    /// Whether whoever is signed in computes, asks and tables here: delegates of parties.
    pub fn may_act(&self) -> bool {
        self.case.acts(&[Role::Delegate])
    }

    /// Whether a run can still be put on the table: not once the text is frozen.
    pub fn takes_runs(&self) -> bool {
        self.may_act() && self.table.standing.phase == Phase::Open
    }

    /// The run of the table that has the same result.
    pub fn tabled(&self, run: &Run) -> Option<&RunId> {
        self.table.runs.iter().find(|(_, tabled)| tabled.digest == run.digest).map(|(name, _)| name)
    }

    /// A question that the laboratory answers about a run.
    pub async fn ask<T: DeserializeOwned>(&self, place: Place, question: &str, params: Value) -> Result<T, Problem> {
        let stream = match place {
            Place::Table => Stream::Case(self.case.id),
            Place::Own => Stream::Internal(self.case.id, self.case.government.clone()),
        };
        let get = Get { question: Some(question.to_owned()), params, ..about(stream, self.visit().at_least) };
        self.case.ask(Service::Allocation, get).await
    }

    /// A name for a run or study that nothing here has yet.
    pub fn free_name(&self, stem: &str) -> String {
        let has = |state: &State, name: &RunId| {
            state.runs.contains_key(name) || state.studies.contains_key(name) || state.pending.contains_key(name)
        };
        let free = |name: &String| name.parse().is_ok_and(|name| !has(&self.table, &name) && !has(&self.own, &name));
        (1..1000).map(|number| format!("{stem}-{number}")).find(free).unwrap_or_default()
    }

    /// What bodies are called.
    pub fn called(&self, body: &GovernmentId) -> String {
        self.case.called(body).to_owned()
    }

    /// A set of bodies, named with `+` between ids, in words.
    pub fn coalition(&self, ids: &str) -> String {
        words::coalition(&self.case.bodies, self.visit().language, ids)
    }

    pub fn is_own(&self, body: &GovernmentId) -> bool {
        *body == self.case.government
    }

    /// Bodies in the order in which pages list them: the own first, then by name.
    pub fn in_order<'a>(&self, bodies: impl IntoIterator<Item = &'a GovernmentId>) -> Vec<&'a GovernmentId> {
        let mut bodies: Vec<&GovernmentId> = bodies.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        bodies.sort_by_key(|body| (!self.is_own(body), self.called(body)));
        bodies
    }
}

/// What is computed beside, or came to nothing.
pub(super) struct Waiting {
    pub name: String,
    pub kind: String,
    pub since: When,
    pub href: String,
}

impl Waiting {
    fn all(lab: &Lab) -> Vec<Self> {
        let visit = lab.visit();
        let of = |(name, pending): (&RunId, &allocation::Pending)| {
            let (kind, href) = match &pending.work {
                Work::Run { .. } => (visit.t("lab-kind-run"), lab.path(Place::Own, name, "")),
                Work::Study(study) => (visit.t(kind(&study.question)), lab.study_path(Place::Own, name)),
            };
            Self { name: name.to_string(), kind, since: visit.instant(&pending.at), href }
        };
        lab.own.pending.iter().map(of).collect()
    }
}

/// The key of what a question is called.
pub(super) fn kind(question: &Question) -> &'static str {
    match question {
        Question::WhatIf { .. } => "lab-kind-what_if",
        Question::Search { .. } => "lab-kind-search",
        Question::Ranges => "lab-kind-ranges",
        Question::Comparison => "lab-kind-comparison",
        Question::Settlement(_) => "lab-kind-settlement",
        Question::Accession(_) => "lab-kind-accession",
        Question::Exit(_) => "lab-kind-exit",
    }
}

/// Head of the case on a page of this room.
pub(super) fn head(lab: &Lab) -> Head {
    Head::of(&lab.case, Room::Allocation)
}
