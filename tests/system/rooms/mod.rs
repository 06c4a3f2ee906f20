//! The rooms of a case, by their forms.

mod lab;
mod powers;
mod seal;
mod words;
