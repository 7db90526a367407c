//! The regions of England, with the two that the education department makes of London.

/// Name and ONS code of each region.
pub const REGIONS: [(&str, &str); 11] = [
    ("North East", "E12000001"),
    ("North West", "E12000002"),
    ("Yorkshire and The Humber", "E12000003"),
    ("East Midlands", "E12000004"),
    ("West Midlands", "E12000005"),
    ("East of England", "E12000006"),
    ("London", "E12000007"),
    ("South East", "E12000008"),
    ("South West", "E12000009"),
    ("Inner London", "E13000001"),
    ("Outer London", "E13000002"),
];

/// ONS code of the region with this name, in any case.
pub fn region_code(name: &str) -> Option<&'static str> {
    let name = name.trim();
    REGIONS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, code)| *code)
}
