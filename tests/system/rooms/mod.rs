//! The rooms of a case, as persons work in them: through the forms that pages offer, and by hand where they offer none.

mod table;
