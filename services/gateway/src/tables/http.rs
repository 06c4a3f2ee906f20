//! Tables over HTTP: the file is the body, the answer is what goes into a model. Nothing is recorded, and nothing is kept unless asked for: a table that
//! is too long for an entry is kept as a document, and the model names that.

use std::collections::BTreeMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use proto::allocation::Costs;
use proto::id::GovernmentId;
use proto::money::{Currency, Money};
use proto::stream::Stream;
use proto::table::{Format, Refusal};
use proto::wire::{Failure, Unanswered};
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Deserialize;

use super::File;
use crate::documents;
use crate::edge::{Edge, SignedIn, Spoken};
use crate::problem::{Language, Problem};

/// Parameters of a table of coalitions.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfCoalitions {
    /// The members, joined with `+`.
    pub members: String,
    /// The currency of the costs.
    pub currency: Currency,
    /// The sheet; without it the first.
    pub sheet: Option<String>,
    /// Whether sets may be missing.
    #[serde(default)]
    pub partial: bool,
    /// Keeps the table as a document for who reads this stream: `case/<id>`, or `case/<id>/<own government>`. The answer names it. What
    /// is kept for oneself is read by the others once a run lies on the table that names it.
    pub audience: Option<Stream>,
    /// Language of texts, `en` or `ko`.
    pub lang: Option<String>,
}

/// Parameters of a table of figures.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfFigures {
    /// The governments, joined with `+`.
    pub members: String,
    /// The sheet; without it the first.
    pub sheet: Option<String>,
    /// Language of texts, `en` or `ko`.
    pub lang: Option<String>,
}

/// Reads costs of coalitions. The format is the request's `Content-Type`.
///
/// # Errors
/// What is wrong with the file or the table; `not_found` when whoever asks may not read the audience's stream.
pub async fn coalitions(
    State(edge): State<Edge>,
    Query(of): Query<OfCoalitions>,
    Spoken(language): Spoken,
    who: SignedIn,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Costs>, Problem> {
    let sent = Sent::new(&of.members, of.sheet, &headers, body, language)?;
    let costs = sent.read(move |file| super::coalitions(file, of.currency, of.partial)).await?;
    let (Some(audience), Costs::Listed(list)) = (&of.audience, &costs) else { return Ok(Json(costs)) };
    kept(&edge, &who, list, audience).await.map(Json).map_err(|failure| Problem::of(failure, language))
}

/// Keeps a table as a document.
async fn kept(edge: &Edge, who: &SignedIn, list: &BTreeMap<String, Money>, audience: &Stream) -> Result<Costs, Unanswered> {
    documents::may_read(edge, who, audience).await?;
    let (document, bytes) = Costs::document(list).map_err(|e| Failure::Malformed { detail: e.to_string() })?;
    let kept = edge.0.documents.put(bytes.into(), &document.media_type, audience).await;
    kept.map(Costs::Document).map_err(|error| {
        tracing::error!(error = %error, "document.not_kept");
        Failure::Unavailable { part: "document store".into() }.into()
    })
}

/// Reads figures of governments. The format is the request's `Content-Type`.
///
/// # Errors
/// What is wrong with the file or the table.
pub async fn figures(
    Query(of): Query<OfFigures>,
    Spoken(language): Spoken,
    _: SignedIn,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<BTreeMap<GovernmentId, Decimal>>, Problem> {
    Sent::new(&of.members, of.sheet, &headers, body, language)?.read(super::figures).await.map(Json)
}

/// A file as it was sent.
struct Sent {
    bytes: Bytes,
    format: Format,
    sheet: Option<String>,
    members: Vec<GovernmentId>,
    language: Language,
}

impl Sent {
    fn new(members: &str, sheet: Option<String>, headers: &HeaderMap, bytes: Bytes, language: Language) -> Result<Self, Problem> {
        let malformed = |detail: String| Problem::of(Failure::Malformed { detail }, language);
        // In a query a plus sign that is not escaped is a space.
        let names = members.split([' ', '+', ',']).filter(|name| !name.is_empty());
        let members: Vec<GovernmentId> =
            names.map(str::parse).collect::<Result<_, _>>().map_err(|e: proto::id::BadId| malformed(e.to_string()))?;
        if members.is_empty() {
            return Err(malformed("`members` names nobody".into()));
        }
        let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("application/octet-stream");
        let format = super::format_of(kind).map_err(|refusal| Problem::of(refusal, language))?;
        Ok(Self { bytes, format, sheet, members, language })
    }

    /// Reads the file where it keeps nobody waiting: a large one takes seconds.
    async fn read<T: Send + 'static>(self, read: impl FnOnce(&File<'_>) -> Result<T, Refusal> + Send + 'static) -> Result<T, Problem> {
        let (language, told) = (self.language, self.format);
        let read = tokio::task::spawn_blocking(move || {
            read(&File { bytes: &self.bytes, format: self.format, sheet: self.sheet.as_deref(), members: &self.members })
        });
        let read = read.await.unwrap_or(Err(Refusal::Broken { told }));
        read.map_err(|refusal| Problem::of(refusal, language))
    }
}
