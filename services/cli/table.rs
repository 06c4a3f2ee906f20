//! `interlocal table`: reads a table from a spreadsheet as the platform does, and prints what goes into a model.

use std::path::PathBuf;
use std::process::ExitCode;

use gateway::problem::Language;
use gateway::tables::{self, File};
use proto::id::GovernmentId;
use proto::money::Currency;
use proto::table::Refusal;
use serde::Serialize;

use crate::allocate::refused;

/// The table was refused.
const REFUSED: u8 = 1;
/// The file cannot be read.
const UNUSABLE: u8 = 2;

/// Which table.
#[derive(Debug, Clone, clap::Subcommand)]
pub enum Table {
    /// What sets of members would pay on their own: the `costs` of a component.
    Coalitions {
        /// The file.
        #[command(flatten)]
        source: Source,
        /// The currency of the costs.
        #[arg(long, value_parser = currency)]
        currency: Currency,
        /// Take a table in which sets are missing.
        #[arg(long)]
        partial: bool,
    },
    /// Figures of governments: the `values` of a driver.
    Figures {
        /// The file.
        #[command(flatten)]
        source: Source,
    },
}

/// A file with a table.
#[derive(Debug, Clone, clap::Args)]
pub struct Source {
    /// The file: .xlsx, .xls, .ods, .csv, .tsv or .txt.
    pub file: PathBuf,
    /// Who can stand in the table, such as `osan,suwon`.
    #[arg(long, value_delimiter = ',', required = true)]
    pub members: Vec<GovernmentId>,
    /// The sheet; without it the first.
    #[arg(long)]
    pub sheet: Option<String>,
    /// Language of what is said.
    #[arg(long, value_name = "en|ko", default_value = "en", value_parser = ["en", "ko"])]
    pub lang: String,
}

fn currency(text: &str) -> Result<Currency, String> {
    Currency::try_from(text.to_owned()).map_err(|error| error.to_string())
}

/// Reads and prints. The status is 0 when the table was read, 1 when it was refused, 2 when the file cannot be read.
#[must_use]
pub fn command(table: &Table) -> ExitCode {
    match table {
        Table::Coalitions { source, currency, partial } => print(source, |file| tables::coalitions(file, *currency, *partial)),
        Table::Figures { source } => print(source, tables::figures),
    }
}

fn print<T: Serialize>(source: &Source, read: impl FnOnce(&File<'_>) -> Result<T, Refusal>) -> ExitCode {
    let language = if source.lang == "ko" { Language::Korean } else { Language::English };
    let bytes = match std::fs::read(&source.file) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("interlocal: {}: {error}", source.file.display());
            return ExitCode::from(UNUSABLE);
        }
    };
    let ending = source.file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let table = tables::format_of_ending(ending)
        .and_then(|format| read(&File { bytes: &bytes, format, sheet: source.sheet.as_deref(), members: &source.members }));
    match table {
        Ok(table) => {
            println!("{}", serde_json::to_string_pretty(&table).unwrap_or_default());
            ExitCode::SUCCESS
        }
        Err(refusal) => {
            eprintln!("{}", refused(refusal, language));
            ExitCode::from(REFUSED)
        }
    }
}
