//! `episodes`: each stretch of one legal status and one placement that touches the year.

use super::{Year, of_its_time};
use crate::{
    care::codes::{LegalStatus, ReasonCeased, ReasonNew},
    period::Date,
    synthetic::{
        life::{Life, Setting, Spell, Stay},
        table::{Table, tenths, uk, uk_or_blank},
    },
};

/// The file without rows.
pub(super) fn file() -> Table {
    Table::new(
        "episodes",
        &[
            "CHILD",
            "DECOM",
            "RNE",
            "LS",
            "CIN",
            "PLACE",
            "PLACE_PROVIDER",
            "DEC",
            "REC",
            "REASON_PLACE_CHANGE",
            "HOME_POST",
            "PL_POST",
            "URN",
            "PL_LA",
            "PL_LOCATION",
            "PL_DISTANCE",
        ],
    )
}

/// Adds the child's episodes of the year.
pub(super) fn write(table: &mut Table, life: &Life, authority: &str, year: Year) {
    for stay in &life.stays {
        for (spell, next) in stay.chain() {
            let (end, reason) = match next {
                Some(next) => (Some(next.from), Some(ReasonCeased::X1)),
                None => (stay.end.map(|(day, _)| day), stay.end.map(|(_, reason)| reason)),
            };
            let touches = spell.from <= year.window.to && end.is_none_or(|end| end >= year.window.from);
            if touches {
                let known = end.filter(|end| *end <= year.window.to);
                write_one(table, life, (stay, spell, next), (known, reason), (authority, year));
            }
        }
    }
}

fn write_one(
    table: &mut Table,
    life: &Life,
    (stay, spell, next): (&Stay, &Spell, Option<&Spell>),
    (end, reason): (Option<Date>, Option<ReasonCeased>),
    (authority, year): (&str, Year),
) {
    let respite = matches!(spell.law, LegalStatus::V3 | LegalStatus::V4);
    let setting = &spell.setting;
    // A short stay elsewhere is no change of placement, so it needs no reason.
    let temporary = setting.place.is_temporary() || next.is_some_and(|next| next.setting.place.is_temporary());
    let moved = next.is_some_and(|next| next.began != ReasonNew::L) && !temporary;
    let change = spell.left.filter(|_| end.is_some() && moved).map_or("", |why| why.code());
    let reason = reason.filter(|_| end.is_some()).map_or("", |reason| of_its_time::reason_ceased(reason, year).code());
    let (place, urn) = of_its_time::place(setting, year);
    let (area, location) = area(setting, authority);
    let home = if respite { "" } else { &life.home };
    let distance = tenths(setting.tenths_of_miles.filter(|_| !home.is_empty()));
    table.row(&[
        &life.child,
        &uk(spell.from),
        spell.began.code(),
        spell.law.code(),
        stay.need.code(),
        place.code(),
        setting.provider.map_or("", |provider| provider.code()),
        &uk_or_blank(end),
        reason,
        change,
        home,
        if respite { "" } else { &setting.postcode },
        urn,
        area,
        location,
        &distance,
    ]);
}

/// Where the placement lies: the authority's code, and whether that is its own area.
fn area<'a>(setting: &Setting, authority: &'a str) -> (&'a str, &'static str) {
    match setting.other_area {
        Some(other) => (other, "OUT"),
        None => (authority, "IN"),
    }
}
