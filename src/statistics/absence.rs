//! Why a cell has no number, and how final a number is.

/// Why a cell has no number. An absent figure is never written as zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Absence {
    /// Hidden so that no child can be recognised. One word for every hidden cell: which one was small is itself a leak.
    Confidential,
    /// Nobody has the figure, nothing was there to count, such as a percentage of no children, or nothing is known of
    /// any of them.
    NotAvailable,
    /// The measure has no meaning for this area, such as England's average for a number of children.
    NotApplicable,
    /// The measure has a meaning, but no source prints it.
    NotPublished,
    /// The authority does not record what the measure needs.
    NotCollected,
    /// The source holds it too uncertain to print.
    LowReliability,
    /// The source prints that it is above zero and rounds to zero.
    RoundsToZero,
    /// The records do not reach the end of the period yet.
    NotYetDue,
    /// The caller may not see it.
    Forbidden,
}

impl Absence {
    /// The stable name that clients read.
    pub fn code(self) -> &'static str {
        match self {
            Absence::Confidential => "CONFIDENTIAL",
            Absence::NotAvailable => "NOT_AVAILABLE",
            Absence::NotApplicable => "NOT_APPLICABLE",
            Absence::NotPublished => "NOT_PUBLISHED",
            Absence::NotCollected => "NOT_COLLECTED",
            Absence::LowReliability => "LOW_RELIABILITY",
            Absence::RoundsToZero => "ROUNDS_TO_ZERO",
            Absence::NotYetDue => "NOT_YET_DUE",
            Absence::Forbidden => "FORBIDDEN",
        }
    }

    /// The words that stand in a table cell where the number would be.
    pub fn display(self) -> &'static str {
        match self {
            Absence::Confidential => "Confidential",
            Absence::NotAvailable => "Not available",
            Absence::NotApplicable => "Not applicable",
            Absence::NotPublished => "Not published",
            Absence::NotCollected => "Not collected",
            Absence::LowReliability => "Low reliability",
            Absence::RoundsToZero => "Rounds to zero",
            Absence::NotYetDue => "Not yet due",
            Absence::Forbidden => "Not permitted",
        }
    }

    /// Reads the flag of a figures file (`not_published`, `blank`, …) or the letter of published English statistics
    /// (`c` suppressed, `k` rounds to zero, `x` not available, `z` not applicable, `u` low reliability).
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text.trim().to_ascii_lowercase().replace([' ', '-'], "_").as_str() {
            "c" | "confidential" | "suppressed" | "suppressed_x" => Absence::Confidential,
            "x" | ":" | "blank" | "not_available" => Absence::NotAvailable,
            "z" | "n/a" | "not_applicable" => Absence::NotApplicable,
            "not_published" => Absence::NotPublished,
            "not_collected" => Absence::NotCollected,
            "u" | "low_reliability" => Absence::LowReliability,
            "k" | "low" | "~" | "rounds_to_zero" => Absence::RoundsToZero,
            "not_yet_due" => Absence::NotYetDue,
            _ => return None,
        })
    }
}

/// How final a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueStatus {
    /// Printed or approved, not expected to change.
    Final,
    /// May still change, such as a quarter of the running year.
    Provisional,
    /// Replaces a figure that was printed before.
    Revised,
}

impl ValueStatus {
    /// The stable name that clients read.
    pub fn code(self) -> &'static str {
        match self {
            ValueStatus::Final => "FINAL",
            ValueStatus::Provisional => "PROVISIONAL",
            ValueStatus::Revised => "REVISED",
        }
    }

    /// Reads the status column of a figures file: `outturn` and `published` are final, `in_year` is provisional.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text.trim().to_ascii_lowercase().as_str() {
            "final" | "outturn" | "published" | "target" => ValueStatus::Final,
            "provisional" | "in_year" => ValueStatus::Provisional,
            "revised" => ValueStatus::Revised,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_published_and_not_applicable_stay_apart() {
        assert_eq!(Absence::parse("Not Published"), Some(Absence::NotPublished));
        assert_eq!(Absence::parse("not_applicable"), Some(Absence::NotApplicable));
        assert_eq!(Absence::parse("z"), Some(Absence::NotApplicable));
        assert_eq!(Absence::parse("ok"), None);
    }

    #[test]
    fn a_quarter_of_the_running_year_is_provisional() {
        assert_eq!(ValueStatus::parse("in_year"), Some(ValueStatus::Provisional));
        assert_eq!(ValueStatus::parse("outturn"), Some(ValueStatus::Final));
    }
}
