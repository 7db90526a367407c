//! A question about figures, from the permission to the answer with its comparators.
