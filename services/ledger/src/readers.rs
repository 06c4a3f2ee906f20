//! Who reads what in a case, folded from the case's own stream: the ledger asks nobody else.

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use lru::LruCache;
use proto::access::{Asker, Readers, may_read};
use proto::entry::Entry;
use proto::id::CaseId;
use proto::message::Event;
use proto::standing::Standing;
use proto::stream::Stream;
use proto::wire::{Failure, ReadStream};

use crate::Ledger;

/// Cases whose readers are remembered.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(4_096).unwrap();

/// Remembers who reads in which case, up to which version of it.
pub(crate) struct Reading {
    ledger: Ledger,
    known: Mutex<LruCache<CaseId, (u64, Standing)>>,
}

impl Reading {
    pub(crate) fn new(ledger: Ledger) -> Self {
        Self { ledger, known: Mutex::new(LruCache::new(REMEMBERED)) }
    }

    /// How a case stands now.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub(crate) async fn standing(&self, case: CaseId) -> Result<Standing, Failure> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&case).cloned();
        let (mut version, mut standing) = known.unwrap_or_default();
        loop {
            let page = self.ledger.stream(&ReadStream { stream: Stream::Case(case), after: version }).await?;
            if page.is_empty() {
                break;
            }
            for recorded in page {
                version += 1;
                // An entry that this version does not understand changes nobody's rights here; services park its case.
                let Ok(entry) = serde_json::from_str::<Entry>(&recorded.entry) else { continue };
                for event in events(&entry) {
                    standing.evolve(event);
                }
            }
        }
        self.known.lock().unwrap_or_else(PoisonError::into_inner).put(case, (version, standing.clone()));
        Ok(standing)
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
        Ok(may_read(stream, asker, &readers).is_ok())
    }
}

/// The events of an open entry.
pub(crate) fn events(entry: &Entry) -> &[Event] {
    match &entry.body {
        proto::entry::Body::Open(act) => &act.events,
        proto::entry::Body::Sealed(_) => &[],
    }
}
