//! The laboratory against its rules, against what was published, and against random models.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that is wrong may panic, also in its helpers")]

mod axioms;
mod beside;
mod coalitions;
mod explain;
mod fairness;
mod forged;
mod hambaeksan;
mod life;
mod models;
mod money;
mod properties;
mod published;
mod rules;
mod runs;
mod sampled;
mod search;
mod table;
mod triangle;
mod what_if;
