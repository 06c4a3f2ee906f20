//! The command line of `interlocal verify`. What it checks is the crate `verify`.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;

pub use ::verify::*;

/// Nothing was verified: a file cannot be read.
const UNUSABLE: u8 = 2;

/// What to verify, and how.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The bundle, or a ledger as lines.
    pub file: PathBuf,
    /// Whose signature counts: a trust file `{"origin": …, "key": …}`, or the SHA-256 fingerprint of the ledger's key. It must come by another way
    /// than the bundle.
    #[arg(long, value_name = "FILE|FINGERPRINT")]
    pub trust: Option<String>,
    /// Solve allocations again.
    #[arg(long)]
    pub recompute: bool,
    /// A folder with the documents that hold long tables of costs, as they were downloaded. What rests on a table that is not there is not solved again.
    #[arg(long, value_name = "FOLDER", requires = "recompute")]
    pub documents: Option<PathBuf>,
    /// Print the report as JSON.
    #[arg(long)]
    pub json: bool,
    /// Language of the report.
    #[arg(long, value_name = "en|ko", default_value = "en", value_parser = ["en", "ko"])]
    pub lang: String,
}

/// Verifies and prints the report. The status is 0 when all is right and signed by whom the caller trusts, 3 when all fits together but the origin is
/// unproven, 1 when something is wrong, 2 when nothing could be verified.
///
///
/// # Errors
/// When the report cannot be printed.
pub fn command(args: &Args) -> anyhow::Result<ExitCode> {
    match report(args) {
        Ok((text, status)) => {
            std::io::stdout().write_all(text.as_bytes())?;
            Ok(ExitCode::from(status))
        }
        Err(error) => {
            eprintln!("interlocal: {error:#}");
            Ok(ExitCode::from(UNUSABLE))
        }
    }
}

/// The report as it is printed, and the exit status.
///
/// # Errors
/// When a file cannot be read.
pub fn report(args: &Args) -> anyhow::Result<(String, u8)> {
    let trust = args.trust.as_deref().map(Trust::of).transpose()?;
    let tables = args.documents.as_deref().map_or_else(|| Ok(Tables::default()), Tables::of).context("--documents")?;
    let options = Options { trust: trust.as_ref(), recompute: args.recompute.then_some(&tables), stop: None };
    let report = file(&args.file, options).map_err(|e| anyhow::anyhow!("{}: {e}", args.file.display()))?;
    let language = if args.lang == "ko" { Language::Korean } else { Language::English };
    let text = if args.json { serde_json::to_string_pretty(&report)? + "\n" } else { report.say(language) };
    Ok((text, report.verdict.exit_status()))
}
