//! Invented records in which everything that could tell about a child is a mark that stands nowhere else, so that any
//! answer can be searched for it.
//!
//! Every child came into care in 2018, moved in 2021 and lives with one of the authority's own carers. Each year two
//! dozen of them leave between May and August, half of them to special guardians; every tenth is a young adult by now
//! and a care leaver; every other one was missing in 2022; every third has an adoption decision. The returns are those of
//! 2019-20 to 2022-23 and, up to 30 September 2023, of 2023-24.

use lookedafter::{
    period::Date,
    store::{
        Store,
        rows::{
            AdoptionRecord, CarerHousehold, ChildDetail, Episode, MissingEpisode, Oc2Return, Oc3Return, PlacementLink,
            RecordShare, Review, Rows, UascStatus,
        },
    },
};

use super::beside::{areas, neighbours, population, published, targets, write};

/// How many children there are.
pub const CHILDREN: usize = 180;
/// How many of them leave each year.
const LEAVE: usize = 24;

/// The records of one authority; `salt` sets them apart from those of another one with the same identifiers.
pub struct Marked<'a> {
    /// ONS code.
    pub authority: &'a str,
    /// From 0 to 3.
    pub salt: usize,
}

/// The kinds of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The authority's own identifier of a child.
    Child,
    /// Unique pupil numbers, postcodes, birth dates, numbers of homes and dates of adoption: in no answer at all.
    Never,
    /// First and last days of episodes of care, which are those of placements too.
    Stay,
    /// Miles between home and placement.
    Distance,
    /// Days of times missing.
    Missing,
    /// Days on which reviews were held.
    Review,
    /// Identifiers of carer households and why their approval ended.
    Household,
    /// A kind of approval that no other household has.
    Approval,
}

pub(super) fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

/// Day number `n` of those within these months that no period begins or ends with.
fn odd(year: i32, month: u32, n: usize) -> Date {
    let n = u32::try_from(n).expect("a small number");
    Date::from_ymd_opt(year, month + n / 26, 2 + n % 26).expect("a date")
}

/// The identifier of a child: the same in every authority.
pub fn child(n: usize) -> String {
    format!("QZ7-{n:04}")
}

fn is_adult(n: usize) -> bool {
    n % 10 == 9
}

/// Whether the child was missing in 2022.
pub fn was_missing(n: usize) -> bool {
    n.is_multiple_of(2)
}

/// Whether an adoption has been decided.
pub fn has_decision(n: usize) -> bool {
    n.is_multiple_of(3)
}

/// Whether the child is shared with the adoption agency.
pub fn is_shared(n: usize) -> bool {
    n.is_multiple_of(6)
}

/// The year in which the child leaves, if ever.
fn leaves_in(n: usize) -> Option<i32> {
    let turn = (2019..=2023).zip(0..).find(|(_, place)| (CHILDREN - 1 - n) / LEAVE == *place).map(|(year, _)| year);
    // Care ends on the 18th birthday, which young adults had in 2022.
    if is_adult(n) { Some(turn.map_or(2021, |year| year.min(2021))) } else { turn }
}

impl Marked<'_> {
    /// The day of birth.
    pub fn born(&self, n: usize) -> Date {
        let (year, month) = (n % 5, 1 + n / 5 / 26);
        let year = if is_adult(n) { 2000 } else { 2006 } + i32::try_from(year).expect("a year");
        odd(year, u32::try_from(month + 3 * self.salt).expect("a month"), n / 5 % 26)
    }

    fn came(&self, n: usize) -> Date {
        odd(2018, 1, (n + 26 * 2 * self.salt) % 312)
    }

    fn moved(&self, n: usize) -> Date {
        odd(2021, 1, (n + 26 * 2 * self.salt) % 312)
    }

    /// The day on which care ends.
    pub fn left(&self, n: usize) -> Option<Date> {
        leaves_in(n).map(|year| odd(year, 5, n % LEAVE + 26 * self.salt))
    }

    fn missed(&self, n: usize) -> Date {
        odd(2022, 1, n / 2 % 52 + 52 * self.salt.min(1))
    }

    fn reviewed(&self, n: usize) -> Date {
        odd(2022, 7, n % 52 + 52 * self.salt.min(1))
    }

    fn miles(&self, n: usize) -> f64 {
        (41_370_011 + 10_000 * self.salt + 10 * n) as f64 / 1_000_000.0
    }

    fn household(&self, n: usize) -> String {
        format!("HQ7-{}{:03}", self.salt, n % 20)
    }

    fn end_reason(&self, n: usize) -> String {
        format!("QR7 moved away {}{n:03}", self.salt)
    }

    /// Every mark, with what it is.
    pub fn marks(&self) -> Vec<(Kind, String)> {
        let mut marks = Vec::new();
        for n in 0..CHILDREN {
            let detail = self.detail(n);
            let episode = &self.chain(n)[0];
            let never =
                [detail.upn, episode.home_postcode.clone(), episode.placement_postcode.clone(), episode.urn.clone()];
            marks.extend(never.into_iter().flatten().map(|mark| (Kind::Never, mark)));
            marks.push((Kind::Never, self.born(n).to_string()));
            marks.push((Kind::Child, child(n)));
            let stays = [Some(self.came(n)), Some(self.moved(n)), self.left(n)];
            marks.extend(stays.into_iter().flatten().map(|day| (Kind::Stay, day.to_string())));
            marks.push((Kind::Distance, self.miles(n).to_string()));
            marks.push((Kind::Household, self.household(n)));
            marks.push((Kind::Review, self.reviewed(n).to_string()));
            if was_missing(n) {
                marks.push((Kind::Missing, self.missed(n).to_string()));
            }
            if has_decision(n) {
                marks.push((Kind::Never, self.decided(n).to_string()));
            }
        }
        marks.extend((0..20).map(|n| (Kind::Household, self.end_reason(n))));
        marks.push((Kind::Approval, self.approval()));
        marks.sort();
        marks.dedup();
        marks
    }

    fn approval(&self) -> String {
        format!("QK7 KINSHIP {}", self.salt)
    }

    fn decided(&self, n: usize) -> Date {
        odd(2016, 1, (n + 26 * 2 * self.salt) % 104)
    }

    fn detail(&self, n: usize) -> ChildDetail {
        ChildDetail {
            child_id: child(n),
            sex: Some(if (n / 2).is_multiple_of(2) { "2" } else { "1" }.to_owned()),
            birth_date: Some(self.born(n)),
            ethnicity: Some(["WBRI", "MWBC", "ABAN", "BAFR"][(n / 3) % 4].to_owned()),
            upn: Some(format!("U7{}{:06}Q", self.salt, 900_000 + n)),
            ..ChildDetail::default()
        }
    }

    fn chain(&self, n: usize) -> Vec<Episode> {
        let left = self.left(n);
        let starts: Vec<Date> =
            [self.came(n), self.moved(n)].into_iter().filter(|start| left.is_none_or(|left| *start < left)).collect();
        let ends = starts.iter().skip(1).copied().map(Some).chain([left]);
        let reason = match n % LEAVE {
            11 => None,
            place if place % 2 == 0 => Some("E45"),
            _ => Some("E4A"),
        };
        let episode = |(place, (start, end)): (usize, (&Date, Option<Date>))| Episode {
            child_id: child(n),
            started_on: *start,
            ended_on: end,
            reason_new: Some(if place == 0 { "S" } else { "P" }.to_owned()),
            legal_status: Some("C2".to_owned()),
            need: Some("N1".to_owned()),
            place: Some("U6".to_owned()),
            provider: Some("PR1".to_owned()),
            reason_ceased: end.and_then(|end| if Some(end) == left { reason } else { Some("X1") }).map(str::to_owned),
            reason_change: end.filter(|end| Some(*end) != left).map(|_| "CARPL".to_owned()),
            home_postcode: Some(format!("Q7 {}{n:03}HM", self.salt)),
            placement_postcode: Some(format!("Q7 {}{n:03}PL", self.salt)),
            urn: Some(format!("SQ7{}{n:05}", self.salt)),
            pl_distance: Some(self.miles(n)),
            pl_location: Some("IN".to_owned()),
            ..Episode::default()
        };
        starts.iter().zip(ends).enumerate().map(episode).collect()
    }

    fn a_return(&self, year: i32) -> Rows {
        let (from, to) = (day(&format!("{}-04-01", year - 1)), day(&format!("{year}-03-31")));
        let to = if year == 2024 { day("2023-09-30") } else { to };
        let within = |day: Date| from <= day && day <= to;
        let mut rows = Rows::of_a_return();
        for n in 0..CHILDREN {
            self.add_leaver(&mut rows, n);
            let open = |episode: Episode| match episode.ended_on {
                // A return does not know what happens after its last day.
                Some(end) if end > to => {
                    Episode { ended_on: None, reason_ceased: None, reason_change: None, ..episode }
                }
                _ => episode,
            };
            let chain = self.chain(n).into_iter();
            let of_year = chain.filter(|e| e.started_on <= to && e.ended_on.is_none_or(|end| end >= from)).map(open);
            let of_year: Vec<Episode> = of_year.collect();
            if of_year.is_empty() {
                continue;
            }
            rows.child_detail.get_or_insert_default().push(self.detail(n));
            rows.episode.get_or_insert_default().extend(of_year);
            self.add_events(&mut rows, n, year, within);
        }
        rows
    }

    /// What happened to the child in a year.
    fn add_events(&self, rows: &mut Rows, n: usize, year: i32, within: impl Fn(Date) -> bool) {
        let present = |day: Date| within(day) && self.left(n).is_none_or(|left| day < left);
        if present(self.reviewed(n)) {
            let participation = Some("PN1".to_owned());
            let review = Review { child_id: child(n), held_on: self.reviewed(n), participation, ..Review::default() };
            rows.review.get_or_insert_default().push(review);
        }
        if was_missing(n) && present(self.missed(n)) {
            let (started_on, kind) = (self.missed(n), Some("M".to_owned()));
            let row = MissingEpisode {
                child_id: child(n),
                started_on,
                ended_on: Some(started_on),
                kind,
                ..Default::default()
            };
            rows.missing_episode.get_or_insert_default().push(row);
        }
        if has_decision(n) && year == 2021 {
            let row = AdoptionRecord {
                child_id: child(n),
                record: "AD1".to_owned(),
                number: 1,
                birth_date: Some(self.born(n)),
                decided_on: Some(self.decided(n)),
                ..AdoptionRecord::default()
            };
            rows.adoption_record.get_or_insert_default().push(row);
        }
        if n % 20 == 1 {
            let row = UascStatus { child_id: child(n), birth_date: Some(self.born(n)), ..UascStatus::default() };
            rows.uasc_status.get_or_insert_default().push(row);
        }
        let seen = Some(!n.is_multiple_of(5));
        let health = Oc2Return {
            child_id: child(n),
            birth_date: Some(self.born(n)),
            health_check: seen,
            immunisations: seen,
            teeth_check: seen,
            health_assessment: seen,
            convicted: Some(false),
            ..Oc2Return::default()
        };
        rows.oc2_return.get_or_insert_default().push(health);
    }

    fn add_leaver(&self, rows: &mut Rows, n: usize) {
        if !is_adult(n) && !n.is_multiple_of(10) {
            return;
        }
        let row = Oc3Return {
            child_id: child(n),
            birth_date: Some(self.born(n)),
            in_touch: Some("YES".to_owned()),
            activity: Some("F2".to_owned()),
            accommodation: Some("U1".to_owned()),
            ..Oc3Return::default()
        };
        rows.oc3_return.get_or_insert_default().push(row);
    }

    fn carers(&self) -> Rows {
        let household = |n: usize| CarerHousehold {
            household_id: self.household(n),
            approved_on: odd(2017, 1, n),
            kind: Some(if n == 19 { self.approval() } else { "Mainstream".to_owned() }),
            ended_on: Some(day("2023-12-15")),
            end_reason: Some(self.end_reason(n)),
            approved_places: Some(12),
            ..CarerHousehold::default()
        };
        Rows { carer_household: Some((0..20).map(household).collect()), ..Rows::default() }
    }

    fn links(&self) -> Rows {
        let link = |n: usize| {
            let of = |started_on| PlacementLink {
                child_id: child(n),
                started_on,
                household_id: self.household(n),
                ..PlacementLink::default()
            };
            [of(self.came(n)), of(self.moved(n))]
        };
        Rows { placement_link: Some((0..CHILDREN).flat_map(link).collect()), ..Rows::default() }
    }

    /// Loads all of it.
    pub async fn load(&self, store: &Store) {
        let authority = Some(self.authority);
        write(store, None, "areas", None, areas(self.authority, self.salt)).await;
        write(store, None, "population", None, population(self.authority, self.salt)).await;
        write(store, None, "targets", None, targets(self.authority)).await;
        write(store, None, "neighbours", None, neighbours(self.authority)).await;
        write(store, None, "published", None, published(self.authority)).await;
        for year in 2020..=2023 {
            write(store, authority, "ssda903", Some((year, None)), self.a_return(year)).await;
        }
        write(store, authority, "ssda903", Some((2024, Some("2023-09-30"))), self.a_return(2024)).await;
        write(store, authority, "carers", None, self.carers()).await;
        write(store, authority, "placement_links", None, self.links()).await;
        let today = chrono::Utc::now().date_naive();
        for n in (0..CHILDREN).filter(|n| is_shared(*n)) {
            let share = RecordShare {
                authority_id: self.authority.to_owned(),
                child_id: child(n),
                organisation: "Organisation of adoption_agency".to_owned(),
                starts_on: today - chrono::TimeDelta::days(1),
                ends_on: today + chrono::TimeDelta::days(30),
            };
            store.share(share).await.expect("a child");
        }
    }
}
