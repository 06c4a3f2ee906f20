//! Tables in files: what sets of members would pay on their own, and figures per government, as offices keep them in spreadsheets.
//!
//! A table is read whole and all that is wrong with it is said, cell by cell; of a faulty one nothing is taken. A file is not trusted: what it unpacks
//! to is measured before it is read, and rows are taken in one at a time.

mod book;
mod coalitions;
mod faults;
mod figures;
mod guard;
pub mod http;
mod number;
mod open_document;
mod rows;
mod text;

use std::collections::BTreeMap;

use proto::allocation::Costs;
use proto::id::GovernmentId;
use proto::money::Currency;
use proto::table::{Format, Refusal};
use rust_decimal::Decimal;

use faults::Faults;
use rows::{Row, Rows};

/// A table has at most so many rows: enough for all sets of 16 members.
pub const MOST_ROWS: usize = 100_000;

/// A file with a table, and whose figures are in it.
#[derive(Debug, Clone, Copy)]
pub struct File<'f> {
    /// The file.
    pub bytes: &'f [u8],
    /// Its format, as whoever sends it says.
    pub format: Format,
    /// The sheet; none: the first. A text has no sheets.
    pub sheet: Option<&'f str>,
    /// Who can stand in the table.
    pub members: &'f [GovernmentId],
}

/// The format of a media type, which may have parameters.
///
/// # Errors
/// `table.unknown_format`.
pub fn format_of(media_type: &str) -> Result<Format, Refusal> {
    let kind = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        super::workbook::XLSX => Ok(Format::Workbook),
        "application/vnd.ms-excel" => Ok(Format::OldWorkbook),
        "application/vnd.oasis.opendocument.spreadsheet" => Ok(Format::OpenDocument),
        "text/csv" | "text/tab-separated-values" | "text/plain" => Ok(Format::Text),
        _ => Err(Refusal::UnknownFormat { kind }),
    }
}

/// The format of a file's ending.
///
/// # Errors
/// `table.unknown_format`.
pub fn format_of_ending(ending: &str) -> Result<Format, Refusal> {
    match ending.to_ascii_lowercase().as_str() {
        "xlsx" => Ok(Format::Workbook),
        "xls" => Ok(Format::OldWorkbook),
        "ods" => Ok(Format::OpenDocument),
        "csv" | "tsv" | "txt" => Ok(Format::Text),
        kind => Err(Refusal::UnknownFormat { kind: kind.to_owned() }),
    }
}

/// A table of coalitions: a column that names each set of members, joined with `+` or `,`, or a column of marks per member, and a column of costs.
/// `partial`: sets may be missing, as for rules that need but the cost of each member alone and of all others without it.
///
/// # Errors
/// What is wrong with the file or with the table.
pub fn coalitions(file: &File<'_>, currency: Currency, partial: bool) -> Result<Costs, Refusal> {
    let mut table = coalitions::Coalitions::new(file.members, currency)?;
    let mut faults = Faults::default();
    rows(file, &mut faults, &mut |row, faults| table.take(row, faults))?;
    let costs = table.done(partial, &mut faults);
    faults.none()?;
    Ok(Costs::Listed(costs))
}

/// A table of figures: a column of governments and a column of figures of zero or more.
///
/// # Errors
/// What is wrong with the file or with the table.
pub fn figures(file: &File<'_>) -> Result<BTreeMap<GovernmentId, Decimal>, Refusal> {
    let mut table = figures::Figures::new(file.members);
    let mut faults = Faults::default();
    rows(file, &mut faults, &mut |row, faults| table.take(row, faults))?;
    let figures = table.done(&mut faults);
    faults.none()?;
    Ok(figures)
}

/// Hands over all rows in which anything stands.
fn rows(file: &File<'_>, faults: &mut Faults, take: &mut dyn FnMut(&Row, &mut Faults)) -> Result<(), Refusal> {
    let format = guard::format(file.bytes, file.format)?;
    let mut rows = Rows::new(faults, take);
    match format {
        Format::Text => text::rows(file.bytes, &mut rows)?,
        Format::Workbook => book::workbook(file, &mut rows)?,
        Format::OldWorkbook => book::old_workbook(file, &mut rows)?,
        Format::OpenDocument => book::open_document(file, &mut rows)?,
    }
    rows.some()
}
