//! A script against a running platform, over HTTP only, each person with their own token.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use proto::calendar;
use proto::entry::{Document, Occurred};
use proto::id::CaseId;
use proto::message::{Command, Target};
use proto::stream::Stream;
use proto::wire::{Receipt, Submission};
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};

use super::script::Act;
use super::stage::Outcome;

/// How long the platform may take to do something by itself.
const PATIENCE: Duration = Duration::from_secs(20);
/// A token is asked for anew after this; it lives longer.
const FRESH: Duration = Duration::from_secs(200);

/// A client of a platform.
pub struct Http {
    client: Client,
    base: String,
    tokens: HashMap<String, (String, Instant)>,
    reader: Option<(String, String)>,
    seen: u64,
    last: u64,
}

impl Http {
    /// A client of the platform at this address, such as `http://127.0.0.1:8080`.
    ///
    /// # Errors
    /// When no client can be made.
    pub fn new(base: &str) -> anyhow::Result<Self> {
        let client = Client::builder().timeout(Duration::from_secs(30)).build()?;
        Ok(Self { client, base: base.trim_end_matches('/').to_owned(), tokens: HashMap::new(), reader: None, seen: 0, last: 0 })
    }

    /// Waits until the platform is ready and its register is entered.
    ///
    /// # Errors
    /// When it does not become ready.
    pub async fn ready(&mut self) -> anyhow::Result<()> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            let ready = self.client.get(format!("{}/readyz", self.base)).send().await.is_ok_and(|r| r.status().is_success());
            if ready && self.token("interlocal-office", "administrator").await.is_ok() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        anyhow::bail!("the platform at {} does not become ready: see {}/readyz", self.base, self.base)
    }

    /// A token of this person.
    ///
    /// # Errors
    /// When the platform does not sign them in.
    pub async fn token(&mut self, government: &str, role: &str) -> anyhow::Result<String> {
        let official = format!("{government}-{role}");
        if let Some((token, since)) = self.tokens.get(&official)
            && since.elapsed() < FRESH
        {
            return Ok(token.clone());
        }
        let asked = json!({ "official": official, "government": government });
        let response = self.client.post(format!("{}/api/v1/sign-in", self.base)).json(&asked).send().await?;
        let answer: Value = checked(response).await?.json().await?;
        let token = answer.get("token").and_then(Value::as_str).unwrap_or_default().to_owned();
        self.tokens.insert(official, (token.clone(), Instant::now()));
        Ok(token)
    }

    pub(super) async fn date(&mut self, to: Timestamp) -> anyhow::Result<()> {
        let token = self.token("interlocal-office", "administrator").await?;
        let command = Command::Calendar(calendar::Command::SetCalendar { to });
        match self.post(&token, &Target::Calendar, &Submission::from(command)).await? {
            Outcome::Done(_) => Ok(()),
            Outcome::Refused(code, params) => anyhow::bail!("the calendar refuses: {code} {params}"),
        }
    }

    pub(super) async fn act(
        &mut self,
        act: &Act,
        target: &Target,
        command: Command,
        occurred: Option<Occurred>,
    ) -> anyhow::Result<Outcome> {
        let token = self.token(&act.government, &act.role).await?;
        let outcome = self.post(&token, target, &Submission { occurred, ..Submission::from(command) }).await?;
        if matches!((&outcome, target), (Outcome::Done(_), Target::Case(_))) {
            self.reader = Some((act.government.clone(), act.role.clone()));
        }
        Ok(outcome)
    }

    async fn post(&mut self, token: &str, target: &Target, submission: &Submission) -> anyhow::Result<Outcome> {
        let url = format!("{}/api/v1/{}/commands", self.base, target.path());
        let key = runtime::clock::uuid().to_string();
        let request = self.client.post(url).bearer_auth(token).header("Idempotency-Key", key).json(submission);
        let response = request.send().await?;
        let status = response.status();
        if status.is_success() {
            let receipt: Receipt = response.json().await?;
            self.last = receipt.position;
            return Ok(Outcome::Done(receipt.events.iter().map(serde_json::to_value).collect::<Result<_, _>>()?));
        }
        let problem: Value = response.json().await?;
        let code = problem.get("code").and_then(Value::as_str).unwrap_or_default().to_owned();
        anyhow::ensure!(
            matches!(status, StatusCode::CONFLICT | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND) && code.contains('.'),
            "{status}: {problem}"
        );
        Ok(Outcome::Refused(code, problem.get("params").cloned().unwrap_or_default()))
    }

    pub(super) async fn keep(&mut self, act: &Act, case: CaseId, text: &str) -> anyhow::Result<Document> {
        let token = self.token(&act.government, &act.role).await?;
        let url = format!("{}/api/v1/documents?audience={}", self.base, Stream::Case(case).to_string().replace('/', "%2F"));
        let request = self.client.post(url).bearer_auth(token).header("Content-Type", "text/plain; charset=utf-8").body(text.to_owned());
        Ok(checked(request.send().await?).await?.json().await?)
    }

    pub(super) async fn happened(&mut self, case: CaseId, kind: &str) -> anyhow::Result<Value> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            let page = self.get(&format!("/api/v1/cases/{case}/entries?from={}", self.seen)).await?;
            for read in page.get("entries").and_then(Value::as_array).into_iter().flatten() {
                let entry: Value = serde_json::from_str(read.get("entry").and_then(Value::as_str).unwrap_or_default())?;
                // Of a sealed entry, what whoever reads may open.
                let events = entry.pointer("/body/open/events").or_else(|| read.pointer("/act/events"));
                let events = events.and_then(Value::as_array).cloned().unwrap_or_default();
                let wanted = events.into_iter().find(|event| kind_of(event) == Some(kind));
                if let (Some(event), Some(position)) = (wanted, entry.get("position").and_then(Value::as_u64)) {
                    self.seen = position + 1;
                    self.last = self.last.max(position);
                    return Ok(event);
                }
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        anyhow::bail!("`{kind}` did not happen within {} s", PATIENCE.as_secs())
    }

    pub(super) async fn room(&mut self, name: &str, case: CaseId) -> anyhow::Result<Value> {
        self.get(&format!("/api/v1/cases/{case}/{name}?at_least={}", self.last)).await
    }

    pub(super) async fn difference(&mut self, case: CaseId, from: u32, to: u32) -> anyhow::Result<Value> {
        self.get(&format!("/api/v1/cases/{case}/diff?from={from}&to={to}&at_least={}", self.last)).await
    }

    /// Reads in the name of whoever acted in the case last.
    async fn get(&mut self, path: &str) -> anyhow::Result<Value> {
        let (government, role) = self.reader.clone().ok_or_else(|| anyhow::anyhow!("nobody has acted in the case yet"))?;
        let token = self.token(&government, &role).await?;
        let response = self.client.get(format!("{}{path}", self.base)).bearer_auth(token).send().await?;
        Ok(checked(response).await?.json().await?)
    }
}

fn kind_of(event: &Value) -> Option<&str> {
    let (_, inner) = event.as_object()?.iter().next()?;
    inner.as_str().or_else(|| inner.as_object()?.keys().next().map(String::as_str))
}

async fn checked(response: Response) -> anyhow::Result<Response> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    anyhow::bail!("{status}: {}", response.text().await.unwrap_or_default())
}
