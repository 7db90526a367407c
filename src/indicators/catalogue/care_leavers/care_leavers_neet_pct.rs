//! Care leavers aged 19 to 21 not in education, employment or training.

use super::{BIRTHDAY, IN_THE_BASE, LEAVER, status};
use crate::indicators::prelude::*;

/// Care leavers aged 19 to 21 not in education, employment or training.
pub(super) const INDICATOR: Indicator = Indicator {
    code: "care_leavers_neet_pct",
    title: "Care leavers aged 19-21 not in education, employment or training",
    theme: Theme::CareLeavers,
    domain: Domain::Leaver,
    unit: Unit::Percent,
    decimals: 1,
    polarity: Polarity::LowerIsBetter,
    basis: Basis::YearToDate,
    flat_target: FlatTarget::EveryQuarter,
    numerator: "Those not in education, employment or training around that birthday (G4, G5, G6). Not known is not NEET.",
    denominator: "Care leavers whose 19th, 20th or 21st birthday fell since 1 April; those about whom nothing is known stay in.",
    exclusions: "Died, returned to parents for six months or more, transferred to another authority; short breaks only.",
    source: "DfE, Children looked after in England including adoptions (OC3)",
    versions: &[
        Version { number: "1", since: "2026-11-22", change: "The first rule." },
        Version {
            number: "2",
            since: "2026-11-27",
            change: "Unknown is told apart from no; care ends with the 18th birthday; of several returns the newest holds.",
        },
    ],
    age_at: AgeAt::PeriodEnd,
    depends_on_birthday: true,
    needs: &[Fact::LeaverContacts],
    of: &[BIRTHDAY, LEAVER, IN_THE_BASE],
    met: Some(|child, context| status(child, context).activity.map_or(Met::Blank, neet)),
    recorded: always,
    national: Some(Likeness {
        note: "Published for everyone with a birthday in the year; ours for birthdays so far.",
        ..Likeness::SAME
    }),
    open_data: Some(OpenData {
        column: Column::Percent,
        filters: &["19 to 21 years", "total not in education, employment or training"],
    }),
    examples: "
        yes 2023-09-30: born 2004-05-01, placed 2020-01-01, left 2022-05-01 E5, contact 2023-05-20 YES G5 U1
        no 2023-09-30: born 2004-05-01, oc3 2024 YES P3 U1
        blank 2023-09-30: born 2004-05-01, oc3 2024 NO 0 0
        yes 2023-09-30: born 2004-05-01, oc3 2024 YES G4 G1
        out 2023-09-30: born 2004-05-01, placed 2020-01-01 V2 K2
        out 2023-09-30: born 2004-05-01, oc3 2024 DIED 0 0",
};

fn neet(activity: Activity) -> Met {
    if activity == Activity::NotKnown { Met::Blank } else { activity.is_neet().into() }
}
