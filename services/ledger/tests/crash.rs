//! A database server that dies in the middle of a stream of appends. Alone in its file, because it takes the server of all tests of a file with it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on should say where")]

mod support;

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ledger::Ledger;
use proto::digest::Digest;
use proto::wire::Appended;
use sea_orm::{ConnectionTrait as _, Statement};
use support::{Draft, Place, case, checkpoint, invariants};
use tokio::task::JoinSet;

/// Appends as a service does, until told to stop: a failure says nothing about whether it was recorded, so it looks before it goes on. Answers how
/// many entries were acknowledged.
async fn append_through_faults(ledger: Ledger, stop: Arc<AtomicBool>) -> u64 {
    let stream = case();
    let mut version = 0;
    while !stop.load(Ordering::Relaxed) {
        let id = Digest(runtime::clock::random32());
        loop {
            match ledger.append(vec![Draft::new(&stream, version).id(id).build()]).await.as_deref() {
                Ok([Appended::Done { .. } | Appended::Duplicate]) => break,
                // It waited for the server until its time was past: it is decided again.
                Ok([Appended::ClockOff { .. }]) => {}
                Ok(other) => panic!("{other:?}"),
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
        version += 1;
    }
    version
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_server_that_is_killed_loses_nothing_that_was_acknowledged() {
    let place = Place::postgres().await;
    let ledger = place.open().await;
    let stop = Arc::new(AtomicBool::new(false));
    let mut writers = JoinSet::new();
    for _ in 0..6 {
        writers.spawn(append_through_faults(ledger.clone(), Arc::clone(&stop)));
    }
    let admin = place.database().await;
    let pid = Statement::from_string(admin.get_database_backend(), "SELECT pg_backend_pid()");
    let pid: i32 = admin.query_one_raw(pid).await.unwrap().unwrap().try_get_by_index(0).unwrap();
    ledger.heads().wait_for(|head| head.head >= 60).await.unwrap();
    // A backend that dies takes the whole server through crash recovery.
    assert!(Command::new("kill").args(["-KILL", &pid.to_string()]).status().unwrap().success());
    // Callers need not notice: a batch that finds no server waits for it a while.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let before = ledger.head().head;
    ledger.heads().wait_for(|head| head.head >= before + 100).await.unwrap();
    stop.store(true, Ordering::Relaxed);
    let entries: u64 = writers.join_all().await.into_iter().sum();
    ledger.close().await;
    let ledger = place.open().await;
    assert_eq!(invariants(&ledger).await.len() as u64, entries, "each exactly once");
    assert_eq!(checkpoint(&ledger, entries).await.size(), entries);
}
