//! Conditions with which indicators of several themes begin.

use crate::indicators::prelude::*;

/// The condition with which most indicators begin.
pub(in crate::indicators) const LOOKED_AFTER: Step = Step {
    text: "looked after on the last day of the period, short breaks left out",
    keep: |child, context| child.looked_after_on(context.at.on),
};

/// The condition with which figures about those who left begin.
pub(in crate::indicators) const CEASED_IN_YEAR: Step = Step {
    text: "left care since 1 April, up to the last day of the period",
    keep: |child, context| child.last_end_in(context.at.year_to_date).is_some(),
};

/// The condition with which figures about current and former children begin.
pub(in crate::indicators) const ANY_TIME_IN_YEAR: Step = Step {
    text: "looked after at any time since 1 April, up to the last day of the period",
    keep: |child, context| child.looked_after_in(context.at.year_to_date),
};
