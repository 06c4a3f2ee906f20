//! The running system, as its users have it: a real nats-server, a real database, HTTP.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that is wrong may panic, also in its helpers")]

mod access;
mod beside;
mod children;
mod client;
mod contract;
mod crawl;
mod deploy;
mod examples;
mod faults;
mod idempotency;
mod input;
mod outside;
mod pages;
mod person;
mod platform;
mod rooms;
mod scenarios;
mod split;
mod tokens;
mod views;
mod workspace;
