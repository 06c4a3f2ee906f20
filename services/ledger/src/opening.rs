//! Opening a ledger: whose it is, whether its keys are the ones it was written with, and whether it is older than what it has already promised.

use std::sync::Arc;

use anyhow::Context as _;
use proto::stream::Stream;
use runtime::clock;
use runtime::config::Mode;
use sea_orm::DatabaseConnection;

use crate::keys::{self, Notary};
use crate::sql;
use crate::tiles::Question;
use crate::tree::last_size;
use crate::vault::{Key, Locked, SubjectKey};
use crate::writer::lock_head;
use crate::{Ledger, Settings};

/// The ledger's two keys, made on its first start and checked on each later one.
pub(crate) async fn keys(db: &DatabaseConnection, settings: &Settings) -> anyhow::Result<(Arc<Notary>, Key)> {
    let new = claim(db, settings).await?;
    let notary = Notary::new(&settings.origin, &keys::secret(&settings.signing_key, new)?)?;
    let master = Key::new(&keys::secret(&settings.master_key, new)?);
    check_notary(db, &notary).await?;
    check_master(db, &master).await?;
    Ok((Arc::new(notary), master))
}

/// Writes on a new ledger what it is for and what it is called, and compares on an old one. Says whether it is empty.
async fn claim(db: &DatabaseConnection, settings: &Settings) -> anyhow::Result<bool> {
    let transaction = sql::begin(db).await?;
    let empty = lock_head(&transaction).await?.position == 0;
    let row = sql::one(&transaction, "SELECT mode, origin FROM head WHERE id = 1", []).await?.context("the ledger has no head")?;
    let (mode, origin): (Option<String>, Option<String>) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    let asked = match settings.mode {
        Mode::Demo => "demo",
        Mode::Production => "production",
    };
    if !empty {
        let (mode, origin) = (mode.unwrap_or_default(), origin.unwrap_or_default());
        anyhow::ensure!(mode == asked, "this is a {mode} ledger and stays one: it cannot be opened as {asked}");
        anyhow::ensure!(origin == settings.origin, "this ledger signs as `{origin}` and cannot go on as `{}`", settings.origin);
    }
    let values = [asked.into(), settings.origin.as_str().into()];
    sql::execute(&transaction, "UPDATE head SET mode = $1, origin = $2 WHERE id = 1", values).await?;
    transaction.commit().await?;
    Ok(empty)
}

pub(crate) async fn check_notary(db: &DatabaseConnection, notary: &Notary) -> anyhow::Result<()> {
    let Some(row) = sql::one(db, "SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1", []).await? else { return Ok(()) };
    let note: String = row.try_get_by_index(0)?;
    notary.open(&note).map(drop).context("the signing key is not the one this ledger was signed with")
}

pub(crate) async fn check_master(db: &DatabaseConnection, master: &Key) -> anyhow::Result<()> {
    let Some(row) = sql::one(db, "SELECT id, subject, nonce, wrapped FROM vault_key LIMIT 1", []).await? else { return Ok(()) };
    let subject: Stream = row.try_get_by_index::<String>(1)?.parse()?;
    let id = <[u8; 16]>::try_from(row.try_get_by_index::<Vec<u8>>(0)?).map_err(|_| anyhow::anyhow!("a key's id has 16 bytes"))?;
    let wrapped = Locked { nonce: row.try_get_by_index(2)?, ciphertext: row.try_get_by_index(3)? };
    SubjectKey::unwrap(master, &subject, id, &wrapped)
        .map(drop)
        .context("the master key is not the one this ledger's vault was locked with")
}

impl Ledger {
    /// Why this ledger must not go on, if so: a checkpoint it has published says more than it holds, or something else.
    pub(crate) async fn lost(&self) -> anyhow::Result<Option<String>> {
        let Ok(note) = std::fs::read_to_string(&self.inner.published) else { return Ok(None) };
        let promised = self.inner.notary.open(&note).with_context(|| self.inner.published.display().to_string())?;
        let (built, size) = (last_size(&self.inner.read).await?, promised.size());
        if built < size {
            return Ok(Some(format!("a checkpoint over {size} entries was published, but this ledger has been restored to {built}")));
        }
        let root = self.compute(Question::Root(size)).await?;
        let same = root.first().is_some_and(|root| root.0 == promised.hash().0);
        Ok((!same).then(|| format!("the first {size} entries are not the ones a checkpoint was published over")))
    }

    /// Why nothing can be appended, if so.
    #[must_use]
    pub fn read_only(&self) -> Option<String> {
        self.inner.read_only.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// An operator says why entries that were promised are gone, and the ledger goes on. What was promised is kept beside, and witnesses that saw it
    /// will go on refusing this ledger, as they should.
    ///
    /// # Errors
    /// When it cannot be written; the ledger stays read-only then.
    pub async fn record_gap(&self, why: &str) -> anyhow::Result<()> {
        anyhow::ensure!(self.read_only().is_some(), "there is no gap to record");
        let published = std::fs::read_to_string(&self.inner.published)?;
        let now = clock::wall().as_millisecond();
        let sql = "INSERT INTO gap (recorded_ms, position, published, why) SELECT $1, position, $2, $3 FROM head WHERE id = 1";
        sql::execute(&self.inner.write, sql, [now.into(), published.into(), why.into()]).await?;
        std::fs::rename(&self.inner.published, self.inner.published.with_extension(format!("gap-{now}")))?;
        *self.inner.read_only.write().unwrap_or_else(std::sync::PoisonError::into_inner) = None;
        tracing::warn!(why, "ledger.gap_recorded");
        Ok(())
    }
}
