//! Faults on the running system, each in the middle of a stream of commands. Afterwards what was acknowledged is there once, nothing is half there,
//! the record only grew, every room shows what replay makes of it, and the cases are finished: see [`holds`](holds::holds).

mod client;
mod holds;
mod load;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use interlocal::bench::postgres::Server;
use interlocal::scenario::play;
use interlocal::scenario::script::{self, Step};
use interlocal::scenario::stage::{Place, Stage};
use proto::actor::Service;
use tokio::sync::{Mutex, MutexGuard};

use crate::children::{Children, signal};
use client::Client;
use holds::{Witness, holds};
use load::{PEOPLE, Round};

/// How long something stays down.
const DOWN: Duration = Duration::from_millis(300);
/// Longer than any service waits for an answer.
const FROZEN: Duration = Duration::from_secs(6);

/// One platform of many processes at a time is enough for a small machine.
async fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::const_new(());
    ALONE.lock().await
}

/// A round in which something fails in the middle, with a checkpoint seen before and one after.
async fn round(client: &Client, witness: &Witness, name: &str, fault: impl AsyncFnOnce()) {
    let started = std::time::Instant::now();
    let newest = witness.newest();
    let stream = Round::open(client, name).await.flow().await;
    witness.sees_more_than(newest).await;
    let newest = witness.newest();
    fault().await;
    stream.goes_on_to_agreement().await;
    witness.sees_more_than(newest).await;
    println!("{name}: {:.1} s", started.elapsed().as_secs_f64());
}

/// Begins or goes on with a real case, from one chapter to another.
async fn play_on(stage: &mut Stage, from: &str, to: &str) {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/guro-gwangmyeong.txt")).unwrap();
    let lines = script::read(&text).unwrap();
    let chapter = |name: &str| lines.iter().position(|line| matches!(&line.step, Step::Chapter(title) if title.contains(name)));
    let (from, to) = (chapter(from).unwrap(), chapter(to).unwrap_or(lines.len()));
    play::compare(stage, &lines[from..to]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_service_and_the_bus_die_and_come_back() {
    let _alone = alone().await;
    let mut site = Children::new(|_| {});
    site.start_with_bus("gateway", &[Service::Gateway]);
    let others = Service::ALL.into_iter().filter(|service| *service != Service::Gateway);
    others.for_each(|service| site.start(service.name(), &[service]));
    let mut stage = Stage::new(Place::Http(site.ready(&PEOPLE).await), "faults");
    let (client, witness) = (Client::new(&site.address), Witness::of(&site.address));
    play_on(&mut stage, "1999–2000", "February 2000").await;

    for service in Service::ALL {
        let name = service.name();
        round(&client, &witness, name, async || {
            site.kill(name);
            tokio::time::sleep(DOWN).await;
            // The gateway brings the bus.
            if service == Service::Gateway { site.start_with_bus(name, &[service]) } else { site.start(name, &[service]) }
        })
        .await;
    }
    let pid = site.settings.data("nats/pid");
    round(&client, &witness, "nats-server", async || signal("KILL", fs::read_to_string(pid).unwrap().trim())).await;
    for frozen in [Service::Ledger, Service::Negotiation] {
        let process = site.id(frozen.name());
        round(&client, &witness, &format!("{} frozen", frozen.name()), async || {
            signal("STOP", process);
            tokio::time::sleep(FROZEN).await;
            signal("CONT", process);
        })
        .await;
    }

    play_on(&mut stage, "February 2000", "the end").await;
    println!("{} entries", holds(&site, &client, &witness).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn postgresql_and_one_of_two_ledgers_die() {
    let _alone = alone().await;
    let mut server = Server::start().unwrap();
    let url = server.database("faults").await.unwrap();
    let mut site = Children::new(|settings| settings.database.url = url);
    site.start_with_bus("gateway", &[Service::Gateway]);
    site.start("ledger", &[Service::Ledger]);
    let rest: Vec<Service> = Service::ALL.into_iter().filter(|service| !matches!(service, Service::Gateway | Service::Ledger)).collect();
    site.start("rest", &rest);
    site.ready(&PEOPLE).await;
    let (client, witness) = (Client::new(&site.address), Witness::of(&site.address));

    round(&client, &witness, "postgresql", async || {
        server.kill().unwrap();
        tokio::time::sleep(DOWN).await;
        server.restart().unwrap();
    })
    .await;
    round(&client, &witness, "a second ledger", async || site.start("another ledger", &[Service::Ledger])).await;
    round(&client, &witness, "one ledger of two", async || site.kill("ledger")).await;
    holds(&site, &client, &witness).await;
    drop(site);
    server.stop();
}

/// A nats-server that lets nobody announce anything.
struct Silent(std::process::Child);

impl Silent {
    fn start(site: &Children, port: u16) -> Self {
        let keys = site.settings.data("keys");
        let usual = runtime::nats::configuration(&keys, &site.settings.deployment.name, port).unwrap();
        let silent = usual.replace(r#"publish: ["il.evt.>","#, "publish: [");
        assert_ne!(silent, usual);
        let file = site.settings.data("silent.conf");
        fs::write(&file, silent).unwrap();
        Self(
            Command::new(&site.settings.nats.server)
                .arg("--config")
                .arg(file)
                .stderr(fs::File::create(site.settings.data("silent.log")).unwrap())
                .spawn()
                .unwrap(),
        )
    }
}

impl Drop for Silent {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_announcement_is_lost() {
    let _alone = alone().await;
    let port = runtime::nats::free_port().unwrap();
    let mut site = Children::new(|settings| settings.nats.url = format!("nats://127.0.0.1:{port}"));
    let _bus = Silent::start(&site, port);
    site.start("front", &[Service::Gateway, Service::Ledger, Service::Registry]);
    let rest: Vec<Service> =
        Service::ALL.into_iter().filter(|s| !matches!(s, Service::Gateway | Service::Ledger | Service::Registry)).collect();
    site.start("rest", &rest);
    let mut stage = Stage::new(Place::Http(site.ready(&PEOPLE).await), "silence");
    let (client, witness) = (Client::new(&site.address), Witness::of(&site.address));

    round(&client, &witness, "silence", async || {
        site.kill("rest");
        site.start("rest", &rest);
    })
    .await;
    // Reactions, settlements and dates come about all the same.
    play_on(&mut stage, "1999–2000", "Text and authority").await;
    holds(&site, &client, &witness).await;
    let refused = fs::read_to_string(site.settings.data("silent.log")).unwrap();
    assert!(refused.contains("Publish Violation"), "something was announced");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_disk_is_full_for_a_while() {
    let _alone = alone().await;
    let mut site = Children::new(|_| {});
    let small = format!("mount -t tmpfs -o size=96m none {} && exec \"$@\"", site.settings.deployment.data_dir.display());
    let words = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"];
    if !Command::new(words[0]).args(&words[1..]).args(["mount -t tmpfs none /mnt", "sh"]).status().is_ok_and(|status| status.success()) {
        println!("left out: no small disk can be made here (`unshare` and `mount` are needed)");
        return;
    }
    site.start_on_own_disk(words.into_iter().map(str::to_owned).chain([small, "sh".to_owned()]).collect());
    site.ready(&PEOPLE).await;
    let (client, witness) = (Client::new(&site.address), Witness::of(&site.address));
    round(&client, &witness, "full disk", async || {
        let ballast = site.disk().join("ballast");
        fill(&ballast);
        let failed = client.failed();
        while client.failed() < failed + 10 {
            tokio::time::sleep(DOWN).await;
        }
        // What is there can be read.
        client.read("seoul", "delegate", "/api/v1/cases").await.unwrap();
        fs::remove_file(&ballast).unwrap();
    })
    .await;
    holds(&site, &client, &witness).await;
}

/// Writes until nothing more fits.
fn fill(file: &Path) {
    use std::io::Write as _;
    let mut ballast = fs::File::create(file).unwrap();
    for size in [1 << 16, 1 << 12, 1] {
        while ballast.write_all(&vec![0; size]).is_ok() {}
    }
}
