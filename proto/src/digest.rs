//! SHA-256 digests and canonical JSON (RFC 8785), the form in which everything is hashed.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest as _, Sha256};

use crate::id::BadId;

/// A SHA-256 digest, written as 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The digest of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of several parts, one after the other.
    #[must_use]
    pub fn of_parts(parts: &[&[u8]]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(part);
        }
        Self(hasher.finalize().into())
    }

    /// The digest of a value's canonical JSON.
    ///
    /// # Errors
    /// When the value has no JSON form (a map with keys that are not text, a number that is not finite).
    pub fn of_json(value: &impl Serialize) -> serde_json::Result<Self> {
        canonical(value).map(|bytes| Self::of(&bytes))
    }

    /// The salted commitment to a sealed body: SHA-256(salt ‖ body). The salt is 32 random bytes, so a short body cannot be guessed.
    #[must_use]
    pub fn commitment(salt: &[u8; 32], body: &[u8]) -> Self {
        Self::of_parts(&[salt, body])
    }

    /// The leaf of the Merkle tree over this entry: SHA-256(0x00 ‖ bytes) (RFC 9162, section 2.1.1).
    #[must_use]
    pub fn leaf(entry: &[u8]) -> Self {
        Self::of_parts(&[&[0], entry])
    }
}

/// Canonical JSON by RFC 8785: the one byte sequence for a value.
///
/// # Errors
/// When the value has no JSON form.
pub fn canonical(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    serde_json_canonicalizer::to_vec(value)
}

/// The largest whole number that canonical JSON says exactly: it writes numbers as IEEE 754 doubles (RFC 8785, section 3.2.2.3), and one above this
/// would be recorded as another.
pub const LARGEST: u64 = (1 << 53) - 1;

/// Reads a whole number that can be recorded.
pub(crate) fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let number = u64::deserialize(deserializer)?;
    if number <= LARGEST {
        Ok(number)
    } else {
        Err(D::Error::custom(format!("{number} is above {LARGEST} and cannot be recorded exactly")))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        hex::encode(digest.0)
    }
}

impl FromStr for Digest {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let mut bytes = [0; 32];
        let lower = text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if lower && hex::decode_to_slice(text, &mut bytes).is_ok() {
            Ok(Self(bytes))
        } else {
            Err(BadId(text.to_owned(), "a SHA-256 digest in lower-case hexadecimal"))
        }
    }
}

impl TryFrom<String> for Digest {
    type Error = BadId;

    fn try_from(text: String) -> Result<Self, BadId> {
        text.parse()
    }
}

impl JsonSchema for Digest {
    fn schema_name() -> Cow<'static, str> {
        "Digest".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[0-9a-f]{64}$" })
    }
}
