//! The sheet of what sets of members would pay on their own, as it was entered: it is read back as a table of coalitions.

use std::collections::BTreeMap;

use proto::allocation::{Component, Costs};

use super::Said;
use super::cells::{Cell, Entry, Grid, Look};

/// Entered costs, as the component's sheet refers to them.
pub(super) struct Coalitions<'a> {
    /// The sheet.
    pub(super) grid: Grid,
    /// Where the cost of a set stands.
    pub(super) costs: BTreeMap<&'a str, Cell>,
}

/// The sheet of a component whose coalition costs were entered one by one.
pub(super) fn coalitions<'a>(said: &Said<'_>, number: u32, component: &'a Component) -> Option<Coalitions<'a>> {
    let Some(Costs::Listed(list)) = &component.costs else { return None };
    let currency = component.cost.currency;
    let mut grid = Grid::new(&format!("{} {number}", said.word("coalitions")));
    grid.row(0, [said.word("coalition"), format!("{} ({currency})", said.word("coalition_cost"))], Look::Head);
    let mut costs = BTreeMap::new();
    for (row, (coalition, cost)) in (1..).zip(list) {
        grid.put(row, 0, Entry::Text(coalition.clone()), Look::Plain);
        costs.insert(coalition.as_str(), grid.put(row, 1, Entry::Value(cost.amount), Look::Money(currency.minor_digits())));
    }
    Some(Coalitions { grid, costs })
}
