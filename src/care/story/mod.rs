//! A child's life as a sentence: the notation of worked examples and test fixtures.
//!
//! ```text
//! born 2010-05-01, placed 2022-01-10 U6 carer A, moved 2023-06-01 K2, left 2023-09-01 E4A
//! ```
//!
//! Facts are separated by commas or line ends; each begins with a verb, then a day, then details in any order.
//!
//! | fact | meaning |
//! |---|---|
//! | `born DAY`, `girl`, `boy`, `ethnicity WBRI`, `unaccompanied [until DAY]` | who the child is |
//! | `placed DAY` | came into care (`RNE` S): details are a placement, a legal status, `carer A`, `21.5 miles`, `open` |
//! | `moved DAY` | a new placement with another carer (`RNE` P) |
//! | `same DAY` | the placement changed, the carer did not (`RNE` T) |
//! | `status DAY C2` | the legal status changed (`RNE` L) |
//! | `away DAY T3`, `back DAY` | a temporary stay and the return from it |
//! | `left DAY [E4A]` | care ended; `paused DAY` writes X1 though nothing follows |
//! | `reviewed DAY`, `missing DAY [to DAY]`, `absent DAY [to DAY]`, `dentist DAY [refused]`, `health DAY [refused]` | events |
//! | `oc2 YEAR [teeth] [health] [convicted]`, `adoption DAY` (decided), `oc3 YEAR YES G5 B1`, `contact DAY YES F2 U1`, `eligible DAY [to DAY] FORMER_RELEVANT` | yearly rows, contacts, duties |
//! | `return YEAR` | the rows that follow are of that year's return, and begin a new file |

mod facts;
mod placing;

use thiserror::Error;

use super::{
    Child, join,
    records::{ChildRecords, LoadedReturn},
};
use crate::period::Date;

/// A sentence that cannot be read.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("cannot read '{fact}': {problem}")]
pub struct StoryError {
    /// The fact in question.
    pub fact: String,
    /// What is wrong with it.
    pub problem: &'static str,
}

/// The return in which facts stand when a story names none: late enough for every date in use.
const ONE_RETURN: i32 = 2100;

/// Reads a sentence into rows and the returns that they stand in.
pub fn records(story: &str) -> Result<(ChildRecords, Vec<LoadedReturn>), StoryError> {
    let mut teller = facts::Teller::new();
    for fact in story.split([',', '\n']).map(str::trim).filter(|fact| !fact.is_empty()) {
        teller.tell(fact).map_err(|problem| StoryError { fact: fact.to_owned(), problem })?;
    }
    Ok(teller.finish())
}

/// Reads a sentence into a child's history; none for a child with short breaks only.
pub fn child(story: &str) -> Result<Option<Child>, StoryError> {
    let (records, returns) = records(story)?;
    Ok(join(records, &returns))
}

fn return_of(year: i32) -> LoadedReturn {
    LoadedReturn { year, up_to: Date::from_ymd_opt(year, 3, 31).unwrap_or(Date::MAX) }
}
