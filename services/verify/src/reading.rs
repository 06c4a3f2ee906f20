//! From bytes to entries and acts: nothing is believed that is not written in the one canonical way.

use proto::bundle::Opened;
use proto::digest::{Digest, canonical};
use proto::entry::{Act, Entry, MAX_ENTRY_BYTES};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::fault::{Fault, Place};

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

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = r#"{"at":"2024-03-01T09:00:00Z","body":{"sealed":"0000000000000000000000000000000000000000000000000000000000000000"},"position":7,"recorded_at":"2024-03-01T09:00:00Z","service":"registry","stream":"government/ash/mandates","version":1}"#;

    fn fault(bytes: &str) -> Option<Fault> {
        Read::of(bytes).err()
    }

    #[test]
    fn an_entry_is_written_in_one_way() {
        assert_eq!(fault(ENTRY), None);
        assert_eq!(fault(&ENTRY.replacen(',', ", ", 1)), Some(Fault::NotCanonical { at: 29 }));
        for same in [
            ENTRY.replacen("09:00:00Z", "09:00:00.000Z", 1),
            ENTRY.replacen("09:00:00Z", "10:00:00+01:00", 1),
            ENTRY.replacen(":7", ":7.0", 1).replace("7.0", "7e0"),
            ENTRY.replacen("ash", "\\u0061sh", 1),
        ] {
            assert!(matches!(fault(&same), Some(Fault::NotCanonical { .. } | Fault::Unreadable { .. })), "{same}");
        }
    }

    #[test]
    fn what_nobody_knows_is_not_read_over() {
        let more = ENTRY.replacen("{\"at\"", "{\"also\":1,\"at\"", 1);
        assert!(matches!(fault(&more), Some(Fault::Unreadable { detail }) if detail.contains("unknown field `also`")));
    }

    #[test]
    fn an_entry_is_no_longer_than_a_ledger_takes() {
        assert_eq!(fault(&" ".repeat(MAX_ENTRY_BYTES + 1)), Some(Fault::TooLong));
    }

    #[test]
    fn an_act_is_opened_by_the_salt_and_text_it_was_sealed_with() {
        let given = Opened { salt: Digest([1; 32]), text: "{ }".into() };
        assert!(matches!(opened(given.commitment(), &given), Err(Fault::Unreadable { .. })));
        assert_eq!(opened(Digest([2; 32]), &given), Err(Fault::OtherCommitment));
    }
}
