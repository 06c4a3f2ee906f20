//! The ledger on the bus: appends, reads for services, questions of readers, the calendar, announcements.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_nats::HeaderMap;
use async_nats::service::ServiceExt as _;
use proto::access::Asker;
use proto::actor::Service;
use proto::message::{Command, Target};
use proto::wire::{self, Append, Current, Failure, Head, Health, Read, ReadStream, Reply, Submission, Versions};
use runtime::bus::{Bus, unavailable};
use runtime::config::Mode;
use runtime::decider::Decider;
use runtime::host::{Host, Request};
use runtime::platform::Platform;
use runtime::serve::{answer, to_bytes};
use runtime::token::Verifier;
use serde::Deserialize;
use tokio::sync::broadcast::error::RecvError;

use crate::calendar::{Demo, Production};
use crate::desk::Desk;
use crate::reading::stored_head;
use crate::{Ledger, Settings};

/// Between two announcements.
const PACE: Duration = Duration::from_millis(5);

/// Runs the ledger until the platform shuts down.
///
/// # Errors
/// When it cannot start: keys, database, bus.
pub async fn serve(platform: &Platform) -> anyhow::Result<()> {
    let bus = platform.bus(Service::Ledger).await?;
    let ledger = Ledger::open(Settings::of(&platform.settings)).await?;
    platform.civil.follow(ledger.head().offset_ms);
    let started = bus.client().service_builder().description("Interlocal").start("ledger", env!("CARGO_PKG_VERSION")).await;
    let micro = started.map_err(|e| anyhow::anyhow!("ledger: {e}"))?;
    let endpoint = async |name: &str, subject: String| {
        micro.endpoint_builder().name(name).add(subject).await.map_err(|e| anyhow::anyhow!("ledger: {e}"))
    };
    let appends = endpoint("append", bus.subjects().appends()).await?;
    let queries = endpoint("queries", bus.subjects().query(Service::Ledger, ">")).await?;
    let commands = endpoint("commands", bus.subjects().command(Service::Ledger, ">")).await?;

    let room = Arc::new(Room {
        desk: Desk::new(ledger.clone()),
        ledger: ledger.clone(),
        verifier: platform.verifier()?,
        begun: AtomicBool::new(false),
    });
    let (writing, beginning) = (Arc::clone(&room), Arc::clone(&room));
    platform.tasks.spawn(answer(platform.clone(), appends, move |subject, _, payload| {
        let room = Arc::clone(&writing);
        async move { to_bytes(&room.append(&subject, &payload).await.map_or_else(Reply::Failed, Reply::Ok)) }
    }));
    platform.tasks.spawn(answer(platform.clone(), queries, move |subject, headers, payload| {
        let room = Arc::clone(&room);
        async move { room.answer(&subject, headers.as_ref(), &payload).await.unwrap_or_else(|failure| to_bytes(&Reply::<()>::Failed(failure))) }
    }));
    match platform.settings.deployment.mode {
        Mode::Demo => begin(platform, &ledger, &*calendar::<Demo>(platform, &bus, commands)?).await?,
        Mode::Production => drop(calendar::<Production>(platform, &bus, commands)?),
    }
    beginning.begun.store(true, Ordering::Release);
    platform.tasks.spawn(announce(platform.clone(), bus.clone(), ledger.clone()));
    let (watched, connected) = (ledger.clone(), bus);
    platform.watch(move || {
        let read_only = watched.read_only().map(|why| format!("read-only: {why}")).into_iter().collect();
        Health { service: Service::Ledger, ready: connected.is_connected(), position: watched.head().head, parked: read_only }
    });
    let soft = platform.soft.clone();
    platform.tasks.spawn(async move {
        soft.cancelled().await;
        let _ = micro.stop().await;
        // Services finish what is under way and may still append; the writer ends when all of it is answered.
        tokio::time::sleep(Duration::from_millis(300)).await;
        ledger.close().await;
    });
    Ok(())
}

fn calendar<D: Decider>(platform: &Platform, bus: &Bus, commands: async_nats::service::endpoint::Endpoint) -> anyhow::Result<Arc<Host<D>>> {
    let host = Arc::new(Host::<D>::new(bus.clone(), platform.verifier()?, Arc::clone(&platform.civil), platform.settings.cache.streams));
    let at_work = Arc::clone(&host);
    platform.tasks.spawn(answer(platform.clone(), commands, move |subject, headers, payload| {
        let host = Arc::clone(&at_work);
        async move { to_bytes(&host.handle(&subject, headers.as_ref(), &payload).await) }
    }));
    Ok(host)
}

/// A new demo ledger begins where its settings say: the first entry, before any other can be dated today.
async fn begin(platform: &Platform, ledger: &Ledger, host: &Host<Demo>) -> anyhow::Result<()> {
    let start = &platform.settings.deployment.calendar;
    if start.is_empty() || ledger.head().head > 0 {
        return Ok(());
    }
    let to = start.parse().map_err(|e| anyhow::anyhow!("[deployment] calendar = \"{start}\": {e}"))?;
    let command = Command::Calendar(proto::calendar::Command::SetCalendar { to });
    let asker = Asker::Service(Service::Ledger);
    let request = Request { asker, target: Target::Calendar, key: "begin".into(), submission: Submission::from(command) };
    match host.submit(request).await {
        Reply::Ok(_) => Ok(()),
        other => anyhow::bail!("the calendar cannot begin at {start}: {other:?}"),
    }
}

fn read<T: for<'de> Deserialize<'de>>(payload: &[u8]) -> Result<T, Failure> {
    serde_json::from_slice(payload).map_err(|e| Failure::Malformed { detail: e.to_string() })
}

struct Room {
    desk: Desk,
    ledger: Ledger,
    verifier: Verifier,
    /// Whether the calendar stands. Before, nobody but the ledger itself may write, or learn what day it is.
    begun: AtomicBool,
}

impl Room {
    /// The subject says who writes, and the bus lets nobody else publish to it.
    async fn append(&self, subject: &str, payload: &[u8]) -> Result<Vec<wire::Appended>, Failure> {
        let service = subject.rsplit('.').next().and_then(Service::named).ok_or(Failure::NotFound)?;
        if service != Service::Ledger {
            self.has_begun()?;
        }
        let items: Vec<Append> = read(payload)?;
        self.ledger.append(items.into_iter().map(|item| (service, item)).collect()).await
    }

    fn has_begun(&self) -> Result<(), Failure> {
        if self.begun.load(Ordering::Acquire) { Ok(()) } else { Err(unavailable(Service::Ledger)) }
    }

    /// The calendar may have been set through another process, so it is read where that has written it.
    async fn current(&self, asked: &Versions) -> Result<Current, Failure> {
        let versions = self.ledger.versions(asked).await?;
        let head = stored_head(&self.ledger.inner.read).await;
        let Head { offset_ms, .. } = self.ledger.inner.answer("ledger.head_failed", head)?;
        Ok(Current { versions, offset_ms })
    }

    async fn answer(&self, subject: &str, headers: Option<&HeaderMap>, payload: &[u8]) -> Result<bytes::Bytes, Failure> {
        let (before, name) = subject.rsplit_once('.').ok_or(Failure::NotFound)?;
        if before.ends_with(".public") {
            let token =
                headers.and_then(|h| h.get(wire::AUTHORIZATION)).and_then(|h| h.as_str().strip_prefix("Bearer ")).unwrap_or_default();
            let asker = self.verifier.verify(token)?;
            return self.desk.answer(&asker, name, payload).await.map(|found| to_bytes(&Reply::Ok(found)));
        }
        // Only services may publish here; the bus sees to it.
        Ok(match name {
            "read" => {
                self.has_begun()?;
                to_bytes(&Reply::Ok(self.ledger.read(&read::<Read>(payload)?).await?))
            }
            "stream" => to_bytes(&Reply::Ok(self.ledger.stream(&read::<ReadStream>(payload)?).await?)),
            "versions" => to_bytes(&Reply::Ok(self.current(&read(payload)?).await?)),
            _ => return Err(Failure::NotFound),
        })
    }
}

/// Says after commits that there is something to read. Hints: losing them loses nothing, so those that come fast are said together.
async fn announce(platform: Platform, bus: Bus, ledger: Ledger) {
    let mut notices = ledger.notices();
    loop {
        let first = tokio::select! {
            () = platform.soft.cancelled() => return,
            notice = notices.recv() => notice,
        };
        let mut touched = match &first {
            Ok(notice) => notice.touched.clone(),
            Err(RecvError::Lagged(_)) => BTreeSet::new(),
            Err(RecvError::Closed) => return,
        };
        while let Ok(notice) = notices.try_recv() {
            touched.extend(notice.touched.iter().cloned());
        }
        let head = ledger.head();
        platform.civil.follow(head.offset_ms);
        let payload: bytes::Bytes = serde_json::to_vec(&head).unwrap_or_default().into();
        bus.announce(bus.subjects().head(), payload.clone()).await;
        for (family, token) in &touched {
            bus.announce(bus.subjects().event(family, token), payload.clone()).await;
        }
        tokio::time::sleep(PACE).await;
    }
}
