//! Rules about files and lines, before any value is looked at.

use crate::import::rules::rule::{Effect, Rule};
use crate::import::rules::rules;

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
    LA_UNKNOWN = "FILE-LA", FileRefused: "The column LA names an authority that is neither an English one nor on a list of areas; write names as published, or ONS codes.";
    OTHERS_ONLY = "FILE-OTHERS", FileRefused: "No row is of the authority and year of this import: the column says whose and which year the rows are.";
    OTHERS = "ROWS-OTHERS", Noted: "Rows that the column LA or YEAR gives to another authority or year were passed over.";
    OLDER_ENCODING = "FILE-1252", Noted: "The file is not Unicode, so it was read as Windows-1252.";
    SEPARATOR = "FILE-SEPARATOR", Noted: "The cells are parted by another mark than a comma, or a first line names the mark; they are read by that mark.";
    TITLE = "FILE-TITLE", Noted: "Lines stand before the row with the names of the columns; they are passed over.";
    HEADER_AGAIN = "ROW-HEADER", Noted: "The row repeats the names of the columns; it is passed over and counts as no row.";
    OTHER_TABLE = "ROW-OTHER-TABLE", RowRefused: "The row stands under the header of another table, as if two files had been put together.";
    NOTHING = "WORD-FOR-NOTHING", Noted: "A word that stands for nothing is read as blank.";
    TIME = "DATE-TIME", Kept: "The dates have a time other than midnight and no time zone; the date is taken as written, which is a day early where the time is that of another zone.";
    FRACTION = "DATE-FRACTION", Kept: "The dates are day numbers with a fraction, which is a time; the date is taken as written.";
    OTHER_DAY = "DATE-ZONE", Noted: "The times have a zone in which it was another day; the date is that in England.";
    FROM_1904 = "DATE-1904", Kept: "The dates are day numbers and look four years and a day too early, as a workbook that counts from 1904 writes them; save them as dd/mm/yyyy.";
    CUT = "FILE-CUT", RowRefused: "The file ends in the middle of this row, as if it had been cut off.";
    XML = "FILE-XML", FileRefused: "The file is not well-formed XML.";
    LONG = "ROW-LONG", RowRefused: "The row has more cells than the header has columns.";
    SHORT = "ROW-SHORT", Kept: "Rows have fewer cells than the header has columns; their last columns are read as blank.";
    QUOTES = "ROW-QUOTES", RowRefused: "A quotation mark of this line is never closed.";
    CONTROL = "ROW-CONTROL", RowRefused: "The row holds characters that are not text.";
    HUGE = "ROW-HUGE", RowRefused: "A cell of this row has more than 4,000 characters.";
}
