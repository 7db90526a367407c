//! A document without what differs from one asking to the next: blanks, comments and the texts within it. Its digest
//! tells which question was asked, and never about whom.

use sha2::{Digest as _, Sha256};

use crate::audit::{Bytes, Digest};

/// The digest of the normalised document.
pub(in crate::graphql) fn digest(document: &str) -> Digest {
    Bytes(Sha256::digest(normalised(document)).into())
}

/// The document with one blank where there was any, no comments, and empty texts.
fn normalised(document: &str) -> String {
    let mut out = String::with_capacity(document.len());
    let mut rest = document;
    while let Some(sign) = rest.chars().next() {
        rest = match sign {
            '"' => {
                out.push_str("\"\"");
                after_text(rest)
            }
            '#' => rest.split_once('\n').map_or("", |(_, after)| after),
            ' ' | ',' | '\t' | '\n' | '\r' | '\u{feff}' => {
                if !out.ends_with(' ') && !out.is_empty() {
                    out.push(' ');
                }
                rest.get(sign.len_utf8()..).unwrap_or_default()
            }
            other => {
                out.push(other);
                rest.get(other.len_utf8()..).unwrap_or_default()
            }
        };
    }
    out.truncate(out.trim_end().len());
    out
}

/// What follows a text that begins here.
fn after_text(text: &str) -> &str {
    if let Some(block) = text.strip_prefix("\"\"\"") {
        let mut from = 0;
        while let Some(at) = block.get(from..).and_then(|rest| rest.find("\"\"\"")).map(|at| from + at) {
            if !block.get(..at).is_some_and(|before| before.ends_with('\\')) {
                return block.get(at + 3..).unwrap_or_default();
            }
            from = at + 3;
        }
        return "";
    }
    let mut escaped = true;
    for (at, sign) in text.char_indices() {
        match sign {
            '"' if !escaped => return text.get(at + 1..).unwrap_or_default(),
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_comments_and_texts_make_no_difference_and_words_do() {
        let one = normalised("query ($a: Int = 5) {\n  child(id: \"C0001\", n: $a) # of C0001\n  { age } }");
        assert_eq!(one, r#"query ($a: Int = 5) { child(id: "" n: $a) { age } }"#);
        for same in [
            "query ($a: Int = 5) { child(id: \"C\\\"9\", n: $a) { age } }",
            "query ($a: Int = 5) { child(id: \"\"\"C \\\"\"\" \" 9\"\"\" n: $a) { age } }  ",
        ] {
            assert_eq!(normalised(same), one, "{same}");
        }
        assert_ne!(digest("{ a }"), digest("{ b }"));
        assert_eq!(digest("{ a }"), digest(" {\ta } # x"));
    }

    #[test]
    fn texts_that_never_end_are_no_matter() {
        for text in ["{ a(b: \"never", "{ a(b: \"\"\"never", "\"", "\"\"\"", "# x", ""] {
            assert!(!normalised(text).contains("never"), "{text}");
        }
    }
}
