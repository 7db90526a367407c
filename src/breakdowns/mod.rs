//! The groups that a figure is split by: ethnicity, age band and gender.
