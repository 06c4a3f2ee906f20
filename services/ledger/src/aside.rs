//! A ledger looked at from aside: by a process that only reads what another one may be writing.

use std::sync::{Arc, Mutex, RwLock};

use anyhow::Context as _;
use runtime::db;
use tokio::sync::{broadcast, mpsc, watch};
use tokio_util::sync::CancellationToken;

use crate::keys::{self, Notary};
use crate::ring::Ring;
use crate::vault::Key;
use crate::{Inner, Ledger, Settings, opening, reading};

/// Connections that read, of a process that reads one thing after the other.
const CONNECTIONS: u32 = 2;

impl Ledger {
    /// Opens a ledger to read it, also while other processes write it. Nothing is made, migrated, signed or announced, and appending is refused.
    ///
    /// # Errors
    /// When there is no ledger yet, or its keys are not the ones it was written with.
    pub async fn reader(settings: &Settings) -> anyhow::Result<Self> {
        let notary = Notary::new(&settings.origin, &keys::secret(&settings.signing_key, false)?)?;
        let master = Key::new(&keys::secret(&settings.master_key, false)?);
        let read = db::open(&settings.database, &settings.schema, CONNECTIONS, db::Commit::Durable).await?;
        let head = reading::stored_head(&read).await.context("there is no ledger in this database yet")?;
        opening::check_notary(&read, &notary).await?;
        opening::check_master(&read, &master).await?;
        let (queue, _) = mpsc::channel(1);
        let (_, heads) = watch::channel(head);
        let (notices, _) = broadcast::channel(1);
        let inner = Inner {
            write: read.clone(),
            read,
            notary: Arc::new(notary),
            master,
            published: settings.published.clone(),
            read_only: Arc::new(RwLock::new(Some("it was opened to be read".to_owned()))),
            queue,
            ring: Arc::new(Ring::new()),
            heads,
            notices,
            stop: CancellationToken::new(),
            tasks: Mutex::default(),
        };
        Ok(Self { inner: Arc::new(inner) })
    }
}

/// The key by which anyone verifies the checkpoints of this ledger, from its signing seed alone.
///
/// # Errors
/// When the seed is not there yet.
pub fn verifying_key(settings: &Settings) -> anyhow::Result<String> {
    let seed = keys::secret(&settings.signing_key, false)?;
    Ok(Notary::new(&settings.origin, &seed)?.verifying().to_owned())
}
