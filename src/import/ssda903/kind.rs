//! The files of a return: their names, their columns, and how one is told from another.

use crate::import::csv::table::Table;

/// One of the files that make up a return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReturnFile {
    /// Who the children are.
    Header,
    /// Legal status and placement, stretch by stretch.
    Episodes,
    /// Reviews held.
    Reviews,
    /// Unaccompanied asylum-seeking children.
    Uasc,
    /// Health and offending, for children looked after 12 months.
    Oc2,
    /// Care leavers.
    Oc3,
    /// Children adopted in the year.
    Ad1,
    /// Decisions to place for adoption.
    PlacedForAdoption,
    /// Earlier adoptions and orders.
    PreviousPermanence,
    /// Times missing or away.
    Missing,
    /// Social workers.
    SwEpisodes,
    /// Deprivation of liberty orders.
    DoLo,
}

impl ReturnFile {
    /// Every file, the header first because the others are checked against it.
    pub const ALL: [Self; 12] = [
        Self::Header,
        Self::Episodes,
        Self::Reviews,
        Self::Uasc,
        Self::Oc2,
        Self::Oc3,
        Self::Ad1,
        Self::PlacedForAdoption,
        Self::PreviousPermanence,
        Self::Missing,
        Self::SwEpisodes,
        Self::DoLo,
    ];

    /// The usual name of the file.
    pub fn name(self) -> &'static str {
        self.spec().0
    }

    /// The columns, in the usual order.
    pub fn columns(self) -> &'static [&'static str] {
        self.spec().1
    }

    /// The columns without which no row could be used.
    pub fn needed(self) -> &'static [&'static str] {
        self.spec().2
    }

    /// The column that no other file has.
    fn mark(self) -> &'static str {
        self.spec().3
    }

    /// Parts of file names, letters and digits alone, that mean this file.
    fn names(self) -> &'static [&'static str] {
        self.spec().4
    }

    /// Files that are sent apart from the return, so that the header may not know their children.
    pub fn is_sent_apart(self) -> bool {
        matches!(self, Self::SwEpisodes | Self::DoLo)
    }

    /// The first year of the collection that has this file, by the year in which it ends.
    pub fn since(self) -> i32 {
        match self {
            Self::PreviousPermanence => 2017,
            Self::SwEpisodes => 2024,
            Self::DoLo => 2027,
            _ => 0,
        }
    }

    /// Whether a file has the usual name of this part and nothing more.
    pub fn is_exactly(self, name: &str) -> bool {
        let given = plain(name);
        given == plain(self.name()) || self.names().contains(&given.as_str())
    }

    /// Name, columns, needed columns, the column of its own, parts of file names.
    fn spec(self) -> Spec {
        match self {
            Self::Header => HEADER,
            Self::Episodes => EPISODES,
            Self::Reviews => REVIEWS,
            Self::Uasc => UASC,
            Self::Oc2 => OC2,
            Self::Oc3 => OC3,
            Self::Ad1 => AD1,
            Self::PlacedForAdoption => PLACED_FOR_ADOPTION,
            Self::PreviousPermanence => PREVIOUS_PERMANENCE,
            Self::Missing => MISSING,
            Self::SwEpisodes => SW_EPISODES,
            Self::DoLo => DOLO,
        }
    }

    /// Which file a table is: by the column that only one file has, else by its name.
    pub fn recognise(table: &Table) -> Option<Self> {
        let mut marked = Self::ALL.into_iter().filter(|file| table.position(file.mark()).is_some());
        match (marked.next(), marked.next()) {
            (Some(file), None) => Some(file),
            _ => Self::by_name(&table.file),
        }
    }

    /// Which file a name means: `SSDA903 2024 episodes.csv`, `Prev_Perm.CSV`, `sbpfa.csv`.
    pub fn by_name(name: &str) -> Option<Self> {
        let plain = plain(name);
        // The social workers' file comes first: its name holds the name of the episodes.
        [Self::SwEpisodes]
            .into_iter()
            .chain(Self::ALL)
            .find(|file| file.names().iter().any(|part| plain.contains(part)))
    }
}

/// Letters and digits of a file name, without its ending.
fn plain(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

type Columns = &'static [&'static str];
type Spec = (&'static str, Columns, Columns, &'static str, Columns);

const HEADER: Spec =
    ("header", &["CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"], &["CHILD", "DOB"], "ETHNIC", &["header"]);

const EPISODES: Spec = (
    "episodes",
    &[
        "CHILD",
        "DECOM",
        "RNE",
        "LS",
        "CIN",
        "PLACE",
        "PLACE_PROVIDER",
        "DEC",
        "REC",
        "REASON_PLACE_CHANGE",
        "HOME_POST",
        "PL_POST",
        "URN",
        "PL_LA",
        "PL_LOCATION",
        "PL_DISTANCE",
    ],
    &["CHILD", "DECOM", "RNE", "LS", "PLACE", "DEC", "REC"],
    "DECOM",
    &["episode"],
);

const REVIEWS: Spec =
    ("reviews", &["CHILD", "DOB", "REVIEW", "REVIEW_CODE"], &["CHILD", "REVIEW"], "REVIEW", &["review"]);

const UASC: Spec = ("uasc", &["CHILD", "SEX", "DOB", "DUC"], &["CHILD", "DUC"], "DUC", &["uasc"]);

const OC2: Spec = (
    "oc2",
    &[
        "CHILD",
        "DOB",
        "SDQ_SCORE",
        "SDQ_REASON",
        "CONVICTED",
        "HEALTH_CHECK",
        "IMMUNISATIONS",
        "TEETH_CHECK",
        "HEALTH_ASSESSMENT",
        "SUBSTANCE_MISUSE",
        "INTERVENTION_RECEIVED",
        "INTERVENTION_OFFERED",
    ],
    &["CHILD"],
    "HEALTH_ASSESSMENT",
    &["oc2"],
);

const OC3: Spec = (
    "oc3",
    &["CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM"],
    &["CHILD", "IN_TOUCH", "ACTIV", "ACCOM"],
    "IN_TOUCH",
    &["oc3"],
);

const AD1: Spec = (
    "ad1",
    &["CHILD", "DOB", "DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR"],
    &["CHILD"],
    "DATE_MATCH",
    &["ad1"],
);

const PLACED_FOR_ADOPTION: Spec = (
    "placed_for_adoption",
    &["CHILD", "DOB", "DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED"],
    &["CHILD", "DATE_PLACED"],
    "DATE_PLACED",
    &["placedforadoption", "placedadoption", "adplaced", "sbpfa"],
);

const PREVIOUS_PERMANENCE: Spec = (
    "previous_permanence",
    &["CHILD", "DOB", "PREV_PERM", "LA_PERM", "DATE_PERM"],
    &["CHILD", "PREV_PERM"],
    "PREV_PERM",
    &["prevperm", "previousperm", "permanence"],
);

const MISSING: Spec = (
    "missing",
    &["CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"],
    &["CHILD", "MISSING", "MIS_START", "MIS_END"],
    "MIS_START",
    &["missing"],
);

const SW_EPISODES: Spec = (
    "sw_episodes",
    &["CHILD", "DOB", "SW_ID", "SW_DECOM", "SW_DEC", "SW_REASON"],
    &["CHILD", "SW_DECOM", "SW_DEC"],
    "SW_DECOM",
    &["swepisode", "socialworker"],
);

const DOLO: Spec = (
    "DoLo",
    &["CHILD", "DOB", "DOLO_START", "DOLO_END"],
    &["CHILD", "DOLO_START", "DOLO_END"],
    "DOLO_START",
    &["dolo", "deprivationofliberty"],
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_names_in_any_case_are_known() {
        for (name, file) in [
            ("header.csv", ReturnFile::Header),
            ("SSDA903 2023-24 Episodes (v2).CSV", ReturnFile::Episodes),
            ("social_worker.csv", ReturnFile::SwEpisodes),
            ("SW_Episodes.csv", ReturnFile::SwEpisodes),
            ("Prev_Perm.csv", ReturnFile::PreviousPermanence),
            ("sbpfa.csv", ReturnFile::PlacedForAdoption),
            ("AD1.csv", ReturnFile::Ad1),
            ("DoLo.csv", ReturnFile::DoLo),
        ] {
            assert_eq!(ReturnFile::by_name(name), Some(file), "{name}");
        }
        assert_eq!(ReturnFile::by_name("notes.csv"), None);
    }

    #[test]
    fn every_file_has_a_column_of_its_own() {
        for file in ReturnFile::ALL {
            let owners = ReturnFile::ALL.into_iter().filter(|other| other.columns().contains(&file.mark()));
            assert_eq!(owners.collect::<Vec<_>>(), [file]);
            assert!(file.needed().iter().all(|column| file.columns().contains(column)));
        }
    }
}
