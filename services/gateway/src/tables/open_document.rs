//! How far the sheets of an `OpenDocument` reach (ODF 1.2, section 9.1): repeated cells and rows are written once, and a reader fills them in.

use proto::table::{Format, Refusal};

use super::guard::CELLS;

/// A merged cell: in which sheet, row and column.
pub(super) type Merged = (usize, u32, u32);

/// So many merged cells are told.
const TOLD: usize = 100;

/// Measures the sheets, and finds merged cells.
pub(super) fn measured(content: &[u8]) -> Result<Vec<Merged>, Refusal> {
    let text = std::str::from_utf8(content).map_err(|_| Refusal::Broken { told: Format::OpenDocument })?;
    let mut sheets = Sheets::default();
    let mut rest = text;
    while let Some((_, from)) = rest.split_once('<') {
        // What looks like a tag in a comment or in verbatim text is none.
        let skipped = [("!--", "-->"), ("![CDATA[", "]]>")].into_iter().find(|(begins, _)| from.starts_with(begins));
        if let Some((_, ends)) = skipped {
            rest = from.split_once(ends).map_or("", |(_, rest)| rest);
            continue;
        }
        let end = tag_end(from);
        let (tag, behind) = from.split_at(end);
        sheets.tag(tag);
        if sheets.cells() > CELLS {
            return Err(Refusal::TooManyCells { limit: CELLS });
        }
        rest = behind;
    }
    Ok(sheets.merged)
}

/// Where a tag ends; a `>` between quotation marks is part of a value.
fn tag_end(from: &str) -> usize {
    let mut quote = None;
    for (place, c) in from.char_indices() {
        match (quote, c) {
            (None, '>') => return place,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    from.len()
}

/// What the sheets span so far. Empty rows and cells count only where something comes behind them.
#[derive(Default)]
struct Sheets {
    number: usize,
    /// Of the sheets before.
    before: u64,
    rows: u64,
    empty_rows: u64,
    columns: u64,
    repeat: u64,
    cell: u64,
    filled: u64,
    merged: Vec<Merged>,
}

impl Sheets {
    fn cells(&self) -> u64 {
        self.before.saturating_add((self.rows + 1).saturating_mul(self.columns.max(self.filled)))
    }

    fn tag(&mut self, tag: &str) {
        let name = tag.split(|c: char| c.is_whitespace() || c == '/').find(|part| !part.is_empty()).unwrap_or_default();
        match (tag.starts_with('/'), name) {
            (true, "table:table") => {
                self.before = self.cells();
                (self.rows, self.empty_rows, self.columns, self.filled) = (0, 0, 0, 0);
                self.number += 1;
            }
            (false, "table:table-row") => {
                (self.cell, self.filled) = (0, 0);
                self.repeat = attribute(tag, "table:number-rows-repeated").unwrap_or(1);
                if tag.ends_with('/') {
                    self.empty_rows = self.empty_rows.saturating_add(self.repeat);
                }
            }
            (true, "table:table-row") if self.filled == 0 => self.empty_rows = self.empty_rows.saturating_add(self.repeat),
            (true, "table:table-row") => {
                self.rows = self.rows.saturating_add(self.empty_rows).saturating_add(self.repeat);
                (self.empty_rows, self.columns) = (0, self.columns.max(self.filled));
            }
            (false, "table:table-cell" | "table:covered-table-cell") => self.cell(tag),
            _ => {}
        }
    }

    fn cell(&mut self, tag: &str) {
        let spans = |name: &str| attribute(tag, name).is_some_and(|cells| cells > 1);
        if self.merged.len() < TOLD && (spans("table:number-columns-spanned") || spans("table:number-rows-spanned")) {
            let row = self.rows.saturating_add(self.empty_rows);
            let place = u32::try_from(row).ok().zip(u32::try_from(self.cell).ok());
            self.merged.extend(place.map(|(row, column)| (self.number, row, column)));
        }
        self.cell = self.cell.saturating_add(attribute(tag, "table:number-columns-repeated").unwrap_or(1));
        // A value, a text inside, or a formula.
        if tag.contains("office:") || tag.contains("table:formula") || !tag.ends_with('/') {
            self.filled = self.cell;
        }
    }
}

fn attribute(tag: &str, name: &str) -> Option<u64> {
    let (_, behind) = tag.split_once(name)?;
    let value = behind.trim_start().strip_prefix('=')?.trim_start().get(1..)?;
    let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
    // A number that does not fit is larger than any limit.
    if digits.is_empty() { None } else { Some(digits.parse().unwrap_or(u64::MAX)) }
}
