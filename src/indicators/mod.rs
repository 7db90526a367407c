//! What is counted: every indicator as a value, a file for each theme, and one pass that counts them all.
