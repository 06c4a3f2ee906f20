//! Documents: kept under the digest of their bytes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on should say where")]

mod support;

use bytes::Bytes;
use futures::{TryStreamExt as _, stream};
use ledger::Ledger;
use proto::digest::Digest;
use proto::entry::Document;
use proto::wire::Failure;
use support::{Place, case};

const LIMIT: usize = 12 * 1024 * 1024;

async fn put(ledger: &Ledger, parts: Vec<Result<Bytes, String>>, media_type: &str) -> Result<Document, Failure> {
    ledger.put_document(stream::iter(parts), media_type, &case(), LIMIT).await
}

fn files(place: &Place) -> usize {
    fn count(dir: &std::path::Path) -> usize {
        let entries = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
        entries.map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
    }
    count(&place.path().join("documents"))
}

#[tokio::test]
async fn a_document_is_found_by_the_digest_of_its_bytes() {
    for place in Place::both().await {
        let ledger = place.open().await;
        let bytes: Vec<u8> = (0..11_000_000_u32).map(|n| u8::try_from(n % 251).unwrap()).collect();
        let parts = bytes.chunks(65_536).map(|part| Ok(Bytes::copy_from_slice(part))).collect();
        let document = put(&ledger, parts, "application/pdf").await.unwrap();
        let expected = Document { digest: Digest::of(&bytes), media_type: "application/pdf".to_owned(), size: 11_000_000 };
        assert_eq!(document, expected);

        ledger.close().await;
        let ledger = place.open().await;
        let kept = ledger.document(document.digest).await.unwrap().unwrap();
        assert_eq!((&kept.document, kept.audiences.len()), (&document, 1));
        let read: Vec<Bytes> = ledger.document_bytes(document.digest).await.unwrap().try_collect().await.unwrap();
        assert_eq!(read.concat(), bytes);
    }
}

#[tokio::test]
async fn the_same_bytes_are_kept_once_for_all_who_were_given_them() {
    let place = Place::sqlite();
    let ledger = place.open().await;
    let give = || vec![Ok(Bytes::from_static(b"minutes of the council"))];
    let document = put(&ledger, give(), "text/plain").await.unwrap();
    put(&ledger, give(), "text/plain").await.unwrap();
    assert_eq!(ledger.document(document.digest).await.unwrap().unwrap().audiences.len(), 2);
    assert_eq!(files(&place), 1);
    put(&ledger, Vec::new(), "text/plain").await.unwrap();
    assert_eq!(ledger.document(Digest::of(b"")).await.unwrap().unwrap().document.size, 0);
}

#[tokio::test]
async fn what_breaks_off_or_is_too_large_leaves_nothing() {
    let place = Place::sqlite();
    let ledger = place.open().await;
    let broken = vec![Ok(Bytes::from(vec![0; 6_000_000])), Err("the line went dead".to_owned())];
    assert!(matches!(put(&ledger, broken, "text/plain").await, Err(Failure::Malformed { .. })));
    let large = vec![Ok(Bytes::from(vec![0; LIMIT])), Ok(Bytes::from_static(b"x"))];
    assert_eq!(put(&ledger, large, "text/plain").await, Err(Failure::TooLarge { bytes: LIMIT + 1, limit: LIMIT }));
    assert_eq!(files(&place), 0);
    assert_eq!(ledger.document(Digest::of(b"x")).await, Ok(None));
    assert!(matches!(ledger.document_bytes(Digest::of(b"x")).await, Err(Failure::NotFound)));
}
