//! Bad input: whatever comes, the answer is a 4xx with a stable code (or a closed connection where it is not even HTTP), nothing is recorded, and the
//! platform goes on.

use std::collections::BTreeSet;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::client::{Answer, Client, guro_until, play};
use crate::platform;

mod addresses;
mod commands;
mod limits;
mod numbers;
mod tables;
mod wire;

use addresses::{parameters, routes};
use commands::{bodies_that_are_none, commands_that_are_none};
use limits::{documents, keys, sign_ins, sizes};
use numbers::absurd_numbers;
use tables::tables;
use wire::not_even_http;

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
        ("tables", tables(&client).await),
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
    assert!(timeout(Duration::from_secs(20), site.stop()).await.is_ok(), "half a request must not keep the platform up");
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
    for path in [
        "/",
        "/sign-in",
        "/rules",
        "/rules/shapley",
        "/api",
        "/api/openapi.json",
        "/assets/nothing.css",
        "/healthz",
        "/readyz",
        "/metrics",
        "/nowhere",
    ] {
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
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(client.get("/api/v1/procedures/kr-cooperation-project", &again).await.status);
    }
    assert!(statuses.iter().filter(|status| **status == 429).count() >= 2, "a new token buys nothing: {statuses:?}");
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
