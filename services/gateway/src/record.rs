//! The record over HTTP: entries, checkpoints, proofs, bundles, and the live stream.

use std::convert::Infallible;
use std::time::Duration;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::{Stream as Sequence, StreamExt as _, stream};
use proto::actor::Service;
use proto::id::CaseId;
use proto::stream::Stream;
use proto::wire::Failure;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::time::timeout;

use crate::edge::{Edge, SignedIn, Spoken};
use crate::problem::Problem;

/// A page of the record.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Paging {
    /// From this position on.
    #[serde(default)]
    pub from: u64,
    /// At most so many, 200 at most.
    pub limit: Option<u32>,
    /// Language of texts, `en` or `ko`.
    pub lang: Option<String>,
}

/// Sizes of trees.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    /// Size of the older tree, for consistency.
    pub old: Option<u64>,
    /// Size of the tree; the newest checkpoint's if left out.
    pub size: Option<u64>,
    /// Language of texts, `en` or `ko`.
    pub lang: Option<String>,
}

/// An entry as a reader gets it.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Read {
    /// The exact bytes that were hashed: canonical JSON (RFC 8785).
    pub entry: String,
    /// The act of a sealed entry, for whom its stream is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<Value>,
    /// Free texts of the entry that this reader may see, by commitment.
    #[serde(default)]
    pub remarks: Value,
}

/// Entries this reader may read, and from where to go on.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Entries {
    /// In the order of the ledger.
    pub entries: Vec<Read>,
    /// Ask from here next.
    pub next: u64,
}

/// Entries of a case: its own and what sealed streams of the case this reader may open.
///
/// # Errors
/// `not_found` when there is no such case for whoever asks.
pub async fn of_case(
    State(edge): State<Edge>,
    Path(case): Path<CaseId>,
    Query(paging): Query<Paging>,
    Spoken(language): Spoken,
    who: SignedIn,
) -> Result<Json<Entries>, Problem> {
    let question = question(Some(case), paging.from, paging.limit);
    edge.ask(&who, Service::Ledger, "entries", &question).await.map(Json).map_err(|f| Problem::of_failure(&f, language))
}

/// All entries this reader may read.
///
/// # Errors
/// When the ledger does not answer.
pub async fn all(
    State(edge): State<Edge>,
    Query(paging): Query<Paging>,
    Spoken(language): Spoken,
    who: SignedIn,
) -> Result<Json<Entries>, Problem> {
    let question = question(None, paging.from, paging.limit);
    edge.ask(&who, Service::Ledger, "entries", &question).await.map(Json).map_err(|f| Problem::of_failure(&f, language))
}

fn question(case: Option<CaseId>, from: u64, limit: Option<u32>) -> Value {
    serde_json::json!({ "stream": case.map(Stream::Case), "from": from, "limit": limit.unwrap_or(100).min(200) })
}

/// What an outsider needs to verify a case offline, before the agreement document is made from it.
///
/// # Errors
/// `not_found` when there is no such case for whoever asks.
pub async fn bundle(
    State(edge): State<Edge>,
    Path(case): Path<CaseId>,
    Spoken(language): Spoken,
    who: SignedIn,
) -> Result<Json<Value>, Problem> {
    let mut bundle: Option<Value> = None;
    let mut page = 0_u64;
    // One NATS message holds a part; the ledger hands the bundle out in parts under one checkpoint.
    loop {
        let size = bundle.as_ref().and_then(|b| b.get("size").cloned()).unwrap_or_default();
        let question = serde_json::json!({ "case": case, "page": page, "size": size });
        let part: Value = edge.ask(&who, Service::Ledger, "bundle", &question).await.map_err(|f| Problem::of_failure(&f, language))?;
        let more = part.get("more").and_then(Value::as_bool).unwrap_or(false);
        join(&mut bundle, part);
        if !more {
            return Ok(Json(bundle.unwrap_or_default()));
        }
        page += 1;
    }
}

fn join(bundle: &mut Option<Value>, part: Value) {
    let Some(whole) = bundle.as_mut() else {
        *bundle = Some(part);
        return;
    };
    if let (Some(entries), Some(Value::Array(more))) =
        (whole.get_mut("entries").and_then(Value::as_array_mut), part.get("entries").cloned())
    {
        entries.extend(more);
    }
    for name in ["opened", "remarks"] {
        if let (Some(whole), Some(Value::Object(more))) = (whole.get_mut(name).and_then(Value::as_object_mut), part.get(name).cloned()) {
            whole.extend(more);
        }
    }
    if let (Some(whole), Some(more)) = (whole.as_object_mut(), part.get("more").cloned()) {
        whole.insert("more".into(), more);
    }
}

/// The newest checkpoint, or that of a size: a C2SP signed note. Open to everyone, as everything that says nothing but hashes.
///
/// # Errors
/// `not_found` when there is none of this size.
pub async fn checkpoint(State(edge): State<Edge>, Query(sizes): Query<Sizes>, Spoken(language): Spoken) -> Result<Response, Problem> {
    let note: String =
        open(&edge, "checkpoint", &serde_json::json!({ "size": sizes.size })).await.map_err(|f| Problem::of_failure(&f, language))?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], note).into_response())
}

/// That the entry at a position is in the tree of a size.
///
/// # Errors
/// `not_found` when the tree is smaller.
pub async fn inclusion(
    State(edge): State<Edge>,
    Path(position): Path<u64>,
    Query(sizes): Query<Sizes>,
    Spoken(language): Spoken,
) -> Result<Json<Value>, Problem> {
    let question = serde_json::json!({ "position": position, "size": sizes.size });
    open(&edge, "inclusion", &question).await.map(Json).map_err(|f| Problem::of_failure(&f, language))
}

/// That a tree extends an older one.
///
/// # Errors
/// `not_found` when a size is beyond the tree.
pub async fn consistency(State(edge): State<Edge>, Query(sizes): Query<Sizes>, Spoken(language): Spoken) -> Result<Json<Value>, Problem> {
    let question = serde_json::json!({ "old": sizes.old.unwrap_or(0), "size": sizes.size });
    open(&edge, "consistency", &question).await.map(Json).map_err(|f| Problem::of_failure(&f, language))
}

/// A question that anyone may ask: asked in the gateway's own name.
async fn open<T: serde::de::DeserializeOwned>(edge: &Edge, name: &str, question: &Value) -> Result<T, Failure> {
    let token = edge.0.issuer.own().map_err(|e| Failure::Unauthenticated { why: e.to_string() })?;
    let who = SignedIn { token, asker: proto::access::Asker::Service(Service::Gateway) };
    edge.ask(&who, Service::Ledger, name, question).await
}

/// The live stream (server-sent events): every entry this reader may read, as it comes. Resumes after `Last-Event-ID`. Who may read what is asked
/// anew for every page, so a token that has expired ends the stream.
pub async fn live(State(edge): State<Edge>, Query(paging): Query<Paging>, headers: HeaderMap, who: SignedIn) -> impl IntoResponse {
    let resumed = headers.get("last-event-id").and_then(|v| v.to_str().ok()).and_then(|v| v.parse::<u64>().ok());
    let from = resumed.map_or(paging.from, |position| position.saturating_add(1));
    Sse::new(follow(edge, who, from)).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

fn follow(edge: Edge, who: SignedIn, from: u64) -> impl Sequence<Item = Result<Event, Infallible>> {
    stream::unfold(Some((edge, who, from)), |state| async move {
        let (edge, who, from) = state?;
        match next_page(&edge, &who, from).await {
            Ok(page) => {
                let next = page.next;
                Some((page.entries.iter().map(event).map(Ok).collect(), Some((edge, who, next))))
            }
            Err(failure) => {
                let end = Event::default().event("end").data(failure.code());
                Some((vec![Ok(end)], None))
            }
        }
    })
    .flat_map(stream::iter::<Vec<Result<Event, Infallible>>>)
}

/// The next entries; waits for a hint when there are none.
async fn next_page(edge: &Edge, who: &SignedIn, mut from: u64) -> Result<Entries, Failure> {
    let unavailable = || Failure::Unavailable { part: "live stream".into() };
    let mut hints = edge.0.bus.client().subscribe(edge.0.bus.subjects().head()).await.map_err(|_| unavailable())?;
    loop {
        let page: Entries = edge.ask(who, Service::Ledger, "entries", &question(None, from, Some(100))).await?;
        if !page.entries.is_empty() || edge.0.soft.is_cancelled() {
            return if page.entries.is_empty() { Err(unavailable()) } else { Ok(page) };
        }
        if page.next > from {
            // Other people's entries, and perhaps more of them than one page looks through.
            from = page.next;
            continue;
        }
        let _ = timeout(Duration::from_secs(2), hints.next()).await;
    }
}

fn event(read: &Read) -> Event {
    let entry: Value = serde_json::from_str(&read.entry).unwrap_or_default();
    let id = entry.get("position").map(ToString::to_string).unwrap_or_default();
    let data = serde_json::to_string(read).unwrap_or_default();
    Event::default().event("entry").id(id).data(data)
}
