//! The rooms of a case, by their forms.

mod audit;
mod lab;
mod powers;
mod seal;
