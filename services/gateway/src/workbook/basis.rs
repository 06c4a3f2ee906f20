//! What shares follow from, as columns of figures and formulas: for every rule that is arithmetic.

use proto::allocation::{Costs, Part, Rule};
use proto::id::{DriverId, GovernmentId};
use rust_decimal::Decimal;

use super::cells::{Cell, Entry, Formula, Grid, Look, sum};
use super::coalitions::Coalitions;
use super::component::Of;
use super::drivers::Drivers;

/// A table with a row per member, filled column by column.
pub(super) struct Table<'g> {
    /// The sheet it stands in.
    pub(super) grid: &'g mut Grid,
    /// The row of its head.
    pub(super) head: u32,
    /// The next free column.
    pub(super) column: u16,
}

impl Table<'_> {
    /// One more column.
    pub(super) fn column(&mut self, head: String, entries: impl IntoIterator<Item = Entry>, look: Look) -> Vec<Cell> {
        self.grid.put(self.head, self.column, Entry::Text(head), Look::Head);
        let cells = self.grid.column(self.head + 1, self.column, entries, look);
        self.column += 1;
        cells
    }

    /// A column of formulas of which nothing is on record.
    fn formulas(&mut self, head: String, formulas: impl IntoIterator<Item = Formula>, look: Look) -> Vec<Cell> {
        self.column(head, formulas.into_iter().map(|formula| Entry::Formula(formula, None)), look)
    }
}

/// From what the shares of one component follow.
pub(super) struct Basis<'b, 'a> {
    pub(super) of: &'b Of<'a>,
    pub(super) members: &'b [&'a GovernmentId],
    /// What is left to share.
    pub(super) shared: &'b Cell,
    pub(super) drivers: &'b Drivers<'a>,
    pub(super) coalitions: Option<&'b Coalitions<'a>>,
    /// The weights of a mix.
    pub(super) weights: &'b [Cell],
}

/// The columns of figures, by name, and what the rule gives each member; none where it is no arithmetic of cells.
#[derive(Default)]
pub(super) struct Given {
    pub(super) figures: Vec<(String, Vec<Cell>)>,
    pub(super) shares: Option<Vec<Formula>>,
}

impl Basis<'_, '_> {
    /// Writes the columns that the rule goes by.
    pub(super) fn columns(&self, table: &mut Table<'_>) -> Given {
        let given = |shares| Given { figures: Vec::new(), shares };
        match &self.of.component.rule {
            Rule::Equal => given(Some(self.members.iter().map(|_| self.shared / self.count()).collect())),
            Rule::Driver(driver) => self.mixed(table, &[Part { percent: Decimal::ONE_HUNDRED, driver: Some(driver.clone()) }]),
            Rule::Mix(parts) => self.mixed(table, parts),
            Rule::Fixed(amounts) => {
                let amount = |member: &&GovernmentId| Entry::Value(amounts.get(*member).map_or(Decimal::ZERO, |money| money.amount));
                let fixed = table.column(self.word("fixed"), self.members.iter().map(amount), Look::Money(self.of.digits()));
                given(Some(fixed.iter().map(Formula::from).collect()))
            }
            Rule::Scrb => given(self.separable(table, true)),
            // Where the Gately point exists it is the share by alternate cost avoided (Straffin and Heaney 1981).
            Rule::AlternateCostAvoided | Rule::Gately => given(self.separable(table, false)),
            Rule::Shapley | Rule::Nucleolus | Rule::PerCapitaNucleolus | Rule::ProportionalNucleolus | Rule::Tau | Rule::Talmud => {
                Given::default()
            }
        }
    }

    fn word(&self, name: &str) -> String {
        self.of.said.word(name)
    }

    fn count(&self) -> u32 {
        u32::try_from(self.members.len()).unwrap_or(u32::MAX)
    }

    /// Parts by drivers, weighted where there is more than one.
    fn mixed(&self, table: &mut Table<'_>, parts: &[Part]) -> Given {
        let columns: Vec<Option<(String, Vec<Cell>)>> =
            parts.iter().map(|part| part.driver.as_ref().map(|driver| self.figures(table, driver))).collect();
        let part = |member: usize| {
            let one = |column: &Option<(String, Vec<Cell>)>| match column {
                Some((_, cells)) => cells.get(member).map_or_else(|| 0.into(), |cell| cell / sum(cells)),
                None => Formula::from(1) / self.count(),
            };
            let weighted = self.weights.iter().zip(&columns).map(|(weight, column)| (weight / 100) * one(column));
            let whole = || columns.first().map_or_else(|| 0.into(), one);
            weighted.reduce(|sum, part| sum + part).unwrap_or_else(whole)
        };
        let parts = table.formulas(self.word("part"), (0..self.members.len()).map(part), Look::Plain);
        Given { figures: columns.into_iter().flatten().collect(), shares: Some(parts.iter().map(|part| self.shared * part).collect()) }
    }

    /// The figures of a driver, as its own sheet has them.
    fn figures(&self, table: &mut Table<'_>, driver: &DriverId) -> (String, Vec<Cell>) {
        let of = self.of.said.model.drivers.get(driver);
        let head = of.map(|of| format!("{} {}", self.of.said.named(&of.names), of.year)).unwrap_or_default();
        let figure = |member: &&GovernmentId| self.drivers.figure(driver, member).map_or(Entry::Blank, Cell::again);
        let cells = table.column(head.clone(), self.members.iter().map(figure), Look::Plain);
        (head, cells)
    }

    /// What each adds to the cost of the others, and a part of the rest by what it saves against going alone.
    fn separable(&self, table: &mut Table<'_>, never_below_zero: bool) -> Option<Vec<Formula>> {
        let (alone, without) = self.alone_and_without(table)?;
        let money = Look::Money(self.of.digits());
        let alone = table.column(self.word("alone"), alone, money);
        let without = table.column(self.word("without"), without, money);
        let separable = table.formulas(self.word("separable"), without.iter().map(|without| self.shared - without), money);
        let benefit = alone.iter().zip(&separable).map(|(alone, separable)| {
            let benefit = alone - separable;
            if never_below_zero { benefit.max(&0.into()) } else { benefit }
        });
        let benefits = table.formulas(self.word("benefit"), benefit, money);
        let all = sum(&benefits);
        if all.value() == Some(0.0) {
            return Some(separable.iter().map(Formula::from).collect());
        }
        let joint = || self.shared - sum(&separable);
        let share = |(separable, benefit): (&Cell, &Cell)| separable + joint() * benefit / sum(&benefits);
        Some(separable.iter().zip(&benefits).map(share).collect())
    }

    /// What each would pay alone, and all others without it; none where that is no arithmetic of cells.
    fn alone_and_without(&self, table: &mut Table<'_>) -> Option<(Vec<Entry>, Vec<Entry>)> {
        if self.members.len() == 1 {
            return Some((vec![self.shared.again()], vec![Entry::Value(Decimal::ZERO)]));
        }
        match self.of.component.costs.as_ref()? {
            Costs::Listed(_) => {
                let costs = &self.coalitions?.costs;
                let cost = |name: String| costs.get(name.as_str()).map(Cell::again);
                let others = |member: &GovernmentId| {
                    let others = self.members.iter().filter(|other| **other != member).map(|other| other.as_str());
                    others.collect::<Vec<_>>().join("+")
                };
                let alone = self.members.iter().map(|member| cost(member.to_string())).collect::<Option<_>>()?;
                let without = self.members.iter().map(|member| cost(others(member))).collect::<Option<_>>()?;
                Some((alone, without))
            }
            Costs::Alone(alone) => {
                let entered = |member: &&GovernmentId| Some(Entry::Value(alone.get(*member)?.amount));
                let entries: Vec<Entry> = self.members.iter().map(entered).collect::<Option<_>>()?;
                let cells = table.column(self.word("alone_entered"), entries, Look::Money(self.of.digits()));
                let without = cells.iter().map(|cell| Entry::Formula(sum(&cells) - cell, None)).collect();
                Some((cells.iter().map(Cell::again).collect(), without))
            }
            Costs::Capacity { a, b, need } => {
                let (_, needs) = self.figures(table, need);
                let constant = |name: &str, value: Decimal, table: &mut Table<'_>| {
                    let each = self.members.iter().map(|_| Entry::Value(value));
                    table.column(self.word(name), each, Look::Plain)
                };
                let (factors, exponents) = (constant("factor", a.amount, table), constant("exponent", *b, table));
                let curve = |of: Formula, place: usize| {
                    let (factor, exponent) = (factors.get(place)?, exponents.get(place)?);
                    let cost = factor * of.power(&exponent.into());
                    Some(Entry::Formula(cost.rounded(self.of.digits()), None))
                };
                let alone = needs.iter().enumerate().map(|(place, need)| curve(need.into(), place)).collect::<Option<_>>()?;
                let without = needs.iter().enumerate().map(|(place, need)| curve(sum(&needs) - need, place)).collect::<Option<_>>()?;
                Some((alone, without))
            }
            Costs::Document(_) | Costs::Network { .. } => None,
        }
    }
}
