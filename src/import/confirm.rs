//! What an import is refused for, because it looks like a mistake, unless the person says that it is meant.

use crate::import::error::ImportError;
use crate::import::report::Report;
use crate::store::StoredState;

/// What the person says is meant, although it looks like a mistake.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Confirmations {
    /// The year, although the rows look like another's.
    pub year: bool,
    /// The authority, although the files were imported for another.
    pub authority: bool,
    /// That most of what is stored is retired.
    pub retires: bool,
}

impl Confirmations {
    /// The words of the command line.
    pub const WORDS: [&str; 3] = ["year", "authority", "retires"];

    /// Reads the words; others say nothing.
    pub fn read<'a>(words: impl Iterator<Item = &'a str> + Clone) -> Self {
        let [year, authority, retires] = Self::WORDS.map(|word| words.clone().any(|said| said == word));
        Self { year, authority, retires }
    }

    /// The words of what is confirmed, for the record.
    pub fn words(self) -> Vec<&'static str> {
        let said = [self.year, self.authority, self.retires];
        Self::WORDS.into_iter().zip(said).filter_map(|(word, said)| said.then_some(word)).collect()
    }
}

/// Refuses files that were imported for another authority. A file without rows is the same everywhere.
pub fn check_authority(report: &Report, held: &StoredState) -> Result<(), ImportError> {
    let with_rows = report.files.iter().filter(|file| file.rows > 0);
    let found = with_rows.filter_map(|file| Some((file, held.elsewhere.get(&file.digest)?))).next();
    match found {
        Some((file, authority)) => {
            Err(ImportError::WrongAuthority { file: file.name.to_string(), authority: authority.clone() })
        }
        None => Ok(()),
    }
}
