//! Rules of the episodes.

use crate::import::rules::rule::{Effect, Rule};
use crate::import::rules::rules;

rules! {
    START = "141", RowRefused: "The start date is blank or not a real date.";
    END = "147", RowRefused: "The end date is not a real date, so nobody can tell whether the episode is open.";
    REASON_NEW = "143", Kept: "The reason for the new episode is blank or not a known code; it is kept as unknown.";
    LEGAL_STATUS = "144", Kept: "The legal status is blank or not a known code; it is kept as unknown.";
    NEED = "145", Kept: "The category of need is blank or not a known code.";
    PLACE = "146", Kept: "The placement type is blank or not a code of this year; a code of another year is read as what it meant then.";
    PROVIDER = "178", Kept: "The provider is not a known code, or this type of placement has none.";
    REASON_CEASED = "149", Kept: "The reason the episode ended is not a code of this year; one of another year is read as what it meant then, any other is kept as unknown.";
    REASON_CHANGE = "1009", Kept: "The reason for the placement change is not a code of this year.";
    END_AND_REASON = "148", Kept: "Only one of end date and reason is given; the end date decides whether the episode is open.";
    END_BEFORE_START = "356", RowRefused: "The episode ends before it starts.";
    NO_DAY = "355", RowRefused: "The episode starts and ends on one day, so it lasts no day.";
    STARTS_LATER = "354", RowRefused: "The episode starts after the end of the year.";
    ENDS_LATER = "385", Kept: "The episode ends after the end of the year; the date is taken as given.";
    TOO_EARLY = "353", Kept: "The episode starts before 14 October 1991.";
    BEFORE_BIRTH = "302", RowRefused: "The episode starts before the child was born.";
    SAME_START = "EPISODE-KEY", RowRefused: "The child has two rows with this start date; the one that ends later is used, open being latest.";
    OPEN_NOT_LAST = "142", Repaired: "The episode is open though a later one exists; it is read as ending where the next starts.";
    OVERLAP = "501", Repaired: "The episode runs into the next one; it is read as ending where the next starts.";
    AFTER_DEATH = "437", Kept: "Episodes follow one that ended with death or with leaving care at 18 or over; they are read as given.";
    GAP = "388", Kept: "Care should go on (X1), but no episode starts on the day this one ends; it is read as the end of the period of care.";
    STARTS_AGAIN = "431", Kept: "A start of care (S) follows an episode that ended the same day.";
    NOT_A_START = "432", Kept: "After care ended, the next episode should be a start (S).";
    POSTCODE = "392C", Kept: "This is not the shape of a postcode.";
    URN = "URN", Noted: "This is no Ofsted number (SC and six or seven digits, or seven digits), so it names no setting; carers are told apart by postcode instead.";
    DISTANCE = "PL_DISTANCE", Cleared: "The distance is not a number.";
}
