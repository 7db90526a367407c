//! The code sets of the return, each accepting every code that was ever valid.
//!
//! Variants are named by the code itself, because that is the word practitioners use: `Place::U6`, `LegalStatus::C2`.
//! A code that is not in its set is unknown; it never decides whether a row is kept.

mod adoption;
mod episode;
mod ethnicity;
mod health;
mod identity;
mod leaver;
mod legal_status;
mod missing;
mod need;
mod permanence;
mod place;
mod review;
mod sex;
mod worker;

pub use adoption::{AdopterCount, AdopterSex, AdopterStatus, FosterCareAdoption, ReasonPlacedCeased};
pub use episode::{ReasonCeased, ReasonChange, ReasonNew};
pub use ethnicity::Ethnicity;
pub use health::SdqReason;
pub use identity::{Mother, Unaccompanied, UpnUnknown};
pub use leaver::{Accommodation, Activity, Eligibility, InTouch};
pub use legal_status::LegalStatus;
pub use missing::MissingKind;
pub use need::Need;
pub use permanence::{PermanencePlan, PreviousPermanence};
pub use place::{OutsideEngland, Place, Provider};
pub use review::Participation;
pub use sex::Sex;
pub use worker::WorkerReason;

/// Declares a code set: each variant with its code and its meaning.
macro_rules! code_set {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $code:literal: $label:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $(#[doc = concat!("`", $code, "`: ", $label, ".")] $variant,)+
        }

        impl $name {
            /// Every code of the set, in the order of the guidance.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Reads a code that has been trimmed and upper-cased; nothing if it is not in the set.
            pub fn parse(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$variant),)+
                    _ => None,
                }
            }

            /// The code as the return writes it.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// What the code means, in the words of the guidance.
            pub fn label(self) -> &'static str {
                match self {
                    $(Self::$variant => $label,)+
                }
            }
        }
    };
}
use code_set;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back_as_itself() {
        assert!(Place::ALL.iter().all(|p| Place::parse(p.code()) == Some(*p)));
        assert!(ReasonCeased::ALL.iter().all(|r| ReasonCeased::parse(r.code()) == Some(*r)));
        assert_eq!((Place::ALL.len(), ReasonCeased::ALL.len(), Ethnicity::ALL.len()), (32, 25, 20));
    }

    #[test]
    fn homeless_is_never_suitable() {
        assert_eq!(Accommodation::S1.is_suitable(), None);
        assert_eq!(Accommodation::S2.is_suitable(), Some(false));
        assert_eq!(Accommodation::read("01"), None);
        assert_eq!(Accommodation::read("Q1").and_then(Accommodation::is_suitable), Some(true));
    }
}
