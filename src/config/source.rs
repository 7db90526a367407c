//! Where settings come from: the command line, the environment, the file, the defaults.

use std::path::Path;

use figment::value::{Dict, Map, Value};
use figment::{Error, Metadata, Profile, Provider};

use super::SETTINGS;

/// Settings with the name of the place that they came from.
pub(super) struct Named {
    place: &'static str,
    values: Dict,
}

impl Named {
    pub(super) fn defaults() -> Named {
        let set = SETTINGS.iter().filter(|setting| !setting.default.is_empty());
        Named::new("default", set.map(|setting| (setting.key.to_owned(), setting.default.to_owned())))
    }

    /// Variables that are not settings are none of our business; an empty one counts as not set.
    pub(super) fn environment(variables: Vec<(String, String)>) -> Named {
        let known = variables.into_iter().filter(|(_, value)| !value.is_empty()).filter_map(|(name, value)| {
            let setting = SETTINGS.iter().find(|setting| setting.name == name)?;
            Some((setting.key.to_owned(), value))
        });
        Named::new("environment", known)
    }

    pub(super) fn command_line(given: &[(&str, String)]) -> Named {
        Named::new("command line", given.iter().map(|(key, value)| ((*key).to_owned(), value.clone())))
    }

    fn new(place: &'static str, values: impl Iterator<Item = (String, String)>) -> Named {
        Named { place, values: values.map(|(key, value)| (key, Value::from(value))).collect() }
    }
}

impl Provider for Named {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.place)
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        Ok(Profile::Default.collect(self.values.clone()))
    }
}

/// The settings of a TOML file.
pub(super) struct File<'a>(pub(super) &'a Path);

impl Provider for File<'_> {
    fn metadata(&self) -> Metadata {
        Metadata::from("TOML file", self.0)
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        let text = std::fs::read_to_string(self.0).map_err(|error| Error::from(error.to_string()))?;
        let values: Dict = toml::from_str(&text).map_err(|error| Error::from(mistake(&text, &error)))?;
        Ok(Profile::Default.collect(values))
    }
}

/// What is wrong with the file, and where; without the line itself, which may hold a password.
fn mistake(text: &str, error: &toml::de::Error) -> String {
    let line = error.span().and_then(|span| text.get(..span.start)).map(|before| before.matches('\n').count() + 1);
    let place = line.map(|line| format!("line {line}: ")).unwrap_or_default();
    format!("{place}{}", error.message())
}
