//! Audit records as people read them.

use chrono::SecondsFormat;
use serde_json::Value;

use crate::access::{has_unseen, visible};
use crate::audit::{Entry, Fact};

/// The columns of the table.
const HEADER: [&str; 9] = ["seq", "time", "who", "role", "organisation", "purpose", "agreement", "what", "result"];

/// A table with a line for each record, whatever signs older records hold.
pub fn table(entries: &[Entry]) -> String {
    let mut lines = vec![HEADER.map(str::to_owned)];
    lines.extend(entries.iter().map(|entry| line(entry).map(|cell| visible(&cell))));
    let width = |column: usize| {
        lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..HEADER.len()).map(width).collect();
    let padded = |line: &[String; 9]| {
        let cells: Vec<String> = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        format!("{}\n", cells.join("  ").trim_end())
    };
    lines.iter().map(padded).collect()
}

fn line(entry: &Entry) -> [String; 9] {
    let (seq, time) = (entry.seq.to_string(), entry.time.to_rfc3339_opts(SecondsFormat::Millis, true));
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    match &entry.fact {
        Fact::Read(read) => {
            let who = &read.principal;
            let purpose = match &read.case_reference {
                Some(reference) => format!("{} ({reference})", or_none(&read.purpose)),
                None => or_none(&read.purpose),
            };
            let name = read.operation.name.as_deref().unwrap_or("unnamed");
            let what = format!("{name}: {}", read.about.domains.join(", "));
            let result = match (&read.outcome.reason, read.outcome.permitted) {
                (_, true) => format!("permitted, {} rows", read.outcome.rows),
                (Some(reason), false) => format!("denied: {reason}"),
                (None, false) => "denied".to_owned(),
            };
            let inspection = who.inspection.iter().map(|number| format!("inspection {number}"));
            let under: Vec<String> = who.agreements.iter().cloned().chain(inspection).collect();
            let agreements = Some(under.join(", ")).filter(|text| !text.is_empty());
            let (display, role) = (who.display.clone(), who.role.clone());
            [seq, time, display, role, or_none(&who.organisation), purpose, or_none(&agreements), what, result]
        }
        Fact::Administration(act) => {
            let none = || "-".to_owned();
            [
                seq,
                time,
                act.actor.clone(),
                none(),
                none(),
                act.reason.clone(),
                none(),
                act.act.word().to_owned(),
                none(),
            ]
        }
    }
}

/// The records as JSON, their times as text.
pub fn json(entries: &[Entry]) -> Value {
    let one = |entry: &Entry| {
        let mut value = serde_json::to_value(entry).unwrap_or_default();
        if let Some(time) = value.get_mut("time") {
            *time = entry.time.to_rfc3339_opts(SecondsFormat::Millis, true).into();
        }
        value
    };
    entries.iter().map(one).collect()
}

/// The same as text for a screen: signs that cannot be seen as JSON writes them by their numbers.
pub fn json_text(entries: &[Entry]) -> String {
    let mut text = String::new();
    for sign in format!("{:#}", json(entries)).chars() {
        // Outside texts the only such sign is the line break between two values.
        match sign == '\n' || !has_unseen(sign.encode_utf8(&mut [0; 4])) {
            true => text.push(sign),
            false => text.extend(sign.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}"))),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Act, Administration, Principal, Read};

    #[test]
    fn a_table_tells_who_why_and_what_came_of_it() {
        let entry = |seq, fact| Entry { seq, time: Default::default(), node: "n".into(), fact };
        let read = Read {
            principal: Principal {
                display: "nurse".into(),
                agreements: vec!["ISA-7".into()],
                inspection: Some("10273".into()),
                ..Principal::default()
            },
            purpose: Some("direct-care".into()),
            case_reference: Some("case 3".into()),
            ..Read::default()
        };
        let entries = [entry(2, read.into()), entry(1, Administration::new(Act::Export, "root", "asked").into())];
        let table = table(&entries);
        assert!(table.starts_with("seq  time"), "{table}");
        for word in [
            "1970-01-01T00:00:00.000Z",
            "nurse",
            "direct-care (case 3)",
            "ISA-7, inspection 10273",
            "denied",
            "root",
            "export",
        ] {
            assert!(table.contains(word), "{word}: {table}");
        }
        assert_eq!(json(&entries)[0]["time"], "1970-01-01T00:00:00.000Z");
    }

    #[test]
    fn what_cannot_be_seen_in_older_records_is_printed_by_its_number_and_forges_no_row() {
        let forged = "asked\n9  2020-01-01T00:00:00.000Z  nobody\u{1b}[2K\u{9b}2K\u{202e}\u{200b}";
        let read = Read { case_reference: Some(forged.into()), ..Read::default() };
        let read = Read { principal: Principal { display: forged.into(), ..Principal::default() }, ..read };
        let act = Administration::new(Act::Export, forged, forged);
        let entry = |seq, fact| Entry { seq, time: Default::default(), node: "n".into(), fact };
        let entries = [entry(2, read.into()), entry(1, act.into())];
        let table = table(&entries);
        assert_eq!(table.lines().count(), 3, "{table}");
        let unseen = |text: &str| text.chars().any(|sign| sign != '\n' && has_unseen(sign.encode_utf8(&mut [0; 4])));
        assert!(!unseen(&table) && table.contains("asked\\u{a}9") && table.contains("\\u{202e}"), "{table}");
        let printed = json_text(&entries);
        assert!(!unseen(&printed) && printed.contains("\\u202e\\u200b"), "{printed}");
        assert_eq!(serde_json::from_str::<Value>(&printed).unwrap(), json(&entries));
    }
}
