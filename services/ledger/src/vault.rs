//! The vault: bodies of sealed entries and texts of remarks, each encrypted under the key of its subject. A subject is a stream: an official's
//! stream holds the name, a party's own stream its drafts. Keys lie under the operator's master key; destroying one erases all it encrypted, also
//! in backups, and every commitment in the ledger stays valid.
//!
//! This protects against other parties and against whoever holds a copy of the database, not against the operator, who has the master key.

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use proto::digest::Digest;
use proto::remark::Disclosure;
use proto::stream::Stream;
use proto::wire::Held;
use runtime::clock;

const NONCE: usize = 24;
const SALT: usize = 32;

/// What is in a vault row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The act of a sealed entry.
    Act,
    /// The text of a remark.
    Remark,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Act => "act",
            Self::Remark => "remark",
        }
    }
}

/// Something on its way to the vault.
#[derive(Debug, Clone)]
pub(crate) struct Secret {
    pub(crate) commitment: Digest,
    pub(crate) stream: Stream,
    pub(crate) kind: Kind,
    pub(crate) disclosure: Disclosure,
    /// Salt and text: what the commitment is the digest of.
    pub(crate) plain: Vec<u8>,
}

impl Secret {
    pub(crate) fn remark(stream: &Stream, held: &Held) -> Self {
        let plain = [&held.salt.0, held.text.as_bytes()].concat();
        Self { commitment: held.commitment, stream: stream.clone(), kind: Kind::Remark, disclosure: held.disclosure, plain }
    }
}

/// Nonce and ciphertext.
pub(crate) struct Locked {
    pub(crate) nonce: Vec<u8>,
    pub(crate) ciphertext: Vec<u8>,
}

/// What was committed to: the salt and the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// 32 random bytes.
    pub salt: [u8; 32],
    /// The canonical JSON of an act, or a remark as it was written.
    pub text: String,
}

/// A symmetric key: the operator's master key, or a subject's under it.
#[derive(Clone)]
pub(crate) struct Key(XChaCha20Poly1305);

impl Key {
    pub(crate) fn new(bytes: &[u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(bytes.into()))
    }

    /// Encrypts. `bound` is not hidden, but must be the same when it is decrypted: a row moved elsewhere does not open.
    pub(crate) fn lock(&self, plain: &[u8], bound: &[u8]) -> anyhow::Result<Locked> {
        let random = clock::random32();
        let (nonce, _) = random.split_at(NONCE);
        let nonce = XNonce::try_from(nonce)?;
        let ciphertext = self.0.encrypt(&nonce, Payload { msg: plain, aad: bound }).map_err(|_| anyhow::anyhow!("too long to encrypt"))?;
        Ok(Locked { nonce: nonce.to_vec(), ciphertext })
    }

    /// Decrypts.
    pub(crate) fn unlock(&self, locked: &Locked, bound: &[u8]) -> anyhow::Result<Vec<u8>> {
        let nonce = XNonce::try_from(locked.nonce.as_slice())?;
        let payload = Payload { msg: &locked.ciphertext, aad: bound };
        self.0.decrypt(&nonce, payload).map_err(|_| anyhow::anyhow!("this does not open: another key, or altered"))
    }
}

/// A subject's key with its name.
#[derive(Clone)]
pub(crate) struct SubjectKey {
    pub(crate) id: [u8; 16],
    pub(crate) key: Key,
}

impl SubjectKey {
    /// A new key, and how it is kept under the master key.
    pub(crate) fn make(master: &Key, subject: &Stream) -> anyhow::Result<(Self, Locked)> {
        let (id, bytes) = (*clock::uuid().as_bytes(), clock::random32());
        let wrapped = master.lock(&bytes, &bound(&id, subject))?;
        Ok((Self { id, key: Key::new(&bytes) }, wrapped))
    }

    /// A key as it is kept.
    pub(crate) fn unwrap(master: &Key, subject: &Stream, id: [u8; 16], wrapped: &Locked) -> anyhow::Result<Self> {
        let bytes = master.unlock(wrapped, &bound(&id, subject))?;
        let bytes = <[u8; 32]>::try_from(bytes).map_err(|_| anyhow::anyhow!("a key has 32 bytes"))?;
        Ok(Self { id, key: Key::new(&bytes) })
    }

    pub(crate) fn lock(&self, secret: &Secret) -> anyhow::Result<Locked> {
        self.key.lock(&secret.plain, &secret.commitment.0)
    }

    /// Opens what was committed to, and checks that it was.
    pub(crate) fn open(&self, commitment: Digest, locked: &Locked) -> anyhow::Result<Opened> {
        let plain = self.key.unlock(locked, &commitment.0)?;
        let (salt, text) = plain.split_first_chunk::<SALT>().ok_or_else(|| anyhow::anyhow!("no salt"))?;
        anyhow::ensure!(Digest::commitment(salt, text) == commitment, "the vault does not hold what was committed to");
        Ok(Opened { salt: *salt, text: String::from_utf8(text.to_vec())? })
    }
}

fn bound(id: &[u8], subject: &Stream) -> Vec<u8> {
    [id, subject.to_string().as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret {
        let salt = [9; 32];
        let commitment = Digest::commitment(&salt, text.as_bytes());
        let plain = [&salt, text.as_bytes()].concat();
        Secret { commitment, stream: Stream::Calendar, kind: Kind::Act, disclosure: Disclosure::Own, plain }
    }

    #[test]
    fn what_is_locked_opens_only_with_its_key_and_in_its_place() {
        let master = Key::new(&[1; 32]);
        let (key, wrapped) = SubjectKey::make(&master, &Stream::Calendar).unwrap();
        let secret = secret("up to 40 %");
        let locked = key.lock(&secret).unwrap();
        assert!(!locked.ciphertext.windows(4).any(|part| part == b"40 %"));

        let again = SubjectKey::unwrap(&master, &Stream::Calendar, key.id, &wrapped).unwrap();
        let opened = again.open(secret.commitment, &locked).unwrap();
        assert_eq!(opened, Opened { salt: [9; 32], text: "up to 40 %".to_owned() });

        assert!(again.open(Digest::of(b"other"), &locked).is_err());
        assert!(SubjectKey::unwrap(&Key::new(&[2; 32]), &Stream::Calendar, key.id, &wrapped).is_err());
        let other = "government/seoul".parse().unwrap();
        assert!(SubjectKey::unwrap(&master, &other, key.id, &wrapped).is_err());
    }
}
