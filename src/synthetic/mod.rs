//! Invented cohorts of children, written as SSDA903 return folders.
