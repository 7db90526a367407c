//! Which codes mean one authority: its ONS code may change, the Department for Education's number stays while the
//! authority does.
//!
//! An authority that was split or merged got new numbers, so its figures never stand for those of a successor: Cumbria
//! (909) is neither Cumberland (942) nor Westmorland and Furness (943).

use std::collections::HashMap;

use crate::authorities;

/// Tells which ONS codes mean one authority.
#[derive(Clone, Debug, Default)]
pub struct AreaCodes(HashMap<String, String>);

impl AreaCodes {
    /// What a list of areas says: pairs of an ONS code and the Department for Education's number. Codes that are not on
    /// it are found among those that changed.
    pub fn new(listed: impl IntoIterator<Item = (String, String)>) -> Self {
        let renamed = authorities::all().iter().filter_map(|former| Some([former, former.renamed()?]));
        let changed = renamed.flatten().map(|authority| (authority.ons_code.clone(), authority.la_code.clone()));
        Self(changed.chain(listed).collect())
    }

    /// Whether two codes mean one authority.
    pub fn same(&self, one: &str, other: &str) -> bool {
        self.key(one) == self.key(other)
    }

    /// Every code that means the authority with this code, itself included.
    pub fn of<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a str> {
        let others = self.0.keys().map(String::as_str).filter(move |other| *other != code && self.same(other, code));
        std::iter::once(code).chain(others)
    }

    /// Whether the code was replaced by another of the same authority.
    pub fn is_former(code: &str) -> bool {
        authorities::find(code).is_some_and(|authority| authority.renamed().is_some())
    }

    /// The Department for Education's number of the authority with this code.
    pub fn number(&self, code: &str) -> Option<&str> {
        self.0.get(code).map(String::as_str)
    }

    /// The number, which stays; without one the code itself.
    fn key<'a>(&'a self, code: &'a str) -> &'a str {
        self.number(code).unwrap_or(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(listed: &[(&str, &str)]) -> AreaCodes {
        AreaCodes::new(listed.iter().map(|(code, number)| ((*code).to_owned(), (*number).to_owned())))
    }

    #[test]
    fn an_authority_that_kept_its_number_is_one_under_both_codes() {
        let codes = codes(&[("E06000066", "933"), ("E09000015", "310")]);
        assert!(codes.same("E10000027", "E06000066") && codes.same("E06000048", "E10000022"));
        assert!(!codes.same("E09000015", "E06000066"));
        let mut somerset: Vec<&str> = codes.of("E06000066").collect();
        somerset.sort_unstable();
        assert_eq!(somerset, ["E06000066", "E10000027"]);
        assert!(AreaCodes::is_former("E10000027") && !AreaCodes::is_former("E06000066"));
    }

    #[test]
    fn a_change_that_only_the_list_of_areas_knows_counts_too() {
        let codes = codes(&[("E06000098", "310"), ("E09000015", "310")]);
        assert!(codes.same("E06000098", "E09000015"));
    }

    #[test]
    fn what_was_split_or_merged_stands_for_nobody() {
        let codes = codes(&[("E06000063", "942"), ("E06000064", "943"), ("E06000058", "839"), ("E06000059", "838")]);
        for (former, successor) in [
            ("E10000006", "E06000063"),
            ("E10000006", "E06000064"),
            ("E10000021", "E06000061"),
            ("E06000028", "E06000058"),
            ("E06000029", "E06000058"),
            ("E10000009", "E06000059"),
        ] {
            assert!(!codes.same(former, successor), "{former} {successor}");
        }
    }
}
