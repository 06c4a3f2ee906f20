//! A table of two columns: a government and its figure.

use std::collections::BTreeMap;

use proto::id::GovernmentId;
use proto::table::Fault;
use rust_decimal::Decimal;

use super::faults::Faults;
use super::number;
use super::rows::{Cell, Content, Row};

/// Words at the head of a column of remarks, which is not read.
const REMARKS: [&str; 8] = ["note", "remark", "source", "comment", "비고", "출처", "참고", "메모"];

/// Which columns a table of two has.
#[derive(Debug, Clone)]
pub(super) struct Pairs {
    /// Who it is about.
    pub(super) of: u32,
    /// What is said.
    pub(super) says: u32,
    /// Columns of remarks.
    pub(super) beside: Vec<u32>,
}

impl Pairs {
    /// The first two columns in which anything stands, and those of remarks.
    pub(super) fn from(row: &Row) -> Self {
        let beside: Vec<u32> = row.cells.iter().filter(|cell| is_remark(cell)).map(|cell| cell.column).collect();
        let mut columns = row.cells.iter().map(|cell| cell.column).filter(|column| !beside.contains(column));
        let of = columns.next().unwrap_or_default();
        Self { of, says: columns.next().unwrap_or(of + 1), beside }
    }

    /// Both cells of a row; what is missing or too much is a fault.
    pub(super) fn both<'r>(&self, row: &'r Row, faults: &mut Faults) -> Option<(&'r Cell, &'r Cell)> {
        let known = |column: u32| column == self.of || column == self.says || self.beside.contains(&column);
        for cell in row.cells.iter().filter(|cell| !known(cell.column)) {
            faults.add(Fault::Beside { at: cell.at.clone(), text: cell.shown() });
        }
        let mut one = |column: u32| faults.keep(row.cell(column).ok_or_else(|| Fault::Blank { at: row.at(column) }));
        let (of, says) = (one(self.of), one(self.says));
        of.zip(says)
    }
}

/// Whether a column's head says that it has remarks.
pub(super) fn is_remark(cell: &Cell) -> bool {
    let word = cell.word();
    REMARKS.iter().any(|remark| word.contains(remark))
}

/// Whether a row has a number: then it is no head.
pub(super) fn has_number(row: &Row) -> bool {
    let number = |cell: &Cell| match &cell.content {
        Content::Number(_) | Content::Date | Content::Error(_) => true,
        Content::Text(text) => text.chars().any(char::is_numeric),
        Content::Truth(_) => false,
    };
    row.cells.iter().skip(1).any(number)
}

/// Figures as they come.
pub(super) struct Figures<'m> {
    members: &'m [GovernmentId],
    columns: Option<Pairs>,
    /// What stands for each, and where.
    said: BTreeMap<&'m GovernmentId, (Option<Decimal>, String)>,
}

impl<'m> Figures<'m> {
    /// None yet.
    pub(super) fn new(members: &'m [GovernmentId]) -> Self {
        Self { members, columns: None, said: BTreeMap::new() }
    }

    fn member(&self, cell: &Cell) -> Result<&'m GovernmentId, Fault> {
        let word = cell.word();
        let known = self.members.iter().find(|member| member.as_str() == word);
        known.ok_or_else(|| Fault::UnknownMember { at: cell.at.clone(), text: cell.shown() })
    }

    /// One more row. The first is a head if it names no member and has no figure.
    pub(super) fn take(&mut self, row: &Row, faults: &mut Faults) {
        let Some(columns) = &self.columns else {
            let head = !has_number(row) && row.cells.first().is_some_and(|cell| self.member(cell).is_err());
            self.columns = Some(Pairs::from(row));
            if !head {
                self.take(row, faults);
            }
            return;
        };
        let Some((of, says)) = columns.both(row, faults) else { return };
        let Some(member) = faults.keep(self.member(of)) else { return };
        let figure = faults.keep(number::figure(says));
        match self.said.get(member) {
            Some((_, first)) => faults.add(Fault::Twice { at: of.at.clone(), of: member.to_string(), first: first.clone() }),
            None => drop(self.said.insert(member, (figure, of.at.clone()))),
        }
    }

    /// The figure of every member.
    pub(super) fn done(self, faults: &mut Faults) -> BTreeMap<GovernmentId, Decimal> {
        for member in self.members.iter().filter(|member| !self.said.contains_key(member)) {
            faults.add(Fault::Missing { of: member.to_string() });
        }
        self.said.into_iter().filter_map(|(member, (figure, _))| Some((member.clone(), figure?))).collect()
    }
}
