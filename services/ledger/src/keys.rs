//! The operator's two secrets: the seed that signs checkpoints, and the master key under which the vault's keys are kept. Both are files of 64
//! hexadecimal digits that only their owner may read.

use std::path::Path;

use anyhow::Context as _;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ed25519_dalek::SigningKey;
use proto::bundle::Tips;
use signed_note::{Note, Signer as _, StandardSigner, StandardVerifier, VerifierList};
use tlog_tiles::{Checkpoint, Hash};

use runtime::clock;

/// Ed25519 in the key encodings of C2SP signed-note.
const ED25519: u8 = 1;

/// Reads a secret. `may_make`: makes it if it is missing, which is right only while nothing was ever done with it.
pub(crate) fn secret(file: &Path, may_make: bool) -> anyhow::Result<[u8; 32]> {
    if may_make && !file.exists() {
        make(file)?;
    }
    let text = std::fs::read_to_string(file).with_context(|| format!("the secret in {} is needed", file.display()))?;
    let mut key = [0; 32];
    hex::decode_to_slice(text.trim(), &mut key).with_context(|| format!("{} must hold 64 hexadecimal digits", file.display()))?;
    Ok(key)
}

fn make(file: &Path) -> anyhow::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    let made = runtime::keys::private(file, hex::encode(clock::random32()).as_bytes());
    // Two processes that start together: the one that made the file decides for both.
    if file.exists() { Ok(()) } else { made }
}

/// Signs checkpoints in the name of the ledger and knows its own signature again.
pub(crate) struct Notary {
    signer: StandardSigner,
    verifying: String,
}

impl Notary {
    /// A notary of this name (C2SP: no spaces, no plus) with this Ed25519 seed.
    pub(crate) fn new(origin: &str, seed: &[u8; 32]) -> anyhow::Result<Self> {
        let mut public = vec![ED25519];
        public.extend(SigningKey::from_bytes(seed).verifying_key().to_bytes());
        let mut private = vec![ED25519];
        private.extend(seed);
        let id = signed_note::key_id(origin, &public);
        let signing = format!("PRIVATE+KEY+{origin}+{id:08x}+{}", BASE64_STANDARD.encode(private));
        let signer = StandardSigner::new(&signing).with_context(|| format!("`{origin}` cannot be the name of a ledger"))?;
        Ok(Self { signer, verifying: format!("{origin}+{id:08x}+{}", BASE64_STANDARD.encode(public)) })
    }

    /// The key by which anyone verifies checkpoints, in the text form of C2SP signed-note.
    pub(crate) fn verifying(&self) -> &str {
        &self.verifying
    }

    /// A checkpoint as a signed note.
    pub(crate) fn sign(&self, size: u64, root: Hash) -> anyhow::Result<String> {
        let checkpoint = Checkpoint::new(self.signer.name(), size, root, "").map_err(|e| anyhow::anyhow!("{e}"))?;
        let mut note = Note::new(&checkpoint.to_bytes(), &[])?;
        note.add_sigs(&[&self.signer])?;
        Ok(String::from_utf8(note.to_bytes())?)
    }

    /// Where streams end, as a signed note. What it says begins otherwise than any checkpoint.
    pub(crate) fn sign_tips(&self, tips: &Tips) -> anyhow::Result<String> {
        let mut note = Note::new(tips.text().as_bytes(), &[])?;
        note.add_sigs(&[&self.signer])?;
        Ok(String::from_utf8(note.to_bytes())?)
    }

    /// The checkpoint in a note that this ledger has signed.
    pub(crate) fn open(&self, note: &str) -> anyhow::Result<Checkpoint> {
        open_checkpoint(note, &self.verifying)
    }
}

/// The checkpoint in a note, if the holder of this key has signed it.
///
/// ```
/// let note = "example.org/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n\u{2014} example.org/log AAAAAAAA\n";
/// assert!(ledger::open_checkpoint(note, "example.org/log+00000000+AQ==").is_err());
/// ```
///
/// # Errors
/// When the note cannot be read, is signed by no such key, or names another ledger than the key does.
pub fn open_checkpoint(note: &str, verifying: &str) -> anyhow::Result<Checkpoint> {
    let known = VerifierList::new(vec![Box::new(StandardVerifier::new(verifying)?)]);
    let note = Note::from_bytes(note.as_bytes())?;
    note.verify(&known)?;
    let checkpoint = Checkpoint::from_bytes(note.text()).map_err(|e| anyhow::anyhow!("{e}"))?;
    let name = verifying.split('+').next().unwrap_or_default();
    anyhow::ensure!(checkpoint.origin() == name, "the checkpoint is of `{}`, the key is of `{name}`", checkpoint.origin());
    Ok(checkpoint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkpoint_is_known_again_and_an_altered_one_is_not() {
        let notary = Notary::new("interlocal.example/test", &[7; 32]).unwrap();
        let note = notary.sign(3, Hash([1; 32])).unwrap();
        let checkpoint = notary.open(&note).unwrap();
        assert_eq!((checkpoint.size(), checkpoint.hash()), (3, &Hash([1; 32])));
        assert!(notary.open(&note.replace("\n3\n", "\n4\n")).is_err());
        assert!(Notary::new("interlocal.example/test", &[8; 32]).unwrap().open(&note).is_err());
        assert!(Notary::new("a name with spaces", &[7; 32]).is_err());
    }

    #[test]
    fn a_missing_secret_is_made_only_where_nothing_depends_on_it() {
        let folder = std::env::temp_dir().join(format!("interlocal-secret-{}", clock::uuid()));
        let file = folder.join("a/seed");
        assert!(secret(&file, false).is_err());
        let made = secret(&file, true).unwrap();
        assert_eq!(secret(&file, false).unwrap(), made);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
