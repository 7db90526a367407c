//! Published figures use other codes in places: which of our indicators each of them is.

/// The code of a report's figure, and ours for the same measure.
const SAME: &[(&str, &str)] = &[
    ("cla_uasc_number", "uasc_number"),
    ("cla_with_cpp_number", "cla_child_protection_plan_number"),
    ("independent_visitor_matches_number", "independent_visitors_number"),
    ("placements_at_threshold_number", "placements_2_number"),
    ("semi_independent_pct", "supported_accommodation_pct"),
    ("care_leavers_pa_allocated_pct", "personal_adviser_allocated_pct"),
    ("pathway_plan_pct", "pathway_plan_up_to_date_pct"),
    ("initial_health_assessment_28_days_pct", "iha_28_days_pct"),
    ("initial_health_assessment_in_timescale_pct", "iha_20_working_days_pct"),
    ("review_health_assessment_under5_pct", "rha_under5_in_timescale_pct"),
    ("review_health_assessment_over5_pct", "rha_over5_in_timescale_pct"),
    ("adoption_entry_to_placement_days", "adoption_a10_adjusted_days"),
    ("adoption_order_to_match_days", "adoption_a2_order_to_match_days"),
    ("adoption_under_14_months_pct", "adoption_a3_under_14_months_pct"),
    ("missing_monthly_number", "missing_children_in_month_number"),
    ("known_to_yot_number", "known_to_youth_justice_number"),
    ("cautioned_or_convicted_1yr_pct", "offending_pct"),
    ("yot_interventions_completed_pct", "yj_intervention_completed_pct"),
    ("ks2_reading_progress", "ks2_progress_reading_score"),
    ("ks2_writing_progress", "ks2_progress_writing_score"),
    ("ks2_maths_progress", "ks2_progress_maths_score"),
    ("ks4_english_maths_9_4_pct", "ks4_eng_maths_4plus_pct"),
    ("ks4_english_maths_9_5_pct", "ks4_eng_maths_5plus_pct"),
    ("ks4_attainment8", "ks4_attainment8_score"),
    ("ks4_progress8", "ks4_progress8_score"),
    ("absence_1yr_pct", "absence_overall_12m_pct"),
    ("absence_all_pct", "absence_overall_pct"),
    ("persistent_absence_1yr_pct", "persistent_absence_12m_pct"),
    ("persistent_absence_all_pct", "persistent_absence_pct"),
    ("sen_support_pct", "sen_support_12m_pct"),
    ("sen_ehcp_pct", "ehcp_12m_pct"),
    ("fixed_term_exclusion_1yr_pct", "suspension_12m_pct"),
    ("fixed_term_exclusion_all_pct", "suspension_pct"),
    ("permanent_exclusion_1yr_pct", "permanent_exclusion_12m_pct"),
    ("permanent_exclusion_all_pct", "permanent_exclusion_pct"),
    ("initial_pep_10_days_pct", "initial_pep_10_school_days_pct"),
    ("school_moves_within_20_days_pct", "school_move_20_days_pct"),
    ("good_outstanding_school_pct", "school_good_outstanding_pct"),
];

/// Our code for a figure that a report calls by its own; any other code stays as it is.
pub fn our_code(code: &str) -> &str {
    let code = code.trim();
    SAME.iter().find(|(theirs, _)| *theirs == code).map_or(code, |(_, ours)| ours)
}

#[cfg(test)]
mod tests {
    use super::our_code;

    #[test]
    fn codes_of_reports_become_ours() {
        assert_eq!(our_code("cla_uasc_number"), "uasc_number");
        assert_eq!(our_code(" cla_number "), "cla_number");
    }
}
