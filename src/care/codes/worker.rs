//! Why a new social worker took over.

use super::code_set;

code_set! {
    /// Why this worker took over (column `SW_REASON`).
    WorkerReason {
        Manage = "MANAGE": "Managing caseloads",
        Fconta = "FCONTA": "First contact or re-referral",
        Leftrl = "LEFTRL": "Previous worker left the role",
        Orgrst = "ORGRST": "Restructure",
        Tsproc = "TSPROC": "Child transferred under standard process",
        Absenc = "ABSENC": "Absence cover or return from it",
        Chchan = "CHCHAN": "Child asked",
        Pcchan = "PCCHAN": "Parent or carer asked",
        Swdied = "SWDIED": "Previous worker died",
        Others = "OTHERS": "Other",
    }
}
