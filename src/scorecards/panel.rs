//! The scorecard of a corporate parenting panel.

use super::Scorecard;

/// Fourteen rows in the order of the scorecard of February 2024, each after its last three year ends.
pub const PANEL: Scorecard = Scorecard {
    rows: &[
        "cla_number",
        "care_leavers_number",
        "cla_rate_per_10000",
        "reviews_in_timescale_pct",
        "placements_3plus_pct",
        "long_term_stability_pct",
        "care_leavers_suitable_accommodation_pct",
        "care_leavers_neet_pct",
        "dental_checks_pct",
        "health_checks_pct",
        "ceased_adopted_pct",
        "ceased_sgo_pct",
        "placed_over_20_miles_pct",
        "missing_episode_pct",
    ],
    year_ends: 3,
};
