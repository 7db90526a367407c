//! How close to the child an answer comes: from rows with identifiers to rounded totals.

use serde::{Deserialize, Serialize};

/// The form in which something is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// Child rows with identifiers.
    I,
    /// Child rows under a pseudonym, ages in years, nothing that identifies.
    P,
    /// Totals, true values.
    N,
    /// Totals, frozen and suppressed.
    S,
    /// Totals, frozen, suppressed and rounded.
    R,
}

impl Level {
    /// Every level, the closest first.
    pub const ALL: [Level; 5] = [Level::I, Level::P, Level::N, Level::S, Level::R];

    /// Whether someone who holds this level may also read at the other one.
    ///
    /// Identified rows contain the pseudonymous ones, and true totals the suppressed and rounded ones.
    /// Rows never give a right to totals: the policy lists both where both are meant.
    pub fn covers(self, asked: Level) -> bool {
        match self {
            Level::I => matches!(asked, Level::I | Level::P),
            Level::P => asked == Level::P,
            Level::N => matches!(asked, Level::N | Level::S | Level::R),
            Level::S => matches!(asked, Level::S | Level::R),
            Level::R => asked == Level::R,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_totals_never_cover_each_other() {
        for rows in [Level::I, Level::P] {
            for totals in [Level::N, Level::S, Level::R] {
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
