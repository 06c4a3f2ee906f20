//! A whole ledger, line by line. It may be longer than memory: of each entry only what the rules keep of it stays.

use std::io::BufRead;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use proto::bundle::{LEDGER, LedgerHead, LedgerLine};
use tlog_tiles::Hash;

use crate::Options;
use crate::fault::{Fault, Place, Problem};
use crate::note::{Key, Tree};
use crate::reading::{self, Read};
use crate::report::Report;
use crate::trust::fingerprint;
use crate::walk::Walk;

/// Lines that go from the thread that reads to the one that replays at once, and how many such batches may wait.
const BATCH: usize = 256;
const WAITING: usize = 8;

type Line = Result<(LedgerLine, Read), Box<Problem>>;

/// Checks a ledger; what is found out on the way stands in the report.
pub(crate) fn check(source: impl BufRead + Send, options: Options<'_>, report: &mut Report) -> Result<(), Box<Problem>> {
    let mut lines = source.lines();
    let first = lines.next().transpose().map_err(|e| Place::Line(1).says(unreadable(&e)))?.unwrap_or_default();
    let head: LedgerHead = reading::parse(&first).map_err(|fault| Place::Line(1).says(fault))?;
    if head.format != LEDGER {
        return Err(Place::Field("format").says(Fault::OtherFormat { found: head.format }));
    }
    report.fingerprint = Some(fingerprint(&head.key));
    if let Some(trust) = options.trust {
        trust.admits(&head.key).map_err(|fault| Place::Field("key").says(fault))?;
    }
    let key = Key::new(&head.key).map_err(|fault| Place::Field("key").says(fault))?;
    report.origin = Some(key.name().to_owned());
    let checkpoint = key.checkpoint(&head.checkpoint).map_err(|fault| Place::Field("checkpoint").says(fault))?;
    if checkpoint.size() != head.size {
        return Err(Place::Field("size").says(Fault::OtherSize { checkpoint: checkpoint.size() }));
    }
    report.size = head.size;
    let mut walk = Walk::new(None, options);
    let mut tree = Tree::default();
    let (sender, receiver) = sync_channel(WAITING);
    let done = std::thread::scope(|scope| {
        scope.spawn(move || read(lines, &sender));
        replay(receiver, head.size, &mut walk, &mut tree, report)
    });
    let remarks = report.counts.remarks;
    report.counts = walk.counted();
    (report.counts.remarks, report.counts.withheld) = (remarks, walk.replay.remarks.len() as u64);
    done?;
    if tree.root() == Some(*checkpoint.hash()) { Ok(()) } else { Err(Place::Field("checkpoint").says(Fault::OtherRoot)) }
}

/// Reading takes as long as replaying, so it has a thread of its own.
fn read(lines: impl Iterator<Item = std::io::Result<String>>, to: &SyncSender<Vec<Line>>) {
    let mut batch = Vec::with_capacity(BATCH);
    for (line, number) in lines.zip(2..) {
        let read = line.map_err(|e| unreadable(&e)).and_then(|line| parse(&line));
        batch.push(read.map_err(|fault| Place::Line(number).says(fault)));
        if batch.len() == BATCH && to.send(std::mem::replace(&mut batch, Vec::with_capacity(BATCH))).is_err() {
            // The other side has found something wrong and waits for no more.
            return;
        }
    }
    let _ = to.send(batch);
}

fn parse(line: &str) -> Result<(LedgerLine, Read), Fault> {
    let line: LedgerLine = reading::parse(line)?;
    let read = Read::of(&line.entry)?;
    Ok((line, read))
}

fn replay(lines: Receiver<Vec<Line>>, size: u64, walk: &mut Walk<'_>, tree: &mut Tree, report: &mut Report) -> Result<(), Box<Problem>> {
    let mut expected = 0;
    for line in lines.into_iter().flatten() {
        let (line, read) = line?;
        let place = read.place();
        if read.entry.position != expected || expected >= size {
            return Err(place.says(Fault::OutOfPlace { expected }));
        }
        expected += 1;
        tree.push(Hash(read.leaf.0));
        walk.take(&read, &line.entry, line.opened.as_ref()).map_err(|fault| place.says(fault))?;
        report.counts.remarks += remarks(&line, walk)?;
    }
    if expected == size { Ok(()) } else { Err(Place::Line(expected + 2).says(Fault::OutOfPlace { expected })) }
}

/// Checks what is given of remarks. What was checked is taken off the list, so that in the end those withheld are on it.
fn remarks(line: &LedgerLine, walk: &mut Walk<'_>) -> Result<u64, Box<Problem>> {
    for (commitment, remark) in &line.remarks {
        let wrong = |fault| Place::Commitment(*commitment).says(fault);
        if remark.commitment() != *commitment {
            return Err(wrong(Fault::OtherCommitment));
        }
        if !walk.replay.remarks.remove(commitment) {
            return Err(wrong(Fault::NotReferred));
        }
    }
    Ok(line.remarks.len() as u64)
}

fn unreadable(error: &std::io::Error) -> Fault {
    Fault::Unreadable { detail: error.to_string() }
}
