//! The rooms of a case, by their forms.

mod seal;
