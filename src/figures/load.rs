//! Reading everything that is held about one authority out of the store.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use super::{
    AuthorityData, Neighbour, NeighbourEdition, Place, Records, Reference, Region,
    authority_data::{PublishedFigures, State},
};
use crate::{
    breakdowns::{Dimension, Group},
    comparators::{AreaCodes, Document, Edition, PublishedFigure, Target, Tolerance},
    period::{Date, Period},
    snapshot::{Input, MidYear, Population, Snapshot},
    statistics::{Absence, ValueStatus},
    store::{LoadedFile, LoadedRecords, ReferenceChanges, Store, StoreError, rows},
};

/// ONS code of England, under which national figures are published.
const ENGLAND: &str = "E92000001";

/// The source of figures that were controlled before they were published.
const DEPARTMENT: &str = "Department for Education";

/// The name under which whole figures, not split by anything, are stored.
const ALL: &str = "all";

/// Counts how often something of an authority is read, by `authority` and `part`: `records` or `reference`.
pub const LOADS: &str = "lookedafter_authority_loads_total";

/// What is held about an authority as known at an import; none where there is no such authority. Of what is kept of other
/// states, whatever no import has touched since is used again.
pub(super) async fn data(
    store: &Store,
    authority: &str,
    known_on: i64,
    kept: &[Arc<AuthorityData>],
) -> Result<Option<Arc<AuthorityData>>, StoreError> {
    let before = kept.iter().filter(|kept| kept.state.reference <= known_on).max_by_key(|kept| kept.state.reference);
    let reference = match before {
        Some(kept) if store.newest_of_reference(&kept.reference.beside(), known_on).await? == kept.state.reference => {
            (kept.state.reference, Arc::clone(&kept.reference))
        }
        _ => match read_reference(store, authority, known_on).await? {
            Some(read) => (store.newest_of_reference(&read.beside(), known_on).await?, Arc::new(read)),
            None => return Ok(None),
        },
    };
    let newest = store.newest_of_records(authority, known_on).await?;
    let records = match kept.iter().find(|kept| kept.state.records == newest) {
        Some(kept) => Arc::clone(&kept.records),
        None => Arc::new(read_records(store, authority, newest).await?),
    };
    let state = State { records: newest, reference: reference.0 };
    if let Some(same) = kept.iter().find(|kept| kept.state == state) {
        return Ok(Some(Arc::clone(same)));
    }
    let known_at = store.received_at(state.newest(), &[authority]).await?;
    Ok(Some(Arc::new(AuthorityData { state, known_at, records, reference: reference.1 })))
}

/// An authority's own records.
async fn read_records(store: &Store, authority: &str, known_on: i64) -> Result<Records, StoreError> {
    count_load(authority, "records");
    let LoadedRecords { children, returns, lists, files } = store.load(authority, Some(known_on)).await?;
    let mut snapshot = Snapshot::new(authority, known_on, children, returns);
    snapshot.lists = lists;
    snapshot.inputs = files.into_iter().map(input).collect();
    Ok(Records::new(snapshot, store.traces(authority).await?))
}

/// What an authority's figures are set beside; none where there is no such authority.
async fn read_reference(store: &Store, authority: &str, known_on: i64) -> Result<Option<Reference>, StoreError> {
    store.check_reference().await?;
    let at = Some(known_on);
    let areas = store.authorities(at).await?;
    let Some(detail) = areas.iter().find(|area| area.authority_id == authority) else { return Ok(None) };
    count_load(authority, "reference");
    let regions = store.regions(at).await?;
    let place = place(detail, &regions);
    let numbered = areas.iter().filter_map(|area| Some((area.authority_id.clone(), area.la_code.clone()?)));
    let codes = AreaCodes::new(numbered);
    let editions = editions(store, authority, &areas, &regions, &codes, at).await?;
    let mut reference = Reference { place, editions, codes, ..Reference::default() };
    let ReferenceChanges { areas, .. } = reference.beside();
    let areas: Vec<&str> = areas.iter().map(String::as_str).collect();
    reference.published = published(store.published(&areas, at).await?, &reference);
    reference.targets = targets(store.targets(&[authority], at).await?);
    reference.population = population(store.population(&[authority], at).await?);
    Ok(Some(reference))
}

fn count_load(authority: &str, part: &'static str) {
    metrics::counter!(LOADS, "authority" => authority.to_owned(), "part" => part).increment(1);
}

impl Reference {
    /// The rows that it is made of.
    fn beside(&self) -> ReferenceChanges {
        let members = || self.editions.iter().flat_map(|edition| &edition.members).map(|member| &member.place);
        let places = || std::iter::once(&self.place).chain(members());
        let regions = places().filter_map(|place| Some(place.region.as_ref()?.code.clone()));
        let own = self.place.region.as_ref().map(|region| region.code.clone());
        let of_place = |place: &Place| self.codes.of(&place.ons_code).map(str::to_owned).collect::<Vec<_>>();
        let areas = places().flat_map(of_place).chain(own).chain([ENGLAND.to_owned()]);
        let numbers = places().filter_map(|place| self.codes.number(&place.ons_code).map(str::to_owned));
        let once = |codes: BTreeSet<String>| codes.into_iter().collect();
        ReferenceChanges {
            authority: self.place.ons_code.clone(),
            areas: once(areas.collect()),
            numbers: once(numbers.collect()),
            regions: once(regions.collect()),
            editions: once(self.editions.iter().map(|edition| edition.name.clone()).collect()),
        }
    }
}

/// The names and numbers of every authority, by ONS code.
pub(super) async fn places(store: &Store) -> Result<Vec<Place>, StoreError> {
    let regions = store.regions(None).await?;
    Ok(store.authorities(None).await?.iter().map(|detail| place(detail, &regions)).collect())
}

fn place(detail: &rows::AuthorityDetail, regions: &[rows::Region]) -> Place {
    let region = detail.region_id.as_ref().map(|id| Region {
        code: id.clone(),
        name: regions.iter().find(|region| region.region_id == *id).map_or_else(|| id.clone(), |r| r.name.clone()),
    });
    Place { ons_code: detail.authority_id.clone(), name: detail.name.clone(), la_code: detail.la_code.clone(), region }
}

async fn editions(
    store: &Store,
    authority: &str,
    areas: &[rows::AuthorityDetail],
    regions: &[rows::Region],
    codes: &AreaCodes,
    at: Option<i64>,
) -> Result<Vec<NeighbourEdition>, StoreError> {
    let sets = store.comparator_sets(at).await?;
    let mut editions: Vec<NeighbourEdition> = Vec::new();
    for member in store.comparator_members(&[authority], at).await? {
        let code = member.neighbour_id;
        // Named under its own code, else under another code of the same authority.
        let of_it = areas.iter().filter(|area| area.name != area.authority_id && codes.same(&area.authority_id, &code));
        let named = of_it.max_by_key(|area| area.authority_id == code).map(|area| place(area, regions));
        let place = named.unwrap_or_else(|| Place { name: code.clone(), ons_code: code, ..Place::default() });
        let neighbour = Neighbour { rank: member.rank, place, closeness: member.closeness };
        match editions.last_mut() {
            Some(edition) if edition.name == member.edition => edition.members.push(neighbour),
            _ => editions.push(NeighbourEdition {
                current_from: sets.iter().find(|set| set.edition == member.edition).and_then(|set| set.current_from),
                name: member.edition,
                members: vec![neighbour],
            }),
        }
    }
    Ok(editions)
}

fn published(rows: Vec<rows::PublishedValue>, reference: &Reference) -> HashMap<String, PublishedFigures> {
    let Reference { place, editions, codes, .. } = reference;
    let region = place.region.as_ref().map(|region| region.code.as_str());
    let mut published: HashMap<String, PublishedFigures> = HashMap::new();
    for row in older_documents_first(rows) {
        let Some((figure, group)) = figure(&row).zip(group_of(&row)) else { continue };
        let of_all = published.entry(row.indicator).or_default();
        let of = match group {
            Some(group) => of_all.groups.entry(group).or_default(),
            None => of_all,
        };
        let own = codes.same(&row.authority_id, &place.ons_code);
        match (row.authority_id.as_str(), row.area.as_str()) {
            (_, "local") if own => of.local.push(figure),
            (_, "statistical_neighbours") if own => of.neighbours.push(figure),
            (ENGLAND, _) | (_, "england") => of.england.push(figure),
            (_, "region") if own => of.region.push(figure),
            (code, _) if Some(code) == region => of.region.push(figure),
            (_, "local") => add_member_figure(of, editions, codes, &figure),
            _ => {}
        }
    }
    published
}

/// All children, or one whole group of them; none where the row is of anything else.
fn group_of(row: &rows::PublishedValue) -> Option<Option<Group>> {
    if row.dimension == ALL && row.category == ALL {
        return Some(None);
    }
    Dimension::parse(&row.dimension)?.whole_group(&row.category).map(Some)
}

/// Of two documents that print one figure the newer counts: the one that reaches the later period; of two rows of one
/// document that under the authority's present code.
fn older_documents_first(mut rows: Vec<rows::PublishedValue>) -> Vec<rows::PublishedValue> {
    let mut reach: HashMap<String, Option<Date>> = HashMap::new();
    for row in &rows {
        let latest = reach.entry(row.document.clone()).or_default();
        *latest = (*latest).max(row.period_end);
    }
    let present = |row: &rows::PublishedValue| !AreaCodes::is_former(&row.authority_id);
    rows.sort_by_key(|row| (reach.get(&row.document).copied().flatten(), present(row)));
    rows
}

/// Files a neighbour's figure under every edition that the neighbour is in, as that edition calls it: a neighbour with
/// two codes counts once (ruling 65).
fn add_member_figure(
    of: &mut PublishedFigures,
    editions: &[NeighbourEdition],
    codes: &AreaCodes,
    figure: &PublishedFigure,
) {
    for edition in editions {
        let Some(member) = edition.members.iter().find(|m| codes.same(&m.place.ons_code, &figure.area)) else {
            continue;
        };
        let figure = PublishedFigure { area: member.place.ons_code.clone(), ..figure.clone() };
        match of.editions.iter_mut().find(|known| known.name == edition.name) {
            Some(known) => known.figures.push(figure),
            None => of.editions.push(Edition {
                name: edition.name.clone(),
                current_from: edition.current_from,
                members: authorities(&edition.members, codes),
                whole: false,
                figures: vec![figure],
            }),
        }
    }
}

/// How many authorities some neighbours are: one with two codes is one.
fn authorities(members: &[Neighbour], codes: &AreaCodes) -> usize {
    let same = |one: &Neighbour, other: &Neighbour| codes.same(&one.place.ons_code, &other.place.ons_code);
    members.iter().enumerate().filter(|(at, one)| !members.iter().take(*at).any(|other| same(one, other))).count()
}

fn figure(row: &rows::PublishedValue) -> Option<PublishedFigure> {
    let symbol = row.symbol.as_deref().and_then(Absence::parse);
    let count = |number: Option<f64>| number.filter(|n| *n >= 0.0 && n.fract() == 0.0).map(|n| n as u64);
    Some(PublishedFigure {
        area: row.authority_id.clone(),
        document: Document { publisher: row.source.clone(), name: row.document.clone() },
        period: Period::parse(&row.period).ok()?,
        value: row.value.ok_or(symbol.unwrap_or(Absence::NotAvailable)),
        numerator: count(row.numerator),
        denominator: count(row.denominator),
        controlled: row.source == DEPARTMENT,
        status: row.status.as_deref().and_then(ValueStatus::parse).unwrap_or(ValueStatus::Final),
    })
}

fn targets(rows: Vec<rows::Target>) -> HashMap<String, Vec<Target>> {
    let mut targets: HashMap<String, Vec<Target>> = HashMap::new();
    for row in rows {
        let Ok(period) = Period::parse(&row.period) else { continue };
        let points = row.amber_points.map(Tolerance::Points);
        let tolerance = points.or(row.amber_fraction.map(Tolerance::Fraction)).unwrap_or_default();
        let target = Target { period, value: row.value, tolerance, note: row.note };
        targets.entry(row.indicator).or_default().push(target);
    }
    targets
}

fn population(rows: Vec<rows::Population>) -> Population {
    let mut years: Vec<MidYear> = Vec::new();
    for row in rows {
        let count = row.count.round().max(0.0) as u64;
        if years.last().is_none_or(|year| year.year != row.mid_year) {
            years.push(MidYear { year: row.mid_year, ..MidYear::default() });
        }
        let Some(year) = years.last_mut() else { continue };
        if row.dimension == ALL {
            year.all = Some(count);
        } else if let Some(group) = Dimension::parse(&row.dimension).and_then(|d| d.group(&row.category)) {
            match year.groups.iter_mut().find(|(known, _)| *known == group) {
                Some((_, sum)) => *sum += count,
                None => year.groups.push((group, count)),
            }
        }
    }
    Population::new(years)
}

fn input(file: LoadedFile) -> Input {
    let year = file.return_year.map(|year| format!(" {year}")).unwrap_or_default();
    Input {
        source: format!("{}{year} {}", file.kind, file.table),
        received_at: file.received_at,
        sha256: file.sha256,
        rows_used: u64::try_from(file.rows_used).unwrap_or_default(),
    }
}
