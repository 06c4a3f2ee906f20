//! What every service needs, and no business word: rules, bus, views, configuration, clock, shutdown.

pub mod append;
pub mod bus;
pub mod clock;
pub mod config;
pub mod db;
pub mod decider;
pub mod desk;
pub mod documents;
pub mod folds;
pub mod follow;
pub mod host;
pub mod keys;
pub mod model;
pub mod nats;
mod past;
pub mod platform;
pub mod rows;
pub mod serve;
pub mod shutdown;
pub mod telemetry;
pub mod token;
pub mod view;
