//! The live stream (server-sent events): entries as they come, and how far long computations have come. Programs get the entries themselves; open
//! pages get only which case has changed and in a word by what, since they read again what they show.

use std::convert::Infallible;
use std::time::{Duration, Instant};

use async_nats::Subscriber;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::{FutureExt as _, Stream as Sequence, StreamExt as _, stream};
use proto::access;
use proto::actor::Service;
use proto::wire::{Failure, Progress, Unanswered};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::changes::{self, Change};
use crate::edge::{Edge, SignedIn, Spoken};
use crate::problem::Language;
use crate::record::{Entries, Paging, Read, question};
use crate::session::Session;

/// Without a hint the ledger is asked this often.
const TICK: Duration = Duration::from_secs(2);
/// A page hears something at least this often.
const BEAT: Duration = Duration::from_secs(10);
/// Hints of so long are answered together, so that a busy ledger is not asked after each of its batches by every open page.
const TOGETHER: Duration = Duration::from_millis(100);

/// Every entry this reader may read, as it comes, and the progress of what its own body has computed beside. Resumes after `Last-Event-ID`. Who may read
/// what is asked anew for every page, so a token that has expired ends the stream.
pub async fn live(State(edge): State<Edge>, Query(paging): Query<Paging>, headers: HeaderMap, who: SignedIn) -> impl IntoResponse {
    let resumed = headers.get("last-event-id").and_then(|v| v.to_str().ok()).and_then(|v| v.parse::<u64>().ok());
    let from = resumed.map_or(paging.from, |position| position.saturating_add(1));
    Sse::new(follow(edge, who, from, Shown::Whole)).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

/// From where an open page wants to hear what has changed.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Since {
    /// From this position on; left out: from now on.
    pub from: Option<u64>,
    /// Language of texts, `en` or `ko`.
    pub lang: Option<String>,
}

/// What has changed, for open pages: `open` first, with who listens and from where; then `change` with position, case and what happened in a word; and
/// `progress`. Something comes at least every ten seconds (`beat`), so that a page notices when the connection is lost. A sign-in by cookie is
/// looked at anew each time, and never prolonged by it: a page left open must not keep anyone signed in.
pub async fn changes(
    State(edge): State<Edge>,
    Query(since): Query<Since>,
    Spoken(language): Spoken,
    headers: HeaderMap,
    who: SignedIn,
) -> impl IntoResponse {
    let from = match since.from {
        Some(from) => from,
        None => changes::now(&edge).await,
    };
    let session = headers.get(header::AUTHORIZATION).is_none().then(|| edge.0.sessions.of(&headers)).flatten();
    Sse::new(follow(edge, who, from, Shown::Changes { language, session }))
}

/// What a listener gets of an entry.
enum Shown {
    /// All of it.
    Whole,
    /// That it is there.
    Changes { language: Language, session: Option<Session> },
}

fn follow(edge: Edge, who: SignedIn, from: u64, shown: Shown) -> impl Sequence<Item = Result<Event, Infallible>> {
    let begun = stream::once(async move { Live::begin(edge, who, from, shown).await });
    begun.flat_map(|live| match live {
        Ok(live) => run(live).left_stream(),
        Err(failure) => stream::iter([Ok(end(&failure))]).right_stream(),
    })
}

fn run(live: Live) -> impl Sequence<Item = Result<Event, Infallible>> {
    stream::unfold(Some(live), |live| async move {
        let mut live = live?;
        match live.next().await {
            Ok(events) => Some((events, Some(live))),
            Err(failure) => Some((vec![end(&failure)], None)),
        }
    })
    .flat_map(|events| stream::iter(events.into_iter().map(Ok)))
}

fn end(why: &Unanswered) -> Event {
    Event::default().event("end").data(why.code())
}

/// A reader's stream, and where it stands.
struct Live {
    edge: Edge,
    who: SignedIn,
    from: u64,
    shown: Shown,
    opened: bool,
    heads: Subscriber,
    progress: Subscriber,
    said: Instant,
}

impl Live {
    async fn begin(edge: Edge, who: SignedIn, from: u64, shown: Shown) -> Result<Self, Unanswered> {
        let bus = &edge.0.bus;
        let subscribe = async |subject: String| bus.client().subscribe(subject).await.map_err(|_| unavailable());
        let (heads, progress) = (subscribe(bus.subjects().head()).await?, subscribe(bus.subjects().progress()).await?);
        Ok(Self { edge, who, from, shown, opened: false, heads, progress, said: Instant::now() })
    }

    /// What comes next; waits for a hint when there is nothing.
    async fn next(&mut self) -> Result<Vec<Event>, Unanswered> {
        let events = self.find().await?;
        self.said = Instant::now();
        Ok(events)
    }

    async fn find(&mut self) -> Result<Vec<Event>, Unanswered> {
        loop {
            self.renew()?;
            let question = question(&Paging { from: self.from, ..Paging::default() }, None);
            let page: Entries = self.edge.ask(&self.who, Service::Ledger, "entries", &question).await?;
            if let Some(open) = self.open() {
                // Nothing is passed over: the page is asked for once more.
                return Ok(vec![open]);
            }
            // Other people's entries are passed over, and perhaps more of them than one page looks through.
            let passed = page.next > self.from;
            self.from = page.next;
            if !page.entries.is_empty() {
                return Ok(self.events(&page).await);
            }
            if self.edge.0.soft.is_cancelled() {
                return Err(unavailable());
            }
            if passed {
                continue;
            }
            if let Some(event) = self.wait().await {
                return Ok(vec![event]);
            }
        }
    }

    /// Waits until there may be something new; meanwhile there may be progress to tell of, or a sign of life.
    async fn wait(&mut self) -> Option<Event> {
        let pages = matches!(self.shown, Shown::Changes { .. });
        tokio::select! {
            _ = self.heads.next() => {
                if pages {
                    tokio::time::sleep(TOGETHER).await;
                    while self.heads.next().now_or_never().flatten().is_some() {}
                }
                None
            }
            Some(message) = self.progress.next() => self.progress_of(&message.payload),
            () = tokio::time::sleep(TICK) => {
                (pages && self.said.elapsed() >= BEAT).then(|| Event::default().event("beat").data(self.from.to_string()))
            }
        }
    }

    /// For a page the sign-in of its cookie counts, and its token is made anew before it expires; else the token itself counts.
    fn renew(&mut self) -> Result<(), Failure> {
        let Shown::Changes { session: Some(session), .. } = &self.shown else { return Ok(()) };
        let sessions = &self.edge.0.sessions;
        if !sessions.holds(session) {
            return Err(Failure::Unauthenticated { why: "the sign-in is over".to_owned() });
        }
        self.who.token = sessions.token(&self.edge.0.issuer, session)?;
        Ok(())
    }

    /// Once, to a page: who listens, and from where.
    fn open(&mut self) -> Option<Event> {
        let first = !std::mem::replace(&mut self.opened, true);
        let access::Asker::Person { official, government } = &self.who.asker else { return None };
        let who = json!({ "person": format!("{official} {government}"), "from": self.from });
        (first && matches!(self.shown, Shown::Changes { .. })).then(|| Event::default().event("open").data(who.to_string()))
    }

    async fn events(&self, page: &Entries) -> Vec<Event> {
        match &self.shown {
            Shown::Whole => page.entries.iter().map(entry).collect(),
            Shown::Changes { language, .. } => {
                let bodies = self.edge.bodies().await.unwrap_or_default();
                page.entries.iter().filter_map(|read| Change::of(read, &bodies, *language)).map(|change| told(&change)).collect()
            }
        }
    }

    /// Progress is of someone's own stream, and is heard by whoever reads that.
    fn progress_of(&self, payload: &[u8]) -> Option<Event> {
        let progress: Progress = serde_json::from_slice(payload).ok()?;
        access::may_read(&progress.stream, &self.who.asker, &access::Readers::default(), &[]).ok()?;
        Some(Event::default().event("progress").data(serde_json::to_string(&progress).ok()?))
    }
}

fn unavailable() -> Unanswered {
    Failure::Unavailable { part: "live stream".into() }.into()
}

fn entry(read: &Read) -> Event {
    let entry: Value = serde_json::from_str(&read.entry).unwrap_or_default();
    let id = entry.get("position").map(ToString::to_string).unwrap_or_default();
    let data = serde_json::to_string(read).unwrap_or_default();
    Event::default().event("entry").id(id).data(data)
}

fn told(change: &Change) -> Event {
    Event::default().event("change").id(change.position.to_string()).data(serde_json::to_string(change).unwrap_or_default())
}
