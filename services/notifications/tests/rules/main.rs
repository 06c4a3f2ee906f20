//! Given what is on record, whose move is it: every kind of move, how it begins, how it ends, and what happens when its date passes.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that is wrong may panic, also in its helpers")]

mod contract;
mod deadlines;
mod disputes;
mod membership;
mod offers;
mod signatures;
mod steps;
mod table;
mod text;
