//! Which authority a row means: an ONS code, the education department's number, or a name: one that has been loaded, or
//! that of an English authority.

use std::collections::{HashMap, HashSet};

use crate::authorities;

/// Names and codes of areas, and the authority given on the command line.
#[derive(Clone, Debug, Default)]
pub struct Authorities {
    known: HashMap<String, String>,
    codes: HashSet<String>,
    given: Option<String>,
}

/// ONS code of England as a whole.
pub const ENGLAND: &str = "E92000001";

impl Authorities {
    /// What is known: pairs of a name, or an older code, and the ONS code; and the authority that was asked for.
    pub fn new(known: impl IntoIterator<Item = (String, String)>, given: Option<String>) -> Self {
        // Of two with one name or number the later counts: the present before a former one, a loaded one before all.
        let english = authorities::all().iter().rev();
        let english =
            english.flat_map(|one| [&one.name, &one.la_code].map(|name| (name.clone(), one.ons_code.clone())));
        let england = ("England".to_owned(), ENGLAND.to_owned());
        let all = english.chain([england]).chain(known).map(|(name, code)| (plain(&name), code));
        let known: HashMap<_, _> = all.collect();
        Self { codes: known.values().cloned().collect(), known, given }
    }

    /// The authority of a published row that carries an ONS code and the education department's number: by its code if
    /// that is on the list of areas, else by its number, else the code as it is (ruling 65).
    pub fn by_code_or_number(&self, code: Option<String>, number: Option<&str>) -> Option<String> {
        let code = code.filter(|code| is_ons_code(code));
        let listed = code.clone().filter(|code| self.codes.contains(code));
        let numbered = || number.and_then(|number| self.known.get(&plain(number))).cloned();
        listed.or_else(numbered).or(code)
    }

    /// The ONS code that a cell means. A name that nobody knows, or a blank cell, means the authority that was asked for.
    pub fn resolve(&self, cell: Option<&str>) -> Option<String> {
        let Some(cell) = cell else { return self.given.clone() };
        let code = cell.trim().to_uppercase();
        if is_ons_code(&code) {
            return Some(code);
        }
        self.known.get(&plain(cell)).or(self.given.as_ref()).cloned()
    }
}

/// A letter and eight digits.
pub fn is_ons_code(code: &str) -> bool {
    let mut bytes = code.bytes();
    code.len() == 9 && bytes.next().is_some_and(|b| b.is_ascii_uppercase()) && bytes.all(|b| b.is_ascii_digit())
}

fn plain(name: &str) -> String {
    name.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_known_names_are_resolved_and_the_given_authority_stands_in() {
        let names = [("Camford".to_owned(), "E06000999".to_owned())];
        let areas = Authorities::new(names.clone(), None);
        assert_eq!(areas.resolve(Some("e09000015")).as_deref(), Some("E09000015"));
        assert_eq!(areas.resolve(Some(" CAMFORD ")).as_deref(), Some("E06000999"));
        assert_eq!(areas.resolve(Some("England")).as_deref(), Some(ENGLAND));
        assert_eq!((areas.resolve(Some("Oxbridge")), areas.resolve(None)), (None, None));
        let numbered = Authorities::new([("933".to_owned(), "E06000066".to_owned())], None);
        let found = |code: &str, number| numbered.by_code_or_number(Some(code.to_owned()), number);
        assert_eq!(found("E10000027", Some("933")).as_deref(), Some("E06000066"));
        assert_eq!(found("z", Some("933")).as_deref(), Some("E06000066"));
        assert_eq!(found("E10000006", Some("909")).as_deref(), Some("E10000006"));
        assert_eq!((found("z", Some("909")).as_deref(), found("z", Some("999"))), (Some("E10000006"), None));
        assert_eq!(found("z", None), None);
        let given = Authorities::new(names, Some("E09000015".to_owned()));
        assert_eq!(given.resolve(Some("Oxbridge")).as_deref(), Some("E09000015"));
        assert_eq!(given.resolve(Some("Camford")).as_deref(), Some("E06000999"));
    }

    #[test]
    fn the_english_authorities_are_known_before_any_list_and_a_list_goes_before_them() {
        let areas = Authorities::new([], None);
        let found = |cell| areas.resolve(Some(cell));
        assert_eq!([found("Harrow"), found("310")], [(); 2].map(|()| Some("E09000015".to_owned())));
        assert_eq!([found("somerset"), found("933")], [(); 2].map(|()| Some("E06000066".to_owned())));
        assert_eq!(found("Cumbria").as_deref(), Some("E10000006"));
        let listed = Authorities::new([("370".to_owned(), "E08000016".to_owned())], None);
        assert_eq!(listed.resolve(Some("370")).as_deref(), Some("E08000016"));
    }
}
