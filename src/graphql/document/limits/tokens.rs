//! The text of a document, before it is parsed: how many tokens it has, and how deep its brackets go.
//!
//! Parsing takes time and stack; a text of 100,000 brackets must never get that far.

use super::TooMuch;

/// Deepest nesting of brackets of any kind. The parser itself goes no deeper with selections.
const DEEPEST: usize = 64;

/// Counts names, numbers, strings and signs, and refuses a text with too many, or with brackets too deep.
///
/// # Errors
/// Which of the two, with the limit.
pub fn check_text(document: &str, max_tokens: usize) -> Result<(), TooMuch> {
    let mut bytes = Scan { rest: document.as_bytes() };
    let (mut tokens, mut depth, mut deepest) = (0_usize, 0_usize, 0_usize);
    while let Some(byte) = bytes.next() {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => continue,
            b'#' => {
                bytes.skip_while(|byte| byte != b'\n' && byte != b'\r');
                continue;
            }
            b'"' => bytes.skip_string(),
            b'{' | b'(' | b'[' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b')' | b']' => depth = depth.saturating_sub(1),
            byte if in_word(byte) => bytes.skip_while(in_word),
            _ => {}
        }
        tokens += 1;
    }
    TooMuch::check("The document nests brackets too deep", DEEPEST, deepest)?;
    TooMuch::check("The document has too many words and signs", max_tokens, tokens)
}

fn in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

struct Scan<'a> {
    rest: &'a [u8],
}

impl Scan<'_> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn skip_while(&mut self, belongs: impl Fn(u8) -> bool) {
        while let Some((first, rest)) = self.rest.split_first()
            && belongs(*first)
        {
            self.rest = rest;
        }
    }

    /// The opening quote has been read.
    fn skip_string(&mut self) {
        if let Some(block) = self.rest.strip_prefix(b"\"\"") {
            self.rest = block;
            while !self.rest.is_empty() && !self.rest.starts_with(b"\"\"\"") {
                let escaped = self.rest.starts_with(b"\\\"\"\"");
                self.rest = self.rest.get(if escaped { 4 } else { 1 }..).unwrap_or_default();
            }
            self.rest = self.rest.get(3..).unwrap_or_default();
            return;
        }
        while let Some(byte) = self.next() {
            match byte {
                b'\\' => drop(self.next()),
                // A string ends with its line; what follows is an error that the parser will name.
                b'"' | b'\n' => return,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(document: &str) -> usize {
        (0..).find(|limit| check_text(document, *limit).is_ok()).unwrap()
    }

    #[test]
    fn words_signs_and_strings_are_counted_and_space_and_comments_are_not() {
        for (document, expected) in [
            ("", 0),
            (" ,\t\n # a comment { { {", 0),
            ("{ a }", 3),
            ("query Q($a: Int = 50) { b(c: $a) }", 19),
            (r#"{ a(b: "c d # \" {{{") }"#, 8),
            ("{ a(b: \"\"\"c \\\"\"\" \" {{{\"\"\") }", 8),
            ("...F", 4),
            ("\"unfinished", 1),
            ("\"\"\"unfinished", 1),
        ] {
            assert_eq!(tokens(document), expected, "{document}");
        }
    }

    #[test]
    fn a_hundred_thousand_brackets_are_refused_at_once() {
        for bracket in ["{", "(", "[", "{a", "{a(b:["] {
            let refusal = check_text(&bracket.repeat(100_000), 10_000).unwrap_err();
            assert!(refusal.to_string().contains("too deep"), "{refusal}");
        }
        assert!(check_text(&"{}".repeat(100), 10_000).is_ok());
    }

    #[test]
    fn a_hundred_thousand_variables_are_refused() {
        let variables: String = (0..100_000).map(|number| format!("$v{number}: Int ")).collect();
        let refusal = check_text(&format!("query ({variables}) {{ a }}"), 10_000).unwrap_err();
        assert_eq!(refusal, TooMuch::over("The document has too many words and signs", 10_000, 400_006));
    }
}
