//! The vault's rows: keep, open, erase.

use std::num::NonZeroUsize;

use lru::LruCache;
use proto::digest::Digest;
use proto::remark::Disclosure;
use proto::stream::Stream;
use proto::wire::{Failure, Held};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, QueryResult, Value};

use crate::Ledger;
use crate::sql::{self, Rows, blob};
use crate::vault::{Key, Kind, Locked, Opened, Secret, SubjectKey};
use crate::writer::lock_head;

static SECRETS: std::sync::LazyLock<Rows> = std::sync::LazyLock::new(|| {
    Rows::new(
        "INSERT INTO vault (commitment, stream, kind, disclosure, key_id, nonce, ciphertext)",
        7,
        "ON CONFLICT (commitment) DO NOTHING",
    )
});

static REMARKS: std::sync::LazyLock<Rows> = std::sync::LazyLock::new(|| {
    Rows::new(
        &format!(
            "SELECT v.stream, v.disclosure, {COLUMNS}, v.commitment FROM vault v LEFT JOIN vault_key k ON k.id = v.key_id WHERE v.kind = 'remark' AND v.commitment IN ("
        ),
        1,
        ")",
    )
});

/// Keys of subjects that were used lately.
pub(crate) struct Subjects(LruCache<Stream, SubjectKey>);

impl Subjects {
    pub(crate) fn new(capacity: NonZeroUsize) -> Self {
        Self(LruCache::new(capacity))
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}

/// Encrypts and inserts what a batch keeps in the vault, making keys for subjects that have none.
pub(crate) async fn keep(db: &DatabaseTransaction, master: &Key, subjects: &mut Subjects, secrets: Vec<Secret>) -> anyhow::Result<()> {
    let mut values = Vec::new();
    for secret in secrets {
        let key = match subjects.0.get(&secret.stream) {
            Some(key) => key.clone(),
            None => key_of(db, master, &secret.stream).await?,
        };
        let Locked { nonce, ciphertext } = key.lock(&secret)?;
        values.extend([
            blob(secret.commitment.0),
            secret.stream.to_string().into(),
            secret.kind.name().into(),
            disclosure_name(secret.disclosure).into(),
            blob(key.id),
            blob(nonce),
            blob(ciphertext),
        ]);
        subjects.0.put(secret.stream, key);
    }
    Ok(SECRETS.insert(db, values).await?)
}

async fn key_of(db: &DatabaseTransaction, master: &Key, subject: &Stream) -> anyhow::Result<SubjectKey> {
    let name = subject.to_string();
    if let Some(row) = sql::one(db, "SELECT id, nonce, wrapped FROM vault_key WHERE subject = $1", [name.as_str().into()]).await? {
        let wrapped = Locked { nonce: row.try_get_by_index(1)?, ciphertext: row.try_get_by_index(2)? };
        return SubjectKey::unwrap(master, subject, key_id(&row, 0)?, &wrapped);
    }
    let (key, wrapped) = SubjectKey::make(master, subject)?;
    let values = [blob(key.id), name.into(), blob(wrapped.nonce), blob(wrapped.ciphertext)];
    sql::execute(db, "INSERT INTO vault_key (id, subject, nonce, wrapped) VALUES ($1, $2, $3, $4)", values).await?;
    Ok(key)
}

fn key_id(row: &QueryResult, column: usize) -> anyhow::Result<[u8; 16]> {
    let id: Vec<u8> = row.try_get_by_index(column)?;
    <[u8; 16]>::try_from(id).map_err(|_| anyhow::anyhow!("a key's id has 16 bytes"))
}

fn disclosure_name(disclosure: Disclosure) -> &'static str {
    match disclosure {
        Disclosure::Public => "public",
        Disclosure::Parties => "parties",
        Disclosure::Own => "own",
    }
}

/// Columns that [`open`] needs, from `vault v LEFT JOIN vault_key k ON k.id = v.key_id`.
pub(crate) const COLUMNS: &str = "v.nonce, v.ciphertext, k.id, k.nonce, k.wrapped";

/// Opens a vault row whose [`COLUMNS`] begin at `first`. Nothing, if there is no row or its key was destroyed.
pub(crate) fn open(row: &QueryResult, first: usize, master: &Key, subject: &Stream, commitment: Digest) -> anyhow::Result<Option<Opened>> {
    let wrapped: Option<Vec<u8>> = row.try_get_by_index(first + 4)?;
    let Some(wrapped) = wrapped else { return Ok(None) };
    let wrapped = Locked { nonce: row.try_get_by_index(first + 3)?, ciphertext: wrapped };
    let key = SubjectKey::unwrap(master, subject, key_id(row, first + 2)?, &wrapped)?;
    let locked = Locked { nonce: row.try_get_by_index(first)?, ciphertext: row.try_get_by_index(first + 1)? };
    key.open(commitment, &locked).map(Some)
}

/// A remark out of the vault, with the stream in whose entry its commitment stands: whoever may not read that may not read this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Where it was made.
    pub stream: Stream,
    /// What it says.
    pub held: Held,
}

impl Ledger {
    /// The salt and the act of a sealed entry; nothing if it was erased or there is none.
    ///
    /// # Errors
    /// When the database cannot be read or what is kept does not open.
    pub async fn open_sealed(&self, commitment: Digest) -> Result<Option<Opened>, Failure> {
        Ok(self.look(commitment, Kind::Act).await?.map(|(_, _, opened)| opened))
    }

    /// A remark; nothing if it was erased or there is none.
    ///
    /// # Errors
    /// As [`Ledger::open_sealed`].
    pub async fn remark(&self, commitment: Digest) -> Result<Option<Remark>, Failure> {
        let found = self.look(commitment, Kind::Remark).await?;
        Ok(found.map(|(stream, disclosure, opened)| {
            let held = Held { commitment, salt: Digest(opened.salt), text: opened.text, disclosure };
            Remark { stream, held }
        }))
    }

    /// Remarks that were made in a stream, each once, in no order. What was erased, or stands elsewhere, is not among them.
    ///
    /// # Errors
    /// As [`Ledger::open_sealed`].
    pub(crate) async fn remarks(&self, stream: &Stream, commitments: &[Digest]) -> Result<Vec<Remark>, Failure> {
        let values: Vec<Value> = commitments.iter().map(|commitment| blob(commitment.0)).collect();
        let find = async {
            let mut found = Vec::with_capacity(values.len());
            for row in REMARKS.look_up(&self.inner.read, &values).await? {
                let commitment = sql::digest(&row, 7)?;
                let (made, disclosure, opened) = self.opened(&row, commitment)?;
                if let Some(opened) = opened.filter(|_| made == *stream) {
                    let held = Held { commitment, salt: Digest(opened.salt), text: opened.text, disclosure };
                    found.push(Remark { stream: made, held });
                }
            }
            Ok(found)
        };
        self.inner.answer("ledger.vault_failed", find.await)
    }

    /// A row of stream, class and [`COLUMNS`].
    fn opened(&self, row: &QueryResult, commitment: Digest) -> anyhow::Result<(Stream, Disclosure, Option<Opened>)> {
        let stream: Stream = row.try_get_by_index::<String>(0)?.parse()?;
        let disclosure = serde_json::from_value(row.try_get_by_index::<String>(1)?.into())?;
        let opened = open(row, 2, &self.inner.master, &stream, commitment)?;
        Ok((stream, disclosure, opened))
    }

    async fn look(&self, commitment: Digest, kind: Kind) -> Result<Option<(Stream, Disclosure, Opened)>, Failure> {
        let sql = format!(
            "SELECT v.stream, v.disclosure, {COLUMNS} FROM vault v LEFT JOIN vault_key k ON k.id = v.key_id
            WHERE v.commitment = $1 AND v.kind = $2"
        );
        let values: [Value; 2] = [blob(commitment.0), kind.name().into()];
        let find = async {
            let Some(row) = sql::one(&self.inner.read, &sql, values).await? else { return Ok(None) };
            let (stream, disclosure, opened) = self.opened(&row, commitment)?;
            Ok(opened.map(|opened| (stream, disclosure, opened)))
        };
        self.inner.answer("ledger.vault_failed", find.await)
    }

    /// Erases a subject: destroys the key of a stream's sealed bodies and remarks, and what was encrypted under it. Every proof stays valid; the
    /// ledger then holds only commitments to texts nobody can read. Says whether there was anything. What is written later gets a new key.
    ///
    /// On PostgreSQL the old row leaves the disk with the next VACUUM; copies of the database elsewhere keep the key until they are gone.
    ///
    /// # Errors
    /// When the database cannot be written; nothing is erased then.
    pub async fn erase(&self, subject: &Stream) -> Result<bool, Failure> {
        let erased = self.destroy(&subject.to_string()).await;
        self.inner.ring.clear();
        self.inner.answer("ledger.erase_failed", erased)
    }

    async fn destroy(&self, subject: &str) -> anyhow::Result<bool> {
        let db = &self.inner.write;
        let sqlite = db.get_database_backend() == DbBackend::Sqlite;
        if sqlite {
            // Overwrites what is deleted; this pool has one connection, so it is the one that deletes.
            db.execute_unprepared("PRAGMA secure_delete = ON").await?;
        }
        let transaction = sql::begin(db).await?;
        lock_head(&transaction).await?;
        let keys = sql::execute(&transaction, "DELETE FROM vault_key WHERE subject = $1", [subject.into()]).await?;
        sql::execute(&transaction, "DELETE FROM vault WHERE stream = $1", [subject.into()]).await?;
        sql::execute(&transaction, "UPDATE head SET erasures = erasures + 1 WHERE id = 1", []).await?;
        transaction.commit().await?;
        if sqlite {
            db.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        }
        tracing::info!(subject, erased = keys > 0, "ledger.erased");
        Ok(keys > 0)
    }
}
