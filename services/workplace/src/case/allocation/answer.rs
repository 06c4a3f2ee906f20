//! The answers to questions, as tables and sentences.

use std::collections::BTreeMap;

use proto::allocation::{Answer, Balance, Balances, Changed, Comparison, Found, Model, Payout, Price, Ranges, Tried, Way, Ways};
use proto::id::{ComponentId, GovernmentId};
use proto::money::{Currency, Money};
use proto::negotiation::Offered;
use serde_json::json;

use super::grid::{Cell, Grid, Row};
use super::{Lab, compare, words};
use crate::locale;

/// A part of an answer.
#[derive(Default)]
pub(super) struct Block {
    pub heading: String,
    /// Sentences, each good or worth a look.
    pub said: Vec<(bool, String)>,
    pub facts: Vec<(String, String)>,
    pub grid: Option<Grid>,
}

/// What is said, and of what.
struct Saying<'a> {
    lab: &'a Lab,
    model: &'a Model,
}

/// The answer to a question about a run with this model.
pub(super) fn blocks(lab: &Lab, model: &Model, answer: &Answer, offered: &Offered) -> Vec<Block> {
    let say = Saying { lab, model };
    match &answer.found {
        Found::WhatIf(found) => say.changed(found),
        Found::Search(found) => say.ways(found),
        Found::Ranges(found) => say.ranges(found),
        Found::Comparison(found) => say.comparison(found, offered),
        Found::Settlement(found) => say.settlement(found),
        Found::Accession(found) => say.accession(found),
        Found::Exit(found) => say.exit(found),
    }
}

/// A table under its own name.
fn with_grid(grid: Grid) -> Block {
    Block { heading: grid.caption.clone(), grid: Some(grid), ..Block::default() }
}

impl Saying<'_> {
    fn t(&self, key: &str) -> String {
        self.lab.visit().t(key)
    }

    fn component(&self, id: &ComponentId) -> String {
        words::component(self.lab.visit(), self.model, id)
    }

    fn in_currency(&self, key: &str, currency: Currency) -> String {
        self.lab
            .visit()
            .told("lab-in-currency", &json!({ "what": self.t(key), "currency": locale::currency(self.lab.visit().language, currency) }))
    }

    /// What each bears in all, then component by component.
    fn changed(&self, found: &Changed) -> Vec<Block> {
        let caption = self.in_currency("lab-in-all", self.model.currency);
        let totals = Grid::differences(self.lab, caption.clone(), self.model.currency, &found.totals);
        let mut blocks = vec![Block { heading: caption, grid: Some(totals), ..Block::default() }];
        if found.components.len() > 1 || found.components.values().any(|of| of.fairness.is_some()) {
            blocks.extend(found.components.iter().map(|(id, of)| {
                let currency = self.model.components.get(id).map_or(self.model.currency, |of| of.cost.currency);
                let params = json!({ "component": self.component(id), "currency": locale::currency(self.lab.visit().language, currency) });
                let heading = self.lab.visit().told("lab-sheet-of", &params);
                let grid = Grid::differences(self.lab, heading.clone(), currency, &of.shares);
                let said = of.fairness.as_deref().map(|fairness| match fairness.most_charged.as_ref().filter(|_| !fairness.in_core) {
                    None => (true, self.t("study-fair")),
                    Some(set) => {
                        let params =
                            json!({ "coalition": self.lab.coalition(&set.coalition), "above": self.lab.visit().money(&set.above) });
                        (false, self.lab.visit().told("study-unfair", &params))
                    }
                });
                Block { heading, said: said.into_iter().collect(), grid: Some(grid), ..Block::default() }
            }));
        }
        blocks
    }

    fn ways(&self, found: &Ways) -> Vec<Block> {
        let visit = self.lab.visit();
        let tried = json!({ "tried": found.tried.to_string(), "more": found.more.to_string() });
        let mut first = vec![(!found.ways.is_empty(), self.t(if found.ways.is_empty() { "study-none" } else { "study-search" }))];
        first.push((true, visit.told("study-tried", &tried)));
        if !found.unmixed.is_empty() {
            let names: Vec<&str> =
                found.unmixed.iter().map(|id| self.model.drivers.get(id).map_or(id.as_str(), |of| visit.name(&of.names))).collect();
            first.push((true, format!("{}: {}", self.t("study-unmixed"), names.join(", "))));
        }
        let mut blocks = vec![Block { said: first, ..Block::default() }];
        let all = found.ways.iter().chain(found.least.as_deref());
        blocks.extend(all.enumerate().map(|(place, way)| self.way(place + 1, way)));
        blocks
    }

    fn way(&self, number: usize, way: &Way) -> Block {
        let visit = self.lab.visit();
        let rule = |(id, rule)| format!("{} – {}", self.component(id), words::rule(visit, self.model, rule));
        let rules: Vec<String> = way.rules.iter().map(rule).collect();
        let rules = if rules.is_empty() { self.t("study-as_it_stands") } else { rules.join("; ") };
        let mut facts = Vec::new();
        if let Some(weights) = &way.weights {
            facts.push((
                self.t("lab-weights"),
                visit.told("study-weights", &json!({ "from": weights.from.to_string(), "to": weights.to.to_string() })),
            ));
        }
        facts.push((self.t("lab-largest-rise"), visit.money(&way.largest_rise)));
        let alone = way.nobody_above_alone.map(|kept| (kept, self.t(if kept { "study-alone" } else { "study-above_alone" })));
        let heading = format!("{}: {rules}", visit.told("study-way", &json!({ "number": number.to_string() })));
        let grid = Grid::differences(self.lab, heading.clone(), self.model.currency, &way.totals);
        Block { heading, said: alone.into_iter().collect(), facts, grid: Some(grid) }
    }

    fn ranges(&self, found: &Ranges) -> Vec<Block> {
        let visit = self.lab.visit();
        let mut figures = Grid::new(self.t("sheet-disputed"), ["sheet-figure", "sheet-lowest", "sheet-most"].map(|key| self.t(key)));
        figures.rows = found
            .figures
            .iter()
            .map(|of| {
                let name = words::figure(self.lab, self.model, &of.figure);
                Row::new(vec![Cell::text(name), Cell::number(locale::number(of.least)), Cell::number(locale::number(of.most))])
            })
            .collect();
        let heads = ["sheet-government", "sheet-now", "sheet-lowest", "sheet-most", "sheet-matters"].map(|key| self.t(key));
        let mut totals = Grid::new(self.in_currency("sheet-ranges", self.model.currency), heads);
        for body in self.lab.in_order(found.totals.keys()) {
            let Some(range) = found.totals.get(body) else { continue };
            let matters = found.matters_most.get(body).map(|swing| {
                let by = visit.money(&swing.by);
                Cell { class: "", ..Cell::text(words::figure(self.lab, self.model, &swing.figure)).under(by, "quiet") }
            });
            let cells = [Cell::money(&range.now), Cell::money(&range.least), Cell::money(&range.most), matters.unwrap_or_default()];
            totals.rows.push(Row::of(self.lab, body, cells));
        }
        let mut said = Vec::new();
        if found.figures.is_empty() {
            said.push((true, self.t("lab-nothing-disputed")));
        } else {
            said.push((
                true,
                self.t(match found.tried {
                    Tried::AllEnds => "lab-tried-all",
                    Tried::OneByOne => "lab-tried-one",
                }),
            ));
        }
        if found.unsolved > 0 {
            said.push((false, visit.counted("lab-unsolved", count(found.unsolved))));
        }
        let safe: Vec<(String, String)> = found
            .safe
            .iter()
            .filter(|(_, rules)| !rules.is_empty())
            .map(|(id, rules)| {
                let rules: Vec<String> = rules.iter().map(|rule| words::rule(visit, self.model, rule)).collect();
                (self.component(id), rules.join(", "))
            })
            .collect();
        let mut blocks = vec![Block { heading: totals.caption.clone(), said, grid: Some(totals), ..Block::default() }];
        if !found.figures.is_empty() {
            blocks.push(Block { heading: self.t("sheet-disputed"), grid: Some(figures), ..Block::default() });
        }
        if !safe.is_empty() {
            blocks.push(Block { heading: self.t("sheet-safe"), facts: safe, ..Block::default() });
        }
        blocks
    }

    fn comparison(&self, found: &Comparison, offered: &Offered) -> Vec<Block> {
        let mut found = found.clone();
        allocation::hold_against(&mut found, offered);
        let block = |part: compare::Part| {
            let said = part.legend.into_iter().map(|line| (true, line));
            let without = part.without.into_iter().map(|(rule, _, why)| (rule, why));
            Block { heading: part.name, said: said.collect(), facts: without.collect(), grid: Some(part.table) }
        };
        compare::parts(self.lab, self.model, &found).into_iter().map(block).collect()
    }

    /// A row for each body with amounts under these heads, and their sums.
    fn amounts(&self, caption: String, heads: &[&str], years: &[i16], rows: &BTreeMap<GovernmentId, Vec<Money>>) -> Grid {
        let heads = ["sheet-government"].iter().chain(heads).map(|key| self.t(key));
        let years = years.iter().map(|year| self.lab.visit().with("lab-year", "year", &year.to_string()));
        let mut grid = Grid::new(caption, heads.chain(years));
        for body in self.lab.in_order(rows.keys()) {
            grid.rows.extend(rows.get(body).map(|amounts| Row::of(self.lab, body, amounts.iter().map(Cell::money))));
        }
        let wide = rows.values().map(Vec::len).max().unwrap_or_default();
        let column = |place: usize| super::grid::sum(self.model.currency, rows.values().filter_map(|amounts| amounts.get(place)));
        let sums = (0..wide).map(|place| Cell::money(&column(place)));
        grid.foot = Some(Row::new([Cell::text(self.t("sheet-total"))].into_iter().chain(sums).collect()));
        grid
    }

    fn settlement(&self, found: &Balances) -> Vec<Block> {
        let years: Vec<i16> = found.in_all.instalments.keys().copied().collect();
        let money = |of: &Balance| [of.due, of.in_kind, of.paid, of.owes].into_iter().chain(of.instalments.values().copied()).collect();
        let rows = found.governments.iter().map(|(who, of)| (who.clone(), money(of))).collect();
        let heads = ["study-due", "study-in_kind", "study-paid", "study-owes"];
        let grid = self.amounts(self.in_currency("study-settlement", self.model.currency), &heads, &years, &rows);
        let mut blocks = vec![with_grid(grid)];
        blocks.extend(self.changed(&found.actual));
        blocks
    }

    fn accession(&self, found: &Price) -> Vec<Block> {
        let visit = self.lab.visit();
        let days = visit.told("study-interest", &json!({ "days": found.days }));
        let mut facts = vec![
            (self.t("study-share"), visit.money(&found.share)),
            (days, visit.money(&found.interest)),
            (self.t("study-overhead"), visit.money(&found.overhead)),
            (self.t("study-price"), visit.money(&found.price)),
        ];
        facts.extend(found.instalments.iter().map(|(year, money)| (visit.with("lab-year", "year", &year.to_string()), visit.money(money))));
        let rows = found.gets.iter().map(|(who, of)| (who.clone(), vec![of.falls, of.part, of.gets])).collect();
        let heads = ["study-falls", "study-part", "study-gets"];
        let grid = self.amounts(self.in_currency("lab-who-gets", self.model.currency), &heads, &[], &rows);
        let price = Block { heading: self.t("study-accession"), facts, ..Block::default() };
        let mut blocks = vec![price, with_grid(grid)];
        blocks.extend(self.changed(&found.joined));
        blocks
    }

    fn exit(&self, found: &Payout) -> Vec<Block> {
        let visit = self.lab.visit();
        let facts = [
            ("sheet-share", found.share),
            ("study-contributed", found.contributed),
            ("study-unpaid", found.unpaid),
            ("study-value_left", found.value_left),
            ("study-owed", found.owes),
            ("study-cost_of_separation", found.cost_of_separation),
            ("study-payout", found.gets),
        ];
        let facts = facts.map(|(key, money)| (self.t(key), visit.money(&money))).into();
        let rows = found.stay.iter().map(|(who, of)| (who.clone(), vec![of.rises, of.pays])).collect();
        let grid = self.amounts(self.in_currency("lab-who-takes-over", self.model.currency), &["study-rises", "study-pays"], &[], &rows);
        let payout = Block { heading: self.t("study-exit"), facts, ..Block::default() };
        let mut blocks = vec![payout, with_grid(grid)];
        blocks.extend(self.changed(&found.left));
        blocks
    }
}

fn count(of: u32) -> usize {
    usize::try_from(of).unwrap_or(usize::MAX)
}
