//! How a child took part in a review.

use super::code_set;

code_set! {
    /// How the child took part in a review (column `REVIEW_CODE`).
    Participation {
        Pn0 = "PN0": "Under 4 at the review",
        Pn1 = "PN1": "Attended and spoke for self",
        Pn2 = "PN2": "Attended, advocate spoke",
        Pn3 = "PN3": "Attended, views given symbolically (non-verbally)",
        Pn4 = "PN4": "Attended but gave no views",
        Pn5 = "PN5": "Did not attend, advocate briefed",
        Pn6 = "PN6": "Did not attend, views sent by other medium",
        Pn7 = "PN7": "Did not attend and views not conveyed",
    }
}
