//! The main reason why a child receives services.

use super::code_set;

code_set! {
    /// Category of need (column `CIN`).
    Need {
        N1 = "N1": "Abuse or neglect",
        N2 = "N2": "Child's disability",
        N3 = "N3": "Parental illness or disability",
        N4 = "N4": "Family in acute stress",
        N5 = "N5": "Family dysfunction",
        N6 = "N6": "Socially unacceptable behaviour",
        N7 = "N7": "Low income",
        N8 = "N8": "Absent parenting",
    }
}
