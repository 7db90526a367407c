//! Why a strengths and difficulties score is not given.

use super::code_set;

code_set! {
    /// Why there is no score (column `SDQ_REASON`).
    SdqReason {
        Sdq1 = "SDQ1": "Under 4 or over 16 at latest assessment",
        Sdq2 = "SDQ2": "Carer refused",
        Sdq3 = "SDQ3": "Child's disability too severe",
        Sdq4 = "SDQ4": "Other",
        Sdq5 = "SDQ5": "Child refused",
    }
}
