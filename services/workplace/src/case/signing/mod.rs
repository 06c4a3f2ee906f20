//! Signing: what is signed, who has signed and who is missing, and the two ways of doing it: by key, which is used where its owner is, and on
//! paper, which two clerks attest.

use ::signing::State;
use ::signing::agreement::Agreement;
use askama::Template;
use axum::Router;
use axum::routing::{get, post};
use gateway::edge::Edge;
use gateway::problem::Problem;
use proto::access::Asker;
use proto::actor::{Role, Service};
use proto::negotiation::Refusal;
use proto::signing::Intent;
use proto::standing::Phase;

use super::{Case, Head, Room};
use crate::{Page, Visit, When, render};

mod acts;
mod by_key;
mod document;
mod paper;
mod seals;

use by_key::ByKey;
use document::Document;
use paper::OnPaper;
use seals::{Order, Seal};

#[derive(Template)]
#[template(path = "case/signing.html")]
struct SigningPage {
    visit: Visit,
    head: Head,
    id: String,
    stand: Stand,
    document: Option<Document>,
    /// The digest that is signed, and those that it binds: what of, and the digest.
    digests: Vec<(String, String)>,
    seals: Vec<Seal>,
    key: Option<ByKey>,
    paper: Option<OnPaper>,
    order: Option<Order>,
}

/// How far signing has come, and what it waits for.
struct Stand {
    /// `not_frozen`, `not_open`, `open` or `complete`.
    name: &'static str,
    said: String,
    since: Option<When>,
    /// What is missing, in words.
    missing: Vec<String>,
    /// The room in which that is looked after.
    elsewhere: String,
}

pub(crate) fn routes() -> Router<Edge> {
    Router::new()
        .route("/cases/{case}/signing", get(page))
        .route("/cases/{case}/signing/agreement.json", get(document::canonical_file))
        .route("/cases/{case}/signing/agreement.md", get(document::readable_file))
        .route("/cases/{case}/signing/intent.json", get(document::intent_file))
        .route("/cases/{case}/signing/sign", post(acts::sign))
        .route("/cases/{case}/signing/order", post(acts::order))
        .route("/cases/{case}/signing/attest", post(acts::attest))
        .route("/cases/{case}/signing/confirm", post(acts::confirm))
}

pub(crate) async fn page(case: Case) -> Page {
    let state: State = case.fold(Service::Signing).await?;
    let approvals: approvals::State = case.fold(Service::Approvals).await?;
    let stand = stand(&case, &state, &approvals);
    let agreement = Agreement::of(case.id, &state).ok();
    let key = ByKey::of(&case, &state).await?;
    let paper = OnPaper::of(&case, &state).await?;
    let page = SigningPage {
        head: Head::of(&case, Room::Signing),
        id: case.id.to_string(),
        stand,
        document: agreement.as_ref().map(|agreement| Document::of(agreement, &case)),
        digests: digests(&case, &state),
        seals: seals::all(&case, &state),
        key,
        paper,
        order: Order::of(&case, &state),
        visit: case.visit,
    };
    let language = page.visit.language;
    render(&page, language)
}

fn stand(case: &Case, state: &State, approvals: &approvals::State) -> Stand {
    let visit = &case.visit;
    let said = |name: &'static str, since: Option<When>, missing: Vec<String>| Stand {
        name,
        said: visit.t(&format!("signing-stand-{name}")),
        since,
        missing,
        elsewhere: case.path(if state.text.is_none() { Room::Overview } else { Room::Approvals }),
    };
    match (&state.text, &state.opened) {
        (None, _) => {
            let told = |obstacle: &Refusal| case.in_words(Problem::of(obstacle.clone(), visit.language)).title.into();
            said("not_frozen", None, case.state.obstacles.iter().map(told).collect())
        }
        (Some(_), None) => said("not_open", None, missing(case, approvals)),
        (Some(_), Some(_)) if state.standing.phase >= Phase::Signed => said("complete", None, Vec::new()),
        (Some(_), Some(opened)) => said("open", Some(visit.instant(&opened.at)), Vec::new()),
    }
}

/// The steps that must be complete before anyone signs, with the body whose they are.
fn missing(case: &Case, approvals: &approvals::State) -> Vec<String> {
    let signing = approvals.lanes.all().find(|instance| instance.step.is_signing());
    let steps = match signing.map(|instance| &instance.status) {
        Some(::approvals::Status::Waiting { missing }) => missing.as_slice(),
        _ => &[],
    };
    let line = |of: &proto::approvals::StepOf| {
        let step = case.name_of("step", of.step.as_str());
        of.government.as_ref().map_or_else(|| step.clone(), |body| format!("{}: {step}", case.called(body)))
    };
    steps.iter().map(line).collect()
}

fn digests(case: &Case, state: &State) -> Vec<(String, String)> {
    let Some(text) = &state.text else { return Vec::new() };
    let named = |name: &str| case.visit.t(&format!("signing-digest-{name}"));
    let parts = [("text", Some(text.frozen.text)), ("allocation", text.frozen.allocation), ("matrix", text.frozen.matrix)];
    let bound = parts.into_iter().filter_map(|(name, digest)| Some((named(name), digest?.to_string())));
    [(named("agreement"), text.agreement.to_string())].into_iter().chain(bound).collect()
}

/// What whoever is signed in would sign: only for the signatory of a party, and only while there is something to sign.
fn intent(case: &Case, state: &State) -> Option<Intent> {
    let Asker::Person { official, government } = &case.who.asker else { return None };
    let opened = state.opened.as_ref().filter(|_| case.acts(&[Role::Signatory]))?;
    Some(Intent {
        purpose: Intent::PURPOSE.to_owned(),
        case: case.id,
        agreement: opened.agreement,
        government: government.clone(),
        official: official.clone(),
    })
}

impl Stand {
    /// The kind of notice in which it is said.
    fn kind(&self) -> &'static str {
        match self.name {
            "complete" => "success",
            "open" => "info",
            _ => "warning",
        }
    }

    /// The key of the text that says what it means.
    fn about(&self) -> String {
        format!("signing-stand-{}-about", self.name)
    }

    /// The key of the text of the way to where it goes on.
    fn onwards(&self) -> String {
        format!("signing-stand-{}-onwards", self.name)
    }
}
