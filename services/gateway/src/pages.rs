//! Plain pages: the cases, each case's timeline, the API in words. The workplace is built on these later.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use proto::actor::{Actor, Service};
use proto::entry::{Body, Entry};
use proto::id::CaseId;
use proto::stream::Stream;
use proto::wire::{Failure, Unanswered};
use runtime::config::Mode;
use runtime::serve::{Found, List};
use serde_json::Value;

use crate::edge::{Edge, SignedIn, Spoken, about};
use crate::problem::{Language, Problem};
use crate::record::{Entries, Paging};
use crate::texts;

/// The pages.
pub fn router() -> Router<Edge> {
    Router::new()
        .route("/", get(cases))
        .route("/cases/{case}", get(case))
        .route("/sign-in", get(sign_in))
        .route("/api", get(api))
        .route("/api/openapi.json", get(openapi))
        .route("/problems/{code}", get(problem))
        .route("/assets/interlocal.css", get(style))
        .route("/assets/sign-in.js", get(script))
}

/// Words of a page in its language.
pub(crate) struct Words(pub(crate) Language);

impl Words {
    /// The text of a key; the key itself where a text is missing, which a test forbids.
    pub(crate) fn t(&self, key: &str) -> String {
        texts::of(self.0, key, &Value::Null).unwrap_or_else(|| key.to_owned())
    }

    pub(crate) fn tag(&self) -> &'static str {
        match self.0 {
            Language::English => "en",
            Language::Korean => "ko",
        }
    }

    pub(crate) fn other(&self) -> &'static str {
        match self.0 {
            Language::English => "ko",
            Language::Korean => "en",
        }
    }

    fn name(&self, names: Option<&Value>) -> String {
        names.and_then(|n| n.get(self.tag())).and_then(Value::as_str).unwrap_or_default().to_owned()
    }
}

struct CaseRow {
    id: String,
    title: String,
    phase: String,
    parties: String,
    position: u64,
}

#[derive(Template)]
#[template(path = "cases.html")]
struct CasesPage {
    words: Words,
    demo: bool,
    who: Option<String>,
    cases: Vec<CaseRow>,
}

struct Line {
    position: u64,
    at: String,
    occurred: Option<String>,
    actor: String,
    role: String,
    events: Vec<String>,
    details: String,
    sealed: bool,
}

#[derive(Template)]
#[template(path = "case.html")]
struct CasePage {
    words: Words,
    demo: bool,
    who: Option<String>,
    id: String,
    title: String,
    phase: String,
    lines: Vec<Line>,
    next: Option<u64>,
}

#[derive(Template)]
#[template(path = "sign-in.html")]
struct SignInPage {
    words: Words,
    demo: bool,
    who: Option<String>,
}

struct Operation {
    method: String,
    path: String,
    summary: String,
    description: String,
    parameters: Vec<(String, String)>,
    body: Option<String>,
    answers: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "api.html")]
struct ApiPage {
    words: Words,
    demo: bool,
    who: Option<String>,
    operations: Vec<Operation>,
    schemas: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    words: Words,
    demo: bool,
    who: Option<String>,
    code: String,
    title: String,
    next: Option<String>,
}

pub(crate) type Page = Result<Response, Problem>;

pub(crate) fn render(page: &impl Template, language: Language) -> Page {
    match page.render() {
        Ok(html) => Ok(Html(html).into_response()),
        Err(error) => {
            tracing::error!(error = %error, "page.broken");
            Err(Problem::of(Failure::Unavailable { part: "page".into() }, language))
        }
    }
}

pub(crate) fn demo(edge: &Edge) -> bool {
    edge.0.settings.deployment.mode == Mode::Demo
}

fn name_of(who: &SignedIn) -> Option<String> {
    match &who.asker {
        proto::access::Asker::Person { official, government } => Some(format!("{official} · {government}")),
        proto::access::Asker::Service(_) => None,
    }
}

/// The cases of whoever is signed in. Without sign-in: where to sign in.
async fn cases(State(edge): State<Edge>, Spoken(language): Spoken, who: Result<SignedIn, Problem>) -> Page {
    let Ok(who) = who else { return Ok(axum::response::Redirect::to("/sign-in").into_response()) };
    let words = Words(language);
    let list = List { prefix: "case/".into(), after: String::new(), limit: 200, at_least: None };
    let found = edge.list(&who, Service::Negotiation, list).await;
    let found = found.map_err(|f| Problem::of(f, language))?;
    let bodies = bodies(&edge, &who, &words).await.map_err(|f| Problem::of(f, language))?;
    let cases = found.iter().map(|row| case_row(row, &words, &bodies)).collect();
    render(&CasesPage { words, demo: demo(&edge), who: name_of(&who), cases }, language)
}

/// The names of bodies in the page's language.
type Bodies = BTreeMap<String, String>;

async fn bodies(edge: &Edge, who: &SignedIn, words: &Words) -> Result<Bodies, Unanswered> {
    let list = List { prefix: "government/".into(), after: String::new(), limit: 200, at_least: None };
    let found = edge.list(who, Service::Registry, list).await?;
    let named = |row: &Found| (row.stream.trim_start_matches("government/").to_owned(), words.name(row.body.get("names")));
    Ok(found.iter().map(named).filter(|(_, name)| !name.is_empty()).collect())
}

fn called<'a>(bodies: &'a Bodies, id: &'a str) -> &'a str {
    bodies.get(id).map_or(id, String::as_str)
}

fn case_row(row: &Found, words: &Words, bodies: &Bodies) -> CaseRow {
    let parties = row.body.get("parties").and_then(Value::as_array).cloned().unwrap_or_default();
    CaseRow {
        id: row.stream.trim_start_matches("case/").to_owned(),
        title: words.name(row.body.get("title")),
        phase: phase(&row.body, words),
        parties: parties.iter().filter_map(Value::as_str).map(|id| called(bodies, id)).collect::<Vec<_>>().join(" · "),
        position: row.position,
    }
}

fn phase(body: &Value, words: &Words) -> String {
    let phase = body.get("phase").or_else(|| body.pointer("/standing/phase")).and_then(Value::as_str).unwrap_or("none");
    words.t(&format!("phase-{phase}"))
}

/// A case's timeline.
async fn case(
    State(edge): State<Edge>,
    Path(case): Path<CaseId>,
    Query(paging): Query<Paging>,
    Spoken(language): Spoken,
    who: Result<SignedIn, Problem>,
) -> Page {
    let Ok(who) = who else { return Ok(axum::response::Redirect::to("/sign-in").into_response()) };
    let words = Words(language);
    let failed = |f: Unanswered| Problem::of(f, language);
    let found = edge.get(&who, Service::Negotiation, about(Stream::Case(case), None)).await.map_err(failed)?;
    let question = serde_json::json!({ "stream": Stream::Case(case), "from": paging.from, "limit": 100 });
    let page: Entries = edge.ask(&who, Service::Ledger, "entries", &question).await.map_err(failed)?;
    let next = (page.entries.len() == 100).then_some(page.next);
    let bodies = bodies(&edge, &who, &words).await.map_err(failed)?;
    let lines = page.entries.iter().filter_map(|read| line(&read.entry, read.act.as_ref(), &words, &bodies)).collect();
    let title = words.name(found.body.get("title"));
    let phase = phase(&found.body, &words);
    render(&CasePage { words, demo: demo(&edge), who: name_of(&who), id: case.to_string(), title, phase, lines, next }, language)
}

fn line(bytes: &str, opened: Option<&Value>, words: &Words, bodies: &Bodies) -> Option<Line> {
    let entry: Entry = serde_json::from_str(bytes).ok()?;
    let sealed = matches!(entry.body, Body::Sealed(_));
    let act = match entry.body {
        Body::Open(act) => *act,
        Body::Sealed(_) => serde_json::from_value(opened?.clone()).ok()?,
    };
    let (actor, role) = match &act.actor {
        Actor::Official(capacity) => {
            let role = words.t(&format!("needed-{}", capacity.role.name()));
            (format!("{} · {}", called(bodies, capacity.government.as_str()), capacity.official), role)
        }
        Actor::Service(service) => (words.t("platform"), service.name().to_owned()),
    };
    Some(Line {
        position: entry.position,
        at: entry.at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
        occurred: act.occurred.as_ref().map(|o| o.on.to_string()),
        actor,
        role,
        events: act.events.iter().map(|event| words.t(&format!("event-{}", event.kind()))).collect(),
        details: serde_json::to_string_pretty(&act.events).unwrap_or_default(),
        sealed,
    })
}

async fn sign_in(State(edge): State<Edge>, Spoken(language): Spoken) -> Page {
    render(&SignInPage { words: Words(language), demo: demo(&edge), who: None }, language)
}

/// The OpenAPI document in words.
async fn api(State(edge): State<Edge>, Spoken(language): Spoken) -> Page {
    let document = &edge.0.openapi;
    let operations = operations(document);
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten();
    let schemas = schemas.map(|(name, schema)| (name.clone(), serde_json::to_string_pretty(schema).unwrap_or_default())).collect();
    render(&ApiPage { words: Words(language), demo: demo(&edge), who: None, operations, schemas }, language)
}

fn operations(document: &Value) -> Vec<Operation> {
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    paths
        .flat_map(|(path, methods)| methods.as_object().into_iter().flatten().map(move |(method, operation)| (path, method, operation)))
        .map(|(path, method, operation)| Operation {
            method: method.to_uppercase(),
            path: path.clone(),
            summary: text(operation, "summary"),
            description: text(operation, "description"),
            parameters: list(operation, "parameters").iter().map(|p| (text(p, "name"), text(p, "description"))).collect(),
            body: operation.pointer("/requestBody/content").map(content),
            answers: operation
                .get("responses")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
                .map(|(status, response)| (status.clone(), text(response, "description")))
                .collect(),
        })
        .collect()
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// The name of the schema a body has, for the link to it.
fn content(content: &Value) -> String {
    let reference = content.as_object().and_then(|kinds| kinds.values().next()).and_then(|kind| kind.pointer("/schema/$ref"));
    reference.and_then(Value::as_str).map(|r| r.trim_start_matches("#/components/schemas/").to_owned()).unwrap_or_default()
}

async fn openapi(State(edge): State<Edge>) -> axum::Json<Value> {
    axum::Json((*edge.0.openapi).clone())
}

/// What a code means: where `type` of a problem leads.
async fn problem(State(edge): State<Edge>, Path(code): Path<String>, Spoken(language): Spoken) -> Page {
    let known = texts::of(language, &code, &Value::Null);
    let Some(title) = known else { return Err(Problem::of(Failure::NotFound, language)) };
    let title = blank(&title);
    let next = texts::of(language, &format!("{code}.next"), &Value::Null).map(|next| blank(&next));
    render(&ProblemPage { words: Words(language), demo: demo(&edge), who: None, code, title, next }, language)
}

/// A text without its parameters: where one would stand, there are dots.
fn blank(text: &str) -> String {
    let mut parts = text.split("{$");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |before, part| before + "…" + part.split_once('}').map_or("", |(_, rest)| rest))
}

async fn style() -> Response {
    asset("text/css; charset=utf-8", include_str!("../assets/interlocal.css"))
}

async fn script() -> Response {
    asset("text/javascript; charset=utf-8", include_str!("../assets/sign-in.js"))
}

fn asset(kind: &'static str, text: &'static str) -> Response {
    (StatusCode::OK, [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=3600")], text).into_response()
}
