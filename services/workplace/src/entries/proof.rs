//! What shows that an entry stands in the record as it is shown: its bytes, its leaf, the way from it to the root that the ledger has signed.

use std::fmt::Write as _;

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proto::actor::Service;
use proto::digest::Digest;
use proto::wire::{Failure, Unanswered};
use serde::Deserialize;
use serde_json::json;

use super::Opened;
use crate::{Page, Visit};

/// The proof of one entry under one checkpoint.
pub(crate) struct Proof {
    pub position: u64,
    pub leaf: Digest,
    /// Entries under the checkpoint.
    pub size: u64,
    /// Hashes beside the way from the leaf to the root.
    pub hashes: Vec<Digest>,
    /// The checkpoint: a signed note.
    pub checkpoint: String,
}

#[derive(Deserialize)]
struct Inclusion {
    size: u64,
    proof: Vec<Digest>,
}

impl Proof {
    /// The proof under the newest checkpoint; nothing while no checkpoint covers the entry yet.
    ///
    /// # Errors
    /// When the ledger does not answer.
    pub async fn of(opened: &Opened, visit: &Visit) -> Result<Option<Self>, Unanswered> {
        let who = visit.edge.own()?;
        let position = opened.entry.position;
        let asked = visit.edge.ask::<Inclusion>(&who, Service::Ledger, "inclusion", &json!({ "position": position })).await;
        let Inclusion { size, proof: hashes } = match asked {
            Ok(found) => found,
            Err(Unanswered::Failed(Failure::NotFound)) => return Ok(None),
            Err(why) => return Err(why),
        };
        let checkpoint = visit.edge.ask(&who, Service::Ledger, "checkpoint", &json!({ "size": size })).await?;
        Ok(Some(Self { position, leaf: Digest::leaf(opened.bytes.as_bytes()), size, hashes, checkpoint }))
    }

    /// Whose checkpoint it is under, in words.
    pub fn under(&self, visit: &Visit) -> String {
        let origin = self.checkpoint.lines().next().unwrap_or_default();
        visit.told("record-checkpoint_of", &json!({ "origin": origin, "size": self.size }))
    }

    /// How the entry leads to the root, in words.
    pub fn way(&self, visit: &Visit) -> String {
        visit.told("record-proves-way", &json!({ "steps": self.hashes.len(), "size": self.size }))
    }

    /// The root that is signed.
    pub fn root(&self) -> &str {
        self.checkpoint.lines().nth(2).unwrap_or_default()
    }
}

/// The receipt of an entry, as a file.
///
/// # Errors
/// `not_found` while no checkpoint covers the entry yet.
pub(crate) async fn receipt(opened: &Opened, visit: &Visit) -> Page {
    let proof = Proof::of(opened, visit).await.map_err(|why| visit.failed(why))?;
    let proof = proof.ok_or_else(|| visit.failed(Failure::NotFound))?;
    Ok(file(&format!("entry-{}.tlog-proof", proof.position), "text/plain; charset=utf-8", written(&proof)))
}

/// The exact bytes of an entry, as a file.
pub(crate) fn bytes(opened: &Opened) -> Response {
    file(&format!("entry-{}.json", opened.entry.position), "application/json", opened.bytes.clone())
}

/// Something to be saved and not shown.
pub(crate) fn file(name: &str, media_type: &'static str, body: impl Into<Body>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, body.into()).into_response()
}

/// The proof in the form that other tools read too (C2SP tlog-proof).
fn written(proof: &Proof) -> String {
    let mut text = format!("c2sp.org/tlog-proof@v1\nindex {}\n", proof.position);
    for hash in &proof.hashes {
        let _ = writeln!(text, "{}", STANDARD.encode(hash.0));
    }
    text.push('\n');
    text.push_str(&proof.checkpoint);
    text
}
