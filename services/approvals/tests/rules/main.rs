//! The rules of approvals, given / when / then, on one ledger in memory.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that is wrong may panic, also in its helpers")]

mod case;
mod condition;
mod council;
mod force;
mod forms;
mod higher;
mod letter;
mod order;
mod particulars;
mod sign_off;
mod silence;
