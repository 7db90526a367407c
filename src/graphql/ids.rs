//! Global identifiers: opaque to clients, and different for whatever may differ.

use async_graphql::ID;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{access::Pseudonyms, figures::AuthorityView};

/// What stands between the parts of a key; no code or date contains it.
const BETWEEN: char = '\u{1f}';

/// What stands between an authority and a pseudonym; no other identifier contains it.
const NAMED: char = '.';

/// What an identifier says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NodeKey {
    /// A kind with its keys.
    Plainly(String, Vec<String>),
    /// Something of an authority, under a name that only its own reader can open.
    ByName {
        /// The authority.
        authority: String,
        /// The name.
        name: String,
    },
}

/// The identifier of a thing of this kind with these keys.
pub(super) fn id(kind: &str, keys: &[&str]) -> ID {
    ID(seal(kind, keys))
}

/// The identifier of a record of an authority, in the form in which its reader may have it.
pub(super) fn of_record(view: &AuthorityView, kind: &str, keys: &[&str]) -> ID {
    let authority = view.place().ons_code.as_str();
    let named = view.pseudonyms().map(|names| names.seal(&joined(kind, keys)).unwrap_or_default());
    match named {
        Some(name) => ID(format!("{authority}{NAMED}{name}")),
        None => id(kind, &[&[authority], keys].concat()),
    }
}

/// Kind and keys as one opaque word.
pub(super) fn seal(kind: &str, keys: &[&str]) -> String {
    URL_SAFE_NO_PAD.encode(joined(kind, keys))
}

fn joined(kind: &str, keys: &[&str]) -> String {
    let mut text = String::from(kind);
    for key in keys {
        text.push(BETWEEN);
        text.push_str(key);
    }
    text
}

/// Reads an identifier; none if it is none of ours.
pub(super) fn open(word: &str) -> Option<NodeKey> {
    if let Some((authority, name)) = word.split_once(NAMED) {
        return Some(NodeKey::ByName { authority: authority.to_owned(), name: name.to_owned() });
    }
    let (kind, keys) = parted(&String::from_utf8(URL_SAFE_NO_PAD.decode(word).ok()?).ok()?)?;
    Some(NodeKey::Plainly(kind, keys))
}

/// Kind and keys of what a name stands for.
pub(super) fn named(names: &Pseudonyms, name: &str) -> Option<(String, Vec<String>)> {
    parted(&names.open(name)?)
}

fn parted(text: &str) -> Option<(String, Vec<String>)> {
    let mut parts = text.split(BETWEEN).map(str::to_owned);
    Some((parts.next()?, parts.collect()))
}

/// The authority's own identifier of the child that a word names: an identifier of the child, or of one of the child's
/// records; none if it is neither.
pub fn child_in(word: &str) -> Option<String> {
    match open(word)? {
        NodeKey::Plainly(_, keys) => keys.into_iter().nth(1),
        NodeKey::ByName { .. } => None,
    }
}

/// The cursor of a key in a list.
pub(super) fn cursor(list: &str, key: &str, names: Option<&Pseudonyms>) -> String {
    match names {
        Some(names) => names.seal(&joined(list, &[key])).unwrap_or_default(),
        None => seal(list, &[key]),
    }
}

/// The key that a cursor of a list stands for; none if it is not one of that list.
pub(super) fn after(list: &str, cursor: &str, names: Option<&Pseudonyms>) -> Option<String> {
    let (of, mut keys) = match (names, open(cursor)) {
        (Some(names), _) => named(names, cursor)?,
        (None, Some(NodeKey::Plainly(of, keys))) => (of, keys),
        (None, _) => return None,
    };
    if of == list && keys.len() == 1 { keys.pop() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_and_other_words_do_not() {
        let word = seal("Child", &["E09000015", "00:7/é"]);
        let keys = vec!["E09000015".to_owned(), "00:7/é".to_owned()];
        assert_eq!(open(&word), Some(NodeKey::Plainly("Child".to_owned(), keys)));
        assert_eq!((child_in(&word).as_deref(), child_in("00:7/é")), (Some("00:7/é"), None));
        assert_eq!(open("not an id"), None);
        assert_eq!(open("_____w"), None);
    }

    #[test]
    fn a_cursor_belongs_to_one_list() {
        let cursor = cursor("children", "C1", None);
        assert_eq!((after("children", &cursor, None).as_deref(), after("leavers", &cursor, None)), (Some("C1"), None));
        assert_eq!((after("children", "E09000015.x", None), after("children", "*", None)), (None, None));
    }
}
