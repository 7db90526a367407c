//! How children come into care: at what age, for what need, and under which law.

use crate::{
    care::codes::{Ethnicity, LegalStatus, Need, ReasonCeased},
    period::{Date, add_months},
    synthetic::dice::{Dice, after},
};

/// A way of coming into care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Before the first birthday.
    Baby,
    /// From one to four.
    Young,
    /// From five to nine.
    School,
    /// From ten to fifteen.
    Teenager,
    /// At sixteen or seventeen.
    NearlyGrown,
    /// Seeking asylum without parents.
    Unaccompanied,
    /// For short breaks only.
    Respite,
}

impl Entry {
    /// One way, as often as it happens.
    pub fn draw(dice: &mut Dice) -> Self {
        let ways = [
            (Self::Baby, 16),
            (Self::Young, 18),
            (Self::School, 19),
            (Self::Teenager, 27),
            (Self::NearlyGrown, 9),
            (Self::Unaccompanied, 9),
            (Self::Respite, 2),
        ];
        dice.weighted(&ways).unwrap_or(Self::School)
    }

    /// The way of coming in at an age; none for those who are grown up.
    pub fn at_age(years: i32) -> Option<Self> {
        match years {
            0 => Some(Self::Baby),
            1..=4 => Some(Self::Young),
            5..=9 => Some(Self::School),
            10..=15 => Some(Self::Teenager),
            16 => Some(Self::NearlyGrown),
            _ => None,
        }
    }

    /// Whether someone who left care for this reason may come back.
    pub fn may_come_back(reason: ReasonCeased) -> bool {
        use ReasonCeased::{E4a, E4b, E8, E13, E41};
        matches!(reason, E4a | E4b | E13 | E41 | E8)
    }

    /// A day of birth that fits coming in on the day.
    pub fn birth(self, dice: &mut Dice, start: Date) -> Date {
        let (youngest, oldest) = match self {
            Self::Baby => (0, 11),
            Self::Young => (12, 59),
            Self::School | Self::Respite => (60, 119),
            Self::Teenager => (120, 191),
            Self::NearlyGrown => (192, 212),
            Self::Unaccompanied => (180, 212),
        };
        dice.day(after(add_months(start, -oldest - 1), 1), add_months(start, -youngest))
    }

    /// The main need.
    pub fn need(self, dice: &mut Dice) -> Need {
        use Need::{N1, N2, N3, N4, N5, N6, N8};
        match self {
            Self::Unaccompanied => N8,
            Self::Respite => N2,
            Self::Teenager | Self::NearlyGrown => {
                dice.weighted(&[(N1, 40), (N5, 22), (N4, 20), (N6, 8), (N3, 5), (N2, 5)]).unwrap_or(N1)
            }
            _ => dice.weighted(&[(N1, 72), (N5, 15), (N3, 6), (N4, 6), (N2, 1)]).unwrap_or(N1),
        }
    }

    /// The first legal status.
    pub fn law(self, dice: &mut Dice) -> LegalStatus {
        use LegalStatus::{C1, J1, L1, L2, V2, V4};
        match self {
            Self::Respite => V4,
            Self::Unaccompanied => V2,
            Self::Teenager | Self::NearlyGrown => dice.weighted(&[(V2, 75), (C1, 15), (L1, 6), (J1, 4)]).unwrap_or(V2),
            _ => dice.weighted(&[(V2, 40), (C1, 45), (L1, 9), (L2, 6)]).unwrap_or(C1),
        }
    }

    /// Ethnic background; unaccompanied children come from other places than their neighbours.
    pub fn ethnicity(self, dice: &mut Dice) -> Option<Ethnicity> {
        use Ethnicity::{
            Aban, Aind, Aoth, Apkn, Bafr, Bcrb, Both, Chne, Moth, Mwas, Mwba, Mwbc, Nobt, Ooth, Refu, Wbri, Wiri, Woth,
            Wrom,
        };
        if self == Self::Unaccompanied {
            return dice.weighted(&[(Ooth, 45), (Aoth, 25), (Bafr, 22), (Woth, 8)]);
        }
        dice.weighted(&[
            (Wbri, 52),
            (Woth, 8),
            (Wiri, 1),
            (Wrom, 1),
            (Mwbc, 6),
            (Mwba, 2),
            (Mwas, 3),
            (Moth, 5),
            (Apkn, 5),
            (Aind, 2),
            (Aban, 1),
            (Aoth, 2),
            (Chne, 1),
            (Bafr, 5),
            (Bcrb, 3),
            (Both, 2),
            (Ooth, 2),
            (Nobt, 1),
            (Refu, 1),
        ])
    }
}
