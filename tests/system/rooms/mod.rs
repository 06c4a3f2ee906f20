<<<<<<< HEAD
//! The rooms of a case, as the people in them use them.

mod powers;
=======
//! The rooms of a case, by their forms.

mod seal;
>>>>>>> main
