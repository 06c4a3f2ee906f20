//! The record over HTTP: entries, checkpoints, proofs, bundles, and the live stream.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use proto::actor::Service;
use proto::id::{CaseId, GovernmentId, OfficialId};
use proto::search::Sought;
use proto::wire::Unanswered;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::edge::{Edge, SignedIn, Spoken};
use crate::problem::Problem;

/// A page of the record.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Paging {
    /// From this position on; back: what lies before it.
    #[serde(default)]
    pub from: u64,
    /// Toward the beginning of the record, the newest first.
    #[serde(default)]
    pub back: bool,
    /// At most so many, 200 at most.
    pub limit: Option<u32>,
    /// With an event of one of these families or kinds, such as `negotiation,signing.completed`.
    pub kinds: Option<String>,
    /// Acted for this body.
    pub government: Option<GovernmentId>,
    /// Acted by this official.
    pub official: Option<OfficialId>,
    /// Decided at this civil time or later.
    pub since: Option<Timestamp>,
    /// Decided before this civil time.
    pub before: Option<Timestamp>,
    /// Holds this text.
    pub text: Option<String>,
    /// Language of texts, `en` or `ko`.
    pub lang: Option<String>,
}

impl Paging {
    /// What is sought, of one case or of all.
    fn sought(&self, case: Option<CaseId>) -> Sought {
        let kinds = self.kinds.as_deref().unwrap_or_default().split(',').filter(|kind| !kind.is_empty());
        Sought {
            case,
            kinds: kinds.map(str::to_owned).collect(),
            government: self.government.clone(),
            official: self.official.clone(),
            since: self.since,
            before: self.before,
            texts: self.text.iter().cloned().collect(),
            names: Vec::new(),
        }
    }
}

/// Which entries to ask the ledger for.
#[derive(Debug, Serialize)]
pub struct Question {
    /// From this position on; back: what lies before it.
    pub from: u64,
    /// Toward the beginning of the record.
    pub back: bool,
    /// At most so many.
    pub limit: u32,
    /// What is sought.
    #[serde(flatten)]
    pub sought: Sought,
}

impl Question {
    /// All entries of a case from a position on, at most so many.
    #[must_use]
    pub fn of_case(case: CaseId, from: u64, limit: u32) -> Self {
        Self { from, back: false, limit, sought: Sought { case: Some(case), ..Sought::default() } }
    }
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
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Entries {
    /// In the order of the ledger; back: in the other.
    pub entries: Vec<Read>,
    /// Ask from here next.
    pub next: u64,
    /// Whether there may be more beyond. A page of a search can be empty and still not be the last.
    #[serde(default)]
    pub more: bool,
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
    let question = question(&paging, Some(case));
    edge.ask(&who, Service::Ledger, "entries", &question).await.map(Json).map_err(|f| Problem::of(f, language))
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
    let question = question(&paging, None);
    edge.ask(&who, Service::Ledger, "entries", &question).await.map(Json).map_err(|f| Problem::of(f, language))
}

pub(crate) fn question(paging: &Paging, case: Option<CaseId>) -> Question {
    Question { from: paging.from, back: paging.back, limit: paging.limit.unwrap_or(100).min(200), sought: paging.sought(case) }
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
    gather(&edge, &who, case).await.map(Json).map_err(|f| Problem::of(f, language))
}

/// All parts of a bundle, joined.
///
/// # Errors
/// As [`bundle`].
pub async fn gather(edge: &Edge, who: &SignedIn, case: CaseId) -> Result<Value, Unanswered> {
    let mut bundle: Option<Value> = None;
    let mut page = 0_u64;
    // One NATS message holds a part; the ledger hands the bundle out in parts under one checkpoint.
    loop {
        let size = bundle.as_ref().and_then(|b| b.get("size").cloned()).unwrap_or_default();
        let question = serde_json::json!({ "case": case, "page": page, "size": size });
        let part: Value = edge.ask(who, Service::Ledger, "bundle", &question).await?;
        let more = part.get("more").and_then(Value::as_bool).unwrap_or(false);
        join(&mut bundle, part);
        if !more {
            return Ok(bundle.unwrap_or_default());
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
    let note: String = open(&edge, "checkpoint", &serde_json::json!({ "size": sizes.size })).await.map_err(|f| Problem::of(f, language))?;
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
    open(&edge, "inclusion", &question).await.map(Json).map_err(|f| Problem::of(f, language))
}

/// That a tree extends an older one.
///
/// # Errors
/// `not_found` when a size is beyond the tree.
pub async fn consistency(State(edge): State<Edge>, Query(sizes): Query<Sizes>, Spoken(language): Spoken) -> Result<Json<Value>, Problem> {
    let question = serde_json::json!({ "old": sizes.old.unwrap_or(0), "size": sizes.size });
    open(&edge, "consistency", &question).await.map(Json).map_err(|f| Problem::of(f, language))
}

/// A question that anyone may ask: asked in the gateway's own name.
async fn open<T: serde::de::DeserializeOwned>(edge: &Edge, name: &str, question: &Value) -> Result<T, Unanswered> {
    edge.ask(&edge.own()?, Service::Ledger, name, question).await
}
