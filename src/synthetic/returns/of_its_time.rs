//! Codes as the return of a year writes them: a life is told in the codes of today.

use super::Year;
use crate::{
    care::codes::{Activity, Place, ReasonCeased},
    synthetic::life::Setting,
};

/// The registration number of every supported flat, since they are registered; invented.
const SUPPORTED_FLATS: &str = "9900061";

/// Placement type and registration number: a supported flat is `H5` to 2024-25 and registered (`K3`) from then on.
pub(super) fn place(setting: &Setting, year: Year) -> (Place, &str) {
    match setting.place {
        Place::H5 if year.ending > 2025 => (Place::K3, SUPPORTED_FLATS),
        place => (place, setting.urn.as_deref().unwrap_or("")),
    }
}

/// Special guardianship: only whether the guardian had fostered the child to 2017-18, and whether a relative since.
pub(super) fn reason_ceased(reason: ReasonCeased, year: Year) -> ReasonCeased {
    use ReasonCeased::{E43, E44, E45, E46, E47, E48};
    match reason {
        E45 | E46 if year.ending < 2019 => E43,
        E47 | E48 if year.ending < 2019 => E44,
        other => other,
    }
}

/// Work and training: apprenticeships are told apart from 2021-22.
pub(super) fn activity(activity: Activity, year: Year) -> Activity {
    use Activity::{F3, F4, F5, P3, P4, P5};
    match activity {
        F4 | F5 if year.ending < 2022 => F3,
        P4 | P5 if year.ending < 2022 => P3,
        other => other,
    }
}
