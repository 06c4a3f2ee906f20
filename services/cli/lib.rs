//! The commands of the binary, as a library so that tests start the very same product.
//!
//! It wires services together and holds none of their rules.

pub mod allocate;
pub mod backup;
pub mod bench;
pub mod bundle;
pub mod contract;
pub mod demo;
pub mod keys;
pub mod rebuild;
pub mod rules;
pub mod scenario;
pub mod seed;
pub mod study;
pub mod table;
pub mod up;
pub mod verify;

pub use ::verify::all_rules;
