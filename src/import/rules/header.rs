//! Rules of the header, and of the tie between the header and the other files of a return.

use crate::import::rules::rule::{Effect, Rule};
use crate::import::rules::rules;

rules! {
    CHILD = "CHILD", RowRefused: "The child's identifier is blank or longer than 64 characters.";
    HEADER_TWICE = "INT32", RowRefused: "The child has another row in the header.";
    SEX = "101", Kept: "Sex is not a code of this collection year (1 or 2 up to 2023-24; M, F or U since).";
    BIRTH = "102", Kept: "The birth date is blank or not a real date; unless another return gives it, the age counts as not known.";
    ETHNICITY = "103", Kept: "Ethnicity is blank or not a known code; it counts as not known.";
    UPN = "168", Kept: "The pupil number is not well formed.";
    UPN_SHARED = "444", Kept: "Another child has the same pupil number.";
    BORN_LATER = "301", RowRefused: "The birth date is after the end of the year.";
    OVER_25 = "351", Kept: "The person was over 25 at the start of the year.";
    MOTHER = "MOTHER", Kept: "Whether the child is a mother is neither yes (1) nor no (0).";
    MOTHER_CHILD_BIRTH = "MC_DOB", Cleared: "The birth date of her child is not a real date.";
    NO_COHORT = "EPI", Kept: "The child has neither an episode nor a care leaver's row in this return.";
    NO_HEADER_EPISODE = "INT03", RowRefused: "The child has no usable row in the header: sex, birth date and ethnicity are unknown.";
    NO_HEADER_OC2 = "INT05", RowRefused: "The child has no usable row in the header.";
    NO_HEADER_OC3 = "INT06", RowRefused: "The young person has no usable row in the header.";
    NO_HEADER_REVIEW = "INT08", RowRefused: "The reviewed child has no usable row in the header.";
    NO_HEADER_OTHER = "INT-HEADER", RowRefused: "The child of this row has no usable row in the header.";
    NO_HEADER_APART = "INT-APART", Kept: "The child is not in the header of this folder; files sent apart from the return may hold such rows.";
    BIRTH_DIFFERS = "INT13-INT18", Kept: "The birth date differs from the header; the header's is used.";
    SEX_DIFFERS = "INT21", Kept: "Sex differs from the header; the header's is used.";
}
