//! Following the ledger: fold what is new, react, keep the position; and act when a date has passed.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use async_nats::HeaderMap;
use futures::StreamExt as _;
use jiff::Timestamp;
use lru::LruCache;
use proto::actor::Service;
use proto::entry::Cause;
use proto::stream::Stream;
use proto::wire::{Failure, Page, Read, Reply};
use tokio::sync::watch;

use crate::bus::{Bus, unavailable};
use crate::clock::Civil;
use crate::desk::Desk;
use crate::platform::Platform;
use crate::rows::Row;
use crate::view::{Projector, View};

/// Entries asked for at once.
const PAGE: u32 = 500;
/// Without a hint the ledger is asked this often, so that lost announcements lose nothing.
const TICK: Duration = Duration::from_millis(500);
/// After something new there is this much time for more to come, which is then taken in together: a view costs a transaction, not one an entry.
const PACE: Duration = Duration::from_millis(20);

/// How far a view has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// The position of the first entry that is not in the view yet.
    pub next: u64,
    /// The position the next entry of the ledger gets, as it was heard last.
    pub head: u64,
    /// How often it was heard.
    pub heard: u64,
}

/// What is due and was refused may be allowed later without anything happening in its own stream, so it is asked for again after this. With the
/// same key, so what was accepted is not done twice.
const AGAIN: Duration = Duration::from_mins(1);
/// Rows looked at together.
const ROWS: u64 = 100;

/// A follower of the ledger for one service.
pub struct Follower<D: View> {
    bus: Bus,
    desk: Desk,
    civil: Arc<Civil>,
    projector: Projector<D>,
    reached: watch::Sender<Reached>,
    sent: Mutex<LruCache<String, Instant>>,
    reacts: bool,
}

impl<D: View> Follower<D> {
    /// A follower from where the view stands, and a watch on the position it has reached.
    ///
    /// # Errors
    /// When keys are missing or the database cannot be read.
    pub fn new(platform: &Platform, bus: Bus, projector: Projector<D>) -> anyhow::Result<(Self, watch::Receiver<Reached>)> {
        let (reached, watched) = watch::channel(Reached { next: projector.next(), head: projector.next(), heard: 0 });
        let sent = Mutex::new(LruCache::new(NonZeroUsize::new(4096).unwrap_or(NonZeroUsize::MIN)));
        let desk = Desk::new(bus.clone(), platform.issuer(D::SERVICE)?);
        Ok((Self { bus, desk, civil: Arc::clone(&platform.civil), projector, reached, sent, reacts: true }, watched))
    }

    /// Follows until the platform shuts down.
    pub async fn run(mut self, platform: Platform) {
        let mut hints = None;
        let mut tick = tokio::time::interval(TICK);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            if hints.is_none() {
                hints = self.bus.client().subscribe(self.bus.subjects().head()).await.ok();
            }
            let before = self.projector.next();
            let ticked = tokio::select! {
                () = platform.soft.cancelled() => return drop(self.projector.keep().await),
                // The page that is asked for next says how the calendar stands.
                () = next_hint(&mut hints) => false,
                _ = tick.tick() => true,
            };
            if let Err(error) = self.take_in(ticked).await
                && !platform.soft.is_cancelled()
            {
                tracing::warn!(service = D::SERVICE.name(), error = %error, "view.behind");
                tokio::time::sleep(TICK).await;
            }
            if self.projector.next() > before {
                tokio::time::sleep(PACE).await;
            }
        }
    }

    /// Dates pass with time, and when the calendar is set.
    async fn take_in(&mut self, ticked: bool) -> anyhow::Result<()> {
        let offset = self.civil.offset_ms();
        self.catch_up().await?;
        if ticked {
            self.projector.keep().await?;
        }
        if ticked || offset != self.civil.offset_ms() {
            self.lapse().await;
        }
        Ok(())
    }

    /// Folds and reacts until nothing is new.
    ///
    /// # Errors
    /// When the ledger, the database or a service that should react does not answer; nothing is lost then, the same is tried again.
    pub async fn catch_up(&mut self) -> anyhow::Result<()> {
        loop {
            let page = self.page().await?;
            self.civil.follow(page.offset_ms);
            if page.complete_to <= self.projector.next() {
                self.say(page.head);
                return Ok(());
            }
            let (changes, reactions) = self.projector.fold(&page.entries, page.complete_to).await?;
            let reacted = self.projector.reacted();
            for reaction in reactions.into_iter().filter(|r| self.reacts && r.cause >= reacted) {
                let key = format!("cause:{}:{}", reaction.cause, reaction.nth);
                self.desk.issue(&reaction.target, reaction.command, Cause::Entry(reaction.cause), &key).await?;
            }
            self.projector.commit(changes).await?;
            metrics::gauge!("interlocal_view_position", "service" => D::SERVICE.name()).set(lossy(self.projector.next()));
            self.say(page.head);
            if page.complete_to >= page.head {
                return Ok(());
            }
        }
    }

    fn say(&self, head: u64) {
        self.reached.send_modify(|reached| *reached = Reached { next: self.projector.next(), head, heard: reached.heard + 1 });
    }

    async fn page(&self) -> Result<Page, Failure> {
        let kinds = D::kinds().into_iter().map(str::to_owned).collect();
        let question = Read { from: self.projector.next(), kinds, limit: PAGE };
        let subject = self.bus.subjects().query(Service::Ledger, "read");
        match self.bus.ask(Service::Ledger, subject, HeaderMap::new(), &question).await? {
            Reply::Ok(page) => Ok(page),
            Reply::Failed(failure) => Err(failure),
            Reply::Refused(_) => Err(unavailable(Service::Ledger)),
        }
    }

    /// Issues what is due. A deadline binds by itself; these commands only record that it has passed.
    async fn lapse(&self) {
        let at = self.civil.now();
        let mut after = String::new();
        while let Ok(rows) = self.projector.rows().overdue(at.as_millisecond(), &after, ROWS).await {
            let Some(last) = rows.last() else { return };
            after.clone_from(&last.key);
            for row in rows {
                self.lapse_in(&row, at).await;
            }
        }
    }

    async fn lapse_in(&self, row: &Row, at: Timestamp) {
        let (Ok(stream), Ok(state)) = (row.key.parse::<Stream>(), serde_json::from_str::<D::State>(&row.body)) else { return };
        for (nth, (cause, target, command)) in D::overdue(&stream, &state, at).into_iter().enumerate() {
            let key = format!("due:{cause}:{nth}:{}", row.position);
            if self.tried(&key) {
                continue;
            }
            if let Err(failure) = self.desk.issue(&target, command, Cause::Due(cause), &key).await {
                tracing::warn!(error = %failure, "lapse.delayed");
                self.sent().pop(&key);
            }
        }
    }

    /// Whether this was tried a moment ago. If not, it counts as tried now.
    fn tried(&self, key: &str) -> bool {
        let mut sent = self.sent();
        if sent.get(key).is_some_and(|then| then.elapsed() < AGAIN) {
            return true;
        }
        sent.put(key.to_owned(), Instant::now());
        false
    }

    fn sent(&self) -> MutexGuard<'_, LruCache<String, Instant>> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn next_hint(hints: &mut Option<async_nats::Subscriber>) {
    let Some(subscription) = hints else { return std::future::pending().await };
    if subscription.next().await.is_none() {
        *hints = None;
        return;
    }
    // Hints that came in the meantime say no more than the last one.
    while let Some(Some(_)) = futures::FutureExt::now_or_never(subscription.next()) {}
}

#[expect(clippy::cast_precision_loss, reason = "a gauge; positions stay far below 2^52")]
fn lossy(position: u64) -> f64 {
    position as f64
}
