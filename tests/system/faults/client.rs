//! A client that does not give up: it asks again with the same key until it is answered, and remembers all it was told.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bytes::Bytes;
use proto::digest::Digest;
use proto::message::Target;
use proto::wire::Receipt;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::children::PATIENCE;

/// Within this an answer must be there, whatever has failed: the gateway's own limit, and time for a busy machine.
const DEADLINE: Duration = Duration::from_secs(30);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(100);
/// A token is asked for anew after this; it lives longer.
const FRESH: Duration = Duration::from_secs(200);

/// A command before it is sent.
#[derive(Debug, Clone)]
pub struct Act {
    pub government: &'static str,
    pub role: &'static str,
    pub target: Target,
    pub command: Value,
}

/// What came of a command, as far as its client knows.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// It was acknowledged, with these bytes.
    Done(Bytes),
    /// A rule said no.
    Refused(String),
    /// It failed and was not asked for again.
    Unknown,
}

/// A command and what came of it.
#[derive(Debug, Clone)]
pub struct Told {
    /// In which round, and by which of its writers.
    pub when: String,
    pub act: Act,
    pub key: String,
    pub outcome: Outcome,
    /// How often it failed before.
    pub failures: usize,
}

impl Told {
    /// The id under which the ledger has it: who, to what, with which key.
    pub fn command_id(&self) -> Digest {
        let who = format!("official:{}-{}", self.act.government, self.act.role);
        Digest::of_json(&(who, self.act.target.path(), &self.key)).unwrap()
    }
}

/// A client of a platform, with one memory for all its clones.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    address: String,
    tokens: Arc<Mutex<HashMap<String, (String, Instant)>>>,
    told: Arc<Mutex<Vec<Told>>>,
    failed: Arc<AtomicU64>,
}

enum Answer {
    Final(Outcome),
    Again,
}

impl Client {
    pub fn new(address: &str) -> Self {
        let http = reqwest::Client::builder().timeout(DEADLINE).build().unwrap();
        Self { http, address: address.to_owned(), tokens: Arc::default(), told: Arc::default(), failed: Arc::default() }
    }

    /// All that it was told so far.
    pub fn told(&self) -> Vec<Told> {
        self.told.lock().unwrap().clone()
    }

    /// How many commands have failed so far, each try counted.
    pub fn failed(&self) -> u64 {
        self.failed.load(Ordering::Relaxed)
    }

    /// Does something, whatever it takes, and answers the receipt.
    pub async fn done(&self, when: &str, act: Act) -> Receipt {
        match self.act(when, act.clone(), usize::MAX).await {
            Outcome::Done(receipt) => serde_json::from_slice(&receipt).unwrap(),
            other => panic!("{when}: {act:?}: {other:?}"),
        }
    }

    /// Does something. After so many failures it leaves it at that and does not know.
    pub async fn act(&self, when: &str, act: Act, tries: usize) -> Outcome {
        let key = runtime::clock::uuid().to_string();
        let start = Instant::now();
        let mut failures = 0;
        let outcome = loop {
            if let Answer::Final(outcome) = self.ask(&act, &key).await {
                break outcome;
            }
            failures += 1;
            self.failed.fetch_add(1, Ordering::Relaxed);
            if failures >= tries {
                break Outcome::Unknown;
            }
            assert!(start.elapsed() < PATIENCE, "{when}: still not answered: {act:?}");
            tokio::time::sleep(PAUSE).await;
        };
        self.told.lock().unwrap().push(Told { when: when.to_owned(), act, key, outcome: outcome.clone(), failures });
        outcome
    }

    /// Asks once more for what was done already.
    pub async fn again(&self, told: &Told) -> Outcome {
        let start = Instant::now();
        loop {
            if let Answer::Final(outcome) = self.ask(&told.act, &told.key).await {
                return outcome;
            }
            assert!(start.elapsed() < PATIENCE, "not answered again: {told:?}");
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn ask(&self, act: &Act, key: &str) -> Answer {
        let Some(token) = self.token(act.government, act.role).await else { return Answer::Again };
        let url = format!("{}/api/v1/{}/commands", self.address, act.target.path());
        let body = json!({ "command": act.command });
        let request = self.http.post(url).bearer_auth(token).header("Idempotency-Key", key).json(&body);
        let Some((status, bytes)) = answered(request).await else { return Answer::Again };
        if status.is_success() {
            return Answer::Final(Outcome::Done(bytes));
        }
        let code = failed(status, &bytes);
        if status == StatusCode::SERVICE_UNAVAILABLE { Answer::Again } else { Answer::Final(Outcome::Refused(code)) }
    }

    /// Reads something, as soon as it can be read. None: there is nothing for this person.
    pub async fn read(&self, government: &str, role: &str, path: &str) -> Option<Value> {
        let start = Instant::now();
        loop {
            if let Some(token) = self.token(government, role).await
                && let Some((status, bytes)) = answered(self.http.get(format!("{}{path}", self.address)).bearer_auth(token)).await
            {
                match status {
                    StatusCode::OK => {
                        return Some(
                            serde_json::from_slice(&bytes).unwrap_or_else(|_| Value::from(String::from_utf8(bytes.into()).unwrap())),
                        );
                    }
                    StatusCode::NOT_FOUND => return None,
                    _ => failed(status, &bytes),
                };
            }
            assert!(start.elapsed() < PATIENCE, "{path} cannot be read");
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn token(&self, government: &str, role: &str) -> Option<String> {
        let official = format!("{government}-{role}");
        let known = self.tokens.lock().unwrap().get(&official).cloned();
        if let Some((token, _)) = known.filter(|(_, since)| since.elapsed() < FRESH) {
            return Some(token);
        }
        let asked = json!({ "official": official, "government": government });
        let (status, bytes) = answered(self.http.post(format!("{}/api/v1/sign-in", self.address)).json(&asked)).await?;
        let answer: Value = serde_json::from_slice(&bytes).ok().filter(|_| status.is_success())?;
        let token = answer["token"].as_str()?.to_owned();
        self.tokens.lock().unwrap().insert(official, (token.clone(), Instant::now()));
        Some(token)
    }
}

/// The answer, if the gateway was there to give one. It must not take its time.
async fn answered(request: reqwest::RequestBuilder) -> Option<(StatusCode, Bytes)> {
    let result = async {
        let response = request.send().await?;
        Ok::<_, reqwest::Error>((response.status(), response.bytes().await?))
    };
    let result = result.await;
    assert!(!result.as_ref().is_err_and(reqwest::Error::is_timeout), "no answer within {} s", DEADLINE.as_secs());
    result.ok()
}

/// The code of a refusal or failure. Failures are typed: nothing is ever just "wrong".
fn failed(status: StatusCode, bytes: &Bytes) -> String {
    let problem: Value = serde_json::from_slice(bytes).unwrap_or_default();
    let code = problem["code"].as_str().unwrap_or_default().to_owned();
    let text = String::from_utf8_lossy(bytes);
    assert!(!code.is_empty(), "{status} without a code: {text}");
    assert!(!status.is_server_error() || code == "unavailable", "{status}: {text}");
    code
}
