//! What joining the years did with a row that could not stand as it was sent.

use crate::period::Date;

/// A row of a return that the join read otherwise than it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RepairedRow {
    /// The row's first day, which names it among the rows of its child and return.
    pub start: Date,
    /// The newest return that holds the row.
    pub return_year: i32,
    /// The return because of which: the newer one that says otherwise, or the newest one, which lacks the child.
    pub by: i32,
    /// What was done.
    pub fate: Fate,
}

/// What was done with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fate {
    /// Left out: a newer return corrects it or takes it back (ruling 14 (a) to (c)).
    Replaced,
    /// Open, and missing from the newer returns: the child is looked after to the last day of the newest return that
    /// holds the row, and nobody knows how care went on (ruling 14 (d)).
    Lost,
    /// Open, and ended where the next row starts (ruling 14 (e), code 142).
    Closed,
    /// Cut where the next row starts, into which it ran (ruling R2, code 501).
    Cut,
    /// Left out: it ends before it begins (codes 355, 356).
    Impossible,
    /// Ended on the 18th birthday, or left out as it starts after it (ruling 61, code 359).
    Adult,
}

/// Code and words under which an import tells a row that is left out.
pub const ROW_REPLACED: (&str, &str) =
    ("REPLACED", "A newer return corrects this row or takes it back, so it is left out when the years are joined.");

/// Code and words under which an import tells a row whose child the newer returns lack.
pub const ROW_LOST: (&str, &str) = (
    "LOST",
    "The episode is open, but the returns after it lack the child: care is counted to the last day of this return, and nobody knows how it went on.",
);

/// Code and words under which an import tells a row that ends where one of another return starts.
pub const ROW_CUT: (&str, &str) =
    ("CUT", "Another return has an episode that starts before this one ends; this one is read as ending there.");

impl Fate {
    /// Code and words under which an import tells a row that it made so; none for what is told of each return by itself.
    pub const fn told(self) -> Option<(&'static str, &'static str)> {
        match self {
            Fate::Replaced => Some(ROW_REPLACED),
            Fate::Lost => Some(ROW_LOST),
            Fate::Closed | Fate::Cut => Some(ROW_CUT),
            Fate::Impossible | Fate::Adult => None,
        }
    }
}

/// How often each was done to one child's rows; every one is a question to put to the records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Repairs {
    /// Rows left out because a newer return corrects them or takes them back.
    pub replaced: u16,
    /// Rows after which the newer returns lack the child.
    pub lost: u16,
    /// Open rows ended where the next starts.
    pub closed: u16,
    /// Rows cut where the next one starts.
    pub cut: u16,
    /// Rows that end before they begin, left out.
    pub impossible: u16,
    /// Rows ended on the 18th birthday, or left out because they start after it.
    pub adult: u16,
}

impl Repairs {
    /// Counts what was done.
    pub(super) fn of(mended: &[RepairedRow]) -> Self {
        let count = |fate| u16::try_from(mended.iter().filter(|m| m.fate == fate).count()).unwrap_or(u16::MAX);
        Self {
            replaced: count(Fate::Replaced),
            lost: count(Fate::Lost),
            closed: count(Fate::Closed),
            cut: count(Fate::Cut),
            impossible: count(Fate::Impossible),
            adult: count(Fate::Adult),
        }
    }
}
