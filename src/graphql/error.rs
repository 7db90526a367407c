//! Why a field is not answered, in words for whoever asked, with a stable code.

use async_graphql::{Error, ErrorExtensionValues, Pos, ServerError, Value};

use crate::{
    access::{Denial, Domain, Purposes, Scope},
    figures::{AuthorityView, FiguresError},
    period::PeriodError,
    store::{AuditError, StoreError},
};

/// What a resolver gives.
pub(super) type FieldResult<T> = Result<T, Error>;

/// Why a field is not answered.
///
/// It has no `Display` on purpose: whatever has one becomes an error of GraphQL by itself, without its code.
#[derive(Clone, Debug)]
pub(super) enum Refusal {
    /// A code that is in no list.
    Unknown {
        /// What kind of thing was asked for, such as "indicator".
        what: &'static str,
        /// The code, shortened.
        asked: String,
        /// Codes that are like it, or all that there are.
        near: Vec<String>,
    },
    /// A value that cannot be read, or that does not fit.
    Wrong(String),
    /// Nothing was said of why records of children are asked for; the role may ask for these purposes.
    PurposeMissing(Purposes),
    /// The role may not ask for this purpose, but for these.
    PurposeNotPermitted(Purposes),
    /// The database is away or stuck; the cause is in the log.
    Unavailable,
    /// Something went wrong inside; the cause is in the log.
    Internal,
}

/// The code of an error that may be none when the same is asked again.
pub const UNAVAILABLE: &str = "UNAVAILABLE";

impl Refusal {
    /// An unknown code, with those of the known ones that are like it.
    pub(super) fn unknown<'a>(what: &'static str, asked: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let near = super::suggest::near(asked, known);
        Refusal::Unknown { what, asked: asked.chars().take(60).collect(), near }
    }

    /// A value that does not fit, and why.
    pub(super) fn wrong(words: impl Into<String>) -> Self {
        Refusal::Wrong(words.into())
    }

    /// The rows of records of a domain that may be read; none where they may not, as if there were none.
    ///
    /// # Errors
    /// They may be read once a purpose has been stated.
    pub(super) fn or_rows(view: &AuthorityView, domain: Domain) -> Result<Option<&Scope>, Refusal> {
        Refusal::or_nothing(view, view.records(domain))
    }

    /// What may be read; nothing where it may not, as if there were nothing.
    ///
    /// # Errors
    /// It may be read once a purpose has been stated.
    pub(super) fn or_nothing<T>(view: &AuthorityView, decided: Result<T, Denial>) -> Result<Option<T>, Refusal> {
        match decided {
            Ok(found) => Ok(Some(found)),
            Err(Denial::PurposeMissing) => Err(Refusal::PurposeMissing(view.purposes())),
            Err(_) => Ok(None),
        }
    }

    /// A day of which readers at level P are not told, with those of which they are.
    pub(super) fn not_recent(view: &AuthorityView) -> Refusal {
        let days: Vec<String> = view.recent_days().map(|day| day.to_string()).collect();
        let days = if days.is_empty() { "none yet".to_owned() } else { days.join(", ") };
        Refusal::Wrong(format!("To your role children are shown as at the ends of the last four quarters: {days}."))
    }

    /// Nothing, where a list may be chosen by a day.
    ///
    /// # Errors
    /// The day is none that the viewer may choose by.
    pub(super) fn or_chosen(view: &AuthorityView, decided: Result<(), Denial>) -> Result<(), Refusal> {
        let another = "Choose the last day of a month: other days are for those who see whom records are about.";
        Refusal::or_nothing(view, decided)?.ok_or_else(|| Refusal::wrong(another))
    }

    /// The purposes that may be stated, where that is what is wrong.
    fn purposes(&self) -> Option<Purposes> {
        match self {
            Refusal::PurposeMissing(purposes) | Refusal::PurposeNotPermitted(purposes) => Some(*purposes),
            _ => None,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Refusal::Unknown { .. } | Refusal::Wrong(_) => "VALIDATION",
            Refusal::PurposeMissing(_) => "PURPOSE_REQUIRED",
            Refusal::PurposeNotPermitted(_) => "PURPOSE_NOT_PERMITTED",
            Refusal::Unavailable => UNAVAILABLE,
            Refusal::Internal => "INTERNAL",
        }
    }

    fn words(&self) -> String {
        match self {
            Refusal::Unknown { what, asked, near } if near.is_empty() => format!("There is no {what} '{asked}'."),
            Refusal::Unknown { what, asked, near } => {
                format!("There is no {what} '{asked}'. Near matches: {}.", near.join(", "))
            }
            Refusal::Wrong(words) => words.clone(),
            Refusal::PurposeMissing(purposes) => {
                format!("Say in the header X-Purpose why you ask. In this role it may be one of: {purposes}.")
            }
            Refusal::PurposeNotPermitted(purposes) => format!("In this role X-Purpose may be one of: {purposes}."),
            Refusal::Unavailable => "The database cannot be reached at the moment; ask again.".to_owned(),
            Refusal::Internal => "The answer could not be made.".to_owned(),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", refusal.code());
        if let Refusal::Unknown { near, .. } = &refusal {
            extensions.set("nearMatches", Value::from(near.clone()));
        }
        if let Some(purposes) = refusal.purposes() {
            extensions.set("purposes", purposes.codes().map(Value::from).collect::<Value>());
        }
        Error { extensions: Some(extensions), ..Error::new(refusal.words()) }
    }
}

impl From<PeriodError> for Refusal {
    fn from(error: PeriodError) -> Self {
        Refusal::Wrong(format!("{error}."))
    }
}

impl From<FiguresError> for Refusal {
    fn from(error: FiguresError) -> Self {
        let FiguresError::Store(error) = error;
        error.into()
    }
}

impl From<AuditError> for Refusal {
    fn from(error: AuditError) -> Self {
        tracing::error!(%error, code = error.code(), cause = ?std::error::Error::source(&error), "the audit record fails");
        if error.is_away() { Refusal::Unavailable } else { Refusal::Internal }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, code = error.code(), cause = ?std::error::Error::source(&error), "records cannot be read");
        if error.is_away() { Refusal::Unavailable } else { Refusal::Internal }
    }
}

/// A refusal of what the client wrote.
pub(super) fn invalid(message: &str, position: Option<Pos>) -> ServerError {
    let mut error = ServerError::new(message, position);
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", "VALIDATION");
    error.extensions = Some(extensions);
    error
}
