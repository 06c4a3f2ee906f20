//! The raw material of a bundle: every stream a case's decisions have looked at, with proofs under one checkpoint. For outsiders: nothing sealed
//! is opened, and of remarks only those that are public.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use proto::actor::Actor;
use proto::bundle::{Opened, Part, Proved, Tip, Tips};
use proto::digest::Digest;
use proto::entry::{Act, Body, Entry};
use proto::id::CaseId;
use proto::message::{Command, Event};
use proto::remark::Disclosure;
use proto::standing::Standing;
use proto::stream::Stream;
use proto::wire::{Failure, ReadStream};
use serde::Deserialize;

use crate::Ledger;
use crate::desk;
use crate::keys::open_checkpoint;

/// Entries with their proofs in one page, bounded so that it fits a message of the bus.
const PAGE_BYTES: usize = 300 * 1024;

/// How long a checkpoint over the newest entry may take.
const PATIENCE: Duration = Duration::from_secs(4);

/// Which page of which bundle.
#[derive(Debug, Deserialize)]
pub(crate) struct Page {
    pub(crate) case: CaseId,
    /// From 0.
    #[serde(rename = "page")]
    pub(crate) number: usize,
    /// Size of the tree, as the first page said it.
    pub(crate) size: Option<u64>,
}

/// An entry with its exact bytes.
struct Taken {
    entry: Entry,
    bytes: String,
}

/// The streams of a case that go into its bundle: its own, and the sealed ones of every body that reads it. Not the soundings: no decision rests on
/// one, and even as a commitment an entry says in the name of its stream who has sounded out whom.
pub(crate) fn streams_of(case: CaseId, standing: &Standing) -> Vec<Stream> {
    let bodies = standing.readers.case.iter();
    let sealed = bodies.flat_map(|body| [Stream::Internal(case, body.clone()), Stream::Caucus(case, body.clone())]);
    std::iter::once(Stream::Case(case)).chain(sealed).collect()
}

/// The commitments of the remarks in an act.
pub(crate) fn commitments(act: &Act) -> BTreeSet<Digest> {
    let mut found = Vec::new();
    if let Ok(value) = serde_json::to_value(act) {
        desk::digests(&value, &mut found);
    }
    found.into_iter().collect()
}

/// One page of a bundle.
///
/// # Errors
/// When there is no checkpoint yet that covers the case, or the ledger cannot be read.
pub(crate) async fn part(ledger: &Ledger, standing: &Standing, page: &Page) -> Result<Part, Failure> {
    let note = note(ledger, page.size).await?;
    let checkpoint = open_checkpoint(&note, ledger.verifying_key()).map_err(|_| Failure::NotFound)?;
    let size = checkpoint.size();
    let streams = closure(ledger, page.case, standing, size).await?;
    let tips = Tips {
        origin: checkpoint.origin().to_owned(),
        size,
        root: Digest(checkpoint.hash().0),
        streams: streams.iter().filter_map(|(stream, entries)| Some((stream.clone(), tip(entries)?))).collect(),
    };
    let tips = ledger.sign_tips(&tips)?;
    let mut all: Vec<Taken> = streams.into_values().flatten().collect();
    all.sort_by_key(|taken| taken.entry.position);
    let (chosen, more) = cut(&all, page.number, size);
    let mut entries = Vec::with_capacity(chosen.len());
    let mut remarks = BTreeMap::new();
    for taken in chosen {
        let proof = ledger.inclusion(taken.entry.position, size).await?;
        entries.push(Proved { entry: taken.bytes.clone(), proof });
        if let Body::Open(act) = &taken.entry.body {
            public_remarks(ledger, act, &mut remarks).await?;
        }
    }
    let key = ledger.verifying_key().to_owned();
    Ok(Part { case: page.case, checkpoint: note, entries, key, more, opened: BTreeMap::new(), remarks, size, tips })
}

/// The checkpoint of this size; for the first page the one that covers all that stands now, which is signed within a second.
async fn note(ledger: &Ledger, size: Option<u64>) -> Result<String, Failure> {
    let Some(latest) = ledger.head().head.checked_sub(1).filter(|_| size.is_none()) else {
        return ledger.checkpoint(size).await?.ok_or(Failure::NotFound);
    };
    for _ in 0..PATIENCE.as_millis() / 50 {
        if let Some(note) = ledger.checkpoint_over(latest).await? {
            return Ok(note);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Err(Failure::Unavailable { part: "checkpoint".into() })
}

fn tip(entries: &[Taken]) -> Option<Tip> {
    entries.last().map(|taken| Tip { version: taken.entry.version, last: Digest::of(taken.bytes.as_bytes()) })
}

/// The entries of one page: as many as fit, the same cut for every page of the same bundle.
fn cut(all: &[Taken], page: usize, size: u64) -> (&[Taken], bool) {
    // A proof is one digest of 64 digits and its quotes per level of the tree.
    let proof = 68 * usize::try_from(u64::BITS - size.leading_zeros()).unwrap_or(64);
    let (mut start, mut bytes, mut number) = (0, 0, 0);
    for (nth, taken) in all.iter().enumerate() {
        let cost = 2 * taken.bytes.len() + proof;
        if bytes + cost > PAGE_BYTES && nth > start {
            if number == page {
                return (all.get(start..nth).unwrap_or_default(), true);
            }
            (start, bytes, number) = (nth, 0, number + 1);
        }
        bytes += cost;
    }
    if number == page { (all.get(start..).unwrap_or_default(), false) } else { (&[], false) }
}

/// Every stream that the case, or a decision in it, has looked at, as far as the tree goes.
async fn closure(ledger: &Ledger, case: CaseId, standing: &Standing, size: u64) -> Result<BTreeMap<Stream, Vec<Taken>>, Failure> {
    let mut wanted: BTreeSet<Stream> = streams_of(case, standing).into_iter().collect();
    wanted.insert(Stream::Calendar);
    let mut found = BTreeMap::new();
    while let Some(stream) = wanted.pop_first() {
        let entries = whole(ledger, &stream, size).await?;
        for taken in &entries {
            if let Body::Open(act) = &taken.entry.body {
                wanted.extend(named(act).into_iter().filter(|stream| !found.contains_key(stream)));
            }
        }
        found.insert(stream, entries);
        wanted.retain(|stream| !found.contains_key(stream));
    }
    found.retain(|_, entries: &mut Vec<Taken>| !entries.is_empty());
    Ok(found)
}

/// Streams that an act names: what it read, who acted, who signed.
fn named(act: &Act) -> Vec<Stream> {
    let mut streams: Vec<Stream> = act.reads.keys().cloned().collect();
    if let Actor::Official(capacity) = &act.actor {
        streams.push(Stream::Official(capacity.official.clone()));
        streams.extend(capacity.on_behalf_of.clone().map(Stream::Official));
    }
    if let Command::Signing(proto::signing::Command::AttestPaper { signatures, .. }) = &act.command {
        streams.extend(signatures.iter().map(|s| Stream::Official(s.signatory.clone())));
    }
    for event in &act.events {
        if let Event::Negotiation(proto::negotiation::Event::CaseOpened { by, .. }) = event {
            streams.push(Stream::Government(by.clone()));
        }
    }
    streams
}

async fn whole(ledger: &Ledger, stream: &Stream, size: u64) -> Result<Vec<Taken>, Failure> {
    let mut all = Vec::new();
    let mut after = 0;
    loop {
        let page = ledger.stream(&ReadStream { stream: stream.clone(), after }).await?;
        if page.is_empty() {
            return Ok(all);
        }
        for recorded in page {
            after += 1;
            let entry: Entry =
                serde_json::from_str(&recorded.entry).map_err(|_| Failure::Parked { stream: stream.to_string(), position: after })?;
            if entry.position >= size {
                return Ok(all);
            }
            all.push(Taken { entry, bytes: recorded.entry });
        }
    }
}

async fn public_remarks(ledger: &Ledger, act: &Act, remarks: &mut BTreeMap<Digest, Opened>) -> Result<(), Failure> {
    for commitment in commitments(act) {
        if let Some(remark) = ledger.remark(commitment).await?
            && remark.held.disclosure == Disclosure::Public
        {
            remarks.insert(commitment, Opened { salt: remark.held.salt, text: remark.held.text });
        }
    }
    Ok(())
}
