//! A ledger in memory for tests of the verification. It decides by the real rules, then chains, seals, proves and signs as a ledger does; what it
//! was told can be forged before it is written.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use jiff::{SignedDuration, Timestamp};
use proto::access::Asker;
use proto::actor::{Actor, Service};
use proto::bundle::{BUNDLE, Bundle, LEDGER, LedgerHead, LedgerLine, Opened, Proved, Tip, Tips};
use proto::digest::{Digest, canonical};
use proto::entry::{Act, Body, Cause, Entry, Occurred};
use proto::id::CaseId;
use proto::message::{Command, Event, Refusal, Target};
use proto::remark;
use proto::stream::Stream;
use runtime::decider::Meta;
use runtime::model::Model;
use signed_note::{Note, StandardSigner};
use tlog_tiles::{Checkpoint, Hash};

use crate::play;

pub const ORIGIN: &str = "interlocal.example/test";
/// Of the key that signs for the ledger.
pub const SEED: [u8; 32] = [7; 32];

/// An entry before it is written.
#[derive(Clone)]
pub struct Draft {
    pub stream: Stream,
    pub service: Service,
    pub at: Timestamp,
    pub recorded_at: Timestamp,
    pub act: Act,
}

/// A ledger that can be tampered with.
pub struct Ledger {
    /// The case that is played now.
    pub case: CaseId,
    model: Model,
    pub drafts: Vec<Draft>,
    pub remarks: BTreeMap<Digest, Opened>,
    wall: Timestamp,
    offset: SignedDuration,
    commands: u64,
    seed: [u8; 32],
}

/// The entries with all that a ledger adds.
pub struct Written {
    pub entries: Vec<Entry>,
    pub bytes: Vec<String>,
    pub opened: BTreeMap<Digest, Opened>,
    leaves: Vec<Hash>,
    seed: [u8; 32],
}

impl Ledger {
    pub fn new(from: &str) -> Self {
        let wall = from.parse().unwrap();
        Self {
            case: play::case(),
            model: Model::new(interlocal::all_rules()),
            drafts: Vec::new(),
            remarks: BTreeMap::new(),
            wall,
            offset: SignedDuration::ZERO,
            commands: 0,
            seed: SEED,
        }
    }

    /// The same entries under another key.
    pub fn signed_with(mut self, seed: u8) -> Self {
        self.seed = [seed; 32];
        self
    }

    pub fn state(&self, service: Service, stream: &Stream) -> serde_json::Value {
        self.model.of(service).unwrap().state(stream)
    }

    pub fn civil(&self) -> Timestamp {
        self.wall.checked_add(self.offset).unwrap()
    }

    /// Lets time pass.
    pub fn wait(&mut self, seconds: i64) {
        self.wall = self.wall.checked_add(SignedDuration::from_secs(seconds)).unwrap();
    }

    /// Decides, records, and lets services react. Answers the position.
    pub fn act(&mut self, asker: &Asker, target: &Target, command: &Command, occurred: Option<&Occurred>) -> Result<u64, Refusal> {
        self.wait(1);
        self.enter(asker, target, command, occurred, None)
    }

    /// What a service does because a date in the entry at `cause` has passed.
    pub fn due(&mut self, service: Service, target: &Target, command: &Command, cause: u64) -> Result<u64, Refusal> {
        self.wait(1);
        self.enter(&Asker::Service(service), target, command, None, Some(Cause::Due(cause)))
    }

    fn enter(
        &mut self,
        asker: &Asker,
        target: &Target,
        command: &Command,
        occurred: Option<&Occurred>,
        cause: Option<Cause>,
    ) -> Result<u64, Refusal> {
        let at = self.civil();
        let command = self.without_remarks(command, target);
        let decision = self.model.decide(asker, target, &command, at, occurred, None)?;
        let position = self.model.record(&decision.stream, &decision.events, at, occurred);
        self.commands += 1;
        for event in &decision.events {
            if let Event::Calendar(proto::calendar::Event::CalendarSet { to }) = event {
                self.offset = to.duration_since(self.wall);
            }
        }
        let act = Act {
            actor: decision.actor,
            cause,
            command_id: Digest::of(&self.commands.to_be_bytes()),
            events: decision.events.clone(),
            findings: decision.findings,
            occurred: occurred.cloned(),
            proof: None,
            reads: decision.reads,
            rules: 1,
            command: command.clone(),
        };
        let of = Meta { stream: decision.stream.clone(), position, at, occurred_on: occurred.map(|o| o.on) };
        self.drafts.push(Draft { stream: decision.stream, service: command.service(), at, recorded_at: self.wall, act });
        for (service, target, command) in self.model.reactions(&decision.events, &of) {
            let _ = self.enter(&Asker::Service(service), &target, &command, None, Some(Cause::Entry(position)));
        }
        Ok(position)
    }

    fn without_remarks(&mut self, command: &Command, target: &Target) -> Command {
        if command.stream(target, None).is_none_or(|stream| stream.is_sealed()) {
            return command.clone();
        }
        let mut value = serde_json::to_value(command).unwrap();
        remark::seal(&mut value, &mut |text, _| {
            let opened = Opened { salt: Digest::of(format!("{} {text}", self.remarks.len()).as_bytes()), text: text.to_owned() };
            let commitment = opened.commitment();
            self.remarks.insert(commitment, opened);
            commitment
        });
        serde_json::from_value(value).unwrap()
    }

    /// The last entry that says this.
    pub fn find(&self, kind: &str) -> usize {
        self.drafts
            .iter()
            .rposition(|draft| draft.act.events.iter().any(|event| event.kind() == kind))
            .unwrap_or_else(|| panic!("no {kind}"))
    }

    /// Writes the entries as a ledger would.
    pub fn write(&self) -> Written {
        self.write_as(|_| {})
    }

    /// Writes the entries as a ledger would that alters them first: chained, in the tree and signed.
    pub fn write_as(&self, mut forge: impl FnMut(&mut Entry)) -> Written {
        let mut tips: BTreeMap<Stream, (u64, Digest)> = BTreeMap::new();
        let mut written = Written { entries: Vec::new(), bytes: Vec::new(), opened: BTreeMap::new(), leaves: Vec::new(), seed: self.seed };
        for (draft, position) in self.drafts.iter().zip(0_u64..) {
            let Draft { stream, service, at, recorded_at, act } = draft.clone();
            let tip = tips.get(&stream);
            let body = if stream.is_sealed() { Body::Sealed(written.seal(&act, position)) } else { Body::Open(Box::new(act)) };
            let (version, prev) = (tip.map_or(1, |tip| tip.0 + 1), tip.map(|tip| tip.1));
            let mut entry = Entry { at, body, position, prev, recorded_at, service, stream, version };
            forge(&mut entry);
            let bytes = String::from_utf8(canonical(&entry).unwrap()).unwrap();
            tips.insert(entry.stream.clone(), (version, Digest::of(bytes.as_bytes())));
            written.leaves.push(Hash(Digest::leaf(bytes.as_bytes()).0));
            written.entries.push(entry);
            written.bytes.push(bytes);
        }
        written
    }

    /// The bundle of a case, with remarks, and with the sealed streams opened that `may_open` names.
    pub fn bundle(&self, may_open: impl Fn(&Stream) -> bool) -> Bundle {
        self.finish(self.write().bundle(self.case, may_open))
    }

    /// Adds remarks and, if it can be made, the agreement.
    pub fn finish(&self, mut bundle: Bundle) -> Bundle {
        let said = |commitment: &Digest| bundle.entries.iter().any(|proved| proved.entry.contains(&commitment.to_string()));
        let remarks = self.remarks.iter().filter(|(commitment, _)| said(commitment));
        bundle.remarks = remarks.map(|(commitment, remark)| (*commitment, remark.clone())).collect();
        bundle.agreement = interlocal::verify::agreement(&bundle).unwrap_or(None);
        bundle
    }
}

impl Written {
    fn seal(&mut self, act: &Act, position: u64) -> Digest {
        let text = String::from_utf8(canonical(act).unwrap()).unwrap();
        let opened = Opened { salt: Digest::of(&position.to_be_bytes()), text };
        let commitment = opened.commitment();
        self.opened.insert(commitment, opened);
        commitment
    }

    /// All that the case and what it refers to is made of.
    fn closure(&self, case: CaseId) -> BTreeSet<Stream> {
        let own = |stream: &Stream| stream.case() == Some(case) || *stream == Stream::Calendar;
        let mut streams: BTreeSet<Stream> = self.entries.iter().map(|entry| entry.stream.clone()).filter(own).collect();
        loop {
            let named = self.entries.iter().filter(|entry| streams.contains(&entry.stream)).flat_map(|entry| match &entry.body {
                Body::Open(act) => named(act),
                Body::Sealed(commitment) => {
                    self.opened.get(commitment).map(|opened| named(&serde_json::from_str(&opened.text).unwrap())).unwrap_or_default()
                }
            });
            let more: BTreeSet<Stream> = named.filter(|stream| self.entries.iter().any(|entry| entry.stream == *stream)).collect();
            if more.is_subset(&streams) {
                return streams;
            }
            streams.extend(more);
        }
    }

    pub fn bundle(&self, case: CaseId, may_open: impl Fn(&Stream) -> bool) -> Bundle {
        let streams = self.closure(case);
        let mut bundle = Bundle {
            agreement: None,
            case,
            checkpoint: self.checkpoint(),
            entries: Vec::new(),
            format: BUNDLE.to_owned(),
            key: key(&self.seed),
            opened: BTreeMap::new(),
            remarks: BTreeMap::new(),
            size: self.entries.len() as u64,
            tips: String::new(),
        };
        for (entry, bytes) in self.entries.iter().zip(&self.bytes).filter(|(entry, _)| streams.contains(&entry.stream)) {
            let position = usize::try_from(entry.position).unwrap();
            bundle.entries.push(Proved { entry: bytes.clone(), proof: path(position, &self.leaves) });
            if let Body::Sealed(commitment) = entry.body
                && may_open(&entry.stream)
            {
                bundle.opened.insert(commitment, self.opened[&commitment].clone());
            }
        }
        bundle.tips = self.tips(&bundle.entries);
        bundle
    }

    /// What the ledger signs about the ends of the streams of these entries.
    pub fn tips(&self, entries: &[Proved]) -> String {
        let mut streams = BTreeMap::new();
        for proved in entries {
            let entry: Entry = serde_json::from_str(&proved.entry).unwrap();
            streams.insert(entry.stream, Tip { version: entry.version, last: Digest::of(proved.entry.as_bytes()) });
        }
        let (origin, size, root) = (ORIGIN.to_owned(), self.entries.len() as u64, Digest(root(&self.leaves).0));
        sign(&self.seed, Tips { origin, size, root, streams }.text().as_bytes())
    }

    fn checkpoint(&self) -> String {
        let checkpoint = Checkpoint::new(ORIGIN, self.entries.len() as u64, root(&self.leaves), "").unwrap();
        sign(&self.seed, &checkpoint.to_bytes())
    }

    /// The whole ledger as lines; `may_open` as for a bundle.
    pub fn export(&self, may_open: impl Fn(&Stream) -> bool) -> Vec<String> {
        let (checkpoint, size) = (self.checkpoint(), self.entries.len() as u64);
        let mut lines = vec![text(&LedgerHead { checkpoint, format: LEDGER.to_owned(), key: key(&self.seed), size })];
        for (entry, bytes) in self.entries.iter().zip(&self.bytes) {
            let opened = match entry.body {
                Body::Sealed(commitment) if may_open(&entry.stream) => self.opened.get(&commitment).cloned(),
                Body::Sealed(_) | Body::Open(_) => None,
            };
            lines.push(text(&LedgerLine { entry: bytes.clone(), opened, remarks: BTreeMap::new() }));
        }
        lines
    }
}

fn named(act: &Act) -> Vec<Stream> {
    let mut streams: Vec<Stream> = act.reads.keys().cloned().collect();
    if let Actor::Official(capacity) = &act.actor {
        streams.push(Stream::Official(capacity.official.clone()));
    }
    streams
}

pub fn text(value: &impl serde::Serialize) -> String {
    String::from_utf8(canonical(value).unwrap()).unwrap()
}

/// The verifier key of a seed.
pub fn key(seed: &[u8; 32]) -> String {
    let public = public(seed);
    format!("{ORIGIN}+{:08x}+{}", signed_note::key_id(ORIGIN, &public), BASE64_STANDARD.encode(&public))
}

fn public(seed: &[u8; 32]) -> Vec<u8> {
    let public = ed25519_dalek::SigningKey::from_bytes(seed).verifying_key();
    [&[1][..], public.as_bytes()].concat()
}

pub fn sign(seed: &[u8; 32], text: &[u8]) -> String {
    let id = signed_note::key_id(ORIGIN, &public(seed));
    let private = BASE64_STANDARD.encode([&[1][..], seed].concat());
    let signer = StandardSigner::new(&format!("PRIVATE+KEY+{ORIGIN}+{id:08x}+{private}")).unwrap();
    let mut note = Note::new(text, &[]).unwrap();
    note.add_sigs(&[&signer]).unwrap();
    String::from_utf8(note.to_bytes()).unwrap()
}

/// Root of a tree (RFC 9162, section 2.1.1), as it is specified.
pub fn root(leaves: &[Hash]) -> Hash {
    if let [leaf] = leaves {
        return *leaf;
    }
    let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
    tlog_tiles::node_hash(root(left), root(right))
}

/// Inclusion proof (RFC 9162, section 2.1.3.1), as it is specified.
pub fn path(nth: usize, leaves: &[Hash]) -> Vec<Digest> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let split = leaves.len().next_power_of_two() / 2;
    let (left, right) = leaves.split_at(split);
    let (mut proof, other) = if nth < split { (path(nth, left), root(right)) } else { (path(nth - split, right), root(left)) };
    proof.push(Digest(other.0));
    proof
}
