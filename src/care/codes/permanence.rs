//! Permanence before this time in care, and the plan for it now.

use super::code_set;

code_set! {
    /// Earlier permanence (column `PREV_PERM`).
    PreviousPermanence {
        P1 = "P1": "Adoption",
        P2 = "P2": "Special guardianship order",
        P3 = "P3": "Residence or child arrangements order",
        P4 = "P4": "Not known",
        Z1 = "Z1": "None",
    }
}

code_set! {
    /// The permanence plan.
    PermanencePlan {
        A = "a": "Return to family",
        B = "b": "Adoption",
        C = "c": "Special guardianship or child arrangements order",
        D = "d": "Supported living in the community",
        E = "e": "Long-term residential",
        F = "f": "Long-term fostering",
        G = "g": "Other",
    }
}
