//! Cells and the formulas over them. A formula is written and evaluated at once, so what stands beside it as its result is what it gives.
//!
//! Numbers are floating point here, as in every spreadsheet program: the formulas explain, and the money that governs is never taken from them.

use std::ops::{Add, Div, Mul, Sub};
use std::rc::Rc;

use rust_decimal::Decimal;

/// A spreadsheet keeps so many digits of a number.
const DIGITS: f64 = 1e15;
/// Longest text of a cell, in UTF-16 units, as Excel takes it.
const LONGEST: usize = 32_767;

/// A cell that formulas can refer to.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    sheet: Rc<str>,
    row: u32,
    column: u16,
    /// As a spreadsheet has it; none where it is no number, or one with too many digits.
    value: Option<f64>,
    /// As it is on record.
    recorded: Option<Decimal>,
}

impl Cell {
    /// Its value by a plain reference to it.
    pub(super) fn again(&self) -> Entry {
        Entry::Formula(self.into(), self.recorded)
    }

    /// Its value as it is on record.
    pub(super) fn recorded(&self) -> Option<Decimal> {
        self.recorded
    }

    fn address(&self) -> String {
        format!("{}{}{}", quoted(&self.sheet), letters(self.column), self.row + 1)
    }
}

fn quoted(sheet: &str) -> String {
    format!("'{}'!", sheet.replace('\'', "''"))
}

/// The name of a column, from `A`.
pub(crate) fn letters(column: u16) -> String {
    let (before, last) = (column / 26, column % 26);
    let letter = char::from(b'A' + u8::try_from(last).unwrap_or_default());
    if before == 0 { letter.to_string() } else { format!("{}{letter}", letters(before - 1)) }
}

/// How tightly a formula's last operation binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binds {
    Sum,
    Product,
    Whole,
}

/// A formula with what it gives; gives nothing where it refers to what is no number, or has no result.
#[derive(Debug, Clone)]
pub(super) struct Formula {
    text: String,
    value: Option<f64>,
    binds: Binds,
}

impl Formula {
    fn whole(text: String, value: Option<f64>) -> Self {
        Self { text, value, binds: Binds::Whole }
    }

    /// What it gives.
    pub(super) fn value(&self) -> Option<f64> {
        self.value.filter(|value| value.is_finite())
    }

    fn join(&self, sign: char, other: &Self, binds: Binds, of: impl Fn(f64, f64) -> f64) -> Self {
        let left = self.within(self.binds < binds);
        // As it is computed here: what stands on the right is computed first, also where mathematics would not mind.
        let right = other.within(other.binds <= binds);
        let value = self.value().zip(other.value()).map(|(a, b)| of(a, b));
        Self { text: format!("{left}{sign}{right}"), value, binds }
    }

    fn within(&self, parentheses: bool) -> String {
        if parentheses { format!("({})", self.text) } else { self.text.clone() }
    }

    fn call(name: &str, a: &Self, b: &Self, of: impl Fn(f64, f64) -> f64) -> Self {
        Self::whole(format!("{name}({},{})", a.text, b.text), a.value().zip(b.value()).map(|(a, b)| of(a, b)))
    }

    /// The lesser of both.
    pub(super) fn min(&self, other: &Self) -> Self {
        Self::call("MIN", self, other, f64::min)
    }

    /// The greater of both.
    pub(super) fn max(&self, other: &Self) -> Self {
        Self::call("MAX", self, other, f64::max)
    }

    /// To the power of another.
    pub(super) fn power(&self, other: &Self) -> Self {
        Self::call("POWER", self, other, f64::powf)
    }

    /// Rounded half away from zero to so many digits.
    pub(super) fn rounded(&self, digits: u32) -> Self {
        Self::call("ROUND", self, &digits.into(), |value, _| {
            let scale = 10_f64.powi(i32::try_from(digits).unwrap_or_default());
            (value * scale).round() / scale
        })
    }

    /// How far from zero.
    pub(super) fn size(&self) -> Self {
        Self::whole(format!("ABS({})", self.text), self.value().map(f64::abs))
    }
}

impl From<&Cell> for Formula {
    fn from(cell: &Cell) -> Self {
        Self::whole(cell.address(), cell.value)
    }
}

impl From<u32> for Formula {
    fn from(number: u32) -> Self {
        Self::whole(number.to_string(), Some(number.into()))
    }
}

macro_rules! operators {
    ($($operator:ident $name:ident $sign:literal $binds:expr),+ $(,)?) => {$(
        impl<T: Into<Formula>> $operator<T> for Formula {
            type Output = Self;

            fn $name(self, other: T) -> Self {
                self.join($sign, &other.into(), $binds, $operator::$name)
            }
        }

        impl<T: Into<Formula>> $operator<T> for &Cell {
            type Output = Formula;

            fn $name(self, other: T) -> Formula {
                Formula::from(self).$name(other)
            }
        }
    )+};
}

operators! { Add add '+' Binds::Sum, Sub sub '-' Binds::Sum, Mul mul '*' Binds::Product, Div div '/' Binds::Product }

/// The sum of cells: of a range where they stand below each other without a gap.
pub(super) fn sum(cells: &[Cell]) -> Formula {
    let value = cells.iter().try_fold(0.0, |sum, cell| Some(sum + cell.value?));
    let (Some(first), Some(last)) = (cells.first(), cells.last()) else { return 0.into() };
    let below = |(one, next): (&Cell, &Cell)| one.sheet == next.sheet && one.column == next.column && one.row + 1 == next.row;
    let text = if cells.iter().zip(cells.iter().skip(1)).all(below) {
        format!("SUM({}:{}{})", first.address(), letters(last.column), last.row + 1)
    } else {
        format!("SUM({})", cells.iter().map(Cell::address).collect::<Vec<_>>().join(","))
    };
    Formula::whole(text, value)
}

/// Whether something holds, in words.
#[derive(Debug, Clone)]
pub(super) struct Check {
    /// A condition over cells.
    condition: String,
    /// Whether it holds; none where a formula in it gives nothing.
    holds: Option<bool>,
}

impl Check {
    /// Two sums are the same to so many digits.
    pub(super) fn same(one: Formula, other: Formula, digits: u32) -> Self {
        let off = (one - other).rounded(digits);
        Self { condition: format!("{}=0", off.text), holds: off.value().map(|off| off == 0.0) }
    }

    /// A sum is at most so far from another: `halves` half units of so many digits.
    pub(super) fn near(one: Formula, other: Formula, halves: u32, digits: u32) -> Self {
        // Two more digits than the money has, so that floating point makes no difference.
        let (off, most) = ((one - other).rounded(digits + 2).size(), Formula::from(halves) / 2 / 10_u32.saturating_pow(digits));
        let holds = off.value().zip(most.value()).map(|(off, most)| off <= most);
        Self { condition: format!("{}<={}", off.text, most.text), holds }
    }
}

/// What is put into a cell.
#[derive(Debug, Clone)]
pub(super) enum Entry {
    /// Nothing.
    Blank,
    /// Text, whatever it looks like.
    Text(String),
    /// A number as it is on record.
    Value(Decimal),
    /// A formula, and what is on record of its result.
    Formula(Formula, Option<Decimal>),
    /// A condition, with the words for when it holds and when it does not.
    Check(Check, [String; 2]),
}

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// As it comes.
    Plain,
    /// The name of a sheet or a table.
    Title,
    /// The head of a column.
    Head,
    /// Money of a currency with so many digits.
    Money(u32),
    /// The same before rounding.
    Exact(u32),
    /// A percentage with two digits.
    Percent,
    /// A sum of money.
    Sum(u32),
}

/// What a spreadsheet program finds in a cell.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// A formula and its result.
    Formula(String, String),
}

/// A sheet.
#[derive(Debug)]
pub(super) struct Grid {
    /// Its name.
    pub(super) name: Rc<str>,
    /// What stands where: row, column, content, look.
    pub(super) cells: Vec<(u32, u16, Content, Look)>,
    /// Whether a number had more digits than a spreadsheet keeps, and was written as text.
    pub(super) long: bool,
}

impl Grid {
    /// An empty sheet.
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.into(), cells: Vec::new(), long: false }
    }

    /// Fills a cell.
    pub(super) fn put(&mut self, row: u32, column: u16, entry: Entry, look: Look) -> Cell {
        let mut cell = Cell { sheet: Rc::clone(&self.name), row, column, value: None, recorded: None };
        let content = match entry {
            Entry::Blank => return cell,
            Entry::Text(text) => Content::Text(shortened(text)),
            Entry::Value(number) => self.number(number, &mut cell),
            Entry::Formula(formula, recorded) => {
                cell.recorded = recorded;
                match (formula.value().filter(|value| value.abs() < DIGITS), recorded) {
                    (Some(value), recorded) if recorded.is_none_or(fits) => {
                        // Zero has no sign in a cell.
                        let value = value + 0.0;
                        cell.value = Some(value);
                        Content::Formula(self.own(&formula.text), value.to_string())
                    }
                    (_, Some(recorded)) => self.number(recorded, &mut cell),
                    (_, None) => Content::Text("–".to_owned()),
                }
            }
            Entry::Check(check, [yes, no]) => match check.holds {
                Some(holds) => {
                    let text = format!("IF({},\"{yes}\",\"{no}\")", self.own(&check.condition));
                    Content::Formula(text, if holds { yes } else { no })
                }
                None => Content::Text("–".to_owned()),
            },
        };
        self.cells.push((row, column, content, look));
        cell
    }

    /// Fills cells of a column from a row on.
    pub(super) fn column(&mut self, row: u32, column: u16, entries: impl IntoIterator<Item = Entry>, look: Look) -> Vec<Cell> {
        (row..).zip(entries).map(|(row, entry)| self.put(row, column, entry, look)).collect()
    }

    /// Fills cells of a row.
    pub(super) fn row(&mut self, row: u32, texts: impl IntoIterator<Item = String>, look: Look) {
        for (column, text) in (0..).zip(texts) {
            self.put(row, column, Entry::Text(text), look);
        }
    }

    fn number(&mut self, number: Decimal, cell: &mut Cell) -> Content {
        cell.recorded = Some(number);
        let value = number.to_string().parse().ok().filter(|_| fits(number));
        cell.value = value;
        self.long |= value.is_none();
        value.map_or_else(|| Content::Text(number.to_string()), Content::Number)
    }

    /// A formula as it stands in this sheet: its own cells go without its name.
    fn own(&self, formula: &str) -> String {
        formula.replace(&quoted(&self.name), "")
    }
}

/// Whether a spreadsheet keeps all digits of a number.
fn fits(number: Decimal) -> bool {
    number.normalize().mantissa().unsigned_abs() < 1_000_000_000_000_000
}

fn shortened(text: String) -> String {
    if text.len() <= LONGEST { text } else { text.chars().take(LONGEST / 2).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(grid: &mut Grid, row: u32, number: &str) -> Cell {
        grid.put(row, 0, Entry::Value(number.parse().unwrap()), Look::Plain)
    }

    #[test]
    fn columns_have_the_names_of_a_spreadsheet() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letters), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn a_formula_says_what_it_gives() {
        let mut grid = Grid::new("it's");
        let (a, b, c) = (cell(&mut grid, 0, "12"), cell(&mut grid, 1, "4"), cell(&mut grid, 2, "2"));
        let shown = |formula: Formula| (formula.text.replace("'it''s'!", ""), formula.value());
        assert_eq!(shown(&a - (&b - &c)), ("A1-(A2-A3)".to_owned(), Some(10.0)));
        assert_eq!(shown(&a / (&b * &c)), ("A1/(A2*A3)".to_owned(), Some(1.5)));
        assert_eq!(shown((&a + &b) * &c), ("(A1+A2)*A3".to_owned(), Some(32.0)));
        assert_eq!(shown(&a + &b * &c), ("A1+A2*A3".to_owned(), Some(20.0)));
        assert_eq!(shown(sum(&[a.clone(), b.clone(), c.clone()])), ("SUM(A1:A3)".to_owned(), Some(18.0)));
        assert_eq!(shown(sum(&[a.clone(), c])), ("SUM(A1,A3)".to_owned(), Some(14.0)));
        assert_eq!(shown((&a / &b).rounded(1).max(&7.into())), ("MAX(ROUND(A1/A2,1),7)".to_owned(), Some(7.0)));
        assert_eq!(shown(&a / 0).1, None);
    }

    #[test]
    fn a_number_of_too_many_digits_is_text_and_formulas_over_it_are_what_is_on_record() {
        let mut grid = Grid::new("x");
        let long = cell(&mut grid, 0, "1234567890123456");
        assert!(grid.long);
        grid.put(1, 0, Entry::Formula(&long + 1, Some("1234567890123457".parse().unwrap())), Look::Plain);
        let small = cell(&mut grid, 2, "12345678901234.5");
        grid.put(3, 0, small.again(), Look::Plain);
        let shown: Vec<String> = grid.cells.iter().map(|(.., content, _)| format!("{content:?}")).collect();
        assert_eq!(
            shown,
            [
                "Text(\"1234567890123456\")",
                "Text(\"1234567890123457\")",
                "Number(12345678901234.5)",
                "Formula(\"A3\", \"12345678901234.5\")"
            ]
        );
    }
}
