//! All tables. Every table has one owner.
