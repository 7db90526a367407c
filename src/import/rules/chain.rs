//! Rules between the episodes of one child, and between an episode and the child's age.

use crate::import::rules::rule::{Effect, Rule};
use crate::import::rules::rules;

rules! {
    STARTS_GROWN_UP = "352", Kept: "The child starts to be looked after at 18 or over; no figure counts this episode.";
    PAST_18 = "359", Kept: "The episode goes on after the 18th birthday, which only a child accommodated under section 20 (V2) in a children's home (K2) may; figures end care on the birthday.";
    JUSTICE_UNDER_10 = "358", Kept: "The legal status is one of youth justice, but the child was under 10.";
    SUPPORTED_UNDER_16 = "371", Kept: "The placement is supported accommodation, but the child was under 16.";
    ADOPTED_AT_18 = "386", Kept: "The child was adopted at 18 or over.";
    GUARDIANSHIP_AT_18 = "407", Kept: "Special guardianship was granted at 18 or over.";
    FIRST_IS_NO_START = "357", Kept: "The first episode of the child that is known should be a start of care (S).";
    GAP_BEFORE = "433", Kept: "The episode continues a period of care, but does not start on the day the one before ended.";
    NEED_CHANGES = "504", Kept: "The category of need differs from the episode before, though the period of care goes on.";
    STARTS_TEMPORARY = "380", Kept: "The period of care starts in a temporary placement.";
    ENDS_TEMPORARY = "381", Kept: "The period of care ends in a temporary placement.";
    NOT_BACK = "383", Kept: "After a temporary placement the child should go back to the placement before it.";
    ONLY_LEGAL = "434", Kept: "The reason says that only the legal status changed (L), but it is the same as before, or the placement changed.";
    ONLY_PLACEMENT = "435", Kept: "The reason says that only the placement changed (P or T), but it is the same as before, or the legal status changed.";
    BOTH_CHANGED = "436", Kept: "The reason says that placement and legal status both changed (B or U), but one of them is the same as before.";
    NO_REASON_FOR_MOVE = "225", Kept: "The placement ended with a move, and no reason for it is given.";
    REASON_NOT_WANTED = "226", Noted: "A reason for the placement change is given on or before a temporary placement, which needs none.";
}
