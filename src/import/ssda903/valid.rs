//! Which codes belong to the return of a year, named by the year in which it ends. Codes of other years are told, and
//! read as what they meant: a code set never decides whether a row is used.

use crate::care::codes::{Activity, Place, ReasonCeased, ReasonChange};

/// Supported accommodation came with the return of 2024-25 as `K3`; `H5` and `P2` went after it, and `Z1` was divided.
pub fn place(place: Place, ending: i32) -> bool {
    match place {
        Place::K3 => ending >= 2025,
        Place::H5 | Place::P2 | Place::Z1 => ending <= 2025,
        Place::Z11 | Place::Z12 | Place::Z13 | Place::Z14 => ending >= 2026,
        _ => true,
    }
}

/// Special guardianship was told by who the guardian is from 2018-19.
pub fn reason_ceased(reason: ReasonCeased, ending: i32) -> bool {
    use ReasonCeased::{E43, E44, E45, E46, E47, E48};
    match reason {
        E43 | E44 => ending <= 2018,
        E45 | E46 | E47 | E48 => ending >= 2019,
        _ => true,
    }
}

/// Custody is a reason of its own from 2018-19.
pub fn reason_change(reason: ReasonChange, ending: i32) -> bool {
    reason != ReasonChange::Custod || ending >= 2019
}

/// Apprenticeships were told apart from other work and training from 2021-22.
pub fn activity(activity: Activity, ending: i32) -> bool {
    use Activity::{F3, F4, F5, P3, P4, P5};
    match activity {
        F3 | P3 => ending <= 2021,
        F4 | P4 | F5 | P5 => ending >= 2022,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use crate::import::ssda903::fixture::{EPISODES, read_year};

    fn told(ending: i32, place: &str, ceased: &str, change: &str, activity: &str) -> Vec<&'static str> {
        let start = ending - 1;
        let header = "CHILD,SEX,DOB,ETHNIC\nB2,2,15/01/1999,MWAS\n";
        let episodes = format!(
            "{EPISODES}B2,01/05/{start},S,C2,N1,{place},PR4,01/06/{start},{ceased},{change},HA1 1AA,HA2 2BA,SC1\n"
        );
        let oc3 = format!("CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\nB2,,YES,{activity},U1\n");
        let files = [("header.csv", header), ("episodes.csv", &episodes), ("oc3.csv", &oc3)];
        let read = read_year(ending, &files.map(|(name, text)| (name, text.as_bytes())));
        assert!(read.report.files.iter().all(|file| file.refused == 0));
        let of_codes = |rule: &&str| ["132", "146", "149", "1009"].contains(rule);
        read.report.issues.iter().map(|issue| issue.rule).filter(of_codes).collect()
    }

    #[test]
    fn codes_of_other_years_are_told() {
        assert_eq!(told(2018, "H5", "E43", "CARPL", "F3"), Vec::<&str>::new());
        assert_eq!(told(2018, "K3", "E45", "CUSTOD", "F4"), ["149", "146", "1009", "132"]);
        assert_eq!(told(2024, "H5", "E45", "CUSTOD", "F5"), Vec::<&str>::new());
        assert_eq!(told(2024, "Z11", "E43", "CARPL", "P3"), ["149", "146", "132"]);
        assert_eq!(told(2025, "K3", "E48", "CARPL", "P4"), Vec::<&str>::new());
        assert_eq!(told(2026, "K3", "E48", "CARPL", "P4"), Vec::<&str>::new());
        assert_eq!(told(2026, "P2", "E44", "CARPL", "F1"), ["149", "146"]);
        assert_eq!(told(2026, "Z14", "E4A", "CARPL", "F1"), Vec::<&str>::new());
    }
}
