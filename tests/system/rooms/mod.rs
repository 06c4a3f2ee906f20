//! The rooms of a case, by their forms.

mod powers;
mod seal;
