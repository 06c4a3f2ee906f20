//! Whose signature counts. That must be known from elsewhere: a bundle can claim anything of itself.

use std::path::Path;

use anyhow::Context as _;
use proto::digest::Digest;
use serde::{Deserialize, Serialize};

use crate::fault::Fault;

/// The key that is trusted to sign for a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trust {
    /// The key itself.
    Key(TrustFile),
    /// SHA-256 of the key's text.
    Fingerprint(Digest),
}

/// What a trust file says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustFile {
    /// The ledger's name, as its checkpoints have it.
    pub origin: String,
    /// Its verifier key (C2SP signed-note): `<origin>+<id>+<base64>`.
    pub key: String,
}

impl Trust {
    /// Reads 64 hexadecimal digits as a fingerprint and anything else as the name of a trust file.
    ///
    /// # Errors
    /// When the file cannot be read or is no trust file.
    pub fn of(argument: &str) -> anyhow::Result<Self> {
        if let Ok(fingerprint) = argument.to_ascii_lowercase().parse() {
            return Ok(Self::Fingerprint(fingerprint));
        }
        Self::read(Path::new(argument))
    }

    /// Reads a trust file.
    ///
    /// # Errors
    /// As [`Trust::of`].
    pub fn read(file: &Path) -> anyhow::Result<Self> {
        let name = file.display();
        let text = std::fs::read_to_string(file).with_context(|| format!("{name} cannot be read"))?;
        serde_json::from_str(&text).map(Self::Key).with_context(|| format!("{name} is no trust file: {{\"origin\": …, \"key\": …}}"))
    }

    /// Whether this is the key that is trusted.
    pub(crate) fn admits(&self, key: &str) -> Result<(), Fault> {
        let trusted = match self {
            Self::Key(file) => file.key == key && key.split('+').next() == Some(file.origin.as_str()),
            Self::Fingerprint(trusted) => *trusted == fingerprint(key),
        };
        if trusted { Ok(()) } else { Err(Fault::OtherKey { fingerprint: fingerprint(key) }) }
    }
}

/// What a person compares: SHA-256 of a verifier key's text.
#[must_use]
pub fn fingerprint(key: &str) -> Digest {
    Digest::of(key.as_bytes())
}
