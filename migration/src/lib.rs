//! The changes to the database, one a file.
