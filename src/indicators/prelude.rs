//! What the file of an indicator is written with, so that it begins with the indicator.

pub(in crate::indicators) use super::{
    Context,
    catalogue::steps::{ANY_TIME_IN_YEAR, CEASED_IN_YEAR, LOOKED_AFTER},
    context::HealthSource,
    definition::{AgeAt, Indicator, Met, Step, Theme, Version, always},
    published_measure::{Column, Comparability, Likeness, OpenData},
};
pub(in crate::indicators) use crate::{
    access::Domain,
    care::{
        Child, LeaverStatus,
        codes::{Accommodation, Activity, InTouch, MissingKind, Place, ReasonCeased},
        records::{HealthEventKind, Oc2Row},
    },
    period::Date,
    snapshot::Fact,
    statistics::{Absence, Basis, FlatTarget, Polarity, Unit},
};
