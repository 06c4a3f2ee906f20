//! The register of agreements that their parties made public, for everyone. It is asked for in the gateway's own name, which gets nothing of a case
//! but what is public.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::get;
use gateway::edge::{Edge, about};
use gateway::problem::Problem;
use gateway::register::Bodies;
use jiff::civil::Date;
use negotiation::PublicAgreement;
use proto::actor::Service;
use proto::digest::{Digest, canonical};
use proto::id::{CaseId, GovernmentId};
use proto::negotiation::PublicPart;
use proto::stream::Stream;
use proto::wire::Failure;
use proto::words::Names;
use runtime::serve::List;
use serde::Deserialize;
use serde_json::json;

use crate::entries::file;
use crate::said::{Teller, Things};
use crate::{Page, Visit, locale, render};

/// Agreements that are asked for at once.
const AT_ONCE: u64 = 200;
/// Agreements among which is searched at most.
const MOST: usize = 2_000;

pub(super) fn routes() -> Router<Edge> {
    Router::new()
        .route("/agreements", get(all))
        .route("/agreements/{case}", get(one))
        .route("/agreements/{case}/text.json", get(text))
        .route("/agreements/{case}/agreement.json", get(frozen))
}

/// What stands in the list.
#[derive(Deserialize)]
struct Listed {
    title: Names,
    form: Names,
    parties: Vec<GovernmentId>,
    in_force: Date,
    agreement: Digest,
}

struct Row {
    href: String,
    title: String,
    form: String,
    parties: String,
    in_force: String,
    agreement: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Fields {
    text: String,
}

#[derive(Template)]
#[template(path = "public/agreements.html")]
struct AllPage {
    visit: Visit,
    fields: Fields,
    rows: Vec<Row>,
}

async fn all(Query(fields): Query<Fields>, visit: Visit) -> Page {
    let mut rows = Vec::new();
    let mut after = String::new();
    let text = fields.text.trim().to_lowercase();
    loop {
        let list = List { prefix: "case/".into(), after: after.clone(), limit: AT_ONCE, at_least: visit.at_least };
        let who = visit.edge.own().map_err(|why| visit.failed(why))?;
        let found = visit.edge.list(&who, Service::Negotiation, list).await.map_err(|why| visit.failed(why))?;
        let full = found.len() as u64 == AT_ONCE;
        after = found.last().map(|row| row.stream.clone()).unwrap_or_default();
        let listed = found.into_iter().filter_map(|row| Some((row.stream, serde_json::from_value::<Listed>(row.body).ok()?)));
        rows.extend(listed.filter(|(_, listed)| matches(listed, &visit.bodies, &text)));
        if !full || rows.len() >= MOST {
            break;
        }
    }
    // The newest first.
    rows.sort_by_key(|(_, listed)| std::cmp::Reverse(listed.in_force));
    let rows = rows.into_iter().map(|(stream, listed)| row(&stream, &listed, &visit)).collect();
    let language = visit.language;
    render(&AllPage { visit, fields, rows }, language)
}

/// Whether a text stands in a title, a form or the name of a party, in either language, or begins the digest.
fn matches(listed: &Listed, bodies: &Bodies, text: &str) -> bool {
    let parties = listed.parties.iter().filter_map(|party| bodies.0.get(party.as_str())).map(|body| &body.names);
    let mut names = [&listed.title, &listed.form].into_iter().chain(parties);
    let holds = |names: &Names| [&names.ko, &names.en].iter().any(|name| name.to_lowercase().contains(text));
    text.is_empty() || names.any(holds) || listed.agreement.to_string().starts_with(text)
}

fn row(stream: &str, listed: &Listed, visit: &Visit) -> Row {
    Row {
        href: format!("/agreements/{}", stream.trim_start_matches("case/")),
        title: visit.name(&listed.title).to_owned(),
        form: visit.name(&listed.form).to_owned(),
        parties: called(&listed.parties, visit),
        in_force: locale::day(visit.language, listed.in_force),
        agreement: listed.agreement.to_string().chars().take(12).collect(),
    }
}

fn called(parties: &[GovernmentId], visit: &Visit) -> String {
    parties.iter().map(|party| visit.body(party)).collect::<Vec<_>>().join(" · ")
}

/// A clause: heading, and its wording in the page's language or the other.
struct Clause {
    heading: String,
    wording: String,
    lang: &'static str,
}

#[derive(Template)]
#[template(path = "public/agreement.html")]
struct OnePage {
    visit: Visit,
    id: String,
    title: String,
    form: String,
    parties: String,
    in_force: String,
    agreement: String,
    /// What the digest of the agreement is over: name and digest.
    over: Vec<(String, String)>,
    /// Agreed values; none where they are not public.
    terms: Option<Vec<(String, String)>>,
    clauses: Option<Vec<Clause>>,
    /// Whether all of the text can be had, so that its digest can be made again.
    whole: bool,
}

async fn published(visit: &Visit, case: CaseId) -> Result<PublicAgreement, Problem> {
    let who = visit.edge.own().map_err(|why| visit.failed(why))?;
    let found =
        visit.edge.get(&who, Service::Negotiation, about(Stream::Case(case), visit.at_least)).await.map_err(|why| visit.failed(why))?;
    serde_json::from_value(found.body).map_err(|error| visit.failed(Failure::Malformed { detail: error.to_string() }))
}

fn id(case: &str, visit: &Visit) -> Result<CaseId, Problem> {
    case.parse().map_err(|_| visit.failed(Failure::NotFound))
}

async fn one(Path(case): Path<String>, visit: Visit) -> Page {
    let case = id(&case, &visit)?;
    let public = published(&visit, case).await?;
    let things = Things::default();
    let teller = Teller { language: visit.language, bodies: &visit.bodies, things: &things };
    let term = |term: &proto::negotiation::AgreedTerm| {
        let label = term.label.as_ref().map(|label| visit.told("agreement-called", &json!({ "name": label })));
        let value = term.option.as_ref().map_or_else(|| teller.value(&term.value), |names| visit.name(names).to_owned());
        (visit.name(&term.names).to_owned(), value + &label.unwrap_or_default())
    };
    let terms = public.parts.contains(&PublicPart::Terms).then(|| public.terms.values().map(term).collect());
    let clauses = public.parts.contains(&PublicPart::Wording).then(|| public.clauses.values().map(|one| clause(one, &visit)).collect());
    let digests = [
        ("agreement-of_text", Some(public.frozen.text)),
        ("agreement-of_allocation", public.frozen.allocation),
        ("agreement-of_matrix", public.frozen.matrix),
    ];
    let over = digests.into_iter().filter_map(|(key, digest)| Some((visit.t(key), digest?.to_string()))).collect();
    let page = OnePage {
        id: case.to_string(),
        title: visit.name(&public.title).to_owned(),
        form: visit.name(&public.form).to_owned(),
        parties: called(&public.parties, &visit),
        in_force: locale::day(visit.language, public.in_force),
        agreement: public.agreement.to_string(),
        over,
        terms,
        clauses,
        whole: public.text.is_some(),
        visit,
    };
    let language = page.visit.language;
    render(&page, language)
}

fn clause(clause: &proto::negotiation::AgreedClause, visit: &Visit) -> Clause {
    let (ko, en) = (clause.wording.ko.as_deref(), clause.wording.en.as_deref());
    let korean = visit.tag() == "ko";
    let (wording, lang) = match (ko, en) {
        (Some(ko), _) if korean => (ko, "ko"),
        (_, Some(en)) if !korean => (en, "en"),
        (Some(ko), None) => (ko, "ko"),
        (None, Some(en)) => (en, "en"),
        _ => ("", "ko"),
    };
    Clause { heading: visit.name(&clause.heading).to_owned(), wording: wording.to_owned(), lang }
}

/// The very bytes whose SHA-256 is the digest of the text.
async fn text(Path(case): Path<String>, visit: Visit) -> Result<Response, Problem> {
    let case = id(&case, &visit)?;
    let text = published(&visit, case).await?.text.ok_or_else(|| visit.failed(Failure::NotFound))?;
    bytes(&visit, "text.json", &text)
}

/// The very bytes whose SHA-256 is the digest of the agreement.
async fn frozen(Path(case): Path<String>, visit: Visit) -> Result<Response, Problem> {
    let case = id(&case, &visit)?;
    bytes(&visit, "agreement.json", &published(&visit, case).await?.frozen)
}

fn bytes(visit: &Visit, name: &str, what: &impl serde::Serialize) -> Result<Response, Problem> {
    let bytes = canonical(what).map_err(|error| visit.failed(Failure::Malformed { detail: error.to_string() }))?;
    Ok(file(name, "application/json", bytes))
}
