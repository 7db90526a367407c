//! Reading the facts of a story, one by one.

use super::{ONE_RETURN, placing::Placing, return_of};
use crate::{
    care::{
        codes::{Accommodation, Activity, Eligibility, Ethnicity, InTouch, MissingKind, Sex},
        records::{
            ChildRecords, DetailRow, EligibilitySpell, HealthEvent, HealthEventKind, LeaverContact, LoadedReturn,
            MissingRow, Oc2Row, Oc3Row, ReviewRow, UnaccompaniedRow,
        },
    },
    period::Date,
};

/// What is wrong with a fact.
pub(super) type Problem = &'static str;

/// Collects rows while a story is told.
pub(super) struct Teller {
    records: ChildRecords,
    detail: DetailRow,
    year: i32,
    returns: Vec<LoadedReturn>,
    placing: Placing,
}

impl Teller {
    pub(super) fn new() -> Self {
        Self {
            records: ChildRecords { child: "story".into(), ..ChildRecords::default() },
            detail: DetailRow::default(),
            year: ONE_RETURN,
            returns: Vec::new(),
            placing: Placing::default(),
        }
    }

    pub(super) fn finish(mut self) -> (ChildRecords, Vec<LoadedReturn>) {
        self.placing.close_return(self.year, &mut self.records);
        self.records.details.push(DetailRow { return_year: self.year, ..self.detail });
        if self.returns.is_empty() {
            self.returns.push(return_of(self.year));
        }
        (self.records, self.returns)
    }

    pub(super) fn tell(&mut self, fact: &str) -> Result<(), Problem> {
        let mut words = fact.split_whitespace();
        let verb = words.next().unwrap_or_default();
        let words: Vec<&str> = words.collect();
        match verb {
            "return" => self.begin_return(&words),
            "born" | "girl" | "boy" | "ethnicity" | "unaccompanied" => self.tell_identity(verb, &words),
            "placed" | "moved" | "same" | "status" | "away" | "back" | "left" | "paused" => {
                self.placing.tell(verb, day(&words, 0)?, words.get(1..).unwrap_or_default())
            }
            _ => self.tell_event(verb, &words),
        }
    }

    fn begin_return(&mut self, words: &[&str]) -> Result<(), Problem> {
        if !self.returns.is_empty() {
            self.placing.close_return(self.year, &mut self.records);
            self.records.details.push(DetailRow { return_year: self.year, ..self.detail });
        }
        self.year = number(words, 0)?;
        self.returns.push(return_of(self.year));
        Ok(())
    }

    fn tell_identity(&mut self, verb: &str, words: &[&str]) -> Result<(), Problem> {
        match verb {
            "born" => self.detail.birth = Some(day(words, 0)?),
            "girl" => self.detail.sex = Some(Sex::Female),
            "boy" => self.detail.sex = Some(Sex::Male),
            "ethnicity" => self.detail.ethnicity = words.first().copied().and_then(Ethnicity::parse),
            _ => {
                let until = if words.is_empty() { None } else { Some(day(words, 1)?) };
                self.records.unaccompanied.push(UnaccompaniedRow { return_year: self.year, until });
            }
        }
        Ok(())
    }

    fn tell_event(&mut self, verb: &str, words: &[&str]) -> Result<(), Problem> {
        let return_year = self.year;
        match verb {
            "reviewed" => {
                self.records.reviews.push(ReviewRow { return_year, held: day(words, 0)?, participation: None });
            }
            "missing" | "absent" => {
                let kind = Some(if verb == "missing" { MissingKind::M } else { MissingKind::A });
                let (start, end) = spell(words)?;
                self.records.missing.push(MissingRow { return_year, kind, start, end });
            }
            "dentist" | "health" => {
                let kind = if verb == "dentist" { HealthEventKind::Dental } else { HealthEventKind::Assessment };
                let attended = !words.contains(&"refused");
                self.records.health.push(HealthEvent { kind, on: day(words, 0)?, attended });
            }
            "oc2" => self.records.oc2.push(Oc2Row {
                return_year: number(words, 0)?,
                teeth_check: Some(words.contains(&"teeth")),
                health_assessment: Some(words.contains(&"health")),
                convicted: Some(words.contains(&"convicted")),
                ..Oc2Row::default()
            }),
            "adoption" => self.records.adoption_decisions.push(day(words, 0)?),
            _ => return self.tell_leaver(verb, words),
        }
        Ok(())
    }

    fn tell_leaver(&mut self, verb: &str, words: &[&str]) -> Result<(), Problem> {
        let word = |n: usize| words.get(n).copied().unwrap_or_default();
        let status = (InTouch::parse(word(1)), Activity::parse(word(2)), Accommodation::read(word(3)));
        let (in_touch, activity, accommodation) = status;
        match verb {
            "oc3" => {
                self.records.oc3.push(Oc3Row { return_year: number(words, 0)?, in_touch, activity, accommodation });
            }
            "contact" => {
                self.records.contacts.push(LeaverContact { on: day(words, 0)?, in_touch, activity, accommodation });
            }
            "eligible" => {
                let code = words.last().copied().and_then(Eligibility::parse);
                let (start, end) = spell(words)?;
                let eligibility = code.ok_or("it ends with an eligibility code")?;
                self.records.eligibility.push(EligibilitySpell { eligibility, start, end });
            }
            _ => return Err("the verb is not in the notation"),
        }
        Ok(())
    }
}

/// The nth word as a day.
pub(super) fn day(words: &[&str], n: usize) -> Result<Date, Problem> {
    words.get(n).and_then(|word| word.parse().ok()).ok_or("a day such as 2023-04-01 is needed")
}

fn number(words: &[&str], n: usize) -> Result<i32, Problem> {
    words.get(n).and_then(|word| word.parse().ok()).ok_or("a year such as 2024 is needed")
}

/// `DAY` or `DAY to DAY`.
fn spell(words: &[&str]) -> Result<(Date, Option<Date>), Problem> {
    let end = if words.get(1) == Some(&"to") { Some(day(words, 2)?) } else { None };
    Ok((day(words, 0)?, end))
}
