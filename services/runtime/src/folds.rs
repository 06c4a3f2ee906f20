//! Folds of streams that a service keeps in memory, each at a version it knows, refreshed from the ledger when it has moved on.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use async_nats::HeaderMap;
use jiff::Timestamp;
use lru::LruCache;
use proto::actor::Service;
use proto::digest::Digest;
use proto::entry::{Act, Body, Entry};
use proto::message::Event;
use proto::stream::Stream;
use proto::wire::{Failure, ReadStream, Recorded, Reply};
use tokio::sync::Mutex as Turn;

use crate::bus::{Bus, unavailable};
use crate::decider::Meta;

/// One stream as far as it is folded.
#[derive(Clone)]
pub struct Fold<S> {
    /// Up to this version.
    pub version: u64,
    /// Civil time of the last entry.
    pub last_at: Timestamp,
    /// The fold.
    pub state: Arc<S>,
    /// Accepted commands: at which version, and the digest of what was asked.
    pub acts: Arc<HashMap<Digest, (u64, Digest)>>,
}

impl<S: Default> Default for Fold<S> {
    fn default() -> Self {
        Self { version: 0, last_at: Timestamp::MIN, state: Arc::default(), acts: Arc::default() }
    }
}

/// A place in the cache.
pub struct Slot<S> {
    /// Held by whoever decides on this stream, from looking at it until the append is answered. Nobody holds two.
    pub turn: Turn<()>,
    fold: Turn<Option<Fold<S>>>,
}

/// The cache.
pub struct Folds<S> {
    bus: Bus,
    evolve: fn(&mut S, &Event, &Meta),
    slots: Mutex<LruCache<Stream, Arc<Slot<S>>>>,
}

impl<S: Clone + Default + Send + Sync + 'static> Folds<S> {
    /// An empty cache of so many streams.
    #[must_use]
    pub fn new(bus: Bus, capacity: NonZeroUsize, evolve: fn(&mut S, &Event, &Meta)) -> Self {
        Self { bus, evolve, slots: Mutex::new(LruCache::new(capacity)) }
    }

    /// The place of a stream.
    pub fn slot(&self, stream: &Stream) -> Arc<Slot<S>> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let empty = || Arc::new(Slot { turn: Turn::new(()), fold: Turn::new(None) });
        Arc::clone(slots.get_or_insert(stream.clone(), empty))
    }

    /// The fold as it is known here, read from the ledger if it is not known at all. It may be behind.
    ///
    /// # Errors
    /// When the ledger does not answer or an entry cannot be applied.
    pub async fn known(&self, stream: &Stream) -> Result<Fold<S>, Failure> {
        let slot = self.slot(stream);
        let mut fold = slot.fold.lock().await;
        if let Some(fold) = fold.as_ref() {
            return Ok(fold.clone());
        }
        let fresh = self.read_on(stream, Fold::default()).await?;
        *fold = Some(fresh.clone());
        Ok(fresh)
    }

    /// Folds what the ledger has beyond what is known here.
    ///
    /// # Errors
    /// As [`Folds::known`].
    pub async fn refresh(&self, stream: &Stream) -> Result<Fold<S>, Failure> {
        let slot = self.slot(stream);
        let mut fold = slot.fold.lock().await;
        let fresh = self.read_on(stream, fold.take().unwrap_or_default()).await?;
        *fold = Some(fresh.clone());
        Ok(fresh)
    }

    /// Takes in an entry that was appended just now, unless a refresh was faster.
    pub async fn advance(&self, of: &Meta, version: u64, act: (Digest, Digest), events: &[Event]) {
        let slot = self.slot(&of.stream);
        let mut fold = slot.fold.lock().await;
        if let Some(fold) = fold.as_mut()
            && fold.version + 1 == version
        {
            self.apply(fold, of, act, events);
        }
    }

    fn apply(&self, fold: &mut Fold<S>, of: &Meta, (command_id, asked): (Digest, Digest), events: &[Event]) {
        let state = Arc::make_mut(&mut fold.state);
        for event in events {
            (self.evolve)(state, event, of);
        }
        fold.version += 1;
        fold.last_at = of.at;
        Arc::make_mut(&mut fold.acts).insert(command_id, (fold.version, asked));
    }

    async fn read_on(&self, stream: &Stream, mut fold: Fold<S>) -> Result<Fold<S>, Failure> {
        loop {
            let page = read(&self.bus, stream, fold.version).await?;
            if page.is_empty() {
                return Ok(fold);
            }
            for recorded in page {
                let (entry, act) = open(&recorded).map_err(|reason| parked(stream, fold.version, &reason))?;
                let of = meta(&entry, &act);
                self.apply(&mut fold, &of, (act.command_id, recorded.asked), &act.events);
            }
        }
    }
}

/// One page of a stream after a version.
///
/// # Errors
/// When the ledger does not answer.
pub async fn read(bus: &Bus, stream: &Stream, after: u64) -> Result<Vec<Recorded>, Failure> {
    let subject = bus.subjects().query(Service::Ledger, "stream");
    let question = ReadStream { stream: stream.clone(), after };
    match bus.ask::<Reply<Vec<Recorded>>>(Service::Ledger, subject, HeaderMap::new(), &question).await? {
        Reply::Ok(page) => Ok(page),
        Reply::Failed(failure) => Err(failure),
        Reply::Refused(_) => Err(unavailable(Service::Ledger)),
    }
}

/// The entry and its act, opened from the vault where it is sealed.
///
/// # Errors
/// What cannot be understood: an event kind this version does not know, or a sealed act that is erased.
pub fn open(recorded: &Recorded) -> Result<(Entry, Act), String> {
    let mut entry: Entry = serde_json::from_str(&recorded.entry).map_err(|e| e.to_string())?;
    let sealed = Body::Sealed(recorded.asked);
    match (std::mem::replace(&mut entry.body, sealed), &recorded.act) {
        (Body::Open(act), _) => Ok((entry, *act)),
        (Body::Sealed(_), Some(act)) => Ok((entry, (**act).clone())),
        (Body::Sealed(_), None) => Err("the sealed act is not in the vault".to_owned()),
    }
}

/// What the rules are told of an entry.
#[must_use]
pub fn meta(entry: &Entry, act: &Act) -> Meta {
    Meta { stream: entry.stream.clone(), position: entry.position, at: entry.at, occurred_on: act.occurred.as_ref().map(|o| o.on) }
}

fn parked(stream: &Stream, version: u64, reason: &str) -> Failure {
    tracing::error!(stream = %stream, version, reason, "stream.parked");
    Failure::Parked { stream: stream.to_string(), position: version + 1 }
}
