//! Why something was done, in words that are kept for years, and texts on a screen: what is stored must be what a person
//! reads, so signs that cannot be seen are refused, and shown by their numbers where older records hold them.

use super::name::is_unseen;

/// The longest that a reason may be, in characters.
const REASON: usize = 500;

/// Why a text is no reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReasonProblem {
    /// It says nothing.
    #[error("must say something")]
    Empty,
    /// It is too long.
    #[error("has {0} letters, and may have {REASON}")]
    TooLong(usize),
    /// A line break, another control, a joiner, a mark of direction, or a blank of another kind than a space.
    #[error("has signs or blanks that cannot be seen")]
    Unseen,
}

/// Checks that a reason says something, is short enough to be kept, and is what it looks like.
///
/// # Errors
/// Why it may not be.
pub fn check_reason(reason: &str) -> Result<(), ReasonProblem> {
    match reason.chars().count() {
        _ if reason.trim().is_empty() => Err(ReasonProblem::Empty),
        letters if letters > REASON => Err(ReasonProblem::TooLong(letters)),
        _ if has_unseen(reason) => Err(ReasonProblem::Unseen),
        _ => Ok(()),
    }
}

/// Whether a text has signs that cannot be seen, or blanks of another kind than a space.
pub fn has_unseen(text: &str) -> bool {
    text.chars().any(is_unseen)
}

/// A text for one line of a screen: signs that cannot be seen by their numbers, such as `\u{202e}`.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for sign in text.chars() {
        if is_unseen(sign) { shown.extend(sign.escape_unicode()) } else { shown.push(sign) }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_with_a_control_or_an_invisible_sign_is_refused() {
        for sign in [
            '\n',
            '\r',
            '\t',
            '\0',
            '\u{7}',
            '\u{1b}',
            '\u{7f}',
            '\u{85}',
            '\u{9b}',
            '\u{a0}',
            '\u{ad}',
            '\u{200b}',
            '\u{200d}',
            '\u{2028}',
            '\u{202e}',
            '\u{2066}',
            '\u{feff}',
            '\u{fffc}',
            '\u{e0061}',
        ] {
            assert_eq!(check_reason(&format!("left{sign}the council")), Err(ReasonProblem::Unseen), "{sign:?}");
            let shown = visible(&format!("left{sign}the council"));
            assert_eq!(shown, format!("left{}the council", sign.escape_unicode()));
            assert!(!has_unseen(&shown));
        }
        for reason in ["left the council", "Siân’s request – see “minutes” (12 May), 50 % done", "依頼"] {
            assert_eq!((check_reason(reason), visible(reason)), (Ok(()), reason.to_owned()));
        }
        assert_eq!(check_reason(" \n"), Err(ReasonProblem::Empty));
        assert_eq!(check_reason(&"é".repeat(501)), Err(ReasonProblem::TooLong(501)));
    }
}
