//! The English authorities that look after children, present and former: ONS code, the education department's number,
//! name, region and successors, as in `england.csv` beside this file.
//!
//! Codes and dates are those of the Office for National Statistics' register of geographic codes; numbers are those of the
//! Department for Education. A number stays while the authority does, so a former code with the number of a present one
//! is the same authority; one that was split or merged has successors with other numbers.

mod near;
mod region;

use std::sync::LazyLock;

use crate::period::Date;
pub use near::{not_a_code, remark};
pub use region::{REGIONS, region_code};

/// One authority under one ONS code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// ONS nine-character code.
    pub ons_code: String,
    /// Three-digit number of the Department for Education.
    pub la_code: String,
    /// Its name.
    pub name: String,
    /// Name of its region, one of [`REGIONS`].
    pub region: String,
    /// First day of the code, if that was after 2009-03-31.
    pub first_day: Option<Date>,
    /// Last day of the code; none for a present one.
    pub last_day: Option<Date>,
    /// ONS codes of the authorities that took its place.
    pub successors: Vec<String>,
}

/// The table as it is written.
const TABLE: &str = include_str!("england.csv");

static ALL: LazyLock<Vec<Authority>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(TABLE.as_bytes());
    reader.records().filter_map(|record| read(&record.ok()?)).collect()
});

fn read(record: &csv::StringRecord) -> Option<Authority> {
    let cell = |place: usize| record.get(place).map(str::to_owned);
    let day = |place: usize| record.get(place)?.parse().ok();
    Some(Authority {
        ons_code: cell(0)?,
        la_code: cell(1)?,
        name: cell(2)?,
        region: cell(3)?,
        first_day: day(4),
        last_day: day(5),
        successors: record.get(6)?.split_whitespace().map(str::to_owned).collect(),
    })
}

/// Every authority: the present ones by code, then the former.
pub fn all() -> &'static [Authority] {
    &ALL
}

/// The authority with this ONS code, present or former.
pub fn find(ons_code: &str) -> Option<&'static Authority> {
    all().iter().find(|authority| authority.ons_code == ons_code)
}

/// Whether two ONS codes mean one authority, whose code has changed.
pub fn same(one: &str, other: &str) -> bool {
    let number = |code| find(code).map(|authority| &authority.la_code);
    one == other || number(one).is_some_and(|known| Some(known) == number(other))
}

impl Authority {
    /// Whether the code is in use.
    pub fn is_present(&self) -> bool {
        self.last_day.is_none()
    }

    /// The same authority under its present code, where this one was replaced and the authority stayed.
    pub fn renamed(&self) -> Option<&'static Authority> {
        let present = || all().iter().find(|other| other.is_present() && other.la_code == self.la_code);
        if self.is_present() { None } else { present() }
    }

    /// The authorities whose place it took.
    pub fn predecessors(&self) -> impl Iterator<Item = &'static Authority> {
        all().iter().filter(|other| other.successors.contains(&self.ons_code))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;
    use crate::access::authority_code;

    #[test]
    fn there_are_153_authorities_and_every_line_is_read() {
        assert_eq!(all().len(), TABLE.lines().count() - 1);
        let present: Vec<_> = all().iter().filter(|authority| authority.is_present()).collect();
        let once = |of: fn(&Authority) -> &str| present.iter().map(|authority| of(authority)).collect::<HashSet<_>>();
        assert_eq!(present.len(), 153);
        assert_eq!([once(|a| &a.ons_code), once(|a| &a.la_code), once(|a| &a.name)].map(|all| all.len()), [153; 3]);
        for authority in all() {
            assert_eq!(authority_code(&authority.ons_code).as_ref(), Some(&authority.ons_code));
            assert_eq!((authority.la_code.len(), region_code(&authority.region).is_some()), (3, true), "{authority:?}");
            assert_eq!(authority.is_present(), authority.successors.is_empty(), "{authority:?}");
        }
    }

    #[test]
    fn successors_begin_on_the_day_after_and_lead_to_present_authorities() {
        for former in all().iter().filter(|authority| !authority.is_present()) {
            for code in &former.successors {
                let next = find(code).unwrap();
                assert_eq!(
                    next.first_day,
                    former.last_day.and_then(|day| day.succ_opt()),
                    "{} {code}",
                    former.ons_code
                );
                assert!(next.predecessors().any(|before| before == former));
            }
            let kept = former.successors.iter().any(|code| same(code, &former.ons_code));
            assert_eq!(former.renamed().is_some(), kept, "{}", former.ons_code);
        }
        let names = |code: &str| find(code).unwrap().predecessors().map(|a| a.name.as_str()).collect::<Vec<_>>();
        assert_eq!(names("E06000058"), ["Bournemouth", "Poole", "Dorset"]);
        assert_eq!((names("E06000063"), names("E06000062")), (vec!["Cumbria"], vec!["Northamptonshire"]));
        assert!(names("E09000015").is_empty());
    }

    #[test]
    fn a_changed_code_is_the_same_authority_and_a_split_one_is_not() {
        for (one, other) in [("E10000027", "E06000066"), ("E10000022", "E06000057"), ("E08000016", "E08000038")] {
            assert!(same(one, other), "{one} {other}");
        }
        for (one, other) in [("E10000006", "E06000063"), ("E06000028", "E06000058"), ("E99999999", "E09000015")] {
            assert!(!same(one, other), "{one} {other}");
        }
        assert!(same("E99999999", "E99999999"));
    }

    /// The education department's own statistics name every authority of 2018 and later by the same code, number, name
    /// and region.
    #[test]
    fn the_table_agrees_with_published_statistics() {
        let Some(shared) = crate::needs::shared() else { return };
        let path = shared.join("data/ees-raw/cla_number_and_rate_per_10k_children.csv");
        let mut reader = csv::Reader::from_path(path).unwrap();
        let mut rows = HashMap::new();
        for row in reader.deserialize::<HashMap<String, String>>().map(Result::unwrap) {
            if row["geographic_level"] == "Local authority" {
                let cells = ["new_la_code", "old_la_code", "la_name", "region_name"].map(|column| row[column].clone());
                rows.insert(cells[0].clone(), cells);
            }
        }
        for [code, number, name, region] in rows.values() {
            let known = find(code).unwrap_or_else(|| panic!("{code} {name}"));
            let told = [&known.la_code, &known.name, &known.region];
            assert_eq!(told, [number, name, region], "{code}");
        }
        assert!(rows.len() > 150, "{}", rows.len());
    }
}
