//! The tree behind the head: built and signed within a second of new entries, by one process at a time. Its state is in the database; the lease only
//! spares work. What makes it safe is that each step is one transaction that begins where the last checkpoint ended.

use std::path::PathBuf;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};
use std::time::Duration;

use proto::wire::Head;
use runtime::clock;
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr};
use tokio::sync::watch;

use crate::keys::Notary;
use crate::ring::Ring;
use crate::sql::{self, Rows, blob, int};
use crate::tiles::{Edge, Place};

/// How often the tree follows the head.
const PACE: Duration = Duration::from_millis(400);
/// How long nobody else needs to look after the tree.
const LEASE_MS: i64 = 2_000;
/// Leaves read at once, and leaves under one checkpoint at most.
const CHUNK: u64 = 4_096;
const STEP: u64 = 65_536;

static TILES: LazyLock<Rows> =
    LazyLock::new(|| Rows::new("INSERT INTO tile (level, n, hashes)", 3, "ON CONFLICT (level, n) DO UPDATE SET hashes = excluded.hashes"));

/// The task that builds the tree.
pub(crate) struct Builder {
    pub(crate) read: DatabaseConnection,
    pub(crate) write: DatabaseConnection,
    pub(crate) notary: Arc<Notary>,
    pub(crate) holder: String,
    /// Where the latest checkpoint is kept outside the database.
    pub(crate) published: PathBuf,
    /// While the ledger is read-only nothing is signed: it would contradict what was published.
    pub(crate) read_only: Arc<RwLock<Option<String>>>,
    pub(crate) ring: Arc<Ring>,
    pub(crate) edge: Option<Edge>,
    pub(crate) erasures: u64,
}

impl Builder {
    /// Runs until the writer is gone, then once more, so that the last entries are under a checkpoint too.
    pub(crate) async fn run(mut self, mut heads: watch::Receiver<Head>) {
        let mut pace = tokio::time::interval(PACE);
        pace.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let last = tokio::select! {
                _ = pace.tick() => false,
                () = gone(&mut heads) => true,
            };
            if let Err(error) = self.follow().await {
                tracing::error!(error = %error, "ledger.tree_failed");
                self.edge = None;
            }
            if last {
                return;
            }
        }
    }

    /// Builds up to the head, step by step.
    pub(crate) async fn follow(&mut self) -> anyhow::Result<()> {
        while self.may_sign() && self.is_behind().await? && self.is_free().await? {
            if !self.step().await? {
                self.edge = None;
                return Ok(());
            }
        }
        Ok(())
    }

    fn may_sign(&self) -> bool {
        self.read_only.read().unwrap_or_else(PoisonError::into_inner).is_none()
    }

    async fn is_behind(&mut self) -> anyhow::Result<bool> {
        let sql = "SELECT position, erasures, (SELECT COALESCE(MAX(size), 0) FROM checkpoint) FROM head WHERE id = 1";
        let Some(row) = sql::one(&self.read, sql, []).await? else { return Ok(false) };
        let (head, erasures, size) = (sql::number(&row, 0)?, sql::number(&row, 1)?, sql::number(&row, 2)?);
        if self.erasures != erasures {
            // Another process may have erased a subject whose acts this one still holds in memory.
            self.ring.clear();
            self.erasures = erasures;
        }
        metrics::gauge!("interlocal_ledger_unsigned_entries").set(f64::from(u32::try_from(head.saturating_sub(size)).unwrap_or(u32::MAX)));
        Ok(size < head)
    }

    /// Whether this process may build: nobody else has said lately that it does.
    async fn is_free(&self) -> anyhow::Result<bool> {
        let sql = "SELECT COUNT(*) FROM lease WHERE name = 'tree' AND holder <> $1 AND until_ms > $2";
        let row = sql::one(&self.read, sql, [self.holder.as_str().into(), clock::wall().as_millisecond().into()]).await?;
        Ok(row.map(|row| row.try_get_by_index::<i64>(0)).transpose()? == Some(0))
    }

    /// One checkpoint further. False: another process was faster.
    async fn step(&mut self) -> anyhow::Result<bool> {
        let mut edge = match self.edge.take() {
            Some(edge) => edge,
            None => load_edge(&self.read).await?,
        };
        let before = edge.size();
        let mut tiles = Vec::new();
        while edge.size() < before + STEP && self.grow(&mut edge, &mut tiles).await? {}
        if edge.size() == before {
            return Ok(false);
        }
        tiles.extend(edge.growing());
        let note = self.notary.sign(edge.size(), edge.root()?)?;
        if !self.store(before, edge.size(), tiles, &note).await? {
            return Ok(false);
        }
        publish(&self.published, &note)?;
        tracing::debug!(size = edge.size(), "ledger.checkpoint");
        self.edge = Some(edge);
        Ok(true)
    }

    /// Takes in the next leaves; false when there were none.
    async fn grow(&self, edge: &mut Edge, full: &mut Vec<(Place, Vec<u8>)>) -> anyhow::Result<bool> {
        let sql = "SELECT position, leaf FROM entry WHERE position >= $1 ORDER BY position LIMIT $2";
        let rows = sql::all(&self.read, sql, [int(edge.size()), int(CHUNK)]).await?;
        for row in &rows {
            let position = sql::number(row, 0)?;
            anyhow::ensure!(position == edge.size(), "entry {} is missing from the ledger", edge.size());
            edge.push(sql::digest(row, 1)?, full);
        }
        Ok(rows.len() as u64 == CHUNK)
    }

    async fn store(&self, before: u64, size: u64, tiles: Vec<(Place, Vec<u8>)>, note: &str) -> anyhow::Result<bool> {
        let transaction = sql::begin(&self.write).await?;
        if !self.take_lease(&transaction).await? || last_size(&transaction).await? != before {
            transaction.rollback().await?;
            return Ok(false);
        }
        let values = tiles.into_iter().flat_map(|((level, n), hashes)| [int(u64::from(level)), int(n), blob(hashes)]);
        TILES.insert(&transaction, values.collect()).await?;
        sql::execute(&transaction, "INSERT INTO checkpoint (size, note) VALUES ($1, $2)", [int(size), note.into()]).await?;
        transaction.commit().await?;
        Ok(true)
    }

    async fn take_lease(&self, transaction: &DatabaseTransaction) -> Result<bool, DbErr> {
        let now = clock::wall().as_millisecond();
        let sql = "UPDATE lease SET holder = $1, until_ms = $2 WHERE name = 'tree' AND (holder = $1 OR until_ms <= $3)";
        let values = [self.holder.as_str().into(), (now + LEASE_MS).into(), now.into()];
        Ok(sql::execute(transaction, sql, values).await? == 1)
    }
}

async fn gone(heads: &mut watch::Receiver<Head>) {
    while heads.changed().await.is_ok() {}
}

/// How many entries the latest checkpoint covers.
pub(crate) async fn last_size(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    let row = sql::one(db, "SELECT COALESCE(MAX(size), 0) FROM checkpoint", []).await?;
    row.map_or(Ok(0), |row| sql::number(&row, 0))
}

async fn load_edge(db: &DatabaseConnection) -> anyhow::Result<Edge> {
    let size = last_size(db).await?;
    let mut tiles = Vec::new();
    for (place, width) in Edge::places(size) {
        tiles.push(if width == 0 { Vec::new() } else { load_tile(db, place).await?.unwrap_or_default() });
    }
    Edge::new(size, tiles)
}

/// A tile as far as it is filled.
pub(crate) async fn load_tile(db: &DatabaseConnection, (level, n): Place) -> Result<Option<Vec<u8>>, DbErr> {
    let values = [int(u64::from(level)), int(n)];
    let row = sql::one(db, "SELECT hashes FROM tile WHERE level = $1 AND n = $2", values).await?;
    row.map(|row| row.try_get_by_index(0)).transpose()
}

/// Keeps the checkpoint where a restored database cannot take it back. Losing the newest to a power cut loses no safety, so it is not synced.
pub(crate) fn publish(file: &std::path::Path, note: &str) -> std::io::Result<()> {
    let new = file.with_extension("new");
    std::fs::write(&new, note)?;
    std::fs::rename(&new, file)
}
