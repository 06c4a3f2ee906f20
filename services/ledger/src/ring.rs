//! The latest entries, held in memory, so that those who follow the ledger do not each read the database.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use proto::wire::Recorded;

use crate::batch::Taken;

/// Bytes of entries held at most.
const CAPACITY: usize = 16 * 1024 * 1024;

/// Entries at consecutive positions up to what this process wrote last.
pub(crate) struct Ring {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    entries: VecDeque<Arc<Taken>>,
    bytes: usize,
}

/// Which kinds someone asks for.
pub(crate) struct Filter(Vec<String>);

impl Filter {
    /// Families (`negotiation`) and kinds (`signing.completed`); none: everything.
    pub(crate) fn new(kinds: &[String]) -> Self {
        Self(kinds.iter().map(|kind| if kind.contains('.') { format!(",{kind},") } else { format!(",{kind}.") }).collect())
    }

    pub(crate) fn is_all(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn takes(&self, kinds: &str) -> bool {
        self.is_all() || self.0.iter().any(|kind| kinds.contains(kind))
    }

    /// The same as SQL `LIKE` patterns, which let through a little more: `_` stands for any character there.
    pub(crate) fn patterns(&self) -> Vec<String> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '.' | ',');
        self.0.iter().map(|kind| format!("%{}%", kind.chars().filter(|c| plain(*c)).collect::<String>())).collect()
    }
}

/// How much one page holds.
#[derive(Clone, Copy)]
pub(crate) struct Bounds {
    pub(crate) entries: usize,
    pub(crate) bytes: usize,
}

impl Bounds {
    /// Counts one entry; says whether there is room for another.
    pub(crate) fn count(&mut self, bytes: usize) -> bool {
        self.entries = self.entries.saturating_sub(1);
        self.bytes = self.bytes.saturating_sub(bytes);
        self.entries > 0 && self.bytes > 0
    }
}

impl Ring {
    pub(crate) fn new() -> Self {
        Self { inner: Mutex::new(Inner::default()) }
    }

    /// Adds what was just committed. Where another process wrote in between, what was held before is let go.
    pub(crate) fn push(&self, taken: Vec<Taken>) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        for entry in taken {
            if inner.entries.back().is_some_and(|last| last.position + 1 != entry.position) {
                *inner = Inner::default();
            }
            inner.bytes += weight(&entry);
            inner.entries.push_back(Arc::new(entry));
            while inner.bytes > CAPACITY {
                let Some(oldest) = inner.entries.pop_front() else { break };
                inner.bytes -= weight(&oldest);
            }
        }
    }

    /// Lets go of everything: a subject was erased.
    pub(crate) fn clear(&self) {
        *self.inner.lock().unwrap_or_else(PoisonError::into_inner) = Inner::default();
    }

    /// Entries from a position on, and up to where they are complete; nothing if that position is not held.
    pub(crate) fn read(&self, from: u64, filter: &Filter, mut bounds: Bounds) -> Option<(Vec<Recorded>, u64)> {
        let mut complete_to = from;
        let mut found = Vec::new();
        {
            let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
            let skip = usize::try_from(from.checked_sub(inner.entries.front()?.position)?).ok()?;
            for entry in inner.entries.iter().skip(skip) {
                complete_to = entry.position + 1;
                if filter.takes(&entry.kinds) {
                    found.push(Arc::clone(entry));
                    if !bounds.count(weight(entry)) {
                        break;
                    }
                }
            }
        }
        (complete_to > from).then(|| (found.iter().map(|entry| recorded(entry)).collect(), complete_to))
    }
}

/// Bytes of what an entry says, and about what it takes to hold it.
fn weight(entry: &Taken) -> usize {
    entry.bytes.len() + entry.hidden + 256
}

fn recorded(entry: &Taken) -> Recorded {
    Recorded { entry: entry.bytes.clone(), act: entry.act.clone(), asked: entry.asked }
}

#[cfg(test)]
mod tests {
    use proto::digest::Digest;
    use proto::stream::Stream;

    use super::*;

    const ALL: Bounds = Bounds { entries: 1000, bytes: usize::MAX };

    fn taken(position: u64, kinds: &str) -> Taken {
        let nothing = Digest([0; 32]);
        let bytes = format!("entry {position}");
        let (command_id, asked, leaf) = (nothing, nothing, nothing);
        Taken {
            position,
            stream: Stream::Calendar,
            version: 1,
            command_id,
            asked,
            leaf,
            at_ms: 0,
            kinds: kinds.into(),
            sealed: None,
            bytes,
            act: None,
            hidden: 0,
        }
    }

    fn entries(read: Option<(Vec<Recorded>, u64)>) -> Option<(Vec<String>, u64)> {
        read.map(|(found, to)| (found.into_iter().map(|r| r.entry).collect(), to))
    }

    #[test]
    fn it_answers_only_for_what_it_holds() {
        let ring = Ring::new();
        assert!(ring.read(0, &Filter::new(&[]), ALL).is_none());
        ring.push((5..8).map(|n| taken(n, ",a.b,")).collect());
        let all = Filter::new(&[]);
        assert!(ring.read(4, &all, ALL).is_none());
        assert_eq!(entries(ring.read(6, &all, ALL)), Some((vec!["entry 6".to_owned(), "entry 7".to_owned()], 8)));
        assert!(ring.read(8, &all, ALL).is_none(), "another process may have written that");
        ring.push(vec![taken(10, ",a.b,")]);
        assert!(ring.read(7, &all, ALL).is_none());
        assert_eq!(entries(ring.read(10, &all, ALL)), Some((vec!["entry 10".to_owned()], 11)));
    }

    #[test]
    fn kinds_and_families_are_told_apart() {
        let filter = Filter::new(&["offer".to_owned(), "text.frozen".to_owned()]);
        assert!(filter.takes(",offer.tabled,") && filter.takes(",a.b,text.frozen,"));
        assert!(!filter.takes(",text.frozen_again,") && !filter.takes(",offers.tabled,") && !filter.takes(",late_offer.x,"));
        let ring = Ring::new();
        ring.push(vec![taken(0, ",offer.tabled,"), taken(1, ",x.y,"), taken(2, ",x.y,")]);
        assert_eq!(entries(ring.read(0, &filter, ALL)), Some((vec!["entry 0".to_owned()], 3)));
        let one = Bounds { entries: 1, bytes: usize::MAX };
        assert_eq!(entries(ring.read(1, &Filter::new(&[]), one)), Some((vec!["entry 1".to_owned()], 2)));
    }

    #[test]
    fn old_entries_make_room() {
        let ring = Ring::new();
        let big = |n| Taken { bytes: "x".repeat(CAPACITY / 3), ..taken(n, ",a.b,") };
        ring.push((0..6).map(big).collect());
        assert!(ring.read(3, &Filter::new(&[]), ALL).is_none());
        assert!(ring.read(4, &Filter::new(&[]), ALL).is_some());
    }
}
