//! Platforms of several processes, each of them the binary that an operator starts. They end with the test, also with one that fails.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use interlocal::scenario::Http;
use proto::actor::Service;
use runtime::config::Settings;
use runtime::nats::free_port;
use tempfile::TempDir;

use crate::platform;

/// How long anything may take on a machine that has much else to do.
pub const PATIENCE: Duration = Duration::from_secs(90);

/// The name of the one process that runs everything.
const ALL: &str = "all";

/// Processes at work on one data directory.
pub struct Children {
    folder: TempDir,
    /// The settings that all of them have.
    pub settings: Settings,
    /// Address of the gateway, the same after a restart.
    pub address: String,
    /// What the process is started under that has a disk of its own; empty: none has.
    under: Vec<String>,
    running: BTreeMap<String, Child>,
}

impl Children {
    /// A place for processes. `change` may change the settings that all of them have.
    pub fn new(change: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut settings = platform::settings(&folder);
        settings.http.listen = format!("127.0.0.1:{}", free_port().unwrap());
        if std::env::var_os("INTERLOCAL__NATS__SERVER").is_none() {
            concat!(env!("CARGO_MANIFEST_DIR"), "/.tools/bin/nats-server").clone_into(&mut settings.nats.server);
        }
        change(&mut settings);
        runtime::keys::ensure(&settings.data("keys")).unwrap();
        let address = format!("http://{}", settings.http.listen);
        Self { folder, settings, address, under: Vec::new(), running: BTreeMap::new() }
    }

    /// Starts the process that brings its own nats-server, and waits until that listens.
    pub fn start_with_bus(&mut self, name: &str, services: &[Service]) {
        self.spawn(name, services, "");
        let _ = self.bus();
    }

    /// Starts the one process that there is, under something that gives it a disk which nobody else sees.
    pub fn start_on_own_disk(&mut self, under: Vec<String>) {
        self.under = under;
        self.spawn(ALL, &[], "");
    }

    /// That disk, through the process.
    pub fn disk(&self) -> PathBuf {
        PathBuf::from(format!("/proc/{}/root{}", self.id(ALL), self.settings.deployment.data_dir.display()))
    }

    /// Settings under which the ledger can be read from aside: of a process with a disk of its own those of a copy, because SQLite takes the way
    /// through the process for a detour.
    pub fn beside(&self) -> Settings {
        let mut settings = self.settings.clone();
        if !self.under.is_empty() {
            settings.deployment.data_dir = self.folder.path().join("copy");
            let _ = fs::remove_dir_all(&settings.deployment.data_dir);
            signal("STOP", self.id(ALL));
            let copied = Command::new("cp").arg("-r").arg(self.disk()).arg(&settings.deployment.data_dir).status().unwrap();
            signal("CONT", self.id(ALL));
            assert!(copied.success());
        }
        settings
    }

    /// Starts a process that finds the bus where the first one has it.
    pub fn start(&mut self, name: &str, services: &[Service]) {
        let bus = if self.settings.nats.url.is_empty() { self.bus() } else { self.settings.nats.url.clone() };
        self.spawn(name, services, &bus);
    }

    fn bus(&self) -> String {
        wait_for("the port of the nats-server", || {
            let port = fs::read_to_string(self.settings.data("nats/port")).ok().filter(|port| !port.is_empty())?;
            Some(format!("nats://127.0.0.1:{}", port.trim()))
        })
    }

    fn spawn(&mut self, name: &str, services: &[Service], bus: &str) {
        let log = File::options().create(true).append(true).open(self.log(name)).unwrap();
        let Settings { deployment, http, nats, database, .. } = &self.settings;
        let mut words = self.under.iter().map(String::as_str).chain([env!("CARGO_BIN_EXE_interlocal"), "up"]);
        let child = Command::new(words.next().unwrap())
            .args(words)
            .args(services.iter().map(|service| service.name()))
            .env("INTERLOCAL__DEPLOYMENT__DATA_DIR", &deployment.data_dir)
            .env("INTERLOCAL__DEPLOYMENT__CALENDAR", &deployment.calendar)
            .env("INTERLOCAL__HTTP__LISTEN", &http.listen)
            .env("INTERLOCAL__HTTP__RATE_PER_SECOND", http.rate_per_second.to_string())
            .env("INTERLOCAL__NATS__URL", bus)
            .env("INTERLOCAL__NATS__SERVER", &nats.server)
            .env("INTERLOCAL__DATABASE__URL", &database.url)
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        assert!(self.running.insert(name.to_owned(), child).is_none(), "`{name}` runs already");
    }

    fn log(&self, name: &str) -> PathBuf {
        self.folder.path().join(format!("{name}.log"))
    }

    /// Waits until the gateway answers and these people can be signed in, which is when the register is entered.
    pub async fn ready(&self, people: &[(&str, &str)]) -> Http {
        let start = Instant::now();
        let mut http = Http::new(&self.address).unwrap();
        for (government, role) in people {
            while let Err(error) = http.token(government, role).await {
                assert!(start.elapsed() < PATIENCE, "{government}-{role} is not signed in: {error:#}");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        http
    }

    /// The process's id.
    pub fn id(&self, name: &str) -> u32 {
        self.running[name].id()
    }

    /// Ends a process in the middle of whatever it does.
    pub fn kill(&mut self, name: &str) {
        let mut child = self.running.remove(name).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

impl Drop for Children {
    fn drop(&mut self) {
        for child in self.running.values_mut() {
            let _ = child.kill();
            let _ = child.wait();
        }
        if std::thread::panicking() {
            for name in self.running.keys() {
                let log = fs::read_to_string(self.log(name)).unwrap_or_default();
                let lines: Vec<&str> = log.lines().collect();
                eprintln!("--- the last of {name}\n{}", lines[lines.len().saturating_sub(15)..].join("\n"));
            }
        }
    }
}

/// Sends a signal to a process.
pub fn signal(name: &str, process: impl std::fmt::Display) {
    let sent = Command::new("kill").arg(format!("-{name}")).arg(process.to_string()).status().unwrap();
    assert!(sent.success(), "no process {process}");
}

/// Looks again and again until there is something.
pub fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "{what} does not come");
        std::thread::sleep(Duration::from_millis(20));
    }
}
