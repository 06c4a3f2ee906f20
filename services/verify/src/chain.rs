//! Each stream by itself: without gaps, each entry naming the one before, time going forward, no command twice.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use proto::bundle::Tip;
use proto::calendar;
use proto::digest::Digest;
use proto::entry::{Act, Body, Entry};
use proto::message::Event;
use proto::stream::Stream;

use crate::fault::Fault;
use crate::reading::Read;

/// How far civil time may be off the wall clock under the calendar: what the ledger allows a service.
const TOLERANCE_MS: u64 = 5_000;

/// Where all streams stand.
#[derive(Default)]
pub(crate) struct Chain {
    streams: HashMap<Stream, End>,
    next: u64,
    recorded_at: Timestamp,
    /// How often the wall clock went back.
    pub(crate) clock_back: u64,
    /// Civil time minus wall time, as the calendar last set it.
    offset_ms: i64,
}

struct End {
    tip: Tip,
    at: Timestamp,
    commands: HashSet<Digest>,
}

impl Chain {
    /// Takes in the next entry.
    pub(crate) fn link(&mut self, read: &Read) -> Result<(), Fault> {
        let entry = &read.entry;
        if entry.position < self.next {
            return Err(Fault::OutOfPlace { expected: self.next });
        }
        if entry.stream.is_sealed() != matches!(entry.body, Body::Sealed(_)) {
            return Err(Fault::WrongBody);
        }
        self.on_time(entry)?;
        self.follow(read)?;
        self.next = entry.position + 1;
        // Positions give the order. A clock that was put right says nothing against the record, but whoever reads it should know.
        self.clock_back += u64::from(entry.recorded_at < self.recorded_at);
        self.recorded_at = entry.recorded_at;
        Ok(())
    }

    fn on_time(&self, entry: &Entry) -> Result<(), Fault> {
        let civil = entry.recorded_at.as_millisecond().saturating_add(self.offset_ms);
        if entry.at.as_millisecond().abs_diff(civil) <= TOLERANCE_MS {
            return Ok(());
        }
        Err(Fault::OffClock { civil: Timestamp::from_millisecond(civil).unwrap_or_default() })
    }

    fn follow(&mut self, read: &Read) -> Result<(), Fault> {
        let Entry { stream, version, prev, at, .. } = &read.entry;
        let tip = Tip { version: *version, last: read.digest };
        match self.streams.get_mut(stream) {
            None if *version != 1 => Err(Fault::OtherVersion { expected: 1 }),
            None if prev.is_some() => Err(Fault::BrokenChain),
            None => {
                self.streams.insert(stream.clone(), End { tip, at: *at, commands: HashSet::new() });
                Ok(())
            }
            Some(end) if *version != end.tip.version + 1 => Err(Fault::OtherVersion { expected: end.tip.version + 1 }),
            Some(end) if *prev != Some(end.tip.last) => Err(Fault::BrokenChain),
            // The calendar goes back once, when a demo begins in years that are past; its own rule sees to the rest.
            Some(end) if *at < end.at && *stream != Stream::Calendar => Err(Fault::TimeBackward { last: end.at }),
            Some(end) => {
                (end.tip, end.at) = (tip, *at);
                Ok(())
            }
        }
    }

    /// Takes in what the entry that was just linked says, where it can be read.
    pub(crate) fn act(&mut self, entry: &Entry, act: &Act) -> Result<(), Fault> {
        for event in &act.events {
            if let Event::Calendar(calendar::Event::CalendarSet { to }) = event {
                self.offset_ms = to.as_millisecond().saturating_sub(entry.recorded_at.as_millisecond());
            }
        }
        let known = self.streams.get_mut(&entry.stream).is_some_and(|end| !end.commands.insert(act.command_id));
        if known { Err(Fault::CommandTwice) } else { Ok(()) }
    }

    /// The last entry of every stream.
    pub(crate) fn tips(&self) -> BTreeMap<Stream, Tip> {
        self.streams.iter().map(|(stream, end)| (stream.clone(), end.tip)).collect()
    }

    /// Whether the stream has an entry.
    pub(crate) fn has(&self, stream: &Stream) -> bool {
        self.streams.contains_key(stream)
    }
}
