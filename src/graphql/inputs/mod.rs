//! What is given to a field: keys, periods, comparators, filters.

mod authority_key;
mod comparator;
mod period;

pub(super) use authority_key::AuthorityKey;
pub(super) use comparator::ComparatorInput;
pub(super) use period::PeriodInput;
