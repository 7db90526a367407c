//! Which figure of the education department's open data is which indicator: a table of filter values, not of file names.
//!
//! The same filter values stand in every edition of a file, whatever the file and its filter columns are called. A
//! figure is an indicator's when the row has exactly these values in its filters, totals aside.

/// What a column of figures holds, as its name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// A number of children, or an average.
    Number,
    /// A percentage.
    Percent,
    /// A rate per 10,000 children.
    Rate,
    /// The population that a rate is of.
    Population,
}

impl Figure {
    /// What a column holds; nothing if it is a filter.
    pub fn of_column(column: &str) -> Option<Self> {
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

/// The filter values of an indicator in lower case, the group last; what its column holds.
pub type Measure = (&'static str, Figure, &'static [&'static str]);

const AT_MARCH: &str = "children looked after on 31 march each year";
const STARTING: &str = "children starting to be looked after each year";
const CEASING: &str = "children ceasing to be looked after each year";
const LONG_TERM: &str = "children looked after continuously for at least 2.5 years on 31 march aged under 16 years";
const SDQ: &str = "ages 5 to 16 years with sdq score";
const HEALTH: &str = "health assessments: children looked after all ages";
const NEET: &str = "total not in education, employment or training";
const EET: &str = "total in education, employment or training";
const SUPPORTED: &str = "independent and semi-independent living arrangements/supported accommodation";
const CONVICTED: &str = "convicted or subject to youth cautions, or youth conditional cautions during the year";

/// Every indicator that the open data has.
pub const MEASURES: &[Measure] = &[
    ("cla_number", Figure::Number, &[AT_MARCH]),
    ("cla_rate_per_10000", Figure::Rate, &[AT_MARCH]),
    ("cla_started_number", Figure::Number, &[STARTING]),
    ("cla_started_rate_per_10000", Figure::Rate, &[STARTING]),
    ("cla_ceased_number", Figure::Number, &[CEASING]),
    ("cla_ceased_rate_per_10000", Figure::Rate, &[CEASING]),
    ("placements_3plus_pct", Figure::Percent, &["cla on 31 march", "with 3 or more placements during the year"]),
    (
        "placements_3plus_2years_pct",
        Figure::Percent,
        &["cla 2 years on 31 march", "with 3 or more placements during the previous 2 years"],
    ),
    ("long_term_stability_pct", Figure::Percent, &[LONG_TERM, "living with the same carer for at least 2 years"]),
    ("social_workers_3plus_pct", Figure::Percent, &["cla on 31 march", "3 or more social workers during the year"]),
    (
        "mid_year_school_move_pct",
        Figure::Percent,
        &["cla on 31 march", "mid-year moves", "with one or more mid-year moves during the year"],
    ),
    ("uasc_number", Figure::Number, &["unaccompanied asylum-seeking children", "uasc"]),
    ("uasc_pct", Figure::Percent, &["unaccompanied asylum-seeking children", "uasc"]),
    ("foster_placements_pct", Figure::Percent, &["placement", "foster placements"]),
    ("residential_placements_pct", Figure::Percent, &["placement", "secure homes and children's homes"]),
    ("supported_accommodation_pct", Figure::Percent, &["placement", SUPPORTED]),
    (
        "placed_with_parents_pct",
        Figure::Percent,
        &["placement", "placed with parents or other person with parental responsibility"],
    ),
    ("other_placements_pct", Figure::Percent, &["placement", "other placements"]),
    ("placed_for_adoption_number", Figure::Number, &["placement", "placed for adoption"]),
    (
        "placed_over_20_miles_dfe_pct",
        Figure::Percent,
        &["distance between home and placement", "placed more than 20 miles from home"],
    ),
    (
        "placed_out_of_area_pct",
        Figure::Percent,
        &["locality of placement", "placed outside the local authority boundary"],
    ),
    ("adopted_number", Figure::Number, &["reason episode ceased", "adopted"]),
    ("ceased_adopted_pct", Figure::Percent, &["reason episode ceased", "adopted"]),
    ("ceased_sgo_pct", Figure::Percent, &["reason episode ceased", "special guardianship order"]),
    (
        "ceased_cao_pct",
        Figure::Percent,
        &["reason episode ceased", "residence order or child arrangement order granted"],
    ),
    ("dental_checks_pct", Figure::Percent, &[HEALTH, "had their teeth checked by a dentist"]),
    ("health_checks_pct", Figure::Percent, &[HEALTH, "had their annual health assessment"]),
    ("immunisations_pct", Figure::Percent, &[HEALTH, "had their immunisations up to date"]),
    (
        "development_checks_under5_pct",
        Figure::Percent,
        &["development assessments: children looked after ages 0 to 4 years", "development assessments up to date"],
    ),
    ("sdq_average_score", Figure::Number, &[SDQ, "sdq average score"]),
    ("sdq_completed_pct", Figure::Percent, &[SDQ, "sdq score was received"]),
    ("sdq_concern_pct", Figure::Percent, &[SDQ, "sdq score is a cause for concern"]),
    (
        "substance_misuse_pct",
        Figure::Percent,
        &["substance misuse: children looked after all ages", "identified as having a substance misuse problem"],
    ),
    ("offending_pct", Figure::Percent, &["convictions: children looked after ages 10 to 17 years", CONVICTED]),
    (
        "care_leavers_suitable_accommodation_pct",
        Figure::Percent,
        &["19 to 21 years", "accommodation considered suitable"],
    ),
    (
        "care_leavers_suitable_accommodation_17_18_pct",
        Figure::Percent,
        &["17 to 18 years", "accommodation considered suitable"],
    ),
    ("care_leavers_neet_pct", Figure::Percent, &["19 to 21 years", NEET]),
    ("care_leavers_eet_pct", Figure::Percent, &["19 to 21 years", EET]),
    (
        "care_leavers_higher_education_pct",
        Figure::Percent,
        &["19 to 21 years", "higher education i.e. studies beyond a level"],
    ),
];
