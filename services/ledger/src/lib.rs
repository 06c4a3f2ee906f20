//! The ledger: the one place through which every change goes, and the record that is kept of it.
//!
//! An append is durable when it is answered, at a position without gaps, byte for byte as it was hashed; the tree over all entries and its signed
//! checkpoints follow within a second. Sealed bodies and remarks stand in the record as salted commitments, with their contents in a vault that can
//! forget. The same code runs on `SQLite` and PostgreSQL; several processes on one PostgreSQL are safe together.
//!
//! ```no_run
//! # async fn example(settings: ledger::Settings, append: proto::wire::Append) -> anyhow::Result<()> {
//! use proto::{actor::Service, wire::{Appended, Read}};
//! let ledger = ledger::Ledger::open(settings).await?;
//! let answers = ledger.append(vec![(Service::Negotiation, append)]).await?;
//! if let [Appended::Done { position, .. }] = answers[..] {
//!     let page = ledger.read(&Read { from: position, kinds: Vec::new(), limit: 1 }).await?;
//!     println!("{}", page.entries[0].entry);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! It does not decide whether an act is allowed (the services do, and `verify` checks them), does not parse the acts of open entries, does not ask who
//! reads (the gateway and the services do), and knows nothing of NATS.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use proto::actor::Service;
use proto::wire::{Append, Appended, Failure, Head};
use runtime::bus::unavailable;
use runtime::config::{self, Mode};
use runtime::{clock, db};
use sea_orm::DatabaseConnection;
use tokio::sync::{broadcast, mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

mod aside;
mod audit;
mod batch;
mod bundle;
pub mod calendar;
mod copying;
mod desk;
mod envelope;
mod keys;
mod opening;
mod proof;
mod readers;
mod reading;
mod ring;
mod search;
mod serve;
mod sql;
mod tiles;
mod tree;
mod vault;
mod vaulting;
mod writer;

pub use aside::verifying_key;
pub use audit::Audit;
pub use copying::{Copied, copy};
pub use keys::open_checkpoint;
pub use serve::serve;
pub use vault::Opened;
pub use vaulting::Remark;
pub use writer::Notice;

use keys::Notary;
use ring::Ring;
use tree::Builder;
use vault::Key;
use writer::{Known, Request, Writer};

/// Callers that may wait for the writer before others wait for them.
const QUEUE: usize = 4_096;
/// Commits that a slow listener may fall behind before it loses hints.
const NOTICES: usize = 1_024;
/// Connections that read, on `SQLite`.
const READERS: u32 = 3;

/// What a ledger needs to open.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The name under which checkpoints are signed.
    pub origin: String,
    /// Whether the calendar may be set.
    pub mode: Mode,
    /// Address of the database.
    pub database: String,
    /// Its schema, on PostgreSQL.
    pub schema: String,
    /// Connections that read, beside the one that writes.
    pub readers: u32,
    /// Entries in one transaction, about.
    pub batch: usize,
    /// The file with the seed of the signing key.
    pub signing_key: PathBuf,
    /// The file with the key over the vault's keys.
    pub master_key: PathBuf,
    /// The file that keeps the latest published checkpoint, outside the database.
    pub published: PathBuf,
    /// The name of this process among others on the same database.
    pub holder: String,
}

impl Settings {
    /// The ledger's part of the configuration.
    #[must_use]
    pub fn of(settings: &config::Settings) -> Self {
        let embedded = settings.database.url.is_empty();
        Self {
            origin: settings.ledger.origin.clone(),
            mode: settings.deployment.mode,
            database: db::address(settings, Service::Ledger.name()),
            schema: Service::Ledger.name().to_owned(),
            readers: if embedded { READERS } else { settings.database.max_connections.saturating_sub(1).max(1) },
            batch: settings.ledger.batch,
            signing_key: settings.data("ledger.seed"),
            master_key: settings.data("vault.key"),
            published: settings.data("checkpoint"),
            holder: clock::uuid().to_string(),
        }
    }
}

/// An open ledger. Clones share it.
#[derive(Clone)]
pub struct Ledger {
    inner: Arc<Inner>,
}

struct Inner {
    read: DatabaseConnection,
    /// One connection: whoever writes beside the writer waits here for its turn, not in the database.
    write: DatabaseConnection,
    notary: Arc<Notary>,
    master: Key,
    published: PathBuf,
    read_only: Arc<RwLock<Option<String>>>,
    queue: mpsc::Sender<Request>,
    ring: Arc<Ring>,
    heads: watch::Receiver<Head>,
    notices: broadcast::Sender<Arc<Notice>>,
    stop: CancellationToken,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

impl Inner {
    /// Says in the log what failed, and to the caller only that it did.
    fn answer<T>(&self, event: &'static str, result: anyhow::Result<T>) -> Result<T, Failure> {
        result.map_err(|error| {
            tracing::error!(event, error = format!("{error:#}"), closing = self.stop.is_cancelled(), "ledger.failed");
            unavailable(Service::Ledger)
        })
    }
}

impl Ledger {
    /// Opens the ledger, making its tables, keys and directories on the first start. If it turns out older than a checkpoint it has published, it
    /// opens read-only.
    ///
    /// # Errors
    /// When the database or a key cannot be had, or they do not belong together.
    pub async fn open(settings: Settings) -> anyhow::Result<Self> {
        let write = db::open(&settings.database, &settings.schema, 1, db::Commit::Durable).await?;
        migrations::run(&write, &migrations::ledger()).await?;
        let read = db::open(&settings.database, &settings.schema, settings.readers, db::Commit::Durable).await?;
        let (notary, master) = opening::keys(&write, &settings).await?;
        let (queue, waiting) = mpsc::channel(QUEUE);
        let (heads, _) = watch::channel(reading::stored_head(&read).await?);
        let (notices, _) = broadcast::channel(NOTICES);
        let ledger = Self {
            inner: Arc::new(Inner {
                read,
                write,
                notary,
                master,
                published: settings.published.clone(),
                read_only: Arc::default(),
                queue,
                ring: Arc::new(Ring::new()),
                heads: heads.subscribe(),
                notices,
                stop: CancellationToken::new(),
                tasks: Mutex::default(),
            }),
        };
        ledger.start(settings, heads, waiting).await?;
        Ok(ledger)
    }

    async fn start(&self, settings: Settings, heads: watch::Sender<Head>, waiting: mpsc::Receiver<Request>) -> anyhow::Result<()> {
        if let Some(why) = self.lost().await? {
            tracing::error!(why, "ledger.read_only");
            *self.inner.read_only.write().unwrap_or_else(PoisonError::into_inner) = Some(why);
        }
        let builder = Builder {
            read: self.inner.read.clone(),
            write: self.inner.write.clone(),
            notary: Arc::clone(&self.inner.notary),
            holder: settings.holder,
            published: settings.published,
            read_only: Arc::clone(&self.inner.read_only),
            ring: Arc::clone(&self.inner.ring),
            edge: None,
            erasures: 0,
        };
        let writer = Writer {
            db: self.inner.write.clone(),
            master: self.inner.master.clone(),
            mode: settings.mode,
            read_only: Arc::clone(&self.inner.read_only),
            batch: settings.batch,
            ring: Arc::clone(&self.inner.ring),
            heads,
            notices: self.inner.notices.clone(),
            known: Known::nothing(),
        };
        let mut tasks = self.inner.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        tasks.push(tokio::spawn(writer.run(waiting, self.inner.stop.clone())));
        tasks.push(tokio::spawn(builder.run(self.inner.heads.clone())));
        Ok(())
    }

    /// Appends, each by itself: one that is refused takes no other with it. Answers in the order asked, when all that was accepted is on disk.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when it could not be written. Whether it was is then open, and asking again with the same command ids finds out.
    pub async fn append(&self, items: Vec<(Service, Append)>) -> Result<Vec<Appended>, Failure> {
        let (answer, answered) = oneshot::channel();
        self.inner.queue.send(Request { items, answer }).await.map_err(|_| unavailable(Service::Ledger))?;
        answered.await.unwrap_or_else(|_| Err(unavailable(Service::Ledger)))
    }

    /// The head as this process knows it: where its own last commit ended, or where the ledger stood when it opened.
    #[must_use]
    pub fn head(&self) -> Head {
        self.inner.heads.borrow().clone()
    }

    /// Whether appends are taken: not after [`Ledger::close`], and not if the writing task has failed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.inner.queue.is_closed()
    }

    /// The head, and each later one. A slow watcher sees only the latest.
    #[must_use]
    pub fn heads(&self) -> watch::Receiver<Head> {
        self.inner.heads.clone()
    }

    /// What this process commits from now on, for announcements. A slow listener loses the oldest, which loses nothing.
    #[must_use]
    pub fn notices(&self) -> broadcast::Receiver<Arc<Notice>> {
        self.inner.notices.subscribe()
    }

    /// Takes no more appends, writes what is queued, signs a last checkpoint, and lets go of the database.
    pub async fn close(&self) {
        self.inner.stop.cancel();
        let tasks = std::mem::take(&mut *self.inner.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        for task in tasks {
            if let Err(error) = task.await {
                tracing::error!(error = %error, "ledger.task_failed");
            }
        }
        for db in [&self.inner.read, &self.inner.write] {
            if let Err(error) = db.close_by_ref().await {
                tracing::warn!(error = %error, "ledger.close_failed");
            }
        }
    }
}
