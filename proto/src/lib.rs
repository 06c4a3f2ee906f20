//! What is said between services, over HTTP and in the ledger: commands, events, refusals, identifiers, money, subjects.
//!
//! The serde types here are the one shape of each thing: what a client posts, what a service decides on, what the ledger keeps and what the
//! printed contract documents. [`access::may`] and the two small folds [`access::Official`] and [`standing::Standing`] stand here too,
//! because every service and the offline verifier must answer "may this actor do this" in the same way.
//!
//! ```
//! use proto::message::{Command, Target};
//! let command: Command = serde_json::from_str(r#"{"negotiation":{"withdraw_offer":{"offer":2}}}"#).unwrap();
//! let case = Target::parse("cases", "01890a5d-ac96-774b-bcce-b302099a8057").unwrap();
//! assert_eq!(command.stream(&case, None).unwrap().to_string(), "case/01890a5d-ac96-774b-bcce-b302099a8057");
//! ```
//!
//! It does no I/O, reads no clock and rolls no dice.

pub mod access;
pub mod actor;
pub mod allocation;
pub mod approvals;
pub mod authority;
pub mod bundle;
pub mod calendar;
pub mod digest;
pub mod entry;
pub mod finding;
pub mod id;
pub mod mandate;
pub mod mediation;
pub mod message;
pub mod money;
pub mod negotiation;
pub mod procedure;
pub mod registry;
pub mod remark;
pub mod search;
pub mod signing;
pub mod standing;
pub mod stream;
pub mod subject;
pub mod table;
pub mod term;
pub mod wire;
pub mod words;
