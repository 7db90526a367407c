//! Rules about files and lines, before any value is looked at.

use super::rules;
use crate::import::rule::{Effect, Rule};

rules! {
    UNKNOWN = "FILE-UNKNOWN", Noted: "This file was not recognised by its name or its columns, so it was not read.";
    UNREADABLE = "FILE-UNREADABLE", FileRefused: "The file could not be opened or read.";
    WORKBOOK = "FILE-WORKBOOK", FileRefused: "This is a workbook or a compressed file; save the sheet as CSV and try again.";
    NOT_TEXT = "FILE-NOT-TEXT", FileRefused: "The content is not text.";
    EMPTY = "FILE-EMPTY", Kept: "The file has no rows.";
    NO_HEADER = "FILE-NO-HEADER", FileRefused: "The file has no header row with the names of the columns.";
    COLUMN_NEEDED = "FILE-COLUMN-NEEDED", FileRefused: "A column that the file cannot do without is missing.";
    COLUMN_BLANK = "FILE-COLUMN-BLANK", Kept: "This column is missing; it is read as blank in every row.";
    COLUMN_EXTRA = "FILE-COLUMN-EXTRA", Noted: "The file has a column that is not used.";
    COLUMN_TWICE = "FILE-COLUMN-TWICE", Kept: "The column is there twice; the first is read.";
    SAME_KIND = "FILE-TWICE", FileRefused: "The folder has another file of this kind with the plain name, and that one is read.";
    OLDER_ENCODING = "FILE-1252", Noted: "The file is not Unicode, so it was read as Windows-1252.";
    CUT = "FILE-CUT", RowRefused: "The file ends in the middle of this row, as if it had been cut off.";
    XML = "FILE-XML", FileRefused: "The file is not well-formed XML.";
    LONG = "ROW-LONG", RowRefused: "The row has more cells than the header has columns.";
    SHORT = "ROW-SHORT", Kept: "The row has fewer cells than the header has columns; the last columns are read as blank.";
    QUOTES = "ROW-QUOTES", RowRefused: "A quotation mark is not closed on this line.";
    CONTROL = "ROW-CONTROL", RowRefused: "The row holds characters that are not text.";
    HUGE = "ROW-HUGE", RowRefused: "A cell of this row has more than 4,000 characters.";
}
