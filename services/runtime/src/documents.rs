//! Documents: what is too long for an entry, kept under its SHA-256 in a directory or in S3 (crate `object_store`), beside notes of what it is
//! and who may read it. An entry holds digest, type and size; bytes travel over HTTP and never over the bus.

use std::sync::Arc;

use anyhow::Context as _;
use bytes::Bytes;
use futures::TryStreamExt as _;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt as _, PutMode, PutOptions, PutPayload};
use proto::digest::Digest;
use proto::entry::Document;
use proto::stream::Stream;
use serde::{Deserialize, Serialize};

use crate::config::Settings;

/// The store.
#[derive(Clone)]
pub struct Documents {
    store: Arc<dyn ObjectStore>,
    prefix: Path,
}

/// What stands beside a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Digest, type, size.
    pub document: Document,
    /// Who reads this stream reads the document.
    pub audience: Stream,
}

impl Documents {
    /// The store that the settings name.
    ///
    /// # Errors
    /// When the directory cannot be made or the address cannot be understood.
    pub fn open(settings: &Settings) -> anyhow::Result<Self> {
        let address = &settings.ledger.documents;
        if address.is_empty() {
            let folder = settings.data("documents");
            std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
            let store = object_store::local::LocalFileSystem::new_with_prefix(&folder)?.with_fsync(true);
            return Ok(Self { store: Arc::new(store), prefix: Path::default() });
        }
        let url = address.parse().with_context(|| format!("[ledger] documents = \"{address}\""))?;
        let (store, prefix) = object_store::parse_url_opts(&url, std::env::vars().map(|(k, v)| (k.to_lowercase(), v)))?;
        Ok(Self { store: store.into(), prefix })
    }

    /// Keeps a document. The same bytes are kept once, with a note for each stream whose readers they are for.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn put(&self, bytes: Bytes, media_type: &str, audience: &Stream) -> anyhow::Result<Document> {
        let document = Document { digest: Digest::of(&bytes), media_type: media_type.to_owned(), size: bytes.len() as u64 };
        let path = self.notes(document.digest).join(format!("{}.json", Digest::of(audience.to_string().as_bytes())));
        if let Some(kept) = self.note(&path).await? {
            return Ok(kept.document);
        }
        let note = Note { document: document.clone(), audience: audience.clone() };
        self.write(&self.path(document.digest), bytes).await?;
        self.write(&path, serde_json::to_vec(&note)?.into()).await?;
        Ok(document)
    }

    async fn write(&self, path: &Path, bytes: Bytes) -> anyhow::Result<()> {
        let once = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        match self.store.put_opts(path, PutPayload::from_bytes(bytes), once).await {
            // The name is the content's hash, so what is there is what would be written.
            Ok(_) | Err(object_store::Error::AlreadyExists { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// What a document is and who may read it: a note for each audience it was given to, none when there is no such document.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn audiences(&self, digest: Digest) -> anyhow::Result<Vec<Note>> {
        let found: Vec<_> = self.store.list(Some(&self.notes(digest))).try_collect().await?;
        let mut notes = Vec::with_capacity(found.len());
        for place in found {
            notes.extend(self.note(&place.location).await?);
        }
        Ok(notes)
    }

    async fn note(&self, path: &Path) -> anyhow::Result<Option<Note>> {
        match self.store.get(path).await {
            Ok(found) => Ok(Some(serde_json::from_slice(&found.bytes().await?)?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The bytes of a document, checked against its name.
    ///
    /// # Errors
    /// When it is missing, cannot be read, or is not what its name says.
    pub async fn bytes(&self, digest: Digest) -> anyhow::Result<Bytes> {
        let bytes = self.store.get(&self.path(digest)).await?.bytes().await?;
        anyhow::ensure!(Digest::of(&bytes) == digest, "document {digest} is damaged in the store");
        Ok(bytes)
    }

    fn path(&self, digest: Digest) -> Path {
        self.prefix.clone().join(format!("{digest}.bytes"))
    }

    fn notes(&self, digest: Digest) -> Path {
        self.prefix.clone().join(format!("{digest}.for"))
    }
}
