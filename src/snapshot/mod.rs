//! One authority's children, as known at one import, ready to be counted.
