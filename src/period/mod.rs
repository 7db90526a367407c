//! Quarters, financial years, rolling years, working days and ages: every date rule that a figure rests on.
