//! The one place where clocks are read and dice are rolled. Everything else takes time and randomness as parameters; a lint holds it to that.

#![expect(clippy::disallowed_methods, reason = "this is the one file that may")]

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use rand::Rng as _;
use uuid::Uuid;

/// Wall time: for tokens, leases and `recorded_at`. Never for rules.
#[must_use]
pub fn wall() -> Timestamp {
    Timestamp::now()
}

/// 32 random bytes from the operating system's generator, reseeded: for salts and nonces.
#[must_use]
pub fn random32() -> [u8; 32] {
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

/// A new `UUIDv7`.
#[must_use]
pub fn uuid() -> Uuid {
    Uuid::now_v7()
}

/// Civil time, the only time rules see: wall time plus the offset of the ledger's calendar, which is zero in production.
#[derive(Debug, Default)]
pub struct Civil {
    offset_ms: AtomicI64,
}

impl Civil {
    /// Civil time now, in whole milliseconds.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let offset = SignedDuration::from_millis(self.offset_ms());
        let now = wall().checked_add(offset).unwrap_or(Timestamp::MAX);
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    /// Civil time minus wall time, in milliseconds.
    #[must_use]
    pub fn offset_ms(&self) -> i64 {
        self.offset_ms.load(Ordering::Relaxed)
    }

    /// Follows the ledger's calendar.
    pub fn follow(&self, offset_ms: i64) {
        self.offset_ms.store(offset_ms, Ordering::Relaxed);
    }
}
