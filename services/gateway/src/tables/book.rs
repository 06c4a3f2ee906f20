//! Spreadsheets.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Dimensions, Ods, Range, Reader, Xls, Xlsx};
use proto::table::{Fault, Format, Refusal};

use super::rows::{Content, Rows, place};
use super::{File, guard, open_document};

/// The cells of an XLSX, one at a time.
pub(super) fn workbook(file: &File<'_>, rows: &mut Rows<'_>) -> Result<(), Refusal> {
    guard::unpacked(file.bytes, Format::Workbook)?;
    let told = || Refusal::Broken { told: Format::Workbook };
    unharmed(Format::Workbook, || {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file.bytes)).map_err(|_| told())?;
        let name = chosen(&book.sheet_names(), file.sheet)?;
        rows.sheet.clone_from(&name);
        merged(&book.merge_cells_by_sheet_name(&name).map_err(|_| told())?, rows);
        let mut cells = book.worksheet_cells_reader(&name).map_err(|_| told())?;
        while let Some(cell) = cells.next_cell().map_err(|_| told())? {
            let (row, column) = cell.get_position();
            if let Some(content) = content(Data::from(cell.get_value().clone())) {
                rows.cell(row, column, content)?;
            }
        }
        Ok(())
    })
}

/// The cells of an XLS.
pub(super) fn old_workbook(file: &File<'_>, rows: &mut Rows<'_>) -> Result<(), Refusal> {
    guard::old_workbook(file.bytes)?;
    let told = || Refusal::Broken { told: Format::OldWorkbook };
    unharmed(Format::OldWorkbook, || {
        let mut book: Xls<_> = Xls::new(Cursor::new(file.bytes)).map_err(|error| match error {
            calamine::XlsError::Password => Refusal::Encrypted,
            _ => told(),
        })?;
        let name = chosen(&book.sheet_names(), file.sheet)?;
        rows.sheet.clone_from(&name);
        merged(&book.merge_cells_by_sheet_name(&name).map_err(|_| told())?, rows);
        range(&book.worksheet_range(&name).map_err(|_| told())?, rows)
    })
}

/// The cells of an ODS.
pub(super) fn open_document(file: &File<'_>, rows: &mut Rows<'_>) -> Result<(), Refusal> {
    let content = guard::unpacked(file.bytes, Format::OpenDocument)?;
    let merges = open_document::measured(&content)?;
    let told = || Refusal::Broken { told: Format::OpenDocument };
    unharmed(Format::OpenDocument, || {
        let mut book: Ods<_> = Ods::new(Cursor::new(file.bytes)).map_err(|error| match error {
            calamine::OdsError::Password => Refusal::Encrypted,
            _ => told(),
        })?;
        let names = book.sheet_names();
        let name = chosen(&names, file.sheet)?;
        rows.sheet.clone_from(&name);
        let number = names.iter().position(|other| *other == name);
        for (_, row, column) in merges.iter().filter(|(sheet, ..)| Some(*sheet) == number) {
            rows.faults.add(Fault::Merged { at: place(&name, *row, *column) });
        }
        range(&book.worksheet_range(&name).map_err(|_| told())?, rows)
    })
}

/// A reader that panics at a forged file is a file that cannot be read.
fn unharmed(told: Format, read: impl FnOnce() -> Result<(), Refusal>) -> Result<(), Refusal> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(Refusal::Broken { told }))
}

fn chosen(sheets: &[String], asked: Option<&str>) -> Result<String, Refusal> {
    let Some(asked) = asked else { return sheets.first().cloned().ok_or(Refusal::Empty) };
    let found = sheets.iter().find(|sheet| *sheet == asked).cloned();
    // A refusal names sheets for a person to choose from, not thousands of them.
    found.ok_or_else(|| Refusal::NoSuchSheet { sheet: asked.to_owned(), sheets: sheets.iter().take(20).cloned().collect() })
}

fn merged(merges: &[Dimensions], rows: &mut Rows<'_>) {
    for Dimensions { start: (row, column), .. } in merges {
        rows.faults.add(Fault::Merged { at: place(&rows.sheet, *row, *column) });
    }
}

fn range(range: &Range<Data>, rows: &mut Rows<'_>) -> Result<(), Refusal> {
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (row, column, data) in range.used_cells() {
        let (row, column) = (u32::try_from(row).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX));
        if let Some(content) = content(data.clone()) {
            rows.cell(first_row.saturating_add(row), first_column.saturating_add(column), content)?;
        }
    }
    Ok(())
}

fn content(data: Data) -> Option<Content> {
    Some(match data {
        #[expect(clippy::cast_precision_loss, reason = "a number with more digits is refused as such")]
        Data::Int(number) => Content::Number(number as f64),
        Data::Float(number) => Content::Number(number),
        Data::String(text) => Content::Text(text),
        Data::Bool(truth) => Content::Truth(truth),
        Data::DateTime(_) | Data::DateTimeIso(_) | Data::DurationIso(_) => Content::Date,
        Data::Error(error) => Content::Error(error.to_string()),
        Data::Empty => return None,
    })
}
