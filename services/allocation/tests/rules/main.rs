//! The laboratory against its rules, against what was published, and against random models.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that is wrong may panic, also in its helpers")]

mod axioms;
mod coalitions;
mod fairness;
mod forged;
mod hambaeksan;
mod models;
mod money;
mod properties;
mod published;
mod rules;
mod runs;
mod sampled;
mod table;
