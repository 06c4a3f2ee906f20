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
use tokio::process::Command;
use tokio::time::timeout;

/// How long one script may take.
const PATIENCE: Duration = Duration::from_mins(6);

/// Runs a script of `tests/browser/` against the platform, and fails with what it said.
async fn script(site: &Site, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    assert!(folder.join("node_modules").exists(), "run `deploy/get.sh test` first: it gets the browser and what drives it");
    let mut node = Command::new("node");
    node.arg(name).current_dir(&folder).env("INTERLOCAL_ADDRESS", &site.address);
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
    script(&site, "signing.mjs").await;
    site.stop().await;
}
