//! Given, when, then for every rule and every refusal of the negotiation, over a ledger in memory.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that is wrong may panic, also in its helpers")]

mod agenda;
mod diffs;
mod disputes;
mod drafts;
mod facts;
mod freezing;
mod mandates;
mod offers;
mod parties;
mod publishing;
mod reactions;
mod requests;
mod rounds;
mod soundings;
mod table;
mod text;
