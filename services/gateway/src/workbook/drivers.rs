//! The sheet of drivers: each with its unit, year and source, and its figures.

use std::collections::{BTreeMap, BTreeSet};

use proto::id::{DriverId, GovernmentId};
use rust_decimal::Decimal;

use super::Said;
use super::cells::{Cell, Entry, Grid, Look};
use crate::units;

/// The figures of a model, as other sheets refer to them.
pub(super) struct Drivers<'a> {
    /// The sheet; none where the model has no drivers.
    pub(super) grid: Option<Grid>,
    cells: BTreeMap<&'a DriverId, BTreeMap<&'a GovernmentId, Cell>>,
}

impl<'a> Drivers<'a> {
    /// A column per driver, a row per government.
    pub(super) fn new(said: &Said<'a>) -> Self {
        let mut cells: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        if said.model.drivers.is_empty() {
            return Self { grid: None, cells };
        }
        let mut grid = Grid::new(&said.word("drivers"));
        let labels = ["driver", "unit", "year", "source"];
        grid.column(0, 0, labels.map(|label| said.text(label)), Look::Head);
        let governments: BTreeSet<&GovernmentId> = said.model.drivers.values().flat_map(|driver| driver.values.keys()).collect();
        grid.column(4, 0, governments.iter().map(|government| Entry::Text(government.to_string())), Look::Plain);
        for (column, (id, driver)) in (1..).zip(&said.model.drivers) {
            grid.put(0, column, Entry::Text(said.named(&driver.names).to_owned()), Look::Head);
            grid.put(1, column, Entry::Text(units::called(said.language, &driver.unit, None)), Look::Plain);
            grid.put(2, column, Entry::Value(Decimal::from(driver.year)), Look::Plain);
            grid.put(3, column, Entry::Text(driver.source.clone()), Look::Plain);
            let known = (4..).zip(&governments).filter_map(|(row, government)| Some((row, *government, driver.values.get(*government)?)));
            let figures = known.map(|(row, government, value)| (government, grid.put(row, column, Entry::Value(*value), Look::Plain)));
            cells.insert(id, figures.collect());
        }
        Self { grid: Some(grid), cells }
    }

    /// Where the figure of a government stands.
    pub(super) fn figure(&self, driver: &DriverId, of: &GovernmentId) -> Option<&Cell> {
        self.cells.get(driver)?.get(of)
    }
}
