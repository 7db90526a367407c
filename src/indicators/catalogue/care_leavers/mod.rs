//! Care leavers: whether they have a home and work around their birthday.
//!
//! Whether someone is NEET, or suitably housed, is read from the contact nearest the 19th, 20th or 21st birthday,
//! otherwise from the yearly return (methodology M12, rulings R5, 37, 45, 46).

mod care_leavers_neet_pct;
mod care_leavers_suitable_accommodation_pct;

use crate::indicators::prelude::*;

/// The indicators of the theme, in order.
pub(super) const INDICATORS: &[&Indicator] =
    &[&care_leavers_suitable_accommodation_pct::INDICATOR, &care_leavers_neet_pct::INDICATOR];

const BIRTHDAY: Step = Step {
    text: "had a 19th, 20th or 21st birthday since 1 April, up to the last day of the period",
    keep: |child, context| child.leaver_birthday_in(context.at.year_to_date).is_some(),
};

const LEAVER: Step = Step {
    text: "a care leaver on that birthday: no longer looked after, not transferred to another authority",
    keep: |child, context| child.leaver_birthday_in(context.at.year_to_date).is_some_and(|day| child.is_leaver_on(day)),
};

const IN_THE_BASE: Step = Step {
    text: "neither died nor returned to parents for six months or more",
    keep: |child, context| !status(child, context).in_touch.is_some_and(InTouch::leaves_the_base),
};

fn status(child: &Child, context: &Context<'_>) -> LeaverStatus {
    let birthday = child.leaver_birthday_in(context.at.year_to_date);
    birthday.map(|day| child.leaver_status_on(day)).unwrap_or_default()
}

fn accommodation(child: &Child, context: &Context<'_>) -> Option<Accommodation> {
    status(child, context).accommodation
}
