//! Sex as the return records it: numbers to 2023-24, letters since.

/// Sex (column `SEX`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sex {
    /// `1`, since 2024-25 `M`.
    Male,
    /// `2`, since 2024-25 `F`.
    Female,
    /// `U` since 2024-25: unknown.
    Unknown,
}

impl Sex {
    /// Reads a code of any year.
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "1" | "M" => Some(Self::Male),
            "2" | "F" => Some(Self::Female),
            "U" => Some(Self::Unknown),
            _ => None,
        }
    }
}
