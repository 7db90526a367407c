//! Age bands, by completed years.

/// An age band of the return's statistics. In a population the last one is ages 16 and 17.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AgeBand {
    /// Not yet one.
    Under1,
    /// One to four.
    From1To4,
    /// Five to nine.
    From5To9,
    /// Ten to fifteen.
    From10To15,
    /// Sixteen and over.
    From16,
    /// No date of birth, or not born yet.
    NotKnown,
}

impl AgeBand {
    /// The band of an age in completed years, as `period::age` gives it.
    pub fn of(age: Option<i32>) -> Self {
        match age {
            Some(0) => AgeBand::Under1,
            Some(1..=4) => AgeBand::From1To4,
            Some(5..=9) => AgeBand::From5To9,
            Some(10..=15) => AgeBand::From10To15,
            Some(16..) => AgeBand::From16,
            Some(i32::MIN..=-1) | None => AgeBand::NotKnown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_change_on_the_first_fifth_tenth_and_sixteenth_birthday() {
        let bands = [
            (0, AgeBand::Under1),
            (1, AgeBand::From1To4),
            (4, AgeBand::From1To4),
            (5, AgeBand::From5To9),
            (9, AgeBand::From5To9),
            (10, AgeBand::From10To15),
            (15, AgeBand::From10To15),
            (16, AgeBand::From16),
            (21, AgeBand::From16),
        ];
        for (age, band) in bands {
            assert_eq!(AgeBand::of(Some(age)), band, "age {age}");
        }
    }

    #[test]
    fn an_unborn_child_has_no_known_age() {
        assert_eq!(AgeBand::of(Some(-1)), AgeBand::NotKnown);
        assert_eq!(AgeBand::of(None), AgeBand::NotKnown);
    }
}
