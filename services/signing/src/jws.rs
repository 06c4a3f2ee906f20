//! Detached JSON Web Signatures (RFC 7515, appendix F) with ES256 (RFC 7518, section 3.4): ECDSA on P-256 with SHA-256.
//!
//! One header is admitted, byte for byte: `{"alg":"ES256"}`. So nothing in a signature can choose an algorithm (`none` included), name a key or
//! a URL to fetch one from, or carry a critical extension (RFC 8725, sections 3.1 and 3.10). The key comes from the register alone.
//!
//! Keys are made and used where their owner is, by the command-line client; no service calls [`sign`] or [`generate`].

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL;
use p256::ecdsa::signature::{Signer, Verifier};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use p256::elliptic_curve::zeroize::Zeroizing;
use p256::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, LineEnding};
use proto::digest::canonical;
use proto::registry::PublicKey;
use proto::signing::Intent;

/// Base64url of `{"alg":"ES256"}`.
const HEADER: &str = "eyJhbGciOiJFUzI1NiJ9";

/// Why a signature does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadSignature {
    /// Not `header..signature`.
    #[error("this is no detached JWS: `header..signature`")]
    NotDetached,
    /// Another header than `{"alg":"ES256"}`.
    #[error("the protected header is not exactly `{{\"alg\":\"ES256\"}}`")]
    Header,
    /// Not 64 bytes in base64url without padding, or not two numbers of the curve's order.
    #[error("the signature is not 64 bytes in base64url without padding")]
    Form,
    /// The public key is no point of the curve.
    #[error("the public key is not on the curve P-256")]
    Key,
    /// It is another's, or over something else.
    #[error("the signature does not verify over this with this key")]
    Mismatch,
}

/// Why nothing can be signed with a private key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPrivateKey {
    /// Not a P-256 private key in PKCS#8 PEM.
    #[error("this is not a P-256 private key in PKCS#8 PEM")]
    Unreadable,
    /// The 32 random bytes are zero or beyond the curve's order: with a good source of randomness this does not happen.
    #[error("these random bytes make no private key: take others")]
    Randomness,
    /// The intent has no canonical JSON.
    #[error("the intent has no canonical JSON")]
    Intent,
}

/// A key as it is made: the private half for its owner's keeping, the public half for the register.
pub struct KeyPair {
    /// PKCS#8 PEM (RFC 5958, RFC 7468), wiped from memory when dropped.
    pub private_pem: Zeroizing<String>,
    /// What [`RegisterKey`](proto::registry::Command::RegisterKey) takes.
    pub public: PublicKey,
}

/// Verifies a detached JWS over these bytes.
///
/// ```
/// use signing::jws;
/// let pair = jws::generate(&[7; 32]).unwrap();
/// let jws = jws::sign(&pair.private_pem, b"we agree").unwrap();
/// assert_eq!(jws::verify(&pair.public, b"we agree", &jws), Ok(()));
/// assert_eq!(jws::verify(&pair.public, b"we disagree", &jws), Err(jws::BadSignature::Mismatch));
/// ```
///
/// # Errors
/// See [`BadSignature`].
pub fn verify(public: &PublicKey, payload: &[u8], jws: &str) -> Result<(), BadSignature> {
    let (header, signature) = jws.split_once("..").ok_or(BadSignature::NotDetached)?;
    if signature.contains('.') || header.contains('.') {
        return Err(BadSignature::NotDetached);
    }
    if header != HEADER {
        return Err(BadSignature::Header);
    }
    let bytes = BASE64URL.decode(signature).map_err(|_| BadSignature::Form)?;
    let signature = Signature::from_slice(&bytes).map_err(|_| BadSignature::Form)?;
    verifying_key(public)?.verify(signing_input(payload).as_bytes(), &signature).map_err(|_| BadSignature::Mismatch)
}

/// Verifies a detached JWS over an intent's canonical JSON.
///
/// # Errors
/// See [`BadSignature`].
pub fn verify_detached(public: &PublicKey, intent: &Intent, jws: &str) -> Result<(), BadSignature> {
    let payload = canonical(intent).map_err(|_| BadSignature::Mismatch)?;
    verify(public, &payload, jws)
}

/// Signs these bytes: the detached JWS. Deterministic (RFC 6979), so it needs no randomness.
///
/// # Errors
/// When the key cannot be read.
pub fn sign(private_pem: &str, payload: &[u8]) -> Result<String, BadPrivateKey> {
    let key = SigningKey::from_pkcs8_pem(private_pem).map_err(|_| BadPrivateKey::Unreadable)?;
    let signature: Signature = key.sign(signing_input(payload).as_bytes());
    Ok(format!("{HEADER}..{}", BASE64URL.encode(signature.to_bytes())))
}

/// Signs an intent's canonical JSON: what [`Sign`](proto::signing::Command::Sign) takes.
///
/// # Errors
/// When the key cannot be read.
pub fn sign_detached(private_pem: &str, intent: &Intent) -> Result<String, BadPrivateKey> {
    let payload = canonical(intent).map_err(|_| BadPrivateKey::Intent)?;
    sign(private_pem, &payload)
}

/// Makes a key of 32 bytes from a cryptographic source of randomness.
///
/// # Errors
/// When these bytes make no key.
pub fn generate(random: &[u8; 32]) -> Result<KeyPair, BadPrivateKey> {
    let key = SigningKey::from_slice(random).map_err(|_| BadPrivateKey::Randomness)?;
    let private_pem = key.to_pkcs8_pem(LineEnding::LF).map_err(|_| BadPrivateKey::Unreadable)?;
    Ok(KeyPair { private_pem, public: public_of(key.verifying_key()) })
}

/// The public half of a private key.
///
/// # Errors
/// When the key cannot be read.
pub fn public_key(private_pem: &str) -> Result<PublicKey, BadPrivateKey> {
    SigningKey::from_pkcs8_pem(private_pem).map(|key| public_of(key.verifying_key())).map_err(|_| BadPrivateKey::Unreadable)
}

/// A public key as other tools write it: `SubjectPublicKeyInfo` in PEM (RFC 5480, RFC 7468).
///
/// # Errors
/// When it is no key on the curve P-256.
pub fn public_of_pem(public_pem: &str) -> Result<PublicKey, BadSignature> {
    VerifyingKey::from_public_key_pem(public_pem).map(|key| public_of(&key)).map_err(|_| BadSignature::Key)
}

fn public_of(key: &VerifyingKey) -> PublicKey {
    let point = key.to_sec1_point(false);
    let coordinate = |bytes: Option<&[u8]>| BASE64URL.encode(bytes.unwrap_or_default());
    let (x, y) = (point.x().map(|x| &x[..]), point.y().map(|y| &y[..]));
    PublicKey { kty: "EC".into(), crv: "P-256".into(), x: coordinate(x), y: coordinate(y) }
}

fn verifying_key(public: &PublicKey) -> Result<VerifyingKey, BadSignature> {
    let coordinate = |text: &str| BASE64URL.decode(text).ok().filter(|bytes| bytes.len() == 32).ok_or(BadSignature::Key);
    if public.kty != "EC" || public.crv != "P-256" {
        return Err(BadSignature::Key);
    }
    // 0x04: an uncompressed point (SEC 1, section 2.3.3).
    let point = [vec![4], coordinate(&public.x)?, coordinate(&public.y)?].concat();
    VerifyingKey::from_sec1_bytes(&point).map_err(|_| BadSignature::Key)
}

/// The payload is signed encoded, although it is not sent (RFC 7515, sections 5.1 and appendix F).
fn signing_input(payload: &[u8]) -> String {
    format!("{HEADER}.{}", BASE64URL.encode(payload))
}
