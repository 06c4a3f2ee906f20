//! Plain `GET`s: folds of the services as they are, with `ETag`s, cursors and `at_least`.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use proto::access::Asker;
use proto::actor::Service;
use proto::id::{CaseId, GovernmentId, OfficialId, ProcedureId};
use proto::procedure::{self, Procedure};
use proto::stream::Stream;
use proto::wire::Failure;
use runtime::serve::{Found, Get, List};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use crate::edge::{Edge, SignedIn, Spoken, about};
use crate::problem::{Language, Problem};

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

fn found(result: Result<Found, Failure>, headers: &HeaderMap, language: Language) -> Answer {
    let found = result.map_err(|failure| Problem::of_failure(&failure, language))?;
    let etag = format!("\"{}\"", found.position);
    if headers.get(header::IF_NONE_MATCH).is_some_and(|seen| seen.as_bytes() == etag.as_bytes()) {
        return Ok(StatusCode::NOT_MODIFIED.into_response());
    }
    let mut response = Json(found.body).into_response();
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        response.headers_mut().insert(header::ETAG, etag);
    }
    Ok(response)
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
pub async fn cases(
    State(edge): State<Edge>,
    Query(query): Query<Listing>,
    Spoken(language): Spoken,
    who: SignedIn,
) -> Result<Json<Vec<Found>>, Problem> {
    list(&edge, &who, Service::Negotiation, "case/", query, language).await
}

/// The register of governments.
///
/// # Errors
/// When the service does not answer.
pub async fn governments(
    State(edge): State<Edge>,
    Query(query): Query<Listing>,
    Spoken(language): Spoken,
    who: SignedIn,
) -> Result<Json<Vec<Found>>, Problem> {
    list(&edge, &who, Service::Registry, "government/", query, language).await
}

/// What waits for someone in my cases, those of my body first to last by deadline.
///
/// # Errors
/// When the service does not answer.
pub async fn inbox(
    State(edge): State<Edge>,
    Query(query): Query<Listing>,
    Spoken(language): Spoken,
    who: SignedIn,
) -> Result<Json<Vec<Value>>, Problem> {
    let Json(rows) = list(&edge, &who, Service::Notifications, "case/", query, language).await?;
    let Asker::Person { government, .. } = &who.asker else { return Ok(Json(Vec::new())) };
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

async fn list(
    edge: &Edge,
    who: &SignedIn,
    service: Service,
    prefix: &str,
    query: Listing,
    language: Language,
) -> Result<Json<Vec<Found>>, Problem> {
    let list = List { prefix: prefix.to_owned(), after: query.after, limit: query.limit.unwrap_or(100), at_least: query.at_least };
    edge.list(who, service, list).await.map(Json).map_err(|failure| Problem::of_failure(&failure, language))
}

/// A case: parties, facts, terms, clauses, offers.
///
/// # Errors
/// `not_found` when there is none for whoever asks.
pub async fn case(
    State(edge): State<Edge>,
    Path(case): Path<CaseId>,
    query: Query<Reading>,
    spoken: Spoken,
    headers: HeaderMap,
    who: SignedIn,
) -> Answer {
    let get = about(Stream::Case(case), query.at_least);
    found(edge.get(&who, Service::Negotiation, get).await, &headers, spoken.0)
}

/// A room of a case.
///
/// # Errors
/// `not_found` when there is none for whoever asks.
pub async fn case_room(
    State(edge): State<Edge>,
    Path((case, name)): Path<(CaseId, String)>,
    query: Query<Reading>,
    spoken: Spoken,
    headers: HeaderMap,
    who: SignedIn,
) -> Answer {
    let service = room(&name).ok_or_else(|| Problem::of_failure(&Failure::NotFound, spoken.0))?;
    found(edge.get(&who, service, about(Stream::Case(case), query.at_least)).await, &headers, spoken.0)
}

/// What one's own body keeps to itself in a room of a case: drafts, private calculations, internal sign-offs.
///
/// # Errors
/// `not_found` when there is none for whoever asks.
pub async fn own_room(
    State(edge): State<Edge>,
    Path((case, name)): Path<(CaseId, String)>,
    query: Query<Reading>,
    spoken: Spoken,
    headers: HeaderMap,
    who: SignedIn,
) -> Answer {
    let nothing = || Problem::of_failure(&Failure::NotFound, spoken.0);
    let service = room(&name).ok_or_else(nothing)?;
    let Asker::Person { government, .. } = &who.asker else { return Err(nothing()) };
    let get = about(Stream::Internal(case, government.clone()), query.at_least);
    found(edge.get(&who, service, get).await, &headers, spoken.0)
}

/// What was said in one party's caucus.
///
/// # Errors
/// `not_found` for everyone but that party and the facilitator.
pub async fn caucus(
    State(edge): State<Edge>,
    Path((case, government)): Path<(CaseId, GovernmentId)>,
    query: Query<Reading>,
    spoken: Spoken,
    headers: HeaderMap,
    who: SignedIn,
) -> Answer {
    let get = about(Stream::Caucus(case, government), query.at_least);
    found(edge.get(&who, Service::Mediation, get).await, &headers, spoken.0)
}

/// What changed between two offers: who moved, on what, by how much.
///
/// # Errors
/// `not_found` when there is no such case or offer for whoever asks.
pub async fn difference(
    State(edge): State<Edge>,
    Path(case): Path<CaseId>,
    query: Query<Comparing>,
    spoken: Spoken,
    headers: HeaderMap,
    who: SignedIn,
) -> Answer {
    let params = serde_json::json!({ "from": query.from, "to": query.to });
    let get = Get { stream: Stream::Case(case), at_least: query.at_least, question: Some("diff".into()), params };
    found(edge.get(&who, Service::Negotiation, get).await, &headers, spoken.0)
}

/// A government's entry in the register.
///
/// # Errors
/// `not_found`.
pub async fn government(
    State(edge): State<Edge>,
    Path(government): Path<GovernmentId>,
    query: Query<Reading>,
    spoken: Spoken,
    headers: HeaderMap,
    who: SignedIn,
) -> Answer {
    found(edge.get(&who, Service::Registry, about(Stream::Government(government), query.at_least)).await, &headers, spoken.0)
}

/// A government's mandates.
///
/// # Errors
/// `not_found` for everyone else.
pub async fn mandates(
    State(edge): State<Edge>,
    Path(government): Path<GovernmentId>,
    query: Query<Reading>,
    spoken: Spoken,
    headers: HeaderMap,
    who: SignedIn,
) -> Answer {
    found(edge.get(&who, Service::Registry, about(Stream::Mandates(government), query.at_least)).await, &headers, spoken.0)
}

/// An official's appointments and public keys.
///
/// # Errors
/// `not_found`.
pub async fn official(
    State(edge): State<Edge>,
    Path(official): Path<OfficialId>,
    query: Query<Reading>,
    spoken: Spoken,
    headers: HeaderMap,
    who: SignedIn,
) -> Answer {
    found(edge.get(&who, Service::Registry, about(Stream::Official(official), query.at_least)).await, &headers, spoken.0)
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
    procedure::register().get(&id).map(Json).ok_or_else(|| Problem::of_failure(&Failure::NotFound, language))
}
