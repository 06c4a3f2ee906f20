//! Making an agreement in force public: what each party has agreed to, and the own party's act.

use std::collections::BTreeSet;

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use gateway::edge::Edge;
use gateway::problem::Problem;
use proto::actor::Role;
use proto::digest::Digest;
use proto::id::CaseId;
use proto::message::Target;
use proto::negotiation::{Command, PublicPart};
use proto::standing::Phase;
use proto::wire::Failure;
use serde::Deserialize;

use super::{Case, Head, Room, refuse_on};
use crate::{Form, Page, Posted, Visit, done, render};

/// The form's name.
const NAME: &str = "publish";

/// A party, and what it would have public; nothing while it has not said so.
struct Stand {
    party: String,
    parts: Option<String>,
}

#[derive(Template)]
#[template(path = "case/publish.html")]
struct PublishPage {
    visit: Visit,
    head: Head,
    /// For whoever may say so for their party, once the agreement is in force.
    form: Option<Form>,
    in_force: bool,
    /// What is public; nothing while nothing is.
    public: Option<String>,
    stands: Vec<Stand>,
    agreement: String,
    /// What the own party has agreed to, for the boxes.
    terms: bool,
    wording: bool,
}

#[derive(Deserialize)]
struct Fields {
    agreement: String,
    #[serde(default)]
    parts: BTreeSet<PublicPart>,
}

pub(super) fn routes() -> Router<Edge> {
    Router::new().route("/cases/{case}/publish", get(page).post(publish))
}

fn path(case: CaseId) -> String {
    format!("/cases/{case}/publish")
}

async fn page(case: Case) -> Page {
    let head = Head::of(&case, Room::Signing);
    let state = &case.state;
    let said = |parts: &BTreeSet<PublicPart>| parts_in_words(parts, &case.visit);
    let stand = |party| Stand { party: case.called(party).to_owned(), parts: state.publication.agreed.get(party).map(said) };
    let own = state.publication.agreed.get(&case.government);
    // Whoever has said nothing yet is offered the whole.
    let has = |part| own.is_none_or(|own| own.contains(&part));
    let in_force = state.standing.phase == Phase::InForce;
    let page = PublishPage {
        head,
        form: (in_force && case.acts(&[Role::Signatory, Role::Delegate])).then(|| case.form(NAME)),
        in_force,
        public: state.publication.public.as_ref().map(said),
        stands: state.standing.parties.iter().map(stand).collect(),
        agreement: state.standing.agreement.map(|digest| digest.to_string()).unwrap_or_default(),
        terms: has(PublicPart::Terms),
        wording: has(PublicPart::Wording),
        visit: case.visit,
    };
    let language = page.visit.language;
    render(&page, language)
}

fn parts_in_words(parts: &BTreeSet<PublicPart>, visit: &Visit) -> String {
    let part = |part: &PublicPart| {
        visit.t(match part {
            PublicPart::Terms => "said-part-terms",
            PublicPart::Wording => "said-part-wording",
        })
    };
    std::iter::once(visit.t("said-part-always")).chain(parts.iter().map(part)).collect::<Vec<_>>().join(", ")
}

async fn publish(Path(id): Path<CaseId>, posted: Posted<Fields>) -> Page {
    let done = match command(&posted) {
        Ok(command) => posted.act(&Target::Case(id), command).await,
        Err(problem) => Err(problem),
    };
    match done {
        Ok(receipt) => Ok(self::done(&format!("{}#{NAME}", path(id)), &receipt)),
        Err(problem) => refuse_on(id, NAME, posted, problem, page).await,
    }
}

fn command(posted: &Posted<Fields>) -> Result<Command, Problem> {
    let agreement: Digest = posted.fields.agreement.parse().map_err(|_| {
        let detail = "agreement".to_owned();
        posted.signed.visit.failed(Failure::Malformed { detail })
    })?;
    Ok(Command::PublishAgreement { agreement, parts: posted.fields.parts.clone() })
}
