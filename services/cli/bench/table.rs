//! The figures as a table: what was measured, and the goal beside it.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use super::Limits;
use super::child::AtRest;
use super::load::{Measured, lossy};
use super::machine::Machine;
use super::pages::Pages;
use super::site::{Load, OnDatabase};
use super::solving::{Beside, Solving};

/// Everything that was measured.
pub(crate) struct Report {
    machine: Machine,
    pub(crate) limits: Option<Limits>,
    pub(crate) rest: Option<AtRest>,
    pub(crate) solving: Option<Solving>,
    pub(crate) pages: Option<Pages>,
    pub(crate) databases: Vec<OnDatabase>,
}

/// A line: what, one figure for each database or one for all, and the goal.
struct Line {
    what: String,
    figures: Vec<String>,
    goal: &'static str,
}

impl Report {
    /// Nothing measured yet.
    pub(crate) fn of_machine(folder: &Path) -> Self {
        Self { machine: Machine::of(folder), limits: None, rest: None, solving: None, pages: None, databases: Vec::new() }
    }

    /// Whether everything that was asked was answered as it should be.
    pub(crate) fn is_sound(&self) -> bool {
        let sound = |on: &OnDatabase| {
            let answered = on.loads.iter().all(|load| load.measured.failed == 0);
            answered
                && on.beside.iter().flatten().all(|measured| measured.failed == 0)
                && on.compared.different.is_empty()
                && on.verified.as_ref().is_none_or(|verified| verified.holds)
        };
        self.databases.iter().all(sound) && self.pages.iter().all(|pages| pages.all.failed == 0)
    }

    fn lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        let loads = self.databases.iter().map(|on| on.loads.len()).max().unwrap_or_default();
        for nth in 0..loads {
            self.load(nth, &mut lines);
        }
        if self.databases.is_empty() {
            lines.extend(self.pages.iter().flat_map(looked_at));
            return lines;
        }
        if self.databases.iter().any(|on| on.beside.is_some()) {
            lines.push(self.each("1 client, nucleolus of 22 beside: p99 of idle", "at most 1.5", |on| {
                let said = |[alone, beside]: &[Measured; 2]| {
                    let times = beside.p99.as_secs_f64() / alone.p99.as_secs_f64();
                    format!("{times:.2} ({} / {})", milliseconds(beside.p99), milliseconds(alone.p99))
                };
                on.beside.as_ref().map(said).unwrap_or_default()
            }));
        }
        lines.push(self.each("entry of a counter-offer, mean bytes", "about 1,024", |on| grouped(lossy(on.compared.mean_bytes()))));
        lines.push(self.each("rows that equal replay", "all", |on| {
            let right = on.compared.rows - on.compared.different.len() as u64;
            format!("{right} of {} in {} cases", on.compared.rows, on.compared.cases)
        }));
        lines.push(self.each("rows alone, 1 KiB, batches of 256, /s", "", |on| grouped(on.raw_rows)));
        if let Some(limits) = &self.limits {
            lines.extend(alone(limits));
        }
        lines.extend(self.solving.iter().flat_map(solved));
        lines.extend(self.pages.iter().flat_map(looked_at));
        self.whole(&mut lines);
        lines
    }

    fn load(&self, nth: usize, lines: &mut Vec<Line>) {
        let Some(clients) = self.databases.iter().find_map(|on| on.loads.get(nth)).map(|load| load.measured.clients) else { return };
        let name = if clients == 1 { "1 client".to_owned() } else { format!("{clients} clients") };
        let of = |load: fn(&Load) -> String| move |on: &OnDatabase| on.loads.get(nth).map(load).unwrap_or_default();
        let (rate, latency) = match clients {
            1 => ("", "p50 at most 2"),
            256 => ("at least 3,000", ""),
            _ => ("", ""),
        };
        lines.push(self.each(&format!("{name}: durable commands/s"), rate, of(|load| grouped(load.measured.per_second))));
        lines.push(self.each(&format!("{name}: p50 / p99, ms"), latency, of(|load| times(&load.measured))));
        lines.push(self.each(&format!("{name}: views behind at the end"), "", of(behind)));
        if let Some(limits) = self.limits.as_ref().filter(|limits| limits.chain_many.clients == clients) {
            let chain = limits.chain_many.per_second;
            let share =
                move |on: &OnDatabase| on.loads.get(nth).map(|load| format!("{:.2}", load.measured.per_second / chain)).unwrap_or_default();
            lines.push(self.each(&format!("{name}: share of the empty chain"), "later 0.4", share));
        }
        if self.databases.iter().any(|on| on.loads.get(nth).is_some_and(|load| load.measured.failed > 0)) {
            let failed = |load: &Load| format!("{} beside {}", load.measured.failed, load.measured.done);
            lines.push(self.each(&format!("{name}: not accepted"), "none", of(failed)));
        }
    }

    fn whole(&self, lines: &mut Vec<Line>) {
        if let Some(verified) = self.databases.iter().find_map(|on| on.verified.as_ref()) {
            let entries = grouped(lossy(verified.entries));
            let goal = if (100_000..200_000).contains(&verified.entries) { "at most 10 s" } else { "at most 10 s for 100,000" };
            let verdict = if verified.holds { "" } else { ", IT DOES NOT HOLD" };
            let took = format!("{:.1} s, {} replayed{verdict}", verified.verify.as_secs_f64(), grouped(lossy(verified.counts.replayed)));
            lines.push(one(&format!("verifying {entries} entries with replay"), took, goal));
            lines.push(one(&format!("writing out {entries} entries"), format!("{:.1} s", verified.export.as_secs_f64()), ""));
        }
        if let Some(rest) = &self.rest {
            lines.push(one("memory of an idle `interlocal up`", format!("{} MB", rest.resident_kib * 1024 / 1_000_000), "at most 150 MB"));
            lines.push(one("start to the first page", format!("{:.2} s", rest.first_page.as_secs_f64()), "at most 3 s"));
        }
    }

    fn each(&self, what: &str, goal: &'static str, figure: impl Fn(&OnDatabase) -> String) -> Line {
        Line { what: what.to_owned(), figures: self.databases.iter().map(figure).collect(), goal }
    }

    /// What went wrong, in words.
    fn wrong(&self) -> impl Iterator<Item = String> {
        let of_pages = self.pages.iter().filter_map(|pages| pages.all.failure.clone());
        of_pages.chain(self.databases.iter().flat_map(|on| {
            let refused = on.loads.iter().filter_map(|load| load.measured.failure.clone());
            let different = on.compared.different.iter().map(|row| format!("not what replay makes: {row}"));
            let unverified = on.verified.iter().filter_map(|verified| verified.problem.clone());
            refused.chain(different).chain(unverified).map(|what| format!("{}: {what}", on.kind))
        }))
    }
}

fn alone(limits: &Limits) -> Vec<Line> {
    let fdatasync = format!("{:.3} ms", limits.fdatasync.as_secs_f64() * 1e3);
    let said = |measured: &Measured| format!("{}/s, p50 {} ms", grouped(measured.per_second), milliseconds(measured.p50));
    vec![
        one("bus alone, request and answer, 1 client", said(&limits.bus_alone), ""),
        one(&format!("bus alone, {} in flight", limits.bus_many.clients), said(&limits.bus_many), ""),
        one("HTTP, bus, empty service, 1 client", said(&limits.chain_alone), ""),
        one(&format!("HTTP, bus, empty service, {} clients", limits.chain_many.clients), said(&limits.chain_many), ""),
        one("fdatasync, p50", fdatasync, "under 1 ms, else no figure counts"),
    ]
}

fn solved(solving: &Solving) -> Vec<Line> {
    let said = |of: &Beside| {
        let times = of.ours.as_secs_f64() / of.bare.as_secs_f64();
        let figure = format!("{times:.2} ({} / {} ms)", milliseconds(of.ours), milliseconds(of.bare));
        one(&format!("{} of {}: time of the bare solver", of.rule, of.members), figure, "at most 1.05")
    };
    let memory = one("memory of solving the largest nucleolus", format!("{} MB", solving.peak_kib * 1024 / 1_000_000), "");
    solving.beside.iter().map(said).chain([memory]).collect()
}

fn looked_at(pages: &Pages) -> Vec<Line> {
    let said = |measured: &Measured| format!("{} / {} ms", milliseconds(measured.p50), milliseconds(measured.p99));
    let all = one(&format!("pages, {} people: p50 / p99", pages.all.clients), said(&pages.all), "p99 at most 50");
    let each = pages.each.iter().map(|(page, measured)| one(&format!("  {page}"), said(measured), ""));
    let first = one("first page over the wire, fonts aside", format!("{} KB", pages.first / 1000), "at most 200 KB");
    [all].into_iter().chain(each).chain([first]).collect()
}

fn one(what: &str, figure: String, goal: &'static str) -> Line {
    Line { what: what.to_owned(), figures: vec![figure], goal }
}

fn times(measured: &Measured) -> String {
    format!("{} / {}", milliseconds(measured.p50), milliseconds(measured.p99))
}

fn behind(load: &Load) -> String {
    format!("{} entries, {:.1} s", grouped(lossy(load.lag.positions)), load.lag.time.as_secs_f64())
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1e3)
}

/// A whole number with a comma between thousands.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let set_apart = |(nth, digit): (usize, char)| {
        let comma = nth > 0 && (digits.len() - nth).is_multiple_of(3);
        comma.then_some(',').into_iter().chain([digit])
    };
    digits.chars().enumerate().flat_map(set_apart).collect()
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self.lines();
        let what = lines.iter().map(|line| line.what.chars().count()).max().unwrap_or_default();
        let figures = lines.iter().filter(|line| line.figures.len() > 1).flat_map(|line| &line.figures);
        let figure = figures.map(|figure| figure.chars().count()).max().unwrap_or_default().max(12);
        let longest =
            lines.iter().filter(|line| line.figures.len() == 1).flat_map(|line| &line.figures).map(|text| text.chars().count() + 2).max();
        let all = (self.databases.len().max(1) * (figure + 2)).max(longest.unwrap_or_default());
        writeln!(f, "{}\n", self.machine)?;
        let in_columns = |cells: &[String]| cells.iter().map(|cell| format!("  {cell:>figure$}")).collect::<Vec<_>>().concat();
        let kinds: Vec<String> = self.databases.iter().map(|on| on.kind.to_string()).collect();
        writeln!(f, "{:what$}{:>all$}  goal", "", in_columns(&kinds))?;
        for Line { what: name, figures, goal } in lines {
            let joined = in_columns(&figures);
            writeln!(f, "{}", format!("{name:what$}{joined:>all$}  {goal}").trim_end())?;
        }
        for what in self.wrong() {
            writeln!(f, "{what}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        let said = [0.0, 7.4, 999.0, 1_000.0, 12_345.0, 1_234_567.0].map(grouped);
        assert_eq!(said, ["0", "7", "999", "1,000", "12,345", "1,234,567"]);
    }
}
