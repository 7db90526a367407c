//! Which figure of the education department's open data is which measure: a table of filter values, not of file names.
//!
//! A figure is a measure's when the row has exactly these values in its filters, totals aside. What an indicator is called
//! there stands in its own file; here are the measures that are published and not counted.

use crate::indicators::{self, Column, OpenData};

impl Column {
    /// What a column holds; nothing if it is a filter.
    pub fn of_heading(column: &str) -> Option<Self> {
        let column = column.to_uppercase();
        let has = |words: &[&str]| words.iter().any(|word| column.contains(word));
        let begins = |starts: &[&str]| starts.iter().any(|start| column.starts_with(start));
        if has(&["POPULATION_ESTIMATE"]) {
            Some(Self::Population)
        } else if has(&["RATE_PER", "_RATE"]) || begins(&["RATE"]) {
            Some(Self::Rate)
        } else if has(&["PERCENT"]) || begins(&["PT_", "PC_", "PCT_"]) || column.ends_with("_PCT") {
            Some(Self::Percent)
        } else if has(&["COUNT", "NUMBER", "AVERAGE"]) || begins(&["T_", "AVG_"]) {
            Some(Self::Number)
        } else {
            None
        }
    }

    /// The unit as published figures name it.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Number | Self::Population => "count",
            Self::Percent => "percent",
            Self::Rate => "per_10000",
        }
    }
}

/// Filter values that mean everybody.
const TOTALS: &[&str] = &[
    "total",
    "all",
    "total children",
    "all children",
    "total all ages",
    "total ages 0 to 4 years",
    "total ages 5 to 16 years",
    "total ages 10 to 17 years",
    "suitability total",
];

/// Whether a filter value, in lower case, means everybody.
pub fn is_total(value: &str) -> bool {
    TOTALS.contains(&value)
}

/// A measure that the open data has, by the code under which its figures are kept.
#[derive(Clone, Copy)]
pub struct Measure {
    /// The code of an indicator, or of a measure that is published alone.
    pub code: &'static str,
    /// Where the open data has it.
    pub open_data: OpenData,
}

/// Every measure that the open data has: those of the catalogue of indicators, then those that are published alone.
pub fn measures() -> impl Iterator<Item = Measure> {
    let counted = indicators::all()
        .iter()
        .filter_map(|indicator| indicator.open_data.map(|open_data| Measure { code: indicator.code, open_data }));
    counted.chain(
        PUBLISHED_ALONE
            .iter()
            .map(|(code, column, filters)| Measure { code, open_data: OpenData { column: *column, filters } }),
    )
}

const STARTING: &str = "children starting to be looked after each year";
const CEASING: &str = "children ceasing to be looked after each year";
const SDQ: &str = "ages 5 to 16 years with sdq score";
const HEALTH: &str = "health assessments: children looked after all ages";
const EET: &str = "total in education, employment or training";
const SUPPORTED: &str = "independent and semi-independent living arrangements/supported accommodation";
const CONVICTED: &str = "convicted or subject to youth cautions, or youth conditional cautions during the year";

/// Measures that are published and not counted from records: code, column, filter values.
const PUBLISHED_ALONE: &[(&str, Column, &[&str])] = &[
    ("cla_started_rate_per_10000", Column::Rate, &[STARTING]),
    ("cla_ceased_rate_per_10000", Column::Rate, &[CEASING]),
    (
        "placements_3plus_2years_pct",
        Column::Percent,
        &["cla 2 years on 31 march", "with 3 or more placements during the previous 2 years"],
    ),
    ("social_workers_3plus_pct", Column::Percent, &["cla on 31 march", "3 or more social workers during the year"]),
    (
        "mid_year_school_move_pct",
        Column::Percent,
        &["cla on 31 march", "mid-year moves", "with one or more mid-year moves during the year"],
    ),
    ("uasc_number", Column::Number, &["unaccompanied asylum-seeking children", "uasc"]),
    ("uasc_pct", Column::Percent, &["unaccompanied asylum-seeking children", "uasc"]),
    ("foster_placements_pct", Column::Percent, &["placement", "foster placements"]),
    ("residential_placements_pct", Column::Percent, &["placement", "secure homes and children's homes"]),
    ("supported_accommodation_pct", Column::Percent, &["placement", SUPPORTED]),
    (
        "placed_with_parents_pct",
        Column::Percent,
        &["placement", "placed with parents or other person with parental responsibility"],
    ),
    ("other_placements_pct", Column::Percent, &["placement", "other placements"]),
    ("placed_for_adoption_number", Column::Number, &["placement", "placed for adoption"]),
    (
        "placed_over_20_miles_dfe_pct",
        Column::Percent,
        &["distance between home and placement", "placed more than 20 miles from home"],
    ),
    (
        "placed_out_of_area_pct",
        Column::Percent,
        &["locality of placement", "placed outside the local authority boundary"],
    ),
    ("adopted_number", Column::Number, &["reason episode ceased", "adopted"]),
    (
        "ceased_cao_pct",
        Column::Percent,
        &["reason episode ceased", "residence order or child arrangement order granted"],
    ),
    ("immunisations_pct", Column::Percent, &[HEALTH, "had their immunisations up to date"]),
    (
        "development_checks_under5_pct",
        Column::Percent,
        &["development assessments: children looked after ages 0 to 4 years", "development assessments up to date"],
    ),
    ("sdq_average_score", Column::Number, &[SDQ, "sdq average score"]),
    ("sdq_completed_pct", Column::Percent, &[SDQ, "sdq score was received"]),
    ("sdq_concern_pct", Column::Percent, &[SDQ, "sdq score is a cause for concern"]),
    (
        "substance_misuse_pct",
        Column::Percent,
        &["substance misuse: children looked after all ages", "identified as having a substance misuse problem"],
    ),
    ("offending_pct", Column::Percent, &["convictions: children looked after ages 10 to 17 years", CONVICTED]),
    (
        "care_leavers_suitable_accommodation_17_18_pct",
        Column::Percent,
        &["17 to 18 years", "accommodation considered suitable"],
    ),
    ("care_leavers_eet_pct", Column::Percent, &["19 to 21 years", EET]),
    (
        "care_leavers_higher_education_pct",
        Column::Percent,
        &["19 to 21 years", "higher education i.e. studies beyond a level"],
    ),
];
