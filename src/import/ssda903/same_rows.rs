//! What must not change the rows read: column order, encoding marks, line ends, row order, and XML instead of CSV.

use proptest::prelude::*;

use crate::import::ssda903::fixture::{EPISODES, HEADER, read_files, without_lines};
use crate::store::rows::Rows;

/// One episode as its cells, with a key of its own.
fn episode(number: usize) -> impl Strategy<Value = Vec<String>> {
    let start = 1 + number % 28;
    let ends = prop_oneof![Just(String::new()), (1_u32..=28).prop_map(|day| format!("{day:02}/03/2024"))];
    let codes = (prop_oneof!["S", "P", "Q"], prop_oneof!["C2", "V3", "x1"], prop_oneof!["U6", "K2", ""], ends);
    (prop_oneof!["A1", "B2", "00C3", "Z9"], codes).prop_map(move |(child, (new, legal, place, end))| {
        let month = 4 + number / 28;
        [
            child.as_str(),
            &format!("{start:02}/{month:02}/2023"),
            &new,
            &legal,
            "N1",
            &place,
            "PR1",
            &end,
            "",
            "",
            "ha12ab",
            "HA2 3CD",
            "",
        ]
        .map(str::to_owned)
        .to_vec()
    })
}

fn episodes() -> impl Strategy<Value = Vec<Vec<String>>> {
    (1_usize..40).prop_flat_map(|count| (0..count).map(episode).collect::<Vec<_>>())
}

/// The file with its columns in this order.
fn csv(rows: &[Vec<String>], order: &[usize], mark: &str, end: &str) -> Vec<u8> {
    let header: Vec<String> = EPISODES.trim().split(',').map(|name| format!(" {} ", name.to_lowercase())).collect();
    let line = |cells: &Vec<String>| order.iter().map(|place| cells[*place].as_str()).collect::<Vec<_>>().join(",");
    let lines: Vec<String> = std::iter::once(&header).chain(rows).map(line).collect();
    format!("{mark}{}{end}", lines.join(end)).into_bytes()
}

fn read(episodes: &[u8]) -> Option<Rows> {
    let header = HEADER.replace("C3,", "00C3,");
    let mut rows = read_files(&[("header.csv", header.as_bytes()), ("episodes.csv", episodes)]).rows.ok()?;
    if let Some(list) = &mut rows.episode {
        list.sort_by(|a, b| (&a.child_id, a.started_on).cmp(&(&b.child_id, b.started_on)));
    }
    Some(without_lines(rows))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_shape_of_the_file_does_not_change_the_rows(
        rows in episodes(),
        order in Just((0..13).collect::<Vec<usize>>()).prop_shuffle(),
        shuffle in any::<u64>(),
        mark in prop_oneof!["", "\u{feff}"],
        end in prop_oneof!["\n", "\r\n", "\r"],
    ) {
        let plain: Vec<usize> = (0..13).collect();
        let expected = read(&csv(&rows, &plain, "", "\n"));
        let mut moved = rows;
        let by = usize::try_from(shuffle % 1_000).unwrap() % moved.len();
        moved.rotate_left(by);
        if shuffle % 2 == 0 { moved.reverse(); }
        prop_assert_eq!(read(&csv(&moved, &order, &mark, &end)), expected);
    }

    #[test]
    fn no_bytes_make_the_reading_fail(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let read = read_files(&[("header.csv", HEADER.as_bytes()), ("episodes.csv", &bytes), ("return.xml", &bytes)]);
        prop_assert!(read.rows.is_err());
        prop_assert!(!read.report.issues.is_empty());
    }

    #[test]
    fn no_line_makes_the_reading_fail(line in "\\PC{0,200}") {
        let text = format!("{EPISODES}{line}\nA1,01/05/2023,S,C2,N1,U6,PR1,,,,,,\n");
        prop_assert!(read(text.as_bytes()).is_some_and(|rows| !rows.episode.unwrap().is_empty()));
    }
}

#[test]
fn the_xml_file_gives_the_very_same_rows() {
    let episodes = format!(
        "{EPISODES}A1,01/05/2023,S,C2,N1,U6,PR1,,,,HA1 2AB,HA2 3CD,SC000001\nB2,01/06/2023,S,V2,N2,K2,PR4,01/07/2023,E4A,CARPL,,,\n"
    );
    let csv = read_files(&[
        ("header.csv", HEADER.as_bytes()),
        ("episodes.csv", episodes.as_bytes()),
        ("reviews.csv", b"CHILD,DOB,REVIEW,REVIEW_CODE\nA1,05/06/2010,01/06/2023,PN1\nA1,05/06/2010,01/09/2023,PN2\n"),
        ("uasc.csv", b"CHILD,SEX,DOB,DUC\nB2,2,15/01/2008,15/01/2026\n"),
        ("oc2.csv", b"CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED\nA1,05/06/2010,12,,0,,1,1,0,0,,\n"),
        ("oc3.csv", b"CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\nB2,15/01/2008,YES,F2,B1\n"),
        ("ad1.csv", b"CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR\nC3,20/12/2019,01/05/2023,02/06/2023,0,2,MF,L11\n"),
        ("placed_for_adoption.csv", b"CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\nC3,20/12/2019,01/05/2023,,\n"),
        ("previous_permanence.csv", b"CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM\nA1,05/06/2010,P1,310,zz/05/2020\n"),
        ("missing.csv", b"CHILD,DOB,MISSING,MIS_START,MIS_END\nA1,05/06/2010,M,01/06/2023,03/06/2023\n"),
    ]);
    let xml = read_files(&[("return.xml", XML.as_bytes())]);
    assert_eq!(without_lines(xml.rows.unwrap()), without_lines(csv.rows.unwrap()));
    let told = |report: &crate::import::report::Report| {
        let mut rules: Vec<_> = report.issues.iter().map(|issue| issue.rule).collect();
        rules.sort_unstable();
        rules
    };
    assert_eq!(told(&xml.report), told(&csv.report));
}

#[test]
fn an_xml_file_on_one_line_counts_as_the_same_return_as_csv_and_names_the_elements() {
    let episodes = format!(
        "{EPISODES}A1,01/05/2023,S,C2,N1,U6,PR1,,,,,,\nA1,01/06/2023,P,C2,N1,U6,PR1,,,,,,\nA1,soon,P,C2,N1,U6,PR1,,,,,,\n\
         B2,01/05/2023,S,C2,N1,U6,PR1,,,,,,\nB2,01/06/2023,P,C2,N1,U6,PR1,,,,,,\n"
    );
    let reviews = b"CHILD,DOB,REVIEW,REVIEW_CODE\nA1,,01/06/2023,PN1\nB2,,01/06/2023,PN1\nB2,,01/06/2023,PN2\n";
    let csv = read_files(&[
        ("header.csv", HEADER.replace("C3,1,20/12/2019,REFU,,,\n", "").as_bytes()),
        ("episodes.csv", episodes.as_bytes()),
        ("reviews.csv", reviews),
    ]);
    let group = |row: &str| {
        let cells: Vec<&str> = row.split(' ').collect();
        let (decom, rne) = (cells[0], cells[1]);
        format!(
            "<EPISODE><DECOM>{decom}</DECOM><RNE>{rne}</RNE><LS>C2</LS><CIN>N1</CIN><PL>U6</PL><PLACE_PROVIDER>PR1</PLACE_PROVIDER></EPISODE>"
        )
    };
    let review =
        |code: &str| format!("<AREVIEW><REVIEW>2023-06-01</REVIEW><REVIEW_CODE>{code}</REVIEW_CODE></AREVIEW>");
    let child = |header: &str, reviews: String, episodes: &[&str]| {
        let episodes: String = episodes.iter().map(|row| group(row)).collect();
        format!("<CHILD><HEADER>{header}{reviews}</HEADER>{episodes}</CHILD>")
    };
    let a1 = "<CHILDID>A1</CHILDID><SEX>1</SEX><DOB>2010-06-05</DOB><ETHNIC>WBRI</ETHNIC>";
    let b2 =
        "<CHILDID>B2</CHILDID><SEX>2</SEX><DOB>2008-01-15</DOB><ETHNIC>MWAS</ETHNIC><UPN>UN1</UPN><MOTHER>0</MOTHER>";
    let xml = format!(
        "<EXPSSDA903>{}{}</EXPSSDA903>",
        child(a1, review("PN1"), &["2023-05-01 S", "2023-06-01 P", "soon P"]),
        child(b2, review("PN1") + &review("PN2"), &["2023-05-01 S", "2023-06-01 P"]),
    );
    let xml = read_files(&[("return.xml", xml.as_bytes())]);
    let counts = |report: &crate::import::report::Report| {
        let counts: Vec<_> =
            report.files.iter().map(|f| (f.kind.clone(), f.rows, f.used, f.repaired, f.refused)).collect();
        counts
    };
    let expected = vec![
        ("header".to_owned(), 2, 2, 0, 0),
        ("episodes".to_owned(), 5, 4, 2, 1),
        ("reviews".to_owned(), 3, 2, 0, 1),
    ];
    let mut of_csv = counts(&csv.report);
    of_csv.sort_by_key(|(kind, ..)| expected.iter().position(|(known, ..)| known == kind));
    assert_eq!(of_csv, expected);
    assert_eq!(counts(&xml.report), expected);
    let told = |rule: &str| xml.report.issues.iter().find(|issue| issue.rule == rule).unwrap().message.to_string();
    assert!(told("141").ends_with("It is in CHILD[1]/EPISODE[3]."));
    assert!(
        told("REVIEW-KEY")
            .ends_with("Row 1 (CHILD[2]/HEADER/AREVIEW[1]) is used. It is in CHILD[2]/HEADER/AREVIEW[2].")
    );
    assert_eq!(without_lines(xml.rows.unwrap()), without_lines(csv.rows.unwrap()));
}

const XML: &str = "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>
<EXPSSDA903>
  <CHILD>
    <HEADER>
      <CHILDID>A1</CHILDID><SEX>1</SEX><DOB>2010-06-05</DOB><ETHNIC>WBRI</ETHNIC><UPN/><UASC>0</UASC>
      <AREVIEW><REVIEW>2023-06-01</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>
      <AREVIEW><REVIEW>01/09/2023</REVIEW><REVIEW_CODE>PN2</REVIEW_CODE></AREVIEW>
      <AMISSING><MISSING>M</MISSING><MIS_START>2023-06-01</MIS_START><MIS_END>2023-06-03</MIS_END></AMISSING>
      <PERMANENCE><PREV_PERM>P1</PREV_PERM><LA_PERM>310</LA_PERM><DATE_PERM>zz/05/2020</DATE_PERM></PERMANENCE>
      <OC2><SDQ_SCORE>12</SDQ_SCORE><CONVICTED>0</CONVICTED><IMMUNISATIONS>1</IMMUNISATIONS><TEETH_CHECK>1</TEETH_CHECK>
        <HEALTH_ASSESSMENT>0</HEALTH_ASSESSMENT><SUBSTANCE_MISUSE>0</SUBSTANCE_MISUSE></OC2>
    </HEADER>
    <EPISODE><DECOM>2023-05-01</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U6</PL><PLACE_PROVIDER>PR1</PLACE_PROVIDER>
      <HOME_POST>HA1 2AB</HOME_POST><PL_POST>HA23CD</PL_POST><URN>SC000001</URN></EPISODE>
  </CHILD>
  <CHILD>
    <HEADER>
      <CHILDID>B2</CHILDID><SEX>2</SEX><DOB>2008-01-15</DOB><ETHNIC>MWAS</ETHNIC><UPN>UN1</UPN><MOTHER>0</MOTHER>
      <UASC>1</UASC><DUC>2026-01-15</DUC><IN_TOUCH>YES</IN_TOUCH><ACTIV>F2</ACTIV><ACCOM>B1</ACCOM>
    </HEADER>
    <EPISODE><DECOM>2023-06-01</DECOM><RNE>S</RNE><LS>V2</LS><CIN>N2</CIN><PL>K2</PL><PLACE_PROVIDER>PR4</PLACE_PROVIDER>
      <DEC>2023-07-01</DEC><REC>E4a</REC><REASON_PLACE_CHANGE>CARPL</REASON_PLACE_CHANGE></EPISODE>
  </CHILD>
  <CHILD>
    <HEADER>
      <CHILDID>C3</CHILDID><SEX>1</SEX><DOB>2019-12-20</DOB><ETHNIC>REFU</ETHNIC>
      <AD_PLACED><DATE_PLACED>2023-05-01</DATE_PLACED></AD_PLACED>
      <DATE_INT>2023-05-01</DATE_INT><DATE_MATCH>2023-06-02</DATE_MATCH><FOSTER_CARE>0</FOSTER_CARE>
      <NB_ADOPTR>2</NB_ADOPTR><SEX_ADOPTR>MF</SEX_ADOPTR><LS_ADOPTR>L11</LS_ADOPTR>
    </HEADER>
  </CHILD>
</EXPSSDA903>
";
