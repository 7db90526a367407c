//! Sex, motherhood, and pupil numbers that are not known.

use super::code_set;

code_set! {
    /// Whether a girl is a mother (column `MOTHER`).
    Mother {
        No = "0": "Not a mother",
        Yes = "1": "Is a mother",
    }
}

code_set! {
    /// Why there is no unique pupil number (in column `UPN`).
    UpnUnknown {
        Un1 = "UN1": "Not of school age, no UPN yet",
        Un2 = "UN2": "Never attended a maintained school in England",
        Un3 = "UN3": "Educated outside England",
        Un4 = "UN4": "Newly looked after, UPN not yet known",
        Un5 = "UN5": "Sources conflict, cannot match",
    }
}

code_set! {
    /// Unaccompanied asylum-seeking child (XML tag `UASC`).
    Unaccompanied {
        No = "0": "Not an unaccompanied asylum-seeking child",
        Yes = "1": "Unaccompanied asylum-seeking child in the year",
    }
}
