//! The tables of the database, one a file.
