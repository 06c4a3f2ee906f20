//! What outsiders verify with: checkpoints, tiles, and proofs that an entry is in the tree and that the tree only grew.

use std::collections::BTreeMap;

use proto::bundle::Tips;
use proto::digest::Digest;
use proto::wire::Failure;
use sea_orm::Value;

use crate::Ledger;
use crate::sql::{self, int};
use crate::tiles::{self, Question};
use crate::tree::{last_size, load_tile};

impl Ledger {
    /// The key by which anyone verifies this ledger's checkpoints, in the text form of C2SP signed-note. It belongs in a file that reaches
    /// outsiders by another way than the record itself.
    #[must_use]
    pub fn verifying_key(&self) -> &str {
        self.inner.notary.verifying()
    }

    /// Where streams end under a checkpoint, as a signed note.
    ///
    /// # Errors
    /// When signing fails.
    pub(crate) fn sign_tips(&self, tips: &Tips) -> Result<String, Failure> {
        self.inner.answer("ledger.tips_unsigned", self.inner.notary.sign_tips(tips))
    }

    /// The checkpoint of this size, or the latest: a signed note (C2SP tlog-checkpoint). Nothing, if there is none.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn checkpoint(&self, size: Option<u64>) -> Result<Option<String>, Failure> {
        let find = async {
            let (sql, values): (_, Vec<Value>) = match size {
                Some(size) => ("SELECT note FROM checkpoint WHERE size = $1", vec![int(size)]),
                None => ("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1", Vec::new()),
            };
            let row = sql::one(&self.inner.read, sql, values).await?;
            Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
        };
        self.inner.answer("ledger.checkpoint_failed", find.await)
    }

    /// The first checkpoint that covers a position: what a receipt of that entry is verified against. Nothing, if it is not signed yet.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn checkpoint_over(&self, position: u64) -> Result<Option<String>, Failure> {
        let find = async {
            let sql = "SELECT note FROM checkpoint WHERE size > $1 ORDER BY size LIMIT 1";
            let row = sql::one(&self.inner.read, sql, [int(position)]).await?;
            Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
        };
        self.inner.answer("ledger.checkpoint_failed", find.await)
    }

    /// The proof (RFC 9162, section 2.1.3) that the entry at a position is in the tree of a size.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when the tree has not come that far, or the position is not in it.
    pub async fn inclusion(&self, position: u64, size: u64) -> Result<Vec<Digest>, Failure> {
        if position >= size {
            return Err(Failure::NotFound);
        }
        self.prove(size, Question::Inclusion { position, size }).await
    }

    /// The proof (RFC 9162, section 2.1.4) that the tree of the size `new` extends that of the size `old`.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when the tree has not come that far, or `old` is nothing or later than `new`.
    pub async fn consistency(&self, old: u64, new: u64) -> Result<Vec<Digest>, Failure> {
        if old == 0 || old > new {
            return Err(Failure::NotFound);
        }
        self.prove(new, Question::Consistency { old, new }).await
    }

    async fn prove(&self, size: u64, question: Question) -> Result<Vec<Digest>, Failure> {
        let built = last_size(&self.inner.read).await.map_err(anyhow::Error::from);
        if self.inner.answer("ledger.proof_failed", built)? < size {
            return Err(Failure::NotFound);
        }
        self.inner.answer("ledger.proof_failed", self.compute(question).await)
    }

    pub(crate) async fn compute(&self, question: Question) -> anyhow::Result<Vec<Digest>> {
        let mut loaded = BTreeMap::new();
        for place in question.needs() {
            let tile = load_tile(&self.inner.read, place).await?;
            loaded.insert(place, tile.ok_or_else(|| anyhow::anyhow!("tile {place:?} is missing"))?);
        }
        Ok(question.answer(&loaded)?)
    }

    /// The tile at a C2SP tlog-tiles path, such as `tile/0/x001/234` or `tile/1/000.p/17`: its hashes one after the other. Bundles of entries are
    /// not among them, because not everyone may read every entry.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when there is no such tile, or it is not that full yet.
    pub async fn tile(&self, path: &str) -> Result<Vec<u8>, Failure> {
        let (place, width) = tiles::at_path(path).ok_or(Failure::NotFound)?;
        let tile = self.inner.answer("ledger.tile_failed", load_tile(&self.inner.read, place).await.map_err(anyhow::Error::from))?;
        tile.as_deref().and_then(|tile| tiles::first(tile, width)).map(<[u8]>::to_vec).ok_or(Failure::NotFound)
    }
}
