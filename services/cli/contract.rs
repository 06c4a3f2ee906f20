//! The printed contract: OpenAPI 3.1 over the types that are really sent. A test fails when the printed file is stale.

use std::collections::BTreeMap;

use proto::allocation::{Comparison, Costs, Explanation, Sheet, Triangles};
use proto::entry::{Document, Entry};
use proto::id::GovernmentId;
use proto::procedure::Procedure;
use proto::wire::{Health, Receipt, Submission};
use runtime::serve::Found;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use gateway::live;
use gateway::problem::Problem;
use gateway::record::Entries;
use gateway::rules::{Asking, ExplainedRule};
use gateway::signin::{SignIn, Token};
use gateway::{documents, reads, record, tables, workbook};

/// The OpenAPI document.
#[must_use]
pub fn openapi() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|s| s.definitions_path = "/components/schemas".into());
    let mut contract = Contract { schemas: settings.into_generator(), paths: Map::new() };
    contract.commands();
    contract.reading();
    contract.the_record();
    contract.rules();
    contract.platform();
    contract.document()
}

struct Contract {
    schemas: SchemaGenerator,
    paths: Map<String, Value>,
}

/// One route, in words.
struct Route<'a> {
    method: &'a str,
    path: &'a str,
    summary: &'a str,
    about: &'a str,
    open: bool,
}

fn get<'a>(path: &'a str, summary: &'a str, about: &'a str) -> Route<'a> {
    Route { method: "get", path, summary, about, open: false }
}

impl Contract {
    fn commands(&mut self) {
        for (kind, what) in
            [("cases", "a case"), ("governments", "a government"), ("officials", "an official"), ("calendar", "a demo's calendar")]
        {
            let path = format!("/api/v1/{kind}/{{id}}/commands");
            let summary = format!("Act on {what}");
            let about = "Takes one command. The answer is a receipt; a rule that says no answers 409 (403 and 404 where it is about who asks) with a stable code, and nothing is recorded. \
                         Send a new Idempotency-Key for each act: the same key with the same body gets the same answer again, with another body 422.";
            let key = json!({ "name": "Idempotency-Key", "in": "header", "required": true, "description": "1 to 255 characters, a new one for each act.", "schema": { "type": "string" } });
            let route = Route { method: "post", path: &path, summary: &summary, about, open: false };
            let operation = self.operation::<Receipt>(&route, vec![key], Some(Self::body::<Submission>));
            self.add(&route, operation);
        }
        let route = Route {
            method: "post",
            path: "/api/v1/sign-in",
            summary: "Sign in (demo only)",
            about: "Answers a token for a person of the register. There is no such route in production.",
            open: true,
        };
        let operation = self.operation::<Token>(&route, Vec::new(), Some(Self::body::<SignIn>));
        self.add(&route, operation);
        let route = Route {
            method: "post",
            path: "/api/v1/documents",
            summary: "Keep a document",
            about: "The body is the document, its type the Content-Type. Answers what an entry says of it.",
            open: false,
        };
        let operation = self.operation::<Document>(&route, Self::parameters::<documents::Upload>(), Some(file));
        self.add(&route, operation);
        let nothing = "The body is the file, its format the Content-Type (XLSX, XLS, ODS, CSV). Answers what goes into a model; nothing is kept or recorded. \
                       A table with faults answers 422 with each cell that is wrong.";
        let route = |path, summary| Route { method: "post", path, summary, about: nothing, open: false };
        let coalitions = route("/api/v1/tables/coalitions", "Costs of coalitions from a file");
        let operation = self.operation::<Costs>(&coalitions, Self::parameters::<tables::http::OfCoalitions>(), Some(file));
        self.add(&coalitions, operation);
        let figures = route("/api/v1/tables/figures", "Figures of governments from a file");
        let operation =
            self.operation::<BTreeMap<GovernmentId, String>>(&figures, Self::parameters::<tables::http::OfFigures>(), Some(file));
        self.add(&figures, operation);
    }

    fn reading(&mut self) {
        let listing = Self::parameters::<reads::Listing>;
        let reading = Self::parameters::<reads::Reading>;
        self.read::<Vec<Found>>(&get("/api/v1/cases", "My cases", "A page of summaries; `after` goes on."), listing());
        self.read::<negotiation::State>(
            &get("/api/v1/cases/{case}", "A case", "Parties, facts, terms, clauses, offers, whose move it is, what stands in the way."),
            reading(),
        );
        let about = "Who moved on what and by how much, between any two offers.";
        self.read::<negotiation::diff::Diff>(
            &get("/api/v1/cases/{case}/diff", "Compare two offers", about),
            Self::parameters::<reads::Comparing>(),
        );
        self.read::<negotiation::State>(&get("/api/v1/cases/{case}/negotiation", "Negotiation", "As the case itself."), reading());
        self.read::<allocation::State>(&get("/api/v1/cases/{case}/allocation", "Allocation", "Runs on the table."), reading());
        for (whose, about) in [("", "Of a run on the table."), ("own/", "Of a run that one's own body keeps to itself.")] {
            let path = |look: &str| format!("/api/v1/cases/{{case}}/{whose}runs/{{run}}/{look}");
            self.read::<Sheet>(&get(&path("sheet"), "Settlement sheet", about), reading());
            self.read::<Comparison>(&get(&path("comparison"), "Rules side by side", about), reading());
            let why = format!("{about} Every number in steps that can be followed by hand; with `lang`, each step also as a sentence.");
            self.read::<Explanation>(&get(&path("explain"), "Why this number", &why), reading());
            let three = format!("{about} Components of three members: the corners of the picture, the core, and where each rule stands.");
            self.read::<Triangles>(&get(&path("triangle"), "Picture of three members", &three), reading());
            let path = path("workbook");
            let route = get(&path, "Settlement sheet as a workbook", about);
            let mut operation = self.operation::<String>(&route, reading(), None);
            put(&mut operation, "/responses/200", "content", json!({ (workbook::XLSX): { "schema": binary() } }));
            self.add(&route, operation);
        }
        self.read::<authority::State>(
            &get("/api/v1/cases/{case}/authority", "Authority matrix", "Who decides, funds, operates, is consulted; findings."),
            reading(),
        );
        self.read::<approvals::State>(&get("/api/v1/cases/{case}/approvals", "Approvals", "The procedure's steps per party."), reading());
        self.read::<signing::State>(&get("/api/v1/cases/{case}/signing", "Signing", "What may be signed, and who has."), reading());
        self.read::<mediation::State>(&get("/api/v1/cases/{case}/disputes", "Disputes", "Disputes and what is public of them."), reading());
        self.read::<notifications::State>(&get("/api/v1/cases/{case}/moves", "Moves", "What waits for whom, until when."), reading());
        self.read::<Value>(
            &get(
                "/api/v1/cases/{case}/own/{room}",
                "My side's own",
                "Drafts, private calculations, internal sign-offs of one's own body, by room.",
            ),
            reading(),
        );
        self.read::<mediation::State>(
            &get("/api/v1/cases/{case}/caucus/{government}", "A caucus", "For that party and the facilitator."),
            reading(),
        );
        self.read::<negotiation::State>(
            &get(
                "/api/v1/cases/{case}/soundings/{from}/{to}",
                "Soundings",
                "What one party has sounded another out on. For these two alone.",
            ),
            reading(),
        );
        self.read::<Vec<Found>>(&get("/api/v1/governments", "Governments", "A page of the register."), listing());
        self.read::<registry::State>(
            &get("/api/v1/governments/{government}", "A government", "Names, tier, parent, populations with year and source."),
            reading(),
        );
        self.read::<registry::State>(
            &get("/api/v1/governments/{government}/mandates", "Mandates", "For that government alone."),
            reading(),
        );
        self.read::<registry::State>(&get("/api/v1/officials/{official}", "An official", "Appointments and public keys."), reading());
        self.read::<Vec<Value>>(&get("/api/v1/inbox", "What is my move", "Moves of my body in all my cases, by deadline."), listing());
        self.read::<Vec<Procedure>>(&get("/api/v1/procedures", "Legal forms", "The register of procedures."), Vec::new());
        self.read::<Procedure>(&get("/api/v1/procedures/{procedure}", "A legal form", "Steps, contents, sources."), Vec::new());
    }

    fn the_record(&mut self) {
        let paging = Self::parameters::<record::Paging>;
        self.read::<Entries>(
            &get(
                "/api/v1/cases/{case}/entries",
                "Timeline",
                "Entries of a case, and those of its sealed streams that whoever asks may open.",
            ),
            paging(),
        );
        self.read::<Entries>(&get("/api/v1/entries", "My record", "All entries whoever asks may read."), paging());
        self.read::<Value>(&get("/api/v1/cases/{case}/bundle", "Raw bundle", "What `interlocal bundle` makes its file from."), Vec::new());
        let sizes = Self::parameters::<record::Sizes>;
        let open = |path, summary, about| Route { method: "get", path, summary, about, open: true };
        let route = open("/api/v1/ledger/checkpoint", "Checkpoint", "A signed tree head: a C2SP signed note.");
        let mut operation = self.operation::<String>(&route, sizes(), None);
        put(&mut operation, "/responses/200", "content", json!({ "text/plain": { "schema": { "type": "string" } } }));
        self.add(&route, operation);
        self.read::<Value>(
            &open("/api/v1/ledger/inclusion/{position}", "Inclusion proof", "That an entry is in a tree (RFC 9162, section 2.1.3)."),
            sizes(),
        );
        self.read::<Value>(
            &open("/api/v1/ledger/consistency", "Consistency proof", "That a tree extends an older one (RFC 9162, section 2.1.4)."),
            sizes(),
        );
        let route = get(
            "/api/v1/live",
            "Live stream",
            "Server-sent events: every entry whoever asks may read, as it comes; resumes after Last-Event-ID.",
        );
        let mut operation = self.operation::<Entry>(&route, paging(), None);
        put(&mut operation, "/responses/200", "content", json!({ "text/event-stream": { "schema": { "type": "string" } } }));
        self.add(&route, operation);
        let route = get(
            "/api/v1/live/changes",
            "Changes",
            "Server-sent events for open pages: which case has changed and in a word by what, without contents.",
        );
        let mut operation = self.operation::<String>(&route, Self::parameters::<live::Since>(), None);
        put(&mut operation, "/responses/200", "content", json!({ "text/event-stream": { "schema": { "type": "string" } } }));
        self.add(&route, operation);
    }

    fn rules(&mut self) {
        let open = |path, summary, about| Route { method: "get", path, summary, about, open: true };
        let about = "What each rewards, how it is computed, which axioms it keeps and breaks, where it is used, its sources.";
        self.read::<Vec<ExplainedRule>>(&open("/api/v1/rules", "Rules in plain words", about), Self::parameters::<Asking>());
        self.read::<ExplainedRule>(&open("/api/v1/rules/{rule}", "A rule in plain words", about), Self::parameters::<Asking>());
    }

    fn platform(&mut self) {
        let route = get(
            "/api/v1/documents/{digest}",
            "A document",
            "Its bytes, as a download, for those who read its audience; a table of costs also for those before whom a run lies that names it.",
        );
        let mut operation = self.operation::<String>(&route, Vec::new(), None);
        put(&mut operation, "/responses/200", "content", json!({ "application/octet-stream": { "schema": binary() } }));
        self.add(&route, operation);
        self.read::<Vec<Health>>(
            &Route {
                method: "get",
                path: "/readyz",
                summary: "Ready",
                about: "Whether every service of this process can work; names parked streams.",
                open: true,
            },
            Vec::new(),
        );
    }

    fn read<T: JsonSchema>(&mut self, route: &Route<'_>, parameters: Vec<Value>) {
        let operation = self.operation::<T>(route, parameters, None);
        self.add(route, operation);
    }

    fn operation<T: JsonSchema>(&mut self, route: &Route<'_>, mut parameters: Vec<Value>, body: Option<fn(&mut Self) -> Value>) -> Value {
        for name in route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
            parameters.push(json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }));
        }
        let answer = self.schemas.subschema_for::<T>();
        let problem = self.schemas.subschema_for::<Problem>();
        let mut operation = json!({
            "operationId": operation_id(route),
            "summary": route.summary,
            "description": route.about,
            "parameters": parameters,
            "responses": {
                "200": { "description": "done", "content": { "application/json": { "schema": answer } } },
                "default": { "description": "a problem (RFC 9457)", "content": { "application/problem+json": { "schema": problem } } },
            },
            "security": if route.open { json!([]) } else { json!([{ "token": [] }]) },
        });
        if let Some(body) = body {
            let body = body(self);
            put(&mut operation, "", "requestBody", body);
        }
        operation
    }

    fn body<T: JsonSchema>(&mut self) -> Value {
        json!({ "required": true, "content": { "application/json": { "schema": self.schemas.subschema_for::<T>() } } })
    }

    /// Query parameters are the fields of the type the handler reads them into.
    fn parameters<T: JsonSchema>() -> Vec<Value> {
        let schema = SchemaSettings::draft2020_12().with(|s| s.inline_subschemas = true).into_generator().into_root_schema_for::<T>();
        let required: Vec<&str> =
            schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        let fields = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        fields
            .map(|(name, field)| {
                let about = field.get("description").cloned().unwrap_or_default();
                json!({ "name": name, "in": "query", "required": required.contains(&name.as_str()), "description": about, "schema": field })
            })
            .collect()
    }

    fn add(&mut self, route: &Route<'_>, operation: Value) {
        let methods = self.paths.entry(route.path.to_owned()).or_insert_with(|| json!({}));
        put(methods, "", route.method, operation);
    }

    fn document(mut self) -> Value {
        json!({
            "openapi": "3.1.0",
            "info": {
                "title": "Interlocal",
                "version": env!("CARGO_PKG_VERSION"),
                "description": "Governments negotiate a joint project, from the first offer to an agreement in force, on a record that can be verified offline.",
                "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
            },
            "paths": self.paths,
            "components": {
                "schemas": self.schemas.take_definitions(true),
                "securitySchemes": { "token": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" } },
            },
        })
    }
}

fn operation_id(route: &Route<'_>) -> String {
    let words = route.path.trim_start_matches("/api/v1").split(['/', '{', '}', '-']).filter(|part| !part.is_empty());
    std::iter::once(route.method).chain(words).collect::<Vec<_>>().join("_")
}

/// Sets a field of the object at a pointer.
fn put(value: &mut Value, pointer: &str, field: &str, content: Value) {
    if let Some(object) = value.pointer_mut(pointer).and_then(Value::as_object_mut) {
        object.insert(field.to_owned(), content);
    }
}

/// A body that is a file.
fn file(_: &mut Contract) -> Value {
    json!({ "required": true, "content": { "application/octet-stream": { "schema": binary() } } })
}

fn binary() -> Value {
    json!({ "type": "string", "format": "binary" })
}
