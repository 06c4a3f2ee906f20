//! A workbook as other programs read it.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use gateway::problem::Language;
use ironcalc_base::Model as Engine;
use ironcalc_base::cell::CellValue;
use proto::allocation::Model;
use rust_decimal::Decimal;

use crate::models::bytes;

type Place = (u32, u32);

/// What stands in its sheets.
pub(crate) struct Book {
    names: Vec<String>,
    cells: BTreeMap<String, BTreeMap<Place, Data>>,
    formulas: BTreeMap<String, BTreeMap<Place, String>>,
}

impl Book {
    pub(crate) fn of(model: &Model, language: Language) -> Self {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes(model, language))).unwrap();
        let names = book.sheet_names();
        let (mut cells, mut formulas) = (BTreeMap::new(), BTreeMap::new());
        for name in &names {
            let range = book.worksheet_range(name).unwrap();
            let (row, column) = range.start().unwrap();
            let at = |r: usize, c: usize| (row + u32::try_from(r).unwrap(), column + u32::try_from(c).unwrap());
            cells.insert(name.clone(), range.used_cells().map(|(r, c, data)| (at(r, c), data.clone())).collect());
            let range = book.worksheet_formula(name).unwrap();
            let (row, column) = range.start().unwrap_or_default();
            let at = |r: usize, c: usize| (row + u32::try_from(r).unwrap(), column + u32::try_from(c).unwrap());
            let used = range.used_cells().filter(|(.., formula)| !formula.is_empty());
            formulas.insert(name.clone(), used.map(|(r, c, formula)| (at(r, c), formula.clone())).collect());
        }
        Self { names, cells, formulas }
    }

    pub(crate) fn names(&self) -> Vec<String> {
        self.names.clone()
    }

    pub(crate) fn cells(&self, sheet: &str) -> impl Iterator<Item = (u32, u32, &Data)> {
        self.cells[sheet].iter().map(|((row, column), data)| (*row, *column, data))
    }

    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.cells.values().flat_map(BTreeMap::values).filter_map(|data| match data {
            Data::String(text) => Some(text.as_str()),
            _ => None,
        })
    }

    pub(crate) fn formulas(&self, sheet: &str) -> BTreeMap<Place, String> {
        self.formulas.get(sheet).cloned().unwrap_or_default()
    }

    /// Whether a row that begins with a name has an amount.
    pub(crate) fn row_has(&self, sheet: &str, name: &str, amount: Decimal) -> bool {
        let amount: f64 = amount.to_string().parse().unwrap();
        let rows: Vec<u32> = self.cells(sheet).filter(|(_, column, data)| *column == 0 && **data == *name).map(|(row, ..)| row).collect();
        self.cells(sheet).any(|(row, _, data)| rows.contains(&row) && matches!(data, Data::Float(number) if (number - amount).abs() < 1e-6))
    }

    /// Computes all formulas again in another engine, from the cells that are none; how many there are.
    pub(crate) fn recomputed(&self, name: &str) -> usize {
        let mut engine = Engine::new_empty("book", "en", "UTC", "en").unwrap();
        for sheet in &self.names {
            engine.add_sheet(sheet).unwrap();
        }
        let sheets = || (1_u32..).zip(&self.names);
        let at = |(row, column): &Place| (i32::try_from(*row).unwrap() + 1, i32::try_from(*column).unwrap() + 1);
        for (number, sheet) in sheets() {
            for (place, data) in self.cells[sheet].iter().filter(|(place, _)| !self.formulas[sheet].contains_key(place)) {
                let (row, column) = at(place);
                match data {
                    Data::Float(value) => engine.update_cell_with_number(number, row, column, *value).unwrap(),
                    Data::String(text) => engine.update_cell_with_text(number, row, column, text).unwrap(),
                    other => panic!("{name} {sheet} {place:?}: {other:?}"),
                }
            }
            for (place, formula) in &self.formulas[sheet] {
                let (row, column) = at(place);
                engine.update_cell_with_formula(number, row, column, format!("={formula}")).unwrap();
            }
        }
        engine.evaluate();
        for (number, sheet) in sheets() {
            for (place, formula) in &self.formulas[sheet] {
                let (row, column) = at(place);
                let given = engine.get_cell_value_by_index(number, row, column).unwrap();
                let same = match (&given, &self.cells[sheet][place]) {
                    // The last bit may differ, as between any two engines.
                    (CellValue::Number(given), Data::Float(cached)) => (given - cached).abs() <= cached.abs() * 1e-14 + 1e-9,
                    (CellValue::String(given), Data::String(cached)) => given == cached,
                    _ => false,
                };
                assert!(same, "{name} {sheet} {place:?} ={formula}: {given:?}, and there stands {:?}", self.cells[sheet][place]);
            }
        }
        self.formulas.values().map(BTreeMap::len).sum()
    }
}
