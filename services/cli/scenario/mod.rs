//! Scenarios: the same scripts against the pure rules and against the running system over HTTP. The demo is the latter, aloud.

pub mod play;
pub mod say;
pub mod script;
pub mod stage;
pub mod value;

mod examples;
mod http;
mod rules;

/// Before the first script's first day: where the calendar of a stage begins.
pub const BEGINS: &str = "1999-05-01T00:00:00Z";

pub use http::Http;
pub use rules::Rules;
