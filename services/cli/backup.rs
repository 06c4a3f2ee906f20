//! `interlocal backup` and `restore`: the ledger with its vault, the documents, the keys and secrets, and the checkpoint that was published. Views
//! are not saved: they are folds of the ledger and build themselves again.
//!
//! The ledger is carried row by row into a `SQLite` file, whichever database it is in, and from that file into whichever database it is restored
//! to. That is slower than the databases' own tools, but there is one way instead of two, it needs no program of PostgreSQL's, and a backup of
//! either kind restores to either kind. It is one moment of a ledger that may be running.
//!
//! A backup opens everything that is sealed: keep it as you keep the platform itself.

mod lines;

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, ensure};
use jiff::Timestamp;
use ledger::{Copied, Ledger};
use proto::actor::Service;
use proto::digest::Digest;
use runtime::config::Settings;
use runtime::{clock, db, keys};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

pub use lines::{export, trust};

/// What the `format` of a manifest says.
const FORMAT: &str = "interlocal backup 1";
const MANIFEST: &str = "manifest.json";
const LEDGER: &str = "ledger.db";
const PUBLISHED: &str = "checkpoint";
const SECRETS: [&str; 2] = ["ledger.seed", "vault.key"];
const FOLDERS: [&str; 2] = ["keys", "documents"];

/// What a backup holds, and by what a restore knows it again.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    format: String,
    /// Wall time.
    created: Timestamp,
    /// How many entries.
    head: u64,
    /// The latest checkpoint over them: a C2SP signed note.
    checkpoint: Option<String>,
    /// Where documents are kept, if not in the data directory; then they are not in the backup.
    documents_at: Option<String>,
    /// By their paths in the backup.
    files: BTreeMap<String, Saved>,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Saved {
    sha256: Digest,
    size: u64,
}

/// Saves to a new folder that only its owner may enter.
///
/// # Errors
/// When the folder exists, there is no ledger, or something cannot be read or written.
pub async fn save(settings: &Settings, to: &Path) -> anyhow::Result<()> {
    let seed = settings.data("ledger.seed");
    ensure!(seed.exists(), "there is no ledger in {}", settings.deployment.data_dir.display());
    private_folder(to)?;
    // The checkpoint before the ledger and the documents after it: so the copy never has promised more than it holds, and it has every document
    // that its entries name.
    copy_if_there(&settings.data(PUBLISHED), &to.join(PUBLISHED))?;
    let copied = copy_ledger(settings, &to.join(LEDGER)).await?;
    for secret in SECRETS {
        copy_if_there(&settings.data(secret), &to.join(secret))?;
    }
    for folder in FOLDERS {
        copy_folder(&settings.data(folder), &to.join(folder))?;
    }
    let mut files = BTreeMap::new();
    survey(to, &mut files)?;
    let documents_at = Some(settings.ledger.documents.clone()).filter(|at| !at.is_empty());
    let Copied { head, checkpoint } = copied;
    let manifest = Manifest { format: FORMAT.to_owned(), created: clock::wall(), head: head.head, checkpoint, documents_at, files };
    keys::private(&to.join(MANIFEST), &serde_json::to_vec_pretty(&manifest)?)?;
    println!("saved {} entries and {} files to {}", manifest.head, manifest.files.len(), to.display());
    if let Some(at) = manifest.documents_at {
        println!("documents are kept at {at} and are not in this backup");
    }
    Ok(())
}

async fn copy_ledger(settings: &Settings, file: &Path) -> anyhow::Result<Copied> {
    let from = db::of_service(settings, Service::Ledger.name()).await?;
    let to = db::open(&db::sqlite_url(file), "", 1, db::Commit::Durable).await?;
    let copied = ledger::copy(&from, &to).await.context("the ledger cannot be copied")?;
    to.close().await?;
    from.close().await?;
    Ok(copied)
}

/// Restores into an empty data directory, and on PostgreSQL into an empty database. The one file that may be there already is a published
/// checkpoint: if it outlived the ledger and promises more than the backup holds, it stays, and the ledger starts read-only.
///
/// # Errors
/// When the backup is not as its manifest says (then nothing is written), or there is something in the way.
pub async fn restore(settings: &Settings, from: &Path) -> anyhow::Result<()> {
    let manifest = checked(from)?;
    let data = &settings.deployment.data_dir;
    must_be_empty(data)?;
    must_be_new(settings).await?;
    // Under another name until all is well, so that nothing starts on half of it.
    let arriving = settings.data("ledger.arriving");
    for path in manifest.files.keys().filter(|path| *path != PUBLISHED) {
        let to = if path == LEDGER { arriving.clone() } else { settings.data(path) };
        copy_file(&from.join(path), &to)?;
    }
    keep_later_promise(settings, from)?;
    if settings.database.url.is_empty() {
        std::fs::rename(&arriving, settings.data(LEDGER))?;
    } else {
        fill_database(settings, &arriving).await?;
        std::fs::remove_file(&arriving)?;
    }
    compare(settings, &manifest).await?;
    println!("restored {} entries, saved {}, to {}", manifest.head, manifest.created, data.display());
    if let Some(at) = manifest.documents_at {
        println!("documents are not in the backup: they were kept at {at}");
    }
    Ok(())
}

async fn fill_database(settings: &Settings, file: &Path) -> anyhow::Result<()> {
    let to = db::of_service(settings, Service::Ledger.name()).await?;
    let from = db::open(&db::sqlite_url(file), "", 1, db::Commit::Durable).await?;
    // A backup of an earlier release has that release's tables.
    migrations::run(&from, &migrations::ledger()).await?;
    ledger::copy(&from, &to).await.context("the ledger cannot be copied")?;
    from.close().await?;
    Ok(to.close().await?)
}

/// Opens what was restored and looks whether it is what was saved.
async fn compare(settings: &Settings, manifest: &Manifest) -> anyhow::Result<()> {
    let ledger = Ledger::reader(&ledger::Settings::of(settings)).await?;
    let (head, checkpoint) = (ledger.head().head, ledger.checkpoint(None).await?);
    ledger.close().await;
    ensure!(head == manifest.head && checkpoint == manifest.checkpoint, "the ledger in this backup is not the one its manifest names");
    Ok(())
}

/// The manifest, if every file is there as it says.
fn checked(from: &Path) -> anyhow::Result<Manifest> {
    let file = from.join(MANIFEST);
    let text = std::fs::read(&file).with_context(|| format!("{} is no backup", from.display()))?;
    let manifest: Manifest = serde_json::from_slice(&text).with_context(|| file.display().to_string())?;
    ensure!(manifest.format == FORMAT, "{} is in the format `{}`, which this release does not know", from.display(), manifest.format);
    ensure!(manifest.files.contains_key(LEDGER), "{}: no {LEDGER}", file.display());
    for (path, saved) in &manifest.files {
        ensure!(Path::new(path).components().all(|part| matches!(part, Component::Normal(_))), "`{path}` leads out of the backup");
        let found = measure(&from.join(path))?;
        ensure!(found == *saved, "{path} is not what was saved: the backup was changed or is damaged");
    }
    Ok(manifest)
}

fn must_be_empty(data: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(data).with_context(|| data.display().to_string())?;
    for entry in std::fs::read_dir(data)? {
        let name = entry?.file_name();
        ensure!(name == PUBLISHED, "{} is not empty (there is `{}`): restore into an empty one", data.display(), name.display());
    }
    Ok(())
}

/// On PostgreSQL: views that are left there have folded entries that the restored ledger may not have.
async fn must_be_new(settings: &Settings) -> anyhow::Result<()> {
    if settings.database.url.is_empty() {
        return Ok(());
    }
    let db = db::of_service(settings, Service::Ledger.name()).await?;
    let schemas = Service::ALL.map(|service| format!("'{}'", service.name())).join(", ");
    let sql = format!("SELECT 1 FROM information_schema.tables WHERE table_schema IN ({schemas}) LIMIT 1");
    let found = db.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    db.close().await?;
    ensure!(found.is_none(), "the database is not empty: restore into a new one");
    Ok(())
}

/// Of two published checkpoints the one over more entries.
fn keep_later_promise(settings: &Settings, from: &Path) -> anyhow::Result<()> {
    let (saved, there) = (from.join(PUBLISHED), settings.data(PUBLISHED));
    if there.exists() && size(settings, &there)? >= if saved.exists() { size(settings, &saved)? } else { 0 } {
        return Ok(());
    }
    if saved.exists() { copy_file(&saved, &there) } else { Ok(()) }
}

fn size(settings: &Settings, file: &Path) -> anyhow::Result<u64> {
    let key = ledger::verifying_key(&ledger::Settings::of(settings))?;
    let checkpoint = ledger::open_checkpoint(&std::fs::read_to_string(file)?, &key);
    Ok(checkpoint.with_context(|| format!("{} is no checkpoint of this ledger", file.display()))?.size())
}

/// An operator says why entries that were promised are gone. The ledger must not be running; it starts writable again afterwards.
///
/// # Errors
/// When there is no gap, or the ledger cannot be opened.
pub async fn record_gap(settings: &Settings, why: &str) -> anyhow::Result<()> {
    ensure!(settings.data("ledger.seed").exists(), "there is no ledger in {}", settings.deployment.data_dir.display());
    let ledger = Ledger::open(ledger::Settings::of(settings)).await?;
    let lost = ledger.read_only();
    let recorded = ledger.record_gap(why).await;
    ledger.close().await;
    recorded?;
    println!("recorded: {}", lost.unwrap_or_default());
    println!("witnesses that saw the lost entries will go on refusing this ledger");
    Ok(())
}

fn private_folder(folder: &Path) -> anyhow::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).with_context(|| format!("{}: a new folder is needed", folder.display()))
}

fn copy_if_there(from: &Path, to: &Path) -> anyhow::Result<()> {
    if from.exists() { copy_file(from, to) } else { Ok(()) }
}

/// Copies a file with its permissions, to the disk.
fn copy_file(from: &Path, to: &Path) -> anyhow::Result<()> {
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    std::fs::copy(from, to).with_context(|| format!("{} to {}", from.display(), to.display()))?;
    Ok(std::fs::File::open(to)?.sync_all()?)
}

fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    for file in files_in(from)? {
        copy_file(&file, &to.join(file.strip_prefix(from)?))?;
    }
    Ok(())
}

/// All files in a folder and its folders; none if there is no such folder.
fn files_in(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = if folder.exists() { vec![folder.to_owned()] } else { Vec::new() };
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let entry = entry?;
            let list = if entry.file_type()?.is_dir() { &mut folders } else { &mut found };
            list.push(entry.path());
        }
    }
    Ok(found)
}

fn survey(root: &Path, files: &mut BTreeMap<String, Saved>) -> anyhow::Result<()> {
    for file in files_in(root)? {
        let name = file.strip_prefix(root)?.to_str().context("a file's name is not UTF-8")?.to_owned();
        files.insert(name, measure(&file)?);
    }
    Ok(())
}

fn measure(file: &Path) -> anyhow::Result<Saved> {
    let mut reading = std::fs::File::open(file).with_context(|| file.display().to_string())?;
    let (mut hasher, mut size, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 20]);
    loop {
        let read = reading.read(&mut buffer)?;
        if read == 0 {
            return Ok(Saved { sha256: Digest(hasher.finalize().into()), size });
        }
        hasher.update(buffer.get(..read).unwrap_or_default());
        size += read as u64;
    }
}
