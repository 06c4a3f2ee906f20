//! `interlocal allocate`: computes a model on any machine, as the laboratory does, and prints the settlement sheet.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use comfy_table::{CellAlignment, Table, presets};
use gateway::problem::Language;
use gateway::texts;
use proto::allocation::{Computation, Lines, Model, Refusal, Sheet};
use proto::digest::Digest;
use proto::message;
use proto::money::Money;
use proto::words::Names;
use serde::Serialize;
use serde_json::Value;

/// The model was refused.
const REFUSED: u8 = 1;
/// Nothing was computed: the file cannot be read.
const UNUSABLE: u8 = 2;

/// What to compute, and how to print it.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The model, JSON as the API takes it.
    pub model: PathBuf,
    /// Print the result, its digest and the sheet as JSON.
    #[arg(long)]
    pub json: bool,
    /// Language of the sheet.
    #[arg(long, value_name = "en|ko", default_value = "en", value_parser = ["en", "ko"])]
    pub lang: String,
}

/// What came out.
#[derive(Debug, Serialize)]
pub struct Allocated {
    /// By which an offer and the agreement refer to the result.
    pub digest: Digest,
    /// The result.
    pub result: Computation,
    /// Who pays what, when.
    pub sheet: Sheet,
}

/// Computes and prints. The status is 0 when there are shares, 1 when the model was refused, 2 when it cannot be read.
#[must_use]
pub fn command(args: &Args) -> ExitCode {
    let language = if args.lang == "ko" { Language::Korean } else { Language::English };
    let model = match read(&args.model) {
        Ok(model) => model,
        Err(error) => {
            eprintln!("interlocal: {error:#}");
            return ExitCode::from(UNUSABLE);
        }
    };
    match allocate(&model) {
        Ok(allocated) => {
            println!(
                "{}",
                if args.json { serde_json::to_string_pretty(&allocated).unwrap_or_default() } else { say(&model, &allocated, language) }
            );
            ExitCode::SUCCESS
        }
        Err(refusal) => {
            eprintln!("{}", refused(refusal, language));
            ExitCode::from(REFUSED)
        }
    }
}

/// Reads a model.
///
/// # Errors
/// When the file cannot be read or is no model, with line and column.
pub fn read(file: &Path) -> anyhow::Result<Model> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    serde_json::from_str(&text).with_context(|| format!("{} is no model", file.display()))
}

/// Computes a model.
///
/// # Errors
/// What is wrong with it.
pub fn allocate(model: &Model) -> Result<Allocated, Refusal> {
    let result = allocation::solve(model, allocation::AT_LEISURE)?;
    let sheet = allocation::sheet(model, &result).ok_or(Refusal::ComputationMismatch)?;
    let digest = Digest::of_json(&result).map_err(|_| Refusal::ComputationMismatch)?;
    Ok(Allocated { digest, result, sheet })
}

/// A refusal in words: its code, what was wrong, what to do next.
#[must_use]
pub fn refused(refusal: Refusal, language: Language) -> String {
    let refusal = message::Refusal::from(refusal);
    let (code, params) = (refusal.code(), refusal.params());
    let text = |code: &str| texts::of(language, code, &params).unwrap_or_default();
    format!("{code}: {}\n{}", text(&code), text(&format!("{code}.next")))
}

/// The sheet as a text.
#[must_use]
pub fn say(model: &Model, allocated: &Allocated, language: Language) -> String {
    let word = |name: &str| texts::of(language, &format!("sheet-{name}"), &Value::Null).unwrap_or_default();
    let mut out = String::new();
    for (id, lines) in &allocated.sheet.components {
        let name = model.components.get(id).map_or("", |component| named(&component.names, language));
        let _ = writeln!(out, "{name} ({id})");
        let sums = [("cost", &lines.cost), ("granted", &lines.granted), ("shared", &lines.shared)];
        let sums: Vec<String> = sums.iter().map(|(label, money)| format!("{} {}", word(label), amount(money))).collect();
        let _ = writeln!(out, "{} {}\n{}\n", sums.join(" · "), lines.cost.currency, table(model, lines, language, &word));
    }
    let mut total = Table::new();
    total.load_style(presets::ASCII_MARKDOWN).set_header([word("government"), word("total")]);
    for (government, sum) in &allocated.sheet.total {
        total.add_row([government.to_string(), amount(sum)]);
    }
    right(&mut total);
    let _ = writeln!(out, "{} ({})\n{total}\n", word("in_all"), model.currency);
    let _ = writeln!(out, "{}: {}", word("digest"), allocated.digest);
    let _ = write!(out, "{}: {}", word("solver"), allocated.result.solver);
    out
}

fn named(names: &Names, language: Language) -> &str {
    if language == Language::Korean { &names.ko } else { &names.en }
}

fn table(model: &Model, lines: &Lines, language: Language, word: &impl Fn(&str) -> String) -> Table {
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN);
    let first = lines.members.values().next();
    let figures = first.into_iter().flat_map(|line| line.figures.keys()).filter_map(|driver| model.drivers.get(driver));
    let figures = figures.map(|driver| format!("{} {}", named(&driver.names, language), driver.year));
    let years = first.into_iter().flat_map(|line| line.instalments.keys().map(ToString::to_string));
    let words = ["share", "percent", "transfer", "in_kind", "own_money"].map(word);
    table.set_header([word("government")].into_iter().chain(figures).chain(words).chain(years));
    for (government, line) in &lines.members {
        let figures = line.figures.values().map(ToString::to_string);
        let percent = line.percent.map(|percent| format!("{percent:.2}")).unwrap_or_default();
        let money = [amount(&line.share), percent, amount(&line.transfer), amount(&line.in_kind), amount(&line.own_money)];
        let years = line.instalments.values().map(amount);
        table.add_row([government.to_string()].into_iter().chain(figures).chain(money).chain(years));
    }
    right(&mut table);
    table
}

/// Figures stand at the right.
fn right(table: &mut Table) {
    table.column_iter_mut().skip(1).for_each(|column| column.set_cell_alignment(CellAlignment::Right));
}

/// An amount with separators of thousands.
fn amount(money: &Money) -> String {
    let text = money.amount.abs().to_string();
    let (whole, part) = text.split_once('.').map_or((text.as_str(), None), |(whole, part)| (whole, Some(part)));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if money.amount.is_sign_negative() && !money.amount.is_zero() { "-" } else { "" };
    part.map_or_else(|| format!("{sign}{grouped}"), |part| format!("{sign}{grouped}.{part}"))
}
