//! The legal status that a child is looked after under.

use super::code_set;

code_set! {
    /// Legal status (column `LS`).
    LegalStatus {
        C1 = "C1": "Interim care order",
        C2 = "C2": "Full care order",
        D1 = "D1": "Freeing order granted",
        E1 = "E1": "Placement order granted",
        V2 = "V2": "Accommodated under section 20, single period",
        V3 = "V3": "Short-break series, each break recorded",
        V4 = "V4": "Short-break series, agreement recorded",
        L1 = "L1": "Police protection, in LA accommodation",
        L2 = "L2": "Emergency protection order",
        L3 = "L3": "Child assessment order, in LA accommodation",
        J1 = "J1": "Remanded to LA or youth detention accommodation",
        J2 = "J2": "In LA accommodation under PACE 1984",
        J3 = "J3": "Youth rehabilitation order with residence or intensive fostering requirement",
    }
}

impl LegalStatus {
    /// Short breaks (respite): taken out before any figure (methodology M3).
    pub fn is_short_break(self) -> bool {
        matches!(self, Self::V3 | Self::V4)
    }

    /// The group in the words of national statistics.
    pub fn group(self) -> &'static str {
        match self {
            Self::C1 | Self::C2 => "Care orders",
            Self::D1 => "Freeing orders",
            Self::E1 => "Placement orders",
            Self::V2 => "Voluntary agreements under section 20",
            Self::V3 | Self::V4 => "Short breaks",
            Self::L1 | Self::L2 | Self::L3 => "Detained for child protection",
            Self::J1 | Self::J2 | Self::J3 => "Youth justice legal statuses",
        }
    }

    /// A court has allowed the authority to place the child for adoption.
    pub fn is_placement_order(self) -> bool {
        self == Self::E1
    }
}
