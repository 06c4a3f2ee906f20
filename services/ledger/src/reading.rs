//! Reading the record: by position for those who follow it, by stream for those who fold it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use proto::digest::Digest;
use proto::entry::Act;
use proto::stream::Stream;
use proto::wire::{Failure, Head, Page, Read, ReadStream, Recorded, Versions};
use sea_orm::{DatabaseConnection, QueryResult, Value};

use crate::Ledger;
use crate::ring::{Bounds, Filter};
use crate::sql::{self, Rows, int};
use crate::vault::Key;
use crate::vaulting;

/// Bytes of entries in one page, about.
const PAGE_BYTES: usize = 256 * 1024;
/// Rows asked for at once: of the longest entries that are 8 MiB.
const CHUNK: u64 = 64;
/// Positions that one page searches for rare kinds at most.
const WINDOW: u64 = 16_384;

static VERSIONS: LazyLock<Rows> =
    LazyLock::new(|| Rows::new("SELECT q.column1, (SELECT MAX(e.version) FROM entry e WHERE e.stream = q.column1) FROM (", 1, ") AS q"));

impl Ledger {
    /// A page of the ledger. It may hold fewer entries than asked for, also none, and still go forward: `complete_to` is where to ask on.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn read(&self, read: &Read) -> Result<Page, Failure> {
        let filter = Filter::new(&read.kinds);
        let bounds = Bounds { entries: usize::try_from(read.limit).unwrap_or(usize::MAX).max(1), bytes: PAGE_BYTES };
        if let Some((entries, complete_to)) = self.inner.ring.read(read.from, &filter, bounds) {
            let Head { head, offset_ms } = self.head();
            return Ok(Page { entries, complete_to, head: head.max(complete_to), offset_ms });
        }
        self.inner.answer("ledger.read_failed", self.page(read.from, &filter, bounds).await)
    }

    async fn page(&self, from: u64, filter: &Filter, mut bounds: Bounds) -> anyhow::Result<Page> {
        let Head { head, offset_ms } = stored_head(&self.inner.read).await?;
        let end = if filter.is_all() { head } else { head.min(from.saturating_add(WINDOW)) };
        let mut page = Page { entries: Vec::new(), complete_to: from.min(head), head, offset_ms };
        let patterns = filter.patterns();
        let sql = select(&filter_clause(patterns.len()), "e.position");
        while page.complete_to < end {
            let span = [int(page.complete_to), int(end), int(CHUNK)];
            let rows = sql::all(&self.inner.read, &sql, span.into_iter().chain(patterns.iter().map(|p| Value::from(p.as_str())))).await?;
            let full = rows.len() as u64 == CHUNK;
            for row in rows {
                page.complete_to = sql::number(&row, 0)? + 1;
                if filter.takes(&row.try_get_by_index::<String>(2)?) {
                    let (recorded, bytes) = recorded(&row, &self.inner.master)?;
                    page.entries.push(recorded);
                    if !bounds.count(bytes) {
                        return Ok(page);
                    }
                }
            }
            if !full {
                page.complete_to = end;
            }
        }
        Ok(page)
    }

    /// Entries of a stream after a version, as many as fit a page. Nothing: there are no more.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn stream(&self, read: &ReadStream) -> Result<Vec<Recorded>, Failure> {
        self.inner.answer("ledger.stream_failed", self.stream_page(&read.stream, read.after).await)
    }

    async fn stream_page(&self, stream: &Stream, mut after: u64) -> anyhow::Result<Vec<Recorded>> {
        let sql = select("e.stream = $4 AND e.version > $1 AND e.version <= $2", "e.version");
        let mut bounds = Bounds { entries: usize::MAX, bytes: PAGE_BYTES };
        let mut page = Vec::new();
        loop {
            let values = [int(after), int(u64::MAX), int(CHUNK), stream.to_string().into()];
            let rows = sql::all(&self.inner.read, &sql, values).await?;
            for row in &rows {
                let (recorded, bytes) = recorded(row, &self.inner.master)?;
                page.push(recorded);
                if !bounds.count(bytes) {
                    return Ok(page);
                }
            }
            if (rows.len() as u64) < CHUNK {
                return Ok(page);
            }
            after += CHUNK;
        }
    }

    /// The versions of these streams as they are committed now; a stream that does not exist has 0.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn versions(&self, versions: &Versions) -> Result<BTreeMap<Stream, u64>, Failure> {
        let find = async {
            let names: Vec<Value> = versions.streams.iter().map(|stream| stream.to_string().into()).collect();
            let mut found: BTreeMap<Stream, u64> = versions.streams.iter().map(|stream| (stream.clone(), 0)).collect();
            for row in VERSIONS.look_up(&self.inner.read, &names).await? {
                let version: Option<i64> = row.try_get_by_index(1)?;
                found.insert(row.try_get_by_index::<String>(0)?.parse()?, version.unwrap_or(0).unsigned_abs());
            }
            Ok(found)
        };
        self.inner.answer("ledger.versions_failed", find.await)
    }

    /// Leaves of the tree from a position on: for whoever rebuilds it and compares.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn leaves(&self, from: u64, limit: u32) -> Result<Vec<Digest>, Failure> {
        let find = async {
            let sql = "SELECT leaf FROM entry WHERE position >= $1 ORDER BY position LIMIT $2";
            let rows = sql::all(&self.inner.read, sql, [int(from), int(u64::from(limit))]).await?;
            Ok(rows.iter().map(|row| sql::digest(row, 0)).collect::<Result<_, _>>()?)
        };
        self.inner.answer("ledger.leaves_failed", find.await)
    }
}

/// Reads `$1` to `$2` (positions or versions), at most `$3` rows.
pub(crate) fn select(condition: &str, order: &str) -> String {
    let vault = vaulting::COLUMNS;
    format!(
        "SELECT e.position, e.stream, e.kinds, e.asked, e.sealed, e.bytes, {vault} FROM entry e
        LEFT JOIN vault v ON v.commitment = e.sealed LEFT JOIN vault_key k ON k.id = v.key_id
        WHERE {condition} ORDER BY {order} LIMIT $3"
    )
}

fn filter_clause(patterns: usize) -> String {
    let likes: Vec<String> = (0..patterns).map(|n| format!("e.kinds LIKE ${}", n + 4)).collect();
    let likes = if likes.is_empty() { String::new() } else { format!(" AND ({})", likes.join(" OR ")) };
    format!("e.position >= $1 AND e.position < $2{likes}")
}

/// An entry as services get it, and how many bytes that are. A sealed act that does not open is as one that is erased, and the log says why: the
/// ledger goes on for the others.
pub(crate) fn recorded(row: &QueryResult, master: &Key) -> anyhow::Result<(Recorded, usize)> {
    let (act, hidden) = sealed_act(row, master)
        .unwrap_or_else(|error| {
            tracing::error!(position = ?sql::number(row, 0).ok(), error = %error, "ledger.sealed_act_unreadable");
            None
        })
        .unzip();
    let entry: String = row.try_get_by_index(5)?;
    let bytes = entry.len() + hidden.unwrap_or(0);
    Ok((Recorded { entry, act, asked: sql::digest(row, 3)? }, bytes))
}

/// The act of a sealed entry, and how long its text is.
fn sealed_act(row: &QueryResult, master: &Key) -> anyhow::Result<Option<(Box<Act>, usize)>> {
    if row.try_get_by_index::<Option<Vec<u8>>>(4)?.is_none() {
        return Ok(None);
    }
    let stream: Stream = row.try_get_by_index::<String>(1)?.parse()?;
    let opened = vaulting::open(row, 6, master, &stream, sql::digest(row, 4)?)?;
    opened.map(|opened| Ok((serde_json::from_str(&opened.text)?, opened.text.len()))).transpose()
}

/// The head as it is committed, by whichever process.
pub(crate) async fn stored_head(db: &DatabaseConnection) -> anyhow::Result<Head> {
    let row = sql::one(db, "SELECT position, offset_ms FROM head WHERE id = 1", []).await?;
    let row = row.ok_or_else(|| anyhow::anyhow!("the ledger has no head"))?;
    Ok(Head { head: sql::number(&row, 0)?, offset_ms: row.try_get_by_index(1)? })
}
