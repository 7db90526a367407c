//! `oc2`: the yearly flags on health and offending, for children looked after for twelve months at 31 March.

use super::Year;
use crate::{
    period::{AsAt, Window},
    synthetic::{
        life::{Check, Life},
        table::{Table, uk},
    },
};

/// The file without rows.
pub(super) fn file() -> Table {
    Table::new(
        "oc2",
        &[
            "CHILD",
            "DOB",
            "SDQ_SCORE",
            "SDQ_REASON",
            "CONVICTED",
            "HEALTH_CHECK",
            "IMMUNISATIONS",
            "TEETH_CHECK",
            "HEALTH_ASSESSMENT",
            "SUBSTANCE_MISUSE",
            "INTERVENTION_RECEIVED",
            "INTERVENTION_OFFERED",
        ],
    )
}

/// Adds the child if looked after without a break for the whole year, short breaks aside.
pub(super) fn write(table: &mut Table, life: &Life, _authority: &str, year: Year) {
    let as_at = AsAt::new(year.window.to);
    let all_year =
        life.stay_on(as_at.on).is_some_and(|stay| !stay.is_respite() && stay.start() <= as_at.twelve_months_ago);
    if !year.is_whole() || !all_year {
        return;
    }
    let age = life.age_on(as_at.on);
    let asked_for_difficulties = life.age_on(year.window.from) >= 4 && age <= 16;
    let misuses = life.wellbeing.misuses_substances && age >= 12;
    table.row(&[
        &life.child,
        &uk(life.birth),
        &if asked_for_difficulties { life.wellbeing.difficulties.to_string() } else { String::new() },
        "",
        if age >= 10 { flag(life.wellbeing.convicted && age >= 12) } else { "" },
        if age < 5 { flag(done(life, Check::Assessment, year.window) > 0) } else { "" },
        flag(!life.wellbeing.not_immunised),
        flag(done(life, Check::Dental, year.window) > 0),
        // Those under five are assessed twice a year.
        flag(done(life, Check::Assessment, year.window) >= if age < 5 { 2 } else { 1 }),
        flag(misuses),
        if misuses { "1" } else { "" },
        "",
    ]);
}

fn done(life: &Life, check: Check, window: Window) -> usize {
    life.checks.iter().filter(|c| c.check == check && !c.refused && window.contains(c.on)).count()
}

fn flag(answer: impl Into<u8>) -> &'static str {
    if answer.into() == 0 { "0" } else { "1" }
}
