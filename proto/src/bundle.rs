//! What leaves the platform for whoever verifies: the bundle of one case, and a whole ledger as lines.
//!
//! A [`Bundle`] is one canonical JSON text (RFC 8785). It holds every stream that the case or a decision in it has looked at, each from its first
//! entry on: the case, its sealed streams and the mandates of its parties (as commitments, where the reader may not open them), officials,
//! governments, the calendar. Each entry comes as the exact bytes that were hashed, with a proof that it is in the tree of the checkpoint.
//! Proofs show that nothing was added or changed; that nothing was dropped at the end of a stream is what the ledger signs for in the
//! [`Tips`].
//!
//! The ledger hands a bundle out in [`Part`]s; whoever asked joins them and adds the agreement, which anyone can make again from the entries.
//!
//! ```
//! use proto::{bundle::{Tip, Tips}, digest::Digest};
//! let streams = [("calendar".parse().unwrap(), Tip { version: 2, last: Digest([7; 32]) })].into();
//! let tips = Tips { origin: "example.org/ledger".into(), size: 9, root: Digest([1; 32]), streams };
//! assert!(tips.text().starts_with("interlocal tips 1\nexample.org/ledger\n9\n0101"));
//! assert!(tips.text().ends_with("\ncalendar 2 0707070707070707070707070707070707070707070707070707070707070707\n"));
//! ```
//!
//! It proves nothing by itself: `interlocal verify` does, with a key that came by another way.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::digest::Digest;
use crate::id::CaseId;
use crate::stream::Stream;

/// What the `format` of a [`Bundle`] says.
pub const BUNDLE: &str = "interlocal bundle 1";
/// What the `format` of a [`LedgerHead`] says.
pub const LEDGER: &str = "interlocal ledger 1";

/// All an outsider needs to verify one case offline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// The agreement, once a text is frozen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Agreed>,
    /// The case.
    pub case: CaseId,
    /// A C2SP tlog-checkpoint, signed with `key` and nothing else.
    pub checkpoint: String,
    /// Entries in the order of the ledger.
    pub entries: Vec<Proved>,
    /// [`BUNDLE`].
    pub format: String,
    /// Who claims to have signed: a verifier key of C2SP signed-note. Whether it is the ledger's must be known from elsewhere.
    pub key: String,
    /// Acts of sealed entries that this reader may open, by commitment.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub opened: BTreeMap<Digest, Opened>,
    /// Free texts that this reader may see, by commitment.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub remarks: BTreeMap<Digest, Opened>,
    /// Size of the tree that the checkpoint is over.
    pub size: u64,
    /// [`Tips::text`] of exactly the streams that have an entry here, as a note signed with `key`.
    pub tips: String,
}

/// An entry and its place in the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proved {
    /// The exact bytes that were hashed: canonical JSON of an [`Entry`](crate::entry::Entry).
    pub entry: String,
    /// Inclusion proof (RFC 9162, section 2.1.3) in the tree of the bundle's size, from the leaf upwards.
    pub proof: Vec<Digest>,
}

/// What a commitment is to: SHA-256(salt ‖ text).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// 32 random bytes, hexadecimal.
    pub salt: Digest,
    /// A remark as it was written, or the canonical JSON of an [`Act`](crate::entry::Act).
    pub text: String,
}

impl Opened {
    /// The commitment it fits.
    #[must_use]
    pub fn commitment(&self) -> Digest {
        Digest::commitment(&self.salt.0, self.text.as_bytes())
    }
}

/// The agreement as a document and as texts for people. All three are made from the entries alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Agreed {
    /// The document. It governs.
    pub document: Value,
    /// In English, Markdown.
    pub text_en: String,
    /// In Korean, Markdown.
    pub text_ko: String,
}

/// One page of a bundle as the ledger hands it out. All pages of a bundle are under one checkpoint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The case.
    pub case: CaseId,
    /// As in the bundle.
    pub checkpoint: String,
    /// The entries of this page.
    pub entries: Vec<Proved>,
    /// As in the bundle.
    pub key: String,
    /// Whether there is another page.
    pub more: bool,
    /// Acts of sealed entries of this page.
    #[serde(default)]
    pub opened: BTreeMap<Digest, Opened>,
    /// Remarks in entries of this page.
    #[serde(default)]
    pub remarks: BTreeMap<Digest, Opened>,
    /// Size of the tree.
    pub size: u64,
    /// As in the bundle: over all its streams, not only those of this page.
    pub tips: String,
}

impl Part {
    /// This page and the next one as one. None when they are not pages of one bundle.
    #[must_use]
    pub fn join(mut self, next: Self) -> Option<Self> {
        let one = |part: &Self| (part.case, part.size, part.checkpoint.clone(), part.key.clone(), part.tips.clone());
        if !self.more || one(&self) != one(&next) {
            return None;
        }
        self.entries.extend(next.entries);
        self.opened.extend(next.opened);
        self.remarks.extend(next.remarks);
        self.more = next.more;
        Some(self)
    }
}

/// Where streams end under a checkpoint. Signed by the ledger, because a proof of inclusion cannot show that nothing came after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tips {
    /// Origin of the checkpoint: the ledger's name.
    pub origin: String,
    /// Size of the tree.
    pub size: u64,
    /// Root of the tree.
    pub root: Digest,
    /// The last entries.
    pub streams: BTreeMap<Stream, Tip>,
}

/// The last entry of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tip {
    /// Its version.
    pub version: u64,
    /// Digest of its bytes, as the `prev` of the next one would say.
    pub last: Digest,
}

impl Tips {
    /// What a signed note over them says. Its first line is nobody's origin, so it cannot be taken for a checkpoint.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("interlocal tips 1\n{}\n{}\n{}\n", self.origin, self.size, self.root);
        for (stream, Tip { version, last }) in &self.streams {
            let _ = writeln!(text, "{stream} {version} {last}");
        }
        text
    }
}

/// The first line of a whole ledger written out. Every line is canonical JSON; a [`LedgerLine`] follows for every entry under the checkpoint. There
/// are no proofs: the tree is built again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LedgerHead {
    /// A C2SP tlog-checkpoint, signed with `key` and nothing else.
    pub checkpoint: String,
    /// [`LEDGER`].
    pub format: String,
    /// As in a [`Bundle`].
    pub key: String,
    /// How many entries follow.
    pub size: u64,
}

/// A further line of a whole ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LedgerLine {
    /// The exact bytes that were hashed.
    pub entry: String,
    /// The act of a sealed entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<Opened>,
    /// Remarks in the entry, by commitment.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub remarks: BTreeMap<Digest, Opened>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(entry: &str, more: bool) -> Part {
        let opened = Opened { salt: Digest([3; 32]), text: entry.into() };
        Part {
            case: "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap(),
            checkpoint: "note".into(),
            entries: vec![Proved { entry: entry.into(), proof: Vec::new() }],
            key: "key".into(),
            more,
            opened: [(opened.commitment(), opened.clone())].into(),
            remarks: [(opened.commitment(), opened)].into(),
            size: 2,
            tips: "tips".into(),
        }
    }

    #[test]
    fn pages_of_one_bundle_join() {
        let whole = page("a", true).join(page("b", false)).unwrap();
        assert_eq!(whole.entries.iter().map(|e| e.entry.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((whole.opened.len(), whole.remarks.len(), whole.more), (2, 2, false));
    }

    #[test]
    fn pages_under_different_checkpoints_or_after_the_last_do_not() {
        assert_eq!(page("a", true).join(Part { size: 3, ..page("b", false) }), None);
        assert_eq!(page("a", false).join(page("b", false)), None);
    }
}
