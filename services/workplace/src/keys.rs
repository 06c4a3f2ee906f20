//! The signing keys of whoever is signed in: what is registered, until when, where it has signed; registering and revoking.
//!
//! The private half is none of the platform's business. Where somebody pastes it by mistake it is refused, and the form comes back without it.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use jiff::Timestamp;
use proto::access::{Asker, HeldKey};
use proto::actor::Service;
use proto::digest::Digest;
use proto::id::{CaseId, KeyId, OfficialId};
use proto::message::Target;
use proto::registry::{Command, PublicKey};
use proto::stream::Stream;
use proto::wire::{Failure, Unanswered};
use proto::words::day_of;
use runtime::serve::List;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{Form, Page, Posted, Signed, Visit, When, cases, days, done, refused, render};
use gateway::edge::{Edge, SignedIn, about};
use gateway::problem::Problem;

#[derive(Template)]
#[template(path = "keys.html")]
struct KeysPage {
    visit: Visit,
    official: String,
    keys: Vec<Key>,
    /// The name that a new key would get.
    next: String,
    register: Form,
    revoke: Form,
}

impl KeysPage {
    /// Whether there is a key of which something can still be said.
    fn revocable(&self) -> bool {
        self.keys.iter().any(|key| key.revocable)
    }
}

/// A registered key.
struct Key {
    name: String,
    /// The first digits of the digest of the public half, by which people tell keys apart.
    print: String,
    until: Option<When>,
    /// `good`, `neutral` or `bad`, with the words for it.
    stand: (&'static str, String),
    compromised: Option<When>,
    uses: Vec<Use>,
    /// Whether there is something to say of it still.
    revocable: bool,
}

/// A signature made with it.
struct Use {
    href: String,
    title: String,
    at: When,
}

#[derive(Deserialize)]
struct NewKey {
    key: String,
    public: String,
    #[serde(default)]
    until: String,
}

#[derive(Deserialize)]
struct Revocation {
    key: String,
    why: String,
    #[serde(default)]
    since: String,
}

pub(crate) fn routes() -> Router<Edge> {
    Router::new().route("/keys", get(page)).route("/keys/register", post(register)).route("/keys/revoke", post(revoke))
}

async fn page(signed: Signed) -> Page {
    let forms = (signed.visit.form(), signed.visit.form());
    let language = signed.visit.language;
    render(&shown(signed, forms).await?, language)
}

async fn register(posted: Posted<NewKey>) -> Page {
    match registered(&posted).await {
        Ok(response) => Ok(response),
        Err(problem) => {
            let mut form = posted.again(problem.clone());
            if *problem.code == *"keys-private" {
                form.forget("public");
            }
            let other = posted.signed.visit.form();
            again(posted.signed, (form, other), &problem).await
        }
    }
}

async fn registered(posted: &Posted<NewKey>) -> Result<Response, Problem> {
    let Signed { visit, who } = &posted.signed;
    let NewKey { key, public, until } = &posted.fields;
    let public = public_key(public).map_err(|wrong| visit.wrong(wrong, Value::Null))?;
    let key = key_name(visit, key)?;
    let until = days::day(visit, "keys-until", until)?;
    let official = person(visit, who)?;
    let target = Target::Official(official.clone());
    let receipt = posted.act(&target, Command::RegisterKey { official, key, public, until }).await?;
    Ok(done("/keys", &receipt))
}

async fn revoke(posted: Posted<Revocation>) -> Page {
    match revoked(&posted).await {
        Ok(response) => Ok(response),
        Err(problem) => {
            let form = posted.again(problem.clone());
            let other = posted.signed.visit.form();
            again(posted.signed, (other, form), &problem).await
        }
    }
}

async fn revoked(posted: &Posted<Revocation>) -> Result<Response, Problem> {
    let Signed { visit, who } = &posted.signed;
    let Revocation { key, why, since } = &posted.fields;
    let key = key_name(visit, key)?;
    let compromised_since = match why.as_str() {
        "compromised" => Some(days::moment(visit, "keys-since", since)?),
        "unused" => None,
        _ => return Err(visit.wrong("keys-no_reason", Value::Null)),
    };
    let official = person(visit, who)?;
    let target = Target::Official(official.clone());
    let receipt = posted.act(&target, Command::RevokeKey { official, key, compromised_since }).await?;
    Ok(done("/keys", &receipt))
}

async fn again(signed: Signed, forms: (Form, Form), problem: &Problem) -> Page {
    let language = signed.visit.language;
    refused(&shown(signed, forms).await?, problem, language)
}

async fn shown(Signed { visit, who }: Signed, (register, revoke): (Form, Form)) -> Result<KeysPage, Problem> {
    let official = person(&visit, &who)?;
    let held = held(&visit, &who, &official).await.map_err(|why| visit.failed(why))?;
    let titles = if held.values().any(|key| !key.uses.is_empty()) { titles(&visit, &who).await } else { BTreeMap::new() };
    let keys = held.iter().map(|(name, key)| line(name, key, &titles, &visit)).collect();
    let next = (held.len() + 1..=2 * held.len() + 1)
        .map(|number| format!("key-{number}"))
        .find(|name| name.parse().is_ok_and(|id| !held.contains_key(&id)));
    Ok(KeysPage { official: official.to_string(), keys, next: next.unwrap_or_default(), register, revoke, visit })
}

fn person(visit: &Visit, who: &SignedIn) -> Result<OfficialId, Problem> {
    match &who.asker {
        Asker::Person { official, .. } => Ok(official.clone()),
        Asker::Service(_) => Err(visit.failed(Failure::NotFound)),
    }
}

/// The keys of an official, in the order of their names.
pub(crate) async fn held(visit: &Visit, who: &SignedIn, official: &OfficialId) -> Result<BTreeMap<KeyId, HeldKey>, Unanswered> {
    let found = visit.edge.get(who, Service::Registry, about(Stream::Official(official.clone()), visit.at_least)).await?;
    let state: registry::State = serde_json::from_value(found.body).map_err(|error| Failure::Malformed { detail: error.to_string() })?;
    Ok(state.person.map(|person| person.official.keys).unwrap_or_default())
}

/// Whether a key may sign today.
pub(crate) fn is_in_force(key: &HeldKey, visit: &Visit) -> bool {
    let today = day_of(visit.now, &visit.zone);
    !key.revoked && key.until.is_none_or(|until| today.is_ok_and(|today| today <= until))
}

/// What cases are called, as far as whoever is signed in may read them; without the service they go by their ids.
async fn titles(visit: &Visit, who: &SignedIn) -> BTreeMap<CaseId, String> {
    let list = List { prefix: "case/".into(), after: String::new(), limit: 200, at_least: None };
    let found = visit.edge.list(who, Service::Negotiation, list).await.unwrap_or_default();
    let titled = found.iter().filter_map(|row| Some((row.stream.parse::<Stream>().ok()?.case()?, cases::title(&row.body, visit))));
    titled.collect()
}

fn line(name: &KeyId, key: &HeldKey, titles: &BTreeMap<CaseId, String>, visit: &Visit) -> Key {
    let stand = match (key.compromised_since, key.revoked, is_in_force(key, visit)) {
        (Some(_), ..) => ("bad", "keys-compromised"),
        (None, true, _) => ("neutral", "keys-revoked"),
        (None, false, false) => ("neutral", "keys-expired"),
        (None, false, true) => ("good", "keys-in_force"),
    };
    let used = |(case, at): &(CaseId, Timestamp)| Use {
        href: format!("/cases/{case}/signing"),
        title: titles.get(case).cloned().unwrap_or_else(|| case.to_string()),
        at: visit.instant(at),
    };
    Key {
        name: name.to_string(),
        print: print(&key.public),
        until: key.until.map(|until| visit.on(&until)),
        stand: (stand.0, visit.t(stand.1)),
        compromised: key.compromised_since.map(|since| visit.instant(&since)),
        uses: key.uses.iter().map(used).collect(),
        revocable: key.compromised_since.is_none(),
    }
}

/// How people tell a public key from another: the first digits of its digest, in groups of four.
pub(crate) fn print(key: &PublicKey) -> String {
    let digest = Digest::of_json(key).map(|digest| digest.to_string()).unwrap_or_default();
    digest.as_bytes().chunks(4).take(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
}

fn key_name(visit: &Visit, text: &str) -> Result<KeyId, Problem> {
    text.trim().parse().map_err(|_| visit.wrong("keys-bad_name", json!({ "name": text })))
}

/// The public key in what was pasted: what `interlocal keygen` prints, a JSON Web Key, or PEM. Otherwise the text that says what it is instead.
fn public_key(text: &str) -> Result<PublicKey, &'static str> {
    let text = text.trim();
    if text.contains("PRIVATE KEY") {
        return Err("keys-private");
    }
    if text.starts_with("-----BEGIN") {
        return signing::jws::public_of_pem(text).map_err(|_| "keys-unreadable");
    }
    let key: Value = serde_json::from_str(text).map_err(|_| "keys-unreadable")?;
    if key.get("d").is_some() {
        return Err("keys-private");
    }
    let part = |name: &str| key.get(name).and_then(Value::as_str).map(str::to_owned).ok_or("keys-unreadable");
    Ok(PublicKey { kty: part("kty")?, crv: part("crv")?, x: part("x")?, y: part("y")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_key_is_read_as_tools_write_it_and_a_private_one_is_not() {
        let pair = signing::jws::generate(&[7; 32]).unwrap();
        let jwk = serde_json::to_string_pretty(&pair.public).unwrap();
        assert_eq!(public_key(&format!("\n{jwk}\n")), Ok(pair.public.clone()));
        let PublicKey { kty, crv, x, y } = &pair.public;
        let exported = json!({ "kty": kty, "crv": crv, "x": x, "y": y, "ext": true, "key_ops": ["verify"] });
        assert_eq!(public_key(&exported.to_string()), Ok(pair.public.clone()));
        let private = json!({ "kty": kty, "crv": crv, "x": x, "y": y, "d": "AQ" });
        assert_eq!(public_key(&private.to_string()), Err("keys-private"));
        assert_eq!(public_key(&pair.private_pem), Err("keys-private"));
        for text in ["", "ssh-rsa AAAA", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "{}", "[1]"] {
            assert_eq!(public_key(text), Err("keys-unreadable"), "{text}");
        }
        assert_ne!(print(&pair.public), print(&signing::jws::generate(&[8; 32]).unwrap().public));
    }
}
