//! Missing, or away without authorisation.

use super::code_set;

code_set! {
    /// Missing or away (column `MISSING`).
    MissingKind {
        M = "M": "Missing from care: whereabouts not known",
        A = "A": "Away from placement without authorisation: whereabouts known",
    }
}
