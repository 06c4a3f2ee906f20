//! Tokens: short-lived JWTs (RFC 7519, hardened by RFC 8725) that say who asks. The gateway issues them for persons, each service for itself,
//! and every service verifies them again.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use lru::LruCache;
use proto::access::Asker;
use proto::actor::Service;
use proto::digest::Digest;
use proto::id::{GovernmentId, OfficialId};
use proto::wire::Failure;
use serde::{Deserialize, Serialize};

use crate::clock;

/// The `typ` of our tokens, so that no other JWT signed with the same key is taken for one (RFC 8725, section 3.11).
const TYP: &str = "interlocal-token+jwt";
/// The longest life of a token, in seconds.
const LONGEST_S: i64 = 300;
/// Clocks of two machines may differ by this much, in seconds.
const LEEWAY_S: u64 = 5;

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gov: Option<GovernmentId>,
    iat: i64,
    nbf: i64,
    exp: i64,
    jti: String,
}

/// Issues tokens with one service's key.
#[derive(Clone)]
pub struct Issuer {
    service: Service,
    audience: String,
    lifetime_s: i64,
    key: EncodingKey,
    secret: Digest,
}

impl Issuer {
    /// An issuer with the private key (PKCS#8 PEM, Ed25519) of a service.
    ///
    /// # Errors
    /// When the key file cannot be read or is no Ed25519 key.
    pub fn open(key: &Path, service: Service, audience: &str, lifetime_s: i64) -> anyhow::Result<Self> {
        let pem = std::fs::read(key).map_err(|e| anyhow::anyhow!("{}: {e}", key.display()))?;
        let key = EncodingKey::from_ed_pem(&pem)?;
        let secret = Digest::of_parts(&[b"interlocal secret of a service\0", &pem]);
        Ok(Self { service, audience: audience.to_owned(), lifetime_s: lifetime_s.min(LONGEST_S), key, secret })
    }

    /// A secret that all processes of this service share and nobody else has: for marks that only they make and check.
    #[must_use]
    pub fn secret(&self) -> &[u8; 32] {
        &self.secret.0
    }

    /// A token for a person who has signed in for a body, and its life in seconds. Only the gateway's are believed.
    ///
    /// # Errors
    /// When signing fails.
    pub fn person(&self, official: &OfficialId, government: &GovernmentId) -> anyhow::Result<(String, i64)> {
        Ok((self.issue(format!("official:{official}"), Some(government.clone()))?, self.lifetime_s))
    }

    /// A token for the service itself.
    ///
    /// # Errors
    /// When signing fails.
    pub fn own(&self) -> anyhow::Result<String> {
        self.issue(format!("service:{}", self.service.name()), None)
    }

    fn issue(&self, sub: String, gov: Option<GovernmentId>) -> anyhow::Result<String> {
        let now = clock::wall().as_second();
        let claims = Claims {
            iss: self.service.name().to_owned(),
            aud: self.audience.clone(),
            sub,
            gov,
            iat: now,
            nbf: now,
            exp: now + self.lifetime_s,
            jti: clock::uuid().to_string(),
        };
        let header = Header { typ: Some(TYP.to_owned()), ..Header::new(Algorithm::EdDSA) };
        Ok(jsonwebtoken::encode(&header, &claims, &self.key)?)
    }
}

/// Verifies tokens against the pinned public keys of the services, and remembers verified ones by their hash until they expire.
#[derive(Clone)]
pub struct Verifier {
    audience: String,
    keys: Arc<HashMap<String, DecodingKey>>,
    remembered: Arc<Mutex<LruCache<Digest, (Asker, i64)>>>,
}

impl Verifier {
    /// A verifier with the public keys (`<service>.pub`, SubjectPublicKeyInfo PEM) of a folder.
    ///
    /// # Errors
    /// When the gateway's key is missing or a file is no Ed25519 key.
    pub fn open(folder: &Path, audience: &str) -> anyhow::Result<Self> {
        let mut keys = HashMap::new();
        for service in Service::ALL {
            let file = folder.join(format!("{}.pub", service.name()));
            if let Ok(pem) = std::fs::read(&file) {
                let key = DecodingKey::from_ed_pem(&pem).map_err(|e| anyhow::anyhow!("{}: {e}", file.display()))?;
                keys.insert(service.name().to_owned(), key);
            }
        }
        anyhow::ensure!(keys.contains_key(Service::Gateway.name()), "{}: no gateway.pub", folder.display());
        let capacity = NonZeroUsize::new(16_384).unwrap_or(NonZeroUsize::MIN);
        Ok(Self { audience: audience.to_owned(), keys: Arc::new(keys), remembered: Arc::new(Mutex::new(LruCache::new(capacity))) })
    }

    /// Who asks, if the token holds.
    ///
    /// # Errors
    /// [`Failure::Unauthenticated`] with the reason. Every denial is logged.
    pub fn verify(&self, token: &str) -> Result<Asker, Failure> {
        let hash = Digest::of(token.as_bytes());
        let now = clock::wall().as_second();
        let mut remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((asker, exp)) = remembered.get(&hash)
            && now < *exp
        {
            return Ok(asker.clone());
        }
        drop(remembered);
        let (asker, exp) = self.check(token).map_err(|why| {
            tracing::warn!(reason = %why, "token.denied");
            Failure::Unauthenticated { why }
        })?;
        remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        remembered.put(hash, (asker.clone(), exp));
        Ok(asker)
    }

    fn check(&self, token: &str) -> Result<(Asker, i64), String> {
        let unreadable = |e: jsonwebtoken::errors::Error| format!("the token does not hold: {e}");
        let header = jsonwebtoken::decode_header(token).map_err(unreadable)?;
        if header.alg != Algorithm::EdDSA || header.typ.as_deref() != Some(TYP) {
            return Err("the token is of another type or algorithm".to_owned());
        }
        // The issuer picks among pinned keys; it is believed only after the signature by that very key has been checked.
        let claimed: Claims = jsonwebtoken::dangerous::insecure_decode_claims(token).map_err(unreadable)?;
        let key = self.keys.get(&claimed.iss).ok_or("the token's issuer is not known")?;
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.leeway = LEEWAY_S;
        validation.validate_nbf = true;
        validation.set_audience(&[&self.audience]);
        validation.set_issuer(&[&claimed.iss]);
        validation.set_required_spec_claims(&["exp", "nbf", "aud", "iss", "sub"]);
        let claims = jsonwebtoken::decode::<Claims>(token, key, &validation).map_err(unreadable)?.claims;
        if claims.exp.saturating_sub(claims.nbf) > LONGEST_S || claims.jti.is_empty() {
            return Err("the token lives too long or has no id".to_owned());
        }
        Ok((asker(&claims)?, claims.exp))
    }
}

fn asker(claims: &Claims) -> Result<Asker, String> {
    match (claims.sub.split_once(':'), &claims.gov) {
        (Some(("official", id)), Some(government)) if claims.iss == Service::Gateway.name() => {
            let official = id.parse().map_err(|_| "the token names no official".to_owned())?;
            Ok(Asker::Person { official, government: government.clone() })
        }
        (Some(("service", name)), None) if claims.iss == name => {
            Service::named(name).map(Asker::Service).ok_or_else(|| "the token names no service".to_owned())
        }
        _ => Err("the token's subject does not fit its issuer".to_owned()),
    }
}
