//! What needs no provider; with one, `tests/browser/oidc.mjs`.

use super::*;

fn settings(change: impl FnOnce(&mut Settings)) -> Settings {
    let mut settings = Settings::load(None).unwrap();
    settings.http.origin = "https://interlocal.example".to_owned();
    settings.oidc.issuer = "https://login.example".to_owned();
    settings.oidc.client_id = "interlocal".to_owned();
    change(&mut settings);
    settings
}

fn provider(change: impl FnOnce(&mut Settings)) -> Oidc {
    Oidc::open(&settings(change)).unwrap().unwrap()
}

fn token(claims: &Value) -> String {
    format!("e30.{}.c2ln", BASE64URL.encode(claims.to_string()))
}

#[test]
fn none_is_set_by_itself_and_one_that_cannot_be_trusted_is_named() {
    assert!(Oidc::open(&Settings::load(None).unwrap()).unwrap().is_none());
    let named = |change: fn(&mut Settings), part: &str| {
        let error = format!("{:#}", Oidc::open(&settings(change)).err().unwrap());
        assert!(error.contains(part), "{error}");
    };
    named(|settings| settings.oidc.issuer = "http://login.example".to_owned(), "[oidc] issuer");
    named(|settings| settings.oidc.issuer = "http://127.0.0.1.evil.example".to_owned(), "[oidc] issuer");
    named(|settings| settings.oidc.issuer = "nowhere".to_owned(), "[oidc] issuer");
    named(|settings| settings.oidc.client_id.clear(), "[oidc] client_id");
    named(|settings| settings.oidc.claim.clear(), "[oidc] claim");
    named(|settings| settings.http.origin.clear(), "[http] origin");
    named(|settings| settings.oidc.client_secret_file = "/nowhere/secret".to_owned(), "[oidc] client_secret_file");
    named(|settings| settings.oidc.officials = "/nowhere/officials.toml".to_owned(), "[oidc] officials");
    assert!(Oidc::open(&settings(|settings| settings.oidc.issuer = "http://127.0.0.1:4000".to_owned())).is_ok());
}

#[test]
fn a_claim_or_the_table_names_the_official() {
    let by_id = provider(|_| {});
    assert_eq!(by_id.official(&token(&serde_json::json!({ "sub": "seoul-delegate" }))), Ok("seoul-delegate".parse().unwrap()));
    for none in [
        serde_json::json!({}),
        serde_json::json!({ "sub": "" }),
        serde_json::json!({ "sub": 7 }),
        serde_json::json!({ "sub": "Not an id!" }),
    ] {
        assert!(matches!(by_id.official(&token(&none)), Err(Trouble::Unknown(_))), "{none}");
    }
    let table = tempfile::NamedTempFile::new().unwrap();
    fs::write(table.path(), "\"1f0c-77\" = \"guro-delegate\"\n").unwrap();
    let by_table = provider(|settings| settings.oidc.officials = table.path().display().to_string());
    assert_eq!(by_table.official(&token(&serde_json::json!({ "sub": "1f0c-77" }))), Ok("guro-delegate".parse().unwrap()));
    let not_in_it = by_table.official(&token(&serde_json::json!({ "sub": "seoul-delegate" })));
    assert_eq!(not_in_it, Err(Trouble::Unknown("seoul-delegate".to_owned())), "with a table an id is none");
}

#[test]
fn an_address_that_anyone_may_write_names_nobody() {
    let table = tempfile::NamedTempFile::new().unwrap();
    fs::write(table.path(), "\"kim@seoul.example\" = \"seoul-delegate\"\n").unwrap();
    let by_mail = provider(|settings| {
        settings.oidc.claim = "email".to_owned();
        settings.oidc.officials = table.path().display().to_string();
    });
    let said = |verified: Value| by_mail.official(&token(&serde_json::json!({ "email": "kim@seoul.example", "email_verified": verified })));
    assert!(said(Value::Bool(true)).is_ok());
    for verified in [Value::Bool(false), Value::Null, Value::from("true")] {
        assert!(said(verified.clone()).is_err(), "{verified}");
    }
}
