//! Gender, from the return's column of sex.

use crate::care::codes::Sex;

/// Gender as the reports print it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Gender {
    /// Male.
    Male,
    /// Female.
    Female,
    /// Anything else, or blank.
    NotKnown,
}

impl From<Option<Sex>> for Gender {
    fn from(code: Option<Sex>) -> Self {
        match code {
            Some(Sex::Male) => Gender::Male,
            Some(Sex::Female) => Gender::Female,
            Some(Sex::Unknown) | None => Gender::NotKnown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_sex_is_not_known() {
        assert_eq!(Gender::from(Sex::parse("U")), Gender::NotKnown);
        assert_eq!(Gender::from(Sex::parse("2")), Gender::Female);
    }
}
