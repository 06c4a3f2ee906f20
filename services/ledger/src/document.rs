//! Documents: what is too long for an entry, addressed by its SHA-256 digest, in a directory or an S3 bucket. The entry holds the digest; who may
//! fetch the document is said by the streams it was given to.

use std::sync::Arc;

use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{Stream, StreamExt as _, TryStreamExt as _};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt as _, WriteMultipart};
use proto::digest::Digest;
use proto::entry::Document;
use proto::stream::Stream as Audience;
use proto::wire::Failure;
use runtime::clock;
use sea_orm::Value;
use sha2::{Digest as _, Sha256};

use crate::Ledger;
use crate::sql::{self, blob, int};

/// Parts of an upload under way at once: with parts of 5 MiB, what an upload holds in memory at most.
const UNDER_WAY: usize = 2;

/// A document and the streams whose readers may fetch it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The document.
    pub document: Document,
    /// Whoever may read one of these may fetch it.
    pub audiences: Vec<Audience>,
}

/// The store at an address: `s3://bucket/prefix` with the usual `AWS_*` environment, or a directory.
pub(crate) fn store(address: &str) -> anyhow::Result<Arc<dyn ObjectStore>> {
    let Some(bucket) = address.strip_prefix("s3://") else {
        std::fs::create_dir_all(address)?;
        return Ok(Arc::new(LocalFileSystem::new_with_prefix(address)?.with_fsync(true)));
    };
    let (bucket, prefix) = bucket.split_once('/').unwrap_or((bucket, ""));
    let s3 = AmazonS3Builder::from_env().with_bucket_name(bucket).build()?;
    Ok(Arc::new(PrefixStore::new(s3, prefix)))
}

impl Ledger {
    /// Keeps a document of at most `limit` bytes. It is durable when this answers. The same bytes are kept once, whoever gives them.
    ///
    /// # Errors
    /// [`Failure::TooLarge`] past the limit, [`Failure::Malformed`] when the stream ends in an error; nothing is kept then.
    pub async fn put_document<E: std::fmt::Display>(
        &self,
        bytes: impl Stream<Item = Result<Bytes, E>> + Send,
        media_type: &str,
        audience: &Audience,
        limit: usize,
    ) -> Result<Document, Failure> {
        let incoming = Path::from(format!("incoming/{}", clock::uuid()));
        let upload = self.inner.documents.put_multipart(&incoming).await.map_err(anyhow::Error::from);
        let mut upload = WriteMultipart::new(self.inner.answer("ledger.document_failed", upload)?);
        let (digest, size) = match receive(bytes, &mut upload, limit).await {
            Ok(received) => received,
            Err(failure) => {
                let aborted = upload.abort().await;
                tracing::debug!(failure = %failure, aborted = aborted.is_ok(), "ledger.document_given_up");
                return Err(failure);
            }
        };
        let document = Document { digest, media_type: media_type.to_owned(), size };
        let kept = async {
            upload.finish().await?;
            self.inner.documents.rename(&incoming, &location(digest)).await?;
            self.note(&document, audience).await
        };
        self.inner.answer("ledger.document_failed", kept.await)?;
        Ok(document)
    }

    async fn note(&self, document: &Document, audience: &Audience) -> anyhow::Result<()> {
        let sql = "INSERT INTO document (digest, audience, media_type, size, uploaded_ms) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (digest, audience) DO NOTHING";
        let values: [Value; 5] = [
            blob(document.digest.0),
            audience.to_string().into(),
            document.media_type.as_str().into(),
            int(document.size),
            clock::wall().as_millisecond().into(),
        ];
        sql::execute(&self.inner.write, sql, values).await?;
        Ok(())
    }

    /// What is known of a document; nothing, if it was never given.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn document(&self, digest: Digest) -> Result<Option<Kept>, Failure> {
        let find = async {
            let sql = "SELECT media_type, size, audience FROM document WHERE digest = $1 ORDER BY uploaded_ms, audience";
            let rows = sql::all(&self.inner.read, sql, [blob(digest.0)]).await?;
            let Some(first) = rows.first() else { return Ok(None) };
            let document = Document { digest, media_type: first.try_get_by_index(0)?, size: sql::number(first, 1)? };
            let audience = |row| anyhow::Ok(sea_orm::QueryResult::try_get_by_index::<String>(row, 2)?.parse()?);
            Ok(Some(Kept { document, audiences: rows.iter().map(audience).collect::<anyhow::Result<_>>()? }))
        };
        self.inner.answer("ledger.document_failed", find.await)
    }

    /// The bytes of a document. They are not checked against the digest here: whoever receives them should.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when they are not there.
    pub async fn document_bytes(&self, digest: Digest) -> Result<BoxStream<'static, anyhow::Result<Bytes>>, Failure> {
        match self.inner.documents.get(&location(digest)).await {
            Ok(found) => Ok(found.into_stream().map_err(anyhow::Error::from).boxed()),
            Err(object_store::Error::NotFound { .. }) => Err(Failure::NotFound),
            Err(error) => self.inner.answer("ledger.document_failed", Err(error.into())),
        }
    }
}

async fn receive<E: std::fmt::Display>(
    bytes: impl Stream<Item = Result<Bytes, E>> + Send,
    upload: &mut WriteMultipart,
    limit: usize,
) -> Result<(Digest, u64), Failure> {
    let mut bytes = std::pin::pin!(bytes);
    let (mut hasher, mut size) = (Sha256::new(), 0);
    while let Some(part) = bytes.next().await {
        let part = part.map_err(|e| Failure::Malformed { detail: e.to_string() })?;
        size += part.len();
        if size > limit {
            return Err(Failure::TooLarge { bytes: size, limit });
        }
        hasher.update(&part);
        let room = upload.wait_for_capacity(UNDER_WAY).await;
        room.map_err(|_| runtime::bus::unavailable(proto::actor::Service::Ledger))?;
        upload.put(part);
    }
    Ok((Digest(hasher.finalize().into()), size as u64))
}

fn location(digest: Digest) -> Path {
    let name = digest.to_string();
    let (folder, _) = name.split_at(2);
    Path::from(format!("documents/{folder}/{name}"))
}
