//! The pages in a real browser. The scripts are in `tests/browser/`; `deploy/get.sh test` gets what they need.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that is wrong may panic, also in its helpers")]
#![allow(dead_code, reason = "the platform and the client are shared with the tests of the system, which need more of them")]

#[path = "system/client.rs"]
mod client;
#[path = "system/platform.rs"]
mod platform;

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use platform::Site;
use proto::actor::Service;
use serde_json::json;
use tokio::process::Command;
use tokio::time::timeout;

/// After so long a script hangs; how fast a machine is does not matter.
const PATIENCE: Duration = Duration::from_mins(20);

/// Runs a script of `tests/browser/` against the platform, and fails with what it said.
async fn script(site: &Site, name: &str) {
    script_with(site, name, &[]).await;
}

async fn script_with(site: &Site, name: &str, variables: &[(&str, &str)]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    assert!(folder.join("node_modules").exists(), "run `deploy/get.sh test` first: it gets the browser and what drives it");
    let mut node = Command::new("node");
    node.arg(name).current_dir(&folder).env("INTERLOCAL_ADDRESS", &site.address).envs(variables.iter().copied());
    let child = node.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
    let output = timeout(PATIENCE, child.wait_with_output()).await.unwrap_or_else(|_| panic!("{name} takes longer than {PATIENCE:?}"));
    let output = output.unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{name}:\n{said}");
}

/// A platform with the case of Guro and Gwangmyeong in the middle.
async fn in_the_middle() -> Site {
    let site = platform::start(|_| {}).await;
    client::play(&site, "browser", &client::guro_until("## February 2000")).await;
    client::Client::new(&site).quiet().await;
    site
}

#[tokio::test(flavor = "multi_thread")]
async fn everyone_can_use_every_page() {
    let site = in_the_middle().await;
    script(&site, "without-scripts.mjs").await;
    script(&site, "accessible.mjs").await;
    site.stop().await;
}

/// The browser makes a key and signs with it; the private half is in no request.
#[tokio::test(flavor = "multi_thread")]
async fn a_signature_is_made_where_its_key_is() {
    let site = platform::start(|_| {}).await;
    client::play(&site, "signing", &client::guro_until("## 17 April 2000")).await;
    client::Client::new(&site).quiet().await;
    script_with(&site, "accessible.mjs", &[("INTERLOCAL_ROOMS", "approvals,signing,authority,record")]).await;
    script(&site, "signing.mjs").await;
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_do_appears_and_what_is_typed_stays() {
    let site = in_the_middle().await;
    script(&site, "live.mjs").await;
    site.stop().await;
}

/// From its opening to its entry into force nothing is sent that a page does not offer.
#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_walked_through_its_pages_alone() {
    let site = platform::start(|_| {}).await;
    script(&site, "guro.mjs").await;
    site.stop().await;
}

/// Production, where only a provider of OpenID Connect signs anyone in: a real one, which the script starts.
#[tokio::test(flavor = "multi_thread")]
async fn officials_sign_in_at_their_own_provider() {
    let register = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(register.path(), registry::seed::EXAMPLE).unwrap();
    let [own, other] = [(); 2].map(|()| runtime::nats::free_port().unwrap());
    let provider = format!("http://localhost:{other}");
    let site = platform::start_unready(|settings| {
        settings.deployment.mode = runtime::config::Mode::Production;
        settings.deployment.calendar.clear();
        settings.deployment.register = register.path().display().to_string();
        settings.http.listen = format!("127.0.0.1:{own}");
        settings.http.origin = format!("http://{}", settings.http.listen);
        settings.oidc.issuer.clone_from(&provider);
        settings.oidc.client_id = "interlocal".to_owned();
        settings.oidc.client_secret = "a-secret-for-tests-only-0123456789".to_owned();
    })
    .await;
    appointed(&site, "double-official", "seoul", None).await;
    appointed(&site, "double-official", "guro", None).await;
    appointed(&site, "retired-official", "guro", Some("2020-12-31")).await;
    client::Client::new(&site).quiet().await;
    script_with(&site, "oidc.mjs", &[("INTERLOCAL_PROVIDER", &provider)]).await;
    site.stop().await;
}

/// An appointment by the register's first administrator.
async fn appointed(site: &Site, official: &str, government: &str, until: Option<&str>) {
    let client = client::Client::new(site);
    client.quiet().await;
    let issuer = site.platform().issuer(Service::Gateway).unwrap();
    let keeper = ("interlocal-office-administrator".parse().unwrap(), "interlocal-office".parse().unwrap());
    let (token, _) = issuer.person(&keeper.0, &keeper.1).unwrap();
    let appointment = json!({ "government": government, "role": "delegate", "ground": "own_office", "from": "2020-01-01", "until": until });
    let name = json!({ "disclosure": "public", "remark": official });
    let command = json!({ "command": { "registry": { "appoint": { "official": official, "name": name, "appointment": appointment } } } });
    let answer = client.act(&format!("officials/{official}"), &token, &format!("{official} {government}"), command.to_string()).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}
