//! Invented cohorts as files: a folder for each yearly return, the lists beside them, and how to import them all.

use std::fs;
use std::path::{Path, PathBuf};

use super::Failure;
use crate::import::Kind;
use crate::period::Date;
use crate::synthetic::Cohort;
use crate::synthetic::returns::Year;
use crate::synthetic::table::Table;

/// One import that the files ask for, in the order in which to do them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is.
    pub kind: StepKind,
    /// Where it is, relative to the folder of the cohort.
    pub path: PathBuf,
}

/// What an import is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// A yearly return.
    Return(Year),
    /// A list, with the last day that it knows of.
    List(Kind, Date),
}

/// The name of the file that says how to import the rest.
const MANIFEST: &str = "import.sh";

/// The lists of a cohort, each in a file named as its kind.
const LISTS: [Kind; 4] = [Kind::Leavers, Kind::LeaverContacts, Kind::Carers, Kind::PlacementLinks];

/// Writes the files of a cohort into a folder, and the manifest; `told` hears of each folder or file once written.
///
/// # Errors
/// A file cannot be written.
pub fn write(cohort: &Cohort, folder: &Path, mut told: impl FnMut(&Step)) -> Result<Vec<Step>, Failure> {
    let mut steps = Vec::new();
    let mut done = |kind: StepKind, path: PathBuf| {
        let step = Step { kind, path };
        told(&step);
        steps.push(step);
    };
    for year in cohort.years() {
        let path = PathBuf::from(year.label());
        tables(&folder.join(&path), &cohort.of_year(year).tables)?;
        done(StepKind::Return(year), path);
    }
    tables(folder, &cohort.lists())?;
    for kind in LISTS {
        done(StepKind::List(kind, cohort.days.to), format!("{}.csv", kind.name()).into());
    }
    let dataset = Kind::Ssd.name();
    tables(&folder.join(dataset), &cohort.dataset())?;
    done(StepKind::List(Kind::Ssd, cohort.days.to), dataset.into());
    save(&folder.join(MANIFEST), &manifest(&cohort.authority, &steps))?;
    Ok(steps)
}

fn tables(folder: &Path, tables: &[Table]) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| Failure::Io(folder.display().to_string(), error))?;
    tables.iter().try_for_each(|table| save(&folder.join(format!("{}.csv", table.name)), &table.text()))
}

fn save(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| Failure::Io(path.display().to_string(), error))
}

/// The commands that import the files, to be run in their folder.
fn manifest(authority: &str, steps: &[Step]) -> String {
    let mut lines = vec![
        "#!/bin/sh".to_owned(),
        "# Invented records: no child in them exists. Run it from any folder to import them.".to_owned(),
        "set -e".to_owned(),
        r#"command -v lookedafter >/dev/null || { echo "lookedafter is no command yet; see README.md" >&2; exit 1; }"#
            .to_owned(),
        r#"here=$(dirname "$0")"#.to_owned(),
    ];
    for Step { kind, path } in steps {
        let path = format!("\"$here/{}\"", path.display());
        lines.push(match kind {
            StepKind::List(kind, up_to) => {
                format!("lookedafter import {} {path} --authority {authority} --up-to {up_to}", kind.name())
            }
            StepKind::Return(year) => {
                let whole =
                    format!("lookedafter import ssda903 {path} --authority {authority} --year-ending {}", year.ending);
                if year.is_whole() { whole } else { format!("{whole} --up-to {}", year.window.to) }
            }
        });
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_names_every_import_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let steps = write(&Cohort::harrow(), folder.path(), |_| {}).unwrap();
        assert!(steps.iter().all(|step| folder.path().join(&step.path).exists()));
        let text = fs::read_to_string(folder.path().join(MANIFEST)).unwrap();
        let commands: Vec<&str> = text.lines().filter(|line| line.starts_with("lookedafter")).collect();
        assert_eq!(
            commands,
            [
                r#"lookedafter import ssda903 "$here/2020-21" --authority E09000015 --year-ending 2021"#,
                r#"lookedafter import ssda903 "$here/2021-22" --authority E09000015 --year-ending 2022"#,
                r#"lookedafter import ssda903 "$here/2022-23" --authority E09000015 --year-ending 2023"#,
                r#"lookedafter import ssda903 "$here/2023-24" --authority E09000015 --year-ending 2024 --up-to 2023-09-30"#,
                r#"lookedafter import leavers "$here/leavers.csv" --authority E09000015 --up-to 2023-09-30"#,
                r#"lookedafter import leaver_contacts "$here/leaver_contacts.csv" --authority E09000015 --up-to 2023-09-30"#,
                r#"lookedafter import carers "$here/carers.csv" --authority E09000015 --up-to 2023-09-30"#,
                r#"lookedafter import placement_links "$here/placement_links.csv" --authority E09000015 --up-to 2023-09-30"#,
                r#"lookedafter import ssd "$here/ssd" --authority E09000015 --up-to 2023-09-30"#,
            ]
        );
    }
}
