//! What the machine can do without the product's own work: the bus alone, the chain with an empty service in it, rows alone.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use async_nats::HeaderMap;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use bytes::Bytes;
use futures::StreamExt as _;
use proto::actor::Service;
use runtime::bus::Bus;
use runtime::config::Settings;
use runtime::{db, keys, nats};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, Statement, TransactionTrait as _};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::Limits;
use super::client::Connection;
use super::load::{Client, lossy, measure};
use super::machine;

/// About the length of a counter-offer.
const PAYLOAD: usize = 800;
/// Requests under way at once over one connection of the bus.
const IN_FLIGHT: usize = 64;
/// Clients of the empty chain.
const CLIENTS: usize = 256;
/// Rows in one transaction, and their length.
const BATCH: i64 = 256;
const ROW: usize = 1024;

/// The disk, the bus, and the chain HTTP, bus, empty service, and back.
pub(crate) async fn limits(settings: &Settings, time: Duration) -> anyhow::Result<Limits> {
    std::fs::create_dir_all(&settings.deployment.data_dir)?;
    let fdatasync = machine::fdatasync(&settings.deployment.data_dir)?;
    keys::ensure(&settings.data("keys"))?;
    let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
    let url = nats::start(settings, stop.clone(), &tasks).await?;
    let measured = on_bus(settings, &url, &stop, &tasks, fdatasync, time).await;
    stop.cancel();
    tasks.close();
    tasks.wait().await;
    measured
}

async fn on_bus(
    settings: &Settings,
    url: &str,
    stop: &CancellationToken,
    tasks: &TaskTracker,
    fdatasync: Duration,
    time: Duration,
) -> anyhow::Result<Limits> {
    let keys = settings.data("keys");
    let connect = |service| Bus::connect(url, &keys, service, &settings.deployment.name);
    let (asking, answering) = (connect(Service::Gateway).await?, connect(Service::Registry).await?);
    tasks.spawn(echo(answering, stop.clone()));
    let subject = asking.subjects().command(Service::Registry, "echo");
    let caller = Caller { bus: asking, subject };
    caller.ready().await?;
    let address = serve(caller.clone(), stop.clone(), tasks).await?;
    let (bus_alone, _) = measure(vec![caller.clone()], time).await?;
    let (bus_many, _) = measure(vec![caller; IN_FLIGHT], time).await?;
    let (chain_alone, _) = measure(chain(address, 1).await?, time).await?;
    let (chain_many, _) = measure(chain(address, CLIENTS).await?, time).await?;
    Ok(Limits { fdatasync, bus_alone, bus_many, chain_alone, chain_many })
}

/// A service that answers what it is asked.
async fn echo(bus: Bus, stop: CancellationToken) {
    let Ok(mut asked) = bus.client().subscribe(bus.subjects().command(Service::Registry, ">")).await else { return };
    loop {
        let message = tokio::select! {
            () = stop.cancelled() => return,
            message = asked.next() => message,
        };
        let Some(message) = message else { return };
        if let Some(to) = message.reply {
            let _ = bus.client().publish(to, message.payload).await;
        }
    }
}

#[derive(Clone)]
struct Caller {
    bus: Bus,
    subject: String,
}

impl Caller {
    async fn ask(&self, payload: Bytes) -> anyhow::Result<Bytes> {
        Ok(self.bus.ask_bytes(Service::Registry, self.subject.clone(), HeaderMap::new(), payload).await?)
    }

    /// Waits until the other side hears.
    async fn ready(&self) -> anyhow::Result<()> {
        for _ in 0..100 {
            if self.ask(Bytes::new()).await.is_ok() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        anyhow::bail!("the bus does not carry anything")
    }
}

impl Client for Caller {
    async fn once(&mut self) -> anyhow::Result<()> {
        self.ask(Bytes::from_static(&[b'x'; PAYLOAD])).await.map(drop)
    }
}

async fn serve(caller: Caller, stop: CancellationToken, tasks: &TaskTracker) -> anyhow::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let pass_on = async |State(caller): State<Caller>, body: Bytes| caller.ask(body).await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE);
    let app = Router::new().route("/empty", post(pass_on)).with_state(caller);
    tasks.spawn(async move { axum::serve(listener, app).with_graceful_shutdown(stop.cancelled_owned()).await });
    Ok(address)
}

struct Visitor(Connection);

impl Client for Visitor {
    async fn once(&mut self) -> anyhow::Result<()> {
        let (status, _) = self.0.post("/empty", None, "", vec![b'x'; PAYLOAD]).await?;
        anyhow::ensure!(status.is_success(), "{status}");
        Ok(())
    }
}

async fn chain(address: SocketAddr, clients: usize) -> anyhow::Result<Vec<Visitor>> {
    let mut all = Vec::with_capacity(clients);
    for _ in 0..clients {
        all.push(Visitor(Connection::open(address).await?));
    }
    Ok(all)
}

/// Durable rows a second, in batches, through the same driver as the ledger's.
pub(crate) async fn inserts(settings: &Settings, time: Duration) -> anyhow::Result<f64> {
    let db = db::of_service(settings, "bench").await?;
    db.execute_unprepared("CREATE TABLE bench_row (id BIGINT PRIMARY KEY, body TEXT NOT NULL)").await?;
    let list: Vec<String> = (0..BATCH).map(|row| format!("(${}, ${})", 2 * row + 1, 2 * row + 2)).collect();
    let sql = format!("INSERT INTO bench_row (id, body) VALUES {}", list.join(", "));
    let (start, mut next) = (Instant::now(), 0);
    while start.elapsed() < time {
        insert(&db, &sql, next).await?;
        next += BATCH;
    }
    let elapsed = start.elapsed();
    db.execute_unprepared("DROP TABLE bench_row").await?;
    db.close().await?;
    Ok(lossy(next.unsigned_abs()) / elapsed.as_secs_f64())
}

async fn insert(db: &DatabaseConnection, sql: &str, first: i64) -> anyhow::Result<()> {
    let transaction = db.begin().await?;
    let values = (first..first + BATCH).flat_map(|id| [id.into(), "x".repeat(ROW).into()]);
    transaction.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(transaction.commit().await?)
}
