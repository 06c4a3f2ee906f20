//! How many durable appends a second, with nothing around the ledger. Prints and asserts nothing: `cargo test --release -p ledger --test throughput
//! -- --ignored --nocapture`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on should say where")]

mod support;

use std::time::{Duration, Instant};

use ledger::Ledger;
use proto::wire::Appended;
use serde_json::value::RawValue;
use support::{Draft, Place, case};
use tokio::task::JoinSet;

const CALLERS: usize = 256;
const STREAMS: usize = 1000;

/// One caller appends to its own few streams until time is up; entries of about 1 KiB.
async fn call(ledger: Ledger, streams: usize, until: Instant) -> Vec<Duration> {
    let streams: Vec<_> = (0..streams).map(|_| case()).collect();
    let mut waits = Vec::new();
    for version in 0.. {
        for stream in &streams {
            let (service, mut append) = Draft::new(stream, version).build();
            let act = append.act.get().replace("\"rules\":1", &format!("\"rules\":1,\"x\":\"{}\"", "x".repeat(500)));
            append.act = RawValue::from_string(act).unwrap();
            let begun = Instant::now();
            if begun > until {
                return waits;
            }
            let answers = ledger.append(vec![(service, append)]).await.unwrap();
            assert!(matches!(answers[0], Appended::Done { .. }));
            waits.push(begun.elapsed());
        }
    }
    waits
}

async fn measure(name: &str, place: &Place, callers: usize) {
    let ledger = place.open().await;
    let begun = Instant::now();
    let mut all = JoinSet::new();
    for _ in 0..callers {
        all.spawn(call(ledger.clone(), STREAMS.div_ceil(callers).min(8), begun + Duration::from_secs(5)));
    }
    let mut waits: Vec<Duration> = all.join_all().await.into_iter().flatten().collect();
    waits.sort_unstable();
    let rate = waits.len() as u128 * 1000 / begun.elapsed().as_millis();
    let (p50, p99) = (waits[waits.len() / 2], waits[waits.len() * 99 / 100]);
    println!("{name}: {callers} callers, {rate} appends/s, p50 {p50:?}, p99 {p99:?}");
    ledger.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
async fn appends_a_second() {
    for callers in [1, CALLERS] {
        measure("SQLite", &Place::sqlite(), callers).await;
        measure("PostgreSQL", &Place::postgres().await, callers).await;
    }
}
