//! The names in grants, agreements and shares: what is compared letter by letter must be what a person reads.
//!
//! Two names that look the same must be the same, or a grant goes to somebody else than the one who was meant. So
//! signs that cannot be seen, second ways to write the same letter, and letters of one alphabet within another or in
//! its place are refused (Unicode Technical Standard 39). Accents, apostrophes, `@` and digits are not.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark, is_nfkc};
use unicode_security::{GeneralSecurityProfile, MixedScript, skeleton};

/// The longest name, in letters.
const LONGEST: usize = 200;

/// Why a text is no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameProblem {
    /// It says nothing.
    #[error("is empty")]
    Empty,
    /// It is too long.
    #[error("is longer than 200 letters")]
    TooLong,
    /// A control, a joiner, a mark of direction, a blank of another kind than a space, or a space at an end.
    #[error("has signs or blanks that cannot be seen")]
    Unseen,
    /// A letter that is written in a second way, such as in full width, or with a mark of its own; a dash, a quotation
    /// mark or another sign that stands for one of a plain keyboard.
    #[error("has letters or signs that are written in an unusual way: type it on a plain keyboard")]
    Unusual,
    /// Letters of several alphabets, or of one that stand in the place of another's.
    #[error("has letters of another alphabet that look like others")]
    LookAlike,
}

/// Checks that a name is what it looks like.
///
/// # Errors
/// Why it may not be.
pub fn check_name(name: &str) -> Result<(), NameProblem> {
    if name.trim().is_empty() {
        return Err(NameProblem::Empty);
    }
    if name.chars().nth(LONGEST).is_some() {
        return Err(NameProblem::TooLong);
    }
    if name.trim() != name || name.contains("  ") || name.chars().any(is_unseen) {
        return Err(NameProblem::Unseen);
    }
    if !is_nfkc(name) || has_loose_mark(name) || name.chars().any(is_a_twin) {
        return Err(NameProblem::Unusual);
    }
    let letters: String = name.chars().filter(|sign| sign.is_alphanumeric()).collect();
    let in_disguise = !letters.is_ascii() && skeleton(&letters).all(|sign| sign.is_ascii());
    // Signs that no identifier has.
    let outlandish = name.chars().any(|sign| !sign.is_ascii() && !sign.identifier_allowed());
    if outlandish || !name.is_single_script() || in_disguise {
        return Err(NameProblem::LookAlike);
    }
    Ok(())
}

/// Whether a sign cannot be seen, or looks like a space and is none.
pub(super) fn is_unseen(sign: char) -> bool {
    sign.is_control()
        || sign.is_whitespace() && sign != ' '
        || matches!(sign,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffc}' | '\u{fffe}'..='\u{ffff}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{10ffff}')
}

/// Whether a sign that is neither a letter nor a digit is none of a plain keyboard: dashes, apostrophes, quotation marks and
/// dots look like the plain ones, and so do letters that stand for an apostrophe (U+02BC and its like).
fn is_a_twin(sign: char) -> bool {
    let is_letter = sign.is_alphanumeric() || is_combining_mark(sign);
    !sign.is_ascii() && !is_letter || matches!(sign, '\u{2b0}'..='\u{2ff}' | '\u{a78b}'..='\u{a78c}')
}

/// Whether a mark stands on a Latin letter, digit or sign with which it makes no letter of its own, so that it may
/// hardly be seen.
fn has_loose_mark(name: &str) -> bool {
    let mut before = ' ';
    name.nfc().any(|sign| {
        let loose = is_combining_mark(sign) && (before < '\u{250}' || is_combining_mark(before));
        before = sign;
        loose
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people_and_organisations_are_taken() {
        for name in [
            "analyst@E09000015",
            "3fa85f64-5717-4562-b3fc-2c963f66afa6",
            "auth0|5f7c8ec7c33c6c004bbafe82",
            "https://id.example/users/7",
            "Siân Ó Briain",
            "Żaneta Łukasik",
            "Zoë Müller-Çelik",
            "St Mary's Hospital - NHS Trust (Harrow & Brent)",
            "O'Neill, J.",
            "Îles de l'Été",
            "Καλλιόπη Παπαδοπούλου",
            "Владимир Щукин",
            "金城武",
            "हरीश",
            "ISA-7/2026",
        ] {
            assert_eq!(check_name(name), Ok(()), "{name}");
        }
        assert_eq!(check_name(&"ä".repeat(200)), Ok(()));
    }

    #[test]
    fn dashes_apostrophes_quotation_marks_and_dots_beside_the_plain_ones_are_refused() {
        let dashes = "\u{58a}\u{5be}\u{1806}\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2043}\u{2212}\u{2e3a}\u{30a0}\u{fe58}\u{ff0d}";
        let apostrophes = "\u{b4}\u{2b9}\u{2bb}\u{2bc}\u{2bd}\u{2c8}\u{55a}\u{5f3}\u{2018}\u{2019}\u{201a}\u{201b}\u{2032}\u{a78c}\u{ff07}";
        let quotation_marks =
            "\u{ab}\u{bb}\u{2ba}\u{2ee}\u{5f4}\u{201c}\u{201d}\u{201e}\u{2033}\u{275d}\u{301d}\u{ff02}";
        let dots =
            "\u{b7}\u{2d9}\u{387}\u{701}\u{2022}\u{2024}\u{2027}\u{2219}\u{22c5}\u{3002}\u{30fb}\u{a4f8}\u{ff0e}";
        let others = "\u{2044}\u{2215}\u{2236}\u{a789}\u{2e31}\u{ff20}";
        for sign in [dashes, apostrophes, quotation_marks, dots, others].concat().chars() {
            let name = format!("O{sign}Neill");
            assert!(check_name(&name).is_err(), "{name} {}", sign.escape_unicode());
        }
        for name in ["O'Neill", "a-b", "a.b", "\"a\"", "a/b", "a:b", "a|b", "a_b"] {
            assert_eq!(check_name(name), Ok(()), "{name}");
        }
    }

    #[test]
    fn what_is_not_what_it_looks_like_is_refused() {
        use NameProblem::{Empty, LookAlike, TooLong, Unseen, Unusual};
        let long = "ä".repeat(201);
        for (name, problem) in [
            ("", Empty),
            (" \t", Empty),
            (long.as_str(), TooLong),
            ("some\u{200b}one", Unseen),
            ("some\u{200d}one", Unseen),
            ("some\u{ad}one", Unseen),
            ("some\u{202e}one", Unseen),
            ("some\u{2066}one", Unseen),
            ("some\u{e0061}one", Unseen),
            ("some\u{fe0f}one", Unseen),
            ("some\u{3164}one", Unseen),
            ("some\none", Unseen),
            ("some\u{a0}one", Unseen),
            ("some\u{2800}one", Unseen),
            ("someone ", Unseen),
            ("some  one", Unseen),
            ("Sia\u{302}n", Unusual),
            ("ｓｏｍｅｏｎｅ", Unusual),
            ("o\u{fb03}ce", Unusual),
            ("some\u{332}one", Unusual),
            ("so\u{337}meone", Unusual),
            ("аnalyst", LookAlike),
            ("som\u{435}one@E09000015", LookAlike),
            ("Ηarrow", LookAlike),
            ("сосо", LookAlike),
            ("ΑΒΕ", LookAlike),
            ("7\u{30ce}2026", LookAlike),
            ("1\u{660}5", LookAlike),
            ("ana\u{2215}lyst", Unusual),
            ("\u{1d00}nalyst", LookAlike),
            ("\u{ab30}nalyst", LookAlike),
            ("\u{1a8}ubject", LookAlike),
        ] {
            assert_eq!(check_name(name), Err(problem), "{name:?}");
        }
    }
}
