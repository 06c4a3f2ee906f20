//! Sign-in by OpenID Connect: with any provider, by authorization code with PKCE. What a provider says is believed only of its ID token, after the
//! signature, the issuer, the audience, the time and the nonce have been checked; which official that is, a claim says.
//!
//! It asks for nothing but who somebody is: the provider's access token is thrown away, and what they may do stands in the register.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL;
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreErrorResponseType, CoreIdToken, CoreJwsSigningAlgorithm,
};
use openidconnect::url::{Host, Url};
use openidconnect::{
    AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    IssuerUrl, LanguageTag, LogoutRequest, Nonce, PkceCodeChallenge, PkceCodeVerifier, PostLogoutRedirectUrl, ProviderMetadataWithLogout,
    RedirectUrl, RequestTokenError, Scope, TokenResponse as _,
};
use proto::id::OfficialId;
use runtime::config::{self, Settings};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tokio::sync::Mutex;

use crate::problem::Language;

mod client;

use client::Http;

/// For so long the provider's description and keys are taken as they were.
const FRESH: Duration = Duration::from_secs(600);
/// So soon a provider that did not answer is asked again, and one whose keys did not fit.
const AGAIN: Duration = Duration::from_secs(3);

/// Where the provider sends people back to.
pub const CALLBACK: &str = "/sign-in/callback";
/// And where after they have signed out there.
pub const SIGNED_OUT: &str = "/sign-in";

/// Why nobody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The person called it off, or the provider did.
    Cancelled,
    /// It was begun too long ago or in another browser, or this answer has been used.
    Stale,
    /// What came is not what the provider says to us.
    Untrusted,
    /// The provider does not answer, or not as it should.
    Unreachable,
    /// The provider knows them, we do not: the claim's value.
    Unknown(String),
    /// They hold no appointment today.
    NoAppointment(OfficialId),
}

/// What the browser keeps while somebody is at the provider.
#[derive(Debug, Serialize, Deserialize)]
pub struct Flow {
    state: String,
    nonce: String,
    verifier: String,
    /// Where they wanted to go.
    pub next: String,
}

/// What comes back with the person.
#[derive(Debug, Default, Deserialize)]
pub struct Answer {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

/// Whom the provider vouches for.
#[derive(Debug)]
pub struct Vouched {
    /// Who.
    pub official: OfficialId,
    /// The ID token as it came: the provider wants to see it again when they sign out.
    pub hint: String,
}

type Found = Arc<ProviderMetadataWithLogout>;
type Client = CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// A provider, as it is set.
pub struct Oidc {
    issuer: IssuerUrl,
    client: ClientId,
    secret: Option<ClientSecret>,
    scopes: Vec<Scope>,
    claim: String,
    officials: Option<BTreeMap<String, OfficialId>>,
    callback: RedirectUrl,
    signed_out: PostLogoutRedirectUrl,
    http: Http,
    /// What the provider says of itself, and since when; none where it did not answer.
    found: Mutex<Option<(Instant, Option<Found>)>>,
}

impl Oidc {
    /// The provider of the settings; none if none is set. It need not answer yet.
    ///
    /// # Errors
    /// Names the setting that does not do.
    pub fn open(settings: &Settings) -> anyhow::Result<Option<Self>> {
        let config::Oidc { issuer, client_id, scopes, claim, .. } = &settings.oidc;
        if issuer.is_empty() {
            return Ok(None);
        }
        let issuer = IssuerUrl::new(issuer.clone()).with_context(|| format!("[oidc] issuer = \"{issuer}\""))?;
        ensure!(is_protected(issuer.url()), "[oidc] issuer must begin with https://, except on this very machine");
        ensure!(!client_id.is_empty(), "[oidc] client_id is missing");
        ensure!(!claim.is_empty(), "[oidc] claim is missing");
        let origin = &settings.http.origin;
        ensure!(!origin.is_empty(), "[oidc] wants [http] origin: the provider sends people back there");
        let here = |path: &str| format!("{origin}{path}");
        Ok(Some(Self {
            issuer,
            client: ClientId::new(client_id.clone()),
            secret: secret(&settings.oidc)?,
            scopes: scopes.split_whitespace().filter(|scope| *scope != "openid").map(|scope| Scope::new(scope.to_owned())).collect(),
            claim: claim.clone(),
            officials: officials(&settings.oidc)?,
            callback: RedirectUrl::new(here(CALLBACK)).context("[http] origin")?,
            signed_out: PostLogoutRedirectUrl::new(here(SIGNED_OUT)).context("[http] origin")?,
            http: Http::new()?,
            found: Mutex::default(),
        }))
    }

    /// Where to send somebody who wants to sign in, and what their browser is to keep meanwhile.
    ///
    /// # Errors
    /// When the provider does not answer.
    pub async fn begin(&self, next: &str, language: Language) -> Result<(Url, Flow), Trouble> {
        let client = self.client(&*self.found(FRESH).await?);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let asked = client.authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random);
        let asked = asked.add_scopes(self.scopes.iter().cloned()).add_ui_locale(LanguageTag::new(language.tag().to_owned()));
        let (place, state, nonce) = asked.set_pkce_challenge(challenge).url();
        let flow =
            Flow { state: state.into_secret(), nonce: nonce.secret().clone(), verifier: verifier.into_secret(), next: next.to_owned() };
        Ok((place, flow))
    }

    /// Who came back.
    ///
    /// # Errors
    /// Why nobody is signed in.
    pub async fn finish(&self, flow: &Flow, answer: Answer) -> Result<Vouched, Trouble> {
        // Compared as secrets are (by hash).
        if CsrfToken::new(answer.state.unwrap_or_default()) != CsrfToken::new(flow.state.clone()) {
            return Err(Trouble::Stale);
        }
        // RFC 9207: another provider's answer must not be taken for this one's.
        if answer.iss.is_some_and(|issuer| issuer != *self.issuer) {
            tracing::warn!("oidc.other_issuer");
            return Err(Trouble::Untrusted);
        }
        let code = match (answer.error, answer.code) {
            (Some(error), _) => {
                tracing::info!(error = %error, "oidc.refused");
                return Err(refused(&error));
            }
            (None, Some(code)) => code,
            (None, None) => return Err(Trouble::Untrusted),
        };
        let token = self.exchange(code, flow).await?;
        self.check(&token, &Nonce::new(flow.nonce.clone())).await?;
        let hint = token.to_string();
        Ok(Vouched { official: self.official(&hint)?, hint })
    }

    async fn exchange(&self, code: String, flow: &Flow) -> Result<CoreIdToken, Trouble> {
        let client = self.client(&*self.found(FRESH).await?);
        let request = client.exchange_code(AuthorizationCode::new(code)).map_err(|_| Trouble::Unreachable)?;
        let request = request.set_pkce_verifier(PkceCodeVerifier::new(flow.verifier.clone()));
        match request.request_async(&self.http).await {
            Ok(answer) => answer.id_token().cloned().ok_or(Trouble::Untrusted),
            Err(RequestTokenError::ServerResponse(why)) => {
                tracing::warn!(error = ?why.error(), "oidc.code_refused");
                Err(if *why.error() == CoreErrorResponseType::InvalidGrant { Trouble::Stale } else { Trouble::Unreachable })
            }
            Err(RequestTokenError::Parse(error, _)) => {
                tracing::warn!(error = %error, "oidc.unreadable");
                Err(Trouble::Untrusted)
            }
            Err(error) => Err(unreachable(&error)),
        }
    }

    /// Checks an ID token; where no key fits the provider may have changed them, so they are read again.
    async fn check(&self, token: &CoreIdToken, nonce: &Nonce) -> Result<(), Trouble> {
        let first = self.verify(&*self.found(FRESH).await?, token, nonce);
        let checked = match first {
            Err(ClaimsVerificationError::SignatureVerification(_)) => self.verify(&*self.found(AGAIN).await?, token, nonce),
            first => first,
        };
        checked.map_err(|error| {
            tracing::warn!(error = %error, "oidc.untrusted");
            Trouble::Untrusted
        })
    }

    fn verify(&self, found: &ProviderMetadataWithLogout, token: &CoreIdToken, nonce: &Nonce) -> Result<(), ClaimsVerificationError> {
        use CoreJwsSigningAlgorithm as Alg;
        let client = self.client(found);
        // Signed with a private key of the provider's, never with a secret that is shared.
        let signed = found
            .id_token_signing_alg_values_supported()
            .iter()
            .filter(|alg| !matches!(alg, Alg::HmacSha256 | Alg::HmacSha384 | Alg::HmacSha512 | Alg::None));
        let verifier = client.id_token_verifier().set_allowed_algs(signed.cloned());
        token.claims(&verifier, nonce).map(drop)
    }

    /// The official that a token names. It has been checked before.
    fn official(&self, token: &str) -> Result<OfficialId, Trouble> {
        let claims: Option<Map<String, Value>> =
            token.split('.').nth(1).and_then(|claims| serde_json::from_slice(&BASE64URL.decode(claims).ok()?).ok());
        let claims = claims.ok_or(Trouble::Untrusted)?;
        let value = claims.get(&self.claim).and_then(Value::as_str).unwrap_or_default();
        let verified = self.claim != "email" || claims.get("email_verified").and_then(Value::as_bool).unwrap_or(false);
        let official = match &self.officials {
            Some(officials) => officials.get(value).cloned(),
            None => value.parse().ok(),
        };
        official.filter(|_| verified && !value.is_empty()).ok_or_else(|| Trouble::Unknown(value.to_owned()))
    }

    /// Where somebody goes to sign out at the provider too; none where it offers no such thing. `hint` is the ID token they came with.
    pub async fn end(&self, hint: &str) -> Option<Url> {
        let found = self.found(FRESH).await.ok()?;
        let place = found.additional_metadata().end_session_endpoint.clone()?;
        let token: CoreIdToken = hint.parse().ok()?;
        let request = LogoutRequest::from(place).set_id_token_hint(&token).set_client_id(self.client.clone());
        Some(request.set_post_logout_redirect_uri(self.signed_out.clone()).http_get_url())
    }

    fn client(&self, found: &ProviderMetadataWithLogout) -> Client {
        let client = CoreClient::from_provider_metadata(found.clone(), self.client.clone(), self.secret.clone());
        // Most take the secret in a header, which is what the standard assumes.
        let ways = found.token_endpoint_auth_methods_supported();
        let in_body = ways.is_some_and(|ways| !ways.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let client = client.set_redirect_uri(self.callback.clone());
        if in_body { client.set_auth_type(AuthType::RequestBody) } else { client }
    }

    /// What the provider says of itself, asked anew if that is older.
    async fn found(&self, fresh: Duration) -> Result<Found, Trouble> {
        let mut known = self.found.lock().await;
        if let Some((since, found)) = known.as_ref() {
            let fresh = if found.is_some() { fresh } else { AGAIN };
            if since.elapsed() < fresh {
                return found.clone().ok_or(Trouble::Unreachable);
            }
        }
        let found = ProviderMetadataWithLogout::discover_async(self.issuer.clone(), &self.http).await;
        let found = found.map(Arc::new).map_err(|error| unreachable(&error));
        *known = Some((Instant::now(), found.as_ref().ok().cloned()));
        found
    }
}

fn refused(error: &str) -> Trouble {
    match error {
        "server_error" | "temporarily_unavailable" => Trouble::Unreachable,
        "access_denied" | "login_required" | "interaction_required" | "consent_required" | "account_selection_required" => {
            Trouble::Cancelled
        }
        // How we ask does not suit the provider.
        _ => Trouble::Untrusted,
    }
}

fn unreachable(error: &dyn std::error::Error) -> Trouble {
    let why = error.source().map(ToString::to_string).unwrap_or_default();
    tracing::warn!(error = %error, why, "oidc.unreachable");
    Trouble::Unreachable
}

/// Nobody between us and the provider can read along or put in a word.
fn is_protected(place: &Url) -> bool {
    let own = match place.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    place.scheme() == "https" || (place.scheme() == "http" && own)
}

fn secret(settings: &config::Oidc) -> anyhow::Result<Option<ClientSecret>> {
    let file = &settings.client_secret_file;
    let secret = if file.is_empty() {
        settings.client_secret.clone()
    } else {
        fs::read_to_string(file).with_context(|| format!("[oidc] client_secret_file = \"{file}\""))?.trim().to_owned()
    };
    Ok((!secret.is_empty()).then(|| ClientSecret::new(secret)))
}

fn officials(settings: &config::Oidc) -> anyhow::Result<Option<BTreeMap<String, OfficialId>>> {
    let file = &settings.officials;
    if file.is_empty() {
        return Ok(None);
    }
    let named = || format!("[oidc] officials = \"{file}\"");
    let text = fs::read_to_string(file).with_context(named)?;
    toml::from_str(&text).map(Some).with_context(named)
}

#[cfg(test)]
mod tests;
