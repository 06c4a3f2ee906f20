//! Who reads what in a case, folded from the case's own stream, and from the official's where a role decides: the ledger asks nobody else.

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use lru::LruCache;
use proto::access::{Asker, Official, Readers, may_read, reads_by_role};
use proto::actor::Role;
use proto::entry::Entry;
use proto::id::{CaseId, GovernmentId, OfficialId};
use proto::message::Event;
use proto::standing::Standing;
use proto::stream::Stream;
use proto::wire::{Failure, ReadStream};
use runtime::clock;

use crate::Ledger;

/// Streams of a kind whose folds are remembered.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(4_096).unwrap();

/// Folds of streams, each up to a version.
type Known<S> = Mutex<LruCache<Stream, (u64, S)>>;

/// Remembers who reads in which case, and which roles officials hold, up to which version of their streams.
pub(crate) struct Reading {
    ledger: Ledger,
    cases: Known<Standing>,
    officials: Known<Official>,
}

impl Reading {
    pub(crate) fn new(ledger: Ledger) -> Self {
        Self { ledger, cases: Mutex::new(LruCache::new(REMEMBERED)), officials: Mutex::new(LruCache::new(REMEMBERED)) }
    }

    /// How a case stands now.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub(crate) async fn standing(&self, case: CaseId) -> Result<Standing, Failure> {
        self.fold(&self.cases, Stream::Case(case), Standing::evolve).await
    }

    /// The roles that an official holds for a body now.
    async fn roles(&self, official: &OfficialId, government: &GovernmentId) -> Result<Vec<Role>, Failure> {
        let evolve = |official: &mut Official, event: &Event| {
            if let Event::Registry(event) = event {
                official.evolve(event);
            }
        };
        let known = self.fold(&self.officials, Stream::Official(official.clone()), evolve).await?;
        let offset = SignedDuration::from_millis(self.ledger.head().offset_ms);
        Ok(known.roles(government, clock::wall().checked_add(offset).unwrap_or(Timestamp::MAX)))
    }

    /// The fold of a stream as it is now.
    async fn fold<S: Clone + Default>(&self, known: &Known<S>, stream: Stream, evolve: impl Fn(&mut S, &Event)) -> Result<S, Failure> {
        let remembered = known.lock().unwrap_or_else(PoisonError::into_inner).get(&stream).cloned();
        let (mut version, mut state) = remembered.unwrap_or_default();
        loop {
            let page = self.ledger.stream(&ReadStream { stream: stream.clone(), after: version }).await?;
            if page.is_empty() {
                break;
            }
            for recorded in page {
                version += 1;
                // An entry that this version does not understand changes nobody's rights here; services park its case.
                let Ok(entry) = serde_json::from_str::<Entry>(&recorded.entry) else { continue };
                for event in events(&entry) {
                    evolve(&mut state, event);
                }
            }
        }
        known.lock().unwrap_or_else(PoisonError::into_inner).put(stream, (version, state.clone()));
        Ok(state)
    }

    /// Whether this asker may read a stream.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub(crate) async fn may(&self, asker: &Asker, stream: &Stream) -> Result<bool, Failure> {
        let readers = match stream.case() {
            Some(case) => self.standing(case).await?.readers,
            None => Readers::default(),
        };
        let roles = match reads_by_role(stream, asker) {
            Some((official, government)) => self.roles(official, government).await?,
            None => Vec::new(),
        };
        Ok(may_read(stream, asker, &readers, &roles).is_ok())
    }
}

/// The events of an open entry.
pub(crate) fn events(entry: &Entry) -> &[Event] {
    match &entry.body {
        proto::entry::Body::Open(act) => &act.events,
        proto::entry::Body::Sealed(_) => &[],
    }
}
