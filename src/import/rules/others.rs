//! Rules of the other files of a return.

use crate::import::rules::rule::{Effect, Rule};
use crate::import::rules::rules;

rules! {
    UASC_TWICE = "INT36", RowRefused: "The child has another row in this file.";
    STATUS_END = "303", Cleared: "The end of the asylum-seeking status is not a real date; the status is read as lasting.";
    STATUS_AFTER_18 = "304", Kept: "The asylum-seeking status ends after the 18th birthday.";
    REVIEW_DATE = "167", RowRefused: "The date of the review is blank or not a real date.";
    PARTICIPATION = "167", Kept: "How the child took part is blank or not a known code.";
    REVIEW_TWICE = "REVIEW-KEY", RowRefused: "The child has another review on this day; two on one day count once.";
    MISSING_KIND = "MISSING", Kept: "The row says neither missing (M) nor away (A).";
    MISSING_START = "MIS_START", RowRefused: "The first day missing is blank or not a real date.";
    MISSING_END = "MIS_END", RowRefused: "The last day missing is not a real date, so nobody can tell whether the child is back.";
    MISSING_ORDER = "567", RowRefused: "The missing period ends before it starts.";
    MISSING_TWICE = "MISSING-KEY", RowRefused: "The child has two rows with this first day; the one that ends later is used, open being latest.";
    OC2_TWICE = "INT33", RowRefused: "The child has another row in this file.";
    SCORE = "180", Cleared: "The strengths and difficulties score is not a whole number from 0 to 40.";
    NO_SCORE_REASON = "SDQ_REASON", Kept: "The reason for no score is not a known code.";
    SCORE_AND_REASON = "197A", Kept: "Both a score and a reason for no score are given.";
    FLAG = "OC2-FLAG", Cleared: "The answer is neither yes (1, Y, Yes, TRUE) nor no (0, N, No, FALSE).";
    OC3_TWICE = "INT34", RowRefused: "The young person has another row in this file.";
    IN_TOUCH = "131", Kept: "Whether the authority is in touch is blank or not a known code.";
    ACTIVITY = "132", Kept: "The activity is blank or not a code of this year; a code of another year is read as what it meant then.";
    ACCOMMODATION = "133", Kept: "The accommodation is blank or not a known code.";
    GONE_BUT_KNOWN = "344", Kept: "For a young person who died or returned home, activity and accommodation should be 0.";
    IN_TOUCH_NOT_KNOWN = "345", Kept: "The authority is in touch, yet activity or accommodation is 0.";
    ADOPTED_TWICE = "AD1-KEY", RowRefused: "The child has another row in this file.";
    ADOPTION_DATE = "AD1-DATE", Cleared: "The date is not a real date.";
    ADOPTION_CODE = "AD1-CODE", Kept: "The code is not a known one.";
    ADOPTION_NUMBER = "AD1-NUMBER", Cleared: "The answer is none of those allowed.";
    DECISION_DATE = "DATE_PLACED", RowRefused: "The date of the decision is blank or not a real date.";
    REVERSAL_DATE = "DATE_PLACED_CEASED", RowRefused: "The date of the contrary decision is not a real date, so nobody can tell whether the plan stands.";
    REVERSAL_REASON = "REASON_PLACED_CEASED", Kept: "The reason is not a known code.";
    DECISION_TWICE = "DECISION-KEY", RowRefused: "The child has two rows with this decision date; the one that stands longer is used.";
    PERMANENCE_TWICE = "INT35", RowRefused: "The child has another row in this file.";
    PERMANENCE_KIND = "PREV_PERM", Kept: "The earlier permanence is blank or not a known code.";
    PERMANENCE_DATE = "DATE_PERM", Cleared: "The date is not a real date, nor one with zz for what is unknown.";
    WORKER_START = "SW_DECOM", RowRefused: "The first day of the allocation is blank or not a real date.";
    WORKER_END = "SW_DEC", RowRefused: "The last day of the allocation is not a real date or before the first.";
    WORKER_REASON = "SW_REASON", Kept: "The reason for the change of worker is not a known code.";
    WORKER_TWICE = "SW-KEY", RowRefused: "The child has two rows with this first day; the one that ends later is used, open being latest.";
    ORDER_START = "700-708", RowRefused: "The first day of the order is blank or not a real date.";
    ORDER_END = "DOLO_END", RowRefused: "The last day of the order is not a real date or before the first.";
    ORDER_TWICE = "DOLO-KEY", RowRefused: "The child has two rows with this first day; the one that ends later is used, open being latest.";
}
