//! The children of an authority while their rows arrive, table after table.

use std::collections::HashMap;

use crate::care::records::ChildRecords;

/// Children by identifier. Rows arrive child by child, so the last one is tried first.
#[derive(Default)]
pub(super) struct Children {
    all: Vec<ChildRecords>,
    places: HashMap<Box<str>, usize>,
    last: usize,
}

impl Children {
    /// Hands a child's records to `change`, new ones if the child is new.
    pub(super) fn with(&mut self, child: &str, change: impl FnOnce(&mut ChildRecords)) {
        let is_last = self.all.get(self.last).is_some_and(|records| &*records.child == child);
        if !is_last {
            self.last = self.place(child);
        }
        if let Some(records) = self.all.get_mut(self.last) {
            change(records);
        }
    }

    fn place(&mut self, child: &str) -> usize {
        if let Some(place) = self.places.get(child) {
            return *place;
        }
        let place = self.all.len();
        self.all.push(ChildRecords { child: child.into(), ..ChildRecords::default() });
        self.places.insert(child.into(), place);
        place
    }

    /// The children in the order of their identifiers.
    pub(super) fn in_order(mut self) -> Vec<ChildRecords> {
        self.all.sort_unstable_by(|a, b| a.child.cmp(&b.child));
        self.all
    }
}
