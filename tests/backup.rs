//! Saving, restoring and writing out, on platforms that run.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that is wrong may panic, also in its helpers")]

use std::path::{Path, PathBuf};
use std::time::Duration;

use interlocal::bench::postgres::Server;
use interlocal::up::{self, Running};
use interlocal::verify::{self, Trust, Verdict};
use interlocal::{backup, seed};
use ledger::Ledger;
use metrics_exporter_prometheus::PrometheusBuilder;
use proto::actor::Service;
use proto::message::Target;
use proto::registry::{Command, Population};
use proto::wire::{Appended, Read};
use runtime::config::Settings;
use tempfile::TempDir;

/// A place for platforms and their backups.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn settings(&self, name: &str, database: &str) -> Settings {
        let mut settings = Settings::load(None).unwrap();
        settings.deployment.data_dir = self.path(name);
        "127.0.0.1:0".clone_into(&mut settings.http.listen);
        database.clone_into(&mut settings.database.url);
        if std::env::var_os("INTERLOCAL__NATS__SERVER").is_none() {
            concat!(env!("CARGO_MANIFEST_DIR"), "/.tools/bin/nats-server").clone_into(&mut settings.nats.server);
        }
        settings
    }
}

async fn start(settings: &Settings) -> Running {
    let metrics = PrometheusBuilder::new().build_recorder().handle();
    up::start(settings.clone(), &[], metrics).await.unwrap()
}

/// Until the example register is entered and signed.
async fn entered(settings: &Settings) {
    let expected = registry::seed::commands(registry::seed::EXAMPLE, jiff::civil::date(2026, 1, 1)).unwrap().len() as u64;
    for _ in 0..600 {
        let state = state(settings).await;
        if state.is_some_and(|(head, checkpoint)| head == expected && size(settings, checkpoint.as_deref()) == expected) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the register is not entered within a minute");
}

/// Head and latest checkpoint, as another process sees them.
async fn state(settings: &Settings) -> Option<(u64, Option<String>)> {
    let ledger = Ledger::reader(&ledger::Settings::of(settings)).await.ok()?;
    let found = (ledger.head().head, ledger.checkpoint(None).await.unwrap());
    ledger.close().await;
    Some(found)
}

fn size(settings: &Settings, note: Option<&str>) -> u64 {
    let key = ledger::verifying_key(&ledger::Settings::of(settings)).unwrap();
    note.map_or(0, |note| ledger::open_checkpoint(note, &key).unwrap().size())
}

/// One entry more.
async fn go_on(running: &Running, year: i16) {
    let platform = &running.platform;
    let bus = platform.bus(Service::Registry).await.unwrap();
    let government = "seoul".parse().unwrap();
    let population = Population { year, persons: 9_800_000, source: "an estimate".to_owned() };
    let command = Command::RecordPopulation { government, population }.into();
    let target = Target::Government("seoul".parse().unwrap());
    let token = platform.issuer(Service::Registry).unwrap().own().unwrap();
    seed::send(&bus, &token, &target, command, &format!("population {year}")).await.unwrap();
}

async fn entries(settings: &Settings) -> Vec<String> {
    let ledger = Ledger::reader(&ledger::Settings::of(settings)).await.unwrap();
    let page = ledger.read(&Read { from: 0, kinds: Vec::new(), limit: 10_000 }).await.unwrap();
    ledger.close().await;
    page.entries.into_iter().map(|recorded| recorded.entry).collect()
}

fn flip(file: &Path) {
    let mut bytes = std::fs::read(file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(file, bytes).unwrap();
}

#[tokio::test]
async fn a_backup_of_a_running_platform_is_restored_and_goes_on() {
    let place = Place::new();
    let (first, second) = (place.settings("first", ""), place.settings("second", ""));
    let running = start(&first).await;
    entered(&first).await;
    std::fs::create_dir_all(first.data("documents/a")).unwrap();
    std::fs::write(first.data("documents/a/b"), "a document").unwrap();
    backup::save(&first, &place.path("backup")).await.unwrap();
    assert!(backup::save(&first, &place.path("backup")).await.is_err(), "a backup is never written over another");
    let saved = state(&first).await;
    running.stop().await;

    backup::restore(&second, &place.path("backup")).await.unwrap();
    assert_eq!(state(&second).await, saved);
    assert_eq!(entries(&second).await, entries(&first).await);
    for file in ["keys/gateway.pem", "keys/gateway.nk", "ledger.seed", "vault.key", "checkpoint", "documents/a/b"] {
        assert_eq!(std::fs::read(second.data(file)).unwrap(), std::fs::read(first.data(file)).unwrap(), "{file}");
    }
    assert!(!second.data("registry.db").exists(), "views are not saved");

    let running = start(&second).await;
    go_on(&running, 1900).await;
    running.stop().await;
    assert_eq!(entries(&second).await.len() as u64, saved.unwrap().0 + 1);
    let error = backup::restore(&second, &place.path("backup")).await.unwrap_err().to_string();
    assert!(error.contains("not empty"), "{error}");
}

#[tokio::test]
async fn a_changed_backup_is_refused_and_nothing_is_written() {
    let place = Place::new();
    let first = place.settings("first", "");
    let running = start(&first).await;
    entered(&first).await;
    running.stop().await;
    for file in ["ledger.db", "vault.key", "keys/registry.pem", "checkpoint"] {
        let (backup, second) = (place.path(&format!("backup of {}", file.replace('/', " "))), place.settings("second", ""));
        backup::save(&first, &backup).await.unwrap();
        flip(&backup.join(file));
        let error = backup::restore(&second, &backup).await.unwrap_err().to_string();
        assert!(error.starts_with(&format!("{file} is not what was saved")), "{error}");
        assert!(!second.deployment.data_dir.exists());
    }
    let outside = place.path("backup outside");
    backup::save(&first, &outside).await.unwrap();
    let manifest = std::fs::read_to_string(outside.join("manifest.json")).unwrap();
    std::fs::write(outside.join("manifest.json"), manifest.replace("\"vault.key\"", "\"../vault.key\"")).unwrap();
    let error = backup::restore(&place.settings("second", ""), &outside).await.unwrap_err().to_string();
    assert!(error.contains("leads out of the backup"), "{error}");
}

#[tokio::test]
async fn a_ledger_older_than_what_it_has_promised_is_read_only_until_an_operator_says_why() {
    let place = Place::new();
    let (first, second) = (place.settings("first", ""), place.settings("second", ""));
    let running = start(&first).await;
    entered(&first).await;
    backup::save(&first, &place.path("backup")).await.unwrap();
    go_on(&running, 1901).await;
    running.stop().await;
    let promised = std::fs::read_to_string(first.data("checkpoint")).unwrap();

    std::fs::create_dir(&second.deployment.data_dir).unwrap();
    std::fs::write(second.data("checkpoint"), &promised).unwrap();
    backup::restore(&second, &place.path("backup")).await.unwrap();
    assert_eq!(std::fs::read_to_string(second.data("checkpoint")).unwrap(), promised, "what was promised outlives the ledger");
    let ledger = Ledger::open(ledger::Settings::of(&second)).await.unwrap();
    assert!(ledger.read_only().is_some_and(|why| why.contains("restored")));
    let again = entries(&first).await.pop().unwrap();
    let refused = ledger.append(vec![(Service::Registry, append(&again))]).await.unwrap();
    assert!(matches!(refused.as_slice(), [Appended::Refused { .. }]), "{refused:?}");
    ledger.close().await;

    backup::record_gap(&second, "the disk of the first machine is lost").await.unwrap();
    assert!(backup::record_gap(&second, "again").await.is_err(), "there is no gap any more");
    let running = start(&second).await;
    go_on(&running, 1902).await;
    running.stop().await;
}

/// An entry as the service sent it.
fn append(entry: &str) -> proto::wire::Append {
    let entry: serde_json::Value = serde_json::from_str(entry).unwrap();
    let (act, expected) = (&entry["body"]["open"], entry["version"].as_u64().unwrap() - 1);
    let sent = serde_json::json!({
        "stream": entry["stream"], "expected": expected, "at": entry["at"], "act": act, "command_id": act["command_id"],
        "kinds": ["registry.population_recorded"], "asked": act["command_id"],
    });
    serde_json::from_str(&sent.to_string()).unwrap()
}

#[tokio::test]
async fn a_backup_of_either_database_is_restored_to_either() {
    let place = Place::new();
    let server = Server::start().unwrap();
    let (sqlite, moved) = (place.settings("sqlite", ""), place.settings("moved", &server.database("moved").await.unwrap()));
    let running = start(&sqlite).await;
    entered(&sqlite).await;
    running.stop().await;
    backup::save(&sqlite, &place.path("of sqlite")).await.unwrap();
    backup::restore(&moved, &place.path("of sqlite")).await.unwrap();
    assert_eq!(entries(&moved).await, entries(&sqlite).await);

    let running = start(&moved).await;
    go_on(&running, 1903).await;
    running.stop().await;
    let occupied = Settings { database: moved.database.clone(), ..place.settings("occupied", "") };
    let error = format!("{:#}", backup::restore(&occupied, &place.path("of sqlite")).await.unwrap_err());
    assert!(error.contains("the database is not empty"), "{error}");

    let back = place.settings("back", "");
    backup::save(&moved, &place.path("of postgres")).await.unwrap();
    backup::restore(&back, &place.path("of postgres")).await.unwrap();
    assert_eq!(entries(&back).await, entries(&moved).await);
    assert_eq!(state(&back).await, state(&moved).await);
    let ledger = Ledger::open(ledger::Settings::of(&back)).await.unwrap();
    assert_eq!(ledger.read_only(), None);
    ledger.close().await;
    server.stop();
}

#[tokio::test]
async fn a_ledger_written_out_while_it_runs_verifies_against_its_trust_file() {
    let place = Place::new();
    let settings = place.settings("first", "");
    let running = start(&settings).await;
    entered(&settings).await;
    let (closed, opened, trust) = (place.path("closed.jsonl"), place.path("opened.jsonl"), place.path("trust.json"));
    let written = backup::export(&settings, &closed, false).await.unwrap();
    assert_eq!(backup::export(&settings, &opened, true).await.unwrap(), written);
    backup::trust(&settings, &trust).unwrap();
    running.stop().await;
    let trust = Trust::read(&trust).unwrap();
    for file in [&closed, &opened] {
        let report = verify::file(file, Some(&trust)).unwrap();
        assert_eq!(report.verdict, Verdict::Verified, "{report:?}");
        assert_eq!((report.size, report.counts.replayed), (written, written));
    }
    flip(&closed);
    assert_eq!(verify::file(&closed, Some(&trust)).unwrap().verdict, Verdict::Wrong);
    assert!(backup::export(&settings, &opened, true).await.is_err(), "a file is never written over");
}
