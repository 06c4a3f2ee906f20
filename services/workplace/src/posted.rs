//! A form that comes back: from our own page, made for this sign-in, and each one act.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use proto::access::Asker;
use proto::digest::Digest;
use proto::id::GovernmentId;
use proto::message::{Command, Target};
use proto::wire::{Failure, Receipt, Submission};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::files::{self, Files};
use crate::visit::{Signed, Visit};
use gateway::commands;
use gateway::edge::{Edge, SignedIn};
use gateway::limits;
use gateway::problem::Problem;

/// What a form in a page carries besides its fields.
#[derive(Debug, Clone)]
pub struct Form {
    /// Names the one act that this form is, and proves that it was made for this sign-in. The hidden field `form`.
    pub key: String,
    /// Why it was refused, when it is shown again.
    pub problem: Option<Problem>,
    /// What was typed into it, when it is shown again.
    pub(crate) sent: Vec<(String, String)>,
}

impl Form {
    /// What was typed into a field; `or` when the form is shown for the first time.
    #[must_use]
    pub fn typed<'a>(&'a self, field: &str, or: &'a str) -> &'a str {
        if self.sent.is_empty() { or } else { self.sent.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value) }
    }

    /// Whether a choice was taken; `or` when the form is shown for the first time.
    #[must_use]
    pub fn took(&self, field: &str, choice: &str, or: bool) -> bool {
        if self.sent.is_empty() { or } else { self.sent.iter().any(|(name, value)| name == field && value == choice) }
    }

    /// Takes out what was typed into a field: what must not stand in a page.
    pub(crate) fn forget(&mut self, field: &str) {
        self.sent.retain(|(name, _)| name != field);
    }
}

/// A form that somebody who is signed in has sent.
pub struct Posted<T> {
    /// Who, and how they look at pages.
    pub signed: Signed,
    /// What was typed.
    pub fields: T,
    key: String,
    sent: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Key {
    #[serde(default)]
    form: String,
}

impl<T> Posted<T> {
    /// Does the one act of this form. Sent twice it is done once, and answered twice the same.
    ///
    /// # Errors
    /// The refusal or the failure, in the person's words.
    pub async fn act(&self, target: &Target, command: impl Into<Command>) -> Result<Receipt, Problem> {
        self.submit(target, &Submission::from(command.into())).await
    }

    /// As [`act`](Self::act), for an act that happened outside or carries a signature.
    ///
    /// # Errors
    /// As [`act`](Self::act).
    pub async fn submit(&self, target: &Target, submission: &Submission) -> Result<Receipt, Problem> {
        let Signed { visit, who } = &self.signed;
        commands::send(&visit.edge, who, target, &self.key, submission).await.map_err(|why| visit.failed(why))
    }

    /// The form for showing the page again when nothing was done yet, such as when it grew by a row. It stays the same act.
    #[must_use]
    pub fn still(&self) -> Form {
        Form { key: self.key.clone(), problem: None, sent: self.sent.clone() }
    }

    /// The body for which whoever sent it acts.
    pub(crate) fn government(&self) -> Option<GovernmentId> {
        match &self.signed.who.asker {
            Asker::Person { government, .. } => Some(government.clone()),
            Asker::Service(_) => None,
        }
    }

    /// One of several acts that a form does in order. Its key follows from the form's and from what is asked: when the form is sent again, what was
    /// done is answered as before, what was not done is done now, and what was changed since is another act.
    ///
    /// # Errors
    /// As [`act`](Self::act).
    pub async fn step(&self, target: &Target, command: impl Into<Command>) -> Result<Receipt, Problem> {
        let Signed { visit, who } = &self.signed;
        let submission = Submission::from(command.into());
        let asked = Digest::of_json(&submission).map_err(|error| visit.failed(Failure::Malformed { detail: error.to_string() }))?;
        let key = Digest::of_parts(&[self.key.as_bytes(), &asked.0]).to_string();
        commands::send(&visit.edge, who, target, &key, &submission).await.map_err(|why| visit.failed(why))
    }

    /// The form for showing the page again. It stays the same act, so that sending it anew after an answer was lost does nothing twice; only where
    /// that act is done already it becomes a new one.
    #[must_use]
    pub fn again(&self, problem: Problem) -> Form {
        let done = &*problem.code == Failure::KeyReused.code();
        let (key, problem) = if done {
            (self.signed.visit.key(), self.signed.visit.wrong("form-sent_already", Value::Null))
        } else {
            (self.key.clone(), problem)
        };
        Form { key, problem: Some(problem), sent: self.sent.clone() }
    }
}

impl<T: DeserializeOwned + Send> Posted<T> {
    async fn receive(request: Request, edge: &Edge, takes: Takes) -> Result<(Self, Files), Problem> {
        let (parts, body) = request.into_parts();
        let visit = Visit::of(&parts, edge).await;
        if !from_here(&parts.headers, &edge.0.settings.http.origin) {
            return Err(visit.failed(Failure::ForeignForm));
        }
        let Some(session) = visit.session().cloned() else {
            return Err(visit.failed(Failure::Unauthenticated { why: "no sign-in".to_owned() }));
        };
        let (bytes, files) = read(&visit, Request::from_parts(parts, body), edge, takes).await?;
        let Key { form } = fields(&visit, &bytes)?;
        if !edge.0.sessions.made(&session, &form) {
            return Err(visit.failed(Failure::ForeignForm));
        }
        let token = edge.0.sessions.token(&edge.0.issuer, &session).map_err(|why| visit.failed(why))?;
        let asker = Asker::Person { official: session.official, government: session.government };
        let sent = fields(&visit, &bytes)?;
        let fields = fields(&visit, &bytes)?;
        Ok((Self { signed: Signed { visit, who: SignedIn { token, asker } }, fields, key: form, sent }, files))
    }
}

impl<T: DeserializeOwned + Send> FromRequest<Edge> for Posted<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, edge: &Edge) -> Result<Self, Problem> {
        Self::receive(request, edge, Takes::Fields).await.map(|(posted, _)| posted)
    }
}

/// A form of somebody who need not be signed in: it changes nothing but this browser's own choices.
pub(crate) struct Open<T> {
    pub visit: Visit,
    pub fields: T,
}

impl<T: DeserializeOwned + Send> Open<T> {
    async fn receive(request: Request, edge: &Edge, takes: Takes) -> Result<(Self, Files), Problem> {
        let (parts, body) = request.into_parts();
        let visit = Visit::of(&parts, edge).await;
        if !from_here(&parts.headers, &edge.0.settings.http.origin) {
            return Err(visit.failed(Failure::ForeignForm));
        }
        let (bytes, files) = read(&visit, Request::from_parts(parts, body), edge, takes).await?;
        let fields = fields(&visit, &bytes)?;
        Ok((Self { visit, fields }, files))
    }
}

impl<T: DeserializeOwned + Send> FromRequest<Edge> for Open<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, edge: &Edge) -> Result<Self, Problem> {
        Self::receive(request, edge, Takes::Fields).await.map(|(open, _)| open)
    }
}

/// A form with files: `enctype="multipart/form-data"`, `P` a [`Posted`] or an [`Open`]. A form without files stays as it is.
///
/// ```text
/// async fn record(Path(id): Path<CaseId>, Uploaded { posted, files }: Uploaded<Posted<Fields>>) -> Page {
///     match files.keep(&posted.signed, &Stream::Case(id)).await {
///         Ok(evidence) => …,
///         Err(problem) => case::refuse(id, Room::Approvals, "record", posted, problem).await,
///     }
/// }
/// ```
pub(crate) struct Uploaded<P> {
    pub posted: P,
    pub files: Files,
}

impl<T: DeserializeOwned + Send> FromRequest<Edge> for Uploaded<Posted<T>> {
    type Rejection = Problem;

    async fn from_request(request: Request, edge: &Edge) -> Result<Self, Problem> {
        Posted::receive(request, edge, Takes::Files).await.map(|(posted, files)| Self { posted, files })
    }
}

impl<T: DeserializeOwned + Send> FromRequest<Edge> for Uploaded<Open<T>> {
    type Rejection = Problem;

    async fn from_request(request: Request, edge: &Edge) -> Result<Self, Problem> {
        Open::receive(request, edge, Takes::Files).await.map(|(posted, files)| Self { posted, files })
    }
}

/// What a handler takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    Fields,
    Files,
}

/// The fields, URL-encoded, and the files that came with them.
async fn read(visit: &Visit, request: Request, edge: &Edge, takes: Takes) -> Result<(Bytes, Files), Problem> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if takes == Takes::Files && kind.starts_with("multipart/form-data") {
        let (sent, files) = files::read(visit, request, edge).await?;
        let bytes = serde_html_form::to_string(sent).map_err(|error| visit.failed(Failure::Malformed { detail: error.to_string() }))?;
        return Ok((bytes.into(), files));
    }
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(visit.failed(Failure::UnsupportedMediaType));
    }
    let limit = limits::of_forms(edge.0.settings.http.body_limit);
    let too_large = Failure::TooLarge { bytes: limit.saturating_add(1), limit };
    let bytes = Bytes::from_request(request, edge).await.map_err(|_| visit.failed(too_large))?;
    Ok((bytes, Files::default()))
}

fn fields<T: DeserializeOwned>(visit: &Visit, bytes: &[u8]) -> Result<T, Problem> {
    serde_html_form::from_bytes(bytes).map_err(|error| visit.failed(Failure::Malformed { detail: error.to_string() }))
}

/// Whether a browser says that a page of ours sent this. Every browser that sends forms says so in one of the two ways.
fn from_here(headers: &HeaderMap, origin: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text("host").unwrap_or_default();
    let ours = |from: &str| {
        if origin.is_empty() {
            !host.is_empty() && from.split_once("://").is_some_and(|(_, authority)| authority == host)
        } else {
            from == origin
        }
    };
    match (text("sec-fetch-site"), text("origin")) {
        (None, None) => false,
        (site, from) => site.is_none_or(|site| site == "same-origin") && from.is_none_or(ours),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn sent(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn only_a_page_of_ours_sends_forms() {
        let host = ("host", "interlocal.example");
        let ours = ("origin", "http://interlocal.example");
        assert!(from_here(&sent(&[host, ours]), ""));
        assert!(from_here(&sent(&[host, ours, ("sec-fetch-site", "same-origin")]), ""));
        assert!(from_here(&sent(&[("sec-fetch-site", "same-origin")]), ""));
        for other in ["http://evil.example", "null", "http://interlocal.example.evil.example", "http://sub.interlocal.example", ""] {
            assert!(!from_here(&sent(&[host, ("origin", other)]), ""), "{other}");
        }
        assert!(!from_here(&sent(&[host, ours, ("sec-fetch-site", "same-site")]), ""));
        assert!(!from_here(&sent(&[host]), ""), "who says nothing is not believed");
    }

    #[test]
    fn behind_a_proxy_the_address_that_was_set_counts() {
        let origin = "https://interlocal.example";
        assert!(from_here(&sent(&[("host", "127.0.0.1:8080"), ("origin", origin)]), origin));
        assert!(!from_here(&sent(&[("host", "127.0.0.1:8080"), ("origin", "http://127.0.0.1:8080")]), origin));
    }
}
