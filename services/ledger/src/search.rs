//! Looking for entries. What the columns can say the database says; the rest is read and compared here, and only of entries that the asker may
//! read. A search goes a bounded way and says where to go on, so that no page takes long however long the record is.

use std::collections::HashMap;

use proto::access::Asker;
use proto::actor::Actor;
use proto::entry::{Act, Body, Entry};
use proto::search::{Sought, Tally};
use proto::stream::Stream;
use proto::wire::{Failure, Recorded};
use sea_orm::{QueryResult, Value};

use crate::Ledger;
use crate::desk::remarks;
use crate::readers::Reading;
use crate::reading::{recorded, select, stored_head};
use crate::ring::Filter;
use crate::sql::{self, int};

/// Positions that one statement looks at.
const WINDOW: u64 = 4_096;
/// Positions that one search goes at most.
const REACH: u64 = 65_536;
/// Rows asked for at once.
const CHUNK: u64 = 200;
/// Entries that one search reads at most.
const READ: usize = 8_192;
/// By how much times of entries may run against their positions, at least: the calendar allows a few seconds.
const SLACK_MS: i64 = 60_000;
/// Bytes of entries in one page, bounded so that it fits a message of the bus.
const PAGE_BYTES: usize = 250 * 1024;

/// From where to look, and which way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Way {
    /// Forward: the first position looked at. Back: the one after the first looked at.
    pub(crate) from: u64,
    /// Toward the beginning of the record.
    pub(crate) back: bool,
}

/// What a page of a search holds.
pub(crate) struct Found {
    pub(crate) entries: Vec<Recorded>,
    /// Ask from here next.
    pub(crate) next: u64,
    /// Whether there may be more beyond.
    pub(crate) more: bool,
}

/// One search of one asker.
pub(crate) struct Search<'a> {
    ledger: &'a Ledger,
    reading: &'a Reading,
    asker: &'a Asker,
    sought: &'a Sought,
    filter: Filter,
    texts: Vec<String>,
    /// Streams that were asked about.
    allowed: HashMap<Stream, bool>,
    /// Entries read.
    read: usize,
}

impl<'a> Search<'a> {
    pub(crate) fn new(ledger: &'a Ledger, reading: &'a Reading, asker: &'a Asker, sought: &'a Sought) -> Self {
        let texts = sought.texts.iter().map(|text| text.to_lowercase()).filter(|text| !text.trim().is_empty()).collect();
        Self { ledger, reading, asker, sought, filter: Filter::new(&sought.kinds), texts, allowed: HashMap::new(), read: 0 }
    }

    /// A page of what matches, in the order in which it lies on the way.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) async fn page(&mut self, way: Way, limit: usize) -> Result<Found, Failure> {
        let mut found = Found { entries: Vec::new(), next: way.from, more: false };
        let mut bytes = 0;
        let ended = self
            .walk(way, |hit| {
                let Hit { recorded, position, .. } = hit;
                let room = found.entries.len() < limit && (bytes + recorded.entry.len() <= PAGE_BYTES || found.entries.is_empty());
                if room {
                    bytes += recorded.entry.len();
                    found.entries.push(recorded);
                    found.next = if way.back { position } else { position + 1 };
                }
                room
            })
            .await?;
        match ended {
            Ended::Full => found.more = true,
            Ended::Tired(at) => (found.next, found.more) = (at, true),
            Ended::Done(at) => found.next = at,
        }
        Ok(found)
    }

    /// How many match.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) async fn tally(&mut self) -> Result<Tally, Failure> {
        let mut tally = Tally::default();
        let ended = self
            .walk(Way { from: u64::MAX, back: true }, |hit| {
                tally.count += 1;
                for family in families(&hit.kinds) {
                    *tally.families.entry(family).or_default() += 1;
                }
                true
            })
            .await?;
        tally.more = !matches!(ended, Ended::Done(_));
        Ok(tally)
    }

    /// Hands over what matches until it is not taken any more, the way has become too long, or the record ends.
    async fn walk(&mut self, way: Way, mut take: impl FnMut(Hit) -> bool) -> Result<Ended, Failure> {
        let (first, end) = self.ledger.inner.answer("ledger.search_failed", self.span().await)?;
        let mut at = way.from.clamp(first, end);
        let mut gone = 0;
        loop {
            let window = self.window();
            let (low, high) = if way.back { (first.max(at.saturating_sub(window)), at) } else { (at, end.min(at.saturating_add(window))) };
            if low == high {
                return Ok(Ended::Done(at));
            }
            let rows = self.ledger.inner.answer("ledger.search_failed", self.rows(low, high, way.back).await)?;
            let full = rows.len() as u64 == CHUNK;
            let mut last = at;
            for row in &rows {
                let position = self.ledger.inner.answer("ledger.search_failed", sql::number(row, 0).map_err(anyhow::Error::from))?;
                last = if way.back { position } else { position + 1 };
                if let Some(hit) = self.hit(row, position).await?
                    && !take(hit)
                {
                    return Ok(Ended::Full);
                }
            }
            let next = match (full, way.back) {
                (true, _) => last,
                (false, true) => low,
                (false, false) => high,
            };
            gone += next.abs_diff(at);
            at = next;
            if self.read >= READ || (gone >= REACH && self.sought.case.is_none()) {
                return Ok(Ended::Tired(at));
            }
        }
    }

    /// The positions between which everything lies that was decided in the time sought. Times run with positions but for a few seconds.
    async fn span(&self) -> anyhow::Result<(u64, u64)> {
        let head = stored_head(&self.ledger.inner.read).await?.head;
        let first = match self.sought.since {
            Some(since) => self.first_at(since.as_millisecond().saturating_sub(SLACK_MS), head).await?,
            None => 0,
        };
        let end = match self.sought.before {
            Some(before) => self.first_at(before.as_millisecond().saturating_add(SLACK_MS), head).await?,
            None => head,
        };
        Ok((first, end.max(first)))
    }

    /// The first position whose time is not before this one, to within the slack.
    async fn first_at(&self, at_ms: i64, head: u64) -> anyhow::Result<u64> {
        let (mut low, mut high) = (0, head);
        while low < high {
            let middle = low + (high - low) / 2;
            let row = sql::one(&self.ledger.inner.read, "SELECT at_ms FROM entry WHERE position = $1", [int(middle)]).await?;
            let before = row.map(|row| row.try_get_by_index::<i64>(0)).transpose()?.is_some_and(|at| at < at_ms);
            if before { low = middle + 1 } else { high = middle }
        }
        Ok(low)
    }

    /// The streams of one case are few rows whatever lies between them, and an index finds them.
    fn window(&self) -> u64 {
        if self.sought.case.is_some() { u64::MAX } else { WINDOW }
    }

    async fn rows(&self, low: u64, high: u64, back: bool) -> anyhow::Result<Vec<QueryResult>> {
        let mut values: Vec<Value> = vec![int(low), int(high), int(CHUNK)];
        let mut conditions = vec!["e.position >= $1 AND e.position < $2".to_owned()];
        let mut place = |value: Value| {
            values.push(value);
            format!("${}", values.len())
        };
        if let Some(case) = self.sought.case {
            // All that begins with the stream's name: `0` comes after `/`.
            let (first, end) = (place(format!("case/{case}").into()), place(format!("case/{case}0").into()));
            conditions.push(format!("e.stream >= {first} AND e.stream < {end}"));
        }
        if let Some(since) = self.sought.since {
            conditions.push(format!("e.at_ms >= {}", place(since.as_millisecond().into())));
        }
        if let Some(before) = self.sought.before {
            conditions.push(format!("e.at_ms < {}", place(before.as_millisecond().into())));
        }
        let kinds: Vec<String> = self.filter.patterns().into_iter().map(|kind| format!("e.kinds LIKE {}", place(kind.into()))).collect();
        conditions.extend((!kinds.is_empty()).then(|| format!("({})", kinds.join(" OR "))));
        for any in self.in_bytes() {
            // What is sealed, or stands in a remark, is not in the bytes: it has to be opened to be compared.
            let likes: Vec<String> = any.into_iter().map(|like| format!("LOWER(e.bytes) LIKE {} ESCAPE '!'", place(like.into()))).collect();
            conditions.push(format!("(e.sealed IS NOT NULL OR {})", likes.join(" OR ")));
        }
        let order = match (self.sought.case.is_some(), back) {
            // The sign keeps SQLite from walking along all positions instead of the index over streams.
            (true, true) => "+e.position DESC",
            (true, false) => "+e.position",
            (false, true) => "e.position DESC",
            (false, false) => "e.position",
        };
        Ok(sql::all(&self.ledger.inner.read, &select(&conditions.join(" AND "), order), values).await?)
    }

    /// Patterns of which one of each group is in the bytes of every open entry that matches.
    fn in_bytes(&self) -> Vec<Vec<String>> {
        let government = self.sought.government.as_ref().map(|id| vec![format!("%\"government\":\"{id}\"%")]);
        let official = self.sought.official.as_ref().map(|id| vec![format!("%\"official\":\"{id}\"%")]);
        let texts = self.for_words().then(|| {
            let said = self.texts.iter().map(|text| like(text));
            let named = self.sought.names.iter().map(|name| like(&format!("\"{}\"", name.to_lowercase())).replace('\\', ""));
            said.chain(named).chain(["%\"remark!_commitment\"%".to_owned()]).collect()
        });
        [government, official, texts].into_iter().flatten().collect()
    }

    async fn hit(&mut self, row: &QueryResult, position: u64) -> Result<Option<Hit>, Failure> {
        let ledger = self.ledger;
        let broken = |error: anyhow::Error| ledger.inner.answer::<()>("ledger.search_failed", Err(error));
        let text = |column| row.try_get_by_index::<String>(column).map_err(anyhow::Error::from);
        let (stream, kinds) = match (text(1).and_then(|stream| Ok(stream.parse::<Stream>()?)), text(2)) {
            (Ok(stream), Ok(kinds)) => (stream, kinds),
            (Err(error), _) | (_, Err(error)) => return broken(error).map(|()| None),
        };
        if !self.filter.takes(&kinds) || !self.may(&stream).await? {
            return Ok(None);
        }
        self.read += 1;
        let (recorded, _) = ledger.inner.answer("ledger.search_failed", recorded(row, &ledger.inner.master))?;
        Ok(self.matches(&recorded).await?.then_some(Hit { recorded, position, kinds }))
    }

    async fn may(&mut self, stream: &Stream) -> Result<bool, Failure> {
        if let Some(may) = self.allowed.get(stream) {
            return Ok(*may);
        }
        let may = self.reading.may(self.asker, stream).await?;
        self.allowed.insert(stream.clone(), may);
        Ok(may)
    }

    async fn matches(&self, recorded: &Recorded) -> Result<bool, Failure> {
        let Sought { government, official, .. } = self.sought;
        if government.is_none() && official.is_none() && !self.for_words() {
            return Ok(true);
        }
        let open = match serde_json::from_str::<Entry>(&recorded.entry) {
            Ok(Entry { body: Body::Open(act), .. }) => Some(act),
            _ => None,
        };
        // A sealed act that is erased says nothing any more.
        let Some(act) = open.as_ref().or(recorded.act.as_ref()) else { return Ok(false) };
        let by = match &act.actor {
            Actor::Official(capacity) => {
                government.as_ref().is_none_or(|id| *id == capacity.government)
                    && official.as_ref().is_none_or(|id| *id == capacity.official)
            }
            Actor::Service(_) => government.is_none() && official.is_none(),
        };
        Ok(by && (!self.for_words() || self.holds(act, open.is_some()).await?))
    }

    fn for_words(&self) -> bool {
        !self.texts.is_empty() || !self.sought.names.is_empty()
    }

    async fn holds(&self, act: &Act, open: bool) -> Result<bool, Failure> {
        let said = [serde_json::to_value(&act.command), serde_json::to_value(&act.events), serde_json::to_value(&act.actor)];
        if said.iter().flatten().any(|said| self.stands_in(said)) {
            return Ok(true);
        }
        let remarks = if open { remarks(self.ledger, self.asker, act).await? } else { serde_json::Map::new() };
        Ok(remarks.values().any(|remark| self.stands_in(remark)))
    }

    fn stands_in(&self, value: &serde_json::Value) -> bool {
        let one = |said: &str| {
            let lower = said.to_lowercase();
            self.texts.iter().any(|text| lower.contains(text.as_str())) || self.sought.names.iter().any(|name| name == said)
        };
        match value {
            serde_json::Value::String(said) => one(said),
            serde_json::Value::Array(items) => items.iter().any(|item| self.stands_in(item)),
            // Names of terms and clauses stand as keys too.
            serde_json::Value::Object(fields) => fields.iter().any(|(name, value)| one(name) || self.stands_in(value)),
            serde_json::Value::Number(number) => one(&number.to_string()),
            serde_json::Value::Bool(_) | serde_json::Value::Null => false,
        }
    }
}

/// An entry that matches.
struct Hit {
    recorded: Recorded,
    position: u64,
    kinds: String,
}

/// How a walk ended.
enum Ended {
    /// What was found last was not taken.
    Full,
    /// It was long enough; it goes on here.
    Tired(u64),
    /// The record ends here.
    Done(u64),
}

/// The families in a list of kinds such as `,negotiation.joined,negotiation.left,`, each once.
fn families(kinds: &str) -> std::collections::BTreeSet<String> {
    kinds.split(',').filter_map(|kind| kind.split_once('.')).map(|(family, _)| family.to_owned()).collect()
}

/// The pattern of a text that is in lower case, as it stands in JSON. Letters outside ASCII that have capitals stand for any letter, because
/// databases differ in which of them they know.
fn like(text: &str) -> String {
    let json = serde_json::to_string(text).unwrap_or_default();
    let mut pattern = String::from("%");
    for letter in json.trim_start_matches('"').strip_suffix('"').unwrap_or_default().chars() {
        match letter {
            '!' | '%' | '_' => pattern.extend(['!', letter]),
            letter if !letter.is_ascii() && (letter.is_lowercase() || letter.is_uppercase()) => pattern.push('_'),
            letter => pattern.push(letter),
        }
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_the_text_as_json_has_it() {
        assert_eq!(like("주민"), "%주민%");
        assert_eq!(like("50 % of a_b!"), "%50 !% of a!_b!!%");
        assert_eq!(like("say \"no\""), "%say \\\"no\\\"%");
        assert_eq!(like("\"quoted\""), "%\\\"quoted\\\"%");
        assert_eq!(like("é"), "%_%");
    }

    #[test]
    fn families_are_named_once() {
        assert_eq!(families(",a.x,a.y,b.z,").into_iter().collect::<Vec<_>>(), ["a", "b"]);
    }
}
