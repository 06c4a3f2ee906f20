//! Too much, too little, of the wrong type: sizes, keys, sign-in, documents.

use std::collections::BTreeSet;

use futures::{StreamExt as _, stream};
use reqwest::Method;
use serde_json::json;

use super::commands::mutations;
use super::{command, refused};
use crate::client::Client;

/// Too much of something.
pub(super) async fn sizes(client: &Client, case: &str) -> BTreeSet<String> {
    let token = client.token("gyeonggi", "delegate").await;
    let path = format!("/api/v1/cases/{case}/commands");
    let wording = |length: usize| {
        let wording = json!({ "ko": "가".repeat(length / 3) });
        command(&json!({ "negotiation": { "propose_wording": { "clause": "article-1", "wording": wording } } }))
    };
    let send = async |body: reqwest::Body| {
        let request = client.request(Method::POST, &path).bearer_auth(&token).header("Idempotency-Key", "size");
        client.send(request.body(body)).await
    };
    let mut codes = BTreeSet::new();
    for (what, body, limit) in [("more than a body", wording(131_072), 131_072), ("more than an entry", wording(70_000), 65_535)] {
        // The entry holds what was asked and what came of it.
        let bytes = limit + 1..2 * body.len() as u64 + 1_000;
        let answer = send(body.into()).await;
        assert_eq!(answer.said(), (413, "too_large".to_owned()), "{what}: {}", answer.text());
        let params = &answer.json()["params"];
        assert_eq!(params["limit"], limit, "{what}: {params}");
        assert!(bytes.contains(&params["bytes"].as_u64().unwrap()), "{what}: {params}");
        codes.insert(refused(&answer, what));
    }
    // Without saying how long it will be.
    let endless = stream::repeat_with(|| Ok::<_, std::io::Error>(vec![b' '; 10_000])).take(14);
    let answer = send(reqwest::Body::wrap_stream(endless)).await;
    assert_eq!(answer.said(), (413, "too_large".to_owned()), "in pieces: {}", answer.text());
    codes
}

/// Idempotency keys that are none.
pub(super) async fn keys(client: &Client, case: &str) -> BTreeSet<String> {
    let token = client.token("seoul", "delegate").await;
    let body = command(&json!({ "negotiation": { "withdraw_offer": { "offer": 77 } } }));
    let request = || client.request(Method::POST, &format!("/api/v1/cases/{case}/commands")).bearer_auth(&token).body(body.clone());
    let mut codes = BTreeSet::new();
    let none = client.send(request()).await;
    assert_eq!(none.said(), (400, "key_missing".to_owned()), "{}", none.text());
    for key in [String::new(), " ".to_owned(), "x".repeat(256), "x".repeat(60_000), "열쇠".to_owned()] {
        let answer =
            client.send(request().header("Idempotency-Key", reqwest::header::HeaderValue::from_bytes(key.as_bytes()).unwrap())).await;
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

pub(super) async fn sign_ins(client: &Client) -> BTreeSet<String> {
    let person = json!({ "official": "seoul-delegate", "government": "seoul" });
    let mut bodies = mutations(&person);
    bodies.remove(0);
    let people = [("nobody", "seoul"), ("seoul-delegate", "guro"), ("seoul-delegate", "nowhere"), ("guro-delegate", "seoul")];
    bodies.extend(people.map(|(official, government)| {
        (format!("{official} for {government}"), json!({ "official": official, "government": government }).to_string())
    }));
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
    let request =
        client.request(Method::POST, "/api/v1/sign-in").header("Content-Type", "application/json").header("Accept-Encoding", "gzip");
    let answer = client.send(request.body("{\"official\":\"seoul-delegate\",\"government\":")).await;
    if answer.header("content-encoding").is_empty() {
        let detail = answer.json()["params"]["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains("EOF"), "{detail}");
    }
    codes
}

pub(super) async fn documents(client: &Client, case: &str) -> BTreeSet<String> {
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
