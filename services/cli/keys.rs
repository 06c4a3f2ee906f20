//! Officials' signing keys: made and used here, on the official's own machine. No server ever sees the private half.

use std::path::Path;

use anyhow::Context as _;
use proto::digest::Digest;
use proto::id::{CaseId, GovernmentId, OfficialId};
use proto::signing::Intent;
use runtime::{clock, keys};
use signing::jws;

/// Makes a key, writes the private half and prints the public one, as `register_key` takes it.
///
/// # Errors
/// When the file exists or cannot be written.
pub fn generate(file: &Path) -> anyhow::Result<()> {
    let pair = jws::generate(&clock::random32())?;
    keys::private(file, pair.private_pem.as_bytes())?;
    println!("{}", serde_json::to_string_pretty(&pair.public)?);
    Ok(())
}

/// The detached JWS over what is signed.
///
/// # Errors
/// When the file is no private key on the curve P-256.
pub fn sign(key: &Path, case: CaseId, agreement: Digest, government: GovernmentId, official: OfficialId) -> anyhow::Result<String> {
    let pem = std::fs::read_to_string(key).with_context(|| key.display().to_string())?;
    let intent = Intent { purpose: Intent::PURPOSE.to_owned(), case, agreement, government, official };
    Ok(jws::sign_detached(&pem, &intent)?)
}
