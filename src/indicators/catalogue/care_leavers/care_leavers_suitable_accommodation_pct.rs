//! Care leavers aged 19 to 21 in suitable accommodation.

use super::{BIRTHDAY, IN_THE_BASE, LEAVER, accommodation};
use crate::indicators::prelude::*;

/// Care leavers aged 19 to 21 in suitable accommodation.
pub(super) const INDICATOR: Indicator = Indicator {
    code: "care_leavers_suitable_accommodation_pct",
    title: "Care leavers aged 19-21 in suitable accommodation",
    theme: Theme::CareLeavers,
    domain: Domain::Leaver,
    unit: Unit::Percent,
    decimals: 1,
    polarity: Polarity::HigherIsBetter,
    basis: Basis::YearToDate,
    flat_target: FlatTarget::EveryQuarter,
    numerator: "Those in accommodation recorded as suitable around that birthday (a code that ends in 1).",
    denominator: "Care leavers whose 19th, 20th or 21st birthday fell since 1 April; those about whom nothing is known stay in.",
    exclusions: "Died, returned to parents for six months or more, transferred to another authority; gone abroad, deported, residence not known; short breaks only.",
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
    of: &[
        BIRTHDAY,
        LEAVER,
        IN_THE_BASE,
        Step {
            text: "not gone abroad, deported or of unknown residence",
            keep: |child, context| !accommodation(child, context).is_some_and(Accommodation::has_no_usable_address),
        },
    ],
    met: Some(|child, context| {
        accommodation(child, context).and_then(Accommodation::is_suitable).map_or(Met::Blank, Met::from)
    }),
    recorded: always,
    national: Some(Likeness {
        note: "Published for everyone with a birthday in the year; ours for birthdays so far.",
        ..Likeness::SAME
    }),
    open_data: Some(OpenData {
        column: Column::Percent,
        filters: &["19 to 21 years", "accommodation considered suitable"],
    }),
    examples: "
        yes 2023-09-30: born 2004-05-01, placed 2020-01-01, left 2022-05-01 E5, contact 2023-05-20 YES F2 U1
        no 2023-09-30: born 2004-05-01, placed 2020-01-01, left 2022-05-01 E5, contact 2023-05-20 YES F2 S2
        blank 2023-09-30: born 2004-05-01, placed 2020-01-01, left 2022-05-01 E5
        blank 2023-09-30: born 2004-05-01, oc3 2024 YES F2 S1
        out 2023-09-30: born 2004-05-01, oc3 2024 YES F2 G1
        out 2023-09-30: born 2004-05-01, oc3 2024 RHOM 0 0
        out 2023-09-30: born 2004-10-01, oc3 2024 YES F2 U1",
};
