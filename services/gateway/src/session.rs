//! Sign-ins of persons on the pages: a cookie that says who, marked by the gateway, that expires when nothing is done and in any case after some
//! hours. The short-lived tokens that services believe never reach a browser.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use axum::http::{HeaderMap, HeaderValue, header};
use lru::LruCache;
use proto::actor::Role;
use proto::id::{GovernmentId, OfficialId};
use proto::wire::Failure;
use runtime::clock;
use runtime::config::Settings;
use runtime::token::Issuer;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::seal::Seal;

/// A token is not used when it has fewer seconds left, so that it lives as long as what is asked with it.
const SOON_OVER_S: i64 = 30;
/// How long somebody may take to sign in at their provider.
const SIGNING_IN_S: i64 = 600;
/// Tokens kept for sessions at once.
const KEPT: NonZeroUsize = NonZeroUsize::new(16_384).unwrap();

/// A sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Its own name.
    pub id: String,
    /// Who.
    pub official: OfficialId,
    /// For which body.
    pub government: GovernmentId,
    /// In which roles, when the sign-in began: for the eye, no right rests on it.
    pub roles: Vec<Role>,
    /// The time zone of the body.
    pub zone: String,
    /// When it began, in seconds of wall time.
    pub since: i64,
    /// Until when it holds unless it is used.
    pub until: i64,
}

/// All sign-ins.
pub struct Sessions {
    seal: Seal,
    secure: bool,
    idle_s: i64,
    longest_s: i64,
    /// Sign-ins that were ended here before their time, until it has come. Another gateway process does not know of them.
    ended: Mutex<BTreeMap<String, i64>>,
    tokens: Mutex<LruCache<String, (String, i64)>>,
}

impl Sessions {
    /// Sign-ins marked with the gateway's secret.
    #[must_use]
    pub fn new(seal: Seal, settings: &Settings) -> Self {
        Self {
            seal,
            secure: settings.http.origin.starts_with("https://"),
            idle_s: i64::from(settings.session.idle_minutes) * 60,
            longest_s: i64::from(settings.session.longest_hours) * 3600,
            ended: Mutex::default(),
            tokens: Mutex::new(LruCache::new(KEPT)),
        }
    }

    /// A new sign-in.
    #[must_use]
    pub fn begin(&self, official: OfficialId, government: GovernmentId, roles: Vec<Role>, zone: String) -> Session {
        let now = clock::wall().as_second();
        let until = now + self.idle_s.min(self.longest_s);
        Session { id: clock::uuid().to_string(), official, government, roles, zone, since: now, until }
    }

    /// The sign-in that a request's cookie carries, if it holds.
    #[must_use]
    pub fn of(&self, headers: &HeaderMap) -> Option<Session> {
        let session: Session = self.seal.unwrap("session", cookie(headers, self.name())?)?;
        self.holds(&session).then_some(session)
    }

    /// Whether a sign-in is neither ended nor over.
    #[must_use]
    pub fn holds(&self, session: &Session) -> bool {
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner).contains_key(&session.id);
        !ended && clock::wall().as_second() < session.until
    }

    /// The sign-in prolonged because it was used; none while that would change little.
    #[must_use]
    pub fn prolonged(&self, session: &Session) -> Option<Session> {
        let until = (clock::wall().as_second() + self.idle_s).min(session.since + self.longest_s);
        (until - session.until > self.idle_s / 10).then(|| Session { until, ..session.clone() })
    }

    /// Ends a sign-in: its cookie is not taken again.
    pub fn end(&self, session: &Session) {
        let now = clock::wall().as_second();
        let mut ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        ended.retain(|_, until| *until > now);
        // A copy of the cookie may be a prolonged one.
        ended.insert(session.id.clone(), session.since + self.longest_s);
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner).pop(&session.id);
    }

    /// A token for what is asked in this sign-in.
    ///
    /// # Errors
    /// When none can be issued.
    pub fn token(&self, issuer: &Issuer, session: &Session) -> Result<String, Failure> {
        let now = clock::wall().as_second();
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((token, until)) = tokens.get(&session.id)
            && *until - now > SOON_OVER_S
        {
            return Ok(token.clone());
        }
        let answer = issuer.person(&session.official, &session.government);
        let (token, lifetime_s) = answer.map_err(|_| Failure::Unavailable { part: "gateway".into() })?;
        tokens.put(session.id.clone(), (token.clone(), now + lifetime_s));
        Ok(token)
    }

    /// The cookie that carries a sign-in.
    #[must_use]
    pub fn cookie(&self, session: &Session) -> Option<HeaderValue> {
        self.set(self.name(), &self.seal.wrap("session", session)?, session.until - clock::wall().as_second())
    }

    /// Whether an answer begins or ends a sign-in.
    #[must_use]
    pub fn is_set(&self, answer: &HeaderMap) -> bool {
        let mut names = answer.get_all(header::SET_COOKIE).iter().filter_map(|set| set.as_bytes().split(|byte| *byte == b'=').next());
        names.any(|name| name == self.name().as_bytes())
    }

    /// What takes the cookie away again.
    #[must_use]
    pub fn no_cookie(&self) -> Option<HeaderValue> {
        self.set(self.name(), "", 0)
    }

    /// A cookie that only this host gets back and no script reads.
    #[must_use]
    pub fn set(&self, name: &str, value: &str, seconds: i64) -> Option<HeaderValue> {
        self.set_at("/", name, value, seconds)
    }

    /// As [`set`](Self::set), for one path of this host only.
    #[must_use]
    pub fn set_at(&self, path: &str, name: &str, value: &str, seconds: i64) -> Option<HeaderValue> {
        let secure = if self.secure { "; Secure" } else { "" };
        HeaderValue::from_str(&format!("{name}={value}; Path={path}; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")).ok()
    }

    /// Something for this browser to keep for some minutes while somebody signs in.
    #[must_use]
    pub fn keep(&self, what: &str, kept: &impl Serialize) -> Option<HeaderValue> {
        let until = clock::wall().as_second() + SIGNING_IN_S;
        self.set(&self.kept_name(what), &self.seal.wrap(what, &(until, kept))?, SIGNING_IN_S)
    }

    /// What this browser kept so, if it is not too old.
    #[must_use]
    pub fn kept<T: DeserializeOwned>(&self, what: &str, headers: &HeaderMap) -> Option<T> {
        let (until, kept): (i64, T) = self.seal.unwrap(what, cookie(headers, &self.kept_name(what))?)?;
        (clock::wall().as_second() < until).then_some(kept)
    }

    /// What takes it away again.
    #[must_use]
    pub fn forget(&self, what: &str) -> Option<HeaderValue> {
        self.set(&self.kept_name(what), "", 0)
    }

    fn kept_name(&self, what: &str) -> String {
        format!("{}-{what}", self.name())
    }

    /// Browsers hold a cookie named `__Host-…` to: only with TLS, only for this very host.
    fn name(&self) -> &'static str {
        if self.secure { "__Host-interlocal" } else { "interlocal" }
    }

    /// A key for one act in this sign-in: a name nobody has used, marked for this sign-in.
    #[must_use]
    pub fn form_key(&self, session: &Session) -> String {
        let name = clock::uuid().simple().to_string();
        let mark = self.seal.mark("form", &format!("{} {name}", session.id));
        format!("{name}.{mark}")
    }

    /// A secret of one person acting for one body, the same in every sign-in: with it their browser locks what they have not sent yet, so that the next
    /// person at the same machine cannot read it.
    #[must_use]
    pub fn drafts(&self, session: &Session) -> String {
        self.seal.mark("drafts", &format!("{} {}", session.official, session.government))
    }

    /// Whether a form's key was made for this sign-in.
    #[must_use]
    pub fn made(&self, session: &Session, key: &str) -> bool {
        key.split_once('.').is_some_and(|(name, mark)| self.seal.holds("form", &format!("{} {name}", session.id), mark))
    }
}

/// The value of a cookie of a request.
#[must_use]
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split("; ")).find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sessions(origin: &str) -> Sessions {
        let mut settings = Settings::load(None).unwrap();
        origin.clone_into(&mut settings.http.origin);
        Sessions::new(Seal::new(&[1; 32]), &settings)
    }

    fn headers(set: &HeaderValue) -> HeaderMap {
        let pair = set.to_str().unwrap().split("; ").next().unwrap();
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(&format!("theme=dark; {pair}")).unwrap())])
    }

    fn begun(sessions: &Sessions) -> Session {
        sessions.begin("seoul-delegate".parse().unwrap(), "seoul".parse().unwrap(), vec![Role::Delegate], "Asia/Seoul".to_owned())
    }

    #[test]
    fn a_sign_in_holds_until_it_is_ended() {
        let sessions = sessions("");
        let session = begun(&sessions);
        let cookie = headers(&sessions.cookie(&session).unwrap());
        assert_eq!(sessions.of(&cookie), Some(session.clone()));
        let answer = |set: Option<HeaderValue>| HeaderMap::from_iter([(header::SET_COOKIE, set.unwrap())]);
        assert!(sessions.is_set(&answer(sessions.cookie(&session))) && sessions.is_set(&answer(sessions.no_cookie())));
        assert!(!sessions.is_set(&answer(sessions.set("seen-1", "x", 60))) && !sessions.is_set(&answer(sessions.keep("flow", &"x"))));
        sessions.end(&session);
        assert_eq!(sessions.of(&cookie), None);
    }

    #[test]
    fn a_cookie_that_was_changed_or_is_over_does_not_hold() {
        let sessions = sessions("");
        let session = begun(&sessions);
        let over = Session { until: clock::wall().as_second() - 1, ..session.clone() };
        assert_eq!(sessions.of(&headers(&sessions.cookie(&over).unwrap())), None);
        let cookie = sessions.cookie(&session).unwrap();
        let other = cookie.to_str().unwrap().replacen("=e", "=f", 1);
        assert_eq!(sessions.of(&headers(&HeaderValue::from_str(&other).unwrap())), None);
    }

    #[test]
    fn what_is_kept_while_somebody_signs_in_is_for_that_alone() {
        let sessions = sessions("https://interlocal.example");
        let set = sessions.keep("flow", &"state").unwrap();
        assert!(set.to_str().unwrap().starts_with("__Host-interlocal-flow="), "{set:?}");
        assert_eq!(sessions.kept("flow", &headers(&set)), Some("state".to_owned()));
        let renamed = set.to_str().unwrap().replace("-flow=", "-identity=");
        assert_eq!(sessions.kept::<String>("identity", &headers(&HeaderValue::from_str(&renamed).unwrap())), None);
        let over = sessions.seal.wrap("flow", &(clock::wall().as_second() - 1, "state")).unwrap();
        let over = sessions.set("__Host-interlocal-flow", &over, 60).unwrap();
        assert_eq!(sessions.kept::<String>("flow", &headers(&over)), None, "also where the browser has not forgotten it");
    }

    #[test]
    fn with_tls_the_cookie_travels_only_so() {
        let sessions = sessions("https://interlocal.example");
        let cookie = sessions.cookie(&begun(&sessions)).unwrap();
        let cookie = cookie.to_str().unwrap();
        assert!(cookie.starts_with("__Host-interlocal=") && cookie.ends_with("; Secure"), "{cookie}");
        assert!(cookie.contains("; Path=/; HttpOnly; SameSite=Lax; "), "{cookie}");
    }

    #[test]
    fn a_form_is_made_for_one_sign_in() {
        let sessions = sessions("");
        let (one, other) = (begun(&sessions), begun(&sessions));
        let key = sessions.form_key(&one);
        assert_eq!(sessions.drafts(&one), sessions.drafts(&other), "drafts outlive a sign-in");
        assert!(sessions.made(&one, &key) && !sessions.made(&other, &key) && !sessions.made(&one, "x.y") && !sessions.made(&one, ""));
    }
}
