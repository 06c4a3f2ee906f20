//! The live stream (server-sent events): entries as they come, and how far long computations have come.

use std::convert::Infallible;
use std::time::Duration;

use async_nats::Subscriber;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::{Stream as Sequence, StreamExt as _, stream};
use proto::access;
use proto::actor::Service;
use proto::wire::{Failure, Progress, Unanswered};
use serde_json::Value;

use crate::edge::{Edge, SignedIn};
use crate::record::{Entries, Paging, Read, question};

/// Without a hint the ledger is asked this often.
const TICK: Duration = Duration::from_secs(2);

/// Every entry this reader may read, as it comes, and the progress of what its own body has computed beside. Resumes after `Last-Event-ID`. Who may read
/// what is asked anew for every page, so a token that has expired ends the stream.
pub async fn live(State(edge): State<Edge>, Query(paging): Query<Paging>, headers: HeaderMap, who: SignedIn) -> impl IntoResponse {
    let resumed = headers.get("last-event-id").and_then(|v| v.to_str().ok()).and_then(|v| v.parse::<u64>().ok());
    let from = resumed.map_or(paging.from, |position| position.saturating_add(1));
    Sse::new(follow(edge, who, from)).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

fn follow(edge: Edge, who: SignedIn, from: u64) -> impl Sequence<Item = Result<Event, Infallible>> {
    let begun = stream::once(async move { Live::begin(edge, who, from).await });
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
    heads: Subscriber,
    progress: Subscriber,
}

impl Live {
    async fn begin(edge: Edge, who: SignedIn, from: u64) -> Result<Self, Unanswered> {
        let bus = &edge.0.bus;
        let subscribe = async |subject: String| bus.client().subscribe(subject).await.map_err(|_| unavailable());
        let (heads, progress) = (subscribe(bus.subjects().head()).await?, subscribe(bus.subjects().progress()).await?);
        Ok(Self { edge, who, from, heads, progress })
    }

    /// What comes next; waits for a hint when there is nothing.
    async fn next(&mut self) -> Result<Vec<Event>, Unanswered> {
        loop {
            let question = question(&Paging { from: self.from, ..Paging::default() }, None);
            let page: Entries = self.edge.ask(&self.who, Service::Ledger, "entries", &question).await?;
            // Other people's entries are passed over, and perhaps more of them than one page looks through.
            let passed = page.next > self.from;
            self.from = page.next;
            if !page.entries.is_empty() {
                return Ok(page.entries.iter().map(entry).collect());
            }
            if self.edge.0.soft.is_cancelled() {
                return Err(unavailable());
            }
            if passed {
                continue;
            }
            tokio::select! {
                _ = self.heads.next() => {}
                Some(message) = self.progress.next() => {
                    if let Some(event) = self.progress_of(&message.payload) {
                        return Ok(vec![event]);
                    }
                }
                () = tokio::time::sleep(TICK) => {}
            }
        }
    }

    /// Progress is of someone's own stream, and is heard by whoever reads that.
    fn progress_of(&self, payload: &[u8]) -> Option<Event> {
        let progress: Progress = serde_json::from_slice(payload).ok()?;
        access::may_read(&progress.stream, &self.who.asker, &access::Readers::default()).ok()?;
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
