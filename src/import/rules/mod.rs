//! Every rule that the import applies, in one list: what the manual prints and what an issue names.

pub mod across;
pub mod chain;
pub mod episodes;
pub mod files;
pub mod header;
pub mod last_year;
pub mod lists;
pub mod others;
pub mod placements;
pub mod rule;
pub mod years;

use crate::import::rules::rule::Rule;

/// Declares rules, each a constant with its code, effect and words, and the list of them all.
macro_rules! rules {
    ($($name:ident = $code:literal, $effect:ident: $words:literal;)+) => {
        $(#[doc = concat!("`", $code, "`: ", $words)]
        pub static $name: Rule = Rule { code: $code, effect: Effect::$effect, words: $words };)+

        /// The rules of this group, in reading order.
        pub static ALL: &[&Rule] = &[$(&$name),+];
    };
}
use rules;

/// Every rule of the import, group by group.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [files::ALL, header::ALL, episodes::ALL, years::ALL, others::ALL]
        .into_iter()
        .chain(CHECKS)
        .chain([lists::ALL])
        .flatten()
        .copied()
}

/// Rules that compare the rows of a return with each other, with the child's age, and with the year before. None of
/// them refuses or changes a row.
pub const CHECKS: [&[&Rule]; 4] = [chain::ALL, placements::ALL, across::ALL, last_year::ALL];

#[cfg(test)]
mod manual;
