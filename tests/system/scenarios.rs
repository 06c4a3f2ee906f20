//! The transcripts, over HTTP against the running system: word for word what the pure rules answer.

use std::fs;
use std::path::Path;

use interlocal::bench::postgres::Server;
use interlocal::scenario::stage::{Place, Stage};
use interlocal::scenario::{Http, play, script};

use crate::platform::{self, Site};

async fn walk(site: &Site) {
    let mut stage = Stage::new(Place::Http(Http::new(&site.address).unwrap()), "system");
    // In the order of their years: a calendar only goes forward.
    for name in ["guro-gwangmyeong", "hambaeksan"] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/scenarios/{name}.txt"));
        let lines = script::read(&fs::read_to_string(file).unwrap()).unwrap();
        play::compare(&mut stage, &lines).await.unwrap_or_else(|e| panic!("{name}: {e:#}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn both_cases_on_sqlite() {
    let site = platform::start(|_| {}).await;
    walk(&site).await;
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn both_cases_on_postgresql() {
    let server = Server::start().unwrap();
    let url = server.database("cases").await.unwrap();
    let site = platform::start(|settings| settings.database.url = url).await;
    walk(&site).await;
    site.stop().await;
    server.stop();
}
