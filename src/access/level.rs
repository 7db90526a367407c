//! How close to the child an answer comes: from rows with identifiers to rounded totals.

use serde::{Deserialize, Serialize};

/// The form in which something is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// Child rows with identifiers.
    #[serde(rename = "I")]
    Identified,
    /// Child rows under a pseudonym, ages in years, nothing that identifies.
    #[serde(rename = "P")]
    Pseudonymous,
    /// Totals, true values.
    #[serde(rename = "N")]
    Exact,
    /// Totals, frozen and suppressed.
    #[serde(rename = "S")]
    Suppressed,
    /// Totals, frozen, suppressed and rounded.
    #[serde(rename = "R")]
    Rounded,
}

impl Level {
    /// Every level, the closest first.
    pub const ALL: [Level; 5] =
        [Level::Identified, Level::Pseudonymous, Level::Exact, Level::Suppressed, Level::Rounded];

    /// Its letter in the schema, in the policy and in audit records.
    pub fn letter(self) -> &'static str {
        match self {
            Level::Identified => "I",
            Level::Pseudonymous => "P",
            Level::Exact => "N",
            Level::Suppressed => "S",
            Level::Rounded => "R",
        }
    }

    /// Whether someone who holds this level may also read at the other one.
    ///
    /// Identified rows contain the pseudonymous ones, and true totals the suppressed and rounded ones.
    /// Rows never give a right to totals: the policy lists both where both are meant.
    pub fn covers(self, asked: Level) -> bool {
        match self {
            Level::Identified => matches!(asked, Level::Identified | Level::Pseudonymous),
            Level::Pseudonymous => asked == Level::Pseudonymous,
            Level::Exact => matches!(asked, Level::Exact | Level::Suppressed | Level::Rounded),
            Level::Suppressed => matches!(asked, Level::Suppressed | Level::Rounded),
            Level::Rounded => asked == Level::Rounded,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_totals_never_cover_each_other() {
        for rows in [Level::Identified, Level::Pseudonymous] {
            for totals in [Level::Exact, Level::Suppressed, Level::Rounded] {
                assert!(!rows.covers(totals) && !totals.covers(rows), "{rows:?} {totals:?}");
            }
        }
    }

    #[test]
    fn a_level_covers_itself_and_never_a_closer_one() {
        for held in Level::ALL {
            for asked in Level::ALL {
                if asked < held {
                    assert!(!held.covers(asked), "{held:?} {asked:?}");
                }
            }
            assert!(held.covers(held));
        }
    }
}
