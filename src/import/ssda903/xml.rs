//! The return as one XML file, turned into the very same tables as the folder of CSV files.
//!
//! The root is `EXPSSDA903`; each `CHILD` has a `HEADER` with single items and repeated groups, and repeated `EPISODE`s.

use std::collections::HashMap;
use std::sync::Arc;

use csv::StringRecord;

use super::folder::Part;
use super::kind::ReturnFile;
use super::xml_tree::{Element, children};
use crate::import::decode::{Text, decode};
use crate::import::error::ImportError;
use crate::import::files::SourceFile;
use crate::import::report::{Issue, Report};
use crate::import::rules::files as rules;
use crate::import::table::{Row, Table};

/// Reads the file; nothing if it is no return.
///
/// # Errors
/// When it is one, but is not well formed, so that children may be missing.
pub fn parts(source: &SourceFile, report: &mut Report) -> Result<Option<Vec<Part>>, ImportError> {
    let (Text::Read(text) | Text::Older(text)) = decode(&source.bytes) else { return Ok(None) };
    if !text.contains("EXPSSDA903") {
        return Ok(None);
    }
    let mut tables = Tables::new(&source.name);
    if let Err(line) = children(&text, |child| tables.add(child)) {
        report.file(&source.name, "xml", &source.digest, 0);
        report.tell(Issue::of_file(&source.name, &rules::XML).at(line));
        return Err(ImportError::PartNeeded { part: "file" });
    }
    let mut parts = Vec::new();
    for (file, table) in tables.finish() {
        if table.given > 0 {
            report.file(&table.file, file.name(), &source.digest, table.given);
        }
        parts.push(Part { file, table: Some(table) });
    }
    Ok(Some(parts))
}

struct Tables(Vec<(ReturnFile, Table)>);

impl Tables {
    fn new(name: &str) -> Self {
        let table = |file: ReturnFile| Table {
            file: Arc::from(format!("{name} ({})", file.name())),
            columns: file.columns().iter().map(|column| (*column).to_owned()).collect(),
            rows: Vec::new(),
            given: 0,
        };
        Self(ReturnFile::ALL.into_iter().map(|file| (file, table(file))).collect())
    }

    /// Files sent apart from the return are only there if they have rows.
    fn finish(self) -> impl Iterator<Item = (ReturnFile, Table)> {
        self.0.into_iter().filter(|(file, table)| !file.is_sent_apart() || table.given > 0)
    }

    fn add(&mut self, child: &Element) {
        let mut person = HashMap::new();
        let mut groups = Vec::new();
        sort(child, &mut person, &mut groups);
        self.push(ReturnFile::Header, child.line, &person, &person);
        let given = |column: &str| person.get(column).is_some_and(|value| !value.trim().is_empty());
        let is = |column: &str, code: &str| person.get(column).is_some_and(|value| value.trim() == code);
        if is("UASC", "1") || (!person.contains_key("UASC") && given("DUC")) {
            self.push(ReturnFile::Uasc, child.line, &person, &person);
        }
        for (file, columns) in
            [(ReturnFile::Oc3, &["IN_TOUCH", "ACTIV", "ACCOM"][..]), (ReturnFile::Ad1, &["DATE_INT", "DATE_MATCH"])]
        {
            if columns.iter().any(|column| given(column)) {
                self.push(file, child.line, &person, &person);
            }
        }
        for (file, group) in groups {
            let items = group.items.iter().map(|(name, value)| (column(name), value.as_str())).collect();
            self.push(file, group.line, &items, &person);
        }
    }

    fn push(&mut self, file: ReturnFile, line: u32, items: &HashMap<&str, &str>, person: &HashMap<&str, &str>) {
        let Some((_, table)) = self.0.iter_mut().find(|(kind, _)| *kind == file) else { return };
        let cell = |column: &&str| {
            let repeated = matches!(*column, "CHILD" | "DOB" | "SEX").then(|| person.get(column)).flatten();
            *items.get(column).or(repeated).unwrap_or(&"")
        };
        let cells: StringRecord = file.columns().iter().map(cell).collect();
        table.given += 1;
        table.rows.push(Row { line, cells });
    }
}

/// Parts a child's elements into its own items and the groups that are rows of other files.
fn sort<'a>(element: &'a Element, person: &mut HashMap<&'a str, &'a str>, groups: &mut Vec<(ReturnFile, &'a Element)>) {
    for (name, value) in &element.items {
        person.entry(column(name)).or_insert(value);
    }
    for inner in &element.inner {
        match group(inner) {
            Some(file) => groups.push((file, inner)),
            None => sort(inner, person, groups),
        }
    }
}

/// Which file a group is a row of: by its tag, else by the column that only one file has.
fn group(element: &Element) -> Option<ReturnFile> {
    match element.name.as_str() {
        "HEADER" => None,
        "EPISODE" => Some(ReturnFile::Episodes),
        "AREVIEW" => Some(ReturnFile::Reviews),
        "AMISSING" => Some(ReturnFile::Missing),
        "AD_PLACED" => Some(ReturnFile::PlacedForAdoption),
        "PERMANENCE" => Some(ReturnFile::PreviousPermanence),
        "OC2" => Some(ReturnFile::Oc2),
        _ => [ReturnFile::SwEpisodes, ReturnFile::DoLo]
            .into_iter()
            .find(|file| element.items.iter().any(|(name, _)| file.needed().iter().skip(1).any(|own| own == name))),
    }
}

/// The column that a tag stands for.
fn column(tag: &str) -> &str {
    match tag {
        "CHILDID" => "CHILD",
        "PL" => "PLACE",
        other => other,
    }
}
