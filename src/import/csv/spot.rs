//! Where a row stands: its line, and in an XML file, whose rows may share one line, the child and the element.

use std::fmt::{self, Display, Formatter};

/// Where a row stands in its file; no two rows of one table stand at the same spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Spot {
    /// Line of the file, counted from 1.
    pub line: u32,
    /// The element, in an XML file.
    pub element: Option<Element>,
}

/// The element of an XML file that a row was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Element {
    /// Which child of the file, counted from 1.
    pub child: u32,
    /// The tags from the child inwards, such as `HEADER/AREVIEW`.
    pub path: &'static str,
    /// Which of the child's elements of this path, counted from 1.
    pub number: u32,
}

impl From<u32> for Spot {
    fn from(line: u32) -> Self {
        Self { line, element: None }
    }
}

impl Display for Spot {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self.element {
            Some(element) => write!(out, "{} ({element})", self.line),
            None => write!(out, "{}", self.line),
        }
    }
}

impl Display for Element {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "CHILD[{}]/{}[{}]", self.child, self.path, self.number)
    }
}
