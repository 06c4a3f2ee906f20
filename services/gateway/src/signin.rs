//! Sign-in over the API, in demo mode only: a token for a person of the register. In production only OpenID Connect signs anyone in.

use axum::Json;
use axum::extract::State;
use proto::access::Official;
use proto::actor::Service;
use proto::id::{GovernmentId, OfficialId};
use proto::stream::Stream;
use proto::wire::{Failure, Unanswered};
use runtime::config::Mode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::edge::{Edge, Spoken, about};
use crate::problem::Problem;
use crate::register::Person;

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
pub async fn demo(State(edge): State<Edge>, Spoken(language): Spoken, Json(asked): Json<SignIn>) -> Result<Json<Token>, Problem> {
    demonstrated(&edge, &asked.official, &asked.government).await.map_err(|why| Problem::of(why, language))?;
    let issued = edge.0.issuer.person(&asked.official, &asked.government);
    let (token, expires_in) = issued.map_err(|_| Problem::of(Failure::Unavailable { part: "gateway".into() }, language))?;
    Ok(Json(Token { token, expires_in }))
}

/// The person as the register has them, and the time zone of the body, in a demo: nobody proves who they are.
///
/// # Errors
/// `not_found` in production, and when the person holds no appointment for the body.
pub async fn demonstrated(edge: &Edge, official: &OfficialId, government: &GovernmentId) -> Result<(Person, String), Unanswered> {
    if edge.0.settings.deployment.mode != Mode::Demo {
        return Err(Failure::NotFound.into());
    }
    let person = official_of(edge, official).await?;
    let held = person.appointments.iter().find(|held| held.appointment.government == *government).ok_or(Failure::NotFound)?;
    let serving = edge.serving(official, &person).into_iter().find(|serving| serving.government == *government);
    // One whose appointment is over or not begun may still read; the rules judge what they do by its days.
    let none = Person { official: official.clone(), government: government.clone(), roles: Vec::new() };
    Ok((serving.unwrap_or(none), held.zone.clone()))
}

/// For which bodies an official acts today, in which roles, and in which time zone.
///
/// # Errors
/// `not_found` when the register does not know them.
pub async fn serving(edge: &Edge, official: &OfficialId) -> Result<Vec<(Person, String)>, Unanswered> {
    let person = official_of(edge, official).await?;
    let zone = |government: &GovernmentId| {
        let held = person.appointments.iter().find(|held| held.appointment.government == *government);
        held.map(|held| held.zone.clone()).unwrap_or_default()
    };
    let serving = edge.serving(official, &person).into_iter();
    Ok(serving.map(|person| (person.clone(), zone(&person.government))).collect())
}

async fn official_of(edge: &Edge, official: &OfficialId) -> Result<Official, Unanswered> {
    let found = edge.get(&edge.own()?, Service::Registry, about(Stream::Official(official.clone()), None)).await?;
    let person = found.body.get("person").cloned().unwrap_or_default();
    Ok(serde_json::from_value(person).map_err(|_| Failure::NotFound)?)
}
