//! `docs/indicators.md` is the catalogue, printed.

use std::fmt::Write;

use lookedafter::indicators::{ALL, Indicator, SCORECARD_ROWS};

#[test]
fn the_catalogue_of_indicators_is_printed() {
    crate::is_current("docs/indicators.md", &catalogue());
}

fn catalogue() -> String {
    let mut text = String::from(
        "# Indicators\n\n\
         Printed from the catalogue in `src/indicators/`; don't edit by hand.\n\n\
         A figure is as at the last day of its period. *Year to date* runs from 1 April to that day, *rolling 12 months* \
         ends on it. Short breaks (V3, V4) are left out everywhere. Examples are sentences in the notation of \
         `src/care/story/`: `yes` is counted, `no` is in the denominator only, `blank` likewise because the records do \
         not say, `out` is not part of it. A figure that depends on a birthday, and every split by age band, is answered for \
         ends of quarters to readers who do not see whom records are about.\n",
    );
    let (scorecard, others) = ALL.split_at(SCORECARD_ROWS);
    text.push_str("\n## The panel's scorecard\n");
    scorecard.iter().enumerate().for_each(|(n, indicator)| describe(&mut text, Some(n + 1), indicator));
    text.push_str("\n## Behind the scorecard\n");
    others.iter().for_each(|indicator| describe(&mut text, None, indicator));
    text
}

fn describe(text: &mut String, number: Option<usize>, indicator: &Indicator) {
    let number = number.map(|n| format!("{n}. ")).unwrap_or_default();
    writeln!(text, "\n### {number}{}\n", indicator.title).unwrap();
    writeln!(text, "`{}`, version {}\n", indicator.code, indicator.version).unwrap();
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
