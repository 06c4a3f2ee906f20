//! Sealed bodies and remarks: out of the record, in the vault, and out of the vault for good.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on should say where")]

mod support;

use ledger::Ledger;
use proto::digest::Digest;
use proto::entry::Body;
use proto::remark::Disclosure;
use proto::stream::Stream;
use proto::wire::{Append, Held, Read, ReadStream, Recorded};
use sea_orm::{ConnectionTrait as _, Statement};
use support::{Draft, Place, case, internal, invariants, position, positions};

const CANARY: &str = "at most forty per cent";

async fn read_stream(ledger: &Ledger, stream: &Stream) -> Vec<Recorded> {
    ledger.stream(&ReadStream { stream: stream.clone(), after: 0 }).await.unwrap()
}

async fn read_all(ledger: &Ledger) -> Vec<Recorded> {
    ledger.read(&Read { from: 0, kinds: Vec::new(), limit: 100 }).await.unwrap().entries
}

fn with_remark(mut append: Append, text: &str) -> (Append, Digest) {
    let salt = Digest(runtime::clock::random32());
    let commitment = Digest::commitment(&salt.0, text.as_bytes());
    append.held.push(Held { commitment, salt, text: text.to_owned(), disclosure: Disclosure::Parties });
    (append, commitment)
}

#[tokio::test]
async fn a_sealed_body_is_a_commitment_in_the_record_and_opens_from_the_vault() {
    for place in Place::both().await {
        let ledger = place.open().await;
        let stream = internal(&case());
        let draft = Draft::new(&stream, 0);
        let act = draft.act();
        position(&draft.append(&ledger).await);
        position(&Draft::new(&stream, 1).append(&ledger).await);
        let (bytes, entry) = invariants(&ledger).await.remove(0);
        let Body::Sealed(commitment) = entry.body else { panic!("{bytes}") };
        assert!(!bytes.contains("lapse_offer"));

        let opened = ledger.open_sealed(commitment).await.unwrap().unwrap();
        assert_eq!(Digest::commitment(&opened.salt, opened.text.as_bytes()), commitment);
        assert_eq!(serde_json::from_str::<proto::entry::Act>(&opened.text).unwrap(), act);
        assert_eq!(ledger.open_sealed(Digest::of(b"nothing")).await, Ok(None));

        ledger.close().await;
        let again = place.open().await;
        for recorded in [read_all(&again).await, read_stream(&again, &stream).await] {
            assert_eq!(recorded[0].act.as_deref(), Some(&act), "opened for services, also out of the database");
        }
    }
}

#[tokio::test]
async fn a_remark_is_kept_with_its_class_and_the_stream_it_was_made_in() {
    for place in Place::both().await {
        let ledger = place.open().await;
        let stream = case();
        let (service, append) = Draft::new(&stream, 0).build();
        let (append, commitment) = with_remark(append, CANARY);
        position(&ledger.append(vec![(service, append)]).await.unwrap()[0]);
        let remark = ledger.remark(commitment).await.unwrap().unwrap();
        assert_eq!((remark.held.text.as_str(), remark.held.disclosure, remark.stream), (CANARY, Disclosure::Parties, stream));
        assert_eq!(ledger.open_sealed(commitment).await, Ok(None), "a remark is no act");
    }
}

/// All text and bytes of all tables, as a thief of the database sees them.
async fn contents(place: &Place) -> Vec<u8> {
    let db = place.database().await;
    let mut found = Vec::new();
    let columns = ["entry.bytes", "vault.stream", "vault_key.subject"];
    let blobs = ["vault.ciphertext", "vault.nonce", "vault_key.wrapped", "entry.sealed"];
    for (name, blob) in columns.iter().map(|c| (*c, false)).chain(blobs.iter().map(|c| (*c, true))) {
        let (table, column) = name.split_once('.').unwrap();
        let sql = format!("SELECT {column} FROM {table}");
        for row in db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap() {
            if blob {
                found.extend(row.try_get_by_index::<Option<Vec<u8>>>(0).unwrap().unwrap_or_default());
            } else {
                found.extend(row.try_get_by_index::<String>(0).unwrap().into_bytes());
            }
        }
    }
    db.close().await.unwrap();
    found
}

fn holds(contents: &[u8], text: &str) -> bool {
    contents.windows(text.len()).any(|part| part == text.as_bytes())
}

#[tokio::test]
async fn an_erased_subject_is_gone_and_every_proof_stays_valid() {
    for place in Place::both().await {
        let ledger = place.open().await;
        let case = case();
        let (stream, other) = (internal(&case), "government/busan/mandates".parse::<Stream>().unwrap());
        let (service, append) = Draft::new(&stream, 0).build();
        let (append, remark) = with_remark(append, CANARY);
        let kept = ledger.append(vec![(service, append), Draft::registry(&other, 0).build()]).await.unwrap();
        positions(&kept);
        let before = invariants(&ledger).await;
        assert!(read_all(&ledger).await.iter().all(|r| r.act.is_some()));
        assert!(!holds(&contents(&place).await, CANARY), "not even now in plain text");

        assert_eq!(ledger.erase(&stream).await, Ok(true));
        assert_eq!(ledger.erase(&stream).await, Ok(false));
        let Body::Sealed(commitment) = before[0].1.body else { panic!() };
        assert_eq!(ledger.open_sealed(commitment).await, Ok(None));
        assert_eq!(ledger.remark(remark).await, Ok(None));
        let acts: Vec<bool> = read_all(&ledger).await.iter().map(|r| r.act.is_some()).collect();
        assert_eq!(acts, [false, true], "the other subject's stays");
        assert_eq!(invariants(&ledger).await, before, "the record is as it was");

        position(&Draft::new(&stream, 1).append(&ledger).await);
        let acts: Vec<bool> = read_stream(&ledger, &stream).await.iter().map(|r| r.act.is_some()).collect();
        assert_eq!(acts, [false, true], "what is written later has a new key");
    }
}

#[tokio::test]
async fn a_process_forgets_what_another_has_erased() {
    let place = Place::postgres().await;
    let ledgers = [place.open().await, place.open_another().await];
    let stream = internal(&case());
    position(&Draft::new(&stream, 0).append(&ledgers[0]).await);
    ledgers[1].erase(&stream).await.unwrap();
    position(&Draft::new(&stream, 1).append(&ledgers[0]).await);
    for ledger in &ledgers {
        let acts: Vec<bool> = read_all(ledger).await.iter().map(|r| r.act.is_some()).collect();
        assert_eq!(acts, [false, true], "neither an act in memory nor a key outlives it");
    }
}

#[tokio::test]
async fn a_row_of_the_vault_that_was_moved_or_altered_does_not_open() {
    let place = Place::sqlite();
    let ledger = place.open().await;
    let streams = [internal(&case()), internal(&case())];
    for stream in &streams {
        position(&Draft::new(stream, 0).append(&ledger).await);
    }
    let db = place.database().await;
    db.execute_unprepared("UPDATE vault SET ciphertext = (SELECT MAX(ciphertext) FROM vault)").await.unwrap();
    let stream = |n: usize| ReadStream { stream: streams[n].clone(), after: 0 };
    let acts = [ledger.stream(&stream(0)).await.unwrap(), ledger.stream(&stream(1)).await.unwrap()];
    assert_eq!(acts.iter().filter(|recorded| recorded[0].act.is_some()).count(), 1);
}
