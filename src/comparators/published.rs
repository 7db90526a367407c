//! Which published figure stands beside one of ours: the latest that is not from a later year.

use super::PublishedFigure;
use crate::period::Period;
use crate::statistics::Absence;

/// The latest published figure of a year at or before the period's; published figures lag, so theirs is often older.
///
/// `figures` are those of one area and one indicator. "Not published" and "Not applicable" stand in only where no year
/// has anything else. Of two for the same period the last one given counts, so give older documents first.
pub fn latest_published<'a>(
    figures: impl IntoIterator<Item = &'a PublishedFigure>,
    period: Period,
) -> Option<&'a PublishedFigure> {
    figures
        .into_iter()
        .filter(|figure| not_after(figure, period))
        .max_by_key(|figure| (was_published(figure), figure.period.end))
}

/// Whether the figure is of a financial year at or before the period's.
pub(super) fn not_after(figure: &PublishedFigure, period: Period) -> bool {
    figure.period.end <= period.financial_year().end
}

fn was_published(figure: &PublishedFigure) -> bool {
    !matches!(figure.value, Err(Absence::NotPublished | Absence::NotApplicable | Absence::NotAvailable))
}

#[cfg(test)]
pub(super) fn published(area: &str, period: &str, value: Result<f64, Absence>) -> PublishedFigure {
    let period = Period::parse(period).unwrap();
    let status = crate::statistics::ValueStatus::Final;
    PublishedFigure {
        area: area.into(),
        document: super::Document::default(),
        period,
        value,
        numerator: None,
        denominator: None,
        status,
        controlled: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latest(figures: &[PublishedFigure], code: &str) -> Option<(String, Result<f64, Absence>)> {
        let found = latest_published(figures, Period::parse(code).unwrap());
        found.map(|figure| (figure.period.code(), figure.value))
    }

    fn england() -> Vec<PublishedFigure> {
        [("2018-19", 85.0), ("2021-22", 70.0), ("2022-23", 76.0), ("2024-25", 79.0)]
            .map(|(period, value)| published("E92000001", period, Ok(value)))
            .into()
    }

    #[test]
    fn the_latest_year_up_to_ours_is_used_and_says_its_own_period() {
        assert_eq!(latest(&england(), "2023-24-Q2"), Some(("2022-23".into(), Ok(76.0))));
        assert_eq!(latest(&england(), "2021-22-Q1"), Some(("2021-22".into(), Ok(70.0))));
        assert_eq!(latest(&england(), "2017-18"), None);
    }

    #[test]
    fn a_hidden_figure_of_the_latest_year_stays_hidden() {
        let mut figures = england();
        figures.push(published("E92000001", "2023-24", Err(Absence::Confidential)));
        assert_eq!(latest(&figures, "2023-24-Q2"), Some(("2023-24".into(), Err(Absence::Confidential))));
    }

    #[test]
    fn not_published_stands_only_where_nothing_was() {
        let mut figures = england();
        figures.push(published("E92000001", "2023-24", Err(Absence::NotPublished)));
        assert_eq!(latest(&figures, "2023-24-Q2"), Some(("2022-23".into(), Ok(76.0))));
        let never = [published("E92000001", "2021-22", Err(Absence::NotApplicable))];
        assert_eq!(latest(&never, "2023-24-Q2"), Some(("2021-22".into(), Err(Absence::NotApplicable))));
    }

    #[test]
    fn of_two_documents_for_one_year_the_later_counts() {
        let figures = [published("E92000001", "2021-22", Ok(70.0)), published("E92000001", "2021-22", Ok(70.4))];
        assert_eq!(latest(&figures, "2021-22").map(|found| found.1), Some(Ok(70.4)));
    }
}
