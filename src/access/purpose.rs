//! Why someone asks: the reason that goes with every look at children's records.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A purpose that a request can state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Following how the service does.
    PerformanceMonitoring,
    /// Caring for the child.
    DirectCare,
    /// Keeping a child safe.
    Safeguarding,
    /// Making a return that the law asks for.
    StatutoryReturn,
    /// An inspection.
    Inspection,
    /// Answering a person who asks what is held about them.
    SubjectAccess,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Purpose; 6] = [
        Purpose::PerformanceMonitoring,
        Purpose::DirectCare,
        Purpose::Safeguarding,
        Purpose::StatutoryReturn,
        Purpose::Inspection,
        Purpose::SubjectAccess,
    ];

    /// The code that requests and the policy use, such as `direct-care`.
    pub fn code(self) -> &'static str {
        match self {
            Purpose::PerformanceMonitoring => "performance-monitoring",
            Purpose::DirectCare => "direct-care",
            Purpose::Safeguarding => "safeguarding",
            Purpose::StatutoryReturn => "statutory-return",
            Purpose::Inspection => "inspection",
            Purpose::SubjectAccess => "subject-access",
        }
    }

    /// The purpose with this code; nothing for a code that is not exactly one of ours.
    pub fn parse(code: &str) -> Option<Purpose> {
        Purpose::ALL.into_iter().find(|purpose| purpose.code() == code)
    }
}

/// Some of the purposes, in their order; printed as a list of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purposes([Option<Purpose>; Purpose::ALL.len()]);

impl Purposes {
    /// Those that are chosen.
    pub fn of(chosen: impl Fn(Purpose) -> bool) -> Purposes {
        Purposes(Purpose::ALL.map(|purpose| Some(purpose).filter(|purpose| chosen(*purpose))))
    }

    /// Whether a purpose is one of them.
    pub fn contains(&self, purpose: Purpose) -> bool {
        self.0.contains(&Some(purpose))
    }

    /// Their codes.
    pub fn codes(self) -> impl Iterator<Item = &'static str> {
        self.0.into_iter().flatten().map(Purpose::code)
    }
}

impl fmt::Display for Purposes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.codes().collect::<Vec<_>>().join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_purpose_is_found_by_its_own_code_and_written_so_in_the_policy() {
        for purpose in Purpose::ALL {
            assert_eq!(Purpose::parse(purpose.code()), Some(purpose));
            assert_eq!(serde_json::to_value(purpose).unwrap(), purpose.code());
        }
        assert_eq!(Purpose::parse("curiosity"), None);
    }

    #[test]
    fn some_purposes_are_printed_in_their_order() {
        let some = Purposes::of(|purpose| matches!(purpose, Purpose::Inspection | Purpose::DirectCare));
        assert_eq!(some.to_string(), "direct-care, inspection");
        assert!(some.contains(Purpose::Inspection) && !some.contains(Purpose::Safeguarding));
    }
}
