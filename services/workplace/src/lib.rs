//! The web workplace: pages for people who are not engineers. Every page is whole without scripts.
//!
//! A page is a template and a handler that takes a [`Visit`] (anyone) or a [`Signed`] (who is signed in); a form is a handler that takes a
//! [`Posted`], acts, and shows either what became of it or the refusal with everything that was typed.
//!
//! It stands above the services as the command line does: it reads their folds by their own types, so that nothing has a second shape here. It
//! asks and acts over NATS only, with the token of whoever is signed in, and applies no rule: whatever it offers, the services decide.

use std::fmt::Display;

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Router, middleware};
use proto::wire::{Failure, Receipt};

use gateway::Pages;
use gateway::edge::Edge;
use gateway::problem::{Language, Problem};

mod api;
mod assets;
mod audit;
mod calendar;
mod case;
mod cases;
mod choices;
mod coordination;
mod days;
mod entrance;
mod entries;
mod files;
mod frame;
mod home;
mod keys;
mod locale;
mod moves;
mod posted;
mod problems;
mod provider;
mod public;
mod redline;
mod rules;
mod said;
mod typed;
mod visit;

pub use locale::When;
pub use posted::{Form, Posted};
pub use visit::{Shown, Signed, Theme, Visit};

/// A page, or the problem that is shown in its place.
pub type Page = Result<Response, Problem>;

/// The workplace, for the gateway to serve.
#[must_use]
pub fn pages() -> Pages {
    let frame = |edge, inner: Router<Edge>| inner.layer(middleware::from_fn_with_state(edge, frame::frame));
    Pages { routes: routes(), assets: assets::router(), frame }
}

fn routes() -> Router<Edge> {
    Router::new()
        .route("/cases", get(cases::mine))
        .route("/sign-in", get(entrance::choose).post(entrance::sign_in))
        .route("/sign-in/begin", get(provider::begin))
        .route("/sign-in/callback", get(provider::callback))
        .route(provider::CHOICE, get(provider::choice).post(provider::for_body))
        .route("/sign-out", get(provider::signed_out).post(entrance::sign_out))
        .route("/calendar", get(calendar::page).post(calendar::forward))
        .route("/language", post(choices::language))
        .route("/theme", post(choices::theme))
        .route("/rules", get(rules::all))
        .route("/rules/{rule}", get(rules::one))
        .route("/api", get(api::page))
        .route("/api/openapi.json", get(api::document))
        .route("/problems/{code}", get(problems::page))
        .merge(home::routes())
        .merge(coordination::routes())
        .merge(keys::routes())
        .merge(case::routes())
        .merge(audit::routes())
        .merge(public::routes())
}

/// The page as HTML.
///
/// # Errors
/// When the template cannot be rendered.
pub fn render(page: &impl Template, language: Language) -> Page {
    match page.render() {
        Ok(html) => Ok(Html(html).into_response()),
        Err(error) => {
            tracing::error!(error = %error, "page.broken");
            Err(Problem::of(Failure::Unavailable { part: "page".into() }, language))
        }
    }
}

/// The page of a form that was refused: the same page again, with the problem's status.
///
/// # Errors
/// When the template cannot be rendered.
pub fn refused(page: &impl Template, problem: &Problem, language: Language) -> Page {
    let mut response = render(page, language)?;
    *response.status_mut() = status(problem.status);
    Ok(response)
}

fn status(of_problem: u16) -> StatusCode {
    StatusCode::from_u16(of_problem).unwrap_or(StatusCode::CONFLICT)
}

/// After an act: the page at a path, not before it shows the act.
#[must_use]
pub fn done(path: &str, receipt: &Receipt) -> Response {
    let (page, place) = path.split_once('#').map_or((path, String::new()), |(page, place)| (page, format!("#{place}")));
    let joint = if page.contains('?') { '&' } else { '?' };
    Redirect::to(&format!("{page}{joint}at_least={}{place}", receipt.position)).into_response()
}

/// A path of ours from what somebody gave as one; the first page for anything else, so that nobody is led away.
fn local(path: &str) -> &str {
    let ours = path.starts_with('/') && !path.starts_with("//") && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if ours { path } else { "/" }
}

/// Whether a choice of a form is the one that was taken, whatever the two are made of.
fn is_same(one: impl Display, other: impl Display) -> bool {
    one.to_string() == other.to_string()
}

fn with_cookie(mut response: Response, cookie: Option<HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_to_another_place() {
        for path in ["/", "/cases/1?from=3#x", "/rules"] {
            assert_eq!(local(path), path);
        }
        let elsewhere =
            ["", "//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/a\r\nSet-Cookie: x", "/\t/evil"];
        for path in elsewhere {
            assert_eq!(local(path), "/", "{path}");
        }
    }
}
