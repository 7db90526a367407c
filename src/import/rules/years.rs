//! Rules about rows of several returns, told by the import because of which a row no longer stands as it was sent.

use crate::care::{ROW_CUT, ROW_LOST, ROW_REPLACED};
use crate::import::rules::rule::{Effect, Rule};

const fn rule((code, words): (&'static str, &'static str)) -> Rule {
    Rule { code, effect: Effect::Repaired, words }
}

static REPLACED: Rule = rule(ROW_REPLACED);
static LOST: Rule = rule(ROW_LOST);
static CUT: Rule = rule(ROW_CUT);

/// The rules of this group, in reading order.
pub static ALL: &[&Rule] = &[&REPLACED, &LOST, &CUT];
