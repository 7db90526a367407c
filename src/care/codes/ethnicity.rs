//! The ethnic backgrounds of the return.

use super::code_set;

code_set! {
    /// Ethnic background (column `ETHNIC`).
    Ethnicity {
        Wbri = "WBRI": "White British",
        Wiri = "WIRI": "White Irish",
        Woth = "WOTH": "Any other White background",
        Wirt = "WIRT": "Traveller of Irish heritage",
        Wrom = "WROM": "Gypsy/Roma",
        Mwbc = "MWBC": "White and Black Caribbean",
        Mwba = "MWBA": "White and Black African",
        Mwas = "MWAS": "White and Asian",
        Moth = "MOTH": "Any other Mixed background",
        Aind = "AIND": "Indian",
        Apkn = "APKN": "Pakistani",
        Aban = "ABAN": "Bangladeshi",
        Aoth = "AOTH": "Any other Asian background",
        Bcrb = "BCRB": "Caribbean",
        Bafr = "BAFR": "African",
        Both = "BOTH": "Any other Black background",
        Chne = "CHNE": "Chinese",
        Ooth = "OOTH": "Any other ethnic group",
        Refu = "REFU": "Refused",
        Nobt = "NOBT": "Not yet obtained",
    }
}
