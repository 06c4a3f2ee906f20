//! Plain `GET`s: folds of the services as they are, with `ETag`s, cursors and `at_least`.

use axum::Json;
use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use proto::access::Asker;
use proto::actor::Service;
use proto::allocation::{Computation, Model, Sheet};
use proto::id::{CaseId, GovernmentId, OfficialId, ProcedureId, RunId};
use proto::procedure::{self, Procedure};
use proto::stream::Stream;
use proto::wire::{Failure, Unanswered};
use runtime::serve::{Found, Get, List};
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::derivation;
use crate::edge::{Edge, SignedIn, Spoken, about, language};
use crate::problem::{Language, Problem};
use crate::workbook;

/// Parameters of a read.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// Not before the view has taken in the entry at this position: a receipt's, so that one's own act is seen at once.
    pub at_least: Option<u64>,
    /// Language of texts, `en` or `ko`.
    pub lang: Option<String>,
}

/// Parameters of a list.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Listing {
    /// After this stream: the `stream` of the last row of the page before.
    #[serde(default)]
    pub after: String,
    /// At most so many, 200 at most.
    pub limit: Option<u64>,
    /// Not before the view has taken in the entry at this position.
    pub at_least: Option<u64>,
    /// Language of texts, `en` or `ko`.
    pub lang: Option<String>,
}

/// Two offers to be compared.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Comparing {
    /// The number of the first.
    pub from: u32,
    /// The number of the second.
    pub to: u32,
    /// Not before the view has taken in the entry at this position.
    pub at_least: Option<u64>,
    /// Language of texts, `en` or `ko`.
    pub lang: Option<String>,
}

type Answer = Result<Response, Problem>;

/// A read: who asks for what, in which language, and what they have already.
pub struct Asked<Q> {
    edge: Edge,
    who: SignedIn,
    language: Language,
    /// The `ETag` of what they have.
    has: Option<HeaderValue>,
    query: Q,
}

impl<Q: DeserializeOwned + Send> FromRequestParts<Edge> for Asked<Q> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, edge: &Edge) -> Result<Self, Response> {
        let Query(query) = Query::from_request_parts(parts, edge).await.map_err(IntoResponse::into_response)?;
        let who = SignedIn::from_request_parts(parts, edge).await.map_err(IntoResponse::into_response)?;
        let has = parts.headers.get(header::IF_NONE_MATCH).cloned();
        Ok(Self { edge: edge.clone(), who, language: language(parts), has, query })
    }
}

impl<Q> Asked<Q> {
    fn failed(&self, why: impl Into<Unanswered>) -> Problem {
        Problem::of(why, self.language)
    }

    async fn answer(&self, service: Service, get: Get) -> Answer {
        self.answer_with(service, get, None, |body| body).await
    }

    /// What was found, with what the edge adds to it, `also` from as far on as the record was when it was added.
    async fn answer_with(&self, service: Service, get: Get, also: Option<u64>, say: impl FnOnce(Value) -> Value + Send) -> Answer {
        let found = self.edge.get(&self.who, service, get).await.map_err(|why| self.failed(why))?;
        let etag = also.map_or_else(|| format!("\"{}\"", found.position), |also| format!("\"{}-{also}\"", found.position));
        if self.has.as_ref().is_some_and(|has| has.as_bytes() == etag.as_bytes()) {
            return Ok(StatusCode::NOT_MODIFIED.into_response());
        }
        let mut response = Json(say(found.body)).into_response();
        if let Ok(etag) = HeaderValue::from_str(&etag) {
            response.headers_mut().insert(header::ETAG, etag);
        }
        Ok(response)
    }
}

impl Asked<Reading> {
    async fn fold(&self, service: Service, stream: Stream) -> Answer {
        self.answer(service, about(stream, self.query.at_least)).await
    }

    /// A run as a workbook, from the model and result that are kept and the sheet that the laboratory makes of them.
    async fn workbook(&self, stream: Stream, run: &RunId) -> Answer {
        let ask = async |question: Option<&str>| {
            let params = question.map_or(Value::Null, |_| serde_json::json!({ "run": run }));
            let get =
                Get { stream: stream.clone(), at_least: self.query.at_least, question: question.map(str::to_owned), params, as_of: None };
            self.edge.get(&self.who, Service::Allocation, get).await.map_err(|why| self.failed(why))
        };
        let (kept, sheet) = (ask(None).await?.body, ask(Some("sheet")).await?.body);
        let kept = kept.get("runs").and_then(|runs| runs.get(run.as_str())).ok_or_else(|| self.failed(Failure::NotFound))?;
        let unreadable = |detail: String| self.failed(Failure::Malformed { detail });
        let Kept { model, result } = Kept::deserialize(kept).map_err(|e| unreadable(e.to_string()))?;
        let sheet: Sheet = serde_json::from_value(sheet).map_err(|e| unreadable(e.to_string()))?;
        let language = self.language;
        let written = tokio::task::spawn_blocking(move || workbook::workbook(&model, &result, &sheet, language)).await;
        let bytes = written.map_err(|e| unreadable(e.to_string()))?.map_err(|e| unreadable(e.to_string()))?;
        let download = format!("attachment; filename=\"{run}.xlsx\"");
        Ok(([(header::CONTENT_TYPE, workbook::XLSX), (header::CONTENT_DISPOSITION, &download)], bytes).into_response())
    }

    /// A run looked at in some way. Rules side by side are held against the offers as well, which the negotiation knows.
    async fn look(&self, stream: Stream, run: &RunId, look: String) -> Answer {
        let mut params = serde_json::json!({ "run": run });
        let mut offers_at = None;
        if let (Some(case), "comparison") = (stream.case(), look.as_str()) {
            let question = Get { question: Some("offered".into()), ..about(Stream::Case(case), self.query.at_least) };
            let offered = self.edge.get(&self.who, Service::Negotiation, question).await.map_err(|why| self.failed(why))?;
            params = serde_json::json!({ "run": run, "offered": offered.body });
            offers_at = Some(offered.position);
        }
        let in_words = look == "explain" && self.query.lang.is_some();
        let get = Get { stream, at_least: self.query.at_least, question: Some(look), params, as_of: None };
        self.answer_with(Service::Allocation, get, offers_at, |body| if in_words { derivation::read(body, self.language) } else { body })
            .await
    }
}

impl Asked<Listing> {
    async fn list(&self, service: Service, prefix: &str) -> Result<Vec<Found>, Problem> {
        let Listing { after, limit, at_least, .. } = &self.query;
        let list = List { prefix: prefix.to_owned(), after: after.clone(), limit: limit.unwrap_or(100), at_least: *at_least };
        self.edge.list(&self.who, service, list).await.map_err(|why| self.failed(why))
    }
}

/// What of a kept run a workbook is made from.
#[derive(Deserialize)]
struct Kept {
    model: Model,
    result: Computation,
}

/// The service whose fold a room of a case shows.
fn room(name: &str) -> Option<Service> {
    match name {
        "negotiation" => Some(Service::Negotiation),
        "allocation" => Some(Service::Allocation),
        "authority" => Some(Service::Authority),
        "approvals" => Some(Service::Approvals),
        "signing" => Some(Service::Signing),
        "disputes" => Some(Service::Mediation),
        "moves" => Some(Service::Notifications),
        _ => None,
    }
}

/// My cases.
///
/// # Errors
/// When the service does not answer.
pub async fn cases(asked: Asked<Listing>) -> Result<Json<Vec<Found>>, Problem> {
    asked.list(Service::Negotiation, "case/").await.map(Json)
}

/// The register of governments.
///
/// # Errors
/// When the service does not answer.
pub async fn governments(asked: Asked<Listing>) -> Result<Json<Vec<Found>>, Problem> {
    asked.list(Service::Registry, "government/").await.map(Json)
}

/// What waits for someone in my cases, those of my body first to last by deadline.
///
/// # Errors
/// When the service does not answer.
pub async fn inbox(asked: Asked<Listing>) -> Result<Json<Vec<Value>>, Problem> {
    let rows = asked.list(Service::Notifications, "case/").await?;
    let Asker::Person { government, .. } = &asked.who.asker else { return Ok(Json(Vec::new())) };
    let mut moves: Vec<Value> = rows.into_iter().flat_map(|row| mine(&row, government.as_str())).collect();
    moves.sort_by_key(|m| m.pointer("/due/passes_at").and_then(Value::as_str).map_or_else(|| "~".to_owned(), str::to_owned));
    Ok(Json(moves))
}

fn mine(row: &Found, government: &str) -> Vec<Value> {
    let moves = row.body.get("moves").and_then(Value::as_array).cloned().unwrap_or_default();
    let own = moves.into_iter().filter(|m| m.get("government").and_then(Value::as_str) == Some(government));
    own.map(|mut m| {
        if let Some(fields) = m.as_object_mut() {
            fields.insert("case".into(), Value::String(row.stream.trim_start_matches("case/").to_owned()));
            fields.insert("title".into(), row.body.get("title").cloned().unwrap_or_default());
        }
        m
    })
    .collect()
}

/// A case: parties, facts, terms, clauses, offers.
///
/// # Errors
/// `not_found` when there is none for whoever asks.
pub async fn case(Path(case): Path<CaseId>, asked: Asked<Reading>) -> Answer {
    asked.fold(Service::Negotiation, Stream::Case(case)).await
}

/// A room of a case.
///
/// # Errors
/// `not_found` when there is none for whoever asks.
pub async fn case_room(Path((case, name)): Path<(CaseId, String)>, asked: Asked<Reading>) -> Answer {
    let service = room(&name).ok_or_else(|| asked.failed(Failure::NotFound))?;
    asked.fold(service, Stream::Case(case)).await
}

/// What one's own body keeps to itself in a room of a case: drafts, private calculations, internal sign-offs.
///
/// # Errors
/// `not_found` when there is none for whoever asks.
pub async fn own_room(Path((case, name)): Path<(CaseId, String)>, asked: Asked<Reading>) -> Answer {
    let service = room(&name).ok_or_else(|| asked.failed(Failure::NotFound))?;
    let Asker::Person { government, .. } = &asked.who.asker else { return Err(asked.failed(Failure::NotFound)) };
    asked.fold(service, Stream::Internal(case, government.clone())).await
}

/// What was said in one party's caucus.
///
/// # Errors
/// `not_found` for everyone but that party and the facilitator.
pub async fn caucus(Path((case, government)): Path<(CaseId, GovernmentId)>, asked: Asked<Reading>) -> Answer {
    asked.fold(Service::Mediation, Stream::Caucus(case, government)).await
}

/// What one party has sounded another out on.
///
/// # Errors
/// `not_found` for everyone but these two.
pub async fn soundings(Path((case, from, to)): Path<(CaseId, GovernmentId, GovernmentId)>, asked: Asked<Reading>) -> Answer {
    asked.fold(Service::Negotiation, Stream::Sounding(case, from, to)).await
}

/// What changed between two offers: who moved, on what, by how much.
///
/// # Errors
/// `not_found` when there is no such case or offer for whoever asks.
pub async fn difference(Path(case): Path<CaseId>, asked: Asked<Comparing>) -> Answer {
    let Comparing { from, to, at_least, .. } = asked.query;
    let params = serde_json::json!({ "from": from, "to": to });
    let get = Get { stream: Stream::Case(case), at_least, question: Some("diff".into()), params, as_of: None };
    asked.answer(Service::Negotiation, get).await
}

/// A run on the table, looked at in some way: as a settlement sheet, beside what other rules would give, as a derivation
/// (in words where a language is asked for), or in the picture of three members.
///
/// # Errors
/// `not_found` when there is no such run for whoever asks.
pub async fn run(Path((case, run, look)): Path<(CaseId, RunId, String)>, asked: Asked<Reading>) -> Answer {
    asked.look(Stream::Case(case), &run, look).await
}

/// A run that one's own body keeps to itself, looked at in the same ways.
///
/// # Errors
/// `not_found` when one's body has no such run.
pub async fn own_run(Path((case, run, look)): Path<(CaseId, RunId, String)>, asked: Asked<Reading>) -> Answer {
    let Asker::Person { government, .. } = &asked.who.asker else { return Err(asked.failed(Failure::NotFound)) };
    asked.look(Stream::Internal(case, government.clone()), &run, look).await
}

/// A run on the table as a workbook (XLSX).
///
/// # Errors
/// `not_found` when there is no such run for whoever asks.
pub async fn run_workbook(Path((case, run)): Path<(CaseId, RunId)>, asked: Asked<Reading>) -> Answer {
    asked.workbook(Stream::Case(case), &run).await
}

/// A run that one's own body keeps to itself as a workbook (XLSX).
///
/// # Errors
/// `not_found` when one's body has no such run.
pub async fn own_run_workbook(Path((case, run)): Path<(CaseId, RunId)>, asked: Asked<Reading>) -> Answer {
    let Asker::Person { government, .. } = &asked.who.asker else { return Err(asked.failed(Failure::NotFound)) };
    asked.workbook(Stream::Internal(case, government.clone()), &run).await
}

/// A government's entry in the register.
///
/// # Errors
/// `not_found`.
pub async fn government(Path(government): Path<GovernmentId>, asked: Asked<Reading>) -> Answer {
    asked.fold(Service::Registry, Stream::Government(government)).await
}

/// A government's mandates.
///
/// # Errors
/// `not_found` for everyone else.
pub async fn mandates(Path(government): Path<GovernmentId>, asked: Asked<Reading>) -> Answer {
    asked.fold(Service::Registry, Stream::Mandates(government)).await
}

/// An official's appointments and public keys.
///
/// # Errors
/// `not_found`.
pub async fn official(Path(official): Path<OfficialId>, asked: Asked<Reading>) -> Answer {
    asked.fold(Service::Registry, Stream::Official(official)).await
}

/// The register of legal forms.
pub async fn procedures(_: SignedIn) -> Json<Vec<&'static Procedure>> {
    Json(procedure::register().values().collect())
}

/// One legal form.
///
/// # Errors
/// `not_found`.
pub async fn procedure(Path(id): Path<ProcedureId>, Spoken(language): Spoken, _: SignedIn) -> Result<Json<&'static Procedure>, Problem> {
    procedure::register().get(&id).map(Json).ok_or_else(|| Problem::of(Failure::NotFound, language))
}
