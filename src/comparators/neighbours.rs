//! The statistical neighbours: the authorities most like ours, and the average of what they published.

use std::collections::BTreeMap;

use super::published::not_after;
use super::{PublishedFigure, latest_published};
use crate::period::{Date, Period, add_months};
use crate::statistics::{Absence, Fraction, Unit};

/// An average of fewer values than this is not given (methodology M13).
const LEAST_VALUES: usize = 5;

/// How an average was formed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Averaging {
    /// All numerators over all denominators, where both are published.
    Pooled,
    /// The simple mean of the neighbours' values: the default.
    Mean,
    /// The middle value.
    Median,
    /// Taken as a report prints it; who was in it is not known.
    AsPublished,
}

impl Averaging {
    /// The stable name that clients read and write.
    pub fn code(self) -> &'static str {
        match self {
            Averaging::Pooled => "POOLED",
            Averaging::Mean => "MEAN",
            Averaging::Median => "MEDIAN",
            Averaging::AsPublished => "AS_PUBLISHED",
        }
    }
}

/// One edition of the neighbour list of one authority, with what its members published about one indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    /// Its name, usually the year of publication.
    pub name: String,
    /// First day from which it is current; without one, the year in its name decides.
    pub current_from: Option<Date>,
    /// How many authorities are its members.
    pub members: usize,
    /// Whether an average is given of all its members alone (ruling A23): otherwise someone who knows those that are
    /// there, or their number, learns about the others.
    pub whole: bool,
    /// The members' published figures of the indicator, older documents first.
    pub figures: Vec<PublishedFigure>,
}

impl Edition {
    /// The list published in 2025 serves 2024-25 and later; so each serves from the April of the year before its name's.
    fn first_day(&self) -> Option<Date> {
        self.current_from.or_else(|| {
            let year = self.name.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 4)?;
            Date::from_ymd_opt(year.parse::<i32>().ok()?, 4, 1).map(|april| add_months(april, -12))
        })
    }
}

/// What the caller asked for; with nothing asked, the rules decide.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// An edition by name.
    pub edition: Option<String>,
    /// A way of averaging.
    pub averaging: Option<Averaging>,
}

/// An average, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct NeighbourAverage {
    /// The average in the indicator's unit.
    pub value: Result<f64, Absence>,
    /// The period of the figures averaged; none where there were none.
    pub period: Option<Period>,
    /// The edition whose members were averaged; none for a printed average.
    pub edition: Option<String>,
    /// How it was formed.
    pub averaging: Averaging,
    /// Of how many values it is, or would be where they are too few; none for a printed average, and where some are hidden.
    pub members: Option<usize>,
}

/// The edition for a period: the one asked for, else the latest that was current, else the oldest there is.
pub fn current_edition<'a>(editions: &'a [Edition], period: Period, asked: Option<&str>) -> Option<&'a Edition> {
    if let Some(name) = asked {
        return editions.iter().find(|edition| edition.name == name);
    }
    let year = period.financial_year().start;
    let current = editions.iter().filter(|edition| edition.first_day().is_some_and(|day| day <= year));
    let oldest = || editions.iter().min_by_key(|edition| edition.first_day());
    current.max_by_key(|edition| edition.first_day()).or_else(oldest)
}

/// The neighbours' average beside a figure of this unit and period.
///
/// `printed` are averages as reports print them. Where members' figures are loaded too, the later period goes first
/// and at the same period the printed average does (ruling 49); asking for an edition or a way of averaging decides.
pub fn neighbour_average(
    printed: &[PublishedFigure],
    editions: &[Edition],
    unit: Unit,
    period: Period,
    choice: &Choice,
) -> NeighbourAverage {
    let averaging = choice.averaging.unwrap_or(Averaging::Mean);
    let computed = || {
        let edition = current_edition(editions, period, choice.edition.as_deref())?;
        average(edition, unit, period, averaging)
    };
    let as_printed = || latest_published(printed, period).map(as_published);
    let found = match (choice.averaging, &choice.edition) {
        (Some(Averaging::AsPublished), _) => as_printed(),
        (Some(_), _) | (None, Some(_)) => computed(),
        (None, None) => later(as_printed(), computed()),
    };
    let value = Err(Absence::NotPublished);
    found.unwrap_or(NeighbourAverage { value, period: None, edition: None, averaging, members: None })
}

fn as_published(figure: &PublishedFigure) -> NeighbourAverage {
    let averaging = Averaging::AsPublished;
    NeighbourAverage { value: figure.value, period: Some(figure.period), edition: None, averaging, members: None }
}

/// The one with a number, the later of two; the printed one at the same period.
fn later(printed: Option<NeighbourAverage>, computed: Option<NeighbourAverage>) -> Option<NeighbourAverage> {
    let rank = |found: &NeighbourAverage| (found.value.is_ok(), found.period.map(|period| period.end));
    // Of equals the last counts, hence the printed one last.
    computed.into_iter().chain(printed).max_by_key(rank)
}

/// The average of the edition's members at their latest period; none where no member has published anything by then.
fn average(edition: &Edition, unit: Unit, period: Period, averaging: Averaging) -> Option<NeighbourAverage> {
    let usable = || edition.figures.iter().filter(|figure| figure.value.is_ok() && not_after(figure, period));
    let at = usable().map(|figure| figure.period).max_by_key(|period| period.end)?;
    // One figure a member: a later document replaces an earlier one.
    let members: BTreeMap<&str, &PublishedFigure> =
        usable().filter(|figure| figure.period == at).map(|figure| (figure.area.as_str(), figure)).collect();
    let mut values: Vec<f64> = members.values().filter_map(|figure| figure.value.ok()).collect();
    let (value, count) = match averaging {
        Averaging::Median => (middle(&mut values), values.len()),
        Averaging::Pooled => pooled(members.values().copied(), unit),
        Averaging::Mean | Averaging::AsPublished => {
            (Some(values.iter().sum::<f64>() / values.len() as f64), values.len())
        }
    };
    let lacks_some = edition.whole && count != edition.members;
    let value = match value.filter(|_| count >= LEAST_VALUES && !lacks_some) {
        Some(value) => Ok(value),
        // How many there are would tell how many are hidden.
        None if lacks_some && count > 0 => Err(Absence::Confidential),
        None => Err(Absence::NotAvailable),
    };
    let members = Some(count).filter(|_| !lacks_some);
    let edition = Some(edition.name.clone());
    Some(NeighbourAverage { value, period: Some(at), edition, averaging, members })
}

fn middle(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    let upper = *values.get(half)?;
    if values.len() % 2 == 1 { Some(upper) } else { Some((values.get(half - 1)? + upper) / 2.0) }
}

/// All numerators over all denominators, and of how many members both are published.
fn pooled<'a>(members: impl Iterator<Item = &'a PublishedFigure>, unit: Unit) -> (Option<f64>, usize) {
    let counts: Vec<(u64, u64)> = members.filter_map(|figure| Some((figure.numerator?, figure.denominator?))).collect();
    let (numerators, denominators) = counts.iter().fold((0, 0), |(x, n), (a, b)| (x + a, n + b));
    let has_parts = matches!(unit, Unit::Percent | Unit::RatePer10000);
    (Fraction::new(numerators, denominators).of(unit.scale()).filter(|_| has_parts), counts.len())
}

#[cfg(test)]
mod tests {
    use super::super::published::published;
    use super::*;

    const DENTAL: [f64; 6] = [70.0, 72.0, 74.0, 76.0, 78.0, 92.0];

    fn edition(name: &str, period: &str, values: &[f64]) -> Edition {
        let figures = values.iter().zip('a'..).map(|(value, area)| published(&area.to_string(), period, Ok(*value)));
        Edition {
            name: name.into(),
            current_from: None,
            members: values.len(),
            whole: false,
            figures: figures.collect(),
        }
    }

    fn beside(printed: &[PublishedFigure], editions: &[Edition], choice: &Choice) -> NeighbourAverage {
        neighbour_average(printed, editions, Unit::Percent, Period::parse("2023-24-Q2").unwrap(), choice)
    }

    #[test]
    fn the_2021_list_serves_up_to_2023_24_and_the_2025_list_after() {
        let editions = [edition("2021", "2021-22", &[]), edition("2025", "2021-22", &[])];
        let name = |code: &str, asked: Option<&str>| {
            current_edition(&editions, Period::parse(code).unwrap(), asked).map(|edition| edition.name.as_str())
        };
        assert_eq!(name("2018-19", None), Some("2021"));
        assert_eq!(name("2023-24-Q4", None), Some("2021"));
        assert_eq!(name("2024-25-Q1", None), Some("2025"));
        assert_eq!(name("2023-24-Q2", Some("2025")), Some("2025"));
        assert_eq!(name("2023-24-Q2", Some("2030")), None);
    }

    #[test]
    fn the_default_is_the_simple_mean_of_the_latest_period_with_a_value() {
        let mut ours = edition("2021", "2022-23", &DENTAL);
        ours.figures.push(published("g", "2022-23", Err(Absence::Confidential)));
        ours.figures.push(published("a", "2021-22", Ok(1.0)));
        let found = beside(&[], &[ours], &Choice::default());
        assert_eq!((found.value, found.averaging), (Ok(77.0), Averaging::Mean));
        assert_eq!(found.period.map(|period| period.code()), Some("2022-23".into()));
        assert_eq!((found.edition.as_deref(), found.members), (Some("2021"), Some(6)));
    }

    #[test]
    fn four_values_are_too_few() {
        let found = beside(&[], &[edition("2021", "2022-23", &DENTAL[..4])], &Choice::default());
        assert_eq!((found.value, found.members), (Err(Absence::NotAvailable), Some(4)));
    }

    #[test]
    fn an_average_of_all_members_alone_is_absent_without_one_of_them_and_does_not_say_how_many_there_are() {
        let whole = |members| Edition { members, whole: true, ..edition("2021", "2022-23", &DENTAL) };
        let ask = |edition, averaging| beside(&[], &[edition], &Choice { edition: None, averaging: Some(averaging) });
        for (averaging, value) in [(Averaging::Mean, 77.0), (Averaging::Median, 75.0)] {
            let found = ask(whole(6), averaging);
            assert_eq!((found.value, found.members), (Ok(value), Some(6)));
            let found = ask(whole(7), averaging);
            assert_eq!((found.value, found.members), (Err(Absence::Confidential), None), "{averaging:?}");
        }
        // Nothing is hidden where nobody has published what it takes, or where all are too few.
        assert_eq!(ask(whole(6), Averaging::Pooled).value, Err(Absence::NotAvailable));
        let few = Edition { whole: true, ..edition("2021", "2022-23", &DENTAL[..4]) };
        let found = ask(few, Averaging::Mean);
        assert_eq!((found.value, found.members), (Err(Absence::NotAvailable), Some(4)));
    }

    #[test]
    fn a_printed_average_is_used_as_it_is() {
        let printed = [published("statistical_neighbours", "2021-22", Ok(75.0))];
        let found = beside(&printed, &[edition("2021", "2021-22", &DENTAL)], &Choice::default());
        assert_eq!((found.value, found.averaging, found.edition), (Ok(75.0), Averaging::AsPublished, None));
        assert_eq!(found.members, None);
    }

    #[test]
    fn members_figures_of_a_later_year_go_before_an_older_printed_average() {
        let printed = [published("statistical_neighbours", "2021-22", Ok(75.0))];
        let found = beside(&printed, &[edition("2021", "2022-23", &DENTAL)], &Choice::default());
        assert_eq!((found.value, found.averaging), (Ok(77.0), Averaging::Mean));
    }

    #[test]
    fn not_published_is_told_where_a_report_says_so() {
        let printed = [published("statistical_neighbours", "2021-22", Err(Absence::NotApplicable))];
        assert_eq!(beside(&printed, &[], &Choice::default()).value, Err(Absence::NotApplicable));
        assert_eq!(beside(&[], &[], &Choice::default()).value, Err(Absence::NotPublished));
    }

    #[test]
    fn median_and_pooled_can_be_asked_for() {
        let mut ours = edition("2021", "2022-23", &DENTAL);
        let ask = |averaging| Choice { edition: None, averaging: Some(averaging) };
        assert_eq!(beside(&[], std::slice::from_ref(&ours), &ask(Averaging::Median)).value, Ok(75.0));
        let pooled = beside(&[], std::slice::from_ref(&ours), &ask(Averaging::Pooled));
        assert_eq!((pooled.value, pooled.members), (Err(Absence::NotAvailable), Some(0)));
        for figure in &mut ours.figures {
            (figure.numerator, figure.denominator) = (Some(3), Some(4));
        }
        assert_eq!(beside(&[], &[ours], &ask(Averaging::Pooled)).value, Ok(75.0));
    }
}
