//! The civil calendar of a demo ledger. It moves forward only, by recorded entries; a production ledger refuses it.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Commands on the calendar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Sets the civil time; from here it runs with the wall clock.
    SetCalendar {
        /// The civil time.
        to: Timestamp,
    },
}

/// Events of the calendar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    /// The civil time is set.
    CalendarSet {
        /// To this.
        to: Timestamp,
    },
}

/// Refusals of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// This is a production ledger.
    #[error("a production ledger runs on the real calendar")]
    ProductionLedger,
    /// Time goes forward.
    #[error("the calendar only moves forward, from {now}")]
    Backward {
        /// The civil time now.
        now: Timestamp,
    },
}
