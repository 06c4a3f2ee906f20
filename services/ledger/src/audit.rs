//! Reading the whole record again, as it lies in the database, and comparing it with what was signed: what someone who can write to the database
//! cannot hide from whoever has the checkpoints.

use std::collections::HashMap;

use proto::digest::{Digest, canonical};
use proto::entry::{Body, Entry};
use proto::stream::Stream;
use sea_orm::QueryResult;

use crate::Ledger;
use crate::reading::stored_head;
use crate::sql::{self, int};
use crate::tiles::Edge;
use crate::tree::load_tile;

/// Rows read at once.
const CHUNK: u64 = 256;

/// What an audit found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// How many entries were read and are as they should be.
    pub entries: u64,
    /// How many of them are under a checkpoint that this ledger has signed.
    pub signed: u64,
    /// The first thing wrong: at which position, and what. Nothing: the record is whole.
    pub wrong: Option<(u64, String)>,
}

/// How far the record was read.
struct Walk<'a> {
    ledger: &'a Ledger,
    edge: Edge,
    tips: HashMap<Stream, (u64, Digest)>,
    signed: u64,
}

impl Ledger {
    /// Reads every entry and checks its bytes, its place, its chain, and every tile and checkpoint over it. Entries appended meanwhile are left for
    /// the next time. It does not ask whether the rules allowed what was done: `verify` does.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn audit(&self) -> anyhow::Result<Audit> {
        let head = stored_head(&self.inner.read).await?.head;
        let mut walk = Walk { ledger: self, edge: Edge::default(), tips: HashMap::new(), signed: 0 };
        let wrong = walk.run(head).await?;
        Ok(Audit { entries: walk.edge.size(), signed: walk.signed, wrong })
    }
}

impl Walk<'_> {
    async fn run(&mut self, head: u64) -> anyhow::Result<Option<(u64, String)>> {
        let sql =
            "SELECT position, stream, version, command_id, leaf, sealed, bytes FROM entry WHERE position >= $1 ORDER BY position LIMIT $2";
        let mut checkpoint = self.checkpoint_after(0).await?;
        while self.edge.size() < head {
            let position = self.edge.size();
            let rows = sql::all(&self.ledger.inner.read, sql, [int(position), int(CHUNK)]).await?;
            if rows.is_empty() {
                return Ok(Some((position, format!("the head says {head} entries, there are {position}"))));
            }
            for row in rows.iter().take(usize::try_from(head - position)?) {
                let position = self.edge.size();
                if let Some(why) = self.entry(row).await? {
                    return Ok(Some((position, why)));
                }
                if let Some((size, note)) = checkpoint.take_if(|(size, _)| *size == self.edge.size()) {
                    if let Some(why) = self.checkpoint(&note) {
                        return Ok(Some((position, format!("the checkpoint over {size} entries: {why}"))));
                    }
                    self.signed = size;
                    checkpoint = self.checkpoint_after(size).await?;
                }
            }
        }
        // A checkpoint beyond the head as it is now, not as it was when the reading began.
        let lost = checkpoint.filter(|(size, _)| *size > head);
        let now = stored_head(&self.ledger.inner.read).await?.head;
        Ok(lost
            .filter(|(size, _)| *size > now)
            .map(|(size, _)| (head, format!("a checkpoint was signed over {size} entries, there are {now}"))))
    }

    /// Takes in one entry; says what is wrong with it.
    async fn entry(&mut self, row: &QueryResult) -> anyhow::Result<Option<String>> {
        let bytes: String = row.try_get_by_index(6)?;
        let leaf = Digest::leaf(bytes.as_bytes());
        if sql::number(row, 0)? != self.edge.size() {
            return Ok(Some("the entry is missing".to_owned()));
        }
        if sql::digest(row, 4)? != leaf {
            return Ok(Some("its leaf is not that of its bytes".to_owned()));
        }
        let Ok(entry) = serde_json::from_str::<Entry>(&bytes) else { return Ok(Some("it cannot be read".to_owned())) };
        if canonical(&entry)? != bytes.as_bytes() {
            return Ok(Some("its bytes are not canonical".to_owned()));
        }
        if !is_indexed(row, &entry)? {
            return Ok(Some("it is indexed as what it is not".to_owned()));
        }
        let before = self.tips.insert(entry.stream, (entry.version, Digest::of(bytes.as_bytes())));
        if entry.version != before.map_or(1, |(version, _)| version + 1) || entry.prev != before.map(|(_, digest)| digest) {
            return Ok(Some("it does not follow the entry before it in its stream".to_owned()));
        }
        let mut full = Vec::new();
        self.edge.push(leaf, &mut full);
        for (place, hashes) in full {
            // A tile is stored with the checkpoint that follows it, so the last ones may not be there yet.
            let stored = load_tile(&self.ledger.inner.read, place).await?;
            if stored.is_some_and(|stored| !hashes.starts_with(&stored)) {
                return Ok(Some(format!("tile {} of level {} is not that of the entries", place.1, place.0)));
            }
        }
        Ok(None)
    }

    fn checkpoint(&self, note: &str) -> Option<String> {
        let checkpoint = match self.ledger.inner.notary.open(note) {
            Ok(checkpoint) => checkpoint,
            Err(error) => return Some(error.to_string()),
        };
        let same = self.edge.root().is_ok_and(|root| root == *checkpoint.hash()) && checkpoint.size() == self.edge.size();
        (!same).then(|| "it was signed over other entries".to_owned())
    }

    async fn checkpoint_after(&self, size: u64) -> anyhow::Result<Option<(u64, String)>> {
        let sql = "SELECT size, note FROM checkpoint WHERE size > $1 ORDER BY size LIMIT 1";
        let row = sql::one(&self.ledger.inner.read, sql, [int(size)]).await?;
        row.map(|row| Ok((sql::number(&row, 0)?, row.try_get_by_index(1)?))).transpose()
    }
}

/// Whether the columns by which an entry is found say what its bytes say.
fn is_indexed(row: &QueryResult, entry: &Entry) -> anyhow::Result<bool> {
    let place = row.try_get_by_index::<String>(1)? == entry.stream.to_string() && sql::number(row, 2)? == entry.version;
    let sealed: Option<Vec<u8>> = row.try_get_by_index(5)?;
    let body = match &entry.body {
        Body::Open(act) => sealed.is_none() && sql::digest(row, 3)? == act.command_id,
        Body::Sealed(commitment) => sealed.as_deref() == Some(commitment.0.as_slice()),
    };
    Ok(place && body && sql::number(row, 0)? == entry.position)
}
