//! The layers stay apart, and the tree stays readable: the invariants of `ARCHITECTURE.md`, checked on the source.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::repository;

/// The layers from the inside out. A module may use those before it and its neighbours in its own layer.
const LAYERS: &[&[&str]] = &[
    &["period", "authorities"],
    &["care", "access", "audit"],
    &["breakdowns", "statistics"],
    &["snapshot", "disclosure"],
    &["indicators"],
    &["scorecards"],
    &["comparators", "synthetic"],
    &["signing"],
    &["store"],
    &["figures", "import", "config"],
    &["auth", "graphql"],
    &["http"],
    &["cli"],
];

/// The core: pure rules, without database, protocol, files or clock.
const CORE: &[&str] = &[
    "period",
    "authorities",
    "care",
    "breakdowns",
    "statistics",
    "indicators",
    "scorecards",
    "comparators",
    "snapshot",
    "access",
    "disclosure",
    "audit",
    "synthetic",
];

/// What the core must not name.
const EDGES: &[&str] = &[
    "sea_orm",
    "use entity",
    "async_graphql",
    "actix_web",
    "std::fs",
    "std::net",
    "std::env",
    "tokio::",
    "tracing::",
    "Utc::now",
    "SystemTime",
];

pub(crate) struct Source {
    pub(crate) path: PathBuf,
    module: String,
    /// The text without tests.
    pub(crate) text: String,
    whole: String,
}

pub(crate) fn sources() -> Vec<Source> {
    let mut files = Vec::new();
    collect(&repository("src"), &mut files);
    files.sort();
    files.into_iter().map(read).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn read(path: PathBuf) -> Source {
    let whole = fs::read_to_string(&path).unwrap();
    let text = whole.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
    let relative = path.strip_prefix(repository("src")).unwrap();
    let module = relative.components().next().unwrap().as_os_str().to_string_lossy();
    let module = module.trim_end_matches(".rs").to_owned();
    Source { path, module, text, whole }
}

impl Source {
    /// Whether it holds tests alone: `tests.rs`, `…_tests.rs`, or a file in a folder `tests`.
    pub(crate) fn is_test(&self) -> bool {
        let is_tests = |name: &std::ffi::OsStr| name.to_string_lossy().ends_with("tests");
        self.path.file_stem().is_some_and(is_tests)
            || self.path.parent().and_then(Path::file_name).is_some_and(|folder| folder == "tests")
    }
}

fn layer_of(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

#[test]
fn dependencies_point_inwards() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test()) {
        let Some(own) = layer_of(&source.module) else { continue };
        for (other, layer) in LAYERS.iter().enumerate().flat_map(|(n, layer)| layer.iter().map(move |m| (*m, n))) {
            let uses = imports(&source.text).any(|module| module == other);
            if uses && layer > own {
                wrong.push(format!("{} uses {other}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The top modules that a file names: after `crate::`, or within `use crate::{…}`.
fn imports(text: &str) -> impl Iterator<Item = String> + '_ {
    let direct = text.split("crate::").skip(1).flat_map(|rest| match rest.strip_prefix('{') {
        Some(group) => outer_names(group),
        None => vec![name(rest)],
    });
    direct.filter(|name| !name.is_empty())
}

fn name(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The names at the first level of a `{…}` group.
fn outer_names(group: &str) -> Vec<String> {
    let mut depth = 1;
    let mut flat = String::new();
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ if depth == 1 => flat.push(c),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    flat.split(',').map(|part| name(part.trim())).collect()
}

#[test]
fn the_core_names_no_edge() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| CORE.contains(&source.module.as_str()) && !source.is_test()) {
        for edge in EDGES.iter().filter(|edge| source.text.contains(*edge)) {
            wrong.push(format!("{} names {edge}", source.path.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_the_store_speaks_sql() {
    let named: Vec<_> = sources()
        .iter()
        .filter(|source| source.module != "store" && source.text.contains("sea_orm"))
        .map(|source| source.path.display().to_string())
        .collect();
    assert!(named.is_empty(), "{named:#?}");
}

#[test]
fn every_module_opens_with_a_sentence() {
    let silent: Vec<_> = sources()
        .iter()
        .filter(|source| !source.whole.starts_with("//! "))
        .map(|source| source.path.display().to_string())
        .collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn files_and_functions_stay_short() {
    let mut lengths = Vec::new();
    let mut wrong = Vec::new();
    for source in sources() {
        let lines = source.whole.lines().count();
        lengths.push(lines);
        if lines > 400 {
            wrong.push(format!("{}: {lines} lines", source.path.display()));
        }
        wrong.extend(long_functions(&source));
    }
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median < 100, "the median file has {median} lines");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Functions of more than 60 lines; formatted code closes a function at the indentation that opened it.
fn long_functions(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    let lines: Vec<&str> = source.whole.lines().collect();
    for (start, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let words = line.trim_start();
        let is_function = ["fn ", "pub fn ", "pub(super) fn ", "pub(crate) fn ", "async fn ", "pub async fn "]
            .iter()
            .any(|opening| words.starts_with(opening));
        if !is_function {
            continue;
        }
        let closing = format!("{}}}", " ".repeat(indent));
        let end = lines[start..].iter().position(|line| *line == closing).unwrap_or(0);
        if end + 1 > 60 {
            found.push(format!("{}:{}: {} lines", source.path.display(), start + 1, end + 1));
        }
    }
    found
}
