//! Sign-in. In demo mode a chooser of persons; it cannot be switched on in production, where only OpenID Connect signs anyone in.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use proto::access::Asker;
use proto::actor::Service;
use proto::id::{GovernmentId, OfficialId};
use proto::stream::Stream;
use proto::wire::{Failure, Unanswered};
use runtime::config::Mode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::edge::{COOKIE, Edge, SignedIn, Spoken, about};
use crate::problem::Problem;

/// Who wants to act, for which body.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The person.
    pub official: OfficialId,
    /// The body; the person must hold an appointment there.
    pub government: GovernmentId,
}

/// A token.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Token {
    /// To be sent as `Authorization: Bearer …`.
    pub token: String,
    /// Seconds until it expires.
    pub expires_in: i64,
}

/// Signs a person in, in demo mode.
///
/// # Errors
/// `not_found` in production, and when the person holds no appointment for the body.
pub async fn demo(State(edge): State<Edge>, Spoken(language): Spoken, Json(asked): Json<SignIn>) -> Result<Response, Problem> {
    let failed = |why: Unanswered| Problem::of(why, language);
    if edge.0.settings.deployment.mode != Mode::Demo {
        return Err(failed(Failure::NotFound.into()));
    }
    let issue = || edge.0.issuer.person(&asked.official, &asked.government);
    let (token, expires_in) = issue().map_err(|_| failed(Failure::Unavailable { part: "gateway".into() }.into()))?;
    let person = Asker::Person { official: asked.official.clone(), government: asked.government.clone() };
    let who = SignedIn { token: token.clone(), asker: person };
    let found = edge.get(&who, Service::Registry, about(Stream::Official(asked.official.clone()), None)).await.map_err(failed)?;
    let serves = found.body.to_string().contains(&format!("\"government\":\"{}\"", asked.government));
    if !serves {
        return Err(failed(Failure::NotFound.into()));
    }
    let cookie = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={expires_in}");
    let mut response = Json(Token { token, expires_in }).into_response();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
