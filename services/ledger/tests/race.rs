//! Many writers, one outcome.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on should say where")]

mod support;

use std::sync::Arc;

use ledger::Ledger;
use proto::stream::Stream;
use proto::wire::{Appended, Failure, Versions};
use support::{Draft, Place, case, checkpoint, invariants};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

const ROUNDS: u64 = 200;
const WRITERS: usize = 8;

/// In each round every writer decides on the version it knows, all at once; exactly one may win.
async fn race(ledgers: &[Ledger], stream: &Stream) {
    for round in 0..ROUNDS {
        let barrier = Arc::new(Barrier::new(WRITERS));
        let mut writers = JoinSet::new();
        for ledger in ledgers.iter().cycle().take(WRITERS) {
            let (ledger, stream, barrier) = (ledger.clone(), stream.clone(), Arc::clone(&barrier));
            writers.spawn(async move {
                barrier.wait().await;
                Draft::new(&stream, round).append(&ledger).await
            });
        }
        let answers = writers.join_all().await;
        let won = answers.iter().filter(|answer| matches!(answer, Appended::Done { .. })).count();
        let lost = answers.iter().filter(|answer| matches!(answer, Appended::Conflict { version, .. } if *version == round + 1)).count();
        assert_eq!((won, lost), (1, WRITERS - 1), "round {round}: {answers:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn exactly_one_of_many_writers_wins_each_round() {
    for place in Place::both().await {
        let ledger = place.open().await;
        race(std::slice::from_ref(&ledger), &case()).await;
        assert_eq!(invariants(&ledger).await.len() as u64, ROUNDS);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn exactly_one_wins_across_two_ledger_processes() {
    let place = Place::postgres().await;
    let ledgers = [place.open().await, place.open_another().await];
    race(&ledgers, &case()).await;
    assert_eq!(invariants(&ledgers[1]).await.len() as u64, ROUNDS);
}

/// Appends to a stream of its own until so many are accepted, retrying as a service does.
async fn write(ledger: Ledger, count: u64) {
    let stream = case();
    let mut version = 0;
    while version < count {
        match Draft::new(&stream, version).append(&ledger).await {
            Appended::Done { .. } => version += 1,
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_ledger_processes_on_one_database_write_one_record() {
    let place = Place::postgres().await;
    let ledgers = [place.open().await, place.open_another().await];
    let mut writers = JoinSet::new();
    for n in 0..16 {
        writers.spawn(write(ledgers[n % 2].clone(), 25));
    }
    writers.join_all().await;
    let entries = invariants(&ledgers[0]).await;
    assert_eq!(entries.len(), 400);
    assert_eq!(invariants(&ledgers[1]).await, entries);
    let (one, other) = (checkpoint(&ledgers[0], 400).await, checkpoint(&ledgers[1], 400).await);
    assert_eq!((one.size(), one.hash()), (other.size(), other.hash()), "one tree, whoever built it");

    // The second goes on when the first is gone.
    ledgers[0].close().await;
    let stream = case();
    let gone = ledgers[0].append(vec![Draft::new(&stream, 0).build()]).await;
    assert!(matches!(gone, Err(Failure::Unavailable { .. })));
    assert!(matches!(Draft::new(&stream, 0).append(&ledgers[1]).await, Appended::Done { position: 400, .. }));
    assert_eq!(checkpoint(&ledgers[1], 401).await.size(), 401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn versions_are_those_of_all_processes() {
    let place = Place::postgres().await;
    let ledgers = [place.open().await, place.open_another().await];
    let stream = case();
    for version in 0..6 {
        let (writer, reader) = (&ledgers[usize::from(version % 2 == 0)], &ledgers[usize::from(version % 2 == 1)]);
        assert!(matches!(Draft::new(&stream, version).append(writer).await, Appended::Done { .. }));
        let versions = reader.versions(&Versions { streams: vec![stream.clone(), Stream::Calendar] }).await.unwrap();
        assert_eq!((versions[&stream], versions[&Stream::Calendar]), (version + 1, 0));
    }
}
