//! Reading everything that is held about one authority out of the store.

use std::collections::HashMap;

use super::{Holdings, Neighbour, NeighbourEdition, Place, Region, holdings::Published};
use crate::{
    breakdowns::{Dimension, Group},
    comparators::{AreaCodes, Edition, PublishedFigure, Target, Tolerance},
    period::{Date, Period},
    snapshot::{Input, MidYear, Population, Snapshot},
    statistics::{Absence, ValueStatus},
    store::{Loaded, LoadedFile, Store, StoreError, rows},
};

/// ONS code of England, under which national figures are published.
const ENGLAND: &str = "E92000001";

/// The source of figures that were controlled before they were published.
const DEPARTMENT: &str = "Department for Education";

/// The name under which whole figures, not split by anything, are stored.
const ALL: &str = "all";

/// What is held about an authority as known at an import; none where there is no such authority.
pub(super) async fn holdings(store: &Store, authority: &str, known_on: i64) -> Result<Option<Holdings>, StoreError> {
    let at = Some(known_on);
    let areas = store.authorities(at).await?;
    let Some(detail) = areas.iter().find(|area| area.authority_id == authority) else { return Ok(None) };
    let regions = store.regions(at).await?;
    let place = place(detail, &regions);
    let numbered = areas.iter().filter_map(|area| Some((area.authority_id.clone(), area.la_code.clone()?)));
    let codes = AreaCodes::new(numbered);
    let editions = editions(store, authority, &areas, &regions, &codes, at).await?;
    let mut of_interest: Vec<&str> = vec![ENGLAND];
    of_interest.extend(detail.region_id.as_deref());
    let neighbours = editions.iter().flat_map(|e| e.members.iter()).map(|member| member.place.ons_code.as_str());
    of_interest.extend(neighbours.chain([authority]).flat_map(|code| codes.of(code)));
    of_interest.sort_unstable();
    of_interest.dedup();
    let published = published(store.published(&of_interest, at).await?, &place, &editions, &codes);
    let Loaded { children, returns, files } = store.load(authority, at).await?;
    let mut snapshot = Snapshot::new(authority, known_on, children, returns);
    snapshot.inputs = files.into_iter().map(input).collect();
    snapshot.population = population(store.population(&[authority], at).await?);
    Ok(Some(Holdings {
        known_at: store.received_at(known_on, &[authority]).await?,
        traces: store.traces(authority).await?,
        targets: targets(store.targets(&[authority], at).await?),
        place,
        snapshot,
        published,
        editions,
        ..Holdings::default()
    }))
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

fn published(
    rows: Vec<rows::PublishedValue>,
    place: &Place,
    editions: &[NeighbourEdition],
    codes: &AreaCodes,
) -> HashMap<String, Published> {
    let region = place.region.as_ref().map(|region| region.code.as_str());
    let mut published: HashMap<String, Published> = HashMap::new();
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
fn add_member_figure(of: &mut Published, editions: &[NeighbourEdition], codes: &AreaCodes, figure: &PublishedFigure) {
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
                figures: vec![figure],
            }),
        }
    }
}

fn figure(row: &rows::PublishedValue) -> Option<PublishedFigure> {
    let symbol = row.symbol.as_deref().and_then(Absence::parse);
    let count = |number: Option<f64>| number.filter(|n| *n >= 0.0 && n.fract() == 0.0).map(|n| n as u64);
    Some(PublishedFigure {
        area: row.authority_id.clone(),
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
