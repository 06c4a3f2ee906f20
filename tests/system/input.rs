//! Bad input: whatever comes, the answer is a 4xx with a stable code (or a closed connection where it is not even HTTP), nothing is recorded, and the
//! platform goes on.

use std::collections::BTreeSet;
use std::time::Duration;

use futures::{StreamExt as _, stream};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::client::{Answer, Client, guro_until, play};
use crate::examples;
use crate::platform;

/// Requests under way at once.
const AT_ONCE: usize = 16;
/// Stands for text that no JSON library would write.
const RAW: &str = "@raw@";

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_is_refused_and_leaves_nothing_behind() {
    let site = platform::start(|settings| settings.http.document_limit = 300_000).await;
    let stage = play(&site, "input", &guro_until("## February 2000")).await;
    let client = Client::new(&site);
    let case = stage.case().to_string();
    let head = client.quiet().await;

    let steps = [
        ("commands", commands_that_are_none(&client, &case).await),
        ("bodies", bodies_that_are_none(&client, &case).await),
        ("numbers", absurd_numbers(&client, &case).await),
        ("sizes", sizes(&client, &case).await),
        ("keys", keys(&client, &case).await),
        ("sign-in", sign_ins(&client).await),
        ("routes", routes(&client, &case).await),
        ("parameters", parameters(&client, &case).await),
        ("documents", documents(&client, &case).await),
    ];
    let mut codes = BTreeSet::new();
    for (step, seen) in steps {
        assert!(!seen.is_empty(), "{step}");
        codes.extend(seen);
    }
    not_even_http(&site.address).await;
    assert_eq!(client.quiet().await, head, "nothing was recorded");
    every_code_is_explained(&client, &codes).await;
    protected_everywhere(&client).await;

    // Someone who has not finished asking does not keep the platform from ending.
    let mut half = TcpStream::connect(site.address.trim_start_matches("http://")).await.unwrap();
    half.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n").await.unwrap();
    timeout(Duration::from_secs(20), site.stop()).await.expect("half a request must not keep the platform up");
}

/// The code of an answer that must be a problem; also where a mistake of ours would be.
#[track_caller]
fn refused(answer: &Answer, what: &str) -> String {
    answer.assert_problem(what);
    answer.code()
}

fn command(command: &Value) -> String {
    json!({ "command": command }).to_string()
}

/// Every kind of command of the contract, each with every part of it replaced, left out, or added to.
async fn commands_that_are_none(client: &Client, case: &str) -> BTreeSet<String> {
    // May read everything of its body and do nothing, so that also what is still a command by accident changes nothing.
    let token = client.token("gyeonggi", "auditor").await;
    let mut requests = Vec::new();
    for example in examples::commands(&interlocal::contract::openapi()) {
        let target = match example.kind {
            "cases" => format!("cases/{case}"),
            "governments" => "governments/seoul".to_owned(),
            "officials" => "officials/gyeonggi-auditor".to_owned(),
            other => other.to_owned(),
        };
        for (what, body) in mutations(&example.body) {
            requests.push((format!("{}: {what}", example.name), target.clone(), body));
        }
    }
    assert!(requests.len() > 2_000, "only {} requests", requests.len());
    let asked = requests.into_iter().enumerate().map(|(n, (what, target, body))| {
        let (client, token) = (client.clone(), token.clone());
        async move {
            let answer = client.act(&target, &token, &format!("mutation {n}"), body.clone()).await;
            answer.assert_problem(&format!("{what}: {body}"));
            answer.code()
        }
    });
    let codes: BTreeSet<String> = stream::iter(asked).buffer_unordered(AT_ONCE).collect().await;
    assert!(codes.contains("malformed") && codes.contains("access.no_appointment"), "{codes:?}");
    codes
}

/// The body with one thing wrong, in each place.
fn mutations(body: &Value) -> Vec<(String, String)> {
    let long = "x".repeat(2_000);
    let replacements = [
        ("null", json!(null)),
        ("a number", json!(-1)),
        ("a fraction", json!(0.5)),
        ("a text", json!(long)),
        ("no text", json!("")),
        ("a list", json!([1])),
        ("an object", json!({ "unknown": 1 })),
        ("yes", json!(true)),
    ];
    let raw = ["1e999", "-1e999", &"9".repeat(400), &format!("0.{}1", "0".repeat(400)), "18446744073709551616", "NaN", "\"\\ud800\"", "01"];
    let mut all = vec![("as it is".to_owned(), body.to_string())];
    for place in places(body) {
        let mut put = |what: &str, value: &Value, written: Option<&str>| {
            let mut changed = body.clone();
            *changed.pointer_mut(&place).unwrap() = value.clone();
            let text = changed.to_string();
            let text = written.map_or(text.clone(), |written| text.replace(&format!("\"{RAW}\""), written));
            all.push((format!("{what} at `{place}`"), text));
        };
        replacements.iter().for_each(|(what, value)| put(what, value, None));
        raw.iter().for_each(|written| put(&written[..written.len().min(8)], &json!(RAW), Some(written)));
        let fields: Vec<String> = body.pointer(&place).unwrap().as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
        for field in &fields {
            let mut changed = body.clone();
            changed.pointer_mut(&place).unwrap().as_object_mut().unwrap().remove(field);
            all.push((format!("without `{field}` at `{place}`"), changed.to_string()));
        }
        if !fields.is_empty() {
            let mut changed = body.clone();
            changed.pointer_mut(&place).unwrap()["unknown_field"] = json!(1);
            all.push((format!("an unknown field at `{place}`"), changed.to_string()));
        }
    }
    all
}

/// Pointers to everything in a value, itself first.
fn places(value: &Value) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut add = |name: &str, inner: &Value| {
        let name = name.replace('~', "~0").replace('/', "~1");
        all.extend(places(inner).into_iter().map(|below| format!("/{name}{below}")));
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, inner)| add(name, inner)),
        Value::Array(items) => items.iter().enumerate().for_each(|(n, inner)| add(&n.to_string(), inner)),
        _ => {}
    }
    all
}

/// What is no JSON, or no JSON that anyone should send.
async fn bodies_that_are_none(client: &Client, case: &str) -> BTreeSet<String> {
    let token = client.token("seoul", "delegate").await;
    let good = command(&json!({ "negotiation": { "reserve_clause": { "clause": "nowhere" } } }));
    let deep = |open: &str, close: &str| format!("{}1{}", open.repeat(5_000), close.repeat(5_000));
    let twice = good.replace("\"clause\":\"nowhere\"", "\"clause\":\"nowhere\",\"clause\":\"elsewhere\"");
    let mut bodies: Vec<Vec<u8>> = (0..good.len()).step_by(3).map(|end| good.as_bytes()[..end].to_vec()).collect();
    bodies.extend([deep("[", "]"), deep("{\"a\":", "}"), "[".repeat(100_000), format!("{good}{good}"), format!("{good}x"), twice].map(String::into_bytes));
    bodies.extend([good.replace("nowhere", "\0").into_bytes(), good.replace("nowhere", &deep("[", "]")).into_bytes(), vec![0; 1_000], vec![0xff; 1_000]]);
    let with_bytes = |bytes: &[u8]| [good.split_once("nowhere").unwrap().0.as_bytes(), bytes, b"\"}}}}"].concat();
    bodies.extend([with_bytes(&[0xc3, 0x28]), with_bytes(&[0xed, 0xa0, 0x80]), with_bytes(&[0xf8]), [&[0xef, 0xbb, 0xbf], good.as_bytes()].concat()]);
    bodies.push(good.encode_utf16().flat_map(u16::to_le_bytes).collect());
    let mut codes = BTreeSet::new();
    for (n, body) in bodies.into_iter().enumerate() {
        let what = format!("body {n}: {:?}", String::from_utf8_lossy(&body[..body.len().min(60)]));
        let request = client.request(Method::POST, &format!("/api/v1/cases/{case}/commands")).bearer_auth(&token);
        let answer = client.send(request.header("Idempotency-Key", format!("body {n}")).body(body)).await;
        assert_eq!(answer.said(), (400, "malformed".to_owned()), "{what}: {}", answer.text());
        codes.insert(refused(&answer, &what));
    }
    // A commitment is the ledger's to make, however its name is spelt.
    for name in ["remark_commitment", "remark\\u005fcommitment", "\\u0072emark_commitment"] {
        let why = format!("{{\"{name}\":\"{}\",\"disclosure\":\"public\"}}", "0".repeat(64));
        let body = format!("{{\"command\":{{\"negotiation\":{{\"send_back_offer\":{{\"offer\":1,\"why\":{why}}}}}}}}}");
        let answer = client.act(&format!("cases/{case}"), &token, name, body).await;
        assert_eq!(answer.said(), (400, "malformed".to_owned()), "{name}: {}", answer.text());
    }
    let with_cause = json!({ "command": { "negotiation": { "withdraw_offer": { "offer": 1 } } }, "cause": { "entry": 1 } }).to_string();
    assert_eq!(client.act(&format!("cases/{case}"), &token, "cause", with_cause).await.said(), (400, "malformed".to_owned()));
    codes
}

/// Numbers that nobody means, from people who may ask: the rules say no, or the number is none.
async fn absurd_numbers(client: &Client, case: &str) -> BTreeSet<String> {
    let token = client.token("seoul", "delegate").await;
    let nobody = "01890a5d-ac96-774b-bcce-b302099a8057";
    let offer = |value: Value| json!({ "negotiation": { "table_offer": { "package": { "terms": { "total": value } }, "mandate": nobody } } });
    let won = |amount: &str| json!({ "money": { "amount": amount, "currency": "KRW" } });
    let most = "79228162514264337593543950335";
    let mut commands: Vec<Value> = [most, &format!("-{most}"), "-1", "0", "0.0000000000000000000000000001", "1e999", &"9".repeat(400), "∞", " 1", "١"]
        .map(|amount| offer(won(amount)))
        .to_vec();
    commands.extend([json!({ "share": "101" }), json!({ "share": "-0.1" }), json!({ "share": most }), json!({ "quantity": { "amount": most, "unit": "t" } })].map(offer));
    for day in ["9999-12-31", "-009999-01-01", "2000-02-30", "10000-01-01", "0000-00-00"] {
        commands.push(json!({ "negotiation": { "table_offer": {
            "package": { "terms": { "total": won("1") } }, "mandate": nobody, "expires": { "on": day, "zone": "Asia/Seoul" },
        } } }));
    }
    for number in [0_u64, 4_294_967_295, 4_294_967_296, u64::MAX] {
        commands.push(json!({ "negotiation": { "accept_offer": { "offer": number, "mandate": nobody } } }));
        commands.push(json!({ "mediation": { "send_note": { "dispute": number, "caucus": "seoul", "text": "x" } } }));
    }
    commands.extend(models(most));
    let mut codes = BTreeSet::new();
    for (n, absurd) in commands.iter().enumerate() {
        let answer = client.act(&format!("cases/{case}"), &token, &format!("absurd {n}"), command(absurd)).await;
        codes.insert(refused(&answer, &absurd.to_string()));
    }
    let administrator = client.token("interlocal-office", "administrator").await;
    for to in ["9999-12-30T22:00:00Z", "-009999-01-02T01:59:59Z", "1970-01-01T00:00:00Z", "253402207200"] {
        let set = json!({ "calendar": { "set_calendar": { "to": to } } });
        codes.insert(refused(&client.act("calendar/demo", &administrator, to, command(&set)).await, to));
    }
    for year in [i64::from(i16::MAX), i64::from(i16::MIN), 40_000] {
        let population = json!({ "year": year, "persons": u64::MAX, "source": "x" });
        let record = json!({ "registry": { "record_population": { "government": "seoul", "population": population } } });
        codes.insert(refused(&client.act("governments/seoul", &administrator, &year.to_string(), command(&record)).await, &record.to_string()));
    }
    codes
}

/// Models that cannot be computed, or must not be: too large, too many, weighing nothing.
fn models(most: &str) -> Vec<Value> {
    let won = |amount: &str| json!({ "amount": amount, "currency": "KRW" });
    let names = json!({ "en": "x", "ko": "x" });
    let model = |cost: &str, members: Vec<String>, rule: Value, grant: Option<&str>| {
        let grants: Vec<Value> = grant.into_iter().map(|percent| json!({ "from": "x", "amount": { "rate": { "percent": percent } } })).collect();
        let component = json!({ "names": names, "cost": won(cost), "members": members, "rule": rule, "grants": grants });
        let driver = |value: &str| json!({ "names": names, "unit": "x", "year": 2000, "source": "x", "values": { "guro": value, "seoul": value } });
        let drivers = json!({ "nothing": driver("0"), "below": driver("-1"), "most": driver(most) });
        json!({ "allocation": { "table_run": { "run": "absurd", "model": { "currency": "KRW", "components": { "c": component }, "drivers": drivers } } } })
    };
    let two = || vec!["guro".to_owned(), "seoul".to_owned()];
    let many = || (0..60).map(|n| format!("city-{n}")).collect::<Vec<_>>();
    vec![
        model(most, two(), json!("equal"), None),
        model("-1", two(), json!("equal"), None),
        model("0.5", two(), json!("equal"), None),
        model("1", two(), json!("equal"), Some("-1")),
        model("1", two(), json!("equal"), Some("100.0000000000000000000000001")),
        model("1", Vec::new(), json!("equal"), None),
        model("1", two(), json!({ "driver": "nothing" }), None),
        model("1", two(), json!({ "driver": "below" }), None),
        model("1", two(), json!({ "mix": [{ "percent": most }, { "percent": most }] }), None),
        model("1", two(), json!({ "fixed": { "guro": won("-1"), "seoul": won("2") } }), None),
        model("1", many(), json!({ "shapley": { "costs": {} } }), None),
        model("1", many(), json!({ "nucleolus": { "costs": { "city-0": won("1") } } }), None),
        model("1", two(), json!({ "scrb": { "costs": { "guro+seoul+guro": won("1") } } }), None),
    ]
}

/// Too much of something.
async fn sizes(client: &Client, case: &str) -> BTreeSet<String> {
    let token = client.token("gyeonggi", "delegate").await;
    let path = format!("/api/v1/cases/{case}/commands");
    let draft = |length: usize| {
        let label = "가".repeat(length / 3);
        command(&json!({ "negotiation": { "draft_offer": { "draft": "x", "package": { "labels": { "total": label } } } } }))
    };
    let send = async |body: reqwest::Body| {
        let request = client.request(Method::POST, &path).bearer_auth(&token).header("Idempotency-Key", "size");
        client.send(request.body(body)).await
    };
    let mut codes = BTreeSet::new();
    for (what, body, limit) in [("more than a body", draft(131_072), 131_072), ("more than an entry", draft(70_000), 65_535)] {
        let length = body.len();
        let answer = send(body.into()).await;
        assert_eq!(answer.said(), (413, "too_large".to_owned()), "{what}: {}", answer.text());
        let params = &answer.json()["params"];
        assert_eq!(params["limit"], limit, "{what}: {params}");
        assert!(params["bytes"].as_u64().unwrap() > limit && params["bytes"].as_u64().unwrap() < length as u64 + 1_000, "{what}: {params}");
        codes.insert(refused(&answer, what));
    }
    // Without saying how long it will be.
    let endless = stream::repeat_with(|| Ok::<_, std::io::Error>(vec![b' '; 10_000])).take(1_000);
    let answer = send(reqwest::Body::wrap_stream(endless)).await;
    assert_eq!(answer.said(), (413, "too_large".to_owned()), "in pieces: {}", answer.text());
    codes
}

/// Idempotency keys that are none.
async fn keys(client: &Client, case: &str) -> BTreeSet<String> {
    let token = client.token("seoul", "delegate").await;
    let body = command(&json!({ "negotiation": { "withdraw_offer": { "offer": 77 } } }));
    let request = || client.request(Method::POST, &format!("/api/v1/cases/{case}/commands")).bearer_auth(&token).body(body.clone());
    let mut codes = BTreeSet::new();
    let none = client.send(request()).await;
    assert_eq!(none.said(), (400, "key_missing".to_owned()), "{}", none.text());
    for key in [String::new(), " ".to_owned(), "x".repeat(256), "x".repeat(60_000), "열쇠".to_owned()] {
        let answer = client.send(request().header("Idempotency-Key", reqwest::header::HeaderValue::from_bytes(key.as_bytes()).unwrap())).await;
        assert_eq!(answer.said(), (400, "key_missing".to_owned()), "{key:.20}: {}", answer.text());
        codes.insert(refused(&answer, &key));
    }
    // Whatever else a header may hold is a key like any other: the rules are asked, and say no.
    for key in ["x".repeat(255), "a\tb".to_owned(), "../../etc/passwd".to_owned(), "a: b; c=\"d\" %0d%0a {}".to_owned()] {
        let answer = client.send(request().header("Idempotency-Key", &key)).await;
        assert_eq!(answer.said(), (409, "negotiation.unknown_offer".to_owned()), "{key}: {}", answer.text());
    }
    codes
}

async fn sign_ins(client: &Client) -> BTreeSet<String> {
    let person = json!({ "official": "seoul-delegate", "government": "seoul" });
    let mut bodies = mutations(&person);
    bodies.remove(0);
    let people = [("nobody", "seoul"), ("seoul-delegate", "guro"), ("seoul-delegate", "nowhere"), ("guro-delegate", "seoul")];
    bodies.extend(people.map(|(official, government)| (format!("{official} for {government}"), json!({ "official": official, "government": government }).to_string())));
    let mut codes = BTreeSet::new();
    for (what, body) in bodies {
        let request = client.request(Method::POST, "/api/v1/sign-in").header("Content-Type", "application/json");
        codes.insert(refused(&client.send(request.body(body.clone())).await, &format!("{what}: {body}")));
    }
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "nonsense"] {
        let request = client.request(Method::POST, "/api/v1/sign-in").header("Content-Type", kind);
        let answer = client.send(request.body(person.to_string())).await;
        assert_eq!(answer.said(), (415, "unsupported_media_type".to_owned()), "{kind}: {}", answer.text());
        codes.insert(refused(&answer, kind));
    }
    // What is wrong is said in words, also to those who understand compression.
    let request = client.request(Method::POST, "/api/v1/sign-in").header("Content-Type", "application/json").header("Accept-Encoding", "gzip");
    let answer = client.send(request.body("{\"official\":\"seoul-delegate\",\"government\":")).await;
    if answer.header("content-encoding").is_empty() {
        let detail = answer.json()["params"]["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains("EOF"), "{detail}");
    }
    codes
}

/// Every address of the contract with every method it does not take, and addresses that are none.
async fn routes(client: &Client, case: &str) -> BTreeSet<String> {
    let token = client.token("seoul", "delegate").await;
    let contract = interlocal::contract::openapi();
    let mut codes = BTreeSet::new();
    for (path, taken) in contract["paths"].as_object().unwrap() {
        let id = if path.contains("/cases/") { case } else { "seoul" };
        let path = path.replace("{case}", case).replace("{id}", id).replace("{position}", "1").replace("{digest}", &"0".repeat(64));
        let path = path.split('/').map(|part| if part.starts_with('{') { "seoul" } else { part }).collect::<Vec<_>>().join("/");
        for method in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS, Method::from_bytes(b"PROPFIND").unwrap()] {
            if taken.get(method.as_str().to_lowercase()).is_some() || (path == "/api/v1/documents" && method == Method::GET) {
                continue;
            }
            let answer = client.send(client.request(method.clone(), &path).bearer_auth(&token)).await;
            assert_eq!(answer.said(), (405, "method_not_allowed".to_owned()), "{method} {path}: {}", answer.text());
            assert!(!answer.header("allow").is_empty(), "{method} {path}");
            codes.insert(refused(&answer, &path));
        }
    }
    let nowhere = "01890a5d-ac96-774b-bcce-b302099a8057";
    let paths = [
        "/api".to_owned() + "/v1",
        "/api/v2/cases".into(),
        "/api/v1/cases/".into(),
        "/index.php".into(),
        "/.git/config".into(),
        "/assets/../Cargo.toml".into(),
        "/assets/%2e%2e%2fCargo.toml".into(),
        "/problems/nonsense".into(),
        format!("/{}", "x".repeat(10_000)),
        format!("/api/v1/cases/{case}/kitchen"),
        format!("/api/v1/cases/{case}/own/kitchen"),
        format!("/api/v1/cases/{case}/caucus/nowhere"),
        format!("/api/v1/cases/{nowhere}"),
        format!("/api/v1/cases/{nowhere}/entries"),
        format!("/api/v1/cases/{nowhere}/bundle"),
        format!("/api/v1/cases/{nowhere}/disputes"),
        "/api/v1/governments/nowhere".into(),
        "/api/v1/officials/nobody".into(),
        "/api/v1/procedures/none".into(),
        format!("/api/v1/documents/{}", "0".repeat(64)),
        format!("/cases/{nowhere}"),
    ];
    for path in paths {
        let answer = client.send(client.request(Method::GET, &path).bearer_auth(&token)).await;
        assert_eq!(answer.said(), (404, "not_found".to_owned()), "{path:.60}: {}", answer.text());
        codes.insert(refused(&answer, &path));
    }
    let good = command(&json!({ "negotiation": { "withdraw_offer": { "offer": 1 } } }));
    for target in ["kitchens/1", "cases/seoul", "governments/SEOUL", "officials/a.b", "calendar/real", "cases/*", "cases/%3E", "officials/%00"] {
        let answer = client.act(target, &token, "target", good.clone()).await;
        assert_eq!(answer.said(), (404, "not_found".to_owned()), "{target}: {}", answer.text());
    }
    // A command that does not go where it is sent.
    for target in ["governments/seoul", "officials/seoul-delegate", "calendar/demo"] {
        let answer = client.act(target, &token, "target", good.clone()).await;
        assert_eq!(answer.said(), (404, "access.wrong_target".to_owned()), "{target}: {}", answer.text());
        codes.insert(refused(&answer, target));
    }
    codes
}

/// Parameters that are none, and numbers beyond the end of everything.
async fn parameters(client: &Client, case: &str) -> BTreeSet<String> {
    let token = client.token("seoul", "delegate").await;
    let case = format!("/api/v1/cases/{case}");
    let mut codes = BTreeSet::new();
    let bad = [
        ("/api/v1/cases?unknown=1", 400),
        ("/api/v1/cases?limit=-1", 400),
        ("/api/v1/cases?limit=1e3", 400),
        ("/api/v1/cases?limit=99999999999999999999", 400),
        ("/api/v1/cases?after=%00", 400),
        ("/api/v1/cases?after=nonsense", 400),
        ("/api/v1/cases?%ff=%fe", 400),
        ("/api/v1/governments?after=%E0%A4%A", 400),
        ("/api/v1/entries?from=-1", 400),
        ("/api/v1/cases/seoul", 400),
        ("/api/v1/cases/%ff", 400),
        ("/api/v1/governments/SEOUL", 400),
        ("/api/v1/officials/a.b", 400),
        ("/api/v1/documents/xyz", 400),
        ("/api/v1/ledger/inclusion/-1", 400),
        ("/api/v1/ledger/inclusion/18446744073709551616", 400),
        ("/api/v1/ledger/inclusion/18446744073709551615", 404),
        ("/api/v1/ledger/inclusion/0?size=18446744073709551615", 404),
        ("/api/v1/ledger/inclusion/18446744073709551614?size=18446744073709551615", 404),
        ("/api/v1/ledger/inclusion/0?size=0", 404),
        ("/api/v1/ledger/consistency?old=18446744073709551615&size=18446744073709551615", 404),
        ("/api/v1/ledger/consistency?old=5&size=3", 404),
        ("/api/v1/ledger/consistency", 404),
        ("/api/v1/ledger/checkpoint?size=18446744073709551615", 404),
        (&format!("{case}/diff"), 400),
        (&format!("{case}/diff?from=1"), 400),
        (&format!("{case}/diff?from=-1&to=1"), 400),
        (&format!("{case}/diff?from=0&to=4294967295"), 404),
        (&format!("{case}?at_least=18446744073709551615"), 400),
        ("/api/v1/inbox?at_least=100000", 400),
    ];
    for (path, status) in bad {
        let answer = client.get(path, &token).await;
        let code = if status == 400 { "malformed" } else { "not_found" };
        assert_eq!(answer.said(), (status, code.to_owned()), "{path}: {}", answer.text());
        codes.insert(refused(&answer, path));
    }
    // Beyond the end there is nothing, and that is an answer.
    for path in [format!("{case}/entries?from=18446744073709551615"), "/api/v1/entries?from=18446744073709551615&limit=4294967295".into()] {
        let answer = client.get(&path, &token).await;
        assert_eq!((answer.status, &answer.json()["entries"]), (200, &json!([])), "{path}: {}", answer.text());
    }
    for path in ["/api/v1/cases?limit=18446744073709551615", "/api/v1/cases?limit=0", "/api/v1/governments?after=official%2Fx", "/api/v1/cases?lang=xx"] {
        assert_eq!(client.get(path, &token).await.status, 200, "{path}");
    }
    // Pages go on to the end, however short they are and whatever stands between that is in no list.
    let all = client.get("/api/v1/governments", &token).await.json();
    let (mut one_by_one, mut after) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("/api/v1/governments?limit=1&after={}", after.replace('/', "%2F")), &token).await.json();
        let Some(row) = page.get(0).cloned() else { break };
        after = row["stream"].as_str().unwrap().to_owned();
        one_by_one.push(row);
    }
    assert_eq!(json!(one_by_one), all, "the register, one by one");
    // The live stream resumes after the last position there can be, too.
    let request = client.request(Method::GET, "/api/v1/live").bearer_auth(&token).header("Last-Event-ID", "18446744073709551615");
    let live = timeout(Duration::from_secs(5), request.send()).await.unwrap().unwrap();
    assert_eq!(live.status().as_u16(), 200, "it waits for what never comes");
    codes
}

async fn documents(client: &Client, case: &str) -> BTreeSet<String> {
    let token = client.token("seoul", "delegate").await;
    let mut codes = BTreeSet::new();
    let upload = async |audience: &str, kind: &str, body: Vec<u8>| {
        let request = client.request(Method::POST, &format!("/api/v1/documents?audience={}", audience.replace('/', "%2F")));
        client.send(request.bearer_auth(&token).header("Content-Type", kind).body(body)).await
    };
    let (own, internal) = (format!("case/{case}"), format!("case/{case}/seoul"));
    let bad = [
        ("empty", upload(&own, "text/plain", Vec::new()).await, 400),
        ("too long", upload(&own, "text/plain", vec![1; 300_001]).await, 413),
        ("a type without end", upload(&own, &"x".repeat(300), vec![1]).await, 400),
        ("for nobody", upload("nonsense", "text/plain", vec![1]).await, 400),
        ("for a body's drawer", upload(&format!("case/{case}/guro"), "text/plain", vec![1]).await, 404),
        ("for a caucus", upload(&format!("case/{case}/caucus/guro"), "text/plain", vec![1]).await, 404),
        ("for the register", upload("government/seoul", "text/plain", vec![1]).await, 404),
        ("for no case", upload("case/01890a5d-ac96-774b-bcce-b302099a8057", "text/plain", vec![1]).await, 404),
    ];
    for (what, answer, status) in bad {
        assert_eq!(answer.status, status, "{what}: {}", answer.text());
        codes.insert(refused(&answer, what));
    }
    // The same bytes for other readers are the same document, for both.
    for audience in [&own, &internal, &own] {
        let kept = upload(audience, "text/html", b"<script>alert(1)</script>".to_vec()).await;
        assert_eq!(kept.status, 201, "{audience}: {}", kept.text());
        let digest = kept.json()["digest"].as_str().unwrap().to_owned();
        let fetched = client.get(&format!("/api/v1/documents/{digest}"), &token).await;
        assert_eq!(fetched.body, b"<script>alert(1)</script>");
        assert!(fetched.header("content-disposition").starts_with("attachment"), "never shown in a page of ours");
        fetched.assert_protected("a document");
    }
    codes
}

/// Bytes that are no request, and requests that no proxy should let through: 4xx or a closed connection, within the time.
async fn not_even_http(address: &str) {
    let noise: Vec<u8> = (0..20_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let attempts: Vec<(&str, Vec<u8>)> = vec![
        ("noise", noise),
        ("zeros", vec![0; 5_000]),
        ("new lines", vec![b'\n'; 5_000]),
        ("a TLS hello", [&[0x16, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3][..], &[7; 200]].concat()),
        ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0".to_vec()),
        ("HTTP/9", b"GET / HTTP/9.9\r\nHost: x\r\n\r\n".to_vec()),
        ("no version", b"GET /\r\n\r\n".to_vec()),
        ("no method", b" / HTTP/1.1\r\n\r\n".to_vec()),
        ("a bare header", b"GET / HTTP/1.1\r\nHost\r\n\r\n".to_vec()),
        ("a header with a zero", b"GET /healthz HTTP/1.1\r\nHost: x\r\nA: \0\r\n\r\n".to_vec()),
        ("a header of 1 MB", [&b"GET /healthz HTTP/1.1\r\nHost: x\r\nA: "[..], &vec![b'a'; 1_000_000], b"\r\n\r\n"].concat()),
        ("5,000 headers", [&b"GET /healthz HTTP/1.1\r\nHost: x\r\n"[..], &b"A: b\r\n".repeat(5_000), b"\r\n"].concat()),
        ("an address of 1 MB", [&b"GET /"[..], &vec![b'a'; 1_000_000], b" HTTP/1.1\r\n\r\n"].concat()),
        ("a negative length", b"POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n".to_vec()),
        ("two lengths", b"POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab".to_vec()),
        ("an endless length", b"POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n".to_vec()),
        ("a chunk that is none", b"POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n".to_vec()),
        ("a chunk without end", b"POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n".to_vec()),
        ("half a body", b"POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{".to_vec()),
    ];
    for (what, bytes) in attempts {
        let said = timeout(Duration::from_secs(30), converse(address, &bytes)).await.unwrap_or_else(|_| panic!("{what}: the connection stays open"));
        let first = String::from_utf8_lossy(&said[..said.len().min(12)]).into_owned();
        assert!(said.is_empty() || first.starts_with("HTTP/1.1 4") || first.starts_with("HTTP/1.0 4"), "{what}: {first}");
    }
}

async fn converse(address: &str, bytes: &[u8]) -> Vec<u8> {
    let mut said = Vec::new();
    let stream = TcpStream::connect(address.trim_start_matches("http://")).await.unwrap();
    let (mut from, mut to) = stream.into_split();
    // Whoever is refused early may find the connection closed while still talking.
    let _ = tokio::join!(
        async {
            let _ = to.write_all(bytes).await;
            to.shutdown().await
        },
        from.read_to_end(&mut said)
    );
    said
}

/// Every code that was met has a page, in both languages, and the page of a problem is where its `type` leads.
async fn every_code_is_explained(client: &Client, codes: &BTreeSet<String>) {
    for code in codes {
        let mut titles = BTreeSet::new();
        for language in ["en", "ko"] {
            let page = client.send(client.request(Method::GET, &format!("/problems/{code}?lang={language}"))).await;
            assert_eq!(page.status, 200, "/problems/{code}");
            titles.insert(page.text());
        }
        assert_eq!(titles.len(), 2, "{code} is explained in two languages");
    }
}

async fn protected_everywhere(client: &Client) {
    for path in ["/", "/sign-in", "/api", "/api/openapi.json", "/assets/interlocal.css", "/healthz", "/readyz", "/metrics", "/nowhere"] {
        client.send(client.request(Method::GET, path)).await.assert_protected(path);
    }
}

/// With the limit on: a client that comes too fast is told when to come again, and inventing tokens does not help.
#[tokio::test(flavor = "multi_thread")]
async fn who_comes_too_fast_is_told_when_to_come_again() {
    let site = platform::start(|settings| settings.http.rate_per_second = 2).await;
    let client = Client::new(&site);
    let token = client.token("seoul", "delegate").await;
    let slow_down = |answer: &Answer| {
        answer.assert_problem("too fast");
        assert_eq!(answer.said(), (429, "rate_limited".to_owned()));
        let seconds: u64 = answer.header("retry-after").parse().unwrap();
        assert!((1..=10).contains(&seconds) && answer.json()["params"]["seconds"] == seconds, "{seconds}");
        seconds
    };
    let mut answers = Vec::new();
    for _ in 0..30 {
        answers.push(client.get("/api/v1/procedures/kr-cooperation-project", &token).await);
    }
    assert!(answers.iter().take(8).all(|a| a.status == 200), "a short burst passes");
    let limited: Vec<&Answer> = answers.iter().filter(|a| a.status != 200).collect();
    assert!(limited.len() >= 10, "{} of 30 were limited", limited.len());
    let wait = limited.into_iter().map(slow_down).max().unwrap();
    // Another sign-in of the same person is the same client; another person is not.
    let again = client.token("seoul", "delegate").await;
    assert_eq!(client.get("/api/v1/procedures/kr-cooperation-project", &again).await.status, 429, "a new token buys nothing");
    let other = client.token("guro", "delegate").await;
    assert_eq!(client.get("/api/v1/procedures/kr-cooperation-project", &other).await.status, 200);
    let mut invented = Vec::new();
    for n in 0..30 {
        invented.push(client.get("/api/v1/cases", &format!("invented-{n}")).await.status);
    }
    assert!(invented.iter().all(|status| matches!(status, 401 | 429)) && invented.contains(&429), "{invented:?}");
    for _ in 0..30 {
        assert_eq!(client.send(client.request(Method::GET, "/healthz")).await.status, 200, "operators are not limited");
    }
    tokio::time::sleep(Duration::from_secs(wait)).await;
    assert_eq!(client.get("/api/v1/procedures/kr-cooperation-project", &token).await.status, 200, "as it was told");
    site.stop().await;
}
