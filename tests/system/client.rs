//! A plain HTTP client of a platform: what it is answered, word for word.

use std::fs;
use std::path::Path;
use std::time::Duration;

use futures::StreamExt as _;
use interlocal::scenario::stage::{Place, Stage};
use interlocal::scenario::{Http, play, script};
use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::platform::Site;

/// A client. Clones share its connections.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {} {}", self.status, self.text()))
    }

    /// The stable code of a problem.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// Status and code, as tests say them.
    pub fn said(&self) -> (u16, String) {
        (self.status, if self.status < 400 { String::new() } else { self.code() })
    }

    /// A refusal as the contract has it: 4xx, problem details with a code, the same status inside and outside, and the headers that protect.
    #[track_caller]
    pub fn assert_problem(&self, what: &str) {
        assert!((400..500).contains(&self.status), "{what}: {} {}", self.status, self.text());
        assert_eq!(self.header("content-type"), "application/problem+json", "{what}: {}", self.text());
        let problem = self.json();
        assert_eq!(problem["status"], self.status, "{what}: {problem}");
        let code = problem["code"].as_str().unwrap_or_default();
        assert!(!code.is_empty() && problem["type"] == format!("/problems/{code}"), "{what}: {problem}");
        assert!(!problem["title"].as_str().unwrap_or_default().is_empty(), "{what}: {problem}");
        self.assert_protected(what);
    }

    /// The headers that every response carries.
    #[track_caller]
    pub fn assert_protected(&self, what: &str) {
        assert_eq!(self.unprotected(), None, "{what}");
    }

    /// What is missing of the headers that every response carries.
    pub fn unprotected(&self) -> Option<String> {
        let csp = self.header("content-security-policy");
        let allows = !csp.contains("default-src 'none'") || !csp.contains("frame-ancestors 'none'") || !csp.contains("form-action 'self'");
        if allows || csp.contains("unsafe") || !csp.contains("base-uri 'none'") {
            return Some(format!("the policy allows too much: {csp}"));
        }
        let wanted = [("x-content-type-options", "nosniff"), ("x-frame-options", "DENY"), ("referrer-policy", "same-origin")];
        let wrong = wanted.iter().find(|(name, value)| self.header(name) != *value).map(|(name, _)| (*name).to_owned());
        wrong.or_else(|| self.header("cache-control").is_empty().then(|| "cache-control".to_owned()))
    }
}

impl Client {
    pub fn new(site: &Site) -> Self {
        let http = reqwest::Client::builder().timeout(Duration::from_mins(1)).redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { http, base: site.address.clone() }
    }

    /// Where the platform is.
    pub fn base(&self) -> &str {
        &self.base
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }

    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Answer { status, headers, body: response.bytes().await.unwrap().to_vec() }
    }

    pub async fn get(&self, path: &str, token: &str) -> Answer {
        self.send(self.request(Method::GET, path).bearer_auth(token)).await
    }

    /// A command as text, so that it may also be none.
    pub async fn act(&self, target: &str, token: &str, key: &str, body: impl Into<String>) -> Answer {
        let request = self.request(Method::POST, &format!("/api/v1/{target}/commands")).bearer_auth(token);
        self.send(request.header("Idempotency-Key", key).header("Content-Type", "application/json").body(body.into())).await
    }

    /// A token of `<government>-<role>`.
    pub async fn token(&self, government: &str, role: &str) -> String {
        let person = json!({ "official": format!("{government}-{role}"), "government": government });
        let answer = self.send(self.request(Method::POST, "/api/v1/sign-in").json(&person)).await;
        assert_eq!(answer.status, 200, "{government} {role}: {}", answer.text());
        answer.json()["token"].as_str().unwrap().to_owned()
    }

    /// The ledger's next position.
    pub async fn head(&self) -> u64 {
        self.positions().await.into_iter().find(|(service, _)| service == "ledger").unwrap().1
    }

    async fn positions(&self) -> Vec<(String, u64)> {
        let health = self.send(self.request(Method::GET, "/readyz")).await.json();
        let row = |h: &Value| {
            assert!(h["parked"].as_array().unwrap().is_empty(), "nothing is parked: {h}");
            (h["service"].as_str().unwrap().to_owned(), h["position"].as_u64().unwrap())
        };
        health.as_array().unwrap().iter().map(row).collect()
    }

    /// What the live stream tells whoever holds this token, from the beginning of the ledger to the last entry they may read, and until nothing more
    /// comes after it.
    pub async fn live(&self, token: &str) -> String {
        let last = self.get("/api/v1/entries?back=true&from=1000000&limit=1", token).await.json();
        let last: Value = serde_json::from_str(last["entries"][0]["entry"].as_str().unwrap()).unwrap();
        let last = format!("id: {}\n", last["position"]);
        let request = self.request(Method::GET, "/api/v1/live?from=0").bearer_auth(token);
        let mut events = request.send().await.unwrap().bytes_stream();
        let mut shown = String::new();
        loop {
            let silence = if shown.contains(&last) { Duration::from_millis(700) } else { Duration::from_secs(30) };
            let Ok(Some(Ok(part))) = timeout(silence, events.next()).await else { break };
            shown.push_str(&String::from_utf8_lossy(&part));
        }
        assert!(shown.contains(&last), "the live stream tells of the last entry");
        shown
    }

    /// Waits until all views have taken in the whole ledger and nothing more happens by itself. Answers the ledger's next position.
    pub async fn quiet(&self) -> u64 {
        let mut before = None;
        for _ in 0..200 {
            let positions = self.positions().await;
            let head = positions.iter().map(|(_, position)| *position).max();
            let level = positions.len() == 9 && positions.iter().all(|(_, position)| Some(*position) == head);
            if let Some(head) = head.filter(|head| level && before == Some(*head)) {
                return head;
            }
            before = head.filter(|_| level);
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        panic!("the views do not come to rest: {:?}", self.positions().await);
    }
}

/// The transcript of Guro and Gwangmyeong.
pub fn guro() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/guro-gwangmyeong.txt")).unwrap()
}

/// The transcript up to (not including) the line that begins so.
pub fn guro_until(line: &str) -> String {
    let whole = guro();
    let end = whole.find(&format!("\n{line}")).unwrap_or_else(|| panic!("no line `{line}`"));
    whole[..end].to_owned()
}

/// Plays a text on a platform, without comparing what is answered: that is the scenarios' business.
pub async fn play(site: &Site, salt: &str, text: &str) -> Stage {
    let mut stage = Stage::new(Place::Http(Http::new(&site.address).unwrap()), salt);
    play_on(&mut stage, text).await;
    stage
}

/// Plays more on the same stage.
pub async fn play_on(stage: &mut Stage, text: &str) {
    for line in script::read(text).unwrap() {
        let played = play::line(stage, &line).await.unwrap_or_else(|e| panic!("line {}: {e:#}", line.number));
        // Where the transcript expects a refusal there must be one, and nowhere else.
        let refused = |lines: &[String]| lines.iter().any(|l| l.starts_with("refused "));
        assert_eq!(refused(&played.answered), refused(&line.expected), "line {}: {:?}", line.number, played.answered);
    }
}
