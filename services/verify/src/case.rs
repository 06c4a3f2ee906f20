//! One case: a bundle, from its bytes to the agreement it carries.

use std::collections::BTreeSet;

use proto::bundle::{BUNDLE, Bundle, Proved, Tips};
use proto::digest::Digest;
use proto::entry::Body;
use proto::stream::Stream;
use tlog_tiles::{Checkpoint, Hash};

use super::{Options, agreement};
use crate::fault::{Fault, Place, Problem};
use crate::note::Key;
use crate::reading::{self, Read};
use crate::report::Report;
use crate::trust::fingerprint;
use crate::walk::Walk;

/// Checks a bundle; what is found out on the way stands in the report.
pub(crate) fn check(bytes: &[u8], options: Options<'_>, report: &mut Report) -> Result<(), Box<Problem>> {
    let text = std::str::from_utf8(bytes).map_err(|e| Place::File.says(Fault::Unreadable { detail: e.to_string() }))?;
    let bundle: Bundle = reading::parse(text).map_err(|fault| Place::File.says(fault))?;
    if bundle.format != BUNDLE {
        return Err(Place::Field("format").says(Fault::OtherFormat { found: bundle.format }));
    }
    if let Some(trust) = options.trust {
        trust.admits(&bundle.key).map_err(|fault| Place::Field("key").says(fault))?;
    }
    let walk = walk(&bundle, options, report)?;
    let made = agreement::of(&walk.replay, bundle.case)?;
    agreement::check(bundle.agreement.as_ref(), made.as_ref())
}

/// Checks everything but the agreement.
pub(crate) fn walk<'a>(bundle: &Bundle, options: Options<'a>, report: &mut Report) -> Result<Walk<'a>, Box<Problem>> {
    report.case = Some(bundle.case);
    report.fingerprint = Some(fingerprint(&bundle.key));
    let key = Key::new(&bundle.key).map_err(|fault| Place::Field("key").says(fault))?;
    report.origin = Some(key.name().to_owned());
    let checkpoint = key.checkpoint(&bundle.checkpoint).map_err(|fault| Place::Field("checkpoint").says(fault))?;
    if checkpoint.size() != bundle.size {
        return Err(Place::Field("size").says(Fault::OtherSize { checkpoint: checkpoint.size() }));
    }
    report.size = bundle.size;
    let entries = read(bundle, &checkpoint, options)?;
    let mut walk = Walk::new(Some(bundle.case), options);
    let done = replay(bundle, &entries, &mut walk).and_then(|()| ends(bundle, &key, &checkpoint, &walk));
    report.counts = walk.counted();
    done?;
    report.counts.remarks = remarks(bundle, &walk)?;
    report.counts.withheld = walk.replay.remarks.len() as u64 - report.counts.remarks;
    Ok(walk)
}

/// Bytes come before meaning: every entry must be written as it must be and stand in the tree before the rules see the first.
fn read(bundle: &Bundle, checkpoint: &Checkpoint, options: Options<'_>) -> Result<Vec<Read>, Box<Problem>> {
    let mut entries = Vec::with_capacity(bundle.entries.len());
    for (nth, proved) in bundle.entries.iter().enumerate() {
        options.go_on().map_err(|fault| Place::Unread(nth).says(fault))?;
        let read = Read::of(&proved.entry).map_err(|fault| Place::Unread(nth).says(fault))?;
        included(&read, proved, checkpoint).map_err(|fault| read.place().says(fault))?;
        entries.push(read);
    }
    Ok(entries)
}

fn replay(bundle: &Bundle, entries: &[Read], walk: &mut Walk<'_>) -> Result<(), Box<Problem>> {
    let mut referred = BTreeSet::new();
    for (read, proved) in entries.iter().zip(&bundle.entries) {
        let opened = match read.entry.body {
            Body::Sealed(commitment) if referred.insert(commitment) => bundle.opened.get(&commitment),
            Body::Sealed(_) | Body::Open(_) => None,
        };
        walk.take(read, &proved.entry, opened).map_err(|fault| read.place().says(fault))?;
    }
    match bundle.opened.keys().find(|commitment| !referred.contains(commitment)) {
        Some(commitment) => Err(Place::Commitment(*commitment).says(Fault::NotReferred)),
        None => Ok(()),
    }
}

fn included(read: &Read, proved: &Proved, checkpoint: &Checkpoint) -> Result<(), Fault> {
    let proof = proved.proof.iter().map(|digest| Hash(digest.0)).collect();
    let (position, leaf) = (read.entry.position, Hash(read.leaf.0));
    tlog_tiles::check_record(&proof, checkpoint.size(), *checkpoint.hash(), position, leaf).map_err(|_| Fault::NotInTree)
}

/// Nothing may be missing at the end of a stream: the ledger says where each ends.
fn ends(bundle: &Bundle, key: &Key, checkpoint: &Checkpoint, walk: &Walk<'_>) -> Result<(), Box<Problem>> {
    if !walk.chain.has(&Stream::Case(bundle.case)) {
        return Err(Place::Field("case").says(Fault::NoSuchCase { case: bundle.case }));
    }
    let wrong = |fault| Place::Field("tips").says(fault);
    let signed = key.open(&bundle.tips).map_err(wrong)?;
    let tips = Tips {
        origin: checkpoint.origin().to_owned(),
        size: checkpoint.size(),
        root: Digest(checkpoint.hash().0),
        streams: walk.chain.tips(),
    };
    let expected = tips.text();
    if signed == expected.as_bytes() {
        return Ok(());
    }
    let signed = String::from_utf8_lossy(&signed).into_owned();
    let differs = expected.lines().zip(signed.lines()).find(|(one, other)| one != other).map(|(_, signed)| signed);
    // One may be the other's beginning: then the first line more is what differs.
    let more = signed.lines().nth(expected.lines().count()).or_else(|| expected.lines().nth(signed.lines().count()));
    Err(wrong(Fault::OtherTips { signed: differs.or(more).unwrap_or_default().to_owned() }))
}

/// Checks what is given of remarks and counts it.
fn remarks(bundle: &Bundle, walk: &Walk<'_>) -> Result<u64, Box<Problem>> {
    for (commitment, remark) in &bundle.remarks {
        let wrong = |fault| Place::Commitment(*commitment).says(fault);
        if remark.commitment() != *commitment {
            return Err(wrong(Fault::OtherCommitment));
        }
        if !walk.replay.remarks.contains(commitment) {
            return Err(wrong(Fault::NotReferred));
        }
    }
    Ok(bundle.remarks.len() as u64)
}
