//! Signing in at an OpenID Connect provider and coming back, and signing out there too. Whatever goes wrong has a page that says so.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Redirect};
use gateway::edge::Edge;
use gateway::oidc::{Answer, Flow, Oidc, Trouble, Vouched};
use gateway::problem::Problem;
use gateway::session::cookie;
use gateway::signin;
use proto::actor::Role;
use proto::id::OfficialId;
use proto::wire::{Failure, Unanswered};
use serde::{Deserialize, Serialize};

use crate::entrance::{self, Back, onwards};
use crate::posted::Open;
use crate::{Page, Visit, render, with_cookie};

/// The state of a sign-in under way, in the browser.
const FLOW: &str = "flow";
/// Whom the provider has vouched for, while they choose for which body they act.
const IDENTITY: &str = "identity";
/// The ID token, which only signing out needs; so it goes nowhere else.
const HINT: &str = "interlocal-hint";
/// Where they choose.
pub(crate) const CHOICE: &str = "/sign-in/body";
const SIGN_OUT: &str = "/sign-out";
/// A longer one would be more than a browser keeps.
const LONGEST_HINT: usize = 3500;
const A_DAY: i64 = 24 * 3600;

#[derive(Template)]
#[template(path = "sign-in-trouble.html")]
struct TroublePage {
    visit: Visit,
    title: String,
    about: String,
    /// Whom it is about, as the provider or the register names them.
    whom: String,
    next: String,
}

#[derive(Template)]
#[template(path = "sign-in-body.html")]
struct BodyPage {
    visit: Visit,
    /// Id, name, and roles in words.
    bodies: Vec<(String, String, String)>,
}

#[derive(Template)]
#[template(path = "signed-out.html")]
struct SignedOutPage {
    visit: Visit,
    provider: String,
}

/// Whom the provider has vouched for, and where they wanted to go.
#[derive(Serialize, Deserialize)]
struct Identity {
    official: OfficialId,
    next: String,
}

#[derive(Deserialize)]
pub(crate) struct ForBody {
    government: String,
}

fn provider<'a>(edge: &'a Edge, visit: &Visit) -> Result<&'a Oidc, Problem> {
    edge.0.oidc.as_ref().ok_or_else(|| visit.failed(Failure::NotFound))
}

/// To the provider.
pub(crate) async fn begin(State(edge): State<Edge>, Query(back): Query<Back>, visit: Visit) -> Page {
    let next = onwards(&back.next);
    match provider(&edge, &visit)?.begin(next, visit.language).await {
        Ok((place, flow)) => Ok(with_cookie(Redirect::to(place.as_str()).into_response(), edge.0.sessions.keep(FLOW, &flow))),
        Err(trouble) => troubled(visit, trouble, next),
    }
}

/// Back from the provider. What the browser kept is taken away in any case: an answer counts once.
pub(crate) async fn callback(State(edge): State<Edge>, Query(answer): Query<Answer>, headers: HeaderMap, visit: Visit) -> Page {
    let provider = provider(&edge, &visit)?;
    let flow: Option<Flow> = edge.0.sessions.kept(FLOW, &headers);
    let next = flow.as_ref().map_or("/", |flow| onwards(&flow.next)).to_owned();
    let vouched = match &flow {
        Some(flow) => provider.finish(flow, answer).await,
        None => Err(Trouble::Stale),
    };
    let page = match vouched {
        Ok(vouched) => known(&edge, visit, vouched, next).await,
        Err(trouble) => troubled(visit, trouble, &next),
    };
    Ok(with_cookie(page.unwrap_or_else(IntoResponse::into_response), edge.0.sessions.forget(FLOW)))
}

/// Whoever the provider vouches for acts for a body: the only one, or the one they choose.
async fn known(edge: &Edge, visit: Visit, Vouched { official, hint }: Vouched, next: String) -> Page {
    let serving = match signin::serving(edge, &official).await {
        Ok(serving) => serving,
        Err(Unanswered::Failed(Failure::NotFound)) => return troubled(visit, Trouble::Unknown(official.to_string()), &next),
        Err(why) => return Err(visit.failed(why)),
    };
    let mut bodies = serving.into_iter();
    let response = match (bodies.next(), bodies.next()) {
        (None, _) => return troubled(visit, Trouble::NoAppointment(official), &next),
        (Some((person, zone)), None) => entrance::enter(edge, &visit, person, zone, &next),
        // On a page of its own, which can be loaded again; the provider's answer counts once.
        (Some(_), Some(_)) => {
            with_cookie(Redirect::to(CHOICE).into_response(), edge.0.sessions.keep(IDENTITY, &Identity { official, next }))
        }
    };
    let hinted = (hint.len() <= LONGEST_HINT).then(|| edge.0.sessions.set_at(SIGN_OUT, HINT, &hint, A_DAY)).flatten();
    Ok(with_cookie(response, hinted))
}

/// The bodies for which whoever was vouched for may act.
pub(crate) async fn choice(State(edge): State<Edge>, headers: HeaderMap, visit: Visit) -> Page {
    provider(&edge, &visit)?;
    let Some(Identity { official, .. }) = edge.0.sessions.kept(IDENTITY, &headers) else { return troubled(visit, Trouble::Stale, "/") };
    let serving = signin::serving(&edge, &official).await.map_err(|why| visit.failed(why))?;
    let words = |roles: &[Role]| roles.iter().map(|role| visit.t(&format!("role-{}", role.name()))).collect::<Vec<_>>().join(", ");
    let bodies =
        serving.iter().map(|(person, _)| (person.government.to_string(), visit.body(&person.government), words(&person.roles))).collect();
    let language = visit.language;
    render(&BodyPage { visit, bodies }, language)
}

/// For the body that they chose.
pub(crate) async fn for_body(State(edge): State<Edge>, headers: HeaderMap, Open { visit, fields }: Open<ForBody>) -> Page {
    let Some(Identity { official, next }) = edge.0.sessions.kept(IDENTITY, &headers) else { return troubled(visit, Trouble::Stale, "/") };
    let serving = signin::serving(&edge, &official).await.map_err(|why| visit.failed(why))?;
    let chosen = serving.into_iter().find(|(person, _)| person.government.as_str() == fields.government);
    let Some((person, zone)) = chosen else { return troubled(visit, Trouble::NoAppointment(official), &next) };
    Ok(with_cookie(entrance::enter(&edge, &visit, person, zone, &next), edge.0.sessions.forget(IDENTITY)))
}

/// Signed out here: from here on to the provider, to sign out there too. The policy of our pages lets no form lead elsewhere, so a page of our own
/// stands between.
pub(crate) async fn signed_out(State(edge): State<Edge>, headers: HeaderMap, visit: Visit) -> Page {
    let ended = match (visit.session(), &edge.0.oidc, cookie(&headers, HINT)) {
        // Whoever is led here from elsewhere stays signed in.
        (Some(_), ..) => return Ok(Redirect::to("/").into_response()),
        (None, Some(oidc), Some(hint)) => oidc.end(hint).await,
        (None, ..) => None,
    };
    let Some(place) = ended else { return Ok(Redirect::to("/sign-in").into_response()) };
    let language = visit.language;
    let page = render(&SignedOutPage { visit, provider: place.to_string() }, language)?;
    let onwards = [(HeaderName::from_static("refresh"), format!("0; url={place}"))];
    Ok(with_cookie((onwards, page).into_response(), edge.0.sessions.set_at(SIGN_OUT, HINT, "", 0)))
}

/// Where to go after signing out here: past the provider, if that is where they came in.
pub(crate) fn way_out(headers: &HeaderMap) -> &'static str {
    if cookie(headers, HINT).is_some() { SIGN_OUT } else { "/sign-in" }
}

fn troubled(visit: Visit, trouble: Trouble, next: &str) -> Page {
    let (what, status, whom) = match trouble {
        Trouble::Cancelled => ("cancelled", StatusCode::FORBIDDEN, String::new()),
        Trouble::Stale => ("stale", StatusCode::BAD_REQUEST, String::new()),
        Trouble::Untrusted => ("untrusted", StatusCode::BAD_GATEWAY, String::new()),
        Trouble::Unreachable => ("unreachable", StatusCode::BAD_GATEWAY, String::new()),
        Trouble::Unknown(whom) => ("unknown", StatusCode::FORBIDDEN, whom),
        Trouble::NoAppointment(official) => ("unappointed", StatusCode::FORBIDDEN, official.to_string()),
    };
    let language = visit.language;
    let (title, about) = (visit.t(&format!("trouble-{what}")), visit.t(&format!("trouble-{what}.next")));
    let mut page = render(&TroublePage { visit, title, about, whom, next: next.to_owned() }, language)?;
    *page.status_mut() = status;
    Ok(page)
}
