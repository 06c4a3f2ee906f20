//! The sheet of a component: from its cost to what each member pays in which year.

use proto::allocation::{Component, GrantAmount, Line, Lines, Rule};
use proto::id::{ComponentId, GovernmentId};
use proto::money::Money;
use rust_decimal::Decimal;

use super::Said;
use super::basis::{Basis, Table};
use super::cells::{Cell, Check, Entry, Grid, Look, sum};
use super::coalitions::Coalitions;
use super::drivers::Drivers;
use crate::texts;

/// A component to be written.
pub(super) struct Of<'a> {
    pub(super) said: &'a Said<'a>,
    /// Its place among the components, from one.
    pub(super) number: u32,
    pub(super) id: &'a ComponentId,
    pub(super) component: &'a Component,
    pub(super) lines: &'a Lines,
}

/// Where the other sheets find what a component comes to. All lists are in the order of members.
pub(super) struct Written<'a> {
    pub(super) id: &'a ComponentId,
    pub(super) component: &'a Component,
    pub(super) members: Vec<&'a GovernmentId>,
    pub(super) cost: Cell,
    pub(super) granted: Cell,
    pub(super) shared: Cell,
    pub(super) figures: Vec<(String, Vec<Cell>)>,
    pub(super) share: Vec<Cell>,
    /// Empty where nothing is shared.
    pub(super) percent: Vec<Cell>,
    pub(super) transfer: Vec<Cell>,
    pub(super) in_kind: Vec<Cell>,
    pub(super) own_money: Vec<Cell>,
    pub(super) years: Vec<(i16, Vec<Cell>)>,
}

/// What stands above the table of members.
struct Above {
    cost: Cell,
    granted: Cell,
    shared: Cell,
    weights: Vec<Cell>,
    /// Who brings what in kind.
    brought: Vec<(GovernmentId, Cell)>,
    /// The part of each year.
    years: Vec<(i16, Cell)>,
}

impl<'a> Of<'a> {
    /// Digits of the smallest unit of its currency.
    pub(super) fn digits(&self) -> u32 {
        self.component.cost.currency.minor_digits()
    }

    fn money(&self) -> Look {
        Look::Money(self.digits())
    }

    /// The sheet, and where it has what.
    pub(super) fn sheet(&self, drivers: &Drivers<'a>, coalitions: Option<&Coalitions<'a>>) -> (Grid, Written<'a>) {
        // A name of a sheet has 31 characters at most; the number keeps them apart.
        let mut grid = Grid::new(&format!("{} {}", self.number, self.id).chars().take(31).collect::<String>());
        let mut row = 0;
        let above = self.above(&mut grid, &mut row);
        let members: Vec<&GovernmentId> = self.lines.members.keys().collect();
        let basis = Basis { of: self, members: &members, shared: &above.shared, drivers, coalitions, weights: &above.weights };
        let written = self.table(&mut grid, row, &basis, &above);
        (grid, written)
    }

    fn above(&self, grid: &mut Grid, row: &mut u32) -> Above {
        let said = self.said;
        let title = format!("{} ({}), {}", said.named(&self.component.names), self.id, self.component.cost.currency);
        grid.put(*row, 0, Entry::Text(title), Look::Title);
        grid.row(*row + 1, [said.of_sheet("rule"), texts::rule(said.language, said.model, &self.component.rule)], Look::Plain);
        *row += 3;
        let line = |grid: &mut Grid, row: u32, label: String, entry: Entry| {
            grid.put(row, 0, Entry::Text(label), Look::Plain);
            grid.put(row, 1, entry, self.money())
        };
        let cost = line(grid, *row, said.of_sheet("cost"), Entry::Value(self.lines.cost.amount));
        if let Some(year) = self.component.price_year {
            grid.put(*row, 2, Entry::Text(format!("{} {year}", said.word("prices"))), Look::Plain);
        }
        *row += 1;
        let grants = self.grants(grid, row, &cost);
        let granted = line(grid, *row, said.of_sheet("granted"), Entry::Formula(sum(&grants), Some(self.lines.granted.amount)));
        let left = Entry::Formula(&cost - &granted, Some(self.lines.shared.amount));
        let shared = line(grid, *row + 1, said.of_sheet("shared"), left);
        *row += 3;
        let weights = self.weights(grid, row);
        let brought = self.in_kind(grid, row);
        self.transfers(grid, row);
        let years = self.years(grid, row);
        Above { cost, granted, shared, weights, brought, years }
    }

    /// Each grant: what it is by rate and cap, and the whole units that it comes to.
    fn grants(&self, grid: &mut Grid, row: &mut u32, cost: &Cell) -> Vec<Cell> {
        if self.component.grants.is_empty() {
            return Vec::new();
        }
        let heads = ["grant_from", "grant_percent", "grant_cap", "exact", "grant_amount"].map(|head| self.said.word(head));
        grid.row(*row, heads, Look::Head);
        *row += 1;
        let mut amounts = Vec::new();
        for (grant, amount) in self.component.grants.iter().zip(&self.lines.grants) {
            grid.put(*row, 0, Entry::Text(grant.from.clone()), Look::Plain);
            if let GrantAmount::Rate { percent, cap } = &grant.amount {
                let percent = grid.put(*row, 1, Entry::Value(*percent), Look::Plain);
                let part = cost * &percent / 100;
                let capped = cap.as_ref().map(|cap| part.min(&(&grid.put(*row, 2, Entry::Value(cap.amount), self.money())).into()));
                grid.put(*row, 3, Entry::Formula(capped.unwrap_or(part), None), Look::Exact(self.digits()));
            }
            amounts.push(grid.put(*row, 4, Entry::Value(amount.amount), self.money()));
            *row += 1;
        }
        amounts
    }

    /// The weights of a mix.
    fn weights(&self, grid: &mut Grid, row: &mut u32) -> Vec<Cell> {
        let Rule::Mix(parts) = &self.component.rule else { return Vec::new() };
        grid.row(*row, [self.said.word("part_by"), self.said.of_sheet("percent")], Look::Head);
        let mut weights = Vec::new();
        for part in parts {
            *row += 1;
            let driver = part.driver.as_ref().map(|driver| texts::rule(self.said.language, self.said.model, &Rule::Driver(driver.clone())));
            let label = driver.unwrap_or_else(|| texts::rule(self.said.language, self.said.model, &Rule::Equal));
            grid.put(*row, 0, Entry::Text(label), Look::Plain);
            weights.push(grid.put(*row, 1, Entry::Value(part.percent), Look::Plain));
        }
        *row += 2;
        weights
    }

    fn in_kind(&self, grid: &mut Grid, row: &mut u32) -> Vec<(GovernmentId, Cell)> {
        if self.component.in_kind.is_empty() {
            return Vec::new();
        }
        grid.row(*row, [self.said.of_sheet("in_kind"), self.said.word("brought_by"), self.said.word("value")], Look::Head);
        let mut brought = Vec::new();
        for thing in &self.component.in_kind {
            *row += 1;
            grid.row(*row, [self.said.named(&thing.names).to_owned(), thing.by.to_string()], Look::Plain);
            brought.push((thing.by.clone(), grid.put(*row, 2, Entry::Value(thing.value.amount), self.money())));
        }
        *row += 2;
        brought
    }

    fn transfers(&self, grid: &mut Grid, row: &mut u32) {
        if self.component.transfers.is_empty() {
            return;
        }
        let heads = [self.said.of_sheet("transfer"), self.said.word("paid_by"), self.said.word("paid_to"), self.said.word("amount")];
        grid.row(*row, heads, Look::Head);
        for transfer in &self.component.transfers {
            *row += 1;
            let from = transfer.from.as_ref().map_or_else(|| self.said.word("all_others"), ToString::to_string);
            grid.row(*row, [self.said.named(&transfer.names).to_owned(), from, transfer.to.to_string()], Look::Plain);
            grid.put(*row, 3, Entry::Value(transfer.amount.amount), self.money());
        }
        *row += 2;
    }

    fn years(&self, grid: &mut Grid, row: &mut u32) -> Vec<(i16, Cell)> {
        if self.component.instalments.is_empty() {
            return Vec::new();
        }
        grid.row(*row, [self.said.word("due_year"), self.said.of_sheet("percent")], Look::Head);
        let mut years = Vec::new();
        for (year, percent) in &self.component.instalments {
            *row += 1;
            grid.put(*row, 0, Entry::Value(Decimal::from(*year)), Look::Plain);
            years.push((*year, grid.put(*row, 1, Entry::Value(*percent), Look::Plain)));
        }
        *row += 2;
        years
    }

    /// The table of members, with sums below and a check.
    fn table(&self, grid: &mut Grid, head: u32, basis: &Basis<'_, 'a>, above: &Above) -> Written<'a> {
        let (said, members) = (self.said, basis.members);
        let mut table = Table { grid, head, column: 0 };
        table.column(said.of_sheet("government"), members.iter().map(|member| Entry::Text(member.to_string())), Look::Plain);
        let given = basis.columns(&mut table);
        let exact = given.shares.map(|shares| {
            let entries = shares.into_iter().map(|share| Entry::Formula(share, None));
            table.column(said.word("exact"), entries, Look::Exact(self.digits()))
        });
        self.limits(&mut table, members);
        let agreed = |of: fn(&Line) -> &Money| self.lines.members.values().map(move |line| Entry::Value(of(line).amount));
        let mut sums = Sums { table: &mut table, members: members.len(), look: Look::Sum(self.digits()) };
        let share = sums.column(said.of_sheet("share"), agreed(|line| &line.share), self.money());
        if let Some(exact) = &exact {
            let off = share.iter().zip(exact).map(|(share, exact)| Entry::Formula((share - exact).rounded(self.digits() + 4), None));
            sums.table.column(said.word("rounding"), off, Look::Exact(self.digits()));
        }
        let percent = self.percent(sums.table, &share, &above.shared);
        let transfer = sums.column(said.of_sheet("transfer"), agreed(|line| &line.transfer), self.money());
        let brought = members.iter().zip(self.lines.members.values()).map(|(member, line)| {
            let cells: Vec<Cell> = above.brought.iter().filter(|(by, _)| by == *member).map(|(_, cell)| cell.clone()).collect();
            Entry::Formula(sum(&cells), Some(line.in_kind.amount))
        });
        let in_kind = sums.column(said.of_sheet("in_kind"), brought, self.money());
        let own = share.iter().zip(&transfer).zip(&in_kind).zip(self.lines.members.values());
        let own = own.map(|(((share, transfer), in_kind), line)| Entry::Formula(share + transfer - in_kind, Some(line.own_money.amount)));
        let own_money = sums.column(said.of_sheet("own_money"), own, self.money());
        let years = above.years.iter().map(|(year, part)| (*year, self.year(&mut sums, *year, part, &own_money))).collect();
        self.below(table.grid, head, &share, &above.shared, exact.is_some());
        let Above { cost, granted, shared, .. } = above;
        let [cost, granted, shared] = [cost, granted, shared].map(Cell::clone);
        let (id, component, members) = (self.id, self.component, members.to_vec());
        Written {
            id,
            component,
            members,
            cost,
            granted,
            shared,
            figures: given.figures,
            share,
            percent,
            transfer,
            in_kind,
            own_money,
            years,
        }
    }

    fn limits(&self, table: &mut Table<'_>, members: &[&GovernmentId]) {
        if self.component.limits.is_empty() {
            return;
        }
        let limit = |member: &&GovernmentId, most: bool| {
            let limits = self.component.limits.get(*member)?;
            let limit = if most { &limits.at_most } else { &limits.at_least };
            Some(Entry::Value(limit.as_ref()?.amount))
        };
        for (word, most) in [("at_least", false), ("at_most", true)] {
            let entries = members.iter().map(|member| limit(member, most).unwrap_or(Entry::Blank));
            table.column(self.said.word(word), entries, self.money());
        }
    }

    fn percent(&self, table: &mut Table<'_>, share: &[Cell], shared: &Cell) -> Vec<Cell> {
        let lines: Vec<Decimal> = self.lines.members.values().filter_map(|line| line.percent).collect();
        if lines.len() != share.len() {
            return Vec::new();
        }
        let entries = share.iter().zip(lines).map(|(share, percent)| Entry::Formula((share / shared * 100).rounded(2), Some(percent)));
        table.column(self.said.of_sheet("percent"), entries, Look::Percent)
    }

    /// What is due in a year: before rounding, and as it is due.
    fn year(&self, sums: &mut Sums<'_, '_>, year: i16, part: &Cell, own_money: &[Cell]) -> Vec<Cell> {
        let exact = own_money.iter().map(|own| Entry::Formula(own * part / 100, None));
        sums.table.column(format!("{year} ({})", self.said.word("exact")), exact, Look::Exact(self.digits()));
        let due = self.lines.members.values().map(|line| line.instalments.get(&year).map_or(Entry::Blank, |due| Entry::Value(due.amount)));
        sums.column(year.to_string(), due, self.money())
    }

    /// Whether the shares are what is to be shared, and where the formulas end.
    fn below(&self, grid: &mut Grid, head: u32, share: &[Cell], shared: &Cell, explained: bool) {
        let said = self.said;
        let last = head + u32::try_from(share.len()).unwrap_or_default() + 1;
        grid.put(last, 0, said.text("sum"), Look::Head);
        grid.put(last + 1, 0, said.text("check"), Look::Plain);
        let check = Check::same(sum(share), shared.into(), self.digits());
        grid.put(last + 1, 1, Entry::Check(check, said.verdicts()), Look::Plain);
        let mut notes: Vec<String> = Vec::new();
        if !explained {
            let rule = texts::rule(said.language, said.model, &self.component.rule);
            notes.push(format!("{} {rule} ({})", said.word("no_formula"), texts::solver(said.language, &said.result.solver)));
        }
        if !self.component.limits.is_empty() {
            notes.push(said.word("limits_note"));
        }
        grid.column(last + 3, 0, notes.into_iter().map(Entry::Text), Look::Plain);
    }
}

/// A table whose columns have their sums below.
struct Sums<'t, 'g> {
    table: &'t mut Table<'g>,
    members: usize,
    look: Look,
}

impl Sums<'_, '_> {
    fn column(&mut self, head: String, entries: impl IntoIterator<Item = Entry>, look: Look) -> Vec<Cell> {
        let column = self.table.column;
        let cells = self.table.column(head, entries, look);
        let below = self.table.head + 1 + u32::try_from(self.members).unwrap_or_default();
        self.table.grid.put(below, column, total(&cells), self.look);
        cells
    }
}

/// The sum of cells, as it is on record.
pub(super) fn total(cells: &[Cell]) -> Entry {
    let recorded = cells.iter().try_fold(Decimal::ZERO, |sum, cell| sum.checked_add(cell.recorded()?));
    Entry::Formula(sum(cells), recorded)
}
