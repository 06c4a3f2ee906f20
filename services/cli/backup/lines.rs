//! What leaves the platform for whoever checks the whole ledger: its lines, and the key that says whose it is.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use anyhow::Context as _;
use ledger::Ledger;
use proto::bundle::{LEDGER, LedgerHead, LedgerLine, Opened};
use proto::digest::{Digest, canonical};
use proto::entry::{Body, Entry};
use proto::remark::Disclosure;
use proto::wire::{Read, Recorded};
use runtime::config::Settings;
use serde::Serialize;
use serde_json::Value;

use crate::verify::{TrustFile, fingerprint};

/// Entries asked for at once; the ledger bounds a page by its bytes too.
const PAGE: u32 = 1_000;

/// Writes the whole ledger, up to its latest checkpoint, as JSON lines ([`proto::bundle`]). It may be running. `opened`: with sealed acts and all
/// remarks, for the operator's own check; else sealed entries stay commitments, and of remarks only those for everyone are there. Answers how many
/// entries it wrote.
///
/// # Errors
/// When there is no ledger or no checkpoint yet, or the file exists or cannot be written.
pub async fn export(settings: &Settings, to: &Path, opened: bool) -> anyhow::Result<u64> {
    let ledger = Ledger::reader(&ledger::Settings::of(settings)).await?;
    let written = write(&ledger, to, opened).await;
    ledger.close().await;
    written
}

async fn write(ledger: &Ledger, to: &Path, opened: bool) -> anyhow::Result<u64> {
    let checkpoint = ledger.checkpoint(None).await?.context("there is no checkpoint yet")?;
    let key = ledger.verifying_key().to_owned();
    let size = ledger::open_checkpoint(&checkpoint, &key)?.size();
    let mut file = BufWriter::new(new_file(to, opened)?);
    line(&mut file, &LedgerHead { checkpoint, format: LEDGER.to_owned(), key, size })?;
    let mut next = 0;
    while next < size {
        let page = ledger.read(&Read { from: next, kinds: Vec::new(), limit: PAGE }).await?;
        anyhow::ensure!(!page.entries.is_empty(), "entry {next} is missing from the ledger");
        let left = usize::try_from(size - next).unwrap_or(usize::MAX);
        for recorded in page.entries.into_iter().take(left) {
            line(&mut file, &of_entry(ledger, recorded, opened).await?)?;
            next += 1;
        }
    }
    file.into_inner()?.sync_all()?;
    Ok(size)
}

async fn of_entry(ledger: &Ledger, recorded: Recorded, opened: bool) -> anyhow::Result<LedgerLine> {
    let mut line = LedgerLine { entry: recorded.entry, opened: None, remarks: BTreeMap::new() };
    // Most entries are neither sealed nor have remarks: then there is nothing to look for in them.
    if opened && line.entry.contains("\"sealed\"") {
        let entry: Entry = serde_json::from_str(&line.entry)?;
        if let Body::Sealed(commitment) = entry.body {
            line.opened = ledger.open_sealed(commitment).await?.map(|found| Opened { salt: Digest(found.salt), text: found.text });
        }
    }
    if line.entry.contains("\"remark_commitment\"") {
        for commitment in commitments(&serde_json::from_str(&line.entry)?) {
            if let Some(remark) = ledger.remark(commitment).await?
                && (opened || remark.held.disclosure == Disclosure::Public)
            {
                line.remarks.insert(commitment, Opened { salt: remark.held.salt, text: remark.held.text });
            }
        }
    }
    Ok(line)
}

fn commitments(value: &Value) -> Vec<Digest> {
    match value {
        Value::Object(fields) => {
            let own = fields.get("remark_commitment").and_then(|found| serde_json::from_value(found.clone()).ok());
            own.into_iter().chain(fields.values().flat_map(commitments)).collect()
        }
        Value::Array(items) => items.iter().flat_map(commitments).collect(),
        _ => Vec::new(),
    }
}

fn line(file: &mut impl std::io::Write, value: &impl Serialize) -> anyhow::Result<()> {
    file.write_all(&canonical(value)?)?;
    Ok(file.write_all(b"\n")?)
}

fn new_file(to: &Path, private: bool) -> anyhow::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    options.open(to).with_context(|| to.display().to_string())
}

/// Writes who signs this ledger's checkpoints, and answers the fingerprint by which people compare.
///
/// # Errors
/// When there is no signing key yet, or the file cannot be written.
pub fn trust(settings: &Settings, to: &Path) -> anyhow::Result<Digest> {
    let key = ledger::verifying_key(&ledger::Settings::of(settings))?;
    let file = TrustFile { origin: settings.ledger.origin.clone(), key };
    std::fs::write(to, serde_json::to_vec_pretty(&file)?).with_context(|| to.display().to_string())?;
    Ok(fingerprint(&file.key))
}
