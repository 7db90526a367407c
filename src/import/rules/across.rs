//! Rules between the files of one return.

use crate::import::rules::rule::{Effect, Rule};
use crate::import::rules::rules;

rules! {
    NOT_THIS_YEAR = "FILE-YEAR", Noted: "This file is not part of the return of this year; it is read all the same.";
    SDQ_NOT_WANTED = "185", Kept: "A strengths and difficulties score or reason is given, but the child was not looked after for 12 months without a break at 31 March.";
    SDQ_MISSING = "186", Kept: "The child was looked after for 12 months at 31 March and of the age for it, but neither a strengths and difficulties score nor a reason is given.";
    HEALTH_NOT_WANTED = "190", Kept: "Answers on health or offending are given, but the child was not looked after for 12 months without a break at 31 March.";
    HEALTH_MISSING = "191", Kept: "The child was looked after for 12 months at 31 March, but an answer on immunisations, teeth, health assessment or substance misuse is not given.";
    CONVICTED_UNDER_10 = "542", Kept: "Whether the child was convicted is given, but the child was under 10 at 31 March.";
    CONVICTED_MISSING = "543", Kept: "The child was looked after for 12 months at 31 March and was 10 or over, but whether convicted is not given.";
    CHECK_MISSING = "545", Kept: "The child was looked after for 12 months at 31 March and was under 5, but whether development checks are up to date is not given.";
    CHECK_FROM_5 = "546", Kept: "Whether development checks are up to date is given, but the child was 5 or over at 31 March.";
    LEAVER_UNDER_17 = "391", Kept: "The young person is not yet 17 at the end of the year, too young for a care leaver's row.";
    NO_LEAVER = "1001", Noted: "The episodes that are known do not make the young person a care leaver: 91 days in care since 14, some of it after 16, short breaks aside, and not adopted.";
    STAYING_PUT_AT_17 = "3001", Kept: "A young person of 17 cannot be staying put with former foster carers.";
    UNDER_4_BUT_OLDER = "440", Kept: "The review says that the child was under 4 (PN0), but the child was 4 or over.";
    OLDER_BUT_UNDER_4 = "441", Kept: "The review says how the child took part, but the child was under 4, which is PN0.";
    MISSING_OVERLAP = "574", Kept: "The missing period begins before the one before it has ended.";
    MISSING_NOT_ENDED = "577", Kept: "The missing period is open or goes on after the child ceased to be looked after.";
    MISSING_AFTER = "578", Kept: "The missing period begins after the child ceased to be looked after.";
    MISSING_BEFORE = "581", Kept: "The missing period begins before the child started to be looked after.";
    ADOPTION_ROW_MISSING = "601", Kept: "The child was adopted in the year, but the details of the adoption (file ad1) are missing or not complete.";
    NOT_ADOPTED = "602", Kept: "Details of an adoption are given, but no episode of the child ended in adoption in the year.";
    MATCH_BEFORE_DECISION = "333", Kept: "The child was matched with adopters before adoption was decided on.";
    PLACED_BEFORE_MATCH = "331", Kept: "The child was placed for adoption before being matched with the adopters.";
    REVERSED_BEFORE_DECISION = "522", Kept: "The decision against adoption is dated before the decision for it.";
    NOT_UNACCOMPANIED = "303", Kept: "An end of the asylum-seeking status is given, but the child did not have that status in the year.";
    WORKER_NOT_ENDED = "SW08STG2", Kept: "A later social worker has started, but this allocation has not ended.";
    WORKER_GAP = "SW10STG2", Kept: "The social worker does not follow the one before within 7 days, or overlaps by more.";
    NO_WORKER = "SW17STG2", Noted: "The child was looked after on the last day of the return, but the last social worker's allocation has ended.";
    ORDER_STARTS_LATER = "703", Kept: "The deprivation of liberty order starts after the end of the year.";
    ORDER_ENDS_OUTSIDE = "704", Kept: "The deprivation of liberty order ended before the year began, or ends after it.";
    ORDER_OVERLAP = "705", Kept: "The deprivation of liberty order starts before the one before it has ended.";
    ORDER_OUTSIDE_CARE = "707", Kept: "The deprivation of liberty order does not lie inside a period of care.";
    ORDER_BEFORE_BIRTH = "708", Kept: "The deprivation of liberty order does not start after the child's birth.";
}
