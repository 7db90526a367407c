//! Codes, names and regions of authorities (`areas`).

use crate::authorities::region_code;
use crate::import::authorities::is_ons_code;
use crate::import::csv::duplicates::{last_stands, one_a_key};
use crate::import::csv::row::{RowReader, plain, read_rows};
use crate::import::csv::table::Table;
use crate::import::report::Report;
use crate::import::rules::lists as rules;
use crate::store::rows::{AuthorityDetail, Region};

/// The columns, and names that other lists of areas give them.
pub const COLUMNS: &[&str] =
    &["ONS_CODE", "LA_CODE", "NAME", "REGION", "DFE_LA_CODE", "REGION_NAME", "REGION_ONS_CODE"];

/// Columns that need not be there.
pub const ALSO: &[&str] = &["LA_CODE", "REGION", "DFE_LA_CODE", "REGION_NAME", "REGION_ONS_CODE"];

/// Reads the names of authorities and their regions.
pub fn read(table: &Table, report: &mut Report) -> (Option<Vec<AuthorityDetail>>, Option<Vec<Region>>) {
    let rows = read_rows(table, report, one);
    let key = |(area, _): &(AuthorityDetail, Option<Region>)| area.authority_id.clone();
    let rows = plain(one_a_key(&table.file, rows, &rules::KEY, report, key, last_stands));
    let mut regions: Vec<Region> = rows.iter().filter_map(|(_, region)| region.clone()).collect();
    regions.sort_by(|a, b| a.region_id.cmp(&b.region_id));
    regions.dedup_by(|a, b| a.region_id == b.region_id);
    (Some(rows.into_iter().map(|(area, _)| area).collect()), Some(regions))
}

fn one(row: &mut RowReader<'_>) -> Option<(AuthorityDetail, Option<Region>)> {
    let authority_id = row.code("ONS_CODE").filter(|code| is_ons_code(code));
    let Some(authority_id) = authority_id else {
        row.tell(&rules::ONS_CODE, "ONS_CODE");
        return None;
    };
    let Some(name) = row.words("NAME") else {
        row.tell(&rules::AREA_NAME, "NAME");
        return None;
    };
    let region_name = row.words("REGION").or_else(|| row.words("REGION_NAME"));
    let code = region_name.as_deref().and_then(region_code).map(str::to_owned);
    let region_id = row.code("REGION_ONS_CODE").or(code).or_else(|| region_name.clone());
    let la_code = row.code("LA_CODE").or_else(|| row.code("DFE_LA_CODE"));
    let region = region_id.clone().map(|id| Region {
        name: region_name.unwrap_or_else(|| id.clone()),
        region_id: id,
        ..Region::default()
    });
    Some((AuthorityDetail { authority_id, name, la_code, region_id, ..AuthorityDetail::default() }, region))
}

#[cfg(test)]
mod tests {
    use crate::import::kind::Kind;
    use crate::import::lists::fixture::{read, told};

    #[test]
    fn areas_bring_names_and_regions() {
        let text = "ons_code,la_code,name,region\nE09000015,310,Harrow,Outer London\nE09000005,304,Brent,Outer London\n310,310,Harrow,\nE08000034,382,,\n";
        let (rows, report) = read(Kind::Areas, text);
        assert_eq!(rows.authority_detail.unwrap().len(), 2);
        let regions: Vec<_> = rows.region.unwrap().into_iter().map(|region| (region.region_id, region.name)).collect();
        assert_eq!(regions, [("E13000002".to_owned(), "Outer London".to_owned())]);
        assert_eq!(told(&report), [("ONS-CODE", 4), ("AREA-NAME", 5)]);
    }
}
