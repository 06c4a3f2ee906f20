//! The rooms of a case, as the people in them use them.

mod powers;
