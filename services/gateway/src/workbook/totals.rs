//! The sheet of totals: what each bears of each component, and in all in the model's currency.

use std::collections::{BTreeMap, BTreeSet};

use proto::id::GovernmentId;
use rust_decimal::Decimal;

use super::Said;
use super::cells::{Cell, Check, Entry, Formula, Grid, Look, sum};
use super::component::{Written, total};

/// The sheet, and where the total of each government stands.
pub(super) fn totals<'a>(said: &Said<'a>, components: &[Written<'a>]) -> (Grid, BTreeMap<&'a GovernmentId, Cell>) {
    let mut grid = Grid::new(&said.word("totals"));
    let currency = said.model.currency;
    let digits = currency.minor_digits();
    let governments: BTreeSet<&GovernmentId> = said.result.total.keys().collect();
    grid.put(0, 0, Entry::Text(format!("{} ({currency})", said.of_sheet("in_all"))), Look::Title);
    grid.column(2, 0, ["government", "currency", "rate"].map(|label| said.text(label)), Look::Head);
    grid.column(5, 0, governments.iter().map(|government| Entry::Text(government.to_string())), Look::Plain);
    let columns: Vec<Column> =
        (1..).zip(components).map(|(column, component)| borne(said, &mut grid, column, component, &governments)).collect();
    let column = u16::try_from(columns.len()).unwrap_or(u16::MAX).saturating_add(1);
    grid.put(2, column, said.text("exact"), Look::Head);
    grid.put(2, column + 1, Entry::Text(said.of_sheet("total")), Look::Head);
    let exact: Vec<Entry> = governments.iter().map(|government| Entry::Formula(in_all(&columns, government), None)).collect();
    let exact = grid.column(5, column, exact, Look::Exact(digits));
    let agreed = grid.column(5, column + 1, said.result.total.values().map(|money| Entry::Value(money.amount)), Look::Money(digits));
    let last = 5 + u32::try_from(governments.len()).unwrap_or_default();
    grid.put(last, 0, said.text("sum"), Look::Head);
    grid.put(last, column, Entry::Formula(sum(&exact), None), Look::Exact(digits));
    grid.put(last, column + 1, total(&agreed), Look::Sum(digits));
    grid.put(last + 1, 0, said.text("check"), Look::Plain);
    // The sum of each component of another currency is rounded once: by half a unit at most.
    let foreign = columns.iter().filter(|column| column.rate.is_some()).count();
    let check = Check::near(sum(&agreed), sum(&exact), u32::try_from(foreign).unwrap_or(u32::MAX), digits);
    grid.put(last + 1, 1, Entry::Check(check, said.verdicts()), Look::Plain);
    (grid, governments.into_iter().zip(agreed).collect())
}

/// What is borne of one component, in its currency.
struct Column<'a> {
    cells: BTreeMap<&'a GovernmentId, Cell>,
    /// What a unit of its currency is worth; none where it is the model's.
    rate: Option<Cell>,
}

fn borne<'a>(said: &Said<'_>, grid: &mut Grid, column: u16, of: &Written<'a>, governments: &BTreeSet<&'a GovernmentId>) -> Column<'a> {
    let currency = of.component.cost.currency;
    grid.put(2, column, Entry::Text(format!("{} ({})", said.named(&of.component.names), of.id)), Look::Head);
    grid.put(3, column, Entry::Text(currency.to_string()), Look::Plain);
    let rate = said.model.exchange.get(&currency).filter(|_| currency != said.model.currency);
    let rate = rate.map(|exchange| grid.put(4, column, Entry::Value(exchange.rate), Look::Plain));
    let mut cells = BTreeMap::new();
    for (row, government) in (5..).zip(governments) {
        if let Some((borne, recorded)) = of.borne(government) {
            cells.insert(*government, grid.put(row, column, Entry::Formula(borne, recorded), Look::Money(currency.minor_digits())));
        }
    }
    Column { cells, rate }
}

/// What a government bears of all components, in the model's currency.
fn in_all(columns: &[Column<'_>], government: &GovernmentId) -> Formula {
    let each = columns.iter().filter_map(|column| {
        let cell = column.cells.get(government)?;
        Some(column.rate.as_ref().map_or_else(|| cell.into(), |rate| cell * rate))
    });
    each.reduce(|sum, part| sum + part).unwrap_or_else(|| 0.into())
}

impl Written<'_> {
    /// What a member bears of it: its share and what it pays on top, with what is on record of both.
    fn borne(&self, member: &GovernmentId) -> Option<(Formula, Option<Decimal>)> {
        let place = self.members.iter().position(|other| *other == member)?;
        let (share, transfer) = (self.share.get(place)?, self.transfer.get(place)?);
        let recorded = share.recorded().zip(transfer.recorded()).and_then(|(share, transfer)| share.checked_add(transfer));
        Some((share + transfer, recorded))
    }
}
