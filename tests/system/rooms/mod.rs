//! The rooms of a case and the pages beside them, each looked at and worked in as people do.

mod audit;
mod home;
mod lab;
mod powers;
mod roles;
mod seal;
mod sounding;
mod table;
mod words;
