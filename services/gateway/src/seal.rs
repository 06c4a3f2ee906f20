//! Marks that only the gateway makes: on what it hands to a browser and must recognise when it comes back. Every gateway process with the same key
//! file makes the same marks.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL;
use hmac::{Hmac, KeyInit as _, Mac as _};
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
}
