//! What kind of placement, who provides it, and in whose area.

use super::code_set;

code_set! {
    /// Placement type (column `PLACE`).
    Place {
        U1 = "U1": "Foster placement with relative or friend, long term",
        U2 = "U2": "Foster placement with relative or friend who is an approved adopter (fostering for adoption or concurrent planning)",
        U3 = "U3": "Foster placement with relative or friend, neither long term nor FFA",
        U4 = "U4": "Foster placement with other carer, long term",
        U5 = "U5": "Foster placement with other carer who is an approved adopter (fostering for adoption or concurrent planning)",
        U6 = "U6": "Foster placement with other carer, neither long term nor FFA",
        A3 = "A3": "Placed for adoption with consent, current foster carer",
        A4 = "A4": "Placed for adoption with consent, not current foster carer",
        A5 = "A5": "Placed for adoption with placement order, current foster carer",
        A6 = "A6": "Placed for adoption with placement order, not current foster carer",
        K1 = "K1": "Secure children's home",
        K2 = "K2": "Children's home subject to the Children's Homes Regulations",
        K3 = "K3": "Registered supported accommodation",
        H5 = "H5": "Semi-independent living not subject to the Children's Homes Regulations",
        P2 = "P2": "Independent living (flat, lodgings, bedsit, B&B, friends)",
        P1 = "P1": "Placed with own parents or other person with parental responsibility",
        P3 = "P3": "Residential employment",
        R1 = "R1": "Residential care home",
        R2 = "R2": "NHS or other medical or nursing establishment",
        R3 = "R3": "Family centre or mother and baby unit",
        R5 = "R5": "Young offender institution or prison",
        S1 = "S1": "Residential school (not dual-registered as a children's home)",
        T0 = "T0": "Any temporary move (group code)",
        T1 = "T1": "Temporary stay in hospital",
        T2 = "T2": "Temporary absence on holiday",
        T3 = "T3": "Temporary accommodation while usual carer is on holiday",
        T4 = "T4": "Other temporary accommodation up to seven days",
        Z1 = "Z1": "Other placement (listed on a schedule to DfE)",
        Z11 = "Z11": "Other placement, sub-type 1 of the former Z1",
        Z12 = "Z12": "Other placement, sub-type 2 of the former Z1",
        Z13 = "Z13": "Other placement, sub-type 3 of the former Z1",
        Z14 = "Z14": "Other placement, sub-type 4 of the former Z1",
    }
}

code_set! {
    /// Who provides the placement (column `PLACE_PROVIDER`).
    Provider {
        Pr0 = "PR0": "Parent or other person with parental responsibility",
        Pr1 = "PR1": "Own provision of the LA (or regional adoption agency it hosts)",
        Pr2 = "PR2": "Another LA (or regional adoption agency another LA hosts)",
        Pr3 = "PR3": "Other public body",
        Pr4 = "PR4": "Private provision",
        Pr5 = "PR5": "Voluntary or third sector",
    }
}

code_set! {
    /// Where a placement is when it is not with an English authority (column `PL_LA`).
    OutsideEngland {
        Wal = "WAL": "Wales",
        Sco = "SCO": "Scotland",
        Nir = "NIR": "Northern Ireland",
        Nuk = "NUK": "Outside the UK",
        Con = "CON": "Confidential placement",
    }
}

impl Place {
    /// A temporary stay (`T0` to `T4`), during which the usual placement goes on (methodology M9).
    pub fn is_temporary(self) -> bool {
        matches!(self, Self::T0 | Self::T1 | Self::T2 | Self::T3 | Self::T4)
    }

    /// Placed for adoption (`A3` to `A6`).
    pub fn is_for_adoption(self) -> bool {
        matches!(self, Self::A3 | Self::A4 | Self::A5 | Self::A6)
    }

    /// Living with foster carers (`U1` to `U6`).
    pub fn is_foster(self) -> bool {
        matches!(self, Self::U1 | Self::U2 | Self::U3 | Self::U4 | Self::U5 | Self::U6)
    }
}
