//! Keys of the platform itself: one Ed25519 key per service for tokens, one NATS nkey per service for the bus. Officials' signing keys never come
//! here.
//!
//! In the folder: `<service>.pem` (private, mode 0600), `<service>.pub`, `<service>.nk` (nkey seed, mode 0600), `<service>.nk.pub`. A process
//! needs the private files of the services it runs and all public ones.

use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::spki::EncodePublicKey as _;
use ed25519_dalek::pkcs8::{EncodePrivateKey as _, spki::der::pem::LineEnding};
use proto::actor::Service;

use crate::clock;

/// Makes the keys that are missing. Keys that are there stay as they are.
///
/// # Errors
/// When the folder cannot be written.
pub fn ensure(folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    for service in Service::ALL {
        let name = service.name();
        if !folder.join(format!("{name}.pub")).exists() {
            let key = SigningKey::from_bytes(&clock::random32());
            private(&folder.join(format!("{name}.pem")), key.to_pkcs8_pem(LineEnding::LF)?.as_bytes())?;
            public(&folder.join(format!("{name}.pub")), &key.verifying_key().to_public_key_pem(LineEnding::LF)?)?;
        }
        if !folder.join(format!("{name}.nk.pub")).exists() {
            let pair = nkeys::KeyPair::new_from_raw(nkeys::KeyPairType::User, clock::random32())?;
            private(&folder.join(format!("{name}.nk")), pair.seed()?.as_bytes())?;
            public(&folder.join(format!("{name}.nk.pub")), &pair.public_key())?;
        }
    }
    Ok(())
}

/// Writes a file that only its owner may read.
///
/// # Errors
/// When it exists or cannot be written.
pub fn private(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(file).with_context(|| file.display().to_string())?;
    file.write_all(bytes)?;
    Ok(file.sync_all()?)
}

fn public(file: &Path, text: &str) -> anyhow::Result<()> {
    std::fs::write(file, text).with_context(|| file.display().to_string())
}

#[cfg(test)]
mod tests {
    use proto::access::Asker;

    use super::*;
    use crate::token::{Issuer, Verifier};

    #[test]
    fn a_token_made_with_these_keys_is_believed_and_no_other() {
        let dir = std::env::temp_dir().join(format!("interlocal-keys-{}", clock::uuid()));
        ensure(&dir).unwrap();
        let verifier = Verifier::open(&dir, "il").unwrap();
        let open = |service: Service, audience| Issuer::open(&dir.join(format!("{}.pem", service.name())), service, audience, 300).unwrap();
        let (kim, seoul) = ("kim".parse().unwrap(), "seoul".parse().unwrap());

        let (token, _) = open(Service::Gateway, "il").person(&kim, &seoul).unwrap();
        let person = Asker::Person { official: kim.clone(), government: seoul.clone() };
        assert_eq!(verifier.verify(&token), Ok(person.clone()));
        assert_eq!(verifier.verify(&token), Ok(person), "a remembered token");
        assert_eq!(verifier.verify(&open(Service::Signing, "il").own().unwrap()), Ok(Asker::Service(Service::Signing)));

        let other_service = open(Service::Signing, "il").person(&kim, &seoul).unwrap().0;
        let other_audience = open(Service::Gateway, "elsewhere").person(&kim, &seoul).unwrap().0;
        // The last character of the signature says less than six bits, the first one all of its own.
        let (said, signature) = token.rsplit_once('.').unwrap();
        let altered = format!("{said}.{}{}", if signature.starts_with('A') { 'B' } else { 'A' }, &signature[1..]);
        for bad in [other_service.as_str(), &other_audience, &altered, "", "a.b.c"] {
            assert!(verifier.verify(bad).is_err(), "{bad}");
        }
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
