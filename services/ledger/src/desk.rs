//! What readers ask the ledger: entries they may read, checkpoints, proofs, bundles. Every question comes with a token, and is answered only as
//! far as whoever asks may read.

use proto::access::Asker;
use proto::actor::{Actor, Service};
use proto::digest::Digest;
use proto::entry::{Act, Body, Entry};
use proto::id::CaseId;
use proto::remark::Disclosure;
use proto::search::Sought;
use proto::stream::Stream;
use proto::wire::{Failure, Read, ReadStream, Recorded};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::Ledger;
use crate::bundle::{self, Page};
use crate::readers::Reading;
use crate::search::{Found, Search, Way};
use crate::vaulting::Remark;

/// Entries of one page, bounded so that it fits a message of the bus.
const PAGE_BYTES: usize = 250 * 1024;
/// Free texts looked up at once: of the longest, these are 2 MB.
const REMARKS: usize = 32;
/// Entries looked at for one page at most, when most are other people's.
const WINDOW: u64 = 5_000;

/// Answers readers.
pub(crate) struct Desk {
    ledger: Ledger,
    reading: Reading,
}

#[derive(Deserialize)]
struct Entries {
    /// Forward: from this position on. Back: what lies before it.
    from: u64,
    #[serde(default)]
    back: bool,
    limit: usize,
    #[serde(flatten)]
    sought: Sought,
}

#[derive(Deserialize)]
struct Tree {
    position: Option<u64>,
    old: Option<u64>,
    size: Option<u64>,
}

/// Which free texts of a case.
#[derive(Deserialize)]
struct Remarks {
    case: CaseId,
    commitments: Vec<Digest>,
}

/// An entry as a reader gets it.
#[derive(Serialize)]
struct Shown {
    entry: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    act: Option<Box<Act>>,
    remarks: Map<String, Value>,
}

impl Desk {
    pub(crate) fn new(ledger: Ledger) -> Self {
        Self { reading: Reading::new(ledger.clone()), ledger }
    }

    /// Answers a question by its name.
    ///
    /// # Errors
    /// `not_found` for what is not there or not for this asker; `malformed`; `unavailable`.
    pub(crate) async fn answer(&self, asker: &Asker, name: &str, question: &[u8]) -> Result<Value, Failure> {
        match name {
            // Whoever is not signed in gets hashes, and no entries.
            "entries" | "tally" | "bundle" | "remarks" if matches!(asker, Asker::Service(Service::Gateway)) => Err(Failure::NotFound),
            "entries" => self.entries(asker, read(question)?).await,
            "tally" => {
                let sought: Sought = read(question)?;
                self.is_for(asker, &sought).await?;
                Search::new(&self.ledger, &self.reading, asker, &sought).tally().await.map(|tally| json!(tally))
            }
            "remarks" => self.told(asker, read(question)?).await,
            "checkpoint" => {
                let note = self.ledger.checkpoint(read::<Tree>(question)?.size).await?;
                note.map(Value::String).ok_or(Failure::NotFound)
            }
            "inclusion" => self.inclusion(read(question)?).await,
            "consistency" => self.consistency(read(question)?).await,
            "bundle" => {
                let page: Page = read(question)?;
                if !self.reading.may(asker, &Stream::Case(page.case)).await? {
                    return Err(Failure::NotFound);
                }
                let standing = self.reading.standing(page.case).await?;
                bundle::part(&self.ledger, &standing, &page).await.map(|part| json!(part))
            }
            _ => Err(Failure::NotFound),
        }
    }

    async fn inclusion(&self, tree: Tree) -> Result<Value, Failure> {
        let size = self.size(tree.size).await?;
        let position = tree.position.ok_or(Failure::NotFound)?;
        let proof = self.ledger.inclusion(position, size).await?;
        Ok(json!({ "position": position, "size": size, "proof": proof }))
    }

    async fn consistency(&self, tree: Tree) -> Result<Value, Failure> {
        let size = self.size(tree.size).await?;
        let old = tree.old.ok_or(Failure::NotFound)?;
        let proof = self.ledger.consistency(old, size).await?;
        Ok(json!({ "old": old, "size": size, "proof": proof }))
    }

    /// The size asked for, or that of the newest checkpoint.
    async fn size(&self, asked: Option<u64>) -> Result<u64, Failure> {
        if let Some(size) = asked {
            return Ok(size);
        }
        let note = self.ledger.checkpoint(None).await?.ok_or(Failure::NotFound)?;
        note.lines().nth(1).and_then(|line| line.parse().ok()).ok_or(Failure::NotFound)
    }

    async fn entries(&self, asker: &Asker, question: Entries) -> Result<Value, Failure> {
        let Entries { from, back, limit, sought } = question;
        self.is_for(asker, &sought).await?;
        // Whoever follows the record as it grows reads what is in memory.
        let found = if sought.is_everything() && !back {
            self.of_all(asker, from, limit).await?
        } else {
            Search::new(&self.ledger, &self.reading, asker, &sought).page(Way { from, back }, limit.max(1)).await?
        };
        let mut shown = Vec::with_capacity(found.entries.len());
        for recorded in found.entries {
            shown.push(self.show(asker, recorded).await?);
        }
        Ok(json!({ "entries": shown, "next": found.next, "more": found.more }))
    }

    /// A case that is none of this asker's is not found, whatever is sought in it.
    async fn is_for(&self, asker: &Asker, sought: &Sought) -> Result<(), Failure> {
        match sought.case {
            Some(case) if !self.reading.may(asker, &Stream::Case(case)).await? => Err(Failure::NotFound),
            _ => Ok(()),
        }
    }

    /// All entries this asker may read. Looks a bounded way ahead; `next` goes forward also where there was nothing.
    async fn of_all(&self, asker: &Asker, from: u64, limit: usize) -> Result<Found, Failure> {
        let mut entries = Vec::new();
        let mut next = from;
        let mut bytes = 0;
        while next < from.saturating_add(WINDOW) {
            let page = self.ledger.read(&Read { from: next, kinds: Vec::new(), limit: 200 }).await?;
            for recorded in &page.entries {
                let Some((position, stream)) = place(recorded) else { continue };
                if self.reading.may(asker, &stream).await? {
                    bytes += recorded.entry.len();
                    if entries.len() >= limit || (bytes > PAGE_BYTES && !entries.is_empty()) {
                        return Ok(Found { entries, next: position, more: true });
                    }
                    entries.push(recorded.clone());
                }
            }
            if page.complete_to <= next {
                return Ok(Found { entries, next, more: false });
            }
            next = page.complete_to;
        }
        Ok(Found { entries, next, more: true })
    }

    async fn show(&self, asker: &Asker, recorded: Recorded) -> Result<Shown, Failure> {
        let act = recorded.act.clone();
        let remarks = match serde_json::from_str::<Entry>(&recorded.entry) {
            Ok(Entry { body: Body::Open(act), .. }) => remarks(&self.ledger, asker, &act).await?,
            _ => Map::new(),
        };
        Ok(Shown { entry: recorded.entry, act, remarks })
    }

    /// Free texts of a case by their commitments, as far as the entries would show them to this asker. `seen` says how many commitments were looked
    /// at, for what is long: the rest is asked for again.
    async fn told(&self, asker: &Asker, question: Remarks) -> Result<Value, Failure> {
        let stream = Stream::Case(question.case);
        if !self.reading.may(asker, &stream).await? {
            return Err(Failure::NotFound);
        }
        let (mut shown, mut seen, mut bytes) = (Map::new(), 0, 0);
        for part in question.commitments.chunks(REMARKS) {
            for remark in self.ledger.remarks(&stream, part).await? {
                bytes += remark.held.text.len();
                if self.is_disclosed(asker, &remark).await? {
                    shown.insert(remark.held.commitment.to_string(), Value::String(remark.held.text));
                }
            }
            seen += part.len();
            if bytes > PAGE_BYTES {
                break;
            }
        }
        Ok(json!({ "remarks": shown, "seen": seen }))
    }

    /// Whether a remark of a case that this asker reads is for it. Whose it is says only the entry in which it stands; that is looked for where a
    /// side keeps a remark to itself, which is seldom.
    async fn is_disclosed(&self, asker: &Asker, remark: &Remark) -> Result<bool, Failure> {
        if remark.held.disclosure != Disclosure::Own {
            return Ok(true);
        }
        let mut after = 0;
        loop {
            let page = self.ledger.stream(&ReadStream { stream: remark.stream.clone(), after }).await?;
            let acts = page.iter().filter_map(|recorded| match serde_json::from_str::<Entry>(&recorded.entry).ok()?.body {
                Body::Open(act) => Some(act),
                Body::Sealed(_) => None,
            });
            let mut holding = acts.filter(|act| bundle::commitments(act).contains(&remark.held.commitment));
            if let Some(act) = holding.next() {
                return Ok(disclosed(asker, &act, Disclosure::Own));
            }
            if page.is_empty() {
                return Ok(false);
            }
            after += page.len() as u64;
        }
    }
}

impl Ledger {
    /// Answers a reader's question as it comes over the bus, by its name. Readers of the bus share a desk, which remembers who reads what.
    ///
    /// # Errors
    /// As the desk: `not_found` for what is not there or not for this asker; `malformed`; `unavailable`.
    pub async fn asked(&self, asker: &Asker, name: &str, question: &[u8]) -> Result<Value, Failure> {
        Desk::new(self.clone()).answer(asker, name, question).await
    }
}

/// The remarks of an act that this asker may see, by commitment.
pub(crate) async fn remarks(ledger: &Ledger, asker: &Asker, act: &Act) -> Result<Map<String, Value>, Failure> {
    let mut shown = Map::new();
    for commitment in bundle::commitments(act) {
        let Some(remark) = ledger.remark(commitment).await? else { continue };
        if disclosed(asker, act, remark.held.disclosure) {
            shown.insert(commitment.to_string(), Value::String(remark.held.text));
        }
    }
    Ok(shown)
}

/// Whether a remark in an entry that this asker reads is for it.
fn disclosed(asker: &Asker, act: &Act, disclosure: Disclosure) -> bool {
    match (disclosure, asker, &act.actor) {
        (Disclosure::Public | Disclosure::Parties, _, _) => true,
        (Disclosure::Own, Asker::Person { government, .. }, Actor::Official(writer)) => writer.government == *government,
        (Disclosure::Own, _, _) => false,
    }
}

fn read<T: for<'de> Deserialize<'de>>(question: &[u8]) -> Result<T, Failure> {
    serde_json::from_slice(question).map_err(|e| Failure::Malformed { detail: e.to_string() })
}

/// Only the place of an entry, without reading its act.
#[derive(Deserialize)]
struct Place {
    position: u64,
    stream: Stream,
}

pub(crate) fn place(recorded: &Recorded) -> Option<(u64, Stream)> {
    serde_json::from_str::<Place>(&recorded.entry).ok().map(|place| (place.position, place.stream))
}

/// The digests under which remarks of an act are kept.
pub(crate) fn digests(value: &Value, found: &mut Vec<Digest>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("remark_commitment").and_then(|c| serde_json::from_value::<Digest>(c.clone()).ok()));
            fields.values().for_each(|value| digests(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| digests(value, found)),
        _ => {}
    }
}
