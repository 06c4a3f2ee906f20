//! A whole ledger written out and verified offline, with every rule replayed.

use std::io::BufReader;
use std::time::{Duration, Instant};

use runtime::config::Settings;

use crate::backup;
use crate::verify::{self, Counts, Language, Trust};

/// How it went.
pub(crate) struct Verified {
    pub(crate) entries: u64,
    pub(crate) holds: bool,
    pub(crate) counts: Counts,
    pub(crate) export: Duration,
    pub(crate) verify: Duration,
    /// The report, where it does not hold.
    pub(crate) problem: Option<String>,
}

/// Exports the ledger of a running platform, with what is sealed opened so that everything is replayed, and verifies the file.
pub(crate) async fn whole(settings: &Settings) -> anyhow::Result<Verified> {
    let (file, trust) = (settings.data("exported.jsonl"), settings.data("trust.json"));
    backup::trust(settings, &trust)?;
    let start = Instant::now();
    let entries = backup::export(settings, &file, true).await?;
    let export = start.elapsed();
    let trust = Trust::read(&trust)?;
    let reading = std::fs::File::open(&file)?;
    let start = Instant::now();
    let report = tokio::task::spawn_blocking(move || verify::ledger(BufReader::with_capacity(1 << 20, reading), Some(&trust))).await?;
    let verify = start.elapsed();
    std::fs::remove_file(file)?;
    let problem = (!report.holds()).then(|| report.say(Language::English));
    Ok(Verified { entries, holds: report.holds(), counts: report.counts, export, verify, problem })
}
