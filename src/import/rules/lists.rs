//! Rules of the companion lists, the reference files and published figures.

use crate::import::rules::rule::{Effect, Rule};
use crate::import::rules::rules;

rules! {
    KEY = "KEY", RowRefused: "Another row has the same key, and that one is used.";
    AUTHORITY = "AUTHORITY", RowRefused: "The authority is neither an ONS code, nor the name or number of an English one, nor on a list of areas; say which with --authority.";
    INDICATOR = "INDICATOR", RowRefused: "The row names no indicator.";
    INDICATOR_UNKNOWN = "INDICATOR-UNKNOWN", Kept: "No indicator counted here has this code, so the target will stand beside nothing.";
    PERIOD = "PERIOD", RowRefused: "The period is blank or not written as 2023-24, 2023-24-Q2 or 2023-10.";
    VALUE = "VALUE", RowRefused: "The value is not a number.";
    PART = "PART", Cleared: "The numerator or denominator is not a number.";
    FIGURE_DATE = "FIGURE-DATE", Cleared: "The first or last day of the period is not a real date; the period itself tells it.";
    TOLERANCE = "AMBER", Cleared: "The tolerance is neither a fraction (0.1) nor points (2pp); the usual tenth is used.";
    MID_YEAR = "MID-YEAR", RowRefused: "The year of the estimate is not a year.";
    DIMENSION = "DIMENSION", RowRefused: "The dimension is none of all, age, gender and ethnicity.";
    CATEGORY = "CATEGORY", RowRefused: "The category is no group of its dimension.";
    COUNT = "COUNT", RowRefused: "The count is not a number, or below zero.";
    EDITION = "EDITION", RowRefused: "The edition is blank.";
    RANK = "RANK", RowRefused: "The rank is not a whole number from 1.";
    OWN_NEIGHBOUR = "NEIGHBOUR", RowRefused: "An authority is not its own neighbour.";
    ONS_CODE = "ONS-CODE", RowRefused: "This is no ONS code, which is a letter and eight digits.";
    AREA_NAME = "AREA-NAME", RowRefused: "The area has no name.";
    START = "START", RowRefused: "The start date is blank or not a real date.";
    END = "END", RowRefused: "The end date is not a real date or before the start.";
    ELIGIBILITY = "ELIGIBILITY", RowRefused: "This is none of eligible, relevant, former_relevant, qualifying and none.";
    CONTACT_DATE = "CONTACT-DATE", RowRefused: "The date of the contact is blank or not a real date.";
    ELIGIBILITY_LEFT = "ELIGIBILITY", Cleared: "This is no known eligibility, so the row brings no duty; its contact is used.";
    CONTACT_CODE = "CONTACT-CODE", Cleared: "This is neither a code nor its words, so the row does not answer this; another contact or the yearly return may.";
    HOUSEHOLD = "HOUSEHOLD", RowRefused: "The household's identifier is blank or longer than 64 characters.";
    APPROVED = "APPROVED", RowRefused: "The date of approval is blank or not a real date.";
    PLACES = "PLACES", Cleared: "The number of places is not a whole number.";
    BIRTH_YEAR = "BIRTH-YEAR", Cleared: "The year of birth is not a year.";
    CARER_ETHNICITY = "CARER-ETHNICITY", Kept: "The ethnicity is not a known code; it counts as not known.";
    HEALTH_KIND = "HEALTH-KIND", RowRefused: "This is neither a health assessment (initial, review or not said), a dental check, an immunisation nor a surveillance or development check, so it is used for nothing.";
    HEALTH_DATE = "HEALTH-DATE", RowRefused: "The date is blank or not a real date.";
    HEALTH_STATUS = "HEALTH-STATUS", RowRefused: "The status is blank, or none of planned, completed, refused and cancelled, so the event is used for nothing.";
    BIRTH_DATE = "BIRTH-DATE", Cleared: "The birth date is not a real date.";
    CONTACT_LEFT = "CONTACT-LEFT", Cleared: "The date of the latest contact is not a real date.";
    NO_START = "ELIGIBILITY-START", RowRefused: "Neither a birth date nor a date of contact tells since when the young person is eligible.";
    FIGURES_LEFT = "FIGURES-LEFT", Noted: "Some figures of this file belong to no indicator here, so they were left.";
    FIGURE_LAYOUT = "FIGURE-LAYOUT", FileRefused: "The columns are neither those of a scorecard nor those of the education department's open data.";
    FIGURE_AREA = "FIGURE-AREA", RowRefused: "The area has no ONS code.";
    FIGURE_TIME = "FIGURE-TIME", RowRefused: "The time period is not a year that can be read.";
    FIGURE_VALUE = "FIGURE-VALUE", Cleared: "The figure is neither a number nor one of the symbols for a missing one.";
}
