//! Signed notes (C2SP signed-note) under one key. Stricter than the format asks: whatever could be written in two ways is refused, so that no byte
//! of a bundle can be changed unseen.

use signed_note::{Note, Signature, StandardVerifier, Verifier as _, VerifierList};
use tlog_tiles::{Checkpoint, Hash};

use crate::fault::Fault;

/// The key under which a ledger signs.
pub(crate) struct Key {
    name: String,
    verifier: StandardVerifier,
}

impl Key {
    /// Reads a verifier key.
    pub(crate) fn new(text: &str) -> Result<Self, Fault> {
        let verifier = StandardVerifier::new(text).map_err(|_| Fault::BadKey)?;
        // Hexadecimal digits could be written in capitals.
        let mut parts = text.splitn(3, '+');
        let name = parts.next().unwrap_or_default().to_owned();
        let same = parts.next() == Some(format!("{:08x}", verifier.key_id()).as_str());
        if same { Ok(Self { name, verifier }) } else { Err(Fault::BadKey) }
    }

    /// The ledger's name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The text of a note that bears this key's signature and no other.
    pub(crate) fn open(&self, note: &str) -> Result<Vec<u8>, Fault> {
        let read = Note::from_bytes(note.as_bytes()).map_err(|_| Fault::BadNote)?;
        let known = VerifierList::new(vec![Box::new(self.verifier.clone())]);
        let (signed, unknown): (Vec<Signature>, Vec<Signature>) = read.verify(&known).map_err(|_| Fault::BadNote)?;
        let alone = signed.len() == 1 && unknown.is_empty() && read.to_bytes() == note.as_bytes();
        if alone { Ok(read.text().to_vec()) } else { Err(Fault::BadNote) }
    }

    /// The checkpoint in a note of this ledger.
    pub(crate) fn checkpoint(&self, note: &str) -> Result<Checkpoint, Fault> {
        let text = self.open(note)?;
        let checkpoint = Checkpoint::from_bytes(&text).map_err(|_| Fault::BadNote)?;
        if checkpoint.to_bytes() != text {
            return Err(Fault::BadNote);
        }
        if checkpoint.origin() != self.name {
            return Err(Fault::OtherOrigin { found: checkpoint.origin().to_owned() });
        }
        Ok(checkpoint)
    }
}

/// The root of the tree over leaves that come one after the other (RFC 9162, section 2.1.1).
#[derive(Default)]
pub(crate) struct Tree {
    size: u64,
    /// Roots of full subtrees, the largest first.
    roots: Vec<Hash>,
}

impl Tree {
    pub(crate) fn push(&mut self, leaf: Hash) {
        self.roots.push(leaf);
        self.size += 1;
        // Every trailing zero of the size is a pair of subtrees of the same height.
        for _ in 0..self.size.trailing_zeros() {
            if let (Some(right), Some(left)) = (self.roots.pop(), self.roots.pop()) {
                self.roots.push(tlog_tiles::node_hash(left, right));
            }
        }
    }

    pub(crate) fn root(&self) -> Option<Hash> {
        self.roots.iter().rev().copied().reduce(|right, left| tlog_tiles::node_hash(left, right))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_grown_leaf_by_leaf_is_the_tree_of_the_specification() {
        fn specified(leaves: &[Hash]) -> Hash {
            if let [leaf] = leaves {
                return *leaf;
            }
            let split = leaves.len().next_power_of_two() / 2;
            tlog_tiles::node_hash(specified(&leaves[..split]), specified(&leaves[split..]))
        }
        let leaves: Vec<Hash> = (0..70_u8).map(|n| tlog_tiles::record_hash(&[n])).collect();
        let mut tree = Tree::default();
        for (nth, leaf) in leaves.iter().enumerate() {
            tree.push(*leaf);
            assert_eq!(tree.root(), Some(specified(&leaves[..=nth])), "{nth}");
        }
    }

    #[test]
    fn the_published_vectors_of_rfc_6962_come_out() {
        // Certificate Transparency's reference tests: eight leaves and the roots of their prefixes.
        let leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        let mut tree = Tree::default();
        for (leaf, root) in leaves.iter().zip(roots) {
            tree.push(tlog_tiles::record_hash(&hex(leaf)));
            assert_eq!(tree.root().map(|root| proto::digest::Digest(root.0).to_string()), Some(root.to_owned()));
        }
    }

    fn hex(text: &str) -> Vec<u8> {
        (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
    }

    /// The key of the Go checksum database, as published with Go.
    const KEY: &str = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

    #[test]
    fn a_key_is_read_in_one_way_only() {
        assert_eq!(Key::new(KEY).map(|key| key.name().to_owned()), Ok("sum.golang.org".to_owned()));
        for other in
            [KEY.replace("033de0ae", "033DE0AE"), KEY.replace("033de0ae", "033de0af"), KEY.replace("Ac4z", "Ac4y"), "key".to_owned()]
        {
            assert_eq!(Key::new(&other).err(), Some(Fault::BadKey), "{other}");
        }
    }
}
