//! What becomes of each append of a batch. Decided in memory under the head lock, one after the other, so each sees what the ones before it did.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use proto::actor::Service;
use proto::calendar;
use proto::digest::Digest;
use proto::entry::{Act, MAX_ENTRY_BYTES};
use proto::message::Event;
use proto::remark::Disclosure;
use proto::stream::Stream;
use proto::wire::{Append, Appended, Held};
use runtime::config::Mode;

use crate::envelope::{Body, Envelope};
use crate::vault::{Kind, Secret};

/// How far the civil time of a decision may be off the ledger's.
const TOLERANCE_MS: i64 = 5_000;

/// The one row that every batch locks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    /// The position of the next entry.
    pub(crate) position: u64,
    /// Civil time minus wall time.
    pub(crate) offset_ms: i64,
    /// How many subjects were erased so far.
    pub(crate) erasures: u64,
}

/// The last entry of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tip {
    pub(crate) version: u64,
    pub(crate) at_ms: i64,
    pub(crate) digest: Digest,
}

/// An entry that was accepted.
#[derive(Debug, Clone)]
pub(crate) struct Taken {
    pub(crate) position: u64,
    pub(crate) stream: Stream,
    pub(crate) version: u64,
    pub(crate) command_id: Digest,
    pub(crate) asked: Digest,
    pub(crate) leaf: Digest,
    pub(crate) at_ms: i64,
    /// `,family.kind,family.kind,`: with commas around, so a search never meets half a kind.
    pub(crate) kinds: String,
    /// The commitment of a sealed body.
    pub(crate) sealed: Option<Digest>,
    pub(crate) bytes: String,
    /// The act of a sealed entry.
    pub(crate) act: Option<Box<Act>>,
    /// How long its text is.
    pub(crate) hidden: usize,
}

/// A batch while it is decided.
pub(crate) struct Batch {
    pub(crate) head: Head,
    /// The last entries of all streams concerned; a stream that does not exist is absent.
    pub(crate) tips: HashMap<Stream, Tip>,
    /// Command ids that are in their streams already.
    pub(crate) ids: HashSet<(Stream, Digest)>,
    pub(crate) mode: Mode,
    /// Why nothing may be appended, if so.
    pub(crate) read_only: Option<String>,
    /// Wall time in whole milliseconds.
    pub(crate) now: Timestamp,
    /// Where salts come from.
    pub(crate) random: fn() -> [u8; 32],
    /// What was accepted.
    pub(crate) taken: Vec<Taken>,
    /// What goes to the vault.
    pub(crate) secrets: Vec<Secret>,
}

/// A body about to be written, with what is kept beside it.
struct Drafted {
    bytes: String,
    sealed: Option<Secret>,
    act: Option<Box<Act>>,
    offset_ms: i64,
}

impl Batch {
    /// Decides one append and, if it is accepted, takes it in.
    pub(crate) fn decide(&mut self, service: Service, append: &Append) -> Appended {
        match self.judge(service, append) {
            Ok(drafted) => self.take(append, drafted),
            Err(no) => no,
        }
    }

    fn judge(&self, service: Service, append: &Append) -> Result<Drafted, Appended> {
        self.admit(service, append).map_err(|why| Appended::Refused { why })?;
        if self.ids.contains(&(append.stream.clone(), append.command_id)) {
            return Err(Appended::Duplicate);
        }
        self.compare(&append.stream, append.expected)?;
        append.reads.iter().try_for_each(|(stream, seen)| self.compare(stream, *seen))?;
        self.clock(append)?;
        self.draft(service, append)
    }

    /// Whether this service may append this at all.
    fn admit(&self, service: Service, append: &Append) -> Result<(), String> {
        if let Some(why) = &self.read_only {
            return Err(why.clone());
        }
        let calendar = append.stream == Stream::Calendar;
        if calendar != (service == Service::Ledger) {
            return Err(format!("{} does not write to {}", service.name(), append.stream));
        }
        if calendar && self.mode == Mode::Production {
            return Err(calendar::Refusal::ProductionLedger.to_string());
        }
        let family = if calendar { "calendar" } else { service.name() };
        let own = |kind: &String| kind.split_once('.').is_some_and(|(of, _)| of == family);
        if append.kinds.is_empty() || !append.kinds.iter().all(own) {
            return Err(format!("{} records events of the family {family} and at least one", service.name()));
        }
        let fits = |held: &Held| held.commitment == Digest::commitment(&held.salt.0, held.text.as_bytes());
        if append.held.iter().all(fits) { Ok(()) } else { Err("a remark does not fit its commitment".to_owned()) }
    }

    fn compare(&self, stream: &Stream, seen: u64) -> Result<(), Appended> {
        let version = self.tips.get(stream).map_or(0, |tip| tip.version);
        if version == seen { Ok(()) } else { Err(Appended::Conflict { stream: stream.clone(), version }) }
    }

    fn clock(&self, append: &Append) -> Result<(), Appended> {
        let at = append.at.as_millisecond();
        let civil = self.now.as_millisecond().saturating_add(self.head.offset_ms);
        // The calendar's own stream goes back once, when a demo begins in its own years; its rule sees to the rest.
        let before = append.stream != Stream::Calendar && self.tips.get(&append.stream).is_some_and(|tip| at < tip.at_ms);
        if before || at.abs_diff(civil) > TOLERANCE_MS.unsigned_abs() {
            return Err(Appended::ClockOff { offset_ms: self.head.offset_ms });
        }
        Ok(())
    }

    fn draft(&self, service: Service, append: &Append) -> Result<Drafted, Appended> {
        let unreadable = |e: serde_json::Error| Appended::Refused { why: format!("the act cannot be read: {e}") };
        let act: Option<Box<Act>> = if append.stream.is_sealed() || append.stream == Stream::Calendar {
            Some(serde_json::from_str(append.act.get()).map_err(unreadable)?)
        } else {
            None
        };
        let offset_ms = act.as_deref().and_then(|act| self.offset_set_by(act)).unwrap_or(self.head.offset_ms);
        let sealed = append.stream.is_sealed().then(|| self.seal(append));
        let tip = self.tips.get(&append.stream);
        let envelope = Envelope {
            at: append.at,
            body: sealed.as_ref().map_or(Body::Open(&append.act), |secret| Body::Sealed(secret.commitment)),
            position: self.head.position,
            prev: tip.map(|tip| tip.digest),
            recorded_at: self.now,
            service,
            stream: &append.stream,
            version: append.expected + 1,
        };
        let bytes = envelope.bytes().map_err(unreadable)?;
        let hidden = if sealed.is_some() { append.act.get().len() } else { 0 };
        let longest = append.held.iter().map(|held| held.text.len()).fold(bytes.len().max(hidden), usize::max);
        if longest > MAX_ENTRY_BYTES {
            return Err(Appended::TooLarge { bytes: longest });
        }
        Ok(Drafted { bytes, act: act.filter(|_| sealed.is_some()), sealed, offset_ms })
    }

    /// From here the civil clock runs with the wall clock again, from where it was set.
    fn offset_set_by(&self, act: &Act) -> Option<i64> {
        act.events.iter().rev().find_map(|event| match event {
            Event::Calendar(calendar::Event::CalendarSet { to }) => Some(to.as_millisecond() - self.now.as_millisecond()),
            Event::Registry(_)
            | Event::Negotiation(_)
            | Event::Allocation(_)
            | Event::Authority(_)
            | Event::Approvals(_)
            | Event::Signing(_)
            | Event::Mediation(_) => None,
        })
    }

    fn seal(&self, append: &Append) -> Secret {
        let salt = (self.random)();
        let act = append.act.get().as_bytes();
        let commitment = Digest::commitment(&salt, act);
        Secret { commitment, stream: append.stream.clone(), kind: Kind::Act, disclosure: Disclosure::Own, plain: [&salt, act].concat() }
    }

    fn take(&mut self, append: &Append, drafted: Drafted) -> Appended {
        let position = self.head.position;
        let leaf = Digest::leaf(drafted.bytes.as_bytes());
        let tip = Tip { version: append.expected + 1, at_ms: append.at.as_millisecond(), digest: Digest::of(drafted.bytes.as_bytes()) };
        self.taken.push(Taken {
            position,
            stream: append.stream.clone(),
            version: tip.version,
            command_id: append.command_id,
            asked: append.asked,
            leaf,
            at_ms: tip.at_ms,
            kinds: format!(",{},", append.kinds.join(",")),
            sealed: drafted.sealed.as_ref().map(|secret| secret.commitment),
            bytes: drafted.bytes,
            hidden: if drafted.act.is_some() { append.act.get().len() } else { 0 },
            act: drafted.act,
        });
        self.secrets.extend(drafted.sealed);
        self.secrets.extend(append.held.iter().map(|held| Secret::remark(&append.stream, held)));
        self.tips.insert(append.stream.clone(), tip);
        self.ids.insert((append.stream.clone(), append.command_id));
        self.head.position += 1;
        self.head.offset_ms = drafted.offset_ms;
        Appended::Done { position, leaf }
    }
}
