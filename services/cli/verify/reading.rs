//! From bytes to entries and acts: nothing is believed that is not written in the one canonical way.

use proto::bundle::Opened;
use proto::digest::{Digest, canonical};
use proto::entry::{Act, Entry, MAX_ENTRY_BYTES};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::fault::{Fault, Place};

/// An entry with what was computed from its bytes.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) entry: Entry,
    /// What the next entry of the stream must name as `prev`.
    pub(crate) digest: Digest,
    /// Its leaf in the tree.
    pub(crate) leaf: Digest,
}

impl Read {
    pub(crate) fn of(bytes: &str) -> Result<Self, Fault> {
        if bytes.len() > MAX_ENTRY_BYTES {
            return Err(Fault::TooLong);
        }
        let entry = parse(bytes)?;
        Ok(Self { entry, digest: Digest::of(bytes.as_bytes()), leaf: Digest::leaf(bytes.as_bytes()) })
    }

    pub(crate) fn place(&self) -> Place {
        let Entry { position, stream, version, .. } = &self.entry;
        Place::Entry { position: *position, stream: stream.clone(), version: *version }
    }
}

/// Reads a text whose bytes must be the canonical JSON of what it says.
pub(crate) fn parse<T: Serialize + DeserializeOwned>(text: &str) -> Result<T, Fault> {
    let value: T = serde_json::from_str(text).map_err(|e| Fault::Unreadable { detail: e.to_string() })?;
    let written = canonical(&value).map_err(|e| Fault::Unreadable { detail: e.to_string() })?;
    if written == text.as_bytes() { Ok(value) } else { Err(Fault::NotCanonical { at: first_difference(&written, text.as_bytes()) }) }
}

/// The act that a commitment is to.
pub(crate) fn opened(commitment: Digest, opened: &Opened) -> Result<Act, Fault> {
    if opened.commitment() != commitment {
        return Err(Fault::OtherCommitment);
    }
    parse(&opened.text)
}

pub(crate) fn first_difference(one: &[u8], other: &[u8]) -> usize {
    one.iter().zip(other).position(|(a, b)| a != b).unwrap_or(one.len().min(other.len()))
}
