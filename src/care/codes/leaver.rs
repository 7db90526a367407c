//! Care leavers: contact, activity, accommodation and eligibility.

use super::code_set;

code_set! {
    /// Whether the authority is in touch (column `IN_TOUCH`).
    InTouch {
        Yes = "YES": "In touch",
        No = "NO": "Not in touch",
        Refu = "REFU": "Young person refuses contact",
        Nreq = "NREQ": "No longer requires services",
        Died = "DIED": "Died after leaving care",
        Rhom = "RHOM": "Returned to parents for six months or more",
    }
}

code_set! {
    /// Main activity (column `ACTIV`).
    Activity {
        F1 = "F1": "Higher education, full time",
        P1 = "P1": "Higher education, part time",
        F2 = "F2": "Other education, full time",
        P2 = "P2": "Other education, part time",
        F3 = "F3": "Training or employment, full time",
        P3 = "P3": "Training or employment, part time",
        F4 = "F4": "Apprenticeship, full time",
        P4 = "P4": "Apprenticeship, part time",
        F5 = "F5": "Training or employment other than apprenticeship, full time",
        P5 = "P5": "Training or employment other than apprenticeship, part time",
        G4 = "G4": "NEET: illness or disability",
        G5 = "G5": "NEET: other circumstances",
        G6 = "G6": "NEET: pregnancy or parenting",
        NotKnown = "0": "Not known, died, or returned home",
    }
}

code_set! {
    /// Accommodation and whether it is suitable (column `ACCOM`).
    Accommodation {
        B1 = "B1": "With parents or relatives",
        B2 = "B2": "With parents or relatives",
        C1 = "C1": "Community home or other residential care",
        C2 = "C2": "Community home or other residential care",
        D1 = "D1": "Semi-independent, transitional or self-contained with support",
        D2 = "D2": "Semi-independent, transitional or self-contained with support",
        E1 = "E1": "Supported lodgings",
        E2 = "E2": "Supported lodgings",
        G1 = "G1": "Gone abroad",
        G2 = "G2": "Gone abroad",
        H1 = "H1": "Deported",
        H2 = "H2": "Deported",
        K1 = "K1": "Ordinary lodgings without formal support",
        K2 = "K2": "Ordinary lodgings without formal support",
        R1 = "R1": "Residence not known",
        R2 = "R2": "Residence not known",
        S1 = "S1": "No fixed abode or homeless",
        S2 = "S2": "No fixed abode or homeless",
        T1 = "T1": "Foyer or similar",
        T2 = "T2": "Foyer or similar",
        U1 = "U1": "Independent living",
        U2 = "U2": "Independent living",
        V1 = "V1": "Emergency accommodation",
        V2 = "V2": "Emergency accommodation",
        W1 = "W1": "Bed and breakfast",
        W2 = "W2": "Bed and breakfast",
        X1 = "X1": "In custody",
        X2 = "X2": "In custody",
        Y1 = "Y1": "Other accommodation",
        Y2 = "Y2": "Other accommodation",
        Z1 = "Z1": "With former foster carer (staying put)",
        Z2 = "Z2": "With former foster carer (staying put)",
        NotKnown = "0": "Not known, died, or returned home",
    }
}

code_set! {
    /// Which leaving care duties a young person is owed.
    Eligibility {
        Eligible = "ELIGIBLE": "Aged 16-17, looked after, with 13 weeks or more in care since 14 of which some after 16",
        Relevant = "RELEVANT": "Aged 16-17, no longer looked after, was eligible",
        FormerRelevant = "FORMER_RELEVANT": "Aged 18+, was relevant, or eligible just before ceasing at 18",
        Qualifying = "QUALIFYING": "Aged 16-25, looked after on or after 16 but under 13 weeks since 14",
        None = "NONE": "No current eligibility",
    }
}

impl Activity {
    /// Not in education, employment or training: `G4`, `G5`, `G6`. Not known is not NEET (methodology M12).
    pub fn is_neet(self) -> bool {
        matches!(self, Self::G4 | Self::G5 | Self::G6)
    }
}

impl Accommodation {
    /// Reads a code; a type that is not in the set is other accommodation, whose digit still tells whether it is
    /// suitable (ruling R4: a letter then 1, or a letter then 2).
    pub fn read(code: &str) -> Option<Self> {
        let unlisted = || match code.as_bytes() {
            [b'A'..=b'Z', b'1'] => Some(Self::Y1),
            [b'A'..=b'Z', b'2'] => Some(Self::Y2),
            _ => None,
        };
        Self::parse(code).or_else(unlisted)
    }

    /// Whether the accommodation is suitable; nothing where the code does not say.
    ///
    /// A letter then 1 is suitable and then 2 unsuitable; `S1` and `X1` contradict themselves and count as not
    /// known (ruling R4).
    pub fn is_suitable(self) -> Option<bool> {
        match self {
            Self::NotKnown | Self::S1 | Self::X1 => None,
            other => Some(other.code().ends_with('1')),
        }
    }

    /// Gone abroad, deported or residence not known: outside the base of accommodation figures (methodology M12).
    pub fn has_no_usable_address(self) -> bool {
        matches!(self, Self::G1 | Self::G2 | Self::H1 | Self::H2 | Self::R1 | Self::R2)
    }
}

impl InTouch {
    /// Died, or returned to parents for six months or more: outside every birthday cohort (methodology M12).
    pub fn leaves_the_base(self) -> bool {
        matches!(self, Self::Died | Self::Rhom)
    }
}
