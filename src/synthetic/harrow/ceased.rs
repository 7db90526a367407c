//! Children who left care from April 2020 to March 2023: their stays make the year ends before 2023-24.
//!
//! With those who are still there, 182 children are looked after on 31 March 2021, 188 on 31 March 2022 and 179 on
//! 31 March 2023, as printed. 118, 107 and 114 leave in the three years.

use super::group::{
    Group,
    Home::{Adopters, Fostered, Relatives, Teenager},
    Leaves::{Grown, In, Soon},
    alone, days, leave,
};
use crate::{
    care::codes::ReasonCeased::{E4a, E11, E12, E13, E45, E46, E47},
    period::Window,
};

/// Before the first return.
const LONG_BEFORE: Window = days(2014_06_01, 2019_12_18);
const BY_MARCH_2020: Window = days(2017_06_01, 2020_03_18);
/// The years.
const IN_2020: Window = days(2020_04_10, 2021_03_20);
const IN_2021: Window = days(2021_04_10, 2022_03_20);

/// Grown up in 2020-21, 2021-22 and 2022-23. Their birthdays decide the care leavers of April to September 2023:
/// 29 turn 19, 20 or 21 by June and 34 more by September.
pub(super) const GROWN_UP: &[Group] = &[
    leave(9, days(2002_04_06, 2002_06_26), LONG_BEFORE, Teenager, Grown),
    leave(8, days(2002_07_05, 2002_09_26), LONG_BEFORE, Teenager, Grown),
    alone(3, days(2002_07_05, 2002_09_26), days(2018_06_01, 2019_12_18), Grown),
    leave(10, days(2002_10_05, 2002_12_26), LONG_BEFORE, Teenager, Grown),
    leave(6, days(2003_01_05, 2003_03_26), BY_MARCH_2020, Teenager, Grown),
    alone(4, days(2003_01_05, 2003_03_26), days(2020_04_10, 2020_07_20), Grown),
    leave(8, days(2003_04_06, 2003_06_26), BY_MARCH_2020, Teenager, Grown),
    alone(2, days(2003_04_06, 2003_06_26), days(2020_04_10, 2020_12_20), Grown),
    leave(8, days(2003_07_05, 2003_09_26), BY_MARCH_2020, Teenager, Grown),
    alone(3, days(2003_07_05, 2003_09_26), days(2020_04_10, 2021_01_20), Grown),
    leave(9, days(2003_10_05, 2003_12_26), days(2018_06_01, 2021_03_18), Teenager, Grown),
    alone(2, days(2003_10_05, 2003_12_26), days(2021_04_10, 2021_06_20), Grown),
    leave(8, days(2004_01_05, 2004_03_26), days(2018_06_01, 2021_03_18), Teenager, Grown),
    alone(3, days(2004_01_05, 2004_03_26), days(2021_04_10, 2021_08_20), Grown),
    leave(6, days(2004_04_06, 2004_06_26), days(2016_01_10, 2021_02_18), Teenager, Grown),
    alone(4, days(2004_04_06, 2004_06_26), days(2021_04_10, 2021_12_18), Grown),
    leave(7, days(2004_07_05, 2004_09_26), days(2016_01_10, 2021_03_18), Teenager, Grown),
    leave(3, days(2004_07_05, 2004_09_26), days(2021_04_10, 2022_01_18), Teenager, Grown),
    alone(2, days(2004_07_05, 2004_09_26), days(2021_04_10, 2022_01_18), Grown),
    leave(4, days(2004_10_05, 2004_12_26), days(2018_06_01, 2021_03_18), Teenager, Grown),
    leave(4, days(2004_10_05, 2004_12_26), IN_2021, Teenager, Grown),
    alone(2, days(2004_10_05, 2004_12_26), days(2022_04_10, 2022_06_20), Grown),
    leave(3, days(2005_01_05, 2005_03_26), days(2018_06_01, 2021_03_18), Teenager, Grown),
    leave(3, days(2005_01_05, 2005_03_26), IN_2021, Teenager, Grown),
    alone(4, days(2005_01_05, 2005_03_26), days(2022_04_10, 2022_08_20), Grown),
];

/// Left in 2020-21, fourteen at the most.
pub(super) const LEFT_IN_2020: &[Group] = &[
    leave(
        5,
        days(2018_06_01, 2018_11_20),
        days(2018_12_01, 2019_06_20),
        Adopters(days(2019_12_01, 2020_04_20)),
        In(days(2020_09_10, 2021_03_10), E12),
    ),
    leave(14, days(2011_06_01, 2018_06_20), BY_MARCH_2020, Relatives, In(IN_2020, E45)),
    leave(5, days(2011_06_01, 2018_06_20), BY_MARCH_2020, Fostered, In(IN_2020, E46)),
    leave(3, days(2011_06_01, 2018_06_20), BY_MARCH_2020, Fostered, In(IN_2020, E47)),
    leave(12, days(2007_06_01, 2016_06_20), days(2018_06_01, 2020_03_18), Fostered, In(IN_2020, E4a)),
    leave(5, days(2007_06_01, 2010_06_20), days(2018_06_01, 2020_03_18), Teenager, In(IN_2020, E13)),
    leave(18, days(2010_06_01, 2018_06_20), days(2020_04_10, 2020_12_10), Fostered, Soon(5, 85)),
    leave(16, days(2006_09_01, 2010_05_20), days(2020_04_10, 2020_12_10), Teenager, Soon(5, 85)),
];

/// Left in 2021-22, fourteen at the most.
pub(super) const LEFT_IN_2021: &[Group] = &[
    leave(
        4,
        days(2019_06_01, 2020_03_20),
        days(2020_04_10, 2020_08_20),
        Adopters(days(2021_02_01, 2021_05_20)),
        In(days(2021_09_10, 2022_03_10), E11),
    ),
    leave(9, days(2011_06_01, 2018_06_20), days(2018_06_01, 2020_11_20), Relatives, In(IN_2021, E45)),
    leave(3, days(2011_06_01, 2018_06_20), days(2018_06_01, 2020_11_20), Fostered, In(IN_2021, E46)),
    leave(3, days(2011_06_01, 2018_06_20), days(2018_06_01, 2020_11_20), Fostered, In(IN_2021, E47)),
    leave(7, days(2008_06_01, 2017_06_20), days(2019_06_01, 2021_03_18), Fostered, In(IN_2021, E4a)),
    leave(4, days(2008_06_01, 2011_06_20), days(2019_06_01, 2021_03_18), Teenager, In(IN_2021, E13)),
    leave(18, days(2011_06_01, 2020_06_20), days(2021_04_10, 2021_12_10), Fostered, Soon(5, 85)),
    leave(16, days(2007_09_01, 2011_05_20), days(2021_04_10, 2021_12_10), Teenager, Soon(5, 85)),
];

/// Left in 2022-23, fourteen at the most.
pub(super) const LEFT_IN_2022: &[Group] = &[
    leave(
        4,
        days(2020_06_01, 2021_03_20),
        days(2021_04_10, 2021_07_20),
        Adopters(days(2022_02_01, 2022_05_20)),
        In(days(2022_09_10, 2023_03_10), E12),
    ),
    leave(6, days(2012_06_01, 2018_06_20), days(2019_06_01, 2021_03_18), Relatives, In(IN_2022, E45)),
    leave(4, days(2012_06_01, 2018_06_20), IN_2021, Fostered, In(IN_2022, E46)),
    leave(12, days(2009_06_01, 2018_06_20), days(2019_06_01, 2021_03_18), Fostered, In(IN_2022, E4a)),
    leave(10, days(2009_06_01, 2018_06_20), IN_2021, Fostered, In(IN_2022, E4a)),
    leave(6, days(2009_06_01, 2012_06_20), IN_2021, Teenager, In(IN_2022, E13)),
    leave(16, days(2012_06_01, 2021_06_20), days(2022_04_10, 2022_12_10), Fostered, Soon(5, 85)),
    leave(14, days(2008_09_01, 2012_05_20), days(2022_04_10, 2022_12_10), Teenager, Soon(5, 85)),
];
const IN_2022: Window = days(2022_04_10, 2023_03_20);
