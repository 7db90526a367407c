//! The lists beside the returns: care leavers, contacts with them, foster carers, and dated health checks.

use super::{
    carers::{Household, Link},
    life::{Check, Life},
    table::Table,
};
use crate::{
    care::codes::Sex,
    period::{Date, Window},
};

/// Duties owed to young people who have left care (import kind `leavers`), as far as they are known by the last day.
pub fn leavers(lives: &[Life], days: Window) -> Table {
    let mut table = Table::new("leavers", &["child", "eligibility", "start", "end"]);
    for life in lives {
        for duty in life.duties.iter().filter(|duty| duty.from <= days.to) {
            let end = duty.until.map(|day| day.to_string()).unwrap_or_default();
            let eligibility = duty.eligibility.code().to_lowercase();
            table.row(&[&life.child, &eligibility, &duty.from.to_string(), &end]);
        }
    }
    table
}

/// Contacts with them (import kind `leaver_contacts`).
pub fn leaver_contacts(lives: &[Life], days: Window) -> Table {
    let columns = &["child", "date", "in_touch", "activity", "accommodation", "adviser"];
    let mut table = Table::new("leaver_contacts", columns);
    for (number, life) in lives.iter().enumerate() {
        let adviser = format!("PA{:03}", number % 12 + 1);
        for contact in life.contacts.iter().filter(|contact| contact.on <= days.to) {
            table.row(&[
                &life.child,
                &contact.on.to_string(),
                contact.in_touch.code(),
                contact.activity.code(),
                contact.accommodation.code(),
                &adviser,
            ]);
        }
    }
    table
}

/// Foster carer households, a row for each carer (import kind `carers`).
pub fn carers(households: &[Household]) -> Table {
    let columns = &[
        "household",
        "kind",
        "approved_on",
        "ended_on",
        "end_reason",
        "approved_places",
        "carer",
        "role",
        "birth_year",
        "gender",
        "ethnicity",
    ];
    let mut table = Table::new("carers", columns);
    for home in households {
        for (turn, carer) in home.carers.iter().enumerate() {
            table.row(&[
                &home.household,
                home.kind,
                &home.approved.to_string(),
                "",
                "",
                &home.places.to_string(),
                &format!("{}-{}", home.household, turn + 1),
                if turn == 0 { "main" } else { "second" },
                &carer.birth_year.to_string(),
                if carer.gender == Sex::Female { "F" } else { "M" },
                carer.ethnicity.code(),
            ]);
        }
    }
    table
}

/// Which household each placement was with (import kind `placement_links`).
pub fn placement_links(links: &[Link], days: Window) -> Table {
    let mut table = Table::new("placement_links", &["child", "start", "household"]);
    for link in links.iter().filter(|link| link.start <= days.to) {
        table.row(&[&link.child, &link.start.to_string(), &link.household]);
    }
    table
}

/// Dated health checks, as the Standard Safeguarding Dataset names them (import kind `ssd`).
pub fn health_checks(lives: &[Life], days: Window) -> Table {
    let columns = &["clah_person_id", "clah_health_check_type", "clah_health_check_date", "clah_health_check_status"];
    let mut table = Table::new("ssd_cla_health", columns);
    for life in lives {
        for check in life.checks.iter().filter(|check| days.contains(check.on)) {
            let kind = match check.check {
                Check::Assessment => "Health Assessment",
                Check::Dental => "Dental Check",
            };
            let status = if check.refused { "Refused" } else { "Completed" };
            table.row(&[&life.child, kind, &slashed(check.on), status]);
        }
    }
    table
}

fn slashed(day: Date) -> String {
    super::table::uk(day)
}
