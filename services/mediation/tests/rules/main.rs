//! Given, when, then: every rule and every refusal of mediation.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod caucuses;
mod disputes;
mod facilitators;
mod secrecy;
mod table;
