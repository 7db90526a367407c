//! Global identifiers: opaque to clients, and different for whatever may differ.

use async_graphql::ID;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// What stands between the parts of a key; no code or date contains it.
const BETWEEN: char = '\u{1f}';

/// The identifier of a thing of this kind with these keys.
pub(super) fn id(kind: &str, keys: &[&str]) -> ID {
    ID(seal(kind, keys))
}

/// Kind and keys as one opaque word.
pub(super) fn seal(kind: &str, keys: &[&str]) -> String {
    let mut text = String::from(kind);
    for key in keys {
        text.push(BETWEEN);
        text.push_str(key);
    }
    URL_SAFE_NO_PAD.encode(text)
}

/// Kind and keys of an opaque word; none if it was not made by [`seal`].
pub(super) fn open(word: &str) -> Option<(String, Vec<String>)> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(word).ok()?).ok()?;
    let mut parts = text.split(BETWEEN).map(str::to_owned);
    Some((parts.next()?, parts.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_and_other_words_do_not() {
        let word = seal("Child", &["E09000015", "00:7/é"]);
        assert_eq!(open(&word), Some(("Child".to_owned(), vec!["E09000015".to_owned(), "00:7/é".to_owned()])));
        assert_eq!(open("not an id"), None);
        assert_eq!(open("_____w"), None);
    }
}
