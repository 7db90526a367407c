//! Everyone who is looked after at some time from April to September 2023: 244 children.
//!
//! Of 179 on 31 March 2023, 17 leave by June and 28 by September; 34 come in by June, 4 of whom leave by June and
//! 4 by September; 31 come in from July, 2 of whom leave again. That makes 192 on 30 June and 191 on 30 September.

use super::group::{
    Group,
    Home::{Adopters, Fostered, Parents, Relatives, Settled, SettledSince, Teenager},
    Leaves::{Grown, In, Soon, Stays},
    alone, days, leave, stay,
};
use crate::{
    care::codes::ReasonCeased::{E4a, E4b, E11, E12, E41, E45, E47},
    period::Window,
};

/// The quarters.
const APRIL_TO_JUNE: Window = days(2023_04_12, 2023_06_24);
const JULY_TO_SEPTEMBER: Window = days(2023_07_06, 2023_09_22);
/// Born so as to turn eighteen in them.
const GROWN_BY_JUNE: Window = days(2005_04_05, 2005_06_25);
const GROWN_BY_SEPTEMBER: Window = days(2005_07_05, 2005_09_25);
/// Sixteen or seventeen throughout.
const SIXTEEN: Window = days(2005_10_06, 2007_06_20);
/// From ten to fifteen throughout.
const TEN: Window = days(2007_10_08, 2013_06_20);
/// From five to nine throughout.
const FIVE: Window = days(2013_10_08, 2018_06_20);
/// From one to four throughout.
const ONE: Window = days(2018_10_08, 2022_06_20);

/// In care for two and a half years in June 2023: those under sixteen are the long-term stability cohort.
pub(super) const SINCE_2020: &[Group] = &[
    stay(8, days(2014_01_10, 2018_06_20), days(2018_07_01, 2020_09_20), Settled),
    stay(12, days(2008_01_10, 2013_03_20), days(2014_06_01, 2020_09_20), Settled),
    stay(2, days(2008_01_10, 2013_03_20), days(2014_06_01, 2019_09_20), SettledSince(days(2020_05_06, 2021_03_18))),
    stay(2, days(2008_01_10, 2013_03_20), days(2014_06_01, 2019_09_20), SettledSince(days(2021_04_10, 2021_06_24))),
    // They turn sixteen between June and September, and leave the cohort.
    stay(2, days(2007_07_08, 2007_09_22), days(2016_01_10, 2019_06_20), Settled),
    leave(1, days(2012_02_01, 2012_08_20), days(2018_01_10, 2019_06_20), Settled, In(JULY_TO_SEPTEMBER, E41)),
    // Two years in one placement at the end of September, not yet at the end of June.
    stay(5, days(2008_02_01, 2013_03_20), days(2018_10_01, 2020_06_20), SettledSince(days(2021_07_06, 2021_09_24))),
    stay(5, days(2008_01_10, 2012_12_20), days(2018_01_10, 2020_06_20), SettledSince(days(2022_02_10, 2023_02_20))),
    stay(1, days(2015_02_01, 2015_10_20), days(2019_02_01, 2019_11_20), SettledSince(days(2022_05_01, 2022_12_20))),
    leave(
        1,
        days(2010_02_01, 2010_10_20),
        days(2019_02_01, 2020_02_20),
        SettledSince(days(2022_03_01, 2022_10_20)),
        In(JULY_TO_SEPTEMBER, E4a),
    ),
    leave(1, days(2016_02_01, 2016_10_20), days(2020_04_10, 2020_08_20), Relatives, In(APRIL_TO_JUNE, E45)),
    stay(13, SIXTEEN, days(2014_06_01, 2020_12_18), Teenager),
    alone(2, days(2005_11_01, 2006_06_20), days(2020_06_01, 2020_12_18), Stays),
    leave(7, GROWN_BY_SEPTEMBER, days(2015_01_10, 2020_12_18), Teenager, Grown),
    leave(5, GROWN_BY_JUNE, days(2015_01_10, 2020_12_18), Teenager, Grown),
];

/// Two and a half years in September 2023, not in June.
pub(super) const SINCE_EARLY_2021: &[Group] = &[
    stay(2, days(2008_02_01, 2012_12_20), EARLY_2021, Settled),
    stay(1, days(2014_02_01, 2017_12_20), EARLY_2021, Settled),
    stay(1, days(2009_02_01, 2010_12_20), EARLY_2021, SettledSince(days(2022_04_10, 2022_10_20))),
    alone(2, days(2005_11_01, 2006_09_20), EARLY_2021, Stays),
    leave(2, GROWN_BY_SEPTEMBER, EARLY_2021, Teenager, Grown),
    leave(1, GROWN_BY_JUNE, EARLY_2021, Teenager, Grown),
];
const EARLY_2021: Window = days(2021_01_06, 2021_03_24);

/// In care for a year in June 2023, in 2021-22 and in spring 2022.
pub(super) const SINCE_2021: &[Group] = &[
    stay(3, days(2020_09_10, 2021_05_20), IN_2021, Adopters(days(2022_11_01, 2023_03_10))),
    stay(2, days(2019_10_08, 2021_05_20), IN_2021, Parents(days(2022_08_01, 2023_02_20))),
    stay(3, days(2019_10_08, 2021_05_20), IN_2021, Fostered),
    stay(1, days(2014_02_01, 2018_06_20), IN_2021, Parents(days(2022_08_01, 2023_02_20))),
    stay(4, FIVE, IN_2021, Fostered),
    stay(3, FIVE, SPRING_2022, Fostered),
    stay(2, days(2008_02_01, 2013_03_20), IN_2021, Parents(days(2022_08_01, 2023_02_20))),
    stay(4, TEN, IN_2021, Teenager),
    stay(4, TEN, SPRING_2022, Teenager),
    stay(1, SIXTEEN, IN_2021, Teenager),
    stay(2, SIXTEEN, SPRING_2022, Teenager),
    alone(2, SIXTEEN, IN_2021, Stays),
    alone(3, SIXTEEN, SPRING_2022, Stays),
    leave(1, days(2020_10_01, 2021_05_20), IN_2021, Adopters(days(2022_06_10, 2022_10_20)), In(JULY_TO_SEPTEMBER, E11)),
    leave(1, days(2017_02_01, 2017_09_20), SPRING_2022, Fostered, In(JULY_TO_SEPTEMBER, E4a)),
    leave(1, days(2012_02_01, 2012_09_20), IN_2021, Fostered, In(JULY_TO_SEPTEMBER, E4a)),
    leave(1, days(2010_02_01, 2010_09_20), SPRING_2022, Teenager, In(JULY_TO_SEPTEMBER, E4b)),
    leave(1, days(2019_02_01, 2019_06_20), IN_2021, Relatives, In(JULY_TO_SEPTEMBER, E41)),
    leave(2, GROWN_BY_SEPTEMBER, IN_2021, Teenager, Grown),
    alone(2, GROWN_BY_SEPTEMBER, IN_2021, Grown),
    leave(1, days(2020_10_01, 2021_05_20), IN_2021, Adopters(days(2022_06_10, 2022_10_20)), In(APRIL_TO_JUNE, E12)),
    leave(1, days(2018_02_01, 2018_05_20), IN_2021, Relatives, In(APRIL_TO_JUNE, E47)),
    leave(2, GROWN_BY_JUNE, IN_2021, Teenager, Grown),
    leave(1, days(2014_02_01, 2014_09_20), IN_2021, Fostered, In(APRIL_TO_JUNE, E4a)),
    leave(2, days(2011_02_01, 2016_09_20), SPRING_2022, Fostered, In(APRIL_TO_JUNE, E4a)),
];
const IN_2021: Window = days(2021_06_01, 2022_03_24);
const SPRING_2022: Window = days(2022_04_06, 2022_06_24);

/// In care for a year in September 2023, not in June.
pub(super) const SINCE_SUMMER_2022: &[Group] = &[
    stay(1, days(2022_01_10, 2022_03_20), SUMMER_2022, Adopters(days(2023_02_20, 2023_03_20))),
    stay(2, days(2019_02_01, 2021_12_20), SUMMER_2022, Fostered),
    stay(1, days(2014_02_01, 2018_05_20), SUMMER_2022, Parents(days(2023_01_10, 2023_03_20))),
    stay(2, FIVE, SUMMER_2022, Fostered),
    stay(5, TEN, SUMMER_2022, Teenager),
    stay(2, SIXTEEN, SUMMER_2022, Teenager),
    alone(3, SIXTEEN, SUMMER_2022, Stays),
    leave(1, days(2014_10_01, 2015_04_20), SUMMER_2022, Fostered, In(APRIL_TO_JUNE, E4a)),
    alone(1, GROWN_BY_SEPTEMBER, SUMMER_2022, Grown),
];
const SUMMER_2022: Window = days(2022_07_05, 2022_09_26);

/// In care since the winter of 2022-23. From mid November to early December nobody comes in: their reviews would
/// fall due outside April to June, and every child of the winter has one due then.
pub(super) const SINCE_WINTER_2022: &[Group] = &[
    stay(1, days(2022_10_08, 2022_10_30), days(2022_12_12, 2023_01_20), Fostered),
    stay(2, days(2023_01_05, 2023_02_08), days(2023_02_12, 2023_03_18), Fostered),
    stay(2, days(2019_02_01, 2021_12_20), AUTUMN_2022, Fostered),
    stay(2, days(2019_02_01, 2021_12_20), WINTER_2022, Relatives),
    stay(1, days(2014_02_01, 2018_05_20), AUTUMN_2022, Parents(days(2023_02_10, 2023_03_20))),
    stay(2, FIVE, WINTER_2022, Fostered),
    stay(3, TEN, AUTUMN_2022, Teenager),
    stay(5, TEN, WINTER_2022, Teenager),
    stay(1, SIXTEEN, AUTUMN_2022, Teenager),
    stay(2, SIXTEEN, WINTER_2022, Teenager),
    alone(3, SIXTEEN, AUTUMN_2022, Stays),
    alone(4, SIXTEEN, WINTER_2022, Stays),
    leave(1, days(2019_08_01, 2020_03_20), WINTER_2022, Fostered, In(APRIL_TO_JUNE, E4a)),
    leave(1, GROWN_BY_JUNE, AUTUMN_2022, Teenager, Grown),
    leave(1, days(2011_01_10, 2011_06_20), WINTER_2022, Teenager, In(JULY_TO_SEPTEMBER, E4a)),
    leave(1, days(2009_01_10, 2009_06_20), WINTER_2022, Teenager, In(JULY_TO_SEPTEMBER, E4b)),
    leave(1, days(2022_11_01, 2022_11_30), WINTER_2022, Fostered, In(JULY_TO_SEPTEMBER, E4a)),
    leave(1, GROWN_BY_SEPTEMBER, AUTUMN_2022, Teenager, Grown),
    leave(1, GROWN_BY_SEPTEMBER, days(2022_12_08, 2023_01_20), Teenager, Grown),
];
const AUTUMN_2022: Window = days(2022_10_05, 2022_11_04);
const WINTER_2022: Window = days(2022_12_08, 2023_03_22);

/// Come in from April to June 2023; for those who come in June no review is due by its end.
pub(super) const SINCE_SPRING_2023: &[Group] = &[
    stay(3, days(2023_02_01, 2023_03_30), SPRING_2023, Fostered),
    stay(3, ONE, SPRING_2023, Fostered),
    stay(2, FIVE, SPRING_2023, Fostered),
    stay(5, TEN, SPRING_2023, Teenager),
    stay(2, SIXTEEN, SPRING_2023, Teenager),
    alone(3, SIXTEEN, SPRING_2023, Stays),
    stay(1, ONE, JUNE_2023, Fostered),
    stay(2, TEN, JUNE_2023, Teenager),
    stay(1, SIXTEEN, JUNE_2023, Teenager),
    alone(4, SIXTEEN, JUNE_2023, Stays),
    leave(1, days(2021_08_01, 2022_02_20), SPRING_2023, Fostered, Soon(8, 25)),
    leave(1, days(2013_11_01, 2014_02_20), SPRING_2023, Fostered, Soon(8, 25)),
    leave(1, days(2009_11_01, 2010_02_20), SPRING_2023, Teenager, Soon(8, 25)),
    leave(1, days(2007_11_01, 2008_02_20), SPRING_2023, Teenager, Soon(8, 25)),
    leave(1, days(2018_11_01, 2019_04_20), LATE_SPRING_2023, Fostered, In(days(2023_07_04, 2023_07_14), E4a)),
    leave(1, days(2015_11_01, 2016_04_20), LATE_SPRING_2023, Fostered, In(days(2023_07_04, 2023_07_14), E4a)),
    leave(1, days(2008_11_01, 2009_04_20), LATE_SPRING_2023, Teenager, In(days(2023_07_04, 2023_07_14), E4b)),
    // Too short a stay to make a care leaver.
    leave(1, days(2005_11_01, 2006_04_20), LATE_SPRING_2023, Teenager, In(days(2023_07_04, 2023_07_14), E4b)),
];
const SPRING_2023: Window = days(2023_04_05, 2023_05_26);
const LATE_SPRING_2023: Window = days(2023_04_20, 2023_05_26);
const JUNE_2023: Window = days(2023_06_06, 2023_06_27);

/// Come in from July to September 2023; for those who come in September no review is due by its end.
pub(super) const SINCE_SUMMER_2023: &[Group] = &[
    stay(2, days(2023_05_01, 2023_06_20), SUMMER_2023, Fostered),
    stay(1, days(2020_02_01, 2021_12_20), SUMMER_2023, Parents(SUMMER_2023)),
    stay(2, ONE, SUMMER_2023, Relatives),
    stay(2, FIVE, SUMMER_2023, Fostered),
    stay(5, TEN, SUMMER_2023, Teenager),
    stay(2, SIXTEEN, SUMMER_2023, Teenager),
    alone(4, SIXTEEN, SUMMER_2023, Stays),
    stay(1, days(2023_07_01, 2023_08_20), SEPTEMBER_2023, Fostered),
    stay(1, ONE, SEPTEMBER_2023, Fostered),
    stay(1, FIVE, SEPTEMBER_2023, Fostered),
    stay(4, TEN, SEPTEMBER_2023, Teenager),
    stay(1, SIXTEEN, SEPTEMBER_2023, Teenager),
    alone(3, SIXTEEN, SEPTEMBER_2023, Stays),
    leave(1, days(2012_11_01, 2013_04_20), days(2023_07_05, 2023_07_20), Fostered, Soon(15, 40)),
    leave(1, days(2009_11_01, 2010_04_20), days(2023_07_05, 2023_07_20), Teenager, Soon(15, 40)),
];
const SUMMER_2023: Window = days(2023_07_05, 2023_08_28);
const SEPTEMBER_2023: Window = days(2023_09_06, 2023_09_26);
