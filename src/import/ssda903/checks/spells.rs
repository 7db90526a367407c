//! The episodes of each child in order, with their codes understood, and the stretches of care that they make.

use std::collections::HashMap;

use crate::care::codes::{LegalStatus, Place, Provider, ReasonCeased, ReasonNew};
use crate::import::csv::row::NumberedRow;
use crate::import::csv::spot::Spot;
use crate::period::Date;
use crate::store::rows::Episode;

/// An episode with its codes; an unknown code is none.
pub struct Spell<'a> {
    /// Where it stands in the file.
    pub line: Spot,
    /// The row.
    pub row: &'a Episode,
    /// Why it began.
    pub began: Option<ReasonNew>,
    /// Legal status.
    pub law: Option<LegalStatus>,
    /// Placement type.
    pub place: Option<Place>,
    /// Who provides the placement.
    pub provider: Option<Provider>,
    /// Why it ended.
    pub ceased: Option<ReasonCeased>,
}

impl<'a> Spell<'a> {
    fn new(lined: &'a NumberedRow<Episode>) -> Self {
        let row = &lined.row;
        Self {
            line: lined.line,
            row,
            began: row.reason_new.as_deref().and_then(ReasonNew::parse),
            law: row.legal_status.as_deref().and_then(LegalStatus::parse),
            place: row.place.as_deref().and_then(Place::parse),
            provider: row.provider.as_deref().and_then(Provider::parse),
            ceased: row.reason_ceased.as_deref().and_then(ReasonCeased::parse),
        }
    }

    /// In a temporary placement.
    pub fn is_temporary(&self) -> bool {
        self.place.is_some_and(Place::is_temporary)
    }

    /// A short break.
    pub fn is_short_break(&self) -> bool {
        self.law.is_some_and(LegalStatus::is_short_break)
    }

    /// Care ends with it.
    pub fn is_final(&self) -> bool {
        self.row.ended_on.is_some() && self.ceased.is_some_and(|reason| reason != ReasonCeased::X1)
    }

    /// The child was adopted at its end.
    pub fn ends_in_adoption(&self) -> bool {
        self.row.ended_on.is_some() && self.ceased.is_some_and(ReasonCeased::is_adoption)
    }

    /// It begins on the day on which the one before ends, in one period of care.
    pub fn continues(&self, before: &Self) -> bool {
        before.row.ended_on == Some(self.row.started_on) && !before.is_final() && self.began != Some(ReasonNew::S)
    }
}

/// The chains of all children.
pub struct Chains<'a> {
    spells: Vec<Spell<'a>>,
    of: HashMap<&'a str, (usize, usize)>,
}

impl<'a> Chains<'a> {
    /// Sorts the episodes by child and first day.
    pub fn new(rows: &'a [NumberedRow<Episode>]) -> Self {
        let mut spells: Vec<Spell<'a>> = rows.iter().map(Spell::new).collect();
        spells.sort_by(|a, b| (&a.row.child_id, a.row.started_on).cmp(&(&b.row.child_id, b.row.started_on)));
        let mut of: HashMap<&str, (usize, usize)> = HashMap::new();
        for (at, spell) in spells.iter().enumerate() {
            of.entry(spell.row.child_id.as_str()).or_insert((at, at)).1 = at + 1;
        }
        Self { spells, of }
    }

    /// Every episode.
    pub fn spells(&self) -> &[Spell<'a>] {
        &self.spells
    }

    /// Each child's episodes in order.
    pub fn each(&self) -> impl Iterator<Item = &[Spell<'a>]> {
        self.spells.chunk_by(|one, next| one.row.child_id == next.row.child_id)
    }

    /// The episodes of a child in order; nothing for one who has none.
    pub fn of(&self, child: &str) -> &[Spell<'a>] {
        let range = self.of.get(child).copied();
        range.and_then(|(from, to)| self.spells.get(from..to)).unwrap_or_default()
    }
}

/// Days of care without a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Care {
    /// First day, where the first episode that is known was a start; none where care began earlier.
    pub from: Option<Date>,
    /// The day care ended, no longer part of it; none while it lasts.
    pub until: Option<Date>,
}

impl Care {
    /// Whether care had begun by the day.
    pub fn has_begun(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day)
    }

    /// Whether care lasted until the day or beyond.
    pub fn lasts_until(&self, day: Date) -> bool {
        self.until.is_none_or(|until| day <= until)
    }
}

/// The stretches of care that a child's episodes make, in order.
pub fn care(chain: &[Spell<'_>]) -> Vec<Care> {
    let mut all: Vec<Care> = Vec::new();
    for spell in chain {
        match all.last_mut().filter(|last| last.lasts_until(spell.row.started_on)) {
            Some(last) => last.until = last.until.zip(spell.row.ended_on).map(|(one, other)| one.max(other)),
            None => {
                let known = !all.is_empty() || spell.began == Some(ReasonNew::S);
                all.push(Care { from: known.then_some(spell.row.started_on), until: spell.row.ended_on });
            }
        }
    }
    all
}
