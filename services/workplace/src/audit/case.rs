//! A case for an auditor: as it was on a day beside today, and who decided what on which mandate.

use askama::Template;
use axum::extract::{Path, Query};
use gateway::edge::{SignedIn, about};
use gateway::problem::Problem;
use gateway::record::Question;
use jiff::civil::Date;
use proto::access::Asker;
use proto::actor::Service;
use proto::id::CaseId;
use proto::search::Sought;
use proto::stream::Stream;
use proto::wire::Failure;
use runtime::serve::Get;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::decisions::{self, Decision};
use super::past::{Folds, Section, sections};
use crate::entries::{self, Opened};
use crate::said::{Teller, Things};
use crate::{Page, Signed, Visit, days, locale, render};

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct On {
    /// The day, as it was typed.
    on: String,
}

/// A case at the end of a day.
struct Past {
    day: String,
    /// The last entry of that day.
    last: Option<(u64, String)>,
    sections: Vec<Section>,
}

impl Past {
    fn said(&self, visit: &Visit, position: &u64) -> String {
        visit.told("past-as_of", &json!({ "day": self.day, "position": position }))
    }
}

#[derive(Template)]
#[template(path = "audit/case.html")]
struct CasePage {
    visit: Visit,
    id: String,
    title: String,
    on: String,
    wrong: String,
    past: Option<Past>,
    decisions: Vec<Decision>,
    /// Not all of them are shown.
    more: bool,
}

pub(super) async fn page(Path(case): Path<CaseId>, Query(On { on }): Query<On>, Signed { visit, who }: Signed) -> Page {
    let Asker::Person { government, .. } = &who.asker else { return Err(visit.failed(Failure::NotFound)) };
    let now = folds(&visit, &who, case, None).await?;
    let things = Things::of(&now.negotiation).matrix(&now.authority);
    let (day, wrong) = match days::day(&visit, "past-on", &on) {
        Ok(day) => (day, String::new()),
        Err(problem) => (None, problem.title.to_string()),
    };
    let past = match day {
        Some(day) => Some(past(&visit, &who, case, day, &now, &things).await?),
        None => None,
    };
    let (decisions, more) = decisions::of(&visit, &who, case, government, &things).await?;
    let title = now.negotiation.title.as_ref().map(|title| visit.name(title).to_owned()).unwrap_or_default();
    let language = visit.language;
    render(&CasePage { visit, id: case.to_string(), title, on, wrong, past, decisions, more }, language)
}

/// What the services fold of a case, now or when an entry was its last one.
async fn folds(visit: &Visit, who: &SignedIn, case: CaseId, as_of: Option<u64>) -> Result<Folds, Problem> {
    let (negotiation, approvals, authority) = tokio::try_join!(
        fold(visit, who, Service::Negotiation, case, as_of),
        fold(visit, who, Service::Approvals, case, as_of),
        fold(visit, who, Service::Authority, case, as_of),
    )?;
    Ok(Folds { negotiation, approvals, authority })
}

async fn fold<T: DeserializeOwned>(
    visit: &Visit,
    who: &SignedIn,
    service: Service,
    case: CaseId,
    as_of: Option<u64>,
) -> Result<T, Problem> {
    let get = Get { as_of, ..about(Stream::Case(case), visit.at_least) };
    let found = visit.edge.get(who, service, get).await.map_err(|why| visit.failed(why))?;
    serde_json::from_value(found.body).map_err(|error| visit.failed(Failure::Malformed { detail: error.to_string() }))
}

async fn past(visit: &Visit, who: &SignedIn, case: CaseId, on: Date, now: &Folds, things: &Things) -> Result<Past, Problem> {
    let day = locale::day(visit.language, on);
    let sought = Sought { case: Some(case), before: entries::ends(visit, on), ..Sought::default() };
    let question = Question { from: u64::MAX, back: true, limit: 1, sought };
    let found = entries::ask(visit, who, &question).await?;
    let Some(last) = found.entries.first().and_then(Opened::of) else { return Ok(Past { day, last: None, sections: Vec::new() }) };
    let position = last.entry.position;
    let then = folds(visit, who, case, Some(position)).await?;
    let teller = Teller { language: visit.language, bodies: &visit.bodies, things };
    let sections = sections(&then, now, &teller, visit);
    Ok(Past { day, last: Some((position, entries::address(Some(case), position))), sections })
}
