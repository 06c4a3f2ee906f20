//! Documents: kept once under the digest of their bytes, with a note for everyone they were given to.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on should say where")]

use std::fs;

use bytes::Bytes;
use proto::digest::Digest;
use proto::entry::Document;
use proto::stream::Stream;
use runtime::config::Settings;
use runtime::documents::Documents;
use tempfile::TempDir;

struct Place {
    folder: TempDir,
    documents: Documents,
}

fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let mut settings = Settings::load(None).unwrap();
    folder.path().clone_into(&mut settings.deployment.data_dir);
    Place { documents: Documents::open(&settings).unwrap(), folder }
}

fn audience(name: &str) -> Stream {
    name.parse().unwrap()
}

impl Place {
    async fn give(&self, bytes: &'static [u8], to: &str) -> Document {
        self.documents.put(Bytes::from_static(bytes), "text/plain", &audience(to)).await.unwrap()
    }

    /// Files with the bytes of documents.
    fn files(&self) -> Vec<std::path::PathBuf> {
        let all = fs::read_dir(self.folder.path().join("documents")).unwrap().map(|entry| entry.unwrap().path());
        all.filter(|path| path.extension().is_some_and(|end| end == "bytes")).collect()
    }
}

#[tokio::test]
async fn a_document_is_found_by_the_digest_of_its_bytes() {
    let place = place();
    let bytes = b"minutes of the council";
    let document = place.give(bytes, "government/seoul").await;
    assert_eq!(document, Document { digest: Digest::of(bytes), media_type: "text/plain".to_owned(), size: 22 });
    assert_eq!(place.documents.bytes(document.digest).await.unwrap(), bytes.as_slice());
}

#[tokio::test]
async fn the_same_bytes_are_kept_once_for_all_who_were_given_them() {
    let place = place();
    let digest = place.give(b"minutes", "government/seoul").await.digest;
    place.give(b"minutes", "government/seoul").await;
    place.give(b"minutes", "government/guro").await;
    let mut given: Vec<_> = place.documents.audiences(digest).await.unwrap().into_iter().map(|note| note.audience).collect();
    given.sort();
    assert_eq!(given, [audience("government/guro"), audience("government/seoul")]);
    assert_eq!(place.files().len(), 1);
}

#[tokio::test]
async fn what_was_never_given_is_not_there() {
    let place = place();
    assert_eq!(place.documents.audiences(Digest::of(b"x")).await.unwrap(), []);
    assert!(place.documents.bytes(Digest::of(b"x")).await.is_err());
}

#[tokio::test]
async fn what_was_changed_in_the_store_is_not_handed_out() {
    let place = place();
    let digest = place.give(b"minutes", "government/seoul").await.digest;
    fs::write(&place.files()[0], "Minutes").unwrap();
    let error = place.documents.bytes(digest).await.unwrap_err();
    assert_eq!(error.to_string(), format!("document {digest} is damaged in the store"));
}
