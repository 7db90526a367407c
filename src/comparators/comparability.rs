//! Whether the national figure counts the same children as ours, so that the two may be set against each other.

/// How alike the national figure and ours are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparability {
    /// The same rule.
    Same,
    /// Nearly the same rule.
    Close,
    /// Another rule: shown, but never judged against.
    Differs,
}

impl Comparability {
    /// The stable name that clients read.
    pub fn code(self) -> &'static str {
        match self {
            Comparability::Same => "SAME",
            Comparability::Close => "CLOSE",
            Comparability::Differs => "DIFFERS",
        }
    }
}

/// When in the year ours may be set against a figure for a whole year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Compared {
    /// In every quarter.
    AnyTime,
    /// Only at the end of the year: until then ours has had less time to grow.
    AtYearEnd,
}

/// How one of our indicators stands to its national figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Likeness {
    /// How alike the rules are.
    pub comparability: Comparability,
    /// When the two may be compared.
    pub compared: Compared,
    /// What a reader should know; empty where there is nothing.
    pub note: &'static str,
}

const SAME: Likeness = Likeness { comparability: Comparability::Same, compared: Compared::AnyTime, note: "" };
const GROWS: Likeness = Likeness {
    compared: Compared::AtYearEnd,
    note: "The national figure is for a whole year; ours grows from April and is comparable at the year's end.",
    ..SAME
};

/// How this indicator stands to its national figure; none where there is no national figure.
pub fn likeness(indicator: &str) -> Option<Likeness> {
    Some(match indicator {
        "cla_number" | "long_term_stability_pct" | "ceased_adopted_pct" | "ceased_sgo_pct" | "health_checks_pct" => {
            SAME
        }
        "cla_rate_per_10000" => Likeness { note: "Published as a whole number.", ..SAME },
        "cla_started_number" | "cla_ceased_number" | "placements_3plus_pct" | "missing_episode_pct" => GROWS,
        "absent_without_authorisation_pct" => {
            Likeness { note: "Whole years only, and many authorities do not record it.", ..GROWS }
        }
        "dental_checks_pct" => {
            Likeness { note: "Published for the twelve months to 31 March; ours are those to any day.", ..SAME }
        }
        "care_leavers_suitable_accommodation_pct" | "care_leavers_neet_pct" => {
            Likeness { note: "Published for everyone with a birthday in the year; ours for birthdays so far.", ..SAME }
        }
        "placed_over_20_miles_pct" => Likeness {
            comparability: Comparability::Differs,
            note: "Ours leaves out unaccompanied children and those placed with parents or for adoption.",
            ..SAME
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_local_distance_measure_differs_from_the_national_one() {
        let distance = likeness("placed_over_20_miles_pct").map(|likeness| likeness.comparability);
        assert_eq!(distance, Some(Comparability::Differs));
    }

    #[test]
    fn reviews_have_no_national_figure() {
        assert_eq!(likeness("reviews_in_timescale_pct"), None);
    }
}
