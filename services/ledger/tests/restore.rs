//! A ledger that is not what it was: older, another, or with other keys.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on should say where")]

mod support;

use std::path::Path;

use ledger::{Ledger, Settings};
use proto::wire::Appended;
use runtime::config::Mode;
use sea_orm::{ConnectionTrait as _, Statement};
use support::{Draft, Place, case, checkpoint, internal, invariants, position};

async fn fill(ledger: &Ledger, entries: usize) {
    for _ in 0..entries {
        position(&Draft::new(&case(), 0).append(ledger).await);
    }
}

fn copy(from: &Path, to: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let name = |path: &Path| path.with_file_name(format!("{}{suffix}", path.file_name().unwrap().to_str().unwrap()));
        let _ = std::fs::remove_file(name(to));
        if name(from).exists() {
            std::fs::copy(name(from), name(to)).unwrap();
        }
    }
}

/// A place whose database was put back to its first five of eight entries, all eight of them promised.
async fn restored() -> Place {
    let place = Place::sqlite();
    let (file, backup) = (place.path().join("ledger.db"), place.path().join("backup.db"));
    let ledger = place.open().await;
    fill(&ledger, 5).await;
    ledger.close().await;
    copy(&file, &backup);
    let ledger = place.open().await;
    fill(&ledger, 3).await;
    checkpoint(&ledger, 8).await;
    ledger.close().await;
    copy(&backup, &file);
    place
}

#[tokio::test]
async fn a_ledger_older_than_what_it_has_promised_is_read_only_until_someone_says_why() {
    let place = restored().await;
    let promised = std::fs::read_to_string(&place.settings.published).unwrap();
    let ledger = place.open().await;
    assert!(ledger.read_only().unwrap().contains("over 8 entries"));
    assert!(matches!(Draft::new(&case(), 0).append(&ledger).await, Appended::Refused { .. }));
    assert_eq!(invariants(&ledger).await.len(), 5, "it can be read");

    ledger.record_gap("the disk of the 3rd of March; three entries were sent again").await.unwrap();
    assert_eq!(ledger.read_only(), None);
    assert!(ledger.record_gap("again").await.is_err());
    fill(&ledger, 1).await;
    assert_eq!(checkpoint(&ledger, 6).await.size(), 6);
    ledger.close().await;

    let again = place.open().await;
    assert_eq!(again.read_only(), None);
    let db = place.database().await;
    let row = Statement::from_string(db.get_database_backend(), "SELECT position, published, why FROM gap");
    let row = db.query_one_raw(row).await.unwrap().unwrap();
    assert_eq!(row.try_get_by_index::<i64>(0).unwrap(), 5);
    assert_eq!(row.try_get_by_index::<String>(1).unwrap(), promised, "what was promised stays on record");
    let kept = std::fs::read_dir(place.path()).unwrap().filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().contains("gap-"));
    assert_eq!(kept.count(), 1);
}

#[tokio::test]
async fn a_read_only_ledger_signs_nothing() {
    let place = restored().await;
    let promised = std::fs::read_to_string(&place.settings.published).unwrap();
    let db = place.database().await;
    db.execute_unprepared("DELETE FROM checkpoint WHERE size > 3").await.unwrap();
    db.close().await.unwrap();
    let ledger = place.open().await;
    tokio::time::sleep(std::time::Duration::from_millis(900)).await;
    ledger.close().await;
    assert_eq!(std::fs::read_to_string(&place.settings.published).unwrap(), promised);
}

#[tokio::test]
async fn a_ledger_with_another_past_is_read_only() {
    let place = Place::sqlite();
    let ledger = place.open().await;
    fill(&ledger, 4).await;
    checkpoint(&ledger, 4).await;
    ledger.close().await;
    let promised = std::fs::read(&place.settings.published).unwrap();
    let file = place.path().join("ledger.db");
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{suffix}", file.display()));
    }
    std::fs::remove_file(&place.settings.published).unwrap();
    let other = place.open().await;
    fill(&other, 4).await;
    checkpoint(&other, 4).await;
    other.close().await;
    std::fs::write(&place.settings.published, promised).unwrap();
    let again = place.open().await;
    assert!(again.read_only().unwrap().contains("not the ones"));
}

async fn fails(settings: Settings) -> String {
    match Ledger::open(settings).await {
        Ok(_) => panic!("it opened"),
        Err(error) => format!("{error:#}"),
    }
}

#[tokio::test]
async fn a_ledger_stays_what_it_was_made_for() {
    for place in Place::both().await {
        let ledger = place.open().await;
        position(&Draft::new(&internal(&case()), 0).append(&ledger).await);
        checkpoint(&ledger, 1).await;
        ledger.close().await;
        let settings = || place.settings.clone();
        assert!(fails(Settings { mode: Mode::Production, ..settings() }).await.contains("stays one"));
        assert!(fails(Settings { origin: "elsewhere.example".to_owned(), ..settings() }).await.contains("cannot go on as"));

        for (file, says) in [(settings().signing_key, "signing key"), (settings().master_key, "master key")] {
            let secret = std::fs::read(&file).unwrap();
            std::fs::remove_file(&file).unwrap();
            assert!(fails(settings()).await.contains("is needed"), "a lost key is not silently a new one");
            std::fs::write(&file, "ab".repeat(32)).unwrap();
            assert!(fails(settings()).await.contains(says));
            std::fs::write(&file, "not hexadecimal").unwrap();
            assert!(fails(settings()).await.contains("64 hexadecimal digits"));
            std::fs::write(&file, secret).unwrap();
        }
        place.open().await;
    }
}

#[cfg(unix)]
#[tokio::test]
async fn secrets_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::sqlite();
    place.open().await;
    for file in [&place.settings.signing_key, &place.settings.master_key] {
        assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
