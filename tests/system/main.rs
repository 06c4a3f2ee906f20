//! The running system, as its users have it: a real nats-server, a real database, HTTP.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that is wrong may panic, also in its helpers")]

mod contract;
mod platform;
mod scenarios;
mod workspace;
