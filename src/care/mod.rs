//! A child's time in care: the records, joined over the years, and the words that indicators are written in.

pub mod codes;
