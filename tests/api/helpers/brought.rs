//! Small files brought in by the importers of the program, as an operator would.

use lookedafter::import::ssda903::ReturnYear;
use lookedafter::import::{Confirmations, Form, Kind, PreparedImport, Request, prepare};

use super::TestApp;

/// Columns of a header and of the care leavers of a return.
pub const HEADER: &str = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n";
pub const EPISODES: &str =
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n";
pub const LEAVERS: &str = "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n";

impl TestApp {
    /// Imports the text of a list.
    pub async fn list(&self, kind: Kind, text: &str) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join(format!("{}.csv", kind.name()));
        std::fs::write(&path, text).expect("a file");
        self.bring(Request::List { kind, path, authority: None, up_to: None }).await;
    }

    /// Imports the whole return of a year from the text of its files.
    pub async fn a_return(&self, authority: &str, ending: i32, files: &[(&str, &str)]) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).expect("a file");
        }
        let year = ReturnYear::new(ending, None, chrono::Utc::now().date_naive()).expect("a year");
        let path = folder.path().to_owned();
        self.bring(Request::Return { path, authority: authority.to_owned(), year }).await;
    }

    async fn bring(&self, request: Request) {
        let (authority, year) = request.scope();
        let held = self.store.held(authority, year).await.expect("what is stored");
        let PreparedImport { report, batch } = prepare(request, &held, Confirmations::default());
        let batch = batch.unwrap_or_else(|error| panic!("{error}\n{}", report.words(Form::Whole)));
        self.store.write(batch, &|_| {}).await.expect("an import");
    }
}

/// A header and a list of care leavers whose 19th birthday is in May 2023: so many of a sex, with each activity and
/// accommodation. They are named from the number given on.
pub fn leavers(of: &[(usize, char, &str, &str)]) -> (String, String) {
    let (mut header, mut leavers, mut number) = (HEADER.to_owned(), LEAVERS.to_owned(), 0);
    for (count, sex, activity, accommodation) in of {
        for _ in 0..*count {
            number += 1;
            let born = format!("{:02}/05/2004", number % 28 + 1);
            let in_touch = if *activity == "0" { "NO" } else { "YES" };
            header += &format!("L{number:03},{sex},{born},WBRI,,,\n");
            leavers += &format!("L{number:03},{born},{in_touch},{activity},{accommodation}\n");
        }
    }
    header += "C1,1,05/06/2010,WBRI,,,\n";
    (header, leavers)
}

/// One child in care, so that the return has an episode.
pub fn one_child() -> String {
    format!("{EPISODES}C1,01/02/2022,S,C2,N1,U6,PR1,,,,,,\n")
}
