//! What is given to a field: keys, periods, comparators, filters.

mod authority_key;
mod child_filter;
mod comparator;
mod grant;
mod list_filters;
mod period;

pub(super) use authority_key::AuthorityKey;
pub(super) use child_filter::{ChildFilter, ChildSelection};
pub(super) use comparator::ComparatorInput;
pub(super) use grant::{AddGrantInput, ChangeGrantInput};
pub(super) use list_filters::{CarerFilter, LeaverFilter};
pub(super) use period::{AskedOf, PeriodInput};
