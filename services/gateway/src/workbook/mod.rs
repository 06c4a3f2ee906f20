//! A computed model as a workbook (XLSX): the settlement sheet first, then what it follows from, in formulas that a treasurer can follow from cell to
//! cell wherever the rule is arithmetic.
//!
//! What is on record governs. Beside each formula stands the agreed money, and a check says whether the sums are the same. Equal models give equal
//! files, byte for byte.

mod basis;
mod cells;
mod coalitions;
mod component;
mod drivers;
mod settlement;
mod totals;
mod write;

use proto::allocation::{Computation, Model, Sheet};
use proto::words::Names;
use serde_json::Value;

use crate::problem::Language;
use crate::texts;
use cells::Entry;
pub(crate) use cells::letters;
use drivers::Drivers;

/// The media type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A computed model, and the language in which it is said.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said<'a> {
    model: &'a Model,
    result: &'a Computation,
    language: Language,
}

/// The workbook of a computed model. The settlement sheet is that of the same model and result.
///
/// # Errors
/// When the file cannot be written: a table is longer than a spreadsheet is.
pub fn workbook(model: &Model, result: &Computation, sheet: &Sheet, language: Language) -> anyhow::Result<Vec<u8>> {
    let said = Said { model, result, language };
    let drivers = Drivers::new(&said);
    let mut behind = Vec::new();
    let mut components = Vec::new();
    for (number, (id, component)) in (1..).zip(&model.components) {
        // A component without lines is of another result.
        let Some(lines) = sheet.components.get(id) else { continue };
        let coalitions = coalitions::coalitions(&said, number, component);
        let of = component::Of { said: &said, number, id, component, lines };
        let (grid, cells) = of.sheet(&drivers, coalitions.as_ref());
        components.push(cells);
        behind.push(grid);
        behind.extend(coalitions.map(|coalitions| coalitions.grid));
    }
    let (totals, all) = totals::totals(&said, &components);
    behind.extend([Some(totals), drivers.grid].into_iter().flatten());
    let long = behind.iter().any(|grid| grid.long);
    let first = settlement::settlement(&said, &components, &all, long)?;
    write::write(std::iter::once(first).chain(behind))
}

impl Said<'_> {
    /// A word of the workbook.
    fn word(&self, name: &str) -> String {
        texts::of(self.language, &format!("workbook-{name}"), &Value::Null).unwrap_or_default()
    }

    /// A word of the settlement sheet.
    fn of_sheet(&self, name: &str) -> String {
        texts::of(self.language, &format!("sheet-{name}"), &Value::Null).unwrap_or_default()
    }

    /// A word as a cell.
    fn text(&self, name: &str) -> Entry {
        Entry::Text(self.word(name))
    }

    fn named<'n>(&self, names: &'n Names) -> &'n str {
        texts::named(self.language, names)
    }

    /// The words for a check.
    fn verdicts(&self) -> [String; 2] {
        [self.word("agrees"), self.word("differs")]
    }
}
