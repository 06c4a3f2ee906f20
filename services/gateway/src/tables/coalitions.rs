//! A table of what sets of members would pay on their own. A set is a number of which bit i stands for member i.

use std::collections::BTreeMap;

use proto::id::GovernmentId;
use proto::money::{Currency, Money};
use proto::table::{Fault, Refusal};

use super::faults::Faults;
use super::figures::{Pairs, has_number, is_remark};
use super::number;
use super::rows::{Cell, Content, Row, narrow};

/// A set is a number of 64 bits.
const WIDEST: usize = 64;
/// Words at the head of a column of costs.
const COSTS: [&str; 7] = ["cost", "amount", "비용", "사업비", "금액", "분담", "단독"];
/// Words at the head of a column that names sets of members.
const SETS: [&str; 6] = ["coalition", "members", "set", "조합", "기관", "지자체"];

/// How sets are told.
enum Layout {
    /// By names in one column.
    Named(Pairs),
    /// By a mark in the column of each member.
    Marked { columns: Vec<(u32, u64)>, cost: u32, beside: Vec<u32> },
}

/// What a mark says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    In,
    Out,
    /// `O`, in Korean tables: in, and `X` is out.
    Ring,
    /// `X`: in, unless the table has `O`.
    Cross,
}

/// The marks of a row, from which its set follows when the table is read whole: `X` means another thing where there is `O`.
#[derive(Default)]
struct Marks {
    known: u64,
    crosses: u64,
    at: String,
    cost: Option<Money>,
}

/// Costs as they come.
pub(super) struct Coalitions<'m> {
    members: Vec<&'m GovernmentId>,
    currency: Currency,
    layout: Option<Layout>,
    rings: bool,
    marked: Vec<Marks>,
    /// The cost of each set and where it stands.
    sets: BTreeMap<u64, (Option<Money>, String)>,
}

impl<'m> Coalitions<'m> {
    /// None yet.
    pub(super) fn new(members: &'m [GovernmentId], currency: Currency) -> Result<Self, Refusal> {
        let mut members: Vec<&GovernmentId> = members.iter().collect();
        members.sort();
        members.dedup();
        if members.len() > WIDEST || members.is_empty() {
            return Err(Refusal::TooManyMembers { limit: WIDEST });
        }
        Ok(Self { members, currency, layout: None, rings: false, marked: Vec::new(), sets: BTreeMap::new() })
    }

    /// The bit of a member.
    fn member(&self, word: &str) -> Option<u64> {
        self.members.iter().position(|member| member.as_str() == word).map(|place| 1 << place)
    }

    /// One more row.
    pub(super) fn take(&mut self, row: &Row, faults: &mut Faults) {
        if self.layout.is_none() {
            let (layout, head) = self.layout(row, faults);
            self.layout = Some(layout);
            if head {
                return;
            }
        }
        match &self.layout {
            Some(Layout::Named(columns)) => {
                let Some((of, says)) = columns.both(row, faults) else { return };
                let cost = faults.keep(number::money(says, self.currency));
                if let Some(set) = faults.keep(self.set(of)) {
                    self.insert(set, cost, of.at.clone(), faults);
                }
            }
            Some(Layout::Marked { .. }) => self.marks(row, faults),
            None => {}
        }
    }

    /// How the table is laid out by its first row, and whether that row is its head.
    fn layout(&self, row: &Row, faults: &mut Faults) -> (Layout, bool) {
        let named = |cell: &&Cell| self.member(&cell.word()).is_some();
        let says = |cell: &Cell, words: &[&str]| words.iter().any(|word| cell.word().contains(word));
        let cost = row.cells.iter().rfind(|cell| !named(cell) && says(cell, &COSTS) && !is_remark(cell));
        let members = row.cells.iter().filter(named).count();
        let head = !row.cells.iter().any(|cell| matches!(cell.content, Content::Number(_)))
            && members > 0
            && (cost.is_some() || members == self.members.len());
        if head {
            return (self.marked_head(row, cost, faults), true);
        }
        if let Some(last) = row.cells.last().filter(|last| self.marked_without_head(row, last)) {
            let columns = (0..).zip(&self.members).map(|(place, _)| (place, 1 << place)).collect();
            return (Layout::Marked { columns, cost: last.column, beside: Vec::new() }, false);
        }
        let first_is_set = row.cells.first().is_some_and(|cell| self.set(cell).is_ok());
        let head = !first_is_set && (!has_number(row) || cost.is_some());
        let mut columns = Pairs::from(row);
        if let Some(cost) = cost.filter(|_| head) {
            faults.keep(number::head(cost, self.currency));
            columns.says = cost.column;
            let sets = row.cells.iter().find(|cell| cell.column != cost.column && says(cell, &SETS));
            let first = row.cells.iter().find(|cell| cell.column != cost.column && !columns.beside.contains(&cell.column));
            columns.of = sets.or(first).map_or(columns.of, |cell| cell.column);
        }
        (Layout::Named(columns), head)
    }

    fn marked_head(&self, row: &Row, cost: Option<&Cell>, faults: &mut Faults) -> Layout {
        let mut columns = Vec::new();
        let mut beside = Vec::new();
        for cell in &row.cells {
            match self.member(&cell.word()) {
                Some(bit) if columns.iter().any(|(_, known)| *known == bit) => {
                    faults.add(Fault::BadCoalition { at: cell.at.clone(), text: cell.shown() });
                }
                Some(bit) => columns.push((cell.column, bit)),
                None if cost.is_some_and(|cost| cost.column == cell.column) => drop(faults.keep(number::head(cell, self.currency))),
                None if is_remark(cell) => beside.push(cell.column),
                None => faults.add(Fault::UnknownMember { at: cell.at.clone(), text: cell.shown() }),
            }
        }
        let behind = columns.iter().map(|(column, _)| column + 1).max().unwrap_or_default();
        Layout::Marked { columns, cost: cost.map_or(behind, |cost| cost.column), beside }
    }

    /// Without a head the members stand in the order of their names, from the first column on, and the cost behind them.
    fn marked_without_head(&self, row: &Row, last: &Cell) -> bool {
        let marks = row.cells.iter().filter(|cell| cell.column != last.column).all(|cell| mark(cell).is_some());
        usize::try_from(last.column) == Ok(self.members.len()) && marks && row.cells.len() > 1
    }

    fn marks(&mut self, row: &Row, faults: &mut Faults) {
        let Some(Layout::Marked { columns, cost, beside }) = &self.layout else { return };
        let mut marks = Marks { at: row.at(row.cells.first().map_or(0, |cell| cell.column)), ..Marks::default() };
        for cell in row.cells.iter().filter(|cell| cell.column != *cost && !beside.contains(&cell.column)) {
            let Some((_, bit)) = columns.iter().find(|(column, _)| *column == cell.column) else {
                faults.add(Fault::Beside { at: cell.at.clone(), text: cell.shown() });
                continue;
            };
            match mark(cell) {
                Some(Mark::In) => marks.known |= bit,
                Some(Mark::Ring) => {
                    marks.known |= bit;
                    self.rings = true;
                }
                Some(Mark::Cross) => marks.crosses |= bit,
                Some(Mark::Out) => {}
                None => faults.add(match &cell.content {
                    Content::Error(error) => Fault::Formula { at: cell.at.clone(), text: error.clone() },
                    _ => Fault::BadMark { at: cell.at.clone(), text: cell.shown() },
                }),
            }
        }
        let amount = row.cell(*cost).ok_or_else(|| Fault::Blank { at: row.at(*cost) });
        marks.cost = faults.keep(amount.and_then(|cell| number::money(cell, self.currency)));
        self.marked.push(marks);
    }

    /// The set that a cell names.
    fn set(&self, cell: &Cell) -> Result<u64, Fault> {
        if let Content::Error(error) = &cell.content {
            return Err(Fault::Formula { at: cell.at.clone(), text: error.clone() });
        }
        let bad = || Fault::BadCoalition { at: cell.at.clone(), text: cell.shown() };
        let mut set = 0;
        for name in cell.word().split(['+', ',']).map(str::trim) {
            if name.is_empty() {
                return Err(bad());
            }
            let bit = self.member(name).ok_or_else(|| Fault::UnknownMember { at: cell.at.clone(), text: name.to_owned() })?;
            if set & bit != 0 {
                return Err(bad());
            }
            set |= bit;
        }
        Ok(set)
    }

    fn name(&self, set: u64) -> String {
        let members: Vec<&str> =
            (0..).zip(&self.members).filter(|(place, _)| set >> place & 1 == 1).map(|(_, member)| member.as_str()).collect();
        members.join("+")
    }

    fn insert(&mut self, set: u64, cost: Option<Money>, at: String, faults: &mut Faults) {
        match self.sets.get(&set) {
            Some((_, first)) => faults.add(Fault::Twice { at, of: self.name(set), first: first.clone() }),
            None => drop(self.sets.insert(set, (cost, at))),
        }
    }

    /// The costs by the names of sets. That of all members together may be left out: it is what they share.
    pub(super) fn done(mut self, partial: bool, faults: &mut Faults) -> BTreeMap<String, Money> {
        for marks in std::mem::take(&mut self.marked) {
            let set = if self.rings { marks.known } else { marks.known | marks.crosses };
            if set == 0 {
                faults.add(Fault::BadCoalition { at: marks.at, text: String::new() });
            } else {
                self.insert(set, marks.cost, marks.at, faults);
            }
        }
        if !partial {
            let all = u64::MAX >> (WIDEST - self.members.len());
            let known = self.sets.keys().filter(|set| **set != all).count();
            let missing = usize::try_from(all - 1).unwrap_or(usize::MAX).saturating_sub(known);
            let names = (1..all).filter(|set| !self.sets.contains_key(set)).map(|set| Fault::Missing { of: self.name(set) });
            faults.add_many(missing, names);
        }
        self.sets.iter().filter_map(|(set, (cost, _))| Some((self.name(*set), (*cost)?))).collect()
    }
}

fn mark(cell: &Cell) -> Option<Mark> {
    match &cell.content {
        Content::Number(number) if number.to_string() == "1" => Some(Mark::In),
        Content::Number(number) if number.to_string() == "0" => Some(Mark::Out),
        Content::Truth(truth) => Some(if *truth { Mark::In } else { Mark::Out }),
        Content::Number(_) | Content::Date | Content::Error(_) => None,
        Content::Text(text) => match narrow(text).to_lowercase().as_str() {
            "1" | "●" | "■" | "v" | "✓" | "✔" | "y" | "yes" | "true" | "참여" => Some(Mark::In),
            "0" | "-" | "–" | "n" | "no" | "false" | "불참" | "미참여" => Some(Mark::Out),
            "o" | "○" | "◯" | "◎" | "ㅇ" => Some(Mark::Ring),
            "x" | "×" | "✕" | "✗" | "✘" => Some(Mark::Cross),
            _ => None,
        },
    }
}
