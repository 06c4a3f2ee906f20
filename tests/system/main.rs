//! The running system, as its users have it: a real nats-server, a real database, HTTP.

mod contract;
mod platform;
mod scenarios;
mod workspace;
