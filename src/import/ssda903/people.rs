//! The children of a return's header, against whom every other file is checked.

use std::collections::HashMap;

use crate::import::csv::row::RowReader;
use crate::import::rules::header;
use crate::import::rules::rule::Rule;
use crate::period::Date;

/// What the header says of one child, as far as other files repeat it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Birth date, where the header gives one.
    pub birth: Option<Date>,
    /// Sex as coded.
    pub sex: Option<String>,
    /// The header says that the child is no unaccompanied asylum-seeking child; not every header has that column.
    pub accompanied: bool,
}

/// The children of the header, by identifier.
#[derive(Clone, Debug, Default)]
pub struct People(pub HashMap<String, Person>);

impl People {
    /// Reads the child of a row. One who is not in the header is told by `rule`, which refuses the row or keeps it.
    pub fn child(&self, row: &mut RowReader<'_>, rule: &'static Rule) -> Option<String> {
        let child = row.identifier("CHILD", &header::CHILD)?;
        let Some(person) = self.0.get(&child) else {
            row.tell(rule, "CHILD");
            return (rule.effect < crate::import::rules::rule::Effect::RowRefused).then_some(child);
        };
        if row.known_date("DOB").is_some_and(|birth| person.birth.is_some_and(|known| known != birth)) {
            row.tell(&header::BIRTH_DIFFERS, "DOB");
        }
        Some(child)
    }

    /// Birth date of a child.
    pub fn birth(&self, child: &str) -> Option<Date> {
        self.0.get(child)?.birth
    }

    /// Sex of a child, as the header codes it.
    pub fn sex(&self, child: &str) -> Option<&str> {
        self.0.get(child)?.sex.as_deref()
    }

    /// Whether the header denies that the child is an unaccompanied asylum-seeking child.
    pub fn is_accompanied(&self, child: &str) -> bool {
        self.0.get(child).is_some_and(|person| person.accompanied)
    }
}
