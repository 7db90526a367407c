//! Rules about rows of several returns, told by the import because of which a row no longer stands as it was sent.

use crate::care::Fate;
use crate::import::rule::{Effect, Rule};

/// The rule under which a fate is told.
const fn rule(fate: Fate) -> Rule {
    match fate.told() {
        Some((code, words)) => Rule { code, effect: Effect::Repaired, words },
        None => panic!("told of each return by itself"),
    }
}

static REPLACED: Rule = rule(Fate::Replaced);
static LOST: Rule = rule(Fate::Lost);
static CUT: Rule = rule(Fate::Cut);

/// The rules of this group, in reading order.
pub static ALL: &[&Rule] = &[&REPLACED, &LOST, &CUT];
