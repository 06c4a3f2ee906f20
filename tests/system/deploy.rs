//! Production: the settings of `deploy/` on an outside NATS server and PostgreSQL, the services in two processes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use interlocal::bench::postgres::Server;
use interlocal::up::{self, Running};
use metrics_exporter_prometheus::PrometheusBuilder;
use proto::actor::Service;
use reqwest::StatusCode;
use runtime::config::Settings;
use serde_json::{Value, json};

use crate::children::wait_for;

fn ours(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A NATS server as `deploy/nats.conf` has it, on another port.
struct Outside(Child);

impl Outside {
    fn start(settings: &Settings, port: u16) -> Self {
        let folder = &settings.deployment.data_dir;
        runtime::keys::ensure(&settings.data("keys")).unwrap();
        let users = Command::new(env!("CARGO_BIN_EXE_interlocal"))
            .args(["--config", ours("deploy/production.toml").to_str().unwrap(), "nats-users"])
            .env("INTERLOCAL__DEPLOYMENT__DATA_DIR", folder)
            .output()
            .unwrap();
        assert!(users.status.success(), "{}", String::from_utf8_lossy(&users.stderr));
        fs::write(folder.join("authorization.conf"), users.stdout).unwrap();
        let plain = fs::read_to_string(ours("deploy/nats.conf")).unwrap();
        let moved = plain.replace("127.0.0.1:4222", &format!("127.0.0.1:{port}"));
        assert_ne!(moved, plain);
        fs::write(folder.join("nats.conf"), moved).unwrap();
        let log = fs::File::create(folder.join("nats.log")).unwrap();
        let server = Command::new(&settings.nats.server).arg("--config").arg(folder.join("nats.conf")).stderr(log).spawn().unwrap();
        wait_for("the nats-server", || std::net::TcpStream::connect(("127.0.0.1", port)).ok());
        Self(server)
    }
}

impl Drop for Outside {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn start(settings: &Settings, services: &[Service]) -> Running {
    up::start(settings.clone(), services, PrometheusBuilder::new().build_recorder().handle()).await.unwrap()
}

#[tokio::test]
async fn a_register_that_cannot_be_read_is_named_before_anything_starts() {
    let folder = tempfile::tempdir().unwrap();
    let mut settings = Settings::load(None).unwrap();
    settings.deployment.data_dir = folder.path().join("data");
    let nonsense = folder.path().join("register.json");
    fs::write(&nonsense, r#"{"bodies":[{"id":"Seoul!"}]}"#).unwrap();
    for file in [folder.path().join("nowhere.json"), nonsense] {
        file.to_str().unwrap().clone_into(&mut settings.deployment.register);
        let started = up::start(settings.clone(), &[], PrometheusBuilder::new().build_recorder().handle()).await;
        let error = started.err().unwrap().to_string();
        assert!(error.contains("[deployment] register") && error.contains(&settings.deployment.register), "{error}");
        assert!(!settings.deployment.data_dir.exists());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn production_on_an_outside_bus_and_database() {
    let (folder, port) = (tempfile::tempdir().unwrap(), runtime::nats::free_port().unwrap());
    let database = Server::start().unwrap();
    let mut settings = Settings::load(Some(&ours("deploy/production.toml"))).unwrap();
    folder.path().clone_into(&mut settings.deployment.data_dir);
    ours("services/registry/data/example.json").to_str().unwrap().clone_into(&mut settings.deployment.register);
    settings.nats.url = format!("nats://127.0.0.1:{port}");
    settings.database.url = database.database("production").await.unwrap();
    "127.0.0.1:0".clone_into(&mut settings.http.listen);
    "127.0.0.1:0".clone_into(&mut settings.http.operations);
    let bus = Outside::start(&settings, port);
    let (front, back): (Vec<_>, Vec<_>) =
        Service::ALL.into_iter().partition(|s| matches!(s, Service::Gateway | Service::Ledger | Service::Registry));
    let (front, back) = (start(&settings, &front).await, start(&settings, &back).await);
    assert_eq!((front.operations, back.address), (None, None));

    let site = Site { http: reqwest::Client::new(), front: front.address.unwrap().to_string() };
    site.is_healthy(&back.operations.unwrap().to_string(), 7).await;
    site.is_healthy(&site.front, 2).await;
    site.works_for_real(&settings).await;
    back.stop().await;
    front.stop().await;
    drop(bus);
    database.stop();
}

struct Site {
    http: reqwest::Client,
    front: String,
}

impl Site {
    async fn is_healthy(&self, address: &str, services: usize) {
        let get = async |path: &str| self.http.get(format!("http://{address}{path}")).send().await.unwrap();
        assert_eq!(get("/healthz").await.text().await.unwrap(), "ok\n");
        assert_eq!(get("/metrics").await.status(), StatusCode::OK);
        let start = std::time::Instant::now();
        while get("/readyz").await.status() != StatusCode::OK {
            assert!(start.elapsed() < crate::children::PATIENCE, "{address} is not ready");
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        let rows: Value = get("/readyz").await.json().await.unwrap();
        assert_eq!(rows.as_array().unwrap().len(), services);
    }

    /// No demo's shortcuts; and the register's first officials can work.
    async fn works_for_real(&self, settings: &Settings) {
        let person = json!({ "official": "seoul-delegate", "government": "seoul" });
        let chosen = self.http.post(format!("http://{}/api/v1/sign-in", self.front)).json(&person).send().await.unwrap();
        assert!(chosen.status().is_client_error(), "nobody is chosen from a list in production: {}", chosen.status());

        let issuer = runtime::token::Issuer::open(
            &settings.data("keys").join("gateway.pem"),
            Service::Gateway,
            &settings.deployment.name,
            settings.token.lifetime_s,
        )
        .unwrap();
        let act = async |official: &str, government: &str, target: String, command: Value| {
            let (token, _) = issuer.person(&official.parse().unwrap(), &government.parse().unwrap()).unwrap();
            let request = self.http.post(format!("http://{}/api/v1/{target}/commands", self.front)).bearer_auth(token);
            let answer = request.header("Idempotency-Key", "once").json(&json!({ "command": command })).send().await.unwrap();
            (answer.status(), answer.json::<Value>().await.unwrap())
        };
        let case = format!("cases/{}", runtime::clock::uuid());
        let open = json!({ "title": { "en": "x", "ko": "x" }, "procedure": "kr-cooperation-project", "rounds": "free", "as_party": true });
        let (status, opened) = act("seoul-delegate", "seoul", case, json!({ "negotiation": { "open_case": open } })).await;
        assert_eq!(status, StatusCode::OK, "{opened}");
        let to = json!({ "calendar": { "set_calendar": { "to": "2999-01-01T00:00:00Z" } } });
        let (status, refused) = act("interlocal-office-administrator", "interlocal-office", "calendar/demo".into(), to).await;
        assert_eq!((status, &refused["code"]), (StatusCode::CONFLICT, &json!("calendar.production_ledger")), "{refused}");
    }
}
