//! Marks that only the gateway makes: on what it hands to a browser and must recognise when it comes back. Every gateway process with the same key
//! file makes the same marks.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::Sha256;

/// Makes and checks marks (HMAC-SHA-256).
#[derive(Clone)]
pub struct Seal {
    secret: [u8; 32],
}

impl Seal {
    /// Marks with this secret.
    #[must_use]
    pub fn new(secret: &[u8; 32]) -> Self {
        Self { secret: *secret }
    }

    /// The mark on a text for a purpose. A mark for one purpose holds for no other.
    #[must_use]
    pub fn mark(&self, purpose: &str, text: &str) -> String {
        self.state(purpose, text).map(|mac| BASE64URL.encode(mac.finalize().into_bytes())).unwrap_or_default()
    }

    /// Whether a mark is ours; compared in constant time.
    #[must_use]
    pub fn holds(&self, purpose: &str, text: &str, mark: &str) -> bool {
        let (Some(mac), Ok(mark)) = (self.state(purpose, text), BASE64URL.decode(mark)) else { return false };
        mac.verify_slice(&mark).is_ok()
    }

    /// Something as a browser keeps it for us: its text, a dot, and the mark on it. Whoever has it can read it and not change it.
    #[must_use]
    pub fn wrap(&self, purpose: &str, what: &impl Serialize) -> Option<String> {
        let text = BASE64URL.encode(serde_json::to_vec(what).ok()?);
        let mark = self.mark(purpose, &text);
        Some(format!("{text}.{mark}"))
    }

    /// What was wrapped so; none if the mark is not ours.
    #[must_use]
    pub fn unwrap<T: DeserializeOwned>(&self, purpose: &str, wrapped: &str) -> Option<T> {
        let (text, mark) = wrapped.split_once('.')?;
        let ours = self.holds(purpose, text, mark);
        ours.then(|| serde_json::from_slice(&BASE64URL.decode(text).ok()?).ok()).flatten()
    }

    fn state(&self, purpose: &str, text: &str) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.secret).ok()?;
        mac.update(purpose.as_bytes());
        mac.update(b"\0");
        mac.update(text.as_bytes());
        Some(mac)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_holds_for_its_text_its_purpose_and_its_secret_only() {
        let seal = Seal::new(&[7; 32]);
        let mark = seal.mark("session", "seoul");
        assert!(seal.holds("session", "seoul", &mark));
        assert!(!seal.holds("form", "seoul", &mark) && !seal.holds("session", "guro", &mark) && !seal.holds("session", "seoul", ""));
        assert!(!Seal::new(&[8; 32]).holds("session", "seoul", &mark));
    }

    #[test]
    fn what_is_wrapped_comes_back_for_the_same_purpose_only() {
        let seal = Seal::new(&[7; 32]);
        let wrapped = seal.wrap("flow", &("seoul", 3)).unwrap();
        assert_eq!(seal.unwrap("flow", &wrapped), Some(("seoul".to_owned(), 3)));
        assert_eq!(seal.unwrap::<(String, u8)>("session", &wrapped), None);
        assert_eq!(seal.unwrap::<(String, u8)>("flow", &wrapped.replacen('.', "x.", 1)), None);
    }
}
