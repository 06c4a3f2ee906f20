//! The auditor's pages: looking through everything that one may read, a case as it was on a day, who decided what on which mandate. Anyone may use
//! them for what they may read; the record itself says who that is.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::extract::Query;
use axum::routing::get;
use gateway::edge::{Edge, SignedIn, about};
use gateway::problem::Problem;
use gateway::record::Entries;
use negotiation::State;
use proto::actor::Service;
use proto::id::CaseId;
use proto::search::{Sought, Tally};
use proto::stream::Stream;
use runtime::serve::List;

use crate::entries::{self, Choice, Fields, Line, Opened, Pages};
use crate::said::{Teller, Things};
use crate::{Page, Signed, Visit, render};

mod bundle;
mod case;
mod decisions;
mod entry;
mod export;
mod past;

/// Cases in one list.
const CASES: u64 = 200;
/// Cases whose things are looked up by name when a text is sought in all of them.
const LOOKED_AT: usize = 24;

pub(crate) fn routes() -> Router<Edge> {
    Router::new()
        .route("/audit", get(page))
        .route("/audit/export.csv", get(export::csv))
        .route("/audit/export.jsonl", get(export::lines))
        .route("/audit/entries/{position}", get(entry::page))
        .route("/audit/entries/{position}/receipt", get(entry::receipt))
        .route("/audit/entries/{position}/bytes", get(entry::bytes))
        .route("/audit/cases/{case}", get(case::page))
        .route("/audit/cases/{case}/bundle", get(bundle::download))
}

#[derive(Template)]
#[template(path = "audit/search.html")]
struct SearchPage {
    visit: Visit,
    fields: Fields,
    wrong: BTreeMap<&'static str, String>,
    kinds: Vec<Choice>,
    bodies: Vec<(String, String)>,
    cases: Vec<(String, String)>,
    lines: Vec<Line>,
    pages: Pages,
    tally: Tally,
    /// The query of the exports.
    query: String,
}

async fn page(Query(fields): Query<Fields>, Signed { visit, who }: Signed) -> Page {
    let place = Place::of(&visit, &who, &fields).await?;
    let (found, tally, wrong) = match fields.sought(&visit, &place.things()) {
        Ok(sought) => {
            let (found, tally) = find(&visit, &who, &fields, sought).await?;
            (found, tally, BTreeMap::new())
        }
        Err(wrong) => (Entries::default(), Tally::default(), wrong),
    };
    let shown = fields.shown(&found);
    let place = place.with(&visit, &who, &shown).await;
    let lines = shown.iter().map(|opened| place.line(opened, &visit)).collect();
    let pages = fields.pages(&found, &shown);
    let query = Fields { from: String::new(), before: String::new(), ..fields.clone() }.query();
    let (kinds, bodies) = (Fields::kinds(&visit), Fields::bodies(&visit, |_| true));
    let language = visit.language;
    render(&SearchPage { visit, fields, wrong, kinds, bodies, cases: place.cases, lines, pages, tally, query }, language)
}

async fn find(visit: &Visit, who: &SignedIn, fields: &Fields, sought: Sought) -> Result<(Entries, Tally), Problem> {
    let tally = visit.edge.ask(who, Service::Ledger, "tally", &sought);
    let question = fields.question(sought.clone());
    let (found, tally) = tokio::join!(entries::ask(visit, who, &question), tally);
    match found {
        // A case that is none of theirs, typed by hand: nothing is found in it.
        Err(problem) if problem.status == 404 => Ok((Entries::default(), Tally::default())),
        found => Ok((found?, tally.map_err(|why| visit.failed(why))?)),
    }
}

/// The cases among which one looks, and what their things are called.
struct Place {
    /// Id and title.
    cases: Vec<(String, String)>,
    known: BTreeMap<CaseId, Things>,
    /// Names that entries of no case give.
    other: Things,
}

impl Place {
    async fn of(visit: &Visit, who: &SignedIn, fields: &Fields) -> Result<Self, Problem> {
        let list = List { prefix: "case/".into(), after: String::new(), limit: CASES, at_least: visit.at_least };
        let found = visit.edge.list(who, Service::Negotiation, list).await.map_err(|why| visit.failed(why))?;
        let titled = |found: &runtime::serve::Found| {
            let title = crate::cases::title(&found.body, visit);
            (found.stream.trim_start_matches("case/").to_owned(), title)
        };
        let mut place = Self { cases: found.iter().map(titled).collect(), known: BTreeMap::new(), other: Things::default() };
        if !fields.text.trim().is_empty() {
            let chosen = |id: &&(String, String)| fields.case.is_empty() || id.0 == fields.case;
            let wanted = place.cases.iter().filter(chosen).take(LOOKED_AT).filter_map(|(id, _)| id.parse().ok()).collect();
            place.look_up(visit, who, wanted).await;
        }
        Ok(place)
    }

    async fn look_up(&mut self, visit: &Visit, who: &SignedIn, cases: Vec<CaseId>) {
        let states = futures::future::join_all(cases.into_iter().filter(|case| !self.known.contains_key(case)).map(async |case| {
            let found = visit.edge.get(who, Service::Negotiation, about(Stream::Case(case), None)).await.ok()?;
            Some((case, Things::of(&serde_json::from_value::<State>(found.body).ok()?)))
        }));
        self.known.extend(states.await.into_iter().flatten());
    }

    fn things(&self) -> Vec<&Things> {
        self.known.values().collect()
    }

    /// With the names of what these entries are about.
    async fn with(mut self, visit: &Visit, who: &SignedIn, shown: &[Opened]) -> Self {
        let mut cases: Vec<CaseId> = shown.iter().filter_map(Opened::case).collect();
        cases.sort_unstable();
        cases.dedup();
        self.look_up(visit, who, cases).await;
        for opened in shown {
            let things = opened.case().map_or(&mut self.other, |case| self.known.entry(case).or_default());
            opened.act.events.iter().for_each(|event| things.learn(event));
        }
        self
    }

    fn things_of(&self, opened: &Opened) -> &Things {
        opened.case().and_then(|case| self.known.get(&case)).unwrap_or(&self.other)
    }

    fn line(&self, opened: &Opened, visit: &Visit) -> Line {
        let teller = Teller { language: visit.language, bodies: &visit.bodies, things: self.things_of(opened) };
        let case = opened.case().map(|case| (format!("/audit/cases/{case}"), self.title(case))).or_else(|| {
            let of = entries::of_no_case(&opened.entry.stream, &visit.bodies, visit)?;
            Some((entries::address(None, opened.entry.position), of))
        });
        Line { case, ..Line::of(opened, &teller, visit) }
    }

    fn title(&self, case: CaseId) -> String {
        let id = case.to_string();
        self.cases.iter().find(|(known, _)| *known == id).map_or(id, |(_, title)| title.clone())
    }
}
