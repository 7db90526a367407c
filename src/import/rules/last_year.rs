//! Rules between a return and the authority's return of the year before, where that one is held.

use crate::import::rules::rule::{Effect, Rule};
use crate::import::rules::rules;

rules! {
    SEX_CHANGED = "202", Noted: "Sex differs from last year's return.";
    BIRTH_CHANGED = "203", Kept: "The birth date differs from last year's return; two children may share one identifier.";
    ETHNICITY_CHANGED = "204", Noted: "Ethnicity differs from last year's return.";
    START_CHANGED = "502", Kept: "Last year's return ended with an open episode that starts on another day than this child's first episode of this year.";
    NOT_LAST_YEAR = "562", Kept: "The episode began before this year, but last year's return does not hold it.";
    REASON_NEW_CHANGED = "503A", Kept: "The reason for the episode that was open last year differs from last year's return.";
    STATUS_CHANGED = "503B", Kept: "The legal status of the episode that was open last year differs from last year's return.";
    NEED_CHANGED = "503C", Kept: "The category of need of the episode that was open last year differs from last year's return.";
    PLACE_CHANGED = "503D", Kept: "The placement type of the episode that was open last year differs from last year's return.";
    PROVIDER_CHANGED = "503E", Kept: "The provider of the episode that was open last year differs from last year's return.";
    URN_CHANGED = "503F", Kept: "The registration number (URN) of the episode that was open last year differs from last year's return.";
    DISTANCE_CHANGED = "503G", Kept: "The distance of the placement that was open last year differs from last year's return.";
    AREA_CHANGED = "503H", Kept: "The area of the placement that was open last year differs from last year's return.";
    LOCATION_CHANGED = "503J", Kept: "Whether the placement that was open last year lies in the authority differs from last year's return.";
}
