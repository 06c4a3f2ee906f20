//! Documents over HTTP.

use std::collections::BTreeMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use proto::access::Asker;
use proto::actor::Service;
use proto::allocation::{Costs, Model};
use proto::digest::Digest;
use proto::entry::Document;
use proto::id::RunId;
use proto::stream::Stream;
use proto::wire::{Failure, Unanswered};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::edge::{Edge, SignedIn, Spoken, about};
use crate::problem::Problem;

/// Longest media type: it stands in entries. Names have at most 127 characters on each side of the slash (RFC 6838, section 4.2).
const LONGEST_TYPE: usize = 255;

/// Parameters of an upload.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Upload {
    /// Who reads this stream will read the document: `case/<id>`, or `case/<id>/<own government>`.
    pub audience: Stream,
    /// Language of texts, `en` or `ko`.
    pub lang: Option<String>,
}

/// Keeps a document and answers what an entry says of it. The type is the request's `Content-Type`.
///
/// # Errors
/// `not_found` when whoever asks may not read the audience's stream.
pub async fn put(
    State(edge): State<Edge>,
    Query(upload): Query<Upload>,
    Spoken(language): Spoken,
    who: SignedIn,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Document>), Problem> {
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("application/octet-stream");
    let kept = keep(&edge, &who, &upload.audience, media_type, body).await;
    kept.map(|document| (StatusCode::CREATED, Json(document))).map_err(|why| Problem::of(why, language))
}

/// Keeps a document for those who read a stream, and answers what an entry says of it.
///
/// # Errors
/// `not_found` when whoever asks may not read the stream; `malformed` when it is empty or its type is too long to stand in an entry.
pub async fn keep(edge: &Edge, who: &SignedIn, audience: &Stream, media_type: &str, bytes: Bytes) -> Result<Document, Unanswered> {
    if bytes.is_empty() {
        return Err(Failure::Malformed { detail: "the document is empty".into() }.into());
    }
    may_read(edge, who, audience).await?;
    if media_type.len() > LONGEST_TYPE {
        return Err(Failure::Malformed { detail: format!("a media type has at most {LONGEST_TYPE} characters") }.into());
    }
    edge.0.documents.put(bytes, media_type, audience).await.map_err(|error| {
        tracing::error!(error = %error, "document.not_kept");
        Failure::Unavailable { part: "document store".into() }.into()
    })
}

/// A document, for those who read its audience's stream; a table of costs also for those before whom a run lies that names it. Always as a download, so that nothing uploaded runs in a page of ours.
///
/// # Errors
/// `not_found`.
pub async fn get(
    State(edge): State<Edge>,
    Path(digest): Path<Digest>,
    Spoken(language): Spoken,
    who: SignedIn,
) -> Result<Response, Problem> {
    let failed = |why: Unanswered| Problem::of(why, language);
    let broken = |error: anyhow::Error| {
        tracing::error!(error = %error, "document.unreadable");
        failed(Failure::Unavailable { part: "document store".into() }.into())
    };
    let mut readable = Err(Unanswered::from(Failure::NotFound));
    for note in edge.0.documents.audiences(digest).await.map_err(broken)? {
        readable = match may_read(&edge, &who, &note.audience).await {
            Err(Unanswered::Failed(Failure::NotFound)) => is_tabled(&edge, &who, &note.audience, digest).await,
            known => known,
        }
        .map(|()| note);
        // Not for this audience, perhaps for another; anything else is a failure to find out.
        if !matches!(readable, Err(Unanswered::Failed(Failure::NotFound))) {
            break;
        }
    }
    let note = readable.map_err(failed)?;
    let bytes = edge.0.documents.bytes(digest).await.map_err(broken)?;
    let download = format!("attachment; filename=\"{digest}\"");
    Ok(([(header::CONTENT_TYPE, note.document.media_type), (header::CONTENT_DISPOSITION, download)], bytes).into_response())
}

/// What of the laboratory's fold names documents.
#[derive(Deserialize)]
struct OnTable {
    runs: BTreeMap<RunId, TabledModel>,
}

#[derive(Deserialize)]
struct TabledModel {
    model: Model,
}

/// Whether a table that was kept for one party is named by a run on the table of its case: then whoever reads the case reads it, for nobody could
/// compute the run again without it.
///
/// # Errors
/// `not_found` when not.
async fn is_tabled(edge: &Edge, who: &SignedIn, audience: &Stream, digest: Digest) -> Result<(), Unanswered> {
    let Stream::Internal(case, _) = audience else { return Err(Failure::NotFound.into()) };
    let found = edge.get(who, Service::Allocation, about(Stream::Case(*case), None)).await?;
    let OnTable { runs } = OnTable::deserialize(&found.body).map_err(|e| Failure::Malformed { detail: e.to_string() })?;
    let mut components = runs.values().flat_map(|run| run.model.components.values());
    let names = components.any(|component| matches!(&component.costs, Some(Costs::Document(document)) if document.digest == digest));
    if names { Ok(()) } else { Err(Failure::NotFound.into()) }
}

/// Whether whoever asks reads the stream whose readers a document is for.
///
/// # Errors
/// `not_found` when not.
pub(crate) async fn may_read(edge: &Edge, who: &SignedIn, audience: &Stream) -> Result<(), Unanswered> {
    let Asker::Person { government, .. } = &who.asker else { return Err(Failure::NotFound.into()) };
    let case = audience.case().ok_or(Failure::NotFound)?;
    if audience.owner().is_some_and(|owner| owner != government) {
        return Err(Failure::NotFound.into());
    }
    // Whoever may read the case learns it here from the service that knows.
    edge.get(who, Service::Negotiation, about(Stream::Case(case), None)).await.map(drop)
}
