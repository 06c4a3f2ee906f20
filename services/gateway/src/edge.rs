//! What every handler has at hand: the bus, tokens, texts, and the extractors that say who asks.

use std::sync::Arc;

use async_nats::HeaderMap;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, Method, header};
use proto::access::Asker;
use proto::actor::Service;
use proto::stream::Stream;
use proto::wire::{self, Failure, Reply, Unanswered};
use runtime::bus::Bus;
use runtime::clock::Civil;
use runtime::config::Settings;
use runtime::documents::Documents;
use runtime::serve::{Found, Get, List};
use runtime::token::{Issuer, Verifier};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::changes::Heads;
use crate::oidc::Oidc;
use crate::problem::{Language, Problem};
use crate::register::Register;
use crate::seal::Seal;
use crate::session::{Sessions, cookie};

/// Shared by all handlers.
#[derive(Clone)]
pub struct Edge(pub Arc<Inner>);

/// See [`Edge`].
pub struct Inner {
    /// The gateway's connection.
    pub bus: Bus,
    /// How far the ledger has come.
    pub heads: Arc<Heads>,
    /// Where people sign in, if it is set.
    pub oidc: Option<Oidc>,
    /// Sign-ins on the pages.
    pub sessions: Sessions,
    /// Marks that only the gateway makes.
    pub seal: Seal,
    /// Names of bodies.
    pub register: Register,
    /// Civil time.
    pub civil: Arc<Civil>,
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
#[derive(Clone)]
pub struct SignedIn {
    /// The token as it came.
    pub token: String,
    /// Who.
    pub asker: Asker,
}

/// The language in which texts are answered.
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
        let bearer = header_text(parts, header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer ").map(str::to_owned));
        let token = match bearer {
            Some(token) => Ok(token),
            None => by_cookie(parts, edge),
        };
        match token.and_then(|token| Ok((edge.0.verifier.verify(&token)?, token))) {
            Ok((asker, token)) => Ok(Self { token, asker }),
            Err(failure) => Err(Problem::of(failure, language)),
        }
    }
}

/// A cookie reads. What acts wants the header, or a form of our own (the workplace's), so no foreign page can be made to act.
fn by_cookie(parts: &Parts, edge: &Edge) -> Result<String, Failure> {
    let session = if parts.method == Method::GET { edge.0.sessions.of(&parts.headers) } else { None };
    session.map_or_else(|| Ok(String::new()), |session| edge.0.sessions.token(&edge.0.issuer, &session))
}

fn header_text(parts: &Parts, name: HeaderName) -> Option<String> {
    parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// The language that the query names (`lang=ko`), else the one the person chose, else the client's first.
#[must_use]
pub fn language(parts: &Parts) -> Language {
    let asked = parts.uri.query().unwrap_or_default().split('&').find_map(|pair| pair.strip_prefix("lang="));
    let asked = asked.or_else(|| cookie(&parts.headers, "lang")).map(str::to_owned);
    match asked.or_else(|| header_text(parts, header::ACCEPT_LANGUAGE)) {
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
    Get { stream, at_least, question: None, params: Value::Null, as_of: None }
}

/// Headers with a token.
#[must_use]
pub fn bearer(token: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(wire::AUTHORIZATION, format!("Bearer {token}"));
    headers
}
