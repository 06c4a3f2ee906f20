//! Given, when, then: every rule and every refusal of signing.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod document;
mod doubt;
mod keys;
mod paper;
mod table;
