//! Given, when, then: every finding, every rule and every refusal of the authority matrix.

#![expect(clippy::unwrap_used, reason = "a test that is wrong may panic, also in its helpers")]

mod allowing;
mod findings;
mod matrix;
mod rechecking;
mod table;
