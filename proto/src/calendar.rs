//! The civil calendar of a demo ledger. It moves forward only, by recorded entries; a production ledger refuses it.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Commands on the calendar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "CalendarCommand")]
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
#[schemars(rename = "CalendarEvent")]
pub enum Event {
    /// The civil time is set.
    CalendarSet {
        /// To this.
        to: Timestamp,
    },
}

/// The end of the calendar: 2199. A clock set near the end of all time could not run on.
pub const LATEST: Timestamp = Timestamp::constant(7_258_118_399, 0);

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
    /// The calendar ends.
    #[error("the calendar ends at {latest}")]
    TooFar {
        /// Its last instant.
        latest: Timestamp,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_ends_with_2199() {
        assert_eq!(LATEST.to_string(), "2199-12-31T23:59:59Z");
    }
}
