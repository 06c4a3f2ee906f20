//! A platform to be measured, on one of the databases.

use std::fmt;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use metrics_exporter_prometheus::PrometheusHandle;
use proto::actor::Service;
use runtime::config::{Mode, Settings};

use super::cases::{self, Negotiator, Table, Tokens};
use super::compare::{self, Compared};
use super::load::{Measured, measure};
use super::verifying::{self, Verified};
use super::{Args, say};
use crate::up::{self, Running};

/// How long the register may take to be entered, and views to catch up after a load.
const PATIENCE: Duration = Duration::from_mins(5);
/// Cases in which one client negotiates while something is computed beside, and how much of that is asked for.
const PAIRED: u64 = 50;
const QUEUED: u8 = 8;
/// Until a worker has begun.
const BEGINS: Duration = Duration::from_secs(1);
/// Loads at most until the ledger is as long as it should be for verifying.
const ROUNDS: u32 = 50;

/// A kind of database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    /// One file per service.
    Sqlite,
    /// A server.
    Postgres,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// All that was measured on one database.
pub(crate) struct OnDatabase {
    pub(crate) kind: Kind,
    /// Rows of 1 KiB a second in batches, without the product.
    pub(crate) raw_rows: f64,
    pub(crate) loads: Vec<Load>,
    /// Commands of one client while nothing else happens, and while nucleoli are computed beside.
    pub(crate) beside: Option<[Measured; 2]>,
    pub(crate) compared: Compared,
    pub(crate) verified: Option<Verified>,
}

/// Counter-offers by so many clients, and how far the views were behind when they ended.
pub(crate) struct Load {
    pub(crate) measured: Measured,
    pub(crate) lag: Lag,
}

/// How far the slowest view was behind.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Lag {
    pub(crate) positions: u64,
    /// Until it had caught up.
    pub(crate) time: Duration,
}

/// Settings of a platform in a folder of its own, as it comes but for the rate limit.
pub(crate) fn settings(defaults: &Settings, folder: &Path, name: &str, database: &str) -> Settings {
    let mut settings = defaults.clone();
    settings.deployment.data_dir = folder.join(name);
    settings.deployment.mode = Mode::Demo;
    "127.0.0.1:0".clone_into(&mut settings.http.listen);
    settings.http.rate_per_second = 0;
    (settings.nats.url, settings.nats.port) = (String::new(), 0);
    database.clone_into(&mut settings.database.url);
    settings.ledger.documents = String::new();
    settings
}

/// A platform at work.
pub(crate) struct Site {
    running: Running,
    address: SocketAddr,
    settings: Settings,
}

impl Site {
    /// Starts one, and waits until its register is entered.
    pub(crate) async fn start(
        settings: &Settings,
        metrics: &PrometheusHandle,
        kind: Kind,
        raw_rows: f64,
    ) -> anyhow::Result<(Self, OnDatabase)> {
        let running = up::start(settings.clone(), &[], metrics.clone()).await?;
        let address = running.address.context("the gateway does not run")?;
        let site = Self { running, address, settings: settings.clone() };
        if let Err(error) = site.tokens().await {
            site.stop().await;
            return Err(error);
        }
        Ok((site, OnDatabase { kind, raw_rows, loads: Vec::new(), beside: None, compared: Compared::default(), verified: None }))
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) async fn stop(self) {
        self.running.stop().await;
    }

    /// Signs everyone in; right after the start again and again until they are in the register.
    async fn tokens(&self) -> anyhow::Result<Arc<Tokens>> {
        let start = Instant::now();
        loop {
            match cases::tokens(self.address).await {
                Err(_) if start.elapsed() < PATIENCE => tokio::time::sleep(Duration::from_millis(100)).await,
                tokens => return tokens,
            }
        }
    }

    /// Measures everything.
    pub(crate) async fn measure(&mut self, args: &Args, on: &mut OnDatabase) -> anyhow::Result<()> {
        let mut tables = Vec::new();
        for clients in &args.clients {
            say(&format!("{}: {} cases are opened, then {clients} clients negotiate", on.kind, args.cases));
            let (load, negotiated) = self.load(args, clients.get()).await?;
            on.loads.push(load);
            tables.extend(negotiated);
        }
        say(&format!("{}: one client negotiates, at first alone, then while nucleoli are computed beside", on.kind));
        on.beside = Some(self.beside(args).await?);
        say(&format!("{}: views are compared with replay", on.kind));
        on.compared = compare::views(&self.running.platform, &tables).await?;
        if args.only == Some(on.kind) || on.kind == Kind::Sqlite {
            self.grow(args, on.kind).await?;
            say(&format!("{}: the ledger is written out and verified", on.kind));
            on.verified = Some(verifying::whole(&self.settings).await?);
        }
        Ok(())
    }

    /// Opens cases, lets the views rest, then lets so many clients negotiate in them.
    async fn load(&self, args: &Args, clients: u64) -> anyhow::Result<(Load, Vec<Table>)> {
        let tables = cases::open(self.address, &self.tokens().await?, args.cases.get()).await?;
        self.rest().await?;
        let negotiators = Negotiator::deal(self.address, &self.tokens().await?, tables, clients).await?;
        let (measured, negotiators) = measure(negotiators, Duration::from_secs(args.seconds)).await?;
        let lag = self.rest().await?;
        Ok((Load { measured, lag }, negotiators.into_iter().flat_map(|negotiator| negotiator.tables).collect()))
    }

    /// How long commands take when nothing else happens, and while a nucleolus of many members is computed beside. Each in new cases, because commands
    /// take longer in a case that has a longer past.
    async fn beside(&self, args: &Args) -> anyhow::Result<[Measured; 2]> {
        let (time, tokens) = (Duration::from_secs(args.seconds), self.tokens().await?);
        let mut first = cases::open(self.address, &tokens, 2 * PAIRED).await?;
        let second = first.split_off(first.len() / 2);
        let asking = first.first().cloned().context("no case")?;
        self.rest().await?;
        let (alone, _) = measure(Negotiator::deal(self.address, &tokens, first, 1).await?, time).await?;
        let negotiators = Negotiator::deal(self.address, &tokens, second, 1).await?;
        cases::ask_beside(self.address, &tokens, &asking, QUEUED).await?;
        tokio::time::sleep(BEGINS).await;
        let (beside, _) = measure(negotiators, time).await?;
        cases::take_back(self.address, &tokens, &asking, QUEUED).await?;
        self.rest().await?;
        Ok([alone, beside])
    }

    /// Goes on until the ledger is as long as it should be for verifying.
    async fn grow(&self, args: &Args, kind: Kind) -> anyhow::Result<()> {
        let clients = args.clients.iter().max().map_or(1, |clients| clients.get());
        for _ in 0..ROUNDS {
            let (head, _) = self.positions();
            if head >= args.entries {
                return Ok(());
            }
            say(&format!("{kind}: {head} of {} entries, the load goes on", args.entries));
            self.load(args, clients).await?;
        }
        Ok(())
    }

    /// Waits until all views are where the ledger is, and answers how far they were behind at first.
    async fn rest(&self) -> anyhow::Result<Lag> {
        let start = Instant::now();
        let (head, slowest) = self.positions();
        let positions = head.saturating_sub(slowest);
        loop {
            let (head, slowest) = self.positions();
            if slowest >= head {
                return Ok(Lag { positions, time: start.elapsed() });
            }
            anyhow::ensure!(start.elapsed() < PATIENCE, "after {} s the views are at {slowest} of {head}", PATIENCE.as_secs());
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// The ledger's head, and where the slowest view is.
    fn positions(&self) -> (u64, u64) {
        let health = self.running.platform.health();
        let head = health.iter().filter(|part| part.service == Service::Ledger).map(|part| part.position).max();
        let views = health.iter().filter(|part| !matches!(part.service, Service::Ledger | Service::Gateway));
        (head.unwrap_or_default(), views.map(|part| part.position).min().unwrap_or_default())
    }
}
