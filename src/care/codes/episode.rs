//! Why an episode began, why it ended, and why a placement was changed.

use super::code_set;

code_set! {
    /// Why a new episode began (column `RNE`).
    ReasonNew {
        S = "S": "Started to be looked after",
        L = "L": "Legal status changed, placement unchanged",
        P = "P": "Placement and carer changed, legal status unchanged",
        T = "T": "Placement changed, same carer, legal status unchanged",
        B = "B": "Legal status, placement and carer all changed",
        U = "U": "Legal status and placement changed, same carer",
    }
}

code_set! {
    /// Why an episode ended (column `REC`).
    ReasonCeased {
        X1 = "X1": "Episode ends and another begins the same day",
        E11 = "E11": "Adopted, application unopposed",
        E12 = "E12": "Adopted, consent dispensed with",
        E2 = "E2": "Died",
        E3 = "E3": "Care taken over by another UK local authority",
        E4a = "E4A": "Returned home to person with parental responsibility, planned",
        E4b = "E4B": "Returned home to person with parental responsibility, not planned",
        E13 = "E13": "Left to live with parent, relative or other with no parental responsibility",
        E41 = "E41": "Residence or child arrangements order granted",
        E43 = "E43": "Special guardianship to former foster carers",
        E44 = "E44": "Special guardianship to carers other than former foster carers",
        E45 = "E45": "Special guardianship to former foster carer who is relative or friend",
        E46 = "E46": "Special guardianship to former foster carer, not relative or friend",
        E47 = "E47": "Special guardianship to other carer who is relative or friend",
        E48 = "E48": "Special guardianship to other carer, not relative or friend",
        E5 = "E5": "Independent living with formal support",
        E6 = "E6": "Independent living without formal support",
        E7 = "E7": "Transferred to residential care funded by adult social care",
        E9 = "E9": "Sentenced to custody",
        E14 = "E14": "Accommodation on remand ended",
        E15 = "E15": "Age assessment found person 18 or over",
        E16 = "E16": "Moved abroad",
        E17 = "E17": "Reached 18 and stays with current carers (includes staying put)",
        E8 = "E8": "Any other reason",
        E99 = "E99": "Local fix code used by a regional pipeline, not DfE",
    }
}

code_set! {
    /// Why a placement ended (column `REASON_PLACE_CHANGE`).
    ReasonChange {
        Carpl = "CARPL": "Planned: change to, or carrying out of, the care plan",
        Close = "CLOSE": "Carer resigned or provision closed",
        Alleg = "ALLEG": "Allegation (section 47)",
        Stand = "STAND": "Concern about standards of care",
        Apprr = "APPRR": "Approval removed",
        Creqb = "CREQB": "Carer asked for it to end because of child's behaviour",
        Creqo = "CREQO": "Carer asked for it to end for another reason",
        Child = "CHILD": "Child asked for it to end",
        Lareq = "LAREQ": "Responsible or area authority asked for it to end",
        Place = "PLACE": "Only the status of the placement changed (same carer)",
        Custod = "CUSTOD": "Admitted to custody",
        Other = "OTHER": "Other",
        Liiaf = "LIIAF": "Local fix code used by a regional pipeline, not DfE",
    }
}

impl ReasonCeased {
    /// Adopted (`E11`, `E12`).
    pub fn is_adoption(self) -> bool {
        matches!(self, Self::E11 | Self::E12)
    }

    /// Left through special guardianship: `E45` to `E48`, before 2018-19 `E43` and `E44`.
    pub fn is_special_guardianship(self) -> bool {
        matches!(self, Self::E43 | Self::E44 | Self::E45 | Self::E46 | Self::E47 | Self::E48)
    }
}
