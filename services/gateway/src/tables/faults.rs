//! What is wrong with a table, up to where a reader would stop reading.

use proto::table::{Fault, Refusal};

/// So many are told one by one.
const TOLD: usize = 20;

/// The faults of a table.
#[derive(Debug, Default)]
pub(super) struct Faults {
    told: Vec<Fault>,
    more: usize,
}

impl Faults {
    /// One more.
    pub(super) fn add(&mut self, fault: Fault) {
        if self.told.len() < TOLD { self.told.push(fault) } else { self.more = self.more.saturating_add(1) }
    }

    /// Many more of a kind, of which only the first ones need be made.
    pub(super) fn add_many(&mut self, count: usize, faults: impl Iterator<Item = Fault>) {
        let before = self.told.len();
        self.told.extend(faults.take(TOLD.saturating_sub(before).min(count)));
        self.more = self.more.saturating_add(count.saturating_sub(self.told.len() - before));
    }

    /// Keeps what was read, or else says what is wrong with it.
    pub(super) fn keep<T>(&mut self, read: Result<T, Fault>) -> Option<T> {
        read.map_err(|fault| self.add(fault)).ok()
    }

    /// Refuses a table with faults.
    pub(super) fn none(self) -> Result<(), Refusal> {
        if self.told.is_empty() { Ok(()) } else { Err(Refusal::Faulty { faults: self.told, more: self.more }) }
    }
}
