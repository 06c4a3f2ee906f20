//! What every service needs, and no business word: rules, bus, views, configuration, clock, shutdown.

pub mod decider;
pub mod model;
