//! The yearly return on children looked after (SSDA903): a folder of CSV files, or the same as one XML file.

mod adoption;
mod chain;
mod checks;
mod day_numbers;
mod episodes;
mod extract;
mod folder;
mod header;
mod kind;
mod liberty;
mod missing;
mod oc2;
mod oc3;
mod people;
mod permanence;
mod read;
mod returned;
mod reviews;
mod uasc;
mod valid;
mod workers;
mod wrong_year;
mod xml;
mod xml_tree;
mod year;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod invented;
#[cfg(test)]
mod mutated;
#[cfg(test)]
mod same_rows;
#[cfg(test)]
mod sample_returns;

pub use kind::ReturnFile;
pub use read::{ReadReturn, read};
pub use year::ReturnYear;
