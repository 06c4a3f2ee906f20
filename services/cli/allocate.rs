//! `interlocal allocate`: computes a model on any machine, as the laboratory does, and prints the settlement sheet.

pub(crate) mod say;
mod why;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use gateway::derivation;
use gateway::problem::{Language, Problem};
use proto::allocation::{Comparison, Computation, Explanation, MEMBERS, MOST_MEMBERS, Model, Ranges, Refusal, Sheet};
use proto::digest::Digest;
use proto::message;
use proto::negotiation::Offered;
use serde::Serialize;

/// The model was refused.
pub(crate) const REFUSED: u8 = 1;
/// Nothing was computed: a file cannot be read or written.
pub(crate) const UNUSABLE: u8 = 2;

/// What to compute, and how to print it.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The model, JSON as the API takes it.
    pub model: PathBuf,
    /// Put all rules side by side, and say of each how it treats the members.
    #[arg(long)]
    pub compare: bool,
    /// Say how far shares move over all that is said of disputed figures.
    #[arg(long)]
    pub disputed: bool,
    /// Say of every number why it is what it is, step by step.
    #[arg(long)]
    pub explain: bool,
    /// Write everything to a workbook (XLSX) as well.
    #[arg(long, value_name = "FILE")]
    pub workbook: Option<PathBuf>,
    /// Print everything as JSON.
    #[arg(long)]
    pub json: bool,
    /// How many members are looked at.
    #[command(flatten)]
    pub size: Size,
    /// Language of the sheet.
    #[arg(long, value_name = "en|ko", default_value = "en", value_parser = ["en", "ko"])]
    pub lang: String,
}

/// Up to how many members.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Size {
    /// Up to so many members all sets of them are looked at; of more than 20 that takes minutes. Above 24 the Shapley value is estimated.
    #[arg(long, default_value_t = MEMBERS, value_parser = clap::value_parser!(u8).range(1..=i64::from(MOST_MEMBERS)))]
    pub members: u8,
}

impl Size {
    pub(crate) fn limit(self) -> usize {
        self.members.into()
    }
}

impl Default for Size {
    fn default() -> Self {
        Self { members: MEMBERS }
    }
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
    /// Rules side by side, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
    /// What disputed figures do, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ranges: Option<Ranges>,
    /// Why each number is what it is, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
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
    let allocated = allocate(&model, args.compare, args.disputed, args.size);
    match allocated.and_then(|allocated| if args.explain { explained(&model, allocated, args.size, language) } else { Ok(allocated) }) {
        Ok(allocated) => {
            if let Some(Err(error)) = args.workbook.as_ref().map(|file| write(file, &model, &allocated, language)) {
                eprintln!("interlocal: {error:#}");
                return ExitCode::from(UNUSABLE);
            }
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
    // Some editors put a mark of byte order before all.
    serde_json::from_str(text.trim_start_matches('\u{feff}')).with_context(|| format!("{} is no model", file.display()))
}

/// Computes a model, and on demand more about it.
///
/// # Errors
/// What is wrong with it.
pub fn allocate(model: &Model, compare: bool, disputed: bool, size: Size) -> Result<Allocated, Refusal> {
    let result = allocation::solve(model, size.limit())?;
    let sheet = allocation::sheet(model, &result).ok_or(Refusal::ComputationMismatch)?;
    let digest = Digest::of_json(&result).map_err(|_| Refusal::ComputationMismatch)?;
    let comparison = compare.then(|| allocation::compare(model, size.limit())).transpose()?;
    let comparison = comparison.map(|mut comparison| {
        allocation::hold_against(&mut comparison, &Offered::default());
        comparison
    });
    let ranges = disputed.then(|| allocation::disputed(model, size.limit())).transpose()?;
    Ok(Allocated { digest, result, sheet, comparison, ranges, explanation: None })
}

/// The same, with why each number is what it is.
///
/// # Errors
/// What is wrong with the model, or that the result is not one of it.
pub fn explained(model: &Model, allocated: Allocated, size: Size, language: Language) -> Result<Allocated, Refusal> {
    let mut explanation = allocation::explain(model, &allocated.result, size.limit())?;
    derivation::in_words(&mut explanation, language, &str::to_owned);
    Ok(Allocated { explanation: Some(explanation), ..allocated })
}

/// Writes the workbook of what was computed.
///
/// # Errors
/// When the file cannot be written.
pub fn write(file: &Path, model: &Model, allocated: &Allocated, language: Language) -> anyhow::Result<()> {
    let bytes = gateway::workbook::workbook(model, &allocated.result, &allocated.sheet, language)?;
    std::fs::write(file, bytes).with_context(|| file.display().to_string())
}

/// A refusal in words: its code, what was wrong, what to do next.
#[must_use]
pub fn refused(refusal: impl Into<message::Refusal>, language: Language) -> String {
    let Problem { code, title, detail, .. } = Problem::of(refusal, language);
    format!("{code}: {title}\n{}", detail.unwrap_or_default())
}

/// What was found as a text.
#[must_use]
pub fn say(model: &Model, allocated: &Allocated, language: Language) -> String {
    say::Say { model, language }.all(allocated)
}
