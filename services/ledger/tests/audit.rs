//! Someone with the rights of an administrator changes the database behind the ledger's back. The index is named.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on should say where")]

mod support;

use ledger::{Audit, Ledger};
use sea_orm::ConnectionTrait as _;
use support::{Draft, Place, case, checkpoint, internal, positions};

const ENTRIES: u64 = 600;

async fn filled(place: &Place) -> Ledger {
    let ledger = place.open().await;
    let (case, others) = (case(), (0..ENTRIES - 4).map(|_| support::case()).collect::<Vec<_>>());
    let first = vec![Draft::new(&case, 0).build(), Draft::new(&internal(&case), 0).build(), Draft::new(&case, 1).build()];
    positions(&ledger.append(first).await.unwrap());
    positions(&ledger.append(others.iter().map(|stream| Draft::new(stream, 0).build()).collect()).await.unwrap());
    positions(&[Draft::new(&case, 2).append(&ledger).await]);
    checkpoint(&ledger, ENTRIES).await;
    ledger
}

#[tokio::test]
async fn an_untouched_record_is_whole() {
    for place in Place::both().await {
        let ledger = filled(&place).await;
        assert_eq!(ledger.audit().await.unwrap(), Audit { entries: ENTRIES, signed: ENTRIES, wrong: None });
    }
}

#[tokio::test]
async fn whatever_is_changed_in_the_database_is_found_and_named() {
    let bytes = "UPDATE entry SET bytes = REPLACE(bytes, 'offer', 'offir') WHERE position = 300";
    let other = "UPDATE entry SET bytes = (SELECT e.bytes FROM entry e WHERE e.position = 7), leaf = (SELECT e.leaf FROM entry e WHERE e.position = 7)
        WHERE position = 300";
    for (change, position, says) in [
        (bytes, 300, "leaf"),
        (other, 300, "indexed"),
        ("DELETE FROM entry WHERE position = 300", 300, "missing"),
        ("DELETE FROM entry WHERE position >= 590", 590, "there are 590"),
        ("DELETE FROM entry WHERE position >= 590; UPDATE head SET position = 590", 590, "signed over 600"),
        ("UPDATE entry SET stream = 'government/elsewhere' WHERE position = 300", 300, "indexed"),
        ("UPDATE entry SET version = 9 WHERE position = 599", 599, "indexed"),
        ("UPDATE entry SET sealed = NULL WHERE position = 1", 1, "indexed"),
        ("UPDATE tile SET hashes = (SELECT t.hashes FROM tile t WHERE t.level = 0 AND t.n = 1) WHERE level = 0 AND n = 0", 255, "tile 0"),
        ("UPDATE checkpoint SET note = REPLACE(note, 'test', 'tost')", 599, "checkpoint"),
        ("UPDATE checkpoint SET size = size - 1 WHERE size = 600", 598, "checkpoint"),
    ] {
        let place = Place::sqlite();
        let ledger = filled(&place).await;
        let db = place.database().await;
        db.execute_unprepared("DELETE FROM checkpoint WHERE size < 600").await.unwrap();
        for statement in change.split(';') {
            db.execute_unprepared(statement).await.unwrap();
        }
        let audit = ledger.audit().await.unwrap();
        let (at, why) = audit.wrong.expect(change);
        assert_eq!(at, position, "{change}: {why}");
        assert!(why.contains(says), "{change}: {why}");
        assert_eq!(audit.entries.min(position), audit.entries.min(at));
    }
}

#[tokio::test]
async fn a_record_rewritten_with_all_its_hashes_does_not_fit_what_was_signed() {
    let (place, other) = (Place::sqlite(), Place::sqlite());
    let ledger = filled(&place).await;
    std::fs::copy(&place.settings.signing_key, &other.settings.signing_key).unwrap();
    std::fs::copy(&place.settings.master_key, &other.settings.master_key).unwrap();
    let forged = filled(&other).await;
    let note = ledger.checkpoint(Some(ENTRIES)).await.unwrap().unwrap();
    let db = other.database().await;
    db.execute_unprepared(&format!("UPDATE checkpoint SET note = '{note}' WHERE size = {ENTRIES}")).await.unwrap();
    let (position, why) = forged.audit().await.unwrap().wrong.unwrap();
    assert_eq!(position, ENTRIES - 1);
    assert!(why.contains("other entries"));
}
