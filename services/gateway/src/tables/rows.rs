//! Rows as they come from any format.

use proto::table::{Fault, Refusal};

use super::MOST_ROWS;
use super::faults::Faults;
use crate::workbook::letters;

/// What a fault tells of a cell's text, in characters.
const SHOWN: usize = 40;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    /// Text, never blank.
    Text(String),
    /// A number of a spreadsheet.
    Number(f64),
    /// True or false.
    Truth(bool),
    /// A date, a time or a duration.
    Date,
    /// A formula's error.
    Error(String),
}

/// A cell in which something stands.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// Its column, from 0.
    pub(super) column: u32,
    /// Its name, with that of its sheet.
    pub(super) at: String,
    /// What stands there.
    pub(super) content: Content,
}

/// The cells of a row in which something stands, in their order; never none.
pub(super) struct Row {
    /// Its number, from 0.
    pub(super) number: u32,
    sheet: String,
    /// The cells.
    pub(super) cells: Vec<Cell>,
}

impl Row {
    /// The name of a cell of this row.
    pub(super) fn at(&self, column: u32) -> String {
        place(&self.sheet, self.number, column)
    }

    /// What stands in a column.
    pub(super) fn cell(&self, column: u32) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.column == column)
    }
}

impl Cell {
    /// What stands there, as text for a person.
    pub(super) fn shown(&self) -> String {
        match &self.content {
            Content::Text(text) => text.chars().take(SHOWN).collect(),
            Content::Number(number) => number.to_string(),
            Content::Truth(truth) => truth.to_string(),
            Content::Date => String::new(),
            Content::Error(error) => error.clone(),
        }
    }

    /// What stands there as a word: digits of full width are digits, letters are small.
    pub(super) fn word(&self) -> String {
        match &self.content {
            Content::Text(text) => narrow(text).to_lowercase(),
            Content::Number(_) | Content::Truth(_) | Content::Date | Content::Error(_) => self.shown(),
        }
    }
}

/// A text with its letters, digits and signs of full width, as Korean input methods write them, in their usual width.
pub(super) fn narrow(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        '\u{2212}' => '-',
        c => c,
    };
    text.chars().map(narrow).collect::<String>().trim().to_owned()
}

/// The name of a cell: `Costs!B7`, or `B7` where there are no sheets.
pub(super) fn place(sheet: &str, row: u32, column: u32) -> String {
    let cell = format!("{}{}", u16::try_from(column).map_or_else(|_| format!("{column}:"), letters), u64::from(row) + 1);
    if sheet.is_empty() {
        return cell;
    }
    let plain = sheet.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.');
    if plain { format!("{sheet}!{cell}") } else { format!("'{}'!{cell}", sheet.replace('\'', "''")) }
}

/// Takes in cells in the order of rows, and hands over each row when it is whole.
pub(super) struct Rows<'r> {
    /// The sheet; empty for a text.
    pub(super) sheet: String,
    /// What is wrong so far.
    pub(super) faults: &'r mut Faults,
    take: &'r mut dyn FnMut(&Row, &mut Faults),
    number: u32,
    cells: Vec<Cell>,
    count: usize,
}

/// No row is wider: a set has 64 members at most.
const WIDEST: usize = 256;

impl<'r> Rows<'r> {
    /// No row yet.
    pub(super) fn new(faults: &'r mut Faults, take: &'r mut dyn FnMut(&Row, &mut Faults)) -> Self {
        Self { sheet: String::new(), faults, take, number: 0, cells: Vec::new(), count: 0 }
    }

    /// One more cell in which something stands.
    pub(super) fn cell(&mut self, row: u32, column: u32, content: Content) -> Result<(), Refusal> {
        if matches!(&content, Content::Text(text) if text.trim().is_empty()) {
            return Ok(());
        }
        if row != self.number {
            self.end()?;
            self.number = row;
        }
        let cell = Cell { column, at: place(&self.sheet, row, column), content };
        if self.cells.len() < WIDEST {
            self.cells.push(cell);
        } else {
            self.faults.add(Fault::Beside { text: cell.shown(), at: cell.at });
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Refusal> {
        if self.cells.is_empty() {
            return Ok(());
        }
        self.count += 1;
        if self.count > MOST_ROWS {
            return Err(Refusal::TooManyRows { limit: MOST_ROWS });
        }
        let mut cells = std::mem::take(&mut self.cells);
        cells.sort_by_key(|cell| cell.column);
        (self.take)(&Row { number: self.number, sheet: self.sheet.clone(), cells }, self.faults);
        Ok(())
    }

    /// Hands over the last row; refuses a table without any.
    pub(super) fn some(mut self) -> Result<(), Refusal> {
        self.end()?;
        if self.count == 0 { Err(Refusal::Empty) } else { Ok(()) }
    }
}
