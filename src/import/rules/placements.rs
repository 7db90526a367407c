//! Rules of one episode alone: whether legal status, placement, provider, reason and addresses fit each other.

use crate::import::rules::rule::{Effect, Rule};
use crate::import::rules::rules;

rules! {
    BOTH_RESPITES = "426", Kept: "The child has short breaks of both kinds (V3 and V4) in one year.";
    RESPITE_LONG_TERM = "384", Noted: "A short break cannot be in a long-term foster placement.";
    VOLUNTARY_AT_HOME = "378", Kept: "A child accommodated under section 20 (V2) cannot be placed with parents (P1).";
    ADOPTED_FROM_ELSEWHERE = "390", Kept: "The child was adopted from a placement that is not one for adoption (A3 to A6).";
    NO_PLACEMENT_ORDER = "408", Kept: "The child is placed for adoption with a placement order (A5 or A6), but the legal status is not a placement order (E1).";
    PROVIDER_NEEDED = "526", Kept: "No provider is given, though this type of placement has one.";
    OWN_PROVISION = "527", Kept: "The authority itself (PR1) cannot be the provider of this type of placement.";
    OTHER_AUTHORITY = "528", Kept: "Another authority (PR2) cannot be the provider of this type of placement.";
    OTHER_PUBLIC = "529", Kept: "Another public body (PR3) cannot be the provider of this type of placement.";
    PRIVATE = "530", Kept: "A private provider (PR4) cannot provide a placement with parents.";
    VOLUNTARY_SECTOR = "531", Kept: "A voluntary provider (PR5) cannot provide a placement with parents.";
    PARENTS_ELSEWHERE = "550", Kept: "Parents (PR0) are the provider of a placement that is not with parents (P1).";
    URN_NEEDED = "218", Noted: "No registration number (URN) is given, though a setting of this type in England is inspected.";
    POSTCODES_NEEDED = "392B", Kept: "The postcode of the home or of the placement is not given.";
}
