//! What is one side's stays its own: a case in the middle, with marked words wherever something is confidential, and everyone looking everywhere.

use std::collections::BTreeSet;
use std::io::Cursor;

use async_nats::HeaderMap;
use calamine::{Reader as _, Xlsx};
use futures::{StreamExt as _, stream};
use proto::actor::Service;
use proto::message::Command;
use proto::registry::Command as Asked;
use proto::wire;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Client, guro_until, play, play_on};
use crate::examples;
use crate::platform::{self, Site};

/// Marked words, and who may see them: a body, or those of a body who hold a role.
pub const MARKED: [(&str, &[&str]); 16] = [
    ("5000000077", &["seoul"]),
    ("canary-mandate-seoul", &["seoul"]),
    ("canary-mandate-gwangmyeong", &["gwangmyeong"]),
    ("canary-draft-gwangmyeong", &["gwangmyeong"]),
    ("6300000077", &["gwangmyeong"]),
    ("canary-run-guro", &["guro"]),
    ("canary-sign-off-seoul", &["seoul"]),
    ("canary-own-remark-gwangmyeong", &["gwangmyeong"]),
    ("canary-note-gwangmyeong", &["gwangmyeong", "gyeonggi mediator"]),
    ("canary-note-seoul", &["seoul", "gyeonggi mediator"]),
    ("canary-note-guro", &["guro", "interlocal-office mediator"]),
    ("canary-proposal", &["gwangmyeong", "seoul", "gyeonggi mediator"]),
    ("canary-document-seoul", &["seoul"]),
    ("canary-sounding-seoul", &["seoul", "gwangmyeong"]),
    ("canary-echo-gwangmyeong", &["seoul", "gwangmyeong"]),
    // Of the case: all who read the case, and nobody else.
    ("canary-case-remark", &["gyeonggi", "gwangmyeong", "seoul", "guro", "interlocal-office"]),
];
/// Bodies that look: the parties, a facilitator that is no party, and a stranger.
const LOOKING: [&str; 6] = ["gyeonggi", "gwangmyeong", "seoul", "guro", "interlocal-office", "hwaseong"];
/// Who looks at what is not asked for by address: one of each body, and whoever mediates for one.
const PERSONS: [(&str, &str); 8] = [
    ("gyeonggi", "delegate"),
    ("gyeonggi", "mediator"),
    ("gwangmyeong", "delegate"),
    ("seoul", "delegate"),
    ("guro", "delegate"),
    ("interlocal-office", "administrator"),
    ("interlocal-office", "mediator"),
    ("hwaseong", "delegate"),
];
const PARTIES: [&str; 4] = ["gyeonggi", "gwangmyeong", "seoul", "guro"];
const ROOMS: [&str; 7] = ["negotiation", "allocation", "authority", "approvals", "signing", "disputes", "moves"];

/// Where a proposal waits for answers.
pub const PUT: &str = "gwangmyeong.delegate> answer_proposal";

/// Guro and Gwangmyeong with marked words, up to the line that begins so: [`PUT`] or a later one.
pub fn marked_script(until: &str) -> String {
    let mut script = guro_until(until);
    let marks = [
        (
            "construction-share: {ceiling: \"22700000000\"}}, until: 2000-12-31, legal_basis: \"지방자치법\"",
            "construction-share: {ceiling: \"22700000000\"}}, until: 2000-12-31, legal_basis: \"canary-mandate-seoul\"",
        ),
        (
            "delegate: gwangmyeong-delegate, scope: all, until: 2000-12-31, legal_basis: \"지방자치법\"",
            "delegate: gwangmyeong-delegate, scope: all, until: 2000-12-31, legal_basis: \"canary-mandate-gwangmyeong\"",
        ),
        ("resident-support: {ceiling: \"5000000000\"}", "resident-support: {ceiling: \"5000000077\"}"),
        (
            "draft_offer draft: \"opening\", package: {terms: {resident-support: 63억}}",
            "draft_offer draft: \"canary-draft-gwangmyeong\", package: {terms: {resident-support: 6300000077 KRW}}",
        ),
        ("remark(\"Resident support is what our residents judge us by.\")", "{remark: \"canary-own-remark-gwangmyeong\", disclosure: own}"),
        ("\"We could live with 50", "\"canary-note-gwangmyeong 50"),
        ("\"50 is our last word;", "\"canary-note-seoul 50;"),
        ("labels: {resident-support: \"40 %\"}}", "labels: {resident-support: \"canary-proposal\"}}"),
    ];
    for (plain, marked) in marks {
        assert!(script.contains(plain), "the transcript no longer says `{plain}`");
        script = script.replace(plain, marked);
    }
    script
}

/// What is played after it.
pub const MORE: &str = r#"
guro.delegate> open_dispute names: "Years" / "기간", terms: [years], with: [gyeonggi]
guro.delegate> propose_facilitator dispute: 2, facilitator: interlocal-office
gyeonggi.delegate> accept_facilitator dispute: 2, facilitator: interlocal-office
guro.delegate> send_note dispute: 2, caucus: guro, text: "canary-note-guro"
guro.delegate> compute run: private, model: {currency: KRW, components: {plant: {names: "canary-run-guro" / "x", cost: {amount: "100", currency: KRW}, members: [guro, seoul], rule: equal}}}
seoul.approver> record_sign_off step: {step: pre-report, government: seoul}, sign_off: {number: "canary-sign-off-seoul", drafter: "x", decided_by: "y", decided_on: 2000-02-01}
seoul.delegate> sound_out to: gwangmyeong, package: {terms: {sewage: 170000 t/day}}, text: "canary-sounding-seoul"
gwangmyeong.delegate> answer_sounding from: seoul, sounding: 1, text: "canary-echo-gwangmyeong"
gyeonggi.approver> decide_condition step: {step: investment-review}, applies: no, why: remark("canary-case-remark")
"#;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_one_sides_stays_its_own() {
    let site = platform::start(|_| {}).await;
    let client = Client::new(&site);
    appoint(&client, &[("interlocal-office", "mediator")]).await;
    let mut stage = play(&site, "access", &marked_script(PUT)).await;
    play_on(&mut stage, MORE).await;
    let case = stage.case().to_string();
    let documents = uploads(&client, &case).await;
    let head = client.quiet().await;

    let mut watch = Watch { case: case.clone(), seen: BTreeSet::new() };
    over_http(&client, &mut watch, &documents).await;
    live(&client, &mut watch).await;
    over_nats(&site, &client, &mut watch).await;
    for (mark, whose) in MARKED {
        for body in whose {
            assert!(
                watch.seen.contains(&(mark, (*body).to_owned())),
                "`{mark}` is for {body} and {body} never saw it: this test looks in the wrong places"
            );
        }
    }
    refusals_tell_nothing(&client, &case).await;
    assert_eq!(client.quiet().await, head, "looking changes nothing");
    strangers_do_not_act(&client, &case, head).await;
    who_declines_sees_no_more(&client, &case).await;
    site.stop().await;
}

/// Who acts for a body only later than the case is played, or not at all, acts already.
pub async fn appoint(client: &Client, persons: &[(&str, &str)]) {
    let administrator = client.token("interlocal-office", "administrator").await;
    for (body, role) in persons {
        let appointment = json!({ "government": body, "role": role, "ground": "own_office", "from": "1999-01-01", "until": "2012-12-31" });
        let name = json!({ "remark": "x", "disclosure": "own" });
        let official = format!("{body}-{role}");
        let appoint =
            json!({ "command": { "registry": { "appoint": { "official": official, "name": name, "appointment": appointment } } } });
        let appointed = client.act(&format!("officials/{official}"), &administrator, &official, appoint.to_string()).await;
        assert_eq!(appointed.status, 200, "{}", appointed.text());
    }
    client.quiet().await;
}

/// Who has seen what.
struct Watch {
    case: String,
    seen: BTreeSet<(&'static str, String)>,
}

impl Watch {
    /// Looks through what somebody was shown.
    fn look(&mut self, (government, role): (&str, &str), place: &str, shown: &str) {
        let who = format!("{government} {role}");
        for (mark, whose) in MARKED {
            if shown.contains(mark) {
                let for_whom = whose.iter().find(|for_whom| **for_whom == government || **for_whom == who);
                assert!(for_whom.is_some(), "{who} is shown `{mark}` by {place}");
                self.seen.extend(for_whom.map(|for_whom| (mark, (*for_whom).to_owned())));
            }
        }
        if !MARKED[15].1.contains(&government) {
            assert!(!shown.contains(&self.case) || place.contains(&self.case), "{government} is told of the case by {place}: {shown}");
        }
    }
}

/// Two documents: one of Seoul alone, one of the case.
pub async fn uploads(client: &Client, case: &str) -> Vec<String> {
    let token = client.token("seoul", "clerk").await;
    let mut digests = Vec::new();
    for (audience, text) in
        [(format!("case%2F{case}%2Fseoul"), "canary-document-seoul"), (format!("case%2F{case}"), "a document of the case")]
    {
        let request = client.request(Method::POST, &format!("/api/v1/documents?audience={audience}")).bearer_auth(&token);
        let kept = client.send(request.header("Content-Type", "text/plain").body(text)).await;
        assert_eq!(kept.status, 201, "{}", kept.text());
        digests.push(kept.json()["digest"].as_str().unwrap().to_owned());
    }
    digests
}

/// Every official of the bodies that look: (body, role).
fn officials() -> Vec<(String, String)> {
    let all = registry::seed::commands(registry::seed::EXAMPLE, "2020-01-01".parse().unwrap()).unwrap();
    all.into_iter()
        .filter_map(|(_, command)| match command {
            Command::Registry(Asked::Appoint { appointment, .. }) => {
                let role = serde_json::to_value(appointment.role).unwrap().as_str().unwrap().to_owned();
                Some((appointment.government.to_string(), role))
            }
            _ => None,
        })
        .filter(|(government, _)| LOOKING.contains(&government.as_str()))
        .collect()
}

/// Every address of the contract that can be read, with everything that can stand in it.
fn addresses(case: &str, documents: &[String]) -> Vec<String> {
    let contract = interlocal::contract::openapi();
    let readable = contract["paths"].as_object().unwrap().iter().filter(|(_, methods)| methods.get("get").is_some());
    let officials: Vec<String> = officials().iter().map(|(government, role)| format!("{government}-{role}")).collect();
    let mut all: Vec<String> = readable.map(|(path, _)| path.clone()).filter(|path| !path.starts_with("/api/v1/live")).collect();
    let mut fill = |name: &str, values: &[&str]| {
        let name = format!("{{{name}}}");
        all = all
            .iter()
            .flat_map(
                |path| if path.contains(&name) { values.iter().map(|v| path.replace(&name, v)).collect() } else { vec![path.clone()] },
            )
            .collect();
    };
    fill("case", &[case]);
    fill("room", &ROOMS);
    fill("government", &LOOKING);
    fill("official", &officials.iter().map(String::as_str).collect::<Vec<_>>());
    fill("from", &PARTIES);
    fill("to", &PARTIES);
    fill("procedure", &["kr-cooperation-project"]);
    fill("position", &["0", "150"]);
    fill("run", &["private"]);
    fill("rule", &["shapley"]);
    fill("digest", &documents.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(all.iter().all(|path| !path.contains('{')), "an address with a part that this test does not know: {all:?}");
    for (from, to) in [(1, 2), (2, 3), (3, 2)] {
        all.push(format!("/api/v1/cases/{case}/diff?from={from}&to={to}"));
    }
    for from in [100, 200, 300] {
        all.extend([format!("/api/v1/entries?from={from}&limit=200"), format!("/api/v1/cases/{case}/entries?from={from}&limit=200")]);
    }
    all.extend([
        "/".to_owned(),
        "/rules".to_owned(),
        "/rules/shapley".to_owned(),
        format!("/cases/{case}"),
        format!("/cases/{case}?from=150"),
        "/api/v1/cases?limit=1".into(),
        "/metrics".into(),
    ]);
    all
}

async fn over_http(client: &Client, watch: &mut Watch, documents: &[String]) {
    let addresses = addresses(&watch.case, documents);
    for (government, role) in officials() {
        let token = client.token(&government, &role).await;
        let asked = addresses.iter().map(|path| {
            let (client, token) = (client.clone(), token.clone());
            async move { (path, client.get(path, &token).await) }
        });
        let answers: Vec<_> = stream::iter(asked).buffer_unordered(8).collect().await;
        for (path, answer) in answers {
            let place = format!("{path} (to {role})");
            assert!(answer.status < 500, "{place}: {} {}", answer.status, answer.text());
            let shown = if path.ends_with("/workbook") && answer.status == 200 { unpacked(&answer.body) } else { answer.text() };
            assert!(!path.ends_with("/workbook") || answer.status != 200 || shown.contains("canary-run-guro"), "{place}: {shown}");
            watch.look((&government, &role), &place, &shown);
            // What goes outside with the agreement: nothing confidential of anyone, not even of whoever asks.
            if path.ends_with("/bundle") && answer.status == 200 {
                let marked: Vec<_> = MARKED.iter().filter(|(mark, _)| answer.text().contains(mark)).collect();
                assert!(marked.is_empty(), "the bundle holds {marked:?}");
            }
            let own =
                [format!("/caucus/{government}"), format!("/governments/{government}/mandates")].iter().any(|own| path.ends_with(own));
            if (path.contains("/caucus/") || path.ends_with("/mandates")) && answer.status == 200 && !own {
                let facilitated: &[&str] = match (government.as_str(), role.as_str()) {
                    ("gyeonggi", "mediator") => &["/caucus/gwangmyeong", "/caucus/seoul"],
                    ("interlocal-office", "mediator") => &["/caucus/guro", "/caucus/gyeonggi"],
                    _ => &[],
                };
                assert!(facilitated.iter().any(|caucus| path.ends_with(caucus)), "{government} {role} reads {path}");
            }
            // Two offers that are not named are not compared, whoever asks.
            if government == "hwaseong" && path.contains(&watch.case) && !path.ends_with("/diff") {
                assert_eq!(answer.said(), (404, "not_found".to_owned()), "a stranger at {place}: {}", answer.text());
            }
        }
    }
}

/// All that stands in a workbook.
pub fn unpacked(bytes: &[u8]) -> String {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let cells = book.worksheets().into_iter().flat_map(|(_, range)| range.cells().map(|(.., data)| data.to_string()).collect::<Vec<_>>());
    cells.collect::<Vec<_>>().join(" ")
}

async fn live(client: &Client, watch: &mut Watch) {
    for (government, role) in PERSONS {
        let token = client.token(government, role).await;
        watch.look((government, role), "the live stream", &client.live(&token).await);
    }
}

/// Past the gateway: every question that a token can go with, of every service, about every stream.
async fn over_nats(site: &Site, client: &Client, watch: &mut Watch) {
    let bus = site.bus(Service::Gateway).await;
    let questions = questions(&watch.case);
    for (government, role) in PERSONS {
        let token = client.token(government, role).await;
        for service in Service::ALL.into_iter().filter(|s| *s != Service::Gateway) {
            for (name, question) in &questions {
                let mut headers = HeaderMap::new();
                headers.insert(wire::AUTHORIZATION, format!("Bearer {token}"));
                let subject = bus.subjects().query(service, &format!("public.{name}"));
                let place = format!("{subject} {question}");
                let answer =
                    bus.ask_bytes(service, subject, headers, question.to_string().into()).await.unwrap_or_else(|e| panic!("{place}: {e}"));
                watch.look((government, role), &place, &String::from_utf8_lossy(&answer));
            }
        }
    }
}

fn questions(case: &str) -> Vec<(&'static str, Value)> {
    let mut streams = vec![format!("case/{case}"), "calendar".to_owned()];
    for government in LOOKING {
        streams.extend([format!("case/{case}/{government}"), format!("case/{case}/caucus/{government}")]);
        streams.extend(["seoul", "gwangmyeong"].map(|other| format!("case/{case}/sounding/{other}/{government}")));
        streams.extend([
            format!("government/{government}"),
            format!("government/{government}/mandates"),
            format!("official/{government}-delegate"),
        ]);
    }
    let mut all = Vec::new();
    for stream in streams {
        all.push(("get", json!({ "stream": stream })));
        all.push(("get", json!({ "stream": stream, "question": "diff", "params": { "from": 1, "to": 2 } })));
        all.push(("entries", json!({ "stream": stream, "from": 0, "limit": 1000 })));
    }
    for prefix in ["", "c", "case/", "case/0", "government/", "government/s", "official/", "z"]
        .map(str::to_owned)
        .into_iter()
        .chain([format!("case/{case}")])
    {
        all.push(("list", json!({ "prefix": prefix, "limit": 1000 })));
    }
    all.push(("entries", json!({ "from": 0, "limit": 100_000 })));
    all.push(("bundle", json!({ "case": case, "page": 0 })));
    all.extend(
        ["stream", "read", "versions"]
            .map(|name| (name, json!({ "stream": format!("case/{case}/seoul"), "after": 0, "from": 0, "limit": 100 }))),
    );
    all
}

/// Whether something is not there or not for you cannot be told apart.
async fn refusals_tell_nothing(client: &Client, case: &str) {
    let token = client.token("hwaseong", "delegate").await;
    let nowhere = "01890a5d-ac96-774b-bcce-b302099a8057";
    for room in
        ["", "/negotiation", "/entries", "/bundle", "/diff?from=1&to=2", "/own/negotiation", "/caucus/seoul", "/soundings/seoul/guro"]
    {
        let there = client.get(&format!("/api/v1/cases/{case}{room}"), &token).await;
        let not_there = client.get(&format!("/api/v1/cases/{nowhere}{room}"), &token).await;
        assert_eq!((there.status, there.text()), (not_there.status, not_there.text()), "{room}");
    }
    let command = json!({ "command": { "negotiation": { "withdraw_offer": { "offer": 1 } } } }).to_string();
    let there = client.act(&format!("cases/{case}"), &token, "a", command.clone()).await;
    let not_there = client.act(&format!("cases/{nowhere}"), &token, "a", command).await;
    assert_eq!((there.status, there.text()), (not_there.status, not_there.text()));
}

/// A government that is no party cannot act, whatever it asks; nor can a party in a dispute or a caucus that is not its own.
async fn strangers_do_not_act(client: &Client, case: &str, head: u64) {
    let administrator = client.token("interlocal-office", "administrator").await;
    let roles = ["delegate", "approver", "clerk", "signatory", "mediator"];
    for role in roles {
        let appointment =
            json!({ "government": "hwaseong", "role": role, "ground": "own_office", "from": "1999-01-01", "until": "2012-12-31" });
        let name = json!({ "remark": "x", "disclosure": "own" });
        let appoint = json!({ "command": { "registry": { "appoint": { "official": "hwaseong-delegate", "name": name, "appointment": appointment } } } });
        let appointed = client.act("officials/hwaseong-delegate", &administrator, role, appoint.to_string()).await;
        assert_eq!(appointed.status, 200, "{}", appointed.text());
    }
    let token = client.token("hwaseong", "delegate").await;
    let mut asked = 0;
    for example in examples::commands(&interlocal::contract::openapi()).into_iter().filter(|example| example.kind == "cases") {
        // A case that is there cannot be opened, and whoever tries learns no more than that the id is taken.
        let codes: &[&str] = if example.name == "negotiation.open_case" {
            &["negotiation.unknown_procedure", "negotiation.already_open"]
        } else {
            &["access.no_such_case", "access.service_only"]
        };
        let answer = client.act(&format!("cases/{case}"), &token, &example.name, example.body.to_string()).await;
        answer.assert_problem(&example.name);
        assert!(codes.contains(&answer.code().as_str()), "{}: {}", example.name, answer.text());
        asked += usize::from(answer.code() == "access.no_such_case");
    }
    assert!(asked > 30, "only {asked} commands");
    let guro = client.token("guro", "delegate").await;
    let others = [
        (json!({ "mediation": { "send_note": { "dispute": 1, "caucus": "seoul", "text": "x" } } }), "mediation.not_your_caucus"),
        (json!({ "mediation": { "send_note": { "dispute": 1, "caucus": "guro", "text": "x" } } }), "mediation.not_in_dispute"),
        (json!({ "mediation": { "accept_facilitator": { "dispute": 1, "facilitator": "gyeonggi" } } }), "mediation.not_in_dispute"),
        (
            json!({ "registry": { "revoke_mandate": { "government": "seoul", "mandate": "01890a5d-ac96-774b-bcce-b302099a8057" } } }),
            "access.no_appointment",
        ),
    ];
    for (command, code) in others {
        let target = if command.get("registry").is_some() { "governments/seoul".to_owned() } else { format!("cases/{case}") };
        let answer = client.act(&target, &guro, code, json!({ "command": command }).to_string()).await;
        assert_eq!(answer.code(), code, "{command}: {}", answer.text());
    }
    assert_eq!(client.quiet().await, head + roles.len() as u64, "nothing but the appointments was recorded");
}

/// Who has declined has no part in what follows: also not in lists.
async fn who_declines_sees_no_more(client: &Client, case: &str) {
    let coordinator = client.token("gyeonggi", "delegate").await;
    let stranger = client.token("hwaseong", "delegate").await;
    let act = async |token: &str, key: &str, command: Value| {
        let answer = client.act(&format!("cases/{case}"), token, key, json!({ "command": command }).to_string()).await;
        assert_eq!(answer.status, 200, "{command}: {}", answer.text());
        client.quiet().await;
    };
    let lists = async || {
        let mut listed = Vec::new();
        for path in ["/api/v1/cases", "/api/v1/inbox", "/"] {
            let shown = client.get(path, &stranger).await.text();
            // A move's case stands beside it; the page links to it.
            listed.push(shown.contains(case));
        }
        listed
    };
    act(&coordinator, "invite", json!({ "negotiation": { "invite": { "government": "hwaseong" } } })).await;
    assert_eq!(lists().await, [true, true, true], "who is invited sees the case and the invitation");
    act(&stranger, "decline", json!({ "negotiation": { "decline": {} } })).await;
    assert_eq!(lists().await, [false, false, false], "who has declined does not");
    act(&coordinator, "invite again", json!({ "negotiation": { "invite": { "government": "hwaseong" } } })).await;
    assert_eq!(lists().await, [true, true, true], "who is invited again does");
    for party in PARTIES {
        let token = client.token(party, "delegate").await;
        assert!(client.get("/api/v1/cases", &token).await.text().contains(case), "{party} sees its case all along");
    }
}
