//! The one task that writes. Nothing waits for a batch to fill: whatever has queued while the last commit ran is the next batch.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::num::NonZeroUsize;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use jiff::Timestamp;
use lru::LruCache;
use proto::actor::Service;
use proto::digest::Digest;
use proto::stream::Stream;
use proto::wire::{self, Append, Appended, Failure};
use runtime::bus::unavailable;
use runtime::clock;
use runtime::config::Mode;
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr, SqlErr, Value};
use tokio::sync::{broadcast, mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;

use crate::batch::{Batch, Head, Taken, Tip};
use crate::ring::Ring;
use crate::sql::{self, Rows, blob, int};
use crate::vault::Key;
use crate::vaulting::{self, Subjects};

/// Streams whose last entry is remembered.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(65_536).unwrap();
/// Subjects whose key is remembered.
const KEYS: NonZeroUsize = NonZeroUsize::new(4_096).unwrap();

static ENTRIES: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new("INSERT INTO entry (position, stream, version, command_id, asked, leaf, at_ms, kinds, sealed, bytes)", 10, "")
});

static TIPS: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(
        "SELECT e.stream, e.version, e.at_ms, e.bytes FROM (",
        1,
        ") AS q CROSS JOIN entry e
        WHERE e.stream = q.column1 AND e.version = (SELECT MAX(t.version) FROM entry t WHERE t.stream = q.column1)",
    )
});

static IDS: LazyLock<Rows> = LazyLock::new(|| {
    let after = ") AS q CROSS JOIN entry e WHERE e.stream = q.column1 AND e.command_id = q.column2";
    Rows::new("SELECT e.stream, e.command_id FROM (", 2, after)
});

/// Appends of one caller, and where the answer goes.
pub(crate) struct Request {
    pub(crate) items: Vec<(Service, Append)>,
    pub(crate) answer: oneshot::Sender<Result<Vec<Appended>, Failure>>,
}

/// What was committed: enough to announce it, nothing of what it says.
#[derive(Debug, Clone)]
pub struct Notice {
    /// The new head.
    pub head: wire::Head,
    /// Families of events and last tokens of subjects, each pair once.
    pub touched: BTreeSet<(String, String)>,
}

/// Everything the writing task has.
pub(crate) struct Writer {
    pub(crate) db: DatabaseConnection,
    pub(crate) master: Key,
    pub(crate) mode: Mode,
    pub(crate) read_only: Arc<RwLock<Option<String>>>,
    pub(crate) batch: usize,
    pub(crate) ring: Arc<Ring>,
    pub(crate) heads: watch::Sender<wire::Head>,
    pub(crate) notices: broadcast::Sender<Arc<Notice>>,
    pub(crate) known: Known,
}

/// What is remembered of the database. It holds only while the head is where this process left it.
pub(crate) struct Known {
    head: Option<Head>,
    tips: LruCache<Stream, Tip>,
    subjects: Subjects,
}

impl Known {
    pub(crate) fn nothing() -> Self {
        Self { head: None, tips: LruCache::new(REMEMBERED), subjects: Subjects::new(KEYS) }
    }

    /// Forgets everything if another process has written or a subject was erased, and says so.
    fn forget_unless(&mut self, head: Head) -> bool {
        let forget = self.head != Some(head);
        if forget {
            self.tips.clear();
            self.subjects.clear();
            self.head = Some(head);
        }
        forget
    }
}

/// A batch that is on disk.
struct Committed {
    answers: Vec<Appended>,
    head: Head,
    taken: Vec<Taken>,
}

impl Writer {
    /// Runs until told to stop, or until nobody can append any more; what was queued by then is still written.
    pub(crate) async fn run(mut self, mut queue: mpsc::Receiver<Request>, stop: CancellationToken) {
        loop {
            let first = tokio::select! {
                biased;
                () = stop.cancelled(), if !queue.is_closed() => {
                    queue.close();
                    continue;
                }
                first = queue.recv() => first,
            };
            let Some(first) = first else { return };
            let mut items = first.items.len();
            let mut requests = vec![first];
            while items < self.batch {
                let Ok(next) = queue.try_recv() else { break };
                items += next.items.len();
                requests.push(next);
            }
            self.serve(requests).await;
        }
    }

    async fn serve(&mut self, requests: Vec<Request>) {
        let sizes: Vec<usize> = requests.iter().map(|request| request.items.len()).collect();
        let (items, waiting): (Vec<_>, Vec<_>) = requests.into_iter().map(|request| (request.items, request.answer)).unzip();
        let items: Vec<(Service, Append)> = items.into_iter().flatten().collect();
        match self.commit(&items).await {
            Ok(committed) => {
                let mut answers = committed.answers.into_iter();
                for (answer, size) in waiting.into_iter().zip(sizes) {
                    let _ = answer.send(Ok(answers.by_ref().take(size).collect()));
                }
                self.tell(committed.head, committed.taken);
            }
            Err(error) => {
                tracing::error!(error = %error, appends = items.len(), "ledger.commit_failed");
                metrics::counter!("interlocal_ledger_failed_commits_total").increment(1);
                for answer in waiting {
                    let _ = answer.send(Err(unavailable(Service::Ledger)));
                }
            }
        }
    }

    fn tell(&self, head: Head, taken: Vec<Taken>) {
        if taken.is_empty() {
            return;
        }
        metrics::counter!("interlocal_ledger_entries_total").increment(u64::try_from(taken.len()).unwrap_or(0));
        let head = wire::Head { head: head.position, offset_ms: head.offset_ms };
        let touched = if self.notices.receiver_count() == 0 { BTreeSet::new() } else { touched(&taken) };
        self.ring.push(taken);
        self.heads.send_replace(head.clone());
        // Nobody listens: nothing is lost, announcements are hints.
        let _ = self.notices.send(Arc::new(Notice { head, touched }));
    }

    /// Commits a batch. Whatever fails, nothing of it is in the ledger, except that a lost answer to COMMIT leaves it open.
    async fn commit(&mut self, items: &[(Service, Append)]) -> anyhow::Result<Committed> {
        match self.attempt(items, false).await {
            Ok(committed) => Ok(committed),
            Err(error) if is_unique(&error) => {
                // A service that knows the stream's version knows its command ids too, so this does not happen; but one that errs must not take
                // the appends of others with it.
                tracing::error!(error = %error, "ledger.assertion_failed");
                self.known = Known::nothing();
                self.attempt(items, true).await.inspect_err(|_| self.known = Known::nothing())
            }
            Err(error) => {
                self.known = Known::nothing();
                Err(error)
            }
        }
    }

    async fn attempt(&mut self, items: &[(Service, Append)], careful: bool) -> anyhow::Result<Committed> {
        let transaction = sql::begin(&self.db).await?;
        let head = lock_head(&transaction).await?;
        if self.known.forget_unless(head) {
            self.ring.clear();
        }
        let tips = self.tips(&transaction, items).await?;
        let ids = ids(&transaction, items, &tips, careful).await?;
        let read_only = self.read_only.read().unwrap_or_else(PoisonError::into_inner).clone();
        let (mode, random) = (self.mode, clock::random32);
        let mut batch = Batch { head, tips, ids, mode, read_only, now: now(), random, taken: Vec::new(), secrets: Vec::new() };
        let answers: Vec<Appended> = items.iter().map(|(service, append)| batch.decide(*service, append)).collect();
        if batch.taken.is_empty() {
            transaction.rollback().await?;
        } else {
            let secrets = std::mem::take(&mut batch.secrets);
            vaulting::keep(&transaction, &self.master, &mut self.known.subjects, secrets).await?;
            ENTRIES.insert(&transaction, batch.taken.iter().flat_map(row).collect()).await?;
            set_head(&transaction, batch.head).await?;
            transaction.commit().await?;
        }
        self.known.head = Some(batch.head);
        for (stream, tip) in batch.tips {
            self.known.tips.put(stream, tip);
        }
        Ok(Committed { answers, head: batch.head, taken: batch.taken })
    }

    /// The last entries of all streams that the batch writes to or has read.
    async fn tips(&mut self, transaction: &DatabaseTransaction, items: &[(Service, Append)]) -> anyhow::Result<HashMap<Stream, Tip>> {
        let mut tips = HashMap::new();
        let mut unknown = HashSet::new();
        for stream in items.iter().flat_map(|(_, append)| std::iter::once(&append.stream).chain(append.reads.keys())) {
            if let Some(tip) = self.known.tips.get(stream) {
                tips.insert(stream.clone(), *tip);
            } else {
                unknown.insert(stream);
            }
        }
        let names: Vec<Value> = unknown.into_iter().map(|stream| stream.to_string().into()).collect();
        for row in TIPS.look_up(transaction, &names).await? {
            let name: String = row.try_get_by_index(0)?;
            let bytes: String = row.try_get_by_index(3)?;
            let tip = Tip { version: sql::number(&row, 1)?, at_ms: row.try_get_by_index(2)?, digest: Digest::of(bytes.as_bytes()) };
            tips.insert(name.parse()?, tip);
        }
        Ok(tips)
    }
}

/// Command ids that are in their streams already, as far as it matters: whoever knows a stream's version has seen its command ids, so only those
/// who come with an older version are looked up, unless the batch is taken a second time.
async fn ids(
    transaction: &DatabaseTransaction,
    items: &[(Service, Append)],
    tips: &HashMap<Stream, Tip>,
    careful: bool,
) -> anyhow::Result<HashSet<(Stream, Digest)>> {
    let behind = |append: &Append| tips.get(&append.stream).is_some_and(|tip| append.expected < tip.version);
    let asked = items.iter().map(|(_, append)| append).filter(|append| careful || behind(append));
    let values: Vec<Value> = asked.flat_map(|append| [append.stream.to_string().into(), blob(append.command_id.0)]).collect();
    let found = IDS.look_up(transaction, &values).await?;
    found.iter().map(|row| Ok((row.try_get_by_index::<String>(0)?.parse()?, sql::digest(row, 1)?))).collect()
}

/// The head, locked until the transaction ends.
pub(crate) async fn lock_head(transaction: &DatabaseTransaction) -> Result<Head, DbErr> {
    let sqlite = sea_orm::ConnectionTrait::get_database_backend(transaction) == sea_orm::DbBackend::Sqlite;
    let lock = if sqlite { "" } else { " FOR UPDATE" };
    let row = sql::one(transaction, &format!("SELECT position, offset_ms, erasures FROM head WHERE id = 1{lock}"), []).await?;
    let row = row.ok_or_else(|| DbErr::RecordNotFound("the head of the ledger".to_owned()))?;
    Ok(Head { position: sql::number(&row, 0)?, offset_ms: row.try_get_by_index(1)?, erasures: sql::number(&row, 2)? })
}

async fn set_head(transaction: &DatabaseTransaction, head: Head) -> Result<(), DbErr> {
    let values = [int(head.position), head.offset_ms.into()];
    sql::execute(transaction, "UPDATE head SET position = $1, offset_ms = $2 WHERE id = 1", values).await.map(drop)
}

fn row(taken: &Taken) -> [Value; 10] {
    [
        int(taken.position),
        taken.stream.to_string().into(),
        int(taken.version),
        blob(taken.command_id.0),
        blob(taken.asked.0),
        blob(taken.leaf.0),
        taken.at_ms.into(),
        taken.kinds.as_str().into(),
        Value::Bytes(taken.sealed.map(|commitment| commitment.0.to_vec())),
        taken.bytes.as_str().into(),
    ]
}

fn touched(taken: &[Taken]) -> BTreeSet<(String, String)> {
    let families = |entry: &Taken| {
        let of = entry.stream.subject_token();
        let kinds = entry.kinds.split(',').filter_map(|kind| kind.split_once('.'));
        kinds.map(|(family, _)| (family.to_owned(), of.clone())).collect::<Vec<_>>()
    };
    taken.iter().flat_map(families).collect()
}

fn is_unique(error: &anyhow::Error) -> bool {
    let sql = error.downcast_ref::<DbErr>().and_then(DbErr::sql_err);
    matches!(sql, Some(SqlErr::UniqueConstraintViolation(_)))
}

/// Wall time in whole milliseconds: what is recorded reads the same everywhere.
fn now() -> Timestamp {
    let wall = clock::wall();
    Timestamp::from_millisecond(wall.as_millisecond()).unwrap_or(wall)
}
