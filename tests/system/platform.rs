//! Platforms for tests: each in a folder of its own, on free ports of the loopback address, and ended with the test.

use interlocal::scenario::Http;
use interlocal::up::{self, Running};
use metrics_exporter_prometheus::PrometheusBuilder;
use proto::actor::Service;
use runtime::config::Settings;
use tempfile::TempDir;

/// A platform at work.
pub struct Site {
    /// Where it keeps its data.
    pub folder: TempDir,
    /// Its address, such as `http://127.0.0.1:40123`.
    pub address: String,
    /// Its settings.
    pub settings: Settings,
    running: Running,
}

/// Settings for a platform in this folder: a demo on its own calendar, free ports, no rate limit.
pub fn settings(folder: &TempDir) -> Settings {
    let mut settings = Settings::load(None).unwrap();
    folder.path().clone_into(&mut settings.deployment.data_dir);
    interlocal::scenario::BEGINS.clone_into(&mut settings.deployment.calendar);
    "127.0.0.1:0".clone_into(&mut settings.http.listen);
    settings.http.rate_per_second = 0;
    // The services run inside the test; a worker is the real program.
    env!("CARGO_BIN_EXE_interlocal").clone_into(&mut settings.allocation.program);
    settings
}

/// Starts a platform with all services. `change` may change its settings before.
pub async fn start(change: impl FnOnce(&mut Settings)) -> Site {
    let folder = tempfile::tempdir().unwrap();
    let mut settings = settings(&folder);
    change(&mut settings);
    start_in(folder, settings).await
}

/// As [`start`], where nobody can sign in to see whether it is ready.
pub async fn start_unready(change: impl FnOnce(&mut Settings)) -> Site {
    let folder = tempfile::tempdir().unwrap();
    let mut settings = settings(&folder);
    change(&mut settings);
    let running = up::start(settings.clone(), &[], PrometheusBuilder::new().build_recorder().handle()).await.unwrap();
    let address = format!("http://{}", running.address.unwrap());
    Site { folder, address, settings, running }
}

/// Starts a platform in a folder that may hold one's data already.
pub async fn start_in(folder: TempDir, settings: Settings) -> Site {
    let running = up::start(settings.clone(), &[], PrometheusBuilder::new().build_recorder().handle()).await.unwrap();
    let address = format!("http://{}", running.address.unwrap());
    let mut http = Http::new(&address).unwrap();
    http.ready().await.unwrap();
    Site { folder, address, settings, running }
}

impl Site {
    /// Ends it and gives its folder back.
    pub async fn stop(self) -> TempDir {
        self.running.stop().await;
        self.folder
    }

    /// What its services share.
    pub fn platform(&self) -> &runtime::platform::Platform {
        &self.running.platform
    }

    /// A connection to its bus with the credential of a service.
    pub async fn bus(&self, service: Service) -> runtime::bus::Bus {
        self.running.platform.bus(service).await.unwrap()
    }
}
