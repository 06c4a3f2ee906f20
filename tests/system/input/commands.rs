//! Commands of the contract with something wrong in them, and bodies that are none.

use std::collections::BTreeSet;

use futures::{StreamExt as _, stream};
use reqwest::Method;
use serde_json::{Value, json};

use super::{command, refused};
use crate::client::Client;
use crate::examples;

/// Requests under way at once.
const AT_ONCE: usize = 16;
/// Stands for text that no JSON library would write.
const RAW: &str = "@raw@";

/// Every kind of command of the contract, each with every part of it replaced, left out, or added to.
pub(super) async fn commands_that_are_none(client: &Client, case: &str) -> BTreeSet<String> {
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
pub(super) fn mutations(body: &Value) -> Vec<(String, String)> {
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
    let raw = [
        "1e999",
        "-1e999",
        &"9".repeat(400),
        &format!("0.{}1", "0".repeat(400)),
        "18446744073709551615",
        "18446744073709551616",
        "NaN",
        "\"\\ud800\"",
        "01",
    ];
    let mut all = vec![("as it is".to_owned(), body.to_string())];
    for place in places(body) {
        let mut put = |what: &str, value: &Value, written: Option<&str>| {
            let mut changed = body.clone();
            *changed.pointer_mut(&place).unwrap() = value.clone();
            let text = changed.to_string();
            let text = written.map_or(text.clone(), |written| text.replace(&format!("\"{RAW}\""), written));
            all.push((format!("{what} at `{place}`"), text));
        };
        for (what, value) in &replacements {
            put(what, value, None);
        }
        for written in &raw {
            put(&written[..written.len().min(8)], &json!(RAW), Some(written));
        }
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
pub(super) async fn bodies_that_are_none(client: &Client, case: &str) -> BTreeSet<String> {
    let token = client.token("seoul", "delegate").await;
    let good = command(&json!({ "negotiation": { "reserve_clause": { "clause": "nowhere" } } }));
    let deep = |open: &str, close: &str| format!("{}1{}", open.repeat(5_000), close.repeat(5_000));
    let twice = good.replace("\"clause\":\"nowhere\"", "\"clause\":\"nowhere\",\"clause\":\"elsewhere\"");
    let mut bodies: Vec<Vec<u8>> = (0..good.len()).step_by(3).map(|end| good.as_bytes()[..end].to_vec()).collect();
    bodies.extend(
        [deep("[", "]"), deep("{\"a\":", "}"), "[".repeat(100_000), format!("{good}{good}"), format!("{good}x"), twice]
            .map(String::into_bytes),
    );
    bodies.extend([
        good.replace("nowhere", "\0").into_bytes(),
        good.replace("nowhere", &deep("[", "]")).into_bytes(),
        vec![0; 1_000],
        vec![0xff; 1_000],
    ]);
    let with_bytes = |bytes: &[u8]| [good.split_once("nowhere").unwrap().0.as_bytes(), bytes, b"\"}}}}"].concat();
    bodies.extend([
        with_bytes(&[0xc3, 0x28]),
        with_bytes(&[0xed, 0xa0, 0x80]),
        with_bytes(&[0xf8]),
        [&[0xef, 0xbb, 0xbf], good.as_bytes()].concat(),
    ]);
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
