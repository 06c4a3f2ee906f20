//! `interlocal bench`: what this machine does with this product, measured in one run beside what the machine can do at all.
//!
//! It starts platforms of its own, on `SQLite` and on a PostgreSQL that ends with the run, in a temporary folder and on the loopback address, and
//! stops everything it has started. The clients speak HTTP as anyone would: with tokens, one keep-alive connection each.
//!
//! Clients, services, nats-server and database share the machine's cores, as they do on a laptop. A figure counts only if the disk was quick in the
//! same run: that is measured and said.

pub mod postgres;

mod cases;
mod child;
mod client;
mod compare;
mod load;
mod machine;
mod pages;
mod raw;
mod site;
mod solving;
mod table;
mod verifying;

use std::num::NonZeroU64;
use std::path::PathBuf;
use std::time::Duration;

use metrics_exporter_prometheus::PrometheusHandle;
use runtime::config::Settings;
use runtime::telemetry;

use load::Measured;
use postgres::Server;
use site::{Kind, OnDatabase};
use table::Report;

/// What to measure.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Seconds for each measurement.
    #[arg(long, default_value = "10", value_parser = clap::value_parser!(u64).range(1..=200))]
    pub seconds: u64,
    /// On one database only.
    #[arg(long, value_enum)]
    pub only: Option<Kind>,
    /// How many clients at once, one measurement each.
    #[arg(long, value_delimiter = ',', default_value = "1,64,256")]
    pub clients: Vec<NonZeroU64>,
    /// Cases for each measurement.
    #[arg(long, default_value = "1000")]
    pub cases: NonZeroU64,
    /// Only the pages, with a hundred people looking at them.
    #[arg(long)]
    pub pages: bool,
    /// Entries of the ledger that is exported and verified.
    #[arg(long, default_value = "100000")]
    pub entries: u64,
    /// Where to make the temporary folder: on the disk that is to be measured.
    #[arg(long)]
    pub dir: Option<PathBuf>,
}

/// What the machine can do at all.
pub(crate) struct Limits {
    pub(crate) fdatasync: Duration,
    pub(crate) bus_alone: Measured,
    pub(crate) bus_many: Measured,
    pub(crate) chain_alone: Measured,
    pub(crate) chain_many: Measured,
}

/// Measures, and prints the table.
///
/// # Errors
/// When something does not start, or the platform refuses what it should accept.
pub async fn run(args: &Args) -> anyhow::Result<()> {
    let dir = args.dir.clone().unwrap_or_else(std::env::temp_dir);
    let folder = tempfile::Builder::new().prefix("interlocal-bench-").tempdir_in(dir)?;
    let mut settings = Settings::load(None)?;
    "warn,async_nats=error,sqlx=error".clone_into(&mut settings.log.filter);
    let metrics = telemetry::start(&settings.log)?;
    let seconds = Duration::from_secs(args.seconds);
    let mut report = Report::of_machine(folder.path());

    if args.pages {
        report.pages = Some(pages_alone(&site::settings(&settings, folder.path(), "pages", ""), &metrics, seconds).await?);
        println!("{report}");
        return Ok(());
    }
    say("the disk, the bus, an empty service behind HTTP");
    report.limits = Some(raw::limits(&site::settings(&settings, folder.path(), "empty", ""), seconds).await?);
    say("rules for coalitions, beside the bare solver");
    let games = folder.path().to_owned();
    report.solving = Some(tokio::task::spawn_blocking(move || solving::measure(&games)).await??);
    say("a platform at rest");
    report.rest = Some(child::at_rest(&site::settings(&settings, folder.path(), "rest", "")).await?);
    let of_pages = site::settings(&settings, folder.path(), "pages", "");
    report.pages = Some(pages_alone(&of_pages, &metrics, seconds).await?);
    if args.only != Some(Kind::Postgres) {
        let on_sqlite = measured_on(args, &site::settings(&settings, folder.path(), "sqlite", ""), &metrics, Kind::Sqlite).await?;
        report.databases.push(on_sqlite);
    }
    if args.only != Some(Kind::Sqlite) {
        let server = Server::start()?;
        let settings = site::settings(&settings, folder.path(), "postgres", &server.database("bench").await?);
        report.databases.push(measured_on(args, &settings, &metrics, Kind::Postgres).await?);
        server.stop();
    }
    println!("{report}");
    anyhow::ensure!(report.is_sound(), "something was answered wrongly: see above");
    Ok(())
}

async fn pages_alone(settings: &Settings, metrics: &PrometheusHandle, seconds: Duration) -> anyhow::Result<pages::Pages> {
    say("a hundred people look at pages");
    let (site, _) = site::Site::start(settings, metrics, Kind::Sqlite, 0.0).await?;
    let measured = pages::measure(site.address(), seconds).await;
    site.stop().await;
    measured
}

async fn measured_on(args: &Args, settings: &Settings, metrics: &PrometheusHandle, kind: Kind) -> anyhow::Result<OnDatabase> {
    let seconds = Duration::from_secs(args.seconds);
    say(&format!("{kind}: rows alone"));
    let raw_rows = raw::inserts(settings, seconds).await?;
    let (mut site, mut measured) = site::Site::start(settings, metrics, kind, raw_rows).await?;
    let done = site.measure(args, &mut measured).await;
    site.stop().await;
    done?;
    Ok(measured)
}

/// Says on standard error what goes on; the table alone goes to standard output.
pub(crate) fn say(what: &str) {
    eprintln!("bench: {what}");
}
