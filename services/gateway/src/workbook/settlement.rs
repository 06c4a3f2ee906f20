//! The first sheet: what was computed, and who pays what, when.

use std::collections::BTreeMap;

use proto::digest::Digest;
use proto::id::GovernmentId;

use super::Said;
use super::basis::Table;
use super::cells::{Cell, Entry, Grid, Look};
use super::component::{Written, total};
use crate::texts;

/// The settlement sheet, over the sheets that it is taken from. `long`: some numbers stand as text.
pub(super) fn settlement(
    said: &Said<'_>,
    components: &[Written<'_>],
    totals: &BTreeMap<&GovernmentId, Cell>,
    long: bool,
) -> anyhow::Result<Grid> {
    let mut grid = Grid::new(&said.word("settlement"));
    grid.put(0, 0, said.text("settlement"), Look::Title);
    let digest = Digest::of_json(said.result)?;
    let facts = [
        (said.word("model_digest"), said.result.model.to_string()),
        (said.of_sheet("digest"), digest.to_string()),
        (said.of_sheet("solver"), texts::solver(said.language, &said.result.solver)),
    ];
    for (row, (label, fact)) in (1..).zip(facts) {
        grid.row(row, [label, fact], Look::Plain);
    }
    grid.put(4, 0, said.text("rounding_note"), Look::Plain);
    if long {
        grid.put(5, 0, said.text("long_note"), Look::Plain);
    }
    let mut row = 7;
    for component in components {
        row = lines(said, &mut grid, row, component);
    }
    let currency = said.model.currency;
    grid.put(row, 0, Entry::Text(format!("{} ({currency})", said.of_sheet("in_all"))), Look::Title);
    let mut table = Table { grid: &mut grid, head: row + 1, column: 0 };
    governments(said, &mut table, totals.keys().copied());
    summed(&mut table, said.of_sheet("total"), &totals.values().cloned().collect::<Vec<_>>(), currency.minor_digits());
    Ok(grid)
}

/// The table of a component; the row behind it.
fn lines(said: &Said<'_>, grid: &mut Grid, row: u32, of: &Written<'_>) -> u32 {
    let currency = of.component.cost.currency;
    let digits = currency.minor_digits();
    let title = format!("{} ({}), {currency}", said.named(&of.component.names), of.id);
    grid.put(row, 0, Entry::Text(title), Look::Title);
    for (below, (label, cell)) in (1..).zip([("cost", &of.cost), ("granted", &of.granted), ("shared", &of.shared)]) {
        grid.put(row + below, 0, Entry::Text(said.of_sheet(label)), Look::Plain);
        grid.put(row + below, 1, cell.again(), Look::Money(digits));
    }
    let mut table = Table { grid, head: row + 5, column: 0 };
    governments(said, &mut table, of.members.iter().copied());
    for (head, cells) in &of.figures {
        table.column(head.clone(), cells.iter().map(Cell::again), Look::Plain);
    }
    summed(&mut table, said.of_sheet("share"), &of.share, digits);
    table.column(said.of_sheet("percent"), of.percent.iter().map(Cell::again), Look::Percent);
    for (head, cells) in [("transfer", &of.transfer), ("in_kind", &of.in_kind), ("own_money", &of.own_money)] {
        summed(&mut table, said.of_sheet(head), cells, digits);
    }
    for (year, cells) in &of.years {
        summed(&mut table, year.to_string(), cells, digits);
    }
    row + 5 + u32::try_from(of.members.len()).unwrap_or_default() + 4
}

/// A column of references, with its sum below.
fn summed(table: &mut Table<'_>, head: String, cells: &[Cell], digits: u32) {
    let column = table.column;
    let cells = table.column(head, cells.iter().map(Cell::again), Look::Money(digits));
    let below = table.head + 1 + u32::try_from(cells.len()).unwrap_or_default();
    table.grid.put(below, column, total(&cells), Look::Sum(digits));
}

/// The column of names, with a word for the sums below.
fn governments<'g>(said: &Said<'_>, table: &mut Table<'_>, names: impl Iterator<Item = &'g GovernmentId>) {
    let names = names.map(|name| Entry::Text(name.to_string())).chain([said.text("sum")]);
    table.column(said.of_sheet("government"), names, Look::Plain);
}
