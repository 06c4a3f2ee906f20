//! A token that does not hold is believed nowhere: not by the gateway, not by a service addressed directly over NATS. And the bus lets a credential
//! do only what its service does.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_nats::{ConnectOptions, Event, HeaderMap};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use proto::actor::Service;
use proto::subject::reacts_to;
use proto::wire;
use runtime::{clock, keys};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::Client;
use crate::platform::{self, Site};

const TYP: &str = "interlocal-token+jwt";

#[tokio::test(flavor = "multi_thread")]
async fn only_a_token_that_holds_is_believed() {
    let site = platform::start(|_| {}).await;
    let client = Client::new(&site);
    client.quiet().await;
    let mint = Mint::new(&site);

    let soon_over = mint.token(|claims| claims["exp"] = json!(now() + 1));
    assert_eq!(client.get("/api/v1/cases", &soon_over).await.status, 200, "a token is remembered");
    let used = std::time::Instant::now();
    no_bad_token_is_believed(&site, &client, &mint).await;
    the_good_one_is(&site, &client, &mint).await;
    a_cookie_does_not_act(&client, &mint).await;
    // Five seconds are forgiven, because clocks differ; no more, remembered or not.
    tokio::time::sleep(Duration::from_secs(8).saturating_sub(used.elapsed())).await;
    let late = client.get("/api/v1/cases", &soon_over).await;
    assert_eq!(late.said(), (401, "unauthenticated".to_owned()), "a remembered token expires too");
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credential_does_only_what_its_service_does() {
    let site = platform::start(|_| {}).await;
    let client = Client::new(&site);
    let head = client.quiet().await;
    nobody_connects_without_a_credential(&site).await;
    for service in Service::ALL {
        permissions_of(&site, service).await;
    }
    assert_eq!(client.quiet().await, head, "nothing was recorded");
    site.stop().await;
}

fn now() -> i64 {
    clock::wall().as_second()
}

/// Makes tokens as the gateway does, and as others would like to.
struct Mint {
    key: EncodingKey,
    claims: Value,
    folder: std::path::PathBuf,
}

impl Mint {
    fn new(site: &Site) -> Self {
        let folder = site.platform().keys();
        let claims = json!({
            "iss": "gateway", "aud": "il", "sub": "official:gyeonggi-delegate", "gov": "gyeonggi",
            "iat": now(), "nbf": now(), "exp": now() + 290, "jti": "0190-test",
        });
        Self { key: ed25519(&folder, "gateway"), claims, folder }
    }

    fn with(&self, header: &Header, key: &EncodingKey, change: impl FnOnce(&mut Value)) -> String {
        let mut claims = self.claims.clone();
        change(&mut claims);
        encode(header, &claims, key).unwrap()
    }

    /// Signed by the gateway's key, with other claims.
    fn token(&self, change: impl FnOnce(&mut Value)) -> String {
        self.with(&header(Algorithm::EdDSA, Some(TYP)), &self.key, change)
    }

    fn without(&self, claim: &str) -> String {
        self.token(|claims| drop(claims.as_object_mut().unwrap().remove(claim)))
    }
}

fn header(algorithm: Algorithm, typ: Option<&str>) -> Header {
    Header { typ: typ.map(str::to_owned), ..Header::new(algorithm) }
}

fn ed25519(folder: &std::path::Path, service: &str) -> EncodingKey {
    EncodingKey::from_ed_pem(&std::fs::read(folder.join(format!("{service}.pem"))).unwrap()).unwrap()
}

/// Every way we know of in which a token can be wrong.
fn bad_tokens(mint: &Mint) -> Vec<(&'static str, String)> {
    let as_is = |_: &mut Value| {};
    let good = mint.token(as_is);
    let parts: Vec<&str> = good.split('.').collect();
    let public = std::fs::read(mint.folder.join("gateway.pub")).unwrap();
    let raw = base64::prelude::BASE64_STANDARD.decode(String::from_utf8_lossy(&public).lines().nth(1).unwrap()).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    keys::ensure(elsewhere.path()).unwrap();
    let other = ed25519(elsewhere.path(), "gateway");
    let signing = ed25519(&mint.folder, "signing");
    let p256 = EncodingKey::from_ec_pem(signing::jws::generate(&[7; 32]).unwrap().private_pem.as_bytes()).unwrap();
    let eddsa = header(Algorithm::EdDSA, Some(TYP));
    let hs256 = header(Algorithm::HS256, Some(TYP));
    let json64 = |value: &Value| BASE64URL.encode(value.to_string());
    let altered = |change: fn(&mut Value)| {
        let mut claims = mint.claims.clone();
        change(&mut claims);
        json64(&claims)
    };
    let none = |alg: &str| format!("{}.{}.", json64(&json!({ "alg": alg, "typ": TYP })), parts[1]);
    let own_key = json!({ "alg": "EdDSA", "typ": TYP, "jwk": { "kty": "OKP", "crv": "Ed25519", "x": BASE64URL.encode([1; 32]) }, "kid": "../../gateway" });
    let with_own_key = mint.with(&serde_json::from_value(own_key).unwrap(), &other, as_is);
    vec![
        ("nothing", String::new()),
        ("no token at all", "a.b.c".to_owned()),
        ("signed by another key", mint.with(&eddsa, &other, as_is)),
        ("bringing its own key", with_own_key),
        ("expired", mint.token(|c| (c["nbf"], c["exp"]) = (json!(now() - 200), json!(now() - 10)))),
        ("not yet valid", mint.token(|c| (c["nbf"], c["exp"]) = (json!(now() + 60), json!(now() + 200)))),
        ("for another audience", mint.token(|c| c["aud"] = json!("elsewhere"))),
        ("by an unknown issuer", mint.token(|c| c["iss"] = json!("nobody"))),
        ("living too long", mint.token(|c| c["exp"] = json!(now() + 3600))),
        ("living for ever", mint.token(|c| (c["nbf"], c["exp"]) = (json!(i64::MIN), json!(i64::MAX)))),
        ("without an end", mint.without("exp")),
        ("without a beginning", mint.without("nbf")),
        ("without an audience", mint.without("aud")),
        ("without an id", mint.token(|c| c["jti"] = json!(""))),
        ("without a subject", mint.without("sub")),
        ("without a body", mint.without("gov")),
        ("of a subject that is none", mint.token(|c| c["sub"] = json!("gyeonggi-delegate"))),
        ("of an official that is none", mint.token(|c| c["sub"] = json!("official:서울"))),
        ("of another type", mint.with(&header(Algorithm::EdDSA, Some("JWT")), &mint.key, as_is)),
        ("of no type", mint.with(&header(Algorithm::EdDSA, None), &mint.key, as_is)),
        ("HS256 with the public key's file as secret", mint.with(&hs256, &EncodingKey::from_secret(&public), as_is)),
        ("HS256 with the public key as secret", mint.with(&hs256, &EncodingKey::from_secret(&raw), as_is)),
        ("HS256 with the public key's 32 bytes as secret", mint.with(&hs256, &EncodingKey::from_secret(&raw[raw.len() - 32..]), as_is)),
        ("ES256", mint.with(&header(Algorithm::ES256, Some(TYP)), &p256, as_is)),
        ("alg none", none("none")),
        ("alg None", none("None")),
        ("alg EdDSA without a signature", none("EdDSA")),
        ("altered: another body", format!("{}.{}.{}", parts[0], altered(|c| c["gov"] = json!("seoul")), parts[2])),
        ("altered: longer life", format!("{}.{}.{}", parts[0], altered(|c| c["exp"] = json!(now() + 299)), parts[2])),
        ("altered signature", format!("{}.{}.{}{}", parts[0], parts[1], if parts[2].starts_with('A') { 'B' } else { 'A' }, &parts[2][1..])),
        ("cut short", good[..good.len() - 20].to_owned()),
        ("signed by another service", mint.with(&eddsa, &signing, as_is)),
        ("another service in the name of an official", mint.with(&eddsa, &signing, |c| c["iss"] = json!("signing"))),
        ("another service in the gateway's name", mint.with(&eddsa, &signing, |c| *c = own(c, "gateway", "service:gateway"))),
        ("a service as another", mint.with(&eddsa, &signing, |c| *c = own(c, "signing", "service:negotiation"))),
        ("a service for a body", mint.with(&eddsa, &signing, |c| (c["iss"], c["sub"]) = (json!("signing"), json!("service:signing")))),
    ]
}

/// The claims of a service's own token.
fn own(claims: &Value, iss: &str, sub: &str) -> Value {
    let mut claims = claims.clone();
    claims.as_object_mut().unwrap().remove("gov");
    (claims["iss"], claims["sub"]) = (json!(iss), json!(sub));
    claims
}

fn open_case() -> String {
    let command = json!({ "title": { "en": "x", "ko": "x" }, "procedure": "kr-cooperation-project", "rounds": "free" });
    json!({ "command": { "negotiation": { "open_case": command } } }).to_string()
}

async fn ask(bus: &runtime::bus::Bus, subject: String, token: &str, target: &str, body: String) -> Value {
    let mut headers = HeaderMap::new();
    headers.insert(wire::AUTHORIZATION, format!("Bearer {token}"));
    headers.insert(wire::IDEMPOTENCY_KEY, "tokens");
    headers.insert(wire::TARGET, target);
    let answer = bus.ask_bytes(Service::Ledger, subject.clone(), headers, body.into()).await.unwrap_or_else(|e| panic!("{subject}: {e}"));
    serde_json::from_slice(&answer).unwrap()
}

/// The questions that every service answers, and one of the ledger's, as the gateway asks them.
fn questions(bus: &runtime::bus::Bus) -> Vec<(String, String)> {
    let deciding = Service::ALL.into_iter().filter(|s| !matches!(s, Service::Ledger | Service::Gateway));
    let list = json!({ "prefix": "government/", "limit": 1 }).to_string();
    let get = json!({ "stream": "government/seoul" }).to_string();
    let mut all: Vec<_> = deciding
        .flat_map(|s| [(bus.subjects().query(s, "public.list"), list.clone()), (bus.subjects().query(s, "public.get"), get.clone())])
        .collect();
    all.push((bus.subjects().query(Service::Ledger, "public.entries"), json!({ "from": 0, "limit": 1 }).to_string()));
    all
}

async fn no_bad_token_is_believed(site: &Site, client: &Client, mint: &Mint) {
    let head = client.head().await;
    let bus = site.bus(Service::Gateway).await;
    let case = Uuid::from_u128(1);
    for (what, token) in bad_tokens(mint) {
        for path in ["/api/v1/cases", "/api/v1/entries", "/api/v1/live", &format!("/api/v1/cases/{case}")] {
            let answer = client.get(path, &token).await;
            answer.assert_problem(what);
            assert_eq!(answer.said(), (401, "unauthenticated".to_owned()), "{what}: {path}");
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
        let answer = client.act(&format!("cases/{case}"), &token, "tokens", open_case()).await;
        assert_eq!(answer.said(), (401, "unauthenticated".to_owned()), "{what}: a command over HTTP");

        let target = format!("cases/{case}");
        for service in Service::ALL.into_iter().filter(|s| *s != Service::Gateway) {
            let subject = bus.subjects().command(service, &case.to_string());
            let answer = ask(&bus, subject, &token, &target, open_case()).await;
            assert!(answer["failed"]["unauthenticated"].is_object(), "{what}: a command to {service:?}: {answer}");
        }
        for (subject, question) in questions(&bus) {
            let answer = ask(&bus, subject.clone(), &token, &target, question).await;
            assert!(answer["failed"]["unauthenticated"].is_object(), "{what}: {subject}: {answer}");
        }
    }
    assert_eq!(client.head().await, head, "nothing was recorded");
}

async fn the_good_one_is(site: &Site, client: &Client, mint: &Mint) {
    let good = mint.token(|_| {});
    assert_eq!(client.get("/api/v1/cases", &good).await.status, 200);
    let bus = site.bus(Service::Gateway).await;
    for (subject, question) in questions(&bus) {
        let answer = ask(&bus, subject.clone(), &good, "", question).await;
        // Only the register has governments; the others answer that there is nothing, or an empty list.
        assert!(answer["ok"].is_array() || answer["ok"].is_object() || answer["failed"] == "not_found", "{subject}: {answer}");
    }
    let case = Uuid::from_u128(2);
    let subject = bus.subjects().command(Service::Negotiation, &case.to_string());
    let accepted = ask(&bus, subject.clone(), &good, &format!("cases/{case}"), open_case()).await;
    assert!(accepted["ok"]["position"].is_u64(), "{accepted}");
    let elsewhere = ask(&bus, subject, &good, &format!("cases/{}", Uuid::from_u128(3)), open_case()).await;
    assert_eq!(elsewhere["failed"], "not_found", "the subject is what permissions see, so it must name the target");
    let over_http = client.act(&format!("cases/{case}"), &good, "tokens", open_case()).await;
    assert_eq!(over_http.json(), accepted["ok"], "the same act over HTTP is the same act");
}

/// A page may be made to send a cookie; it cannot be made to send a header.
async fn a_cookie_does_not_act(client: &Client, mint: &Mint) {
    let cookie = format!("interlocal={}", mint.token(|_| {}));
    let read = client.send(client.request(reqwest::Method::GET, "/api/v1/cases").header("Cookie", &cookie)).await;
    assert_eq!(read.said(), (401, "unauthenticated".to_owned()), "a token is no sign-in of the pages");
    let act = client.request(reqwest::Method::POST, &format!("/api/v1/cases/{}/commands", Uuid::from_u128(4)));
    let answer = client.send(act.header("Cookie", &cookie).header("Idempotency-Key", "cookie").body(open_case())).await;
    assert_eq!(answer.said(), (401, "unauthenticated".to_owned()), "and does not act");
}

async fn nobody_connects_without_a_credential(site: &Site) {
    let address = &site.platform().nats;
    let elsewhere = tempfile::tempdir().unwrap();
    keys::ensure(elsewhere.path()).unwrap();
    let stranger = std::fs::read_to_string(elsewhere.path().join("gateway.nk")).unwrap();
    let attempts = [
        ("without a credential", ConnectOptions::new()),
        ("with a stranger's", ConnectOptions::with_nkey(stranger.trim().to_owned())),
        ("with a password", ConnectOptions::with_user_and_password("gateway".into(), "gateway".into())),
    ];
    for (what, options) in attempts {
        let attempt = tokio::time::timeout(Duration::from_secs(5), options.max_reconnects(1).connect(address)).await;
        assert!(!matches!(attempt, Ok(Ok(_))), "{what}");
    }
}

/// What a service may not do, said from the design and not from the table that the permissions are made of.
fn forbidden(service: Service) -> (Vec<String>, Vec<String>) {
    let name = service.name();
    let others = || Service::ALL.into_iter().filter(move |other| *other != service);
    let mut publish: Vec<String> = others().map(|other| format!("il.ledger.append.{}", other.name())).collect();
    publish.extend(others().map(|other| format!("_INBOX.il.{}.x.y", other.name())));
    publish.extend(["il.other".to_owned(), "elsewhere.ledger.append.negotiation".to_owned()]);
    if service != Service::Ledger {
        publish.extend(["il.evt.head".to_owned(), "il.evt.negotiation.x".to_owned()]);
    }
    if service == Service::Gateway {
        publish.extend(["stream", "read", "versions"].map(|question| format!("il.qry.ledger.{question}")));
        publish.push("il.ledger.append.gateway".to_owned());
    } else {
        publish.extend(others().filter(|o| *o != Service::Ledger).map(|other| format!("il.qry.{}.public.get", other.name())));
        publish.extend(others().filter(|o| !reacts_to(service).contains(o)).map(|other| format!("il.cmd.{}.x", other.name())));
    }
    let mut subscribe = vec![">".to_owned(), "il.>".to_owned(), "_INBOX.>".to_owned(), "il.cmd.>".to_owned(), "il.qry.>".to_owned()];
    for other in others().map(Service::name) {
        subscribe.extend([format!("_INBOX.il.{other}.>"), format!("il.cmd.{other}.>"), format!("il.qry.{other}.>")]);
    }
    if service != Service::Ledger {
        subscribe.extend(["il.ledger.append.*".to_owned(), format!("il.ledger.append.{name}"), "il.ledger.>".to_owned()]);
    }
    (publish, subscribe)
}

async fn permissions_of(site: &Site, service: Service) {
    let seed = std::fs::read_to_string(site.platform().keys().join(format!("{}.nk", service.name()))).unwrap();
    let said: Arc<Mutex<Vec<String>>> = Arc::default();
    let heard = Arc::clone(&said);
    let options = ConnectOptions::with_nkey(seed.trim().to_owned()).event_callback(move |event| {
        if let Event::ServerError(error) = &event {
            heard.lock().unwrap().push(error.to_string().to_lowercase());
        }
        std::future::ready(())
    });
    let client = options.connect(&site.platform().nats).await.unwrap();
    let (publish, subscribe) = forbidden(service);
    for subject in &publish {
        client.publish(subject.clone(), "[]".into()).await.unwrap();
    }
    let mut kept = Vec::new();
    for subject in &subscribe {
        kept.push(client.subscribe(subject.clone()).await.unwrap());
    }
    // What it may do it does without a word of the server's.
    let own = client.subscribe(format!("_INBOX.il.{}.x", service.name())).await.unwrap();
    client.flush().await.unwrap();
    for _ in 0..100 {
        if said.lock().unwrap().len() >= publish.len() + subscribe.len() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let said = said.lock().unwrap().clone();
    let denied = |act: &str, subject: &str| {
        said.iter().any(|error| error.contains(&format!("permissions violation for {act} to \"{}\"", subject.to_lowercase())))
    };
    let missing: Vec<_> =
        publish.iter().filter(|s| !denied("publish", s)).chain(subscribe.iter().filter(|s| !denied("subscription", s))).collect();
    assert!(missing.is_empty(), "{service:?} may do {missing:?}; denied was {said:?}");
    assert_eq!(said.len(), publish.len() + subscribe.len(), "{service:?}: nothing else was denied: {said:?}");
    drop((own, kept));
}
