//! The running system, as its users have it: a real nats-server, a real database, HTTP.

mod children;
mod contract;
mod faults;
mod platform;
mod scenarios;
mod split;
mod workspace;
