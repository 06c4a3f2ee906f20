//! A table of amounts by body: what sheets, comparisons and answers are shown in.

use proto::allocation::Difference;
use proto::id::GovernmentId;
use proto::money::{Currency, Money, grouped};
use rust_decimal::Decimal;

use super::Lab;

/// A table.
#[derive(Default)]
pub(super) struct Grid {
    /// What it shows; also its name for screen readers.
    pub caption: String,
    pub head: Vec<Cell>,
    pub rows: Vec<Row>,
    /// The sums.
    pub foot: Option<Row>,
    /// How it is drawn as well: `bars`, or not at all.
    pub chart: &'static str,
}

/// A row, headed by its first cell.
#[derive(Default)]
pub(super) struct Row {
    pub cells: Vec<Cell>,
    /// Of the own body.
    pub own: bool,
}

/// A cell: what stands in it, and in smaller type under that.
#[derive(Default, Clone)]
pub(super) struct Cell {
    pub text: String,
    pub under: Vec<(String, &'static str)>,
    /// `n` for numbers, and what a change means.
    pub class: &'static str,
    pub href: Option<String>,
    /// The number for a chart; of a head, that its column is one of the chart.
    pub value: Option<String>,
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    pub fn number(text: impl Into<String>) -> Self {
        Self { text: text.into(), class: "n", ..Self::default() }
    }

    /// An amount without its currency, which the table says once.
    pub fn money(money: &Money) -> Self {
        Self { value: Some(money.amount.to_string()), ..Self::number(digits(money)) }
    }

    /// What is borne more or less.
    pub fn change(money: &Money) -> Self {
        Self { class: by(money.amount), ..Self::number(signed(money)) }
    }

    pub fn percent(percent: Option<Decimal>) -> Self {
        Self::number(percent.map(self::percent).unwrap_or_default())
    }

    pub fn to(self, href: String) -> Self {
        Self { href: Some(href), ..self }
    }

    pub fn under(mut self, text: impl Into<String>, class: &'static str) -> Self {
        self.under.push((text.into(), class));
        self
    }
}

/// The classes of a change: who bears more is worse off.
pub(super) fn by(amount: Decimal) -> &'static str {
    if amount.is_zero() {
        "n same"
    } else if amount.is_sign_positive() {
        "n rise"
    } else {
        "n fall"
    }
}

/// A part of the whole, with the same two digits in every row.
pub(super) fn percent(of_all: Decimal) -> String {
    format!("{} %", grouped(of_all, 2).replace('-', "−"))
}

/// An amount without its currency.
pub(super) fn digits(money: &Money) -> String {
    grouped(money.amount, money.currency.minor_digits()).replace('-', "−")
}

/// The same with its sign.
pub(super) fn signed(money: &Money) -> String {
    let plus = if money.amount.is_sign_positive() && !money.amount.is_zero() { "+" } else { "" };
    format!("{plus}{}", digits(money))
}

/// The sum of amounts in one currency.
pub(super) fn sum<'a>(currency: Currency, amounts: impl IntoIterator<Item = &'a Money>) -> Money {
    let amount = amounts.into_iter().fold(Decimal::ZERO, |sum, money| sum.checked_add(money.amount).unwrap_or(sum));
    Money { amount, currency }
}

impl Row {
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { cells, own: false }
    }

    /// A row about a body.
    pub fn of(lab: &Lab, body: &GovernmentId, cells: impl IntoIterator<Item = Cell>) -> Self {
        let cells = [Cell::text(lab.called(body))].into_iter().chain(cells).collect();
        Self { cells, own: lab.is_own(body) }
    }
}

impl Grid {
    /// A table with these heads: the first of names, the others of numbers.
    pub fn new(caption: impl Into<String>, head: impl IntoIterator<Item = String>) -> Self {
        let head = head.into_iter().enumerate().map(|(place, text)| if place == 0 { Cell::text(text) } else { Cell::number(text) });
        Self { caption: caption.into(), head: head.collect(), ..Self::default() }
    }

    /// What bodies bear before and after a change, and the difference.
    pub fn differences<'a>(
        lab: &Lab,
        caption: String,
        currency: Currency,
        of: impl IntoIterator<Item = (&'a GovernmentId, &'a Difference)>,
    ) -> Self {
        let visit = lab.visit();
        let words = ["sheet-government", "study-before", "study-after", "study-by"].map(|key| visit.t(key));
        let mut grid = Self::new(caption, words);
        let mut all: Vec<_> = of.into_iter().collect();
        all.sort_by_key(|(body, _)| (!lab.is_own(body), lab.called(body)));
        let row = |body: &GovernmentId, of: &Difference| {
            Row::of(lab, body, [Cell::money(&of.before), Cell::money(&of.after), Cell::change(&of.by)])
        };
        grid.rows = all.iter().map(|(body, of)| row(body, of)).collect();
        let each = |part: fn(&Difference) -> &Money| sum(currency, all.iter().map(|(_, of)| part(of)));
        let (before, after, by) = (each(|of| &of.before), each(|of| &of.after), each(|of| &of.by));
        let total = [Cell::text(visit.t("sheet-total")), Cell::money(&before), Cell::money(&after), Cell::change(&by)];
        grid.foot = Some(Row::new(total.into()));
        grid
    }
}
