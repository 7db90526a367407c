//! Ethnic groups: the twenty codes of the return in the five groups of the census.

use crate::care::codes::Ethnicity;

/// A census group. Chinese is in Asian, as in the 2021 census whose populations are the denominators (methodology M8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EthnicGroup {
    /// White British, Irish, Traveller, Roma and other White.
    White,
    /// Mixed backgrounds.
    Mixed,
    /// Indian, Pakistani, Bangladeshi, Chinese and other Asian.
    Asian,
    /// Caribbean, African and other Black.
    Black,
    /// Any other group.
    Other,
    /// Refused, not yet obtained, blank or a code of no year.
    NotKnown,
}

impl From<Option<Ethnicity>> for EthnicGroup {
    fn from(code: Option<Ethnicity>) -> Self {
        use Ethnicity::*;
        match code {
            Some(Wbri | Wiri | Woth | Wirt | Wrom) => EthnicGroup::White,
            Some(Mwbc | Mwba | Mwas | Moth) => EthnicGroup::Mixed,
            Some(Aind | Apkn | Aban | Aoth | Chne) => EthnicGroup::Asian,
            Some(Bcrb | Bafr | Both) => EthnicGroup::Black,
            Some(Ooth) => EthnicGroup::Other,
            Some(Refu | Nobt) | None => EthnicGroup::NotKnown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_children_are_counted_as_asian() {
        assert_eq!(EthnicGroup::from(Some(Ethnicity::Chne)), EthnicGroup::Asian);
    }

    #[test]
    fn refused_not_obtained_and_blank_are_not_known() {
        for code in [Some(Ethnicity::Refu), Some(Ethnicity::Nobt), None] {
            assert_eq!(EthnicGroup::from(code), EthnicGroup::NotKnown);
        }
    }
}
