//! Following and folding the record.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on should say where")]

mod support;

use ledger::Ledger;
use proto::actor::Service;
use proto::entry::{Entry, Proof};
use proto::stream::Stream;
use proto::wire::{Append, Page, Read, ReadStream, Recorded};
use serde_json::value::RawValue;
use support::{Draft, Place, case, internal, later, positions};

async fn page(ledger: &Ledger, from: u64, kinds: &[&str], limit: u32) -> Page {
    ledger.read(&Read { from, kinds: kinds.iter().map(|k| (*k).to_owned()).collect(), limit }).await.unwrap()
}

fn found(page: &Page) -> Vec<u64> {
    page.entries.iter().map(|r| serde_json::from_str::<Entry>(&r.entry).unwrap().position).collect()
}

#[tokio::test]
async fn memory_and_database_answer_the_same() {
    for place in Place::both().await {
        let ledger = place.open().await;
        let case = case();
        let batch = vec![
            Draft::new(&case, 0).build(),
            Draft::registry(&"government/seoul".parse().unwrap(), 0).build(),
            Draft::registry(&internal(&case), 0).build(),
            Draft::new(&case, 1).build(),
        ];
        positions(&ledger.append(batch).await.unwrap());
        let another = place.open_another().await;
        for ledger in [&ledger, &another] {
            for (kinds, from, limit, expected, to) in [
                (vec![], 0, 10, vec![0, 1, 2, 3], 4),
                (vec![], 1, 2, vec![1, 2], 3),
                (vec!["negotiation"], 0, 10, vec![0, 3], 4),
                (vec!["negotiation"], 0, 1, vec![0], 1),
                (vec!["registry.mandate_revoked"], 0, 10, vec![1, 2], 4),
                (vec!["registry.mandate"], 0, 10, vec![], 4),
                (vec!["registry.mandate_revoked", "negotiation.offer_lapsed"], 2, 10, vec![2, 3], 4),
                (vec!["a'b", "%", "\\", "signing"], 0, 10, vec![], 4),
                (vec![], 4, 10, vec![], 4),
                (vec![], 9, 10, vec![], 4),
            ] {
                let page = page(ledger, from, &kinds, limit).await;
                assert_eq!((found(&page), page.complete_to, page.head), (expected, to, 4), "{kinds:?} from {from}");
            }
            let sealed = page(ledger, 2, &[], 1).await;
            assert!(sealed.entries[0].act.is_some());
        }
    }
}

#[tokio::test]
async fn a_process_sees_what_another_has_appended() {
    let place = Place::postgres().await;
    let ledgers = [place.open().await, place.open_another().await];
    let stream = case();
    for version in 0..6_u64 {
        positions(&[Draft::new(&stream, version).append(&ledgers[usize::from(version % 3 == 0)]).await]);
        for ledger in &ledgers {
            let mut from = 0;
            let mut all = Vec::new();
            while from <= version {
                let page = page(ledger, from, &[], 100).await;
                all.extend(found(&page));
                from = page.complete_to;
            }
            assert_eq!(all, (0..=version).collect::<Vec<_>>());
        }
    }
}

/// What one page may hold, with one entry over it.
const PAGE: usize = 256 * 1024 + 65_535;

fn bytes(page: &[Recorded]) -> usize {
    page.iter().map(|r| r.entry.len() + r.act.as_ref().map_or(0, |act| serde_json::to_string(act).unwrap().len())).sum()
}

/// An append whose act has about this length.
fn long(stream: &Stream, version: u64, bytes: usize) -> (Service, Append) {
    let draft = Draft::new(stream, version);
    let mut act = draft.act();
    act.proof = Some(Proof { jws: "x".repeat(bytes) });
    let (service, mut append) = draft.build();
    append.act = RawValue::from_string(serde_json::to_string(&act).unwrap()).unwrap();
    (service, append)
}

#[tokio::test]
async fn a_page_is_bounded_in_bytes_and_the_next_goes_on() {
    for place in Place::both().await {
        let (open, sealed) = (case(), internal(&case()));
        let ledger = place.open().await;
        let batch = (0..40).flat_map(|n| [long(&open, n, 60_000), long(&sealed, n, 60_000)]);
        positions(&ledger.append(batch.collect()).await.unwrap());
        let another = place.open_another().await;
        for ledger in [&ledger, &another] {
            let (mut from, mut pages) = (0, 0);
            while from < 80 {
                let page = page(ledger, from, &[], 1000).await;
                assert!(bytes(&page.entries) <= PAGE && page.complete_to > from && page.head == 80);
                (from, pages) = (page.complete_to, pages + 1);
            }
            assert!(pages >= 15, "{pages}");
        }
        for stream in [open, sealed] {
            let mut after = 0;
            while after < 40 {
                let read = another.stream(&ReadStream { stream: stream.clone(), after }).await.unwrap();
                assert!(!read.is_empty() && bytes(&read) <= PAGE);
                after += read.len() as u64;
            }
            assert!(another.stream(&ReadStream { stream, after }).await.unwrap().is_empty());
        }
    }
}

#[tokio::test]
async fn rare_kinds_are_searched_for_piece_by_piece() {
    let place = Place::sqlite();
    let ledger = place.open().await;
    let stream = case();
    for round in 0..40 {
        positions(&ledger.append((0..500).map(|n| Draft::new(&stream, round * 500 + n).build()).collect()).await.unwrap());
    }
    positions(&[Draft::registry(&"government/seoul".parse().unwrap(), 0).append(&ledger).await]);
    ledger.close().await;
    let ledger = place.open().await;
    let first = page(&ledger, 0, &["registry"], 10).await;
    assert!(first.entries.is_empty() && first.complete_to > 0 && first.complete_to < first.head);
    let second = page(&ledger, first.complete_to, &["registry"], 10).await;
    assert_eq!((found(&second), second.complete_to), (vec![20_000], 20_001));
}

#[tokio::test]
async fn a_stream_is_read_from_a_version_on() {
    for place in Place::both().await {
        let ledger = place.open().await;
        let stream = case();
        let batch = (0..150).flat_map(|n| [Draft::new(&stream, n).build(), Draft::new(&case(), 0).build()]);
        positions(&ledger.append(batch.collect()).await.unwrap());
        for (after, count) in [(0, 150), (100, 50), (149, 1), (150, 0), (1000, 0)] {
            let read = ledger.stream(&ReadStream { stream: stream.clone(), after }).await.unwrap();
            let versions: Vec<u64> = read.iter().map(|r| serde_json::from_str::<Entry>(&r.entry).unwrap().version).collect();
            assert_eq!(versions, (after + 1..=after + count).collect::<Vec<_>>());
        }
        let nothing = ReadStream { stream: "government/nowhere".parse().unwrap(), after: 0 };
        assert!(ledger.stream(&nothing).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn each_commit_is_announced_with_what_it_touched_and_nothing_of_what_it_says() {
    let place = Place::sqlite();
    let ledger = place.open().await;
    let (mut notices, mut heads) = (ledger.notices(), ledger.heads());
    let case = case();
    let batch = vec![Draft::new(&case, 0).build(), Draft::registry(&internal(&case), 0).build(), Draft::new(&case, 1).build()];
    positions(&ledger.append(batch).await.unwrap());
    heads.wait_for(|head| head.head == 3).await.unwrap();
    let notice = notices.recv().await.unwrap();
    let token = case.case().unwrap().to_string();
    let touched: Vec<_> = notice.touched.iter().cloned().collect();
    assert_eq!(touched, [("negotiation".to_owned(), token.clone()), ("registry".to_owned(), token)]);
    assert_eq!((notice.head.head, ledger.head().head), (3, 3));

    Draft::new(&case, 9).append(&ledger).await;
    positions(&[Draft::calendar(0, later(3600)).append(&ledger).await]);
    let notice = notices.recv().await.unwrap();
    assert_eq!(notice.head.head, 4, "what is refused is not announced");
    assert!((3_500_000..=3_600_000).contains(&notice.head.offset_ms));
}
