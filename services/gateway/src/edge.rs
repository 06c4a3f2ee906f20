//! What every handler has at hand: the bus, tokens, texts, and the extractors that say who asks.

use std::sync::Arc;

use async_nats::HeaderMap;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, header};
use proto::access::Asker;
use proto::actor::Service;
use proto::stream::Stream;
use proto::wire::{self, Reply, Unanswered};
use runtime::bus::Bus;
use runtime::config::Settings;
use runtime::documents::Documents;
use runtime::serve::{Found, Get, List};
use runtime::token::{Issuer, Verifier};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::problem::{Language, Problem};

/// Shared by all handlers.
#[derive(Clone)]
pub struct Edge(pub Arc<Inner>);

/// See [`Edge`].
pub struct Inner {
    /// The gateway's connection.
    pub bus: Bus,
    /// Issues tokens for persons.
    pub issuer: Issuer,
    /// Verifies them.
    pub verifier: Verifier,
    /// The settings.
    pub settings: Arc<Settings>,
    /// Documents.
    pub documents: Documents,
    /// Whether the process is asked to end.
    pub soft: CancellationToken,
    /// The OpenAPI document.
    pub openapi: Arc<Value>,
}

/// Who asks, with the token that says so. A handler that takes this cannot be reached without one.
pub struct SignedIn {
    /// The token as it came.
    pub token: String,
    /// Who.
    pub asker: Asker,
}

/// The language in which texts are answered, from `Accept-Language`.
pub struct Spoken(pub Language);

impl FromRequestParts<Edge> for Spoken {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Edge) -> Result<Self, Self::Rejection> {
        Ok(Self(language(parts)))
    }
}

impl FromRequestParts<Edge> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, edge: &Edge) -> Result<Self, Problem> {
        let language = language(parts);
        let token = header_text(parts, header::AUTHORIZATION)
            .and_then(|value| value.strip_prefix("Bearer ").map(str::to_owned))
            .or_else(|| cookie(parts, COOKIE))
            .unwrap_or_default();
        match edge.0.verifier.verify(&token) {
            Ok(asker) => Ok(Self { token, asker }),
            Err(failure) => Err(Problem::of(failure, language)),
        }
    }
}

/// The cookie with the token of a person who signed in on a page. Reads only: commands want the header, so no page can be made to post one.
pub const COOKIE: &str = "interlocal";

fn cookie(parts: &Parts, name: &str) -> Option<String> {
    if parts.method != axum::http::Method::GET {
        return None;
    }
    let all = header_text(parts, header::COOKIE)?;
    all.split("; ").find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).map(str::to_owned)
}

fn header_text(parts: &Parts, name: HeaderName) -> Option<String> {
    parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// Korean if the client's first language is Korean or the query says `lang=ko`, else English.
#[must_use]
pub fn language(parts: &Parts) -> Language {
    let asked = parts.uri.query().unwrap_or_default().split('&').find_map(|pair| pair.strip_prefix("lang="));
    match asked.map(str::to_owned).or_else(|| header_text(parts, header::ACCEPT_LANGUAGE)) {
        Some(tag) if tag.starts_with("ko") => Language::Korean,
        _ => Language::English,
    }
}

impl Edge {
    /// Asks a service in the name of whoever is signed in.
    ///
    /// # Errors
    /// Why there is no answer.
    pub async fn ask<T: DeserializeOwned>(
        &self,
        who: &SignedIn,
        service: Service,
        name: &str,
        question: &impl Serialize,
    ) -> Result<T, Unanswered> {
        let subject = self.0.bus.subjects().query(service, &format!("public.{name}"));
        let reply: Reply<T> = self.0.bus.ask(service, subject, bearer(&who.token), question).await?;
        reply.into_result()
    }

    /// A fold of a service.
    ///
    /// # Errors
    /// `not_found` when there is none for whoever asks.
    pub async fn get(&self, who: &SignedIn, service: Service, get: Get) -> Result<Found, Unanswered> {
        self.ask(who, service, "get", &get).await
    }

    /// A list of a service.
    ///
    /// # Errors
    /// When the service does not answer.
    pub async fn list(&self, who: &SignedIn, service: Service, list: List) -> Result<Vec<Found>, Unanswered> {
        self.ask(who, service, "list", &list).await
    }
}

/// A plain question about a stream.
#[must_use]
pub fn about(stream: Stream, at_least: Option<u64>) -> Get {
    Get { stream, at_least, question: None, params: Value::Null }
}

/// Headers with a token.
#[must_use]
pub fn bearer(token: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(wire::AUTHORIZATION, format!("Bearer {token}"));
    headers
}
