//! Views: the folds of a service's streams, kept in its own database for readers. Built from the ledger at any time, never migrated, never read
//! by a rule. Announcements are only hints; the position stands in the same transaction as the rows.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use jiff::Timestamp;
use lru::LruCache;
use proto::access::Readers;
use proto::entry::{Act, Entry};
use proto::message::{Command, Target};
use proto::stream::Stream;
use proto::wire::{Failure, Recorded, Unanswered};
use serde_json::Value;

use crate::decider::Decider;
use crate::folds;
use crate::rows::{Member, Row, Rows};

/// What readers of a service's folds see.
pub trait View: Decider {
    /// Families (`negotiation`) and kinds (`signing.completed`) of events that change a fold of this service or make it react. Naming fewer is
    /// what keeps a busy case cheap for services that only need its outline.
    fn kinds() -> Vec<&'static str>;

    /// Who may read the case, by the fold of its stream.
    fn readers(state: &Self::State) -> Readers;

    /// What stands in lists.
    fn summary(state: &Self::State) -> Value;

    /// What everyone may see of it, signed in or not; none where nothing is public. What of it stands in lists is the part `public` of the
    /// [`summary`](Self::summary).
    fn public(_state: &Self::State) -> Option<Value> {
        None
    }

    /// Whether anything is.
    fn is_public(_state: &Self::State) -> bool {
        false
    }

    /// The fold as it is answered, with what is computed from it.
    fn render(state: &Self::State) -> Value {
        serde_json::to_value(state).unwrap_or_default()
    }

    /// When the next of its deadlines passes.
    fn next_due(_state: &Self::State) -> Option<Timestamp> {
        None
    }

    /// What is to be done when a deadline has passed, each with the position of the entry that set it.
    fn overdue(_stream: &Stream, _state: &Self::State, _at: Timestamp) -> Vec<(u64, Target, Command)> {
        Vec::new()
    }

    /// A question of the service's own about one fold, such as the difference between two offers.
    ///
    /// # Errors
    /// When there is no such question, its parameters cannot be read, or the rules have no answer to it.
    fn answer(_name: &str, _params: &Value, _state: &Self::State) -> Result<Value, Unanswered> {
        Err(Failure::NotFound.into())
    }
}

/// A command that a service issues by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Reaction {
    /// The entry that caused it.
    pub cause: u64,
    /// Which of the commands this entry caused.
    pub nth: usize,
    /// To what.
    pub target: Target,
    /// What.
    pub command: Command,
}

/// Folds entries into rows.
pub struct Projector<D: View> {
    rows: Rows,
    cache: LruCache<Stream, Arc<D::State>>,
    parked: BTreeSet<Stream>,
    next: u64,
    reacted: u64,
    /// Whether the position has moved on further than is kept.
    unkept: bool,
}

impl<D: View> Projector<D> {
    /// A projector over these rows, from where they stand.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn open(rows: Rows, capacity: NonZeroUsize) -> anyhow::Result<Self> {
        let parked = rows.parked().await?.into_iter().filter_map(|(stream, _)| stream.parse().ok()).collect();
        let (next, reacted) = (rows.next().await?, rows.reacted().await?);
        Ok(Self { rows, cache: LruCache::new(capacity), parked, next, reacted, unkept: false })
    }

    /// The position of the first entry not folded yet.
    #[must_use]
    pub fn next(&self) -> u64 {
        self.next
    }

    /// The position of the first entry not reacted to yet. A rebuilt view stands before it until it has caught up.
    #[must_use]
    pub fn reacted(&self) -> u64 {
        self.reacted
    }

    /// The rows.
    #[must_use]
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// Folds a page and answers what the service does about it. Nothing is kept until [`Projector::commit`].
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn fold(&mut self, page: &[Recorded], complete_to: u64) -> anyhow::Result<(Changes<D>, Vec<Reaction>)> {
        let mut changes = Changes { states: BTreeMap::new(), members: BTreeMap::new(), parked: BTreeMap::new(), next: complete_to };
        let mut reactions = Vec::new();
        for recorded in page {
            match folds::open(recorded) {
                Ok((entry, act)) => {
                    if !self.take_in(&entry, &act, &mut changes, &mut reactions).await? {
                        self.park(&entry.stream, entry.position, "the rules failed on it", &mut changes);
                        self.fold_before(&entry, page, &mut changes).await?;
                    }
                }
                Err(reason) => self.park_unreadable(recorded, &reason, &mut changes),
            }
        }
        Ok((changes, reactions))
    }

    /// Whether the rules could do it. If not, the fold of the stream is lost.
    async fn take_in(&mut self, entry: &Entry, act: &Act, changes: &mut Changes<D>, reactions: &mut Vec<Reaction>) -> anyhow::Result<bool> {
        if entry.position < self.next || self.parked.contains(&entry.stream) {
            return Ok(true);
        }
        let of = folds::meta(entry, act);
        let known = self.state(&entry.stream, changes).await?;
        let before = known.as_ref().map(|state| members::<D>(&entry.stream, state)).unwrap_or_default();
        let mut state = known.unwrap_or_default();
        let evolved = catch_unwind(AssertUnwindSafe(|| {
            let inner = Arc::make_mut(&mut state);
            act.events.iter().for_each(|event| D::evolve(inner, event, &of));
        }));
        if evolved.is_err() {
            return Ok(false);
        }
        let after = members::<D>(&entry.stream, &state);
        for member in before.iter().filter(|member| !after.contains(member)) {
            changes.members.insert((entry.stream.clone(), member.clone()), false);
        }
        for member in after.iter().filter(|member| !before.contains(member)) {
            changes.members.insert((entry.stream.clone(), member.clone()), true);
        }
        changes.states.insert(entry.stream.clone(), (entry.position, state));
        let react = act.events.iter().flat_map(|event| D::react(event, &of));
        reactions.extend(react.enumerate().map(|(nth, (target, command))| Reaction { cause: entry.position, nth, target, command }));
        Ok(true)
    }

    /// Folds again what the page has of a stream before the entry on which the rules failed.
    async fn fold_before(&mut self, failed: &Entry, page: &[Recorded], changes: &mut Changes<D>) -> anyhow::Result<()> {
        let known = page.iter().filter_map(|recorded| folds::open(recorded).ok());
        let before = known.filter(|(entry, _)| entry.stream == failed.stream && (self.next..failed.position).contains(&entry.position));
        let before: Vec<_> = before.collect();
        let Some((last, _)) = before.last() else { return Ok(()) };
        let mut state = self.state(&failed.stream, changes).await?.unwrap_or_default();
        for (entry, act) in &before {
            let of = folds::meta(entry, act);
            act.events.iter().for_each(|event| D::evolve(Arc::make_mut(&mut state), event, &of));
        }
        changes.states.insert(failed.stream.clone(), (last.position, state));
        Ok(())
    }

    /// The fold so far; none of a stream that is new here.
    async fn state(&mut self, stream: &Stream, changes: &mut Changes<D>) -> anyhow::Result<Option<Arc<D::State>>> {
        if let Some((_, state)) = changes.states.remove(stream) {
            return Ok(Some(state));
        }
        // Taken out, so that the next event changes it and no copy. It comes back with the commit; until then the row is there.
        if let Some(state) = self.cache.pop(stream) {
            return Ok(Some(state));
        }
        let row = self.rows.get(&stream.to_string()).await?;
        Ok(row.map(|row| serde_json::from_str(&row.body)).transpose()?.map(Arc::new))
    }

    fn park_unreadable(&mut self, recorded: &Recorded, reason: &str, changes: &mut Changes<D>) {
        let field = |name: &str| serde_json::from_str::<Value>(&recorded.entry).ok().and_then(|v| v.get(name).cloned());
        let stream = field("stream").and_then(|v| serde_json::from_value(v).ok());
        let position = field("position").and_then(|v| v.as_u64()).unwrap_or(self.next);
        if let Some(stream) = stream {
            self.park(&stream, position, reason, changes);
        }
    }

    fn park(&mut self, stream: &Stream, position: u64, reason: &str, changes: &mut Changes<D>) {
        tracing::error!(service = D::SERVICE.name(), stream = %stream, position, reason, "view.parked");
        metrics::counter!("interlocal_parked_total", "service" => D::SERVICE.name()).increment(1);
        self.parked.insert(stream.clone());
        changes.parked.insert(stream.to_string(), (position, reason.to_owned()));
    }

    /// Writes what [`Projector::fold`] gave, and the position with it, in one transaction. A position alone can wait for [`Projector::keep`]: what
    /// lies before it is only looked at again after a crash.
    ///
    /// # Errors
    /// When the database cannot be written; nothing is changed then.
    pub async fn commit(&mut self, changes: Changes<D>) -> anyhow::Result<()> {
        if changes.states.is_empty() && changes.parked.is_empty() {
            self.reached(changes.next);
            self.unkept = true;
            return Ok(());
        }
        let rows =
            changes.states.iter().map(|(stream, (position, state))| row::<D>(stream, *position, state)).collect::<Result<Vec<_>, _>>()?;
        let members = changes.members.iter().map(|((stream, member), listed)| Member { member, key: stream.to_string(), listed: *listed });
        self.rows.write(&rows, &members.collect::<Vec<_>>(), &changes.parked, changes.next).await?;
        for (stream, (_, state)) in changes.states {
            self.cache.put(stream, state);
        }
        self.reached(changes.next);
        self.unkept = false;
        Ok(())
    }

    /// Writes the position, if it has moved on without rows.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn keep(&mut self) -> anyhow::Result<()> {
        if self.unkept {
            self.rows.write(&[], &[], &BTreeMap::new(), self.next).await?;
            self.unkept = false;
        }
        Ok(())
    }

    fn reached(&mut self, next: u64) {
        self.next = next;
        self.reacted = self.reacted.max(next);
    }
}

/// What a page changes.
pub struct Changes<D: View> {
    states: BTreeMap<Stream, (u64, Arc<D::State>)>,
    /// Who has got a stream into their lists on this page, and who has lost it.
    members: BTreeMap<(Stream, String), bool>,
    parked: BTreeMap<String, (u64, String)>,
    next: u64,
}

/// In the lists of everyone, signed in or not. No body has this name.
pub(crate) const EVERYONE: &str = "*";

/// Who has a stream in their lists.
fn members<D: View>(stream: &Stream, state: &D::State) -> Vec<String> {
    match stream {
        Stream::Case(_) => {
            let everyone = D::is_public(state).then(|| EVERYONE.to_owned());
            D::readers(state).case.iter().map(ToString::to_string).chain(everyone).collect()
        }
        other => other.owner().map(ToString::to_string).into_iter().collect(),
    }
}

fn row<D: View>(stream: &Stream, position: u64, state: &D::State) -> serde_json::Result<Row> {
    Ok(Row {
        key: stream.to_string(),
        position,
        due_ms: D::next_due(state).map(Timestamp::as_millisecond),
        summary: serde_json::to_string(&D::summary(state))?,
        body: serde_json::to_string(state)?,
    })
}
