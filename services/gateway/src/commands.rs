//! `POST /api/v1/<kind>/<id>/commands`: extract, pass on, answer. The service decides; the gateway adds nothing but the token.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::StatusCode;
use proto::message::{Command, Target};
use proto::wire::{self, Failure, Receipt, Reply, Submission, Unanswered};
use runtime::bus::Bus;

use crate::edge::{Edge, SignedIn, Spoken, bearer};
use crate::problem::{Language, Problem};

/// Takes a command to the service that decides it.
///
/// # Errors
/// The refusal or the failure.
pub async fn post(
    State(edge): State<Edge>,
    Path((kind, id)): Path<(String, String)>,
    Spoken(language): Spoken,
    who: SignedIn,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Receipt>), Problem> {
    take(&edge, Target::parse(&kind, &id), language, &who, &headers, body).await
}

/// As [`post`], for a case.
///
/// # Errors
/// As [`post`].
pub async fn to_case(
    State(edge): State<Edge>,
    Path(case): Path<String>,
    Spoken(language): Spoken,
    who: SignedIn,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Receipt>), Problem> {
    take(&edge, Target::parse("cases", &case), language, &who, &headers, body).await
}

async fn take(
    edge: &Edge,
    target: Option<Target>,
    language: Language,
    who: &SignedIn,
    headers: &HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Receipt>), Problem> {
    let failed = |failure: &Failure| Problem::of(failure.clone(), language);
    let target = target.ok_or_else(|| failed(&Failure::NotFound))?;
    let submission = read(&body).map_err(|f| failed(&f))?;
    let key = headers.get(wire::IDEMPOTENCY_KEY).and_then(|v| v.to_str().ok()).filter(|key| (1..=wire::LONGEST_KEY).contains(&key.len()));
    let key = key.ok_or_else(|| failed(&Failure::KeyMissing))?;
    let reply = forward(&edge.0.bus, &who.token, &target, key, &submission.command, body).await;
    answer(reply, language)
}

/// Takes one command of a page to the service that decides it.
///
/// # Errors
/// The refusal or the failure.
pub async fn send(edge: &Edge, who: &SignedIn, target: &Target, key: &str, submission: &Submission) -> Result<Receipt, Unanswered> {
    let body = serde_json::to_vec(submission).map_err(|error| Failure::Malformed { detail: error.to_string() })?;
    forward(&edge.0.bus, &who.token, target, key, &submission.command, body.into()).await?.into_result()
}

/// The body as it must be. It travels on as it came; reading it here answers nonsense early and finds the service.
fn read(body: &Bytes) -> Result<Submission, Failure> {
    serde_json::from_slice(body).map_err(|error| Failure::Malformed { detail: error.to_string() })
}

async fn forward(bus: &Bus, token: &str, target: &Target, key: &str, command: &Command, body: Bytes) -> Result<Reply<Receipt>, Failure> {
    let path = target.path();
    let service = command.service();
    let mut headers = bearer(token);
    headers.insert(wire::IDEMPOTENCY_KEY, key);
    headers.insert(wire::TARGET, path.as_str());
    let subject = bus.subjects().command(service, path.rsplit('/').next().unwrap_or_default());
    let answer = bus.ask_bytes(service, subject, headers, body).await?;
    serde_json::from_slice(&answer).map_err(|_| runtime::bus::unavailable(service))
}

fn answer(reply: Result<Reply<Receipt>, Failure>, language: Language) -> Result<(StatusCode, Json<Receipt>), Problem> {
    match reply {
        Ok(Reply::Ok(receipt)) => Ok((StatusCode::OK, Json(receipt))),
        Ok(Reply::Refused(refusal)) => Err(Problem::of(refusal, language)),
        Ok(Reply::Failed(failure)) | Err(failure) => Err(Problem::of(failure, language)),
    }
}
