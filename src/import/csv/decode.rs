//! Bytes of a file into text: UTF-8 with or without a byte-order mark, UTF-16 with one, else Windows-1252.

use std::borrow::Cow;

use encoding_rs::{Encoding, WINDOWS_1252};

/// How the bytes of a file turned out.
pub enum Text<'a> {
    /// Text as Unicode.
    Read(Cow<'a, str>),
    /// Not Unicode, so read as Windows-1252, the usual encoding of older spreadsheets.
    Older(Cow<'a, str>),
    /// A workbook or another compressed file.
    Workbook,
    /// Nothing that could be read as text.
    Binary,
}

/// Reads bytes as text. A lone carriage return counts as a line end, as old spreadsheets wrote it.
pub fn decode(bytes: &[u8]) -> Text<'_> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Text::Workbook;
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
        if !broken {
            return Text::Read(line_ends(text));
        }
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Text::Read(line_ends(Cow::Borrowed(text))),
        Err(_) if looks_binary(bytes) => Text::Binary,
        Err(_) => Text::Older(line_ends(WINDOWS_1252.decode_without_bom_handling(bytes).0)),
    }
}

/// More than one control character in twenty bytes: no text file has so many.
fn looks_binary(bytes: &[u8]) -> bool {
    let start = bytes.get(..4096).unwrap_or(bytes);
    let controls = start.iter().filter(|b| **b < 0x20 && !matches!(b, b'\n' | b'\r' | b'\t')).count();
    controls * 20 > start.len()
}

fn line_ends(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\n') || !text.contains('\r') { text } else { Cow::Owned(text.replace('\r', "\n")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> String {
        match decode(bytes) {
            Text::Read(text) | Text::Older(text) => text.into_owned(),
            Text::Workbook | Text::Binary => "refused".into(),
        }
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        assert_eq!(read(b"\xEF\xBB\xBFCHILD"), "CHILD");
        assert_eq!(read(b"\xFF\xFEC\0H\0"), "CH");
    }

    #[test]
    fn older_spreadsheets_are_read_as_windows_1252() {
        assert!(matches!(decode(b"caf\xE9"), Text::Older(text) if text == "caf\u{e9}"));
    }

    #[test]
    fn workbooks_and_other_bytes_are_told_apart_from_text() {
        assert!(matches!(decode(b"PK\x03\x04rest"), Text::Workbook));
        assert!(matches!(decode(&[0x80, 0x01, 0x02, 0x03, 0xFF, 0x00]), Text::Binary));
    }

    #[test]
    fn carriage_returns_alone_end_lines() {
        assert_eq!(read(b"A\rB\r"), "A\nB\n");
    }
}
