//! Why an import did nothing at all. Problems with single rows and files are [issues](crate::import::report::Issue) instead.

use std::path::PathBuf;

use crate::access;
use crate::authorities::not_a_code;
use crate::period::Date;

/// An import that changed nothing.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The authority does not look like an ONS code.
    #[error("{}", not_a_code(given))]
    BadAuthority {
        /// What was given.
        given: String,
    },
    /// The kind needs to be told whose records they are.
    #[error(
        "this kind of file belongs to one authority: say which with --authority, for example --authority E09000015"
    )]
    AuthorityNeeded,
    /// The year is before the collection began, or has not begun.
    #[error("{year} is no year that a return can end in; 2024 means 1 April 2023 to 31 March 2024")]
    BadYear {
        /// What was given.
        year: i32,
    },
    /// The last day covered is outside the year.
    #[error("a return of this year covers days from {from} to {to}, so it cannot be up to {day}")]
    UpToOutside {
        /// What was given.
        day: Date,
        /// First day of the year.
        from: Date,
        /// Last day of the year.
        to: Date,
    },
    /// Nothing is there.
    #[error("{} was not found", path.display())]
    NotFound {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The folder has no files.
    #[error("{} holds no files; folders inside it are not read", path.display())]
    EmptyFolder {
        /// The folder.
        path: PathBuf,
    },
    /// No file could be taken for a part of what was asked.
    #[error("{} has no file that could be recognised; expected {expected}", path.display())]
    NothingRecognised {
        /// The folder or file.
        path: PathBuf,
        /// What was looked for.
        expected: String,
    },
    /// Two files are the same part of a return, and neither has the plain name.
    #[error(
        "two files are the {part} of the return and nobody can tell which is meant; leave one, or call it {part}.csv"
    )]
    TwoOfOneKind {
        /// Usual name of the part.
        part: &'static str,
    },
    /// A part without which the rest cannot be used.
    #[error("the {part} could not be used, so nothing was imported; the issues above say why")]
    PartNeeded {
        /// `header file`, `episodes file`, `file`.
        part: &'static str,
    },
    /// Most episodes lie outside the year.
    #[error(
        "{outside} of {of} episodes have no day from 1 April {} to 31 March {year}, so this looks like the return of \
         another year and nothing was imported; if the year is meant, add --confirm year",
        year - 1
    )]
    WrongYear {
        /// The year in which the return should end.
        year: i32,
        /// Episodes without a day in it.
        outside: usize,
        /// All episodes.
        of: usize,
    },
    /// The return is another year's.
    #[error(
        "{alike} of {of} episodes begin as in the return of {other} that is loaded, and no date lies in the year that \
         ends in {year}, so nothing was imported; if the year is meant, add --confirm year"
    )]
    AnotherYear {
        /// The year in which the return should end.
        year: i32,
        /// The year in which the other ends.
        other: i32,
        /// Episodes that both have.
        alike: usize,
        /// All episodes of this one.
        of: usize,
    },
    /// A file was imported for another authority.
    #[error(
        "{file} was imported for {authority} before, byte for byte, so nothing was imported; if the authority is meant, \
         add --confirm authority"
    )]
    WrongAuthority {
        /// Name of the file.
        file: String,
        /// ONS code of the other authority.
        authority: String,
    },
    /// Not one row could be used.
    #[error("not one row could be used, so nothing was imported; the issues above say why")]
    NoRows,
    /// The file or folder could not be read.
    #[error("{} could not be read", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
}

impl ImportError {
    /// Stable code of the error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadAuthority { .. } => "BAD_AUTHORITY",
            Self::AuthorityNeeded => "AUTHORITY_NEEDED",
            Self::BadYear { .. } => "BAD_YEAR",
            Self::UpToOutside { .. } => "UP_TO_OUTSIDE",
            Self::NotFound { .. } => "NOT_FOUND",
            Self::EmptyFolder { .. } => "EMPTY_FOLDER",
            Self::NothingRecognised { .. } => "NOTHING_RECOGNISED",
            Self::TwoOfOneKind { .. } => "TWO_OF_ONE_KIND",
            Self::PartNeeded { .. } => "PART_NEEDED",
            Self::WrongYear { .. } => "WRONG_YEAR",
            Self::AnotherYear { .. } => "ANOTHER_YEAR",
            Self::WrongAuthority { .. } => "WRONG_AUTHORITY",
            Self::NoRows => "NO_ROWS",
            Self::Unreadable { .. } => "UNREADABLE",
        }
    }

    /// Whether the command was given wrongly, and not the files.
    pub fn is_wrong_usage(&self) -> bool {
        matches!(self, Self::AuthorityNeeded)
    }
}

/// Reads the ONS code of an authority.
///
/// # Errors
/// When no authority that looks after children has such a code.
pub fn authority_code(given: &str) -> Result<String, ImportError> {
    access::authority_code(given).ok_or_else(|| ImportError::BadAuthority { given: given.to_owned() })
}
