//! The columns of the tables that are read, by the whole names under which they have been published.
//!
//! The names are those of the dataset's definitions; the shorter ones leave out the middle that all of a table share.

use crate::import::csv::table::Table;
use crate::import::report::{Issue, Report};
use crate::import::rules::files;

/// A column: every name that it may have, the published name first.
pub struct Column {
    /// The names, in upper case.
    pub names: &'static [&'static str],
    /// Without it the table answers nothing, so it is refused (ruling 62).
    pub is_needed: bool,
}

impl Column {
    const fn needed(names: &'static [&'static str]) -> Self {
        Self { names, is_needed: true }
    }

    const fn optional(names: &'static [&'static str]) -> Self {
        Self { names, is_needed: false }
    }

    /// The name that the column has in a table; its published name if it is not there.
    pub fn name(&self, table: &Table) -> &'static str {
        let published = self.names.first().copied().unwrap_or_default();
        self.names.iter().copied().find(|name| table.position(name).is_some()).unwrap_or(published)
    }

    fn is_in(&self, table: &Table) -> bool {
        self.names.iter().any(|name| table.position(name).is_some())
    }
}

/// Columns of `ssd_person`.
pub mod person {
    use crate::import::ssd::Column;

    pub const PERSON: Column = Column::needed(&["PERS_PERSON_ID"]);
    pub const BIRTH: Column = Column::needed(&["PERS_DOB", "PERS_PERSON_DOB"]);
    pub const SEX: Column = Column::optional(&["PERS_SEX", "PERS_PERSON_SEX"]);
    pub const ETHNICITY: Column = Column::optional(&["PERS_ETHNICITY", "PERS_PERSON_ETHNICITY"]);
    pub const ALL: &[Column] = &[PERSON, BIRTH, SEX, ETHNICITY];
}

/// Columns of `ssd_cla_health`.
pub mod health {
    use crate::import::ssd::Column;

    pub const PERSON: Column = Column::needed(&["CLAH_PERSON_ID"]);
    pub const KIND: Column = Column::needed(&["CLAH_HEALTH_CHECK_TYPE", "CLAH_TYPE"]);
    pub const DATE: Column = Column::needed(&["CLAH_HEALTH_CHECK_DATE", "CLAH_DATE"]);
    pub const STATUS: Column = Column::needed(&["CLAH_HEALTH_CHECK_STATUS", "CLAH_STATUS"]);
    pub const ALL: &[Column] = &[PERSON, KIND, DATE, STATUS];
}

/// Columns of `ssd_care_leavers`.
pub mod leavers {
    use crate::import::ssd::Column;

    pub const PERSON: Column = Column::needed(&["CLEA_PERSON_ID"]);
    pub const ELIGIBILITY: Column = Column::needed(&["CLEA_CARE_LEAVER_ELIGIBILITY", "CLEA_ELIGIBILITY"]);
    pub const IN_TOUCH: Column = Column::needed(&["CLEA_CARE_LEAVER_IN_TOUCH", "CLEA_IN_TOUCH"]);
    pub const CONTACT: Column = Column::needed(&["CLEA_CARE_LEAVER_LATEST_CONTACT", "CLEA_LATEST_CONTACT"]);
    pub const ACCOMMODATION: Column = Column::needed(&["CLEA_CARE_LEAVER_ACCOMMODATION", "CLEA_ACCOMMODATION"]);
    pub const SUITABLE: Column = Column::needed(&["CLEA_CARE_LEAVER_ACCOM_SUITABLE", "CLEA_ACCOM_SUITABLE"]);
    pub const ACTIVITY: Column = Column::needed(&["CLEA_CARE_LEAVER_ACTIVITY", "CLEA_ACTIVITY"]);
    pub const ADVISER: Column = Column::optional(&[
        "CLEA_CARE_LEAVER_PERSONAL_ADVISOR",
        "CLEA_CARE_LEAVER_PERSONAL_ADVISER",
        "CLEA_PERSONAL_ADVISOR",
        "CLEA_PERSONAL_ADVISER",
    ]);
    pub const ALL: &[Column] = &[PERSON, ELIGIBILITY, IN_TOUCH, CONTACT, ACCOMMODATION, SUITABLE, ACTIVITY, ADVISER];
}

/// How many of the columns a table has.
pub fn many(columns: &[Column], table: &Table) -> usize {
    columns.iter().filter(|column| column.is_in(table)).count()
}

/// Tells the columns that are missing; false when a needed one is, so that the table is refused whole.
pub fn fit(columns: &[Column], table: &Table, report: &mut Report) -> bool {
    let mut fits = true;
    for column in columns.iter().filter(|column| !column.is_in(table)) {
        let rule = if column.is_needed { &files::COLUMN_NEEDED } else { &files::COLUMN_BLANK };
        report.tell(Issue::of_file(&table.file, rule).column(column.name(table)));
        fits &= !column.is_needed;
    }
    fits
}
