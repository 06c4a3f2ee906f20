//! Ledgers to test on: one on `SQLite`, one on a PostgreSQL that is started for the tests and ends with them.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod postgres;

use std::collections::BTreeMap;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use ledger::{Ledger, Settings};
use proto::actor::{Actor, Service};
use proto::digest::{Digest, canonical};
use proto::entry::{Act, Entry};
use proto::message::{Command, Event};
use proto::stream::Stream;
use proto::wire::{Append, Appended, Page, Read};
use proto::{calendar, negotiation, registry};
use runtime::clock;
use runtime::config::Mode;
use serde_json::value::RawValue;
use tempfile::TempDir;

/// A place for one ledger: a database and a directory.
pub struct Place {
    pub settings: Settings,
    dir: TempDir,
}

impl Place {
    /// One on each database.
    pub async fn both() -> [Self; 2] {
        [Self::sqlite(), Self::postgres().await]
    }

    pub fn sqlite() -> Self {
        let dir = TempDir::new().unwrap();
        let database = runtime::db::sqlite_url(&dir.path().join("ledger.db"));
        Self { settings: settings(dir.path(), database), dir }
    }

    pub async fn postgres() -> Self {
        let dir = TempDir::new().unwrap();
        Self { settings: settings(dir.path(), postgres::database().await), dir }
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    pub async fn open(&self) -> Ledger {
        Ledger::open(self.settings.clone()).await.unwrap()
    }

    /// Another process on the same database, with the same keys.
    pub async fn open_another(&self) -> Ledger {
        Ledger::open(Settings { holder: clock::uuid().to_string(), ..self.settings.clone() }).await.unwrap()
    }

    /// The database itself, as an administrator has it.
    pub async fn database(&self) -> sea_orm::DatabaseConnection {
        runtime::db::open(&self.settings.database, &self.settings.schema, 1, runtime::db::Commit::Durable).await.unwrap()
    }
}

/// What a ledger in this directory is opened with.
pub fn settings(dir: &Path, database: String) -> Settings {
    Settings {
        origin: "interlocal.example/test".to_owned(),
        mode: Mode::Demo,
        database,
        schema: "ledger".to_owned(),
        readers: 3,
        batch: 512,
        signing_key: dir.join("ledger.seed"),
        master_key: dir.join("vault.key"),
        published: dir.join("checkpoint"),
        holder: clock::uuid().to_string(),
    }
}

/// Now, in whole milliseconds, as a service's civil clock says it.
pub fn now() -> Timestamp {
    Timestamp::from_millisecond(clock::wall().as_millisecond()).unwrap()
}

pub fn later(seconds: i64) -> Timestamp {
    now() + SignedDuration::from_secs(seconds)
}

/// A case's stream, a new one each time.
pub fn case() -> Stream {
    format!("case/{}", clock::uuid()).parse().unwrap()
}

/// A party's sealed stream in the same case.
pub fn internal(case: &Stream) -> Stream {
    format!("{case}/seoul").parse().unwrap()
}

/// An append that a service would send, before one changes it.
pub struct Draft {
    pub service: Service,
    pub stream: Stream,
    pub expected: u64,
    pub at: Timestamp,
    pub command: Command,
    pub events: Vec<Event>,
    pub reads: BTreeMap<Stream, u64>,
    pub id: Digest,
}

impl Draft {
    pub fn new(stream: &Stream, expected: u64) -> Self {
        Self {
            service: Service::Negotiation,
            stream: stream.clone(),
            expected,
            at: now(),
            command: negotiation::Command::LapseOffer { offer: 1 }.into(),
            events: vec![negotiation::Event::OfferLapsed { offer: 1 }.into()],
            reads: BTreeMap::new(),
            id: Digest(clock::random32()),
        }
    }

    /// `SetCalendar` on the calendar's stream.
    pub fn calendar(expected: u64, to: Timestamp) -> Self {
        Self {
            service: Service::Ledger,
            command: calendar::Command::SetCalendar { to }.into(),
            events: vec![calendar::Event::CalendarSet { to }.into()],
            ..Self::new(&Stream::Calendar, expected)
        }
    }

    /// Something of the registry on any stream.
    pub fn registry(stream: &Stream, expected: u64) -> Self {
        let government = "seoul".parse().unwrap();
        let mandate = proto::id::MandateId(clock::uuid());
        Self {
            service: Service::Registry,
            command: registry::Command::RevokeMandate { government, mandate }.into(),
            events: vec![registry::Event::MandateRevoked { mandate }.into()],
            ..Self::new(stream, expected)
        }
    }

    pub fn reading(mut self, stream: &Stream, version: u64) -> Self {
        self.reads.insert(stream.clone(), version);
        self
    }

    pub fn at(mut self, at: Timestamp) -> Self {
        self.at = at;
        self
    }

    pub fn id(mut self, id: Digest) -> Self {
        self.id = id;
        self
    }

    pub fn act(&self) -> Act {
        Act {
            actor: Actor::Service(Service::Notifications),
            cause: None,
            command: self.command.clone(),
            command_id: self.id,
            events: self.events.clone(),
            findings: Vec::new(),
            occurred: None,
            proof: None,
            reads: self.reads.clone(),
            rules: 1,
        }
    }

    pub fn build(self) -> (Service, Append) {
        let text = String::from_utf8(canonical(&self.act()).unwrap()).unwrap();
        let append = Append {
            kinds: self.events.iter().map(Event::kind).collect(),
            asked: Digest::of_json(&self.command).unwrap(),
            act: RawValue::from_string(text).unwrap(),
            stream: self.stream,
            expected: self.expected,
            at: self.at,
            command_id: self.id,
            reads: self.reads,
            held: Vec::new(),
        };
        (self.service, append)
    }

    /// Appends it alone.
    pub async fn append(self, ledger: &Ledger) -> Appended {
        ledger.append(vec![self.build()]).await.unwrap().remove(0)
    }
}

/// The position of an append that must have been accepted.
pub fn position(appended: &Appended) -> u64 {
    match appended {
        Appended::Done { position, .. } => *position,
        other => panic!("not accepted: {other:?}"),
    }
}

/// The positions of appends that must all have been accepted.
pub fn positions(appended: &[Appended]) -> Vec<u64> {
    appended.iter().map(position).collect()
}

/// All entries, page by page.
pub async fn all(ledger: &Ledger) -> Vec<(String, Entry)> {
    let mut entries = Vec::new();
    let mut from = 0;
    loop {
        let page: Page = ledger.read(&Read { from, kinds: Vec::new(), limit: 1000 }).await.unwrap();
        entries.extend(page.entries.into_iter().map(|r| (r.entry.clone(), serde_json::from_str(&r.entry).unwrap())));
        if page.complete_to >= page.head {
            return entries;
        }
        from = page.complete_to;
    }
}

/// I1 and I3: positions and versions without gaps, each entry chained to the one before in its stream, bytes canonical.
pub async fn invariants(ledger: &Ledger) -> Vec<(String, Entry)> {
    let entries = all(ledger).await;
    let mut tips: BTreeMap<Stream, (u64, Digest)> = BTreeMap::new();
    for (expected, (bytes, entry)) in (0..).zip(&entries) {
        assert_eq!(entry.position, expected, "positions have no gaps");
        assert_eq!(bytes.as_bytes(), canonical(entry).unwrap(), "the bytes are canonical");
        let before = tips.insert(entry.stream.clone(), (entry.version, Digest::of(bytes.as_bytes())));
        assert_eq!(entry.version, before.map_or(1, |(version, _)| version + 1), "versions have no gaps");
        assert_eq!(entry.prev, before.map(|(_, digest)| digest), "each entry names the one before");
    }
    entries
}

/// The latest checkpoint, once it covers so many entries.
pub async fn checkpoint(ledger: &Ledger, size: u64) -> tlog_tiles::Checkpoint {
    for _ in 0..100 {
        if let Some(note) = ledger.checkpoint(None).await.unwrap() {
            let checkpoint = ledger::open_checkpoint(&note, ledger.verifying_key()).unwrap();
            if checkpoint.size() >= size {
                return checkpoint;
            }
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("no checkpoint over {size} entries within 5 s");
}
