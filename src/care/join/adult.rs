//! Care ends on the 18th birthday (ruling 61; validation rules 352 and 359 of the return).

use super::{
    episodes::Chain,
    mended::{Fate, RepairedRow},
};
use crate::{
    care::{
        codes::{LegalStatus, Place},
        records::EpisodeRow,
    },
    period::{Date, birthday},
};

/// Ends rows that reach past the 18th birthday on that day, and leaves out those that start on it or later. An open row
/// is left without a reason; one that was closed later keeps its own. A birthday after `horizon`, the last day of the
/// records, has not come yet.
///
/// A young person under V2 in a children's home (K2) is exempt for as long as that lasts.
pub(super) fn end_care_at_18(chain: &mut Chain, birth: Option<Date>, horizon: Date) {
    let Some(adult) = birth.map(|birth| birthday(birth, 18)).filter(|day| *day <= horizon) else { return };
    if chain.rows.last().is_none_or(|last| last.end.is_some_and(|end| end <= adult)) {
        return;
    }
    let mut exempt_until: Option<Option<Date>> = None;
    let mended = &mut chain.mended;
    chain.rows.retain_mut(|row| {
        let goes_on = row.start < adult || exempt_until == Some(Some(row.start));
        if is_exempt(row) && goes_on {
            exempt_until = Some(row.end);
            return true;
        }
        exempt_until = None;
        if row.end.is_some_and(|end| end <= adult) {
            return true;
        }
        mended.retain(|m| (m.start, m.fate) != (row.start, Fate::Lost));
        let (start, return_year) = (row.start, row.return_year);
        mended.push(RepairedRow { start, return_year, by: return_year, fate: Fate::Adult });
        if row.end.is_none() {
            row.reason_ceased = None;
        }
        row.end = Some(adult);
        row.start < adult
    });
}

fn is_exempt(row: &EpisodeRow) -> bool {
    row.legal_status == Some(LegalStatus::V2) && row.place == Some(Place::K2)
}
