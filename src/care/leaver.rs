//! Care leavers: who is one, and what is known of them around a birthday (methodology M12, rulings R5, 37, 45, 46).

use chrono::Datelike;

use super::{
    child::Child,
    codes::{Accommodation, Activity, Eligibility, InTouch, ReasonCeased},
    records::{EligibilitySpell, LeaverContact, Oc3Row},
};
use crate::period::{Date, Window, add_months, age, birthday};

/// Thirteen weeks in care since the fourteenth birthday make a care leaver.
const THIRTEEN_WEEKS: i64 = 91;

/// The ages of the birthdays that the published care leaver figures look at.
const BIRTHDAYS: std::ops::RangeInclusive<i32> = 19..=21;

/// What is held about a young person as a care leaver.
#[derive(Clone, Debug, Default)]
pub struct LeaverHistory {
    /// The yearly rows, in order.
    pub oc3: Box<[Oc3Row]>,
    /// Dated contacts, in order of date and then of entry.
    pub contacts: Box<[LeaverContact]>,
    /// Leaving care duties, in order.
    pub eligibility: Box<[EligibilitySpell]>,
}

/// How a care leaver was at a time; a blank or unknown code is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeaverStatus {
    /// Whether the authority is in touch.
    pub in_touch: Option<InTouch>,
    /// Main activity.
    pub activity: Option<Activity>,
    /// Accommodation with its suitability.
    pub accommodation: Option<Accommodation>,
}

impl LeaverHistory {
    /// The history, if there is anything in it.
    pub(super) fn new(
        mut oc3: Vec<Oc3Row>,
        mut contacts: Vec<LeaverContact>,
        mut eligibility: Vec<EligibilitySpell>,
    ) -> Option<Self> {
        if oc3.is_empty() && contacts.is_empty() && eligibility.is_empty() {
            return None;
        }
        oc3.sort_by_key(|row| row.return_year);
        contacts.sort_by_key(|contact| contact.on);
        eligibility.sort_by_key(|spell| spell.start);
        Some(Self { oc3: oc3.into(), contacts: contacts.into(), eligibility: eligibility.into() })
    }

    /// The row of the return whose year holds the day.
    pub fn row_of_year(&self, day: Date) -> Option<&Oc3Row> {
        let year = if day.month() >= 4 { day.year() + 1 } else { day.year() };
        self.oc3.iter().find(|row| row.return_year == year)
    }

    /// How the young person was around a birthday: each fact by the contact nearest to it that tells it, from three
    /// months before to one month after (of two as near, the one on or after the birthday, and then the one entered
    /// later); a fact that no contact tells by the row of that year's return (rulings 45, 62).
    fn status_around(&self, birthday: Date) -> LeaverStatus {
        let window = Window::new(add_months(birthday, -3), add_months(birthday, 1));
        let nearness = |contact: &LeaverContact| ((contact.on - birthday).num_days().abs(), contact.on < birthday);
        let mut near: Vec<&LeaverContact> = self.contacts.iter().rev().filter(|c| window.contains(c.on)).collect();
        near.sort_by_key(|contact| nearness(contact));
        self.first_answers(near.into_iter(), birthday)
    }

    /// How the young person was on a day: each fact by the latest contact that tells it, else by the row of the year.
    pub fn status_as_at(&self, day: Date) -> LeaverStatus {
        self.first_answers(self.contacts.iter().rev().filter(|contact| contact.on <= day), day)
    }

    /// Each fact by the first that tells it: the contacts in their order, then the row of the year.
    fn first_answers<'a>(&self, contacts: impl Iterator<Item = &'a LeaverContact>, day: Date) -> LeaverStatus {
        let row = self.row_of_year(day).map(LeaverStatus::from);
        contacts.map(LeaverStatus::from).chain(row).fold(LeaverStatus::default(), |known, next| LeaverStatus {
            in_touch: known.in_touch.or(next.in_touch),
            activity: known.activity.or(next.activity),
            accommodation: known.accommodation.or(next.accommodation),
        })
    }

    /// Owed the duties of a relevant or former relevant young person on the day.
    pub fn is_relevant_on(&self, day: Date) -> bool {
        self.eligibility.iter().any(|spell| {
            matches!(spell.eligibility, Eligibility::Relevant | Eligibility::FormerRelevant)
                && spell.start <= day
                && spell.end.is_none_or(|end| end > day)
        })
    }
}

impl From<&LeaverContact> for LeaverStatus {
    fn from(contact: &LeaverContact) -> Self {
        Self { in_touch: contact.in_touch, activity: contact.activity, accommodation: contact.accommodation }
    }
}

impl From<&Oc3Row> for LeaverStatus {
    fn from(row: &Oc3Row) -> Self {
        Self { in_touch: row.in_touch, activity: row.activity, accommodation: row.accommodation }
    }
}

impl Child {
    /// The 19th, 20th or 21st birthday, if it falls in the window (of at most a year).
    pub fn leaver_birthday_in(&self, window: Window) -> Option<Date> {
        let birth = self.birth?;
        let years = age(birth, window.to).filter(|years| BIRTHDAYS.contains(years))?;
        Some(birthday(birth, years)).filter(|day| window.contains(*day))
    }

    /// A care leaver on a birthday: no longer looked after, and shown to be one by the year's return or by thirteen
    /// weeks in care since 14 with a day at 16 or later, not ended by adoption, death or transfer.
    pub fn is_leaver_on(&self, birthday: Date) -> bool {
        if self.looked_after_on(birthday) {
            return false;
        }
        let ended = self.last_end_by(birthday);
        if ended == Some(ReasonCeased::E3) {
            return false;
        }
        let has_row = self.leaver.as_ref().is_some_and(|l| l.row_of_year(birthday).is_some());
        has_row || self.earned_leaving_care_by(birthday)
    }

    /// How the care leaver was around a birthday: fact by fact the nearest contact, otherwise the row of that year's
    /// return, otherwise not known.
    pub fn leaver_status_on(&self, birthday: Date) -> LeaverStatus {
        self.leaver.as_ref().map(|leaver| leaver.status_around(birthday)).unwrap_or_default()
    }

    /// Thirteen weeks of care between the 14th birthday and the day, one of them at 16 or later, whose last period
    /// did not end in adoption, death or transfer.
    pub fn earned_leaving_care_by(&self, day: Date) -> bool {
        let Some(birth) = self.birth else { return false };
        let (fourteen, sixteen) = (birthday(birth, 14), birthday(birth, 16));
        let mut days = 0;
        let mut at_sixteen = false;
        for period in self.periods.iter().filter(|p| p.start < day) {
            let end = period.end.unwrap_or(day).min(day);
            days += (end - period.start.max(fourteen)).num_days().max(0);
            at_sixteen |= end > sixteen;
        }
        let barred = self
            .last_end_by(day)
            .is_some_and(|reason| reason.is_adoption() || matches!(reason, ReasonCeased::E2 | ReasonCeased::E3));
        days >= THIRTEEN_WEEKS && at_sixteen && !barred
    }

    /// Named as a care leaver by any loaded return, and not transferred to another authority by the day (ruling 37).
    pub fn is_in_a_leavers_return(&self, day: Date) -> bool {
        let named = self.leaver.as_ref().is_some_and(|leaver| !leaver.oc3.is_empty());
        named && self.last_end_by(day) != Some(ReasonCeased::E3)
    }

    /// Why the latest period of care that had ended by the day did so.
    fn last_end_by(&self, day: Date) -> Option<ReasonCeased> {
        self.periods.iter().rev().find(|p| p.end.is_some_and(|end| end <= day))?.end_reason
    }

    /// Recorded as having died, by a contact on or before the day or by a yearly row whose birthday had come: the row
    /// has no date of its own and tells how things were around that birthday.
    pub fn is_recorded_dead_by(&self, day: Date) -> bool {
        let Some(leaver) = &self.leaver else { return false };
        let by_contact = leaver.contacts.iter().any(|c| c.in_touch == Some(InTouch::Died) && c.on <= day);
        let by_row = leaver.oc3.iter().any(|row| {
            let birthday = self.birthday_in_year_ending(row.return_year);
            row.in_touch == Some(InTouch::Died) && birthday.is_none_or(|birthday| birthday <= day)
        });
        by_contact || by_row
    }

    /// The birthday that falls between 1 April of the year before and 31 March of the year.
    fn birthday_in_year_ending(&self, year: i32) -> Option<Date> {
        let birth = self.birth?;
        let in_year = if birth.month() >= 4 { year - 1 } else { year };
        Some(birthday(birth, in_year - birth.year()))
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        care::{Child, story},
        period::Date,
    };

    fn child(text: &str) -> Child {
        story::child(text).unwrap().unwrap()
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_contact_counts_from_three_months_before_the_birthday_to_one_month_after() {
        let known = |contact: &str| {
            let leaver = child(&format!("born 2004-02-15, contact {contact} YES G5 U1"));
            leaver.leaver_status_on(day("2024-02-15")).activity.is_some()
        };
        assert!(!known("2023-11-14") && known("2023-11-15") && known("2024-03-15") && !known("2024-03-16"));
    }

    #[test]
    fn of_two_contacts_as_near_the_later_day_and_then_the_later_entry_wins() {
        let activity = |contacts: &str| {
            child(&format!("born 2004-02-15, {contacts}")).leaver_status_on(day("2024-02-15")).activity.unwrap().code()
        };
        assert_eq!(activity("contact 2024-02-20 YES F1 U1, contact 2024-02-10 YES G5 U1"), "F1");
        assert_eq!(activity("contact 2024-02-20 YES F1 U1, contact 2024-02-20 YES F2 U1"), "F2");
    }

    #[test]
    fn a_contact_in_the_window_wins_over_the_yearly_row() {
        let leaver = child("born 2004-02-15, oc3 2024 YES F1 U1, contact 2024-02-10 YES G5 U2");
        assert_eq!(leaver.leaver_status_on(day("2024-02-15")).activity.unwrap().code(), "G5");
        assert_eq!(leaver.leaver_status_on(day("2025-02-15")).activity, None);
    }

    #[test]
    fn a_contact_that_does_not_tell_a_fact_hides_no_source_that_does() {
        let leaver =
            child("born 2004-02-15, oc3 2024 YES F1 U1, contact 2024-02-14 NO ? U2, contact 2024-02-01 ? G5 ?");
        let status = leaver.leaver_status_on(day("2024-02-15"));
        assert_eq!(status.in_touch.unwrap().code(), "NO");
        assert_eq!(status.activity.unwrap().code(), "G5", "the next nearest contact tells it");
        assert_eq!(status.accommodation.unwrap().code(), "U2");
        let leaver = child("born 2004-02-15, oc3 2024 YES F1 U1, contact 2024-02-14 YES ? ?");
        assert_eq!(leaver.leaver_status_on(day("2024-02-15")).activity.unwrap().code(), "F1", "the return tells it");
        let history = leaver.leaver.as_deref().unwrap();
        assert_eq!(history.status_as_at(day("2024-03-01")).activity.unwrap().code(), "F1");
    }

    #[test]
    fn thirteen_weeks_with_a_day_at_sixteen_make_a_leaver() {
        let leaver = |story: &str| child(&format!("born 2004-02-15, {story}")).is_leaver_on(day("2024-02-15"));
        assert!(leaver("placed 2019-12-01, left 2020-03-01 E4A"));
        assert!(!leaver("placed 2019-12-02, left 2020-03-01 E4A"), "90 days");
        assert!(!leaver("placed 2019-01-01, left 2020-02-15 E4A"), "no day at sixteen");
        assert!(!leaver("placed 2019-12-01, left 2020-03-01 E3"), "transferred");
        assert!(leaver("placed 2019-12-02, left 2020-03-01 E4A, oc3 2024 YES F1 U1"), "the return says so");
        assert!(!leaver("placed 2019-12-02, left 2020-03-01 E3, oc3 2024 YES F1 U1"), "transferred after all");
    }
}
