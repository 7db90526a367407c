//! A row of a breakdown: which dimension, which group, in which order, and how files and clients name it.

use super::{AgeBand as A, EthnicGroup as E, Gender as G};

/// What a figure is split by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dimension {
    /// Five census groups.
    Ethnicity,
    /// Five age bands.
    AgeBand,
    /// Male and female.
    Gender,
}

/// One group of one dimension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// A row of the split by ethnicity.
    Ethnicity(E),
    /// A row of the split by age.
    AgeBand(A),
    /// A row of the split by gender.
    Gender(G),
}

const ETHNIC_GROUPS: &[Group] = &[
    Group::Ethnicity(E::White),
    Group::Ethnicity(E::Mixed),
    Group::Ethnicity(E::Asian),
    Group::Ethnicity(E::Black),
    Group::Ethnicity(E::Other),
    Group::Ethnicity(E::NotKnown),
];
const AGE_BANDS: &[Group] = &[
    Group::AgeBand(A::Under1),
    Group::AgeBand(A::From1To4),
    Group::AgeBand(A::From5To9),
    Group::AgeBand(A::From10To15),
    Group::AgeBand(A::From16),
    Group::AgeBand(A::NotKnown),
];
const GENDERS: &[Group] = &[Group::Gender(G::Male), Group::Gender(G::Female), Group::Gender(G::NotKnown)];

impl Dimension {
    /// Every dimension, in the order of the reports.
    pub const ALL: [Dimension; 3] = [Dimension::Ethnicity, Dimension::AgeBand, Dimension::Gender];

    /// The stable name that clients read and write.
    pub fn code(self) -> &'static str {
        match self {
            Dimension::Ethnicity => "ETHNICITY",
            Dimension::AgeBand => "AGE_BAND",
            Dimension::Gender => "GENDER",
        }
    }

    /// Reads the name that clients or the population file use: `age` and `AGE_BAND` are the same.
    pub fn parse(text: &str) -> Option<Self> {
        match plain(text).as_str() {
            "ethnicity" => Some(Dimension::Ethnicity),
            "age" | "age_band" => Some(Dimension::AgeBand),
            "gender" | "sex" => Some(Dimension::Gender),
            _ => None,
        }
    }

    /// The groups in the order of the reports, "Not known" last. A group's place here is its `index`.
    pub fn groups(self) -> &'static [Group] {
        match self {
            Dimension::Ethnicity => ETHNIC_GROUPS,
            Dimension::AgeBand => AGE_BANDS,
            Dimension::Gender => GENDERS,
        }
    }

    /// Reads a group as files and clients name it: by code, by label, or in the words of published tables
    /// ("Asian or Asian British", "1 to 4 years", "16-17"). A single year of age is its band.
    pub fn group(self, text: &str) -> Option<Group> {
        let text = plain(text);
        if ["not_known", "unknown", "ethnicity_not_known"].contains(&text.as_str()) || text.starts_with("refused") {
            return self.groups().last().copied();
        }
        match self {
            Dimension::Ethnicity => ethnic_group(&text).map(Group::Ethnicity),
            Dimension::AgeBand => age_band(&text).map(Group::AgeBand),
            Dimension::Gender => gender(&text).map(Group::Gender),
        }
    }

    /// Reads a whole group, as a published figure is of one; nothing for a part of it, such as "White Irish" or "17".
    pub fn whole_group(self, text: &str) -> Option<Group> {
        let group = self.group(text)?;
        let text = plain(text);
        let parts = match group {
            Group::Ethnicity(_) => !WHOLE_ETHNIC_GROUPS.contains(&text.as_str()) && group.is_known(),
            Group::AgeBand(_) => text.bytes().all(|b| b.is_ascii_digit()),
            Group::Gender(_) => false,
        };
        (!parts).then_some(group)
    }
}

impl Group {
    /// Its dimension.
    pub fn dimension(self) -> Dimension {
        match self {
            Group::Ethnicity(_) => Dimension::Ethnicity,
            Group::AgeBand(_) => Dimension::AgeBand,
            Group::Gender(_) => Dimension::Gender,
        }
    }

    /// Its place within its dimension, from 0: the cell to count in.
    pub fn index(self) -> usize {
        match self {
            Group::Ethnicity(group) => group as usize,
            Group::AgeBand(band) => band as usize,
            Group::Gender(gender) => gender as usize,
        }
    }

    /// Whether the group is recorded. Shares and disproportionality are of the known only.
    pub fn is_known(self) -> bool {
        !matches!(self, Group::Ethnicity(E::NotKnown) | Group::AgeBand(A::NotKnown) | Group::Gender(G::NotKnown))
    }

    /// The stable name that clients read and write, unique within its dimension.
    pub fn code(self) -> &'static str {
        self.names().0
    }

    /// The words of the reports (ruling 54).
    pub fn label(self) -> &'static str {
        self.names().1
    }

    fn names(self) -> (&'static str, &'static str) {
        match self {
            Group::Ethnicity(E::White) => ("WHITE", "White"),
            Group::Ethnicity(E::Mixed) => ("MIXED", "Mixed"),
            Group::Ethnicity(E::Asian) => ("ASIAN", "Asian"),
            Group::Ethnicity(E::Black) => ("BLACK", "Black"),
            Group::Ethnicity(E::Other) => ("OTHER", "Other"),
            Group::AgeBand(A::Under1) => ("UNDER_1", "Under 1"),
            Group::AgeBand(A::From1To4) => ("AGE_1_TO_4", "1 to 4"),
            Group::AgeBand(A::From5To9) => ("AGE_5_TO_9", "5 to 9"),
            Group::AgeBand(A::From10To15) => ("AGE_10_TO_15", "10 to 15"),
            Group::AgeBand(A::From16) => ("AGE_16_PLUS", "16 plus"),
            Group::Gender(G::Male) => ("MALE", "Male"),
            Group::Gender(G::Female) => ("FEMALE", "Female"),
            Group::Ethnicity(E::NotKnown) | Group::AgeBand(A::NotKnown) | Group::Gender(G::NotKnown) => {
                ("NOT_KNOWN", "Not known")
            }
        }
    }
}

/// Lower case, with one underscore for whatever stands between the words.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("_")
}

/// How published tables name a whole ethnic group, not a part of one.
const WHOLE_ETHNIC_GROUPS: &[&str] = &[
    "white",
    "mixed",
    "mixed_or_multiple",
    "mixed_or_multiple_ethnic_groups",
    "mixed_multiple_ethnic_groups",
    "mixed_dual_background",
    "asian",
    "asian_or_asian_british",
    "asian_asian_british",
    "asian_asian_british_or_asian_welsh",
    "black",
    "black_or_black_british",
    "black_black_british",
    "black_african_caribbean_or_black_british",
    "black_african_caribbean_black_british",
    "black_black_british_black_welsh_caribbean_or_african",
    "other",
    "other_ethnic_group",
    "other_ethnic_groups",
    "other_ethnic_groups_other",
];

/// Published tables spell groups out in several ways, but always with the group's own word first.
fn ethnic_group(text: &str) -> Option<E> {
    match text.split('_').next()? {
        "white" => Some(E::White),
        "mixed" => Some(E::Mixed),
        "asian" => Some(E::Asian),
        "black" => Some(E::Black),
        "other" => Some(E::Other),
        _ => None,
    }
}

fn age_band(text: &str) -> Option<A> {
    let text = text.strip_prefix("age_").unwrap_or(text);
    match text {
        "under_1" | "under_1_year" => Some(A::Under1),
        "1_4" | "1_to_4" | "1_to_4_years" => Some(A::From1To4),
        "5_9" | "5_to_9" | "5_to_9_years" => Some(A::From5To9),
        "10_15" | "10_to_15" | "10_to_15_years" => Some(A::From10To15),
        "16_plus" | "16_17" | "16_to_17" | "16_years_and_over" => Some(A::From16),
        single_year => single_year.parse().ok().map(|age| A::of(Some(age))).filter(|band| *band != A::NotKnown),
    }
}

fn gender(text: &str) -> Option<G> {
    match text {
        "male" | "m" | "1" => Some(G::Male),
        "female" | "f" | "2" => Some(G::Female),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_stands_at_its_index_and_reads_back_from_its_names() {
        for dimension in Dimension::ALL {
            assert_eq!(Dimension::parse(dimension.code()), Some(dimension));
            for (index, group) in dimension.groups().iter().enumerate() {
                assert_eq!((group.index(), group.dimension()), (index, dimension));
                assert_eq!(dimension.group(group.code()), Some(*group));
                assert_eq!(dimension.group(group.label()), Some(*group));
            }
        }
    }

    #[test]
    fn not_known_is_the_last_row_of_every_breakdown() {
        for dimension in Dimension::ALL {
            let unknown: Vec<bool> = dimension.groups().iter().map(|group| !group.is_known()).collect();
            assert_eq!(unknown.iter().position(|is| *is), Some(unknown.len() - 1));
        }
    }

    #[test]
    fn the_words_of_published_tables_are_understood() {
        let read = |dimension: Dimension, text| dimension.group(text).map(Group::code);
        assert_eq!(read(Dimension::Ethnicity, "Asian or Asian British"), Some("ASIAN"));
        assert_eq!(read(Dimension::Ethnicity, "Other Ethnic Groups/ Other"), Some("OTHER"));
        assert_eq!(read(Dimension::Ethnicity, "Refused or information not yet available"), Some("NOT_KNOWN"));
        assert_eq!(read(Dimension::AgeBand, "16 -17"), Some("AGE_16_PLUS"));
        assert_eq!(read(Dimension::AgeBand, "age_1_4"), Some("AGE_1_TO_4"));
        assert_eq!(read(Dimension::AgeBand, "17"), Some("AGE_16_PLUS"));
        assert_eq!(read(Dimension::Gender, "F"), Some("FEMALE"));
        assert_eq!(read(Dimension::Gender, "both"), None);
    }

    #[test]
    fn a_part_of_a_group_is_not_the_group() {
        let read = |dimension: Dimension, text| dimension.whole_group(text).map(Group::code);
        for (text, group) in [
            ("White", Some("WHITE")),
            ("asian", Some("ASIAN")),
            ("Asian or Asian British", Some("ASIAN")),
            ("Black, African, Caribbean or Black British", Some("BLACK")),
            ("Refused or information not yet available", Some("NOT_KNOWN")),
            ("White Irish", None),
            ("Black African", None),
        ] {
            assert_eq!(read(Dimension::Ethnicity, text), group, "{text}");
        }
        assert_eq!(read(Dimension::AgeBand, "16 -17"), Some("AGE_16_PLUS"));
        assert_eq!(read(Dimension::AgeBand, "17"), None);
        assert_eq!(read(Dimension::Gender, "male"), Some("MALE"));
    }
}
