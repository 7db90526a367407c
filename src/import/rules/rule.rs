//! What a rule is: a stable code, what happens to the row that breaks it, and the words for the person who reads it.

/// What the import does with the row, or the file, that breaks a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Told for information; nothing was changed.
    Noted,
    /// Worth a look; the row is used as it was given.
    Kept,
    /// The row is used, with this one value left blank.
    Cleared,
    /// The row is used, and read otherwise than it was given.
    Repaired,
    /// The row is not used.
    RowRefused,
    /// The whole file is not used.
    FileRefused,
}

/// How much an issue matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing to do.
    Info,
    /// The row was used, but somebody should look at it.
    Warning,
    /// The row, or the file, was refused.
    Error,
}

impl Severity {
    /// The word for it, as stored and printed: `info`, `warning` or `error`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl Effect {
    /// Refused rows are errors; kept and repaired ones are warnings.
    pub fn severity(self) -> Severity {
        match self {
            Self::Noted => Severity::Info,
            Self::Kept | Self::Cleared | Self::Repaired => Severity::Warning,
            Self::RowRefused | Self::FileRefused => Severity::Error,
        }
    }

    /// The effect in a few words, for reports and the manual.
    pub fn words(self) -> &'static str {
        match self {
            Self::Noted => "told only",
            Self::Kept => "row kept as given",
            Self::Cleared => "value left blank, row kept",
            Self::Repaired => "row kept and repaired",
            Self::RowRefused => "row refused",
            Self::FileRefused => "file refused",
        }
    }
}

/// One check of the import.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable code: the number of the return's own validation rule where there is one.
    pub code: &'static str,
    /// What happens when it is broken.
    pub effect: Effect,
    /// What is wrong, in plain words, as a whole sentence.
    pub words: &'static str,
}
