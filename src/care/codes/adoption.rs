//! Adoption: who adopted, and why a decision was reversed.

use super::code_set;

code_set! {
    /// Adopted by the former foster carer (column `FOSTER_CARE`).
    FosterCareAdoption {
        No = "0": "No",
        Yes = "1": "Yes",
    }
}

code_set! {
    /// How many adopters (column `NB_ADOPTR`).
    AdopterCount {
        One = "1": "One",
        Two = "2": "Two",
    }
}

code_set! {
    /// Sex of the adopters (column `SEX_ADOPTR`).
    AdopterSex {
        M1 = "M1": "Single man",
        F1 = "F1": "Single woman",
        Mm = "MM": "Two men",
        Ff = "FF": "Two women",
        Mf = "MF": "Man and woman",
    }
}

code_set! {
    /// Legal status of the adopters (column `LS_ADOPTR`).
    AdopterStatus {
        L0 = "L0": "Single adopter",
        L11 = "L11": "Married, different gender",
        L12 = "L12": "Married, same gender",
        L2 = "L2": "Civil partnership",
        L3 = "L3": "Unmarried, different gender",
        L4 = "L4": "Unmarried, same gender",
    }
}

code_set! {
    /// Why a child is no longer to be placed for adoption (column `REASON_PLACED_CEASED`).
    ReasonPlacedCeased {
        Rd1 = "RD1": "Child's needs changed after the decision",
        Rd2 = "RD2": "Court made no placement order",
        Rd3 = "RD3": "No adopters found",
        Rd4 = "RD4": "Other reason",
    }
}
