//! What `interlocal allocate` found, as a text in two languages.

use std::fmt::Write as _;

use comfy_table::{CellAlignment, Table, presets};
use gateway::problem::Language;
use gateway::texts;
use proto::allocation::{Against, Compared, Estimate, Figure, Lines, Model, Outcome, Ranges, Refusal, Rule};
use proto::id::GovernmentId;
use proto::message;
use proto::money::{Money, grouped};
use proto::words::Names;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::Allocated;

/// The words of one language.
pub(crate) struct Say<'a> {
    pub(crate) model: &'a Model,
    pub(crate) language: Language,
}

impl Say<'_> {
    pub(crate) fn word(&self, name: &str) -> String {
        texts::of(self.language, &format!("sheet-{name}"), &Value::Null).unwrap_or_default()
    }

    pub(crate) fn named<'n>(&self, names: &'n Names) -> &'n str {
        texts::named(self.language, names)
    }

    /// Everything.
    pub(super) fn all(&self, allocated: &Allocated) -> String {
        let mut out = String::new();
        for (id, lines) in &allocated.sheet.components {
            let name = self.model.components.get(id).map_or("", |component| self.named(&component.names));
            let _ = writeln!(out, "{name} ({id})");
            let sums = [("cost", &lines.cost), ("granted", &lines.granted), ("shared", &lines.shared)];
            let sums: Vec<String> = sums.iter().map(|(label, money)| format!("{} {}", self.word(label), amount(money))).collect();
            let _ = writeln!(out, "{} {}\n{}\n", sums.join(" · "), lines.cost.currency, self.lines(lines));
            if let Some(estimate) = &lines.estimate {
                let _ = writeln!(out, "{}\n", self.estimate(estimate));
            }
            if let Some(compared) = allocated.comparison.as_ref().and_then(|comparison| comparison.components.get(id)) {
                let _ = writeln!(out, "{}\n", self.compared(compared, &lines.members.keys().collect::<Vec<_>>()));
            }
        }
        let mut total = table([self.word("government"), self.word("total")]);
        for (government, sum) in &allocated.sheet.total {
            total.add_row([government.to_string(), amount(sum)]);
        }
        let _ = writeln!(out, "{} ({})\n{}\n", self.word("in_all"), self.model.currency, right(total));
        if let Some(ranges) = &allocated.ranges {
            let _ = writeln!(out, "{}", self.ranges(ranges));
        }
        if let Some(explanation) = &allocated.explanation {
            let _ = writeln!(out, "{}", self.why(explanation));
        }
        let _ = writeln!(out, "{}: {}", self.word("digest"), allocated.digest);
        let _ = write!(out, "{}: {}", self.word("solver"), texts::solver(self.language, &allocated.result.solver));
        out
    }

    fn lines(&self, lines: &Lines) -> Table {
        let first = lines.members.values().next();
        let figures = first.into_iter().flat_map(|line| line.figures.keys()).filter_map(|driver| self.model.drivers.get(driver));
        let figures = figures.map(|driver| format!("{} {}", self.named(&driver.names), driver.year));
        let years = first.into_iter().flat_map(|line| line.instalments.keys().map(ToString::to_string));
        let words = ["share", "percent", "transfer", "in_kind", "own_money"].map(|name| self.word(name));
        let error = lines.estimate.as_ref().map(|_| "±".to_owned());
        let mut table = table([self.word("government")].into_iter().chain(figures).chain(words).chain(years).chain(error));
        for (government, line) in &lines.members {
            let figures = line.figures.values().map(ToString::to_string);
            let percent = line.percent.map(|percent| format!("{percent:.2}")).unwrap_or_default();
            let money = [amount(&line.share), percent, amount(&line.transfer), amount(&line.in_kind), amount(&line.own_money)];
            let years = line.instalments.values().map(amount);
            let error = lines.estimate.as_ref().map(|estimate| estimate.error.get(government).map(amount).unwrap_or_default());
            table.add_row([government.to_string()].into_iter().chain(figures).chain(money).chain(years).chain(error));
        }
        right(table)
    }

    /// That the shares are no more than an estimate, and how good it is.
    fn estimate(&self, estimate: &Estimate) -> String {
        let params = json!({ "orders": grouped(estimate.orders.into(), 0) });
        texts::of(self.language, "sheet-estimate", &params).unwrap_or_default()
    }

    /// A row per rule: who pays what, whether anyone would rather leave, and who gains least; the same in percent, and beside what each would pay
    /// alone where that is known.
    pub(crate) fn compared(&self, compared: &[Compared], members: &[&GovernmentId]) -> String {
        let mut out = format!("{}\n{}\n", self.word("compared"), self.paid(compared, members));
        let percent = |held: &Against| held.percent.map(|percent| format!("{percent:.2}"));
        let alone = |held: &Against| held.alone.as_ref().map(signed);
        for (name, table) in [("in_percent", self.held(compared, members, percent)), ("above_alone", self.held(compared, members, alone))] {
            if let Some(table) = table {
                let _ = write!(out, "\n{}\n{table}\n", self.word(name));
            }
        }
        out
    }

    /// What each share of each rule is beside something. None where there is nothing to say of any.
    fn held(&self, compared: &[Compared], members: &[&GovernmentId], said: impl Fn(&Against) -> Option<String>) -> Option<Table> {
        let mut table = table([self.word("rule")].into_iter().chain(members.iter().map(ToString::to_string)));
        for Compared { rule, outcome } in compared {
            let Outcome::Shares { against, .. } = outcome else { continue };
            let cells: Vec<_> = members.iter().map(|member| said(against.get(*member)?)).collect();
            if cells.iter().any(Option::is_some) {
                table.add_row([self.rule(rule)].into_iter().chain(cells.into_iter().map(Option::unwrap_or_default)));
            }
        }
        (!table.is_empty()).then(|| right(table))
    }

    fn paid(&self, compared: &[Compared], members: &[&GovernmentId]) -> Table {
        let names = members.iter().map(ToString::to_string);
        let mut table = table([self.word("rule")].into_iter().chain(names).chain(["leaves", "least"].map(|name| self.word(name))));
        for Compared { rule, outcome } in compared {
            let row: Vec<String> = match outcome {
                Outcome::Shares { shares, fairness, .. } => {
                    let paid = members.iter().map(|member| shares.get(*member).map(amount).unwrap_or_default());
                    let fairness = fairness.as_ref().map_or_else(Default::default, |fairness| {
                        let charged = fairness.most_charged.as_ref().filter(|_| !fairness.in_core);
                        let leaves = charged.map_or_else(|| "–".to_owned(), |set| format!("{} (+{})", set.coalition, amount(&set.above)));
                        let gain = fairness.gains.get(&fairness.least).map(amount).unwrap_or_default();
                        [leaves, format!("{} ({gain})", fairness.least)]
                    });
                    paid.chain(fairness).collect()
                }
                Outcome::Refused(refusal) => members.iter().map(|_| "–".to_owned()).chain([self.refused(refusal)]).collect(),
            };
            let estimated = matches!(outcome, Outcome::Shares { estimate: Some(_), .. });
            let rule = self.rule(rule);
            table.add_row([if estimated { format!("{rule} ≈") } else { rule }].into_iter().chain(row));
        }
        right(table)
    }

    /// A refusal in few words.
    fn refused(&self, refusal: &Refusal) -> String {
        if let Refusal::NoSolution { why, .. } = refusal {
            let code = serde_json::to_value(why).ok().and_then(|code| Some(format!("why-{}", code.as_str()?)));
            return code.and_then(|code| texts::of(self.language, &code, &Value::Null)).unwrap_or_default();
        }
        let refusal = message::Refusal::from(refusal.clone());
        texts::of(self.language, &refusal.code(), &refusal.params()).unwrap_or_default()
    }

    pub(crate) fn rule(&self, rule: &Rule) -> String {
        texts::rule(self.language, self.model, rule)
    }

    pub(crate) fn ranges(&self, ranges: &Ranges) -> String {
        let mut out = String::new();
        let mut figures = table(["figure", "least", "most"].map(|name| self.word(if name == "least" { "lowest" } else { name })));
        for interval in &ranges.figures {
            figures.add_row([self.figure(&interval.figure), grouped(interval.least, 0), grouped(interval.most, 0)]);
        }
        let _ = writeln!(out, "{}\n{}\n", self.word("disputed"), right(figures));
        let mut totals = table(["government", "now", "lowest", "most", "matters"].map(|name| self.word(name)));
        for (government, range) in &ranges.totals {
            let swing = ranges.matters_most.get(government);
            let matters = swing.map_or_else(|| "–".to_owned(), |swing| format!("{} ({})", self.figure(&swing.figure), amount(&swing.by)));
            totals.add_row([government.to_string(), amount(&range.now), amount(&range.least), amount(&range.most), matters]);
        }
        let _ = writeln!(out, "{}\n{}", self.word("ranges"), right(totals));
        for (component, rules) in &ranges.safe {
            let names: Vec<String> = rules.iter().map(|rule| self.rule(rule)).collect();
            let names = if names.is_empty() { "–".to_owned() } else { names.join(", ") };
            let _ = writeln!(out, "{} ({component}): {names}", self.word("safe"));
        }
        out
    }

    fn figure(&self, figure: &Figure) -> String {
        match figure {
            Figure::Driver { driver, of } => {
                let name = self.model.drivers.get(driver).map_or("", |driver| self.named(&driver.names));
                format!("{name}: {of}")
            }
            Figure::Cost { component } => format!("{}: {component}", self.word("cost")),
            Figure::Coalition { component, coalition } => format!("{component}: {coalition}"),
        }
    }
}

pub(crate) fn table(header: impl IntoIterator<Item = String>) -> Table {
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN).set_header(header);
    table
}

/// Figures stand at the right.
pub(crate) fn right(mut table: Table) -> Table {
    table.column_iter_mut().skip(1).for_each(|column| column.set_cell_alignment(CellAlignment::Right));
    table
}

/// A difference, without its currency.
fn signed(money: &Money) -> String {
    format!("{}{}", if money.amount > Decimal::ZERO { "+" } else { "" }, amount(money))
}

/// An amount, without its currency.
pub(crate) fn amount(money: &Money) -> String {
    grouped(money.amount, money.currency.minor_digits())
}
