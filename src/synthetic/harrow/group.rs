//! A part of the cast: so many children of one age who came in, lived and left alike.

use crate::{
    care::codes::ReasonCeased,
    period::{Date, Window},
};

/// A group of children told alike.
#[derive(Debug)]
pub(super) struct Group {
    /// How many.
    pub(super) count: usize,
    /// Where they come from.
    pub(super) who: Origin,
    /// Days of birth.
    pub(super) born: Window,
    /// First days of care.
    pub(super) came: Window,
    /// How care ends.
    pub(super) leaves: Leaves,
    /// Where they live.
    pub(super) home: Home,
}

/// Where children come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// From a family in the borough.
    Local,
    /// From abroad, without parents.
    Unaccompanied,
}

/// How care ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaves {
    /// Not within the records.
    Stays,
    /// On the eighteenth birthday.
    Grown,
    /// Some time in these days, for this reason.
    In(Window, ReasonCeased),
    /// After some days, between the two numbers, back home.
    Soon(i64, i64),
}

/// Where children live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// With one foster family for good.
    Settled,
    /// With a second foster family, since some time in these days.
    SettledSince(Window),
    /// With relatives.
    Relatives,
    /// With foster carers for now.
    Fostered,
    /// As teenagers do: mostly fostered, some in a children's home or a flat with support.
    Teenager,
    /// In a flat or shared house with support.
    Supported,
    /// Back with a parent under an order, since some time in these days or from the first.
    Parents(Window),
    /// With adopters, since some time in these days.
    Adopters(Window),
}

/// A day, written as 2023_04_01.
pub(super) const fn day(written: u32) -> Date {
    match Date::from_ymd_opt((written / 10_000) as i32, written / 100 % 100, written % 100) {
        Some(day) => day,
        None => Date::MIN,
    }
}

/// From one day to another, both included.
pub(super) const fn days(from: u32, to: u32) -> Window {
    Window { from: day(from), to: day(to) }
}

/// A part of children from the borough who stay.
pub(super) const fn stay(count: usize, born: Window, came: Window, home: Home) -> Group {
    Group { count, who: Origin::Local, born, came, leaves: Leaves::Stays, home }
}

/// A part of children from the borough who leave.
pub(super) const fn leave(count: usize, born: Window, came: Window, home: Home, leaves: Leaves) -> Group {
    Group { count, who: Origin::Local, born, came, leaves, home }
}

/// A part of unaccompanied asylum-seeking children.
pub(super) const fn alone(count: usize, born: Window, came: Window, leaves: Leaves) -> Group {
    Group { count, who: Origin::Unaccompanied, born, came, leaves, home: Home::Supported }
}
