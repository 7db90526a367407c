//! Tables beside the yearly return: what they cannot answer, the return goes on answering (rulings 45, 62, 63).

use std::path::Path;

use lookedafter::import::ssda903::ReturnYear;
use lookedafter::import::{Confirmations, Kind, Request, prepare};
use serde_json::{Value, json};

use crate::figures::HARROW;
use crate::helpers::TestApp;

const EPISODES: &str = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC\n\
    M1,01/02/2022,S,C2,N1,U6,PR1,,\nM2,01/02/2022,S,C2,N1,U6,PR1,,\n\
    M3,01/02/2022,S,C2,N1,U6,PR1,,\nM4,01/02/2022,S,C2,N1,U6,PR1,,\n";

const HEADER: &str = "CHILD,SEX,DOB,ETHNIC\nM1,1,01/02/2012,WBRI\nM2,1,01/02/2012,WBRI\nM3,1,01/02/2012,WBRI\n\
    M4,1,01/02/2012,WBRI\nL1,1,01/05/2004,WBRI\nL2,1,01/06/2004,WBRI\nL3,1,01/07/2004,WBRI\n";

const OC2: &str = "CHILD,TEETH_CHECK,HEALTH_ASSESSMENT\nM1,Yes,1.0\nM2,y,TRUE\nM3,1,1\nM4,No,FALSE\n";

const OC3: &str =
    "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\nL1,01/05/2004,YES,F2,U1\nL2,01/06/2004,YES,F4,B1\nL3,01/07/2004,YES,G5,U2\n";

/// The figures of 2023-24 after the return and, where one is given, a table of the dataset. The servers run until the test
/// ends.
async fn figures(servers: &mut Vec<TestApp>, table: Option<(&str, &str)>) -> Vec<Value> {
    let app = TestApp::spawn().await;
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("header.csv", HEADER), ("episodes.csv", EPISODES), ("oc2.csv", OC2), ("oc3.csv", OC3)] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let year = ReturnYear::new(2024, None, "2024-06-01".parse().unwrap()).unwrap();
    let path = folder.path().to_owned();
    import(&app, Request::Return { path, authority: HARROW.to_owned(), year }).await;
    if let Some((name, text)) = table {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        list(&app, &path).await;
    }
    let figure = |code: &str| {
        format!("{code}: value(indicator: \"{code}\", period: {{code: \"2023-24\"}}) {{ numerator denominator }}")
    };
    let codes = ["dental_checks_pct", "health_checks_pct", "care_leavers_neet_pct"];
    let query = format!("{{ authority(by: {{onsCode: \"{HARROW}\"}}) {{ {} }} }}", codes.map(figure).join(" "));
    let answer = app.analyst(HARROW).await.query(&query).await;
    servers.push(app);
    codes
        .iter()
        .map(|code| {
            let value = &answer.json["data"]["authority"][code];
            json!([value["numerator"], value["denominator"]])
        })
        .collect()
}

async fn list(app: &TestApp, path: &Path) {
    let authority = Some(HARROW.to_owned());
    import(app, Request::List { kind: Kind::Ssd, path: path.to_owned(), authority, up_to: None }).await;
}

/// Imports what can be imported; a batch that is refused changes nothing.
async fn import(app: &TestApp, request: Request) {
    let (authority, year) = request.scope();
    let held = app.store.held(authority, year).await.unwrap();
    if let Ok(batch) = prepare(request, &held, Confirmations::default()).batch {
        app.store.write(batch, &|_| {}).await.unwrap();
    }
}

#[actix_web::test]
async fn a_table_without_a_needed_column_and_checks_that_nobody_can_read_leave_the_flags() {
    let servers = &mut Vec::new();
    let flags = [json!([3, 4]), json!([3, 4]), json!([1, 3])];
    assert_eq!(figures(servers, None).await, flags);
    let no_status = "clah_person_id,clah_health_check_type,clah_health_check_date\nM1,Dental Check,2023-06-12\n";
    assert_eq!(figures(servers, Some(("ssd_cla_health.csv", no_status))).await, flags);
    let unreadable = "clah_person_id,clah_health_check_type,clah_health_check_date,clah_health_check_status\n\
        M1,Dental Check,2023-06-12,Q\nM1,Health check,2023-06-12,Completed\nM1,Mental health assessment,2023-06-12,Completed\n";
    assert_eq!(figures(servers, Some(("ssd_cla_health.csv", unreadable))).await, flags, "surveillance is another fact");
    let dated = "clah_health_check_status,clah_health_check_date,clah_health_check_type,clah_person_id\n\
        Completed,2023-06-12 00:00:00,Initial Health Assessment,M1\nCompleted,2023-06-12,RHA,M4\n";
    assert_eq!(
        figures(servers, Some(("ssd_cla_health.csv", dated))).await,
        [json!([3, 4]), json!([2, 4]), json!([1, 3])]
    );
}

#[actix_web::test]
async fn a_contact_answers_what_can_be_read_of_it_and_the_return_the_rest() {
    let servers = &mut Vec::new();
    let columns = "clea_person_id,clea_care_leaver_eligibility,clea_care_leaver_in_touch,clea_care_leaver_latest_contact,clea_care_leaver_accommodation,clea_care_leaver_accom_suitable,clea_care_leaver_activity";
    let neet = |activities: [&str; 3]| {
        let row = |(number, activity): (usize, &str)| {
            let number = number + 1;
            format!(
                "L{number},No Current Eligibility,YES,2023-0{}-10 00:00:00.000,With parents or relatives,1,\"{activity}\"\n",
                number + 4
            )
        };
        let rows: String = activities.into_iter().enumerate().map(row).collect();
        format!("{columns}\n{rows}")
    };
    for (activities, expected) in [
        (["gardening", "???", "NULL"], json!([1, 3])),
        (["Full time apprenticeship", "F2", "G5 - NEET other"], json!([1, 3])),
        (["Not in education, employment or training", "gardening", "F1: Full time in higher education"], json!([1, 3])),
        (["NEET - illness or disability", "G6", "gardening"], json!([3, 3])),
    ] {
        let table = neet(activities);
        assert_eq!(figures(servers, Some(("ssd_care_leavers.csv", &table))).await[2], expected, "{activities:?}");
    }
}
