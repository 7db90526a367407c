//! `docs/indicators.md` is the catalogue, printed.

use std::fmt::Write;

use lookedafter::{
    indicators::{Column, Indicator, all},
    scorecards::{PANEL, listed},
};

#[test]
fn the_catalogue_of_indicators_is_printed() {
    crate::is_current("docs/indicators.md", &catalogue());
}

fn catalogue() -> String {
    let mut text = String::from(
        "# Indicators\n\n\
         Printed from `src/indicators/catalogue/` and `src/scorecards/`; don't edit by hand.\n\n\
         A figure is as at the last day of its period. *Year to date* runs from 1 April to that day, *rolling 12 months* \
         ends on it. Short breaks (V3, V4) are left out everywhere. Examples are sentences in the notation of \
         `src/care/story/`: `yes` is counted, `no` is in the denominator only, `blank` likewise because the records do \
         not say, `out` is not part of it. A figure that depends on a birthday, and every split by age band, is answered for \
         ends of quarters to readers who do not see whom records are about.\n",
    );
    let (scorecard, others) = listed().split_at(PANEL.rows.len());
    text.push_str("\n## The panel's scorecard\n");
    scorecard.iter().enumerate().for_each(|(n, indicator)| describe(&mut text, Some(n + 1), indicator));
    text.push_str("\n## Behind the scorecard\n");
    others.iter().for_each(|indicator| describe(&mut text, None, indicator));
    text
}

fn describe(text: &mut String, number: Option<usize>, indicator: &Indicator) {
    let number = number.map(|n| format!("{n}. ")).unwrap_or_default();
    writeln!(text, "\n### {number}{}\n", indicator.title).unwrap();
    writeln!(text, "`{}`, version {}\n", indicator.code, indicator.version()).unwrap();
    for version in indicator.versions {
        writeln!(text, "- Version {}, {}: {}", version.number, version.since, version.change).unwrap();
    }
    text.push('\n');
    writeln!(text, "| | |\n|---|---|").unwrap();
    let needs: Vec<&str> = indicator.needs.iter().map(|fact| fact.label()).collect();
    let steps: Vec<&str> = indicator.of.iter().map(|step| step.text).collect();
    for (name, value) in [
        ("Theme", indicator.theme.label()),
        ("Measures", &plain(indicator.basis.code())),
        ("Target of the year judges", &plain(indicator.flat_target.code())),
        ("In", &plain(indicator.unit.code())),
        ("Better", &plain(indicator.polarity.code())),
        ("Counted", indicator.numerator),
        ("Out of", indicator.denominator),
        ("Left out", indicator.exclusions),
        ("Conditions", &steps.join("; ")),
        ("Depends on a birthday", if indicator.depends_on_birthday { "yes" } else { "no" }),
        ("The national figure", &national(indicator)),
        ("In open data", &open_data(indicator)),
        ("Due when these reach the day", &needs.join(", ")),
        ("Source", indicator.source),
    ] {
        writeln!(text, "| {name} | {value} |").unwrap();
    }
    text.push_str("\n```\n");
    indicator.examples.lines().map(str::trim).filter(|line| !line.is_empty()).for_each(|line| {
        writeln!(text, "{line}").unwrap();
    });
    text.push_str("```\n");
}

fn plain(code: &str) -> String {
    code.to_lowercase().replace('_', " ")
}

fn national(indicator: &Indicator) -> String {
    let Some(likeness) = indicator.national else { return "none".to_owned() };
    format!("{} rule. {}", plain(likeness.comparability.code()), likeness.note).trim().to_owned()
}

fn open_data(indicator: &Indicator) -> String {
    let Some(found) = indicator.open_data else { return "no".to_owned() };
    let column = match found.column {
        Column::Number => "number",
        Column::Percent => "percentage",
        Column::Rate => "rate",
        Column::Population => "population",
    };
    format!("the {column} of: {}", found.filters.join("; "))
}

/// What is known of an indicator stands in its file: whoever else wants to tell one from another asks it.
#[test]
fn no_other_file_names_an_indicator_by_its_code() {
    let (mut wrong, mut files) = (Vec::new(), 0);
    for source in crate::architecture::sources() {
        let place = source.path.strip_prefix(crate::repository("src")).unwrap().to_owned();
        if place.starts_with("indicators/catalogue") || place.starts_with("scorecards") || source.is_test() {
            continue;
        }
        files += 1;
        let named = all().iter().filter(|indicator| source.text.contains(&format!("\"{}\"", indicator.code)));
        wrong.extend(named.map(|indicator| format!("{}: {}", place.display(), indicator.code)));
    }
    assert!(wrong.is_empty() && files > 300, "{wrong:#?}");
}

#[test]
fn an_indicator_stands_in_the_file_of_its_code_and_in_the_folder_of_its_theme() {
    for indicator in all() {
        let theme = format!("{:?}", indicator.theme);
        let folder = theme.chars().fold(String::new(), |name, c| match (c.is_uppercase(), name.is_empty()) {
            (true, false) => format!("{name}_{}", c.to_ascii_lowercase()),
            _ => format!("{name}{}", c.to_ascii_lowercase()),
        });
        let path = format!("src/indicators/catalogue/{folder}/{}.rs", indicator.code);
        let text = std::fs::read_to_string(crate::repository(&path)).unwrap_or_else(|e| panic!("{path}: {e}"));
        assert!(text.contains(&format!("code: \"{}\",", indicator.code)), "{path}");
        assert!(!text.contains("..super") && !text.contains("INDICATOR\n};"), "{path} leans on another");
    }
}
