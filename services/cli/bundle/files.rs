//! The folder: one file that `interlocal verify` reads, and the same things one by one for tools that are not ours.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD as BASE64URL};
use proto::bundle::{Agreed, Bundle};
use proto::digest::canonical;
use proto::entry::{Body, Entry};
use proto::id::{GovernmentId, KeyId, OfficialId};
use proto::message::Event;
use proto::registry::{self, PublicKey};
use proto::signing::Intent;
use proto::stream::Stream;
use signing::Signature;
use signing::agreement::Agreement;

const README: &str = include_str!("README.txt");
/// What comes before the 32 bytes of an Ed25519 key in a `SubjectPublicKeyInfo` (RFC 8410, section 10.1).
const ED25519_INFO: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
/// Name of the hash, algorithm and identifier bytes that stand before key and signature in C2SP signed-note.
const KEY_TYPE: usize = 1;
const KEY_ID: usize = 4;

/// Writes a bundle to a new folder and answers the file that `verify` takes.
///
/// # Errors
/// When the folder exists or cannot be written, or the bundle is none.
pub fn write(bundle: &Bundle, folder: &Path) -> anyhow::Result<PathBuf> {
    if let Some(parent) = folder.parent() {
        fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
    }
    fs::create_dir(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let put = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).with_context(|| folder.join(name).display().to_string());
    put("bundle.json", &canonical(bundle)?)?;
    put("README.txt", README.as_bytes())?;
    checkpoint(bundle, &put)?;
    if let Some(agreed) = &bundle.agreement {
        put("agreement.json", &canonical(&agreed.document)?)?;
        put("agreement.en.md", agreed.text_en.as_bytes())?;
        put("agreement.ko.md", agreed.text_ko.as_bytes())?;
        fs::create_dir(folder.join("signatures"))?;
        signatures(bundle, agreed, &put)?;
    }
    Ok(folder.join("bundle.json"))
}

/// The checkpoint, and its parts as openssl takes them.
fn checkpoint(bundle: &Bundle, put: &impl Fn(&str, &[u8]) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let (text, line) = bundle.checkpoint.rsplit_once("\n\n").context("the checkpoint is no signed note")?;
    let signature = BASE64_STANDARD.decode(line.trim_end().rsplit(' ').next().unwrap_or_default())?;
    let key = BASE64_STANDARD.decode(bundle.key.splitn(3, '+').nth(2).unwrap_or_default())?;
    put("checkpoint.txt", bundle.checkpoint.as_bytes())?;
    put("checkpoint.signed", format!("{text}\n").as_bytes())?;
    put("checkpoint.sig", signature.get(KEY_ID..).unwrap_or_default())?;
    put("ledger.pem", pem(&[&ED25519_INFO, key.get(KEY_TYPE..).unwrap_or_default()].concat()).as_bytes())
}

/// Each signature by key: as JWS, with what was signed, and as openssl takes them.
fn signatures(bundle: &Bundle, agreed: &Agreed, put: &impl Fn(&str, &[u8]) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let agreement: Agreement = serde_json::from_value(agreed.document.clone())?;
    let entries: Vec<Entry> = bundle.entries.iter().map(|proved| serde_json::from_str(&proved.entry)).collect::<Result<_, _>>()?;
    for (government, signature) in &agreement.signatures {
        let Signature::Key { official, key, jws, .. } = signature else { continue };
        let public = registered(&entries, official, key).with_context(|| format!("the key of {official} is not in the bundle"))?;
        let intent = intent(&agreement, government, official);
        let one = |suffix: &str, bytes: &[u8]| put(&format!("signatures/{government}.{suffix}"), bytes);
        let payload = canonical(&intent)?;
        let (header, value) = jws.split_once("..").context("a signature is no detached JWS")?;
        let value = p256::ecdsa::Signature::from_slice(&BASE64URL.decode(value)?)?;
        one("jws", jws.as_bytes())?;
        one("payload.json", &payload)?;
        one("jwk.json", &canonical(public)?)?;
        one("signed", format!("{header}.{}", BASE64URL.encode(payload)).as_bytes())?;
        one("der", value.to_der().as_bytes())?;
        one("pem", ec_pem(public)?.as_bytes())?;
    }
    Ok(())
}

fn intent(agreement: &Agreement, government: &GovernmentId, official: &OfficialId) -> Intent {
    Intent {
        purpose: Intent::PURPOSE.to_owned(),
        case: agreement.case,
        agreement: agreement.agreement,
        government: government.clone(),
        official: official.clone(),
    }
}

/// The key as the register has it.
fn registered<'a>(entries: &'a [Entry], official: &OfficialId, key: &KeyId) -> Option<&'a PublicKey> {
    let stream = Stream::Official(official.clone());
    let acts = entries.iter().filter(|entry| entry.stream == stream).filter_map(|entry| match &entry.body {
        Body::Open(act) => Some(act),
        Body::Sealed(_) => None,
    });
    acts.flat_map(|act| &act.events).find_map(|event| match event {
        Event::Registry(registry::Event::KeyRegistered { key: name, public, .. }) if name == key => Some(public),
        _ => None,
    })
}

fn ec_pem(public: &PublicKey) -> anyhow::Result<String> {
    // 0x04: an uncompressed point (SEC 1, section 2.3.3).
    let point = [vec![4], BASE64URL.decode(&public.x)?, BASE64URL.decode(&public.y)?].concat();
    let key = p256::PublicKey::from_sec1_bytes(&point)?;
    Ok(p256::pkcs8::EncodePublicKey::to_public_key_pem(&key, p256::pkcs8::LineEnding::LF)?)
}

/// PEM of a `SubjectPublicKeyInfo` short enough for one line (RFC 7468, section 13).
fn pem(info: &[u8]) -> String {
    format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", BASE64_STANDARD.encode(info))
}
