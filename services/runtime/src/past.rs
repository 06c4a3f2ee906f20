//! A stream as it was: folded anew up to an entry, by the service's own rules. Off the way of commands, and no longer than a stream may be for it.

use proto::stream::Stream;
use proto::wire::{Failure, Recorded};

use crate::bus::Bus;
use crate::decider::Decider;
use crate::folds::{meta, open, read};

/// Entries of one stream that are folded at most. What is longer has to be looked at in an export.
const LONGEST: u64 = 50_000;

/// The fold of a stream up to the entry at a position, and the position of the last entry in it.
///
/// # Errors
/// `not_found` when the stream began later; `parked` when an entry cannot be read.
pub(crate) async fn fold<D: Decider>(bus: &Bus, stream: &Stream, as_of: u64) -> Result<(u64, D::State), Failure> {
    let (mut version, mut last, mut state) = (0, None, D::State::default());
    while version < LONGEST {
        let page = read(bus, stream, version).await?;
        if page.is_empty() {
            break;
        }
        let of = stream.clone();
        // Folding a page takes its time, which is nobody else's.
        let folded = tokio::task::spawn_blocking(move || take::<D>(state, &of, version, &page, as_of)).await;
        let taken = folded.map_err(|_| Failure::Unavailable { part: format!("{} view", D::SERVICE.name()) })??;
        (version, state) = (taken.version, taken.state);
        last = taken.last.or(last);
        if taken.past {
            break;
        }
    }
    last.map(|last| (last, state)).ok_or(Failure::NotFound)
}

/// How far a page was taken in.
struct Taken<S> {
    version: u64,
    state: S,
    /// Position of the last entry taken in.
    last: Option<u64>,
    /// Whether an entry was met that came later.
    past: bool,
}

fn take<D: Decider>(
    mut state: D::State,
    stream: &Stream,
    mut version: u64,
    page: &[Recorded],
    as_of: u64,
) -> Result<Taken<D::State>, Failure> {
    let mut last = None;
    for recorded in page {
        let (entry, act) = open(recorded).map_err(|reason| {
            tracing::error!(stream = %stream, version, reason, "past.unreadable");
            Failure::Parked { stream: stream.to_string(), position: version + 1 }
        })?;
        if entry.position > as_of {
            return Ok(Taken { version, state, last, past: true });
        }
        let of = meta(&entry, &act);
        act.events.iter().for_each(|event| D::evolve(&mut state, event, &of));
        version += 1;
        last = Some(entry.position);
    }
    Ok(Taken { version, state, last, past: false })
}
