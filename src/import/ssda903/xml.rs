//! The return as one XML file, turned into the very same tables as the folder of CSV files.
//!
//! The root is `EXPSSDA903`; each `CHILD` has a `HEADER` with single items and repeated groups, and repeated `EPISODE`s.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use csv::StringRecord;

use crate::import::csv::cell;
use crate::import::csv::decode::{Text, decode};
use crate::import::csv::spot::{Element as Place, Spot};
use crate::import::csv::table::{Row, Table};
use crate::import::error::ImportError;
use crate::import::files::SourceFile;
use crate::import::report::{Issue, Report};
use crate::import::rules::files as rules;
use crate::import::ssda903::folder::Part;
use crate::import::ssda903::kind::ReturnFile;
use crate::import::ssda903::xml_tree::{Element, children};

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

struct Tables {
    tables: Vec<(ReturnFile, Table)>,
    /// Children so far.
    children: u32,
}

/// One child while its rows are added: its own items, and how many elements of each path it has had.
struct Person<'a> {
    items: HashMap<&'a str, &'a str>,
    seen: BTreeMap<&'static str, u32>,
}

impl Tables {
    fn new(name: &str) -> Self {
        let table = |file: ReturnFile| {
            let columns = file.columns().iter().map(|column| (*column).to_owned()).collect();
            (file, Table::new(Arc::from(format!("{name} ({})", file.name())), columns))
        };
        Self { tables: ReturnFile::ALL.into_iter().map(table).collect(), children: 0 }
    }

    /// Files sent apart from the return are only there if they have rows.
    fn finish(self) -> impl Iterator<Item = (ReturnFile, Table)> {
        self.tables.into_iter().filter(|(file, table)| !file.is_sent_apart() || table.given > 0)
    }

    fn add(&mut self, child: &Element) {
        self.children += 1;
        let mut person = Person { items: HashMap::new(), seen: BTreeMap::new() };
        let mut groups = Vec::new();
        sort(child, &mut person.items, &mut groups);
        self.push(ReturnFile::Header, child.line, None, &mut person);
        let given = |items: &HashMap<&str, &str>, column: &str| {
            items.get(column).is_some_and(|value| !value.trim().is_empty() && !cell::is_nothing(value.trim()))
        };
        let unaccompanied = person.items.get("UASC").and_then(|value| cell::flag(value));
        if unaccompanied.unwrap_or_else(|| given(&person.items, "DUC")) {
            self.push(ReturnFile::Uasc, child.line, None, &mut person);
        }
        for (file, columns) in
            [(ReturnFile::Oc3, &["IN_TOUCH", "ACTIV", "ACCOM"][..]), (ReturnFile::Ad1, &["DATE_INT", "DATE_MATCH"])]
        {
            if columns.iter().any(|column| given(&person.items, column)) {
                self.push(file, child.line, None, &mut person);
            }
        }
        for (file, group) in groups {
            let items = group.items.iter().map(|(name, value)| (column(name), value.as_str())).collect();
            self.push(file, group.line, Some(items), &mut person);
        }
    }

    /// Adds a row, of the items of a group or of the child's own.
    fn push(&mut self, file: ReturnFile, line: u32, items: Option<HashMap<&str, &str>>, person: &mut Person<'_>) {
        let Some((_, table)) = self.tables.iter_mut().find(|(kind, _)| *kind == file) else { return };
        let cell = |column: &&str| {
            let own = || person.items.get(column).copied();
            match &items {
                None => own().unwrap_or_default(),
                Some(items) => {
                    let repeated = || own().filter(|_| matches!(*column, "CHILD" | "DOB" | "SEX"));
                    items.get(column).copied().or_else(repeated).unwrap_or_default()
                }
            }
        };
        let cells: StringRecord = file.columns().iter().map(cell).collect();
        let path = path(file);
        let number = if items.is_some() { person.seen.entry(path).or_default() } else { &mut 0 };
        *number += 1;
        let place = Place { child: self.children, path, number: *number };
        table.given += 1;
        table.rows.push(Row { line: Spot { line, element: Some(place) }, cells });
    }
}

/// Where the rows of a file stand within a child.
fn path(file: ReturnFile) -> &'static str {
    match file {
        ReturnFile::Header | ReturnFile::Uasc | ReturnFile::Oc3 | ReturnFile::Ad1 => "HEADER",
        ReturnFile::Episodes => "EPISODE",
        ReturnFile::Reviews => "HEADER/AREVIEW",
        ReturnFile::Missing => "HEADER/AMISSING",
        ReturnFile::PlacedForAdoption => "HEADER/AD_PLACED",
        ReturnFile::PreviousPermanence => "HEADER/PERMANENCE",
        ReturnFile::Oc2 => "HEADER/OC2",
        ReturnFile::SwEpisodes => "*[SW_DECOM]",
        ReturnFile::DoLo => "*[DOLO_START]",
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
